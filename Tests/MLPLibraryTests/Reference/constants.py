"""Prints Constants.swift: what PyTorch computes, in float64, for the tests of the library's numbers.

    python3 constants.py > Constants.swift        (needs torch)
"""
import torch
from torch import nn

torch.set_default_dtype(torch.float64)

X = [[0.5, -1.25, 2.0, -0.1], [-0.75, 0.3, 1.1, -2.2], [1.6, 0.9, -0.4, 0.05]]
X2 = [[1.0, 0.25, -0.5, 2.0], [0.0, -1.5, 0.75, 0.6], [-0.3, 0.8, 1.9, -1.1]]
DY = [[1.0, -0.5, 0.25, 0.75], [-1.5, 0.6, 2.0, -0.2], [0.3, 1.2, -0.9, 0.4]]
W = [[0.2, -0.4], [1.1, 0.3], [-0.7, 0.9], [0.05, -1.3]]  # in x out
B = [0.1, -0.2]
SCALE, SHIFT = [1.5, 0.5, -1.0, 2.0], [0.1, -0.3, 0.0, 0.7]
LABELS, BINARY = [2, 0, 3], [1, 0, 1]
ODDS = [[1.7], [0.4], [-3.2]]


def t(x): return torch.tensor(x)


def emit(name, value, doc=None):
    if doc: print(f"  /// {doc}")
    flat = torch.as_tensor(value).detach().reshape(-1).tolist()
    print(f"  static let {name}: [Double] = [")
    for i in range(0, len(flat), 3): print("    " + ", ".join(repr(x) for x in flat[i:i + 3]) + ",")
    print("  ]")


def layer(name, module, parameters=()):
    x = t(X).requires_grad_()
    y = module(x)
    dy = t(DY)[:, :y.shape[1]]
    y.backward(dy)
    emit(name + "Y", y)
    emit(name + "DX", x.grad)
    for label, p in parameters: emit(name + label, p.grad.t())


def loss(name, f, o=X):
    """Mean loss over the batch, its gradient, and each sample's loss."""
    o = t(o).requires_grad_()
    f(o, slice(None)).backward()
    emit(name + "Losses", torch.stack([f(o[n:n + 1], slice(n, n + 1)) for n in range(len(X))]))
    emit(name + "Gradient", o.grad)


def one_hot(rows): return nn.functional.one_hot(t(LABELS)[rows], 4).double()


def train(name, optimizer, scheduler=None, reduction="mean", all_decay=False, **options):
    """Three steps of fc 4 2 -> softmax_ce on X; the weight and bias behind them."""
    fc = nn.Linear(4, 2)
    with torch.no_grad():
        fc.weight.copy_(t(W).T)
        fc.bias.copy_(t(B))
    decay = options.pop("weight_decay", 0.0)
    o = optimizer([{"params": [fc.weight], "weight_decay": decay},
                   {"params": [fc.bias], "weight_decay": decay if all_decay else 0.0}], **options)
    s = scheduler(o) if scheduler else None
    for _ in range(3):
        o.zero_grad()
        nn.functional.cross_entropy(fc(t(X)), t(BINARY), reduction=reduction).backward()
        o.step()
        if s: s.step()
    emit(name, torch.cat([fc.weight.T.reshape(-1), fc.bias]))


def factors(name, make, steps):
    """A schedule's factor on the learning rate at each step."""
    o = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    s, found = make(o), []
    for _ in range(steps):
        found.append(o.param_groups[0]["lr"])
        o.step()
        s.step()
    emit(name, found)


print(f"""// Written by constants.py: computed by PyTorch {torch.__version__.split('+')[0]} in float64.

/// What PyTorch computes. Row by row; the letters are those of the layers' formulas.
enum Reference {{""")
for name, value in [("x", X), ("x2", X2), ("dy", DY), ("weight", W), ("bias", B), ("scale", SCALE),
                    ("shift", SHIFT), ("odds", ODDS)]: emit(name, value)
print(f"  static let labels: [Int32] = {LABELS}\n  static let binary: [Int32] = {BINARY}")

print("\n  // MARK: Layers\n")
fc = nn.Linear(4, 2)
fc.weight.data, fc.bias.data = t(W).T.contiguous(), t(B)
layer("fc", fc, [("DW", fc.weight), ("DB", fc.bias)])
layer("relu", nn.ReLU())
layer("leakyRelu", nn.LeakyReLU())
layer("leakyRelu2", nn.LeakyReLU(0.2))
layer("sigmoid", nn.Sigmoid())
layer("tanh", nn.Tanh())
layer("softmax", nn.Softmax(dim=1))
bn = nn.BatchNorm1d(4)
bn.weight.data, bn.bias.data = t(SCALE), t(SHIFT)
layer("batchnorm", bn, [("DScale", bn.weight), ("DShift", bn.bias)])
emit("batchnormMean", bn.running_mean, "After one batch.")
emit("batchnormVariance", bn.running_var)
bn(t(X2))
emit("batchnormMean2", bn.running_mean, "After a second batch, x2.")
emit("batchnormVariance2", bn.running_var)
bn.eval()
emit("batchnormEvaluated", bn(t(X)), "x in evaluation, after both.")
kinks = t([[0.0, -0.0, 1e-300, -1e-300]]).requires_grad_()
for name, f in [("relu", nn.ReLU()), ("leakyRelu", nn.LeakyReLU(0.2))]:
    kinks.grad = None
    f(kinks).backward(torch.ones(1, 4))
    emit(name + "KinkDX", kinks.grad, "Slopes at 0, -0 and beside them.")

print("\n  // MARK: Losses\n")
loss("softmaxCe", lambda o, n: nn.functional.cross_entropy(o, t(LABELS)[n]))
loss("binaryCe", lambda o, n: nn.functional.binary_cross_entropy_with_logits(
    o[:, 0], t(BINARY).double()[n]), ODDS)
loss("mse", lambda o, n: nn.functional.mse_loss(o, one_hot(n)))
loss("mseSamples", lambda o, n: nn.functional.mse_loss(o, one_hot(n), reduction="sum") / len(o))
loss("euclidean", lambda o, n: nn.functional.mse_loss(o, one_hot(n), reduction="sum") / 2 / len(o))

print("\n  // MARK: Weight and bias after three steps\n")
SGD, Adam, AdamW = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
S = torch.optim.lr_scheduler
train("sgd", SGD, lr=0.3)
train("sgdMomentum", SGD, lr=0.3, momentum=0.9)
train("sgdNesterov", SGD, lr=0.3, momentum=0.9, nesterov=True)
train("sgdDecay", SGD, lr=0.3, weight_decay=0.1)
train("sgdDecayAll", SGD, lr=0.3, momentum=0.9, weight_decay=0.1, all_decay=True)
train("sgdSum", SGD, lr=0.3, reduction="sum", weight_decay=0.1)
train("sgdStep", SGD, lambda o: S.StepLR(o, 2, 0.1), lr=0.3)
train("adam", Adam, lr=0.02)
train("adamBetas", Adam, lr=0.02, betas=(0.8, 0.95), eps=1e-3)
train("adamDecay", Adam, lr=0.02, weight_decay=0.1)
train("adamDecayAll", Adam, lr=0.02, weight_decay=0.1, all_decay=True)
train("adamw", AdamW, lr=0.02, weight_decay=0.01)
train("adamwDecay", AdamW, lr=0.02, weight_decay=0.5)
train("adamwDecayAll", AdamW, lr=0.02, weight_decay=0.5, all_decay=True)
train("adamwCosine", AdamW, lambda o: S.CosineAnnealingLR(o, 3, 0.002), lr=0.02, weight_decay=0.5)

print("\n  // MARK: Schedules: 12 steps, 4 an epoch\n")
factors("constant", lambda o: S.ConstantLR(o, 1.0), 12)
factors("cosine", lambda o: S.CosineAnnealingLR(o, 12), 12)
factors("cosineFloor", lambda o: S.CosineAnnealingLR(o, 12, 0.2), 12)
factors("step", lambda o: S.StepLR(o, 4, 0.5), 12)
factors("stepEvery2", lambda o: S.StepLR(o, 8, 0.1), 12)
factors("warmup", lambda o: S.LinearLR(o, 0.25, 1.0, 3), 12)
factors("warmupCosine", lambda o: S.SequentialLR(
    o, [S.LinearLR(o, 0.25, 1.0, 3), S.CosineAnnealingLR(o, 8, 0.1)], [4]), 12)
print("}")
