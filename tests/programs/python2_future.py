"""A module that prints by function, and is Python 2 all the same."""
from __future__ import absolute_import, print_function
import sys
import tensorflow as tf

mode = 0755  # expect: 8 tf-python-two
try:
    from tensorflow.models.rnn import rnn_cell
except ImportError, e:
    print("no rnn:", e, file=sys.stderr, end="")
    rnn_cell = tf.nn.rnn_cell  # expect: 16 tf-legacy-rnn
cell = tf.nn.rnn_cell.BasicLSTMCell(10L)  # expect: 8 tf-legacy-rnn
print("cell", tf.log(1.0), sep="\t"); print(ur"\d", tf.log(2.0))  # expect: 15 tf-renamed-symbol, 53 tf-renamed-symbol
