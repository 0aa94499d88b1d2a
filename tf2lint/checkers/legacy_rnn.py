"""Recurrent cells and their drivers."""

from __future__ import annotations

from tf2lint.checkers.base import Idiom
from tf2lint.findings import Rule, Severity

RULE = Rule(
    code="TF206",
    pylint_id="E6836",
    symbol="tf-legacy-rnn",
    summary="dynamic_rnn and the cells of tf.nn.rnn_cell are gone; Keras has recurrent layers.",
    message="{name} {problem}: {hint}.",
    hint="use tf.keras.layers.RNN, LSTM or GRU",
    url="https://www.tensorflow.org/api_docs/python/tf/keras/layers/RNN",
    severity=Severity.BREAKS,
)

NAMES = (
    "keras.experimental.PeepholeLSTMCell keras.layers.AbstractRNNCell keras.layers.CuDNNGRU "
    "keras.layers.CuDNNLSTM lite.experimental.nn lite.experimental.nn.* nn.bidirectional_dynamic_rnn "
    "nn.dynamic_rnn nn.raw_rnn nn.rnn_cell nn.rnn_cell.* nn.static_bidirectional_rnn nn.static_rnn "
    "nn.static_state_saving_rnn"
)

IDIOM = Idiom(RULE, frozenset(NAMES.split()))
