"""Calls that only TensorFlow 1 takes so, or in which it means something else."""

import tensorflow as tf

image = tf.reshape(tf.range(32.0), [1, 4, 4, 2])
with tf.Graph().as_default(), tf.Session() as session:
    image = tf.reshape(tf.range(32.0), [1, 4, 4, 2])
    kernel = tf.ones([2, 2, 2, 1])
    print(session.run(tf.nn.conv2d(image, kernel, [1, 2, 2, 1], "SAME", use_cudnn_on_gpu=False)).ravel())
    print(session.run(tf.image.resize_images(image, [2, 2], align_corners=True)).ravel(), session.run(tf.image.resize_bilinear(image, [8, 8]))[0, 0, :, 0])
    print(session.run(tf.where([True, False], [[1, 2], [3, 4]], [[5, 6], [7, 8]])))
    print(session.run(tf.batch_to_space(tf.reshape(tf.range(4), [4, 1, 1, 1]), [[0, 0], [0, 0]], 2)).ravel())
    print(session.run(tf.constant([1, 2], shape=[4])), session.run(tf.strings.split(["a b", "c"])).values)
    print(session.run(tf.while_loop(lambda i: i < 3, lambda i: [i + 1], [tf.constant(0)])))
    print(session.run(tf.div(7, 2)), session.run(tf.to_float(3)), session.run(tf.argmax([[1, 2]], 1, None, None, tf.int32)))
    with tf.name_scope("scope", "default", [image]) as scope, tf.name_scope(None):
        print(scope, tf.add(1, 1, name="alone").name)
    with tf.device(device_name_or_function="/cpu:0"), tf.device(lambda op: "/cpu:0"):
        print(tf.zeros([1], name="z").device)
    logits = tf.constant([[1.0, 3.0]])
    labels = tf.nn.softmax(logits)
    print(session.run(tf.gradients(tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits * 2), [logits])[0]).round(4))
    table = [tf.constant([[0.0], [2.0]]), tf.constant([[1.0], [3.0]])]
    print(session.run(tf.nn.embedding_lookup(table, [0, 1, 2, 3])).ravel(), session.run(tf.random_uniform_initializer(seed=1, dtype=tf.float32)([3])).min() >= 0)
    scalar = tf.summary.scalar("loss", 3.0)
    written = tf.Summary.FromString(session.run(tf.summary.merge_all()))
    print(written.value[0].tag, written.value[0].simple_value)
