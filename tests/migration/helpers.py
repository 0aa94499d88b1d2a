"""A file of helpers as every project had one: partials, defaults, decorators, keyword dictionaries."""

import functools

import tensorflow as tf

tf.enable_eager_execution()

total = functools.partial(tf.reduce_sum, keep_dims=True)
OPTIONS = {"keep_dims": True, "axis": 1}


def masked_mean(x, mask, axis=None, reduce_fn=tf.reduce_sum):
    mask = tf.cast(mask, x.dtype)
    return tf.div(reduce_fn(x * mask, axis), tf.maximum(reduce_fn(mask, axis), 1.0))


def shape_list(x):
    return [dimension.value for dimension in x.get_shape()]


def named(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        with tf.name_scope(fn.__name__, values=args):
            return fn(*args, **kwargs)

    return wrapper


@named
def log_or_zero(x):
    return tf.where(x > 0.0, tf.log(x), tf.zeros_like(x, optimize=True))


x = tf.constant([[1.0, 2.0, 0.0], [4.0, 0.0, 6.0]])
print(masked_mean(x, x > 0.0, 1).numpy().tolist(), shape_list(x))
print(total(x).numpy().tolist(), tf.reduce_max(x, **OPTIONS).numpy().tolist())
print(log_or_zero(x).numpy().round(3).tolist())
