"""The workloads in PyTorch, eager, as its tutorials write them."""

import common


def version():
    import torch

    return torch.__version__


def start(workload, threads, train, test, used):
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    (x, labels), (test_x, test_labels) = [
        (torch.from_numpy(images), torch.from_numpy(classes.astype("int64")))
        for images, classes in (train, test)
    ]
    layers = []
    for inputs, outputs in zip(workload.sizes, workload.sizes[1:]):
        layer = nn.Linear(inputs, outputs)
        deviation = common.weight_deviation(workload, inputs, outputs)
        nn.init.normal_(layer.weight, 0, deviation)
        nn.init.zeros_(layer.bias)
        layers += [layer, nn.ReLU() if workload.activation == "relu" else nn.Sigmoid()]
    model = nn.Sequential(*layers[:-1])
    loss = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=workload.rate)

    def epoch(order):
        for rows in torch.from_numpy(order).split(workload.batch):
            optimizer.zero_grad()
            loss(model(x[rows]), labels[rows]).backward()
            optimizer.step()

    def accuracy():
        with torch.no_grad():
            return (model(test_x).argmax(dim=1) == test_labels).float().mean()

    return epoch, accuracy


if __name__ == "__main__":
    common.time_peer("PyTorch", version, start)
