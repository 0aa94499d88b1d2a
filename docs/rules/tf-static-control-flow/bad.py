import tensorflow as tf

tf.compat.v1.enable_eager_execution()  # TensorFlow 1.15 only: TensorFlow 2 starts so


def collatz_steps(n):
    def step(n, steps):
        following = tf.cond(tf.equal(n % 2, 0), lambda: n // 2, lambda: 3 * n + 1)  # expect: 21 tf-static-control-flow
        return following, steps + 1

    _, steps = tf.while_loop(lambda n, steps: n > 1, step, [n, tf.constant(0)])  # expect: 16 tf-static-control-flow
    return steps


print(collatz_steps(tf.constant(6)).numpy())
