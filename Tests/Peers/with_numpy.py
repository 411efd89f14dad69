"""The workloads in NumPy: forward, backward and update written out, matrix products by its BLAS."""

import common


def version():
    import numpy

    return numpy.__version__


def start(workload, threads, train, test, used):
    import numpy as np

    (x, labels), (test_x, test_labels) = train, test
    targets = np.eye(workload.sizes[-1], dtype=np.float32)[labels]
    random = np.random.default_rng(1)
    weights, biases = [], []
    for inputs, outputs in zip(workload.sizes, workload.sizes[1:]):
        deviation = common.weight_deviation(workload, inputs, outputs)
        weights.append(random.normal(0, deviation, (inputs, outputs)).astype(np.float32))
        biases.append(np.zeros(outputs, np.float32))
    relu = workload.activation == "relu"
    rate = np.float32(workload.rate)

    def forward(batch):
        """The layers' outputs, the input first; the last ones are logits."""
        outputs = [batch]
        for layer, (w, b) in enumerate(zip(weights, biases)):
            y = outputs[-1] @ w
            y += b
            if layer < len(weights) - 1:
                y = np.maximum(y, 0, out=y) if relu else 1 / (1 + np.exp(-y))
            outputs.append(y)
        return outputs

    def step(rows):
        outputs = forward(x[rows])
        p = outputs[-1]
        p -= p.max(axis=1, keepdims=True)
        np.exp(p, out=p)
        p /= p.sum(axis=1, keepdims=True)
        p -= targets[rows]
        dy = p / np.float32(len(rows))
        for layer in reversed(range(len(weights))):
            y = outputs[layer]
            dw, db = y.T @ dy, dy.sum(axis=0)
            if layer > 0:
                dy = dy @ weights[layer].T
                dy *= (y > 0) if relu else y * (1 - y)
            dw *= rate
            db *= rate
            weights[layer] -= dw
            biases[layer] -= db

    def epoch(order):
        for begin in range(0, len(order), workload.batch):
            step(order[begin:begin + workload.batch])

    def accuracy():
        return (forward(test_x)[-1].argmax(axis=1) == test_labels).mean()

    return epoch, accuracy


if __name__ == "__main__":
    common.time_peer("NumPy", version, start)
