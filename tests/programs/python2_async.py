import tensorflow as tf


def train(async=False, await=None, *args, **kwargs):
    if async: print "async", tf.train.Server  # expect: 30 tf-session
    return tf.train.SyncReplicasOptimizer(kwargs["opt"], 2L) if not async else tf.log(await)  # expect: 12 tf-legacy-optimizer, 58 tf-python-two, 80 tf-renamed-symbol


train(async=True, opt=tf.train.AdagradOptimizer(0.1))  # expect: 23 tf-legacy-optimizer
