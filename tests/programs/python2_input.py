# -*- coding: utf-8 -*-
import os, Queue
import tensorflow as tf


def read(path, (height, width), channels=3):  # expect: 16 tf-python-two
    """Reads an image: \N and C:\Users are no escapes here."""
    try:
        data = tf.gfile.Open(path).read()  # expect: 16 tf-legacy-module
    except (IOError, tf.errors.NotFoundError), error:
        raise ValueError, "cannot read %s: %s" % (path, error)
    except OSError, (number, text):
        raise ValueError, ("cannot read", number, text)
    image = tf.image.decode_jpeg(data, channels=channels)
    return tf.image.resize_images(image, (height, width))  # expect: 12 tf-renamed-symbol


queue = tf.train.string_input_producer(["a.jpg"]); name = "Säule"; reader = tf.WholeFileReader()  # expect: 9 tf-queue-runner, 77 tf-queue-runner
sizes = map(lambda (h, w): h * w, [(1, 2)]); total = tf.to_float(sum(sizes))  # expect: 54 tf-removed-symbol
key, value = reader.read(queue)
assert os.environ.has_key("HOME") and `name` <> "", tf.Print(total, [total], u"Säule")  # expect: 53 tf-removed-symbol
