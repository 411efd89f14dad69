extension Catalogue {
  /// Words of other frameworks, in small letters, and what means the same here: a word, or one with the
  /// settings that belong to it.
  package static let foreignWords: [String: String] = table(ofWords)

  /// Words of other frameworks that no single word here stands for, and what to do.
  package static let foreignAdvice: [String: String] = table(ofAdvice)

  private static func table(_ rows: [(ours: String, foreign: String)]) -> [String: String] {
    var table: [String: String] = [:]
    for row in rows {
      for word in row.foreign.split(separator: " ") { table[String(word)] = row.ours }
    }
    return table
  }

  private static let ofWords: [(ours: String, foreign: String)] = [
    ("net", "model network architecture arch nn sequential layers layer topology"),
    (
      "init",
      "initializer initialiser initialization initialisation weight_init init_weights "
        + "weight_filler"
    ),
    ("data", "dataset datasets dataloader"),
    ("solver", "optimizer optimiser optim"),
    ("train", "training trainer fit compile"),
    ("expect", "expected assert require check"),
    ("let", "const var def define variable"),
    (
      "fc",
      "dense linear fully_connected fullyconnected inner_product innerproduct ip connected "
        + "affine hidden full"
    ),
    ("batchnorm", "batch_norm bn batchnorm1d batchnormalization batch_normalization"),
    ("conv", "conv2d conv_2d convolution convolution2d convolutional"),
    (
      "maxpool",
      "max_pool max_pool2d max_pooling max_pooling2d maxpool2d maxpooling maxpooling2d pool pooling"
    ),
    ("flatten", "ravel"),
    ("reshape", "unflatten view"),
    ("dropout", "drop"),
    ("leaky_relu", "leakyrelu lrelu leaky"),
    ("relu", "rectifier"),
    ("sigmoid", "logistic"),
    (
      "softmax_ce",
      "cross_entropy crossentropy softmax_cross_entropy sparse_categorical_crossentropy "
        + "categorical_crossentropy nll log_softmax ce ce_loss xent crossentropyloss "
        + "cross_entropy_loss categorical_cross_entropy softmax_loss softmaxwithloss nllloss "
        + "nll_loss softmax_with_cross_entropy categoricalcrossentropy "
        + "sparsecategoricalcrossentropy"
    ),
    (
      "binary_ce",
      "bce binary_crossentropy binary_cross_entropy bceloss bcewithlogitsloss "
        + "bce_with_logits sigmoid_ce sigmoid_cross_entropy log_loss logloss "
        + "binarycrossentropy sigmoidcrossentropyloss"
    ),
    ("mse", "mean_squared_error meansquarederror l2_loss mseloss squared_error"),
    ("euclidean", "euclideanloss euclidean_loss"),
    ("in", "in_features input_dim inputs input_size in_channels"),
    (
      "out",
      "units out_features num_output outputs output_dim output_size filters num_filters out_channels"
    ),
    ("kernel", "kernel_size ksize filter_size"),
    ("size", "pool_size"),
    ("padding", "pad"),
    ("stride", "strides"),
    ("rate", "p prob probability drop_rate dropout_rate dropout_ratio"),
    ("lr", "learning_rate rate base_lr eta eta0 lrate learningrate learning_rate_init"),
    ("momentum", "mu mom"),
    ("nesterov", "nesterovs_momentum use_nesterov"),
    ("schedule", "lr_policy lr_schedule lr_scheduler policy scheduler"),
    ("every", "step_size stepsize"),
    ("factor", "gamma"),
    (
      "decay",
      "weight_decay l2 lambda epsilon_decay l2_reg l2_penalty wd weight_penalty "
        + "regularization"
    ),
    ("epsilon", "eps"),
    ("beta1", "beta_1"),
    ("beta2", "beta_2"),
    ("epochs", "epoch num_epochs n_epochs nb_epoch max_epochs nepochs max_epoch"),
    (
      "clip",
      "clip_grad_norm clipnorm clip_norm gradient_clip gradient_clipping grad_clip max_grad_norm "
        + "clip_gradients gradient_clip_val"
    ),
    ("repeat", "repeats n_repeats n_runs trials"),
    ("batch", "batch_size minibatch batchsize mini_batch minibatch_size bs"),
    ("seed", "random_seed random_state rng rng_seed"),
    ("std", "sigma stddev stdev std_dev"),
    ("glorot", "xavier glorot_normal xavier_normal"),
    ("glorot distribution uniform", "glorot_uniform xavier_uniform"),
    ("he", "he_normal kaiming msra kaiming_normal"),
    ("he distribution uniform", "he_uniform kaiming_uniform"),
    ("normal", "gaussian gauss random_normal randn n"),
    ("uniform", "random_uniform rand"),
    ("cosine", "cosine_annealing cosineannealing cosineannealinglr cosine_decay"),
    ("step", "steplr step_lr exponential_decay step_decay"),
    ("warmup", "linear_warmup"),
    ("accuracy", "acc"),
    ("test accuracy", "test_accuracy test_acc"),
    ("test loss", "test_loss"),
    ("train accuracy", "train_accuracy train_acc training_accuracy"),
    ("train loss", "train_loss training_loss"),
    ("validation accuracy", "val_accuracy val_acc validation_accuracy valid_acc"),
    ("validation loss", "val_loss validation_loss valid_loss"),
    ("biases", "bias_init bias_initializer bias_filler"),
    ("validation", "val valid dev"),
    ("validation last", "val_split validation_split"),
    ("test", "testing"),
    ("within", "tolerance tol plusminus"),
    ("path", "file filename filepath root folder dir directory"),
    ("label", "target label_column target_column"),
    ("separator", "delimiter sep"),
    ("first", "n_samples num_samples max_samples"),
    ("standard", "standardize standardise standardized zscore"),
  ]

  private static let ofAdvice: [(ours: String, foreign: String)] = [
    ("an activation is a layer of its own: '-> relu'", "activation act nonlinearity"),
    (
      "the activations are relu, leaky_relu, sigmoid, tanh and softmax",
      "elu gelu hardtanh maxout mish prelu relu6 selu silu softplus softsign swish"
    ),
    (
      "the first fc says how many inputs there are: 'fc 784 128'",
      "input input_layer inputlayer input_shape"
    ),
    (
      "a loss is the chain's last word, under its own name: '-> softmax_ce'",
      "loss criterion objective loss_function"
    ),
    ("loss and accuracy are always measured", "accuracy metric metrics"),
    (
      "training is counted in 'epochs', a setting of the 'train' statement",
      "iterations iters max_iter max_batches max_steps num_steps steps total_steps"
    ),
    ("nothing has to be said about what is printed", "verbose display log_interval print"),
    (
      "where a spec runs is said on the command line: 'mlpc run --threads N'",
      "cpu cuda device gpu num_workers workers threads"
    ),
    (
      "'scale' says what becomes of each number: 'scale unit' divides by 255",
      "normalization normalise normalize rescale transform transforms"
    ),
    ("here they are two settings: 'beta1 0.9 beta2 0.999'", "betas"),
    ("the nearest here is 'adam'", "adadelta adagrad adamax lbfgs nadam rmsprop"),
    (
      "'schedule' says how the learning rate changes: 'schedule step every 5 factor 0.5'",
      "lr_decay learning_rate_decay"
    ),
    (
      "a training ends early by 'train stop when validation loss 5 epochs without gain'",
      "callbacks early_stop early_stopping earlystopping n_iter_no_change patience"
    ),
    (
      "an error is 1 - accuracy: an error of 0.03 is an accuracy of 0.97",
      "err error error_rate"
    ),
    ("labels are numbers of classes, as the losses take them", "one_hot onehot to_categorical"),
    (
      "'validation last 20%' sets samples aside", "split train_size train_split train_test_split"
    ),
    (
      "this language has nothing like it",
      "amp amsgrad class_weight class_weights dampening ema fp16 l1 l1_ratio label_smoothing "
        + "mixed_precision sample_weight"
    ),
    (
      "the loss of a batch is the mean over its samples; 'gradient sum' of the solver adds them up",
      "reduce reduction size_average"
    ),
    (
      "the first layer takes the samples as they come: a network begins with it",
      "x images_in input_data"
    ),
    (
      "a run keeps what it has trained by itself, in the folder that 'mlpc run --out' names",
      "checkpoint_path save save_model"
    ),
    (
      "the schedules that fall are 'step' and 'cosine'",
      "exponential linear_decay multistep plateau poly polynomial"
    ),
    ("a distribution has a name: 'normal 0.01' or 'uniform 0.05'", "random truncated_normal"),
    (
      "the scaled initialisers are 'glorot' and 'he'",
      "lecun lecun_normal lecun_uniform orthogonal"
    ),
    ("the schedule is called 'cosine', without another word", "annealing"),
    (
      "sets of pictures are read from files by 'idx', tables by 'csv'",
      "cifar cifar10 cifar100 fashion_mnist fashionmnist imagenet svhn"
    ),
    ("nothing is imported: 'data mnist' names a data source", "from import include"),
    ("there are no conditions: several networks are written '{a | b}'", "if"),
    (
      "there are no loops: 'epochs 10' is a setting of 'train', '{a | b}' tries several values, and "
        + "'(a -> b) * 3' repeats a group",
      "for while"
    ),
    (
      "a setting stands in its statement's line, behind its keyword",
      "set setting settings config params"
    ),
    ("here it is the share that is dropped: 1 - keep_prob", "keep_prob"),
    ("numbers have no units", "samples images examples times"),
  ]
}
