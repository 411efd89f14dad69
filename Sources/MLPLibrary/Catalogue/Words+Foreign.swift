extension Catalogue {
  /// Words of other frameworks and the word that means the same here.
  package static let foreignWords: [String: String] = [
    "batch_norm": "batchnorm", "batch_size": "batch", "bce": "binary_ce",
    "binary_crossentropy": "binary_ce", "bn": "batchnorm", "cross_entropy": "softmax_ce",
    "crossentropy": "softmax_ce", "dataset": "data", "dense": "fc", "drop": "dropout",
    "epoch": "epochs", "epsilon_decay": "decay", "fully_connected": "fc", "he_normal": "he",
    "initializer": "init", "initialiser": "init", "kaiming": "he", "l2": "decay", "l2_loss": "mse",
    "lambda": "decay", "leakyrelu": "leaky_relu", "learning_rate": "lr", "linear": "fc",
    "log_softmax": "softmax_ce", "logistic": "sigmoid", "lrelu": "leaky_relu",
    "mean_squared_error": "mse", "minibatch": "batch", "model": "net", "network": "net",
    "nll": "softmax_ce", "num_epochs": "epochs", "optimizer": "solver", "optimiser": "solver",
    "random_seed": "seed", "rate": "lr", "sigma": "std", "softmax_cross_entropy": "softmax_ce",
    "sparse_categorical_crossentropy": "softmax_ce", "categorical_crossentropy": "softmax_ce",
    "stddev": "std", "training": "train", "units": "out", "weight_decay": "decay",
    "xavier": "glorot",
  ]
}
