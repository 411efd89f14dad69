"""What the peers share: the workloads, MNIST, the clock and the one line that each prints.

A peer trains the network of specs/bench/WORKLOAD.mlp: the same layers, loss, batch, learning rate and
initial distribution, each epoch in an order of its own, every sample once. Images are scaled and
converted to float32 before the clock starts, and no peer has to compute a training loss: both are in
the peers' favour, for mlpc does both inside its timed epochs.
"""

import argparse
import gzip
import json
import os
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

NO_INPUT = 66


@dataclass(frozen=True)
class Workload:
    name: str
    sizes: tuple  # of the layers, the input first
    activation: str  # of the hidden layers
    batch: int
    rate: float
    he: bool  # weights begin as N(0, 2 / in), else as N(0, 2 / (in + out)); biases as 0
    steps: int | None  # so many steps are timed and scaled up to an epoch; None: all


WORKLOADS = {
    w.name: w
    for w in [
        Workload("mnist_mlp", (784, 128, 10), "relu", 100, 0.1, False, None),
        Workload("batch1", (784, 300, 10), "sigmoid", 1, 0.01, False, 5000),
        Workload("wide", (784, 2048, 2048, 10), "relu", 256, 0.05, True, None),
    ]
}


def arguments(peer):
    parser = argparse.ArgumentParser(description=f"Times {peer} on one of mlpc's workloads.")
    parser.add_argument("workload", choices=sorted(WORKLOADS))
    parser.add_argument("threads", type=int, nargs="?", default=os.cpu_count())
    parser.add_argument("--data", default=os.environ.get("MLPC_DATA"), metavar="FOLDER",
                        help="the folder that holds mnist/; $MLPC_DATA if left out")
    parser.add_argument("--epochs", type=int, default=3, help="epochs to time")
    parser.add_argument("--steps", type=int, help="steps to time in each epoch, then scaled up")
    parsed = parser.parse_args()
    if parsed.threads < 1 or parsed.epochs < 1 or (parsed.steps or 1) < 1:
        parser.error("threads, epochs and steps are at least 1")
    return parsed


def limit_threads(count):
    """For the libraries that are imported after this; XLA goes by the processors it may run on."""
    for name in ["OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM", "NUMEXPR"]:
        os.environ[f"{name}_NUM_THREADS"] = str(count)


def pin(count):
    """Leaves the process `count` processors, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:count]))


def weight_deviation(workload, inputs, outputs):
    return (2 / (inputs if workload.he else inputs + outputs)) ** 0.5


def mnist(folder):
    """((images, labels) to train, (images, labels) to test); images [n, 784] float32 in 0...1."""
    import numpy as np

    if not folder:
        give_up("MNIST's folder is needed: --data FOLDER, or MLPC_DATA")
    base = Path(folder)
    base = base / "mnist" if (base / "mnist").is_dir() else base

    def idx(name, header):
        for path in [base / (name + ".gz"), base / name]:
            if path.exists():
                data = path.read_bytes()
                data = gzip.decompress(data) if path.suffix == ".gz" else data
                return np.frombuffer(data, np.uint8, offset=header)
        give_up(f"'{base}' holds no '{name}' and no '{name}.gz'")

    def samples(name):
        images = idx(f"{name}-images-idx3-ubyte", 16).reshape(-1, 784)
        return images.astype(np.float32) / np.float32(255), idx(f"{name}-labels-idx1-ubyte", 8)

    return samples("train"), samples("t10k")


def give_up(message):
    print(message, file=sys.stderr)
    sys.exit(NO_INPUT)


def time_peer(peer, version, start):
    """Times a peer and prints its line.

    start(workload, threads, train, test) returns two functions: epoch(order), which trains on the
    samples with these indices and waits for the end, and accuracy(), on the test set.
    """
    asked = arguments(peer)
    limit_threads(asked.threads)
    workload = WORKLOADS[asked.workload]
    train, test = mnist(asked.data)
    import numpy as np

    count = len(train[1])
    whole = -(-count // workload.batch)
    steps = min(asked.steps or workload.steps or whole, whole)
    used = min(count, steps * workload.batch)
    epoch, accuracy = start(workload, asked.threads, train, test, used)
    random = np.random.default_rng(1)
    seconds = []
    for number in range(asked.epochs):
        order = random.permutation(count)[:used].astype(np.int32)
        begin = time.perf_counter()
        epoch(order)
        seconds.append((time.perf_counter() - begin) * count / used)
        if number == 0:
            reached = float(accuracy())
    print(json.dumps({
        "peer": peer, "version": version(), "workload": workload.name, "threads": asked.threads,
        "seconds_per_epoch": statistics.median(seconds), "epochs": asked.epochs,
        "timed_steps": steps, "steps_per_epoch": whole, "scaled": steps < whole,
        "test_accuracy": reached,
    }))
