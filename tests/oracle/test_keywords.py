"""The keywords that Keras' classes accept, against constructing them."""

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
NAMESPACES = (
    *("layers", "losses", "metrics", "optimizers", "optimizers.legacy", "optimizers.schedules"),
    *("callbacks", "initializers", "regularizers", "constraints"),
)
ANYWAY = ("lr", "decay", "fused", "batch_input_shape", "weights", "no_such_keyword")
REFUSED = re.compile(
    r"unexpected keyword|not understood|[Uu]nrecognized keyword|not recognized|not a valid argument|deprecated in the"
    r"|multiple values|Unexpected keyword|Invalid keyword"
)


def classes(world: int) -> dict[str, frozenset[str]]:
    """Each of Keras' classes in a world, with the keywords that it has in any world, and some more."""
    found = {}
    for namespace in NAMESPACES:
        for last in api.children(f"tf.keras.{namespace}"):
            name = f"tf.keras.{namespace}.{last}"
            known = api.symbol(name)
            if known is None or known.kind is not api.Kind.CLASS or not known.worlds & ~known.raises & world:
                continue
            if name.count(".") - namespace.count(".") == 3:
                ever = {api.keywords(name, 1 << number) or frozenset() for number in range(len(api.WORLDS))}
                found[name] = frozenset().union(*ever, ANYWAY)
    return found


@functools.cache
def tried(python: str, world: int) -> dict[str, Any]:
    """What constructing the classes led to."""
    asked = {name: sorted(words) for name, words in classes(world).items()}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [python, str(HERE / "construct_keras.py")],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
        )
    assert not done.returncode, done.stderr[-2000:]
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def test_what_is_not_accepted_is_refused(tensorflow_python: str, tensorflow_minor: str) -> None:
    world = api.bit(tensorflow_minor)
    wrong = {}
    checked = 0
    for name, (broken, errors) in tried(tensorflow_python, world).items():
        accepted = api.keywords(name, world)
        if broken is not None or accepted is None:
            continue
        for keyword, error in errors.items():
            if keyword not in accepted:
                checked += 1
                if error is None or not error.startswith(("TypeError", "ValueError")):
                    wrong[f"{name}({keyword}=)"] = error
    assert wrong == {}
    assert checked > 1000


def test_what_is_accepted_is_not_refused(tensorflow_python: str, tensorflow_minor: str) -> None:
    world = api.bit(tensorflow_minor)
    wrong = {}
    checked = 0
    for name, (broken, errors) in tried(tensorflow_python, world).items():
        accepted = api.keywords(name, world)
        if broken is not None or accepted is None:
            continue
        for keyword, error in errors.items():
            if keyword in accepted:
                checked += 1
                if error is not None and REFUSED.search(error):
                    wrong[f"{name}({keyword}=)"] = error
    assert wrong == {}
    assert checked > 500
