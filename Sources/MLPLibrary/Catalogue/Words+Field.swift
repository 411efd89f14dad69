extension Catalogue {
  /// Words of the field that are none of this language and mean something else than each of its words, and what to
  /// say of them. They are looked up before any spelling is compared: `tan` is no misspelt `tanh`.
  static let ofField: [(ours: String, foreign: String)] = losses + layers + training + sources

  private static let losses: [(ours: String, foreign: String)] = [
    (
      "the losses are binary_ce, euclidean, mse and softmax_ce, and none of them is that one",
      "cosine_similarity ctc ctc_loss focal focal_loss hinge hinge_loss huber huber_loss kl_div "
        + "kldiv kldivloss l1_loss l1loss logcosh log_cosh mae mape mean_absolute_error "
        + "meanabsoluteerror msle multimarginloss poisson poisson_nll rmse smooth_l1 "
        + "smooth_l1_loss smoothl1loss sse triplet triplet_loss"
    )
  ]

  private static let layers: [(ours: String, foreign: String)] = [
    (
      "'conv' walks over two dimensions, with all channels for each filter; it is the only convolution here",
      "conv1d conv2dtranspose conv3d conv_transpose conv1dtranspose conv3dtranspose "
        + "convtranspose convtranspose1d convtranspose2d convtranspose3d deconv deconv2d "
        + "deconvolution depthwise depthwise_conv depthwise_conv2d depthwiseconv2d dwconv "
        + "locallyconnected2d separable_conv separable_conv2d separableconv separableconv2d "
        + "transposed_conv"
    ),
    (
      "'maxpool' takes the greatest of a window over two dimensions; it is the only pooling here",
      "adaptiveavgpool2d adaptivemaxpool2d averagepooling2d average_pooling avg_pool avg_pool2d "
        + "avgpool avgpool2d globalaveragepooling2d globalavgpool globalmaxpooling2d lppool "
        + "maxpool1d maxpool3d maxpooling1d maxpooling3d maxunpool2d mean_pool meanpool min_pool "
        + "minpool"
    ),
    (
      "'dropout' drops numbers one by one and scales the others; it is the only dropout here",
      "alpha_dropout alphadropout dropblock dropconnect dropout1d dropout2d dropout3d droppath "
        + "featurealphadropout gaussian_dropout gaussiandropout spatial_dropout spatialdropout1d "
        + "spatialdropout2d spatialdropout3d"
    ),
    (
      "the activations are relu, leaky_relu, sigmoid, tanh and softmax, and none of them is that one",
      "atan celu cos crelu geglu glu hard_sigmoid hard_swish hard_tanh hardmax hardshrink "
        + "hardsigmoid hardswish lisht log_sigmoid logsigmoid relu_6 rrelu sigmoid_hard sin sinh "
        + "siren softmax2d softmin softshrink sparsemax srelu swiglu tan tanhshrink "
        + "thresholded_relu thresholdedrelu trelu"
    ),
    (
      "'batchnorm' is the only layer here that normalises",
      "group_norm groupnorm groupnormalization instance_norm instancenorm instancenorm2d "
        + "layer_norm layernorm layernormalization lrn rms_norm rmsnorm weight_norm"
    ),
    (
      "this language has nothing like it",
      "attention bilstm embedding gru lstm multiheadattention rnn simplernn transformer"
    ),
    (
      "an fc without an activation behind it is linear: no layer stands for it",
      "identity noop passthrough"
    ),
  ]

  private static let training: [(ours: String, foreign: String)] = [
    (
      "the solvers are adam, adamw and sgd, and none of them is that one",
      "adabelief adabound adafactor adahessian asgd averaged_sgd lamb lars lion muon nadamw novograd "
        + "prodigy qhadam radam rprop sam sgdp sgdw sophia sparse_adam sparseadam yogi"
    ),
    ("'alpha' may be 'slope' of 'leaky_relu' or 'decay' of a solver", "alpha"),
    ("momentum is a setting: 'sgd lr 0.1 momentum 0.9'", "msgd nag sgdm"),
    (
      "'cosine' falls once, without beginning again",
      "cosine_annealing_warm_restarts cosine_decay_restarts cosine_restarts "
        + "cosine_with_restarts cosineannealingwarmrestarts sgdr"
    ),
    (
      "the schedules are constant, cosine, step and warmup, and none of them is that one",
      "clr cyclic cycliclr exponentiallr inverse_time_decay lambdalr multisteplr multi_step noam "
        + "one_cycle onecycle onecyclelr polynomial_decay reduce_lr_on_plateau reducelronplateau "
        + "triangular"
    ),
    (
      "the learning rate falls by 'schedule step every 5 factor 0.5'; 'decay' is the L2 penalty on the weights",
      "decay_epochs decay_factor decay_rate decay_steps decay_every lr_decay_rate lr_decay_steps"
    ),
    (
      "a warm-up is counted in epochs: 'schedule warmup epochs 2 then cosine'",
      "num_warmup_steps warmup_epochs warmup_factor warmup_iters warmup_iterations warmup_proportion "
        + "warmup_ratio warmup_steps"
    ),
    (
      "'lr' is the rate at the beginning; 'floor' of 'cosine' is the share of it that is kept at the end",
      "end_lr eta_max eta_min final_lr lr_final lr_max lr_min max_lr min_lr"
    ),
    (
      "'clip' limits the norm of the whole gradient, not each of its numbers",
      "clip_by_value clip_grad_value clip_grad_value_ clip_value clip_weights clipvalue "
        + "gradient_clip_value weight_clip"
    ),
    (
      "'epochs' is how often the training set is gone through, unless 'stop' ends the training before",
      "min_epoch min_epochs start_epoch initial_epoch"
    ),
    (
      "the samples keep their order with 'shuffle no'",
      "no_shuffle noshuffle not_shuffled sequential_order shuffle_off unshuffle unshuffled"
    ),
    (
      "a layer has no biases with 'bias no'",
      "bias_free no_bias no_biases nobias unbiased without_bias"
    ),
    ("the last step of an epoch takes the samples that are left", "drop_last drop_remainder"),
    (
      "'beta1' and 'beta2' are settings of 'adam' and 'adamw', 'momentum' is one of 'sgd'",
      "beta beta_3 beta3"
    ),
  ]

  private static let sources: [(ours: String, foreign: String)] = [
    (
      "'mnist' is the set of handwritten digits alone; others of its form are read by 'idx'",
      "binarized_mnist binary_mnist emnist infimnist kmnist mnist_c mnistm moving_mnist notmnist "
        + "qmnist"
    ),
    ("a table with tabs is read by 'csv' with 'separator tab'", "tsv"),
    (
      "tables are read by 'csv', sets of pictures by 'idx'",
      "arff feather hdf5 libsvm npy npz parquet pickle tfrecord xls xlsx"
    ),
  ]
}
