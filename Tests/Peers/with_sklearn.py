"""The workloads in scikit-learn's MLPClassifier: its own glorot initialisation for all, else the same."""

import common


def version():
    import sklearn

    return sklearn.__version__


def start(workload, threads, train, test, used):
    import numpy as np
    from sklearn.neural_network import MLPClassifier

    (x, labels), (test_x, test_labels) = train, test
    model = MLPClassifier(
        hidden_layer_sizes=workload.sizes[1:-1],
        activation="relu" if workload.activation == "relu" else "logistic", solver="sgd",
        alpha=0, batch_size=workload.batch, learning_rate_init=workload.rate, momentum=0,
        nesterovs_momentum=False, shuffle=False, random_state=1)
    classes = np.arange(workload.sizes[-1])

    def epoch(order):
        """partial_fit goes through what it is given once, in batches."""
        model.partial_fit(x[order], labels[order], classes=classes)

    def accuracy():
        return model.score(test_x, test_labels)

    return epoch, accuracy


if __name__ == "__main__":
    common.time_peer("scikit-learn", version, start)
