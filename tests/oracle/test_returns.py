"""What calls give, against calling them."""

from __future__ import annotations

import functools
import json
import pathlib
import re
import subprocess
import tempfile
from typing import Any

from tf2lint import api

HERE = pathlib.Path(__file__).parent
OWNERS = (
    "tf.Tensor tf.Variable tf.compat.v1.Variable tf.data.Dataset tf.compat.v1.data.Dataset tf.data.TFRecordDataset "
    "tf.data.Iterator tf.SparseTensor tf.RaggedTensor tf.TensorShape tf.DType tf.Graph tf.Operation tf.TensorArray "
    "tf.IndexedSlices tf.TensorSpec tf.random.Generator tf.queue.FIFOQueue tf.linalg.LinearOperatorDiag "
    "tf.distribute.Strategy tf.distribute.MirroredStrategy tf.keras.Model tf.keras.Sequential tf.keras.layers.Dense "
    "tf.keras.optimizers.Adam tf.GradientTape tf.train.Checkpoint tf.compat.v1.Session tf.Session "
    "tf.compat.v1.train.AdamOptimizer tf.train.AdamOptimizer tf.compat.v1.train.Saver"
).split()
# What has lasting effects, waits for others, or downloads.
LEFT_OUT = re.compile(
    r"\.(raw_ops|contrib|tpu|app|test|estimator|distribute|mlir|debugging\.experimental|profiler|dtensor|applications)\b"
    r"|wait_for|barrier|server|service|producer|Supervisor|initialize|shutdown|write|save|multi_gpu|experimental\.numpy"
    r"|recv|_from_datasets|distribute_dataset|monitored|set_|enable|disable"
)


def required(signature: api.Signature | None) -> list[str] | None:
    """The names of the parameters that a call must give."""
    if signature is None:
        return None
    return [parameter.name for parameter in signature.positional if not parameter.default]


@functools.cache
def asked(world: int) -> dict[str, Any]:
    """The functions and members whose results are known in a world, and which can be called without harm."""
    functions = []
    for name in api.names():
        found = api.symbol(name)
        if found is None or not found.worlds & ~found.raises & world or not name.startswith("tf."):
            continue
        given = api.returns(name, world) if found.kind is api.Kind.FUNCTION else None
        parameters = required(api.signature(name, world))
        if given is not None and parameters is not None and not LEFT_OUT.search(name):
            functions.append([name, given, parameters])
    members = []
    for owner in OWNERS:
        found = api.symbol(owner)
        if found is None or not found.worlds & world:
            continue
        for attribute in sorted(api.members(owner, world)):
            given = api.member_returns(owner, attribute, world)
            member = api.member(owner, attribute)
            if given is None or member is None or LEFT_OUT.search(attribute) or attribute in ("close", "enqueue"):
                continue
            is_method = member.kind is api.Kind.FUNCTION
            parameters = required(api.member_signature(owner, attribute, world)) if is_method else None
            if not is_method or parameters is not None:
                members.append([owner, attribute, given, parameters])
    return {"functions": functions, "members": members}


@functools.cache
def answers(python: str, world: int) -> dict[str, Any]:
    """What the calls gave."""
    questions = asked(world)
    functions, members = questions["functions"], questions["members"]
    found: list[Any] = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(30):
            rest = {"functions": functions[len(found) :], "members": members[max(len(found) - len(functions), 0) :]}
            if not rest["functions"] and not rest["members"]:
                break
            done = subprocess.run(
                [python, str(HERE / "call_functions.py")],
                input=json.dumps(rest),
                capture_output=True,
                text=True,
                check=False,
                cwd=folder,
            )
            found += [json.loads(line) for line in done.stdout.splitlines()]
            if done.returncode:
                found.append(None)  # The one that ended the process.
    assert len(found) == len(functions) + len(members)
    names = [f"{name} -> {given}" for name, given, _ in questions["functions"]]
    names += [f"{owner}().{attribute} -> {given}" for owner, attribute, given, _ in questions["members"]]
    return dict(zip(names, found, strict=True))


def test_calls_give_what_is_said(tensorflow_python: str, tensorflow_minor: str) -> None:
    found = answers(tensorflow_python, api.bit(tensorflow_minor))
    assert {name: answer for name, answer in found.items() if answer not in (None, True)} == {}
    assert sum(answer is True for answer in found.values()) > 300
