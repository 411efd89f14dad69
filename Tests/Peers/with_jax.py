"""The workloads in JAX: a whole epoch compiled into one loop (scan) before the clock starts."""

import common


def version():
    import jax

    return jax.__version__


def start(workload, threads, train, test, used):
    # XLA's threads are as many as the processors that it finds when it is loaded.
    common.pin(threads)
    import jax
    import jax.numpy as jnp
    import numpy as np

    jax.config.update("jax_platforms", "cpu")
    x, labels = jnp.asarray(train[0]), jnp.asarray(train[1].astype(np.int32))
    test_x, test_labels = jnp.asarray(test[0]), jnp.asarray(test[1].astype(np.int32))
    random = np.random.default_rng(1)
    parameters = []
    for inputs, outputs in zip(workload.sizes, workload.sizes[1:]):
        deviation = common.weight_deviation(workload, inputs, outputs)
        weight = random.normal(0, deviation, (inputs, outputs)).astype(np.float32)
        parameters.append((jnp.asarray(weight), jnp.zeros(outputs, jnp.float32)))
    activate = jax.nn.relu if workload.activation == "relu" else jax.nn.sigmoid

    def logits(parameters, batch):
        for w, b in parameters[:-1]:
            batch = activate(batch @ w + b)
        w, b = parameters[-1]
        return batch @ w + b

    def loss(parameters, batch, classes):
        log_p = jax.nn.log_softmax(logits(parameters, batch))
        return -jnp.take_along_axis(log_p, classes[:, None], axis=1).mean()

    def step(parameters, rows, x, labels):
        gradient = jax.grad(loss)(parameters, x[rows], labels[rows])
        return jax.tree.map(lambda p, g: p - workload.rate * g, parameters, gradient)

    def steps(parameters, rows, x, labels):
        """One step for each row of `rows`."""
        return jax.lax.scan(
            lambda p, r: (step(p, r, x, labels), None), parameters, rows)[0]

    def compiled(shape):
        rows = jax.ShapeDtypeStruct(shape, jnp.int32)
        return jax.jit(steps, donate_argnums=0).lower(parameters, rows, x, labels).compile()

    full, rest = divmod(used, workload.batch)
    run_full = compiled((full, workload.batch)) if full else None
    run_rest = compiled((1, rest)) if rest else None
    state = [parameters]

    def epoch(order):
        cut = full * workload.batch
        if run_full:
            rows = jnp.asarray(order[:cut].reshape(full, workload.batch))
            state[0] = run_full(state[0], rows, x, labels)
        if run_rest:
            state[0] = run_rest(state[0], jnp.asarray(order[cut:][None]), x, labels)
        jax.block_until_ready(state[0])

    def accuracy():
        return (logits(state[0], test_x).argmax(axis=1) == test_labels).mean()

    return epoch, accuracy


if __name__ == "__main__":
    common.time_peer("JAX", version, start)
