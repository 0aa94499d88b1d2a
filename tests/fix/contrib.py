"""What moved from tf.contrib into TensorFlow as it was."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

nest = tf.contrib.framework.nest
pair = {"b": [1, 2], "a": (3,)}
print(tf.contrib.framework.nest.flatten(pair), nest.map_structure(lambda x: x + 1, pair)["b"])
print(tf.contrib.framework.nest.map_structure(lambda x, y: x * y, [1, 2], [3, 4]))
print(tf.contrib.framework.nest.pack_sequence_as(pair, [1, 2, 3])["a"], tf.contrib.framework.nest.is_nested([1]), tf.contrib.framework.nest.is_nested(1))
print([tf.contrib.framework.nest.is_sequence(one) for one in ([1], (1,), {}, "ab", 1, tf.constant([1]))])
try:
    tf.contrib.framework.nest.assert_same_structure([1, 2], [1])
except ValueError as error:
    print(type(error).__name__)
print(tf.contrib.framework.sort([3, 1, 2]).numpy(), tf.contrib.framework.argsort([3, 1, 2], direction="DESCENDING").numpy(), tf.contrib.framework.is_tensor(1))
print(tf.contrib.framework.TensorSpec([2], tf.int32).shape, tf.contrib.framework.assert_same_float_dtype([tf.constant(1.0)]).name)
print(tf.contrib.util.make_ndarray(tf.contrib.util.make_tensor_proto([1, 2])), tf.contrib.util.constant_value(tf.constant(3)))
wave = tf.cos(tf.range(64.0))
frames = tf.contrib.signal.stft(wave, 16, 8, window_fn=tf.contrib.signal.hann_window)
print(frames.shape, abs(frames.numpy()).sum().round(2), tf.contrib.signal.hamming_window(4).numpy().round(4))
back = tf.contrib.signal.inverse_stft(frames, 16, 8, window_fn=tf.contrib.signal.inverse_stft_window_fn(8))
print(back.numpy()[8:12].round(3), tf.contrib.signal.frame(wave, 8, 8).shape, tf.contrib.signal.overlap_and_add(tf.ones([3, 4]), 2).numpy())
mel = tf.contrib.signal.linear_to_mel_weight_matrix(8, 9, 8000, 100.0, 4000.0)
print(mel.numpy().sum().round(3), tf.contrib.signal.mfccs_from_log_mel_spectrograms(tf.ones([1, 8])).numpy().round(3))
a, b = tf.constant([[1, 2]]), tf.constant([[2, 3]])
for combine in (tf.contrib.metrics.set_intersection, tf.contrib.metrics.set_union, tf.contrib.metrics.set_difference):
    print(combine(a, b).values.numpy(), tf.contrib.metrics.set_size(combine(a, b)).numpy())
print(tf.contrib.stateless.stateless_random_uniform([2], [1, 2]).numpy(), tf.contrib.stateless.stateless_random_normal([2], [1, 2]).numpy())
print(tf.contrib.stateless.stateless_truncated_normal([2], [1, 2]).numpy(), tf.contrib.data.AUTOTUNE)
with tf.contrib.eager.GradientTape() as tape:
    tape.watch(wave)
    total = tf.reduce_sum(wave * wave)
print(tape.gradient(total, wave).numpy()[:2].round(4), tf.contrib.eager.executing_eagerly(), tf.contrib.eager.in_eager_mode())
print(tf.contrib.eager.py_func(lambda x: x + 1, [tf.constant(1.0)], tf.float32).numpy(), tf.contrib.eager.TensorSpec([], tf.int32).dtype.name)


@tf.contrib.eager.custom_gradient
def twice(x):
    return x * 2, lambda upstream: upstream * 10


with tf.GradientTape() as tape:
    x = tf.Variable(3.0)
    y = twice(x)
print(y.numpy(), tape.gradient(y, x).numpy())


@tf.contrib.autograph.do_not_convert
def plain(x):
    return x + 1


print(tf.function(plain)(tf.constant(1)).numpy())
manager = tf.contrib.checkpoint.CheckpointManager(tf.train.Checkpoint(x=x), "saved", max_to_keep=2)
print([manager.save() for _ in range(3)], len(manager.checkpoints))
table = tf.lookup.StaticHashTable(tf.contrib.lookup.KeyValueTensorInitializer(["a", "b"], [1, 2]), -1)
print(table.lookup(tf.constant(["b", "c"])).numpy())
