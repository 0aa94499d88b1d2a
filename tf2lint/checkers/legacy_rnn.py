"""Recurrent cells and their drivers."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.api import versions
from tf2lint.checkers.base import Idiom, Module, call_finding, on_call
from tf2lint.findings import Finding, Rule, Severity
from tf2lint.inference.values import TfInstance, TfName

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
    "keras.experimental.PeepholeLSTMCell keras.layers.CuDNNGRU "
    "keras.layers.CuDNNLSTM lite.experimental.nn lite.experimental.nn.* nn.bidirectional_dynamic_rnn "
    "nn.dynamic_rnn nn.raw_rnn nn.rnn_cell nn.rnn_cell.* nn.static_bidirectional_rnn nn.static_rnn "
    "nn.static_state_saving_rnn"
)

IDIOM = Idiom.of(RULE, NAMES)


@on_call(RULE, attributes=frozenset(("dynamic_rnn", "static_rnn", "bidirectional_dynamic_rnn")))
def driven(module: Module, node: nodes.Call) -> Iterator[Finding]:
    """`tf.compat.v1.nn.dynamic_rnn` with a cell of Keras 3, whose `get_initial_state` it calls in Keras 2's way."""
    drivers = [v for v in module.values(node.func) if isinstance(v, TfName) and v.name.startswith("tf.compat.v1.")]
    cells = [k.value for k in node.keywords if k.arg in ("cell", "cell_fw")] or node.args[:1]
    if not drivers or not cells:
        return
    keras_3 = module.reached(drivers[0], node) & versions.KERAS_3
    made = [v for v in module.values(cells[0]) if isinstance(v, TfInstance)]
    if keras_3 and any(v.cls.startswith(("tf.keras.layers.", "keras.layers.")) for v in made):
        yield call_finding(RULE, node, drivers[0].name, "raises TypeError for a cell of Keras 3")
