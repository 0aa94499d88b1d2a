"""Functions that mean something else in TensorFlow 2, kept as they were."""

import numpy as np
import tensorflow as tf

with tf.Graph().as_default(), tf.Session() as session:
    x = tf.ones([2, 500])
    for draw in (tf.random_normal_initializer(seed=1), tf.random_uniform_initializer(seed=1), tf.initializers.random_normal(seed=2)):
        drawn = session.run(draw([2000]))
        print(drawn.mean().round(1).tolist(), drawn.std().round(1).tolist())
    print(session.run(tf.initializers.random_uniform(seed=2)([2000])).min() >= 0, session.run(tf.initializers.truncated_normal(seed=2)([2000])).std() > 0.5)
    print(session.run(tf.zeros_like(x, tf.int32, "zeros", False)).shape, session.run(tf.ones_like(x, tf.int32, "ones", True)).dtype)
    print(session.run(tf.space_to_batch(tf.ones([1, 2, 2, 1]), [[0, 0], [0, 0]], 2)).shape, session.run(tf.nn.space_to_batch(tf.ones([1, 2, 2, 1]), [[0, 0], [0, 0]], 2)).shape)
    kept = session.run(tf.nn.dropout(x, 0.9, seed=3))
    print((kept > 0).mean() > 0.8, kept.max().round(3).tolist())
    scalar = tf.constant(2.0)
    scalar = tf.debugging.assert_scalar(scalar)
    print(session.run(scalar).tolist())
    image = tf.reshape(tf.range(16.0), [1, 4, 4, 1])
    print(session.run(tf.image.resize(image, [8, 8], 0)).ravel()[:4], session.run(tf.image.resize(image, [2, 2], 1)).ravel())
    decoded, score = tf.nn.ctc_beam_search_decoder(tf.math.log([[[0.6, 0.1, 0.3]], [[0.6, 0.1, 0.3]]]), [2], top_paths=1)
    print(session.run(decoded[0]).values, session.run(score).round(3).tolist())
    mean, update = tf.metrics.mean_squared_error([1.0, 2.0], [2.0, 4.0])
    absolute, updated = tf.metrics.mean_absolute_error([1.0, 2.0], [2.0, 4.0])
    loss = tf.losses.mean_squared_error([1.0, 2.0], [2.0, 4.0])
    session.run(tf.local_variables_initializer())
    print(np.array(session.run([update, updated])), np.array(session.run([mean, absolute, loss])))
    parts = [tf.constant([[0.0, 1.0], [2.0, 3.0]]), tf.constant([[4.0, 5.0], [6.0, 7.0]])]
    ids = tf.SparseTensor([[0, 0], [1, 0]], tf.constant([1, 2], tf.int64), [2, 1])
    print(session.run(tf.nn.embedding_lookup_sparse(parts, ids, None)), session.run(tf.nn.safe_embedding_lookup_sparse(parts, ids)))
    sampled = (tf.constant([0, 3], tf.int64), tf.ones([1, 1]), tf.ones([2]))
    labels = tf.constant([[2]], tf.int64)
    bias = tf.constant([0.1, 0.2, 0.3, 0.4])
    for loss in (tf.nn.nce_loss, tf.nn.sampled_softmax_loss):
        pass
    print(session.run(tf.nn.nce_loss(parts, bias, labels, tf.ones([1, 2]), 2, 4, sampled_values=sampled)).round(3))
    print(session.run(tf.nn.sampled_softmax_loss(parts, bias, labels, tf.ones([1, 2]), 2, 4, sampled_values=sampled)).round(3))
    tf.summary.histogram("h", [1.0, 2.0])
    tf.summary.image("i", tf.ones([1, 2, 2, 1]))
    tf.summary.audio("a", tf.ones([1, 4, 1]), 8)
    tf.summary.text("t", tf.constant("one"))
    print(sorted(value.tag for value in tf.Summary.FromString(session.run(tf.summary.merge_all())).value))
