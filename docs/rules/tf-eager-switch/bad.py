import tensorflow as tf

tf.enable_eager_execution()  # expect: 1 tf-eager-switch

print((tf.constant(1.0) + 2.0).numpy())
