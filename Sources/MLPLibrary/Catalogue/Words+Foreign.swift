extension Catalogue {
  /// Words of other frameworks and the word that means the same here.
  package static let foreignWords: [String: String] = [
    "batch_norm": "batchnorm", "batch_size": "batch", "bce": "binary_ce",
    "binary_crossentropy": "binary_ce", "bn": "batchnorm", "categorical_crossentropy": "softmax_ce",
    "conv2d": "conv", "conv_2d": "conv", "convolution": "conv",
    "convolution2d": "conv", "convolutional": "conv", "cross_entropy": "softmax_ce",
    "crossentropy": "softmax_ce", "dataset": "data", "dense": "fc", "drop": "dropout",
    "epoch": "epochs", "epsilon_decay": "decay", "filters": "out", "fully_connected": "fc",
    "he_normal": "he", "in_channels": "in", "initialiser": "init", "initializer": "init",
    "kaiming": "he", "kernel_size": "kernel", "ksize": "kernel", "l2": "decay", "l2_loss": "mse",
    "lambda": "decay", "leakyrelu": "leaky_relu", "learning_rate": "lr", "linear": "fc",
    "log_softmax": "softmax_ce", "logistic": "sigmoid", "lrelu": "leaky_relu",
    "max_pool": "maxpool", "max_pool2d": "maxpool", "max_pooling": "maxpool",
    "max_pooling2d": "maxpool", "maxpool2d": "maxpool", "maxpooling": "maxpool",
    "maxpooling2d": "maxpool", "mean_squared_error": "mse", "minibatch": "batch", "model": "net",
    "network": "net", "nll": "softmax_ce", "num_epochs": "epochs", "num_filters": "out",
    "optimiser": "solver", "optimizer": "solver", "out_channels": "out", "pad": "padding",
    "pool": "maxpool", "pool_size": "size", "pooling": "maxpool", "random_seed": "seed",
    "rate": "lr", "ravel": "flatten", "sigma": "std", "softmax_cross_entropy": "softmax_ce",
    "sparse_categorical_crossentropy": "softmax_ce", "stddev": "std", "strides": "stride",
    "training": "train", "unflatten": "reshape", "units": "out", "view": "reshape",
    "weight_decay": "decay", "xavier": "glorot",
  ]
}
