"""The database against what a real TensorFlow exports: names, imports, signatures, members of classes."""

from __future__ import annotations

import fnmatch
import functools
import json
import pathlib
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

from tf2lint import api

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = pathlib.Path(__file__).parent
GENERIC = (None, "*args,**kwargs", "*args,**kwds", "self,*args,**kwargs")
"""Signatures that say nothing: C++ functions, enumerations, wrappers that hide what they wrap."""


@functools.cache
def walk(python: str) -> dict[str, Any]:
    """What the TensorFlow of an interpreter exports."""
    modules = [name for name in api.names() if is_module(name) and not name.startswith("tf.contrib")]
    done = subprocess.run(
        [python, str(HERE / "dump_api.py")],
        input=json.dumps([name for name in modules if name.startswith("tf")]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def is_module(name: str) -> bool:
    """Whether a name is a module and, as such, worth an import: packages of implementation are not."""
    found = api.symbol(name)
    return found is not None and found.kind is api.Kind.MODULE and not found.open


def allowed(section: str) -> list[str]:
    """The patterns of one section of the allow-list."""
    table = tomllib.loads((HERE / "allow.toml").read_text(encoding="utf-8"))
    return [pattern for entry in table.get(section, []) for pattern in entry["match"]]


def unexpected(names: Iterable[str], section: str) -> list[str]:
    """The names that no pattern of a section allows."""
    patterns = allowed(section)
    return sorted(name for name in names if not any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns))


def world_of(facts: dict[str, Any]) -> int:
    """The world that a walk was made in."""
    minor = ".".join(facts["tensorflow"].split(".")[:2])
    keras = ".".join(facts["keras"].split(".")[:2])
    return api.bit(minor, keras if keras.startswith("3.") and minor not in ("1.15", "2.15") else None)


def spell(signature: api.Signature | None) -> str | None:
    """A signature as `dump_api.py` writes it."""
    if signature is None:
        return None
    parts: list[str] = []
    star = False
    slash = 0
    for parameter in signature.parameters:
        mark = "=" if parameter.default else ""
        match parameter.kind:
            case api.ParameterKind.VAR_POSITIONAL:
                parts.append("*" + parameter.name)
                star = True
            case api.ParameterKind.VAR_KEYWORD:
                parts.append("**" + parameter.name)
            case api.ParameterKind.KEYWORD_ONLY if not star:
                parts += ["*", parameter.name + mark]
                star = True
            case _:
                parts.append(parameter.name + mark)
        if parameter.kind is api.ParameterKind.POSITIONAL_ONLY:
            slash = len(parts)
    if slash:
        parts.insert(slash, "/")
    return ",".join(parts)


def contrib(name: str) -> bool:
    """Whether a name belongs to tf.contrib."""
    return name.startswith("tf.contrib.")


def recorded(world: int) -> dict[str, api.Symbol]:
    """The names below `tf` that the database has in a world."""
    symbols = (api.symbol(name) for name in api.names() if name.startswith("tf"))
    return {found.name: found for found in symbols if found is not None and found.worlds & world}


def test_names(tensorflow_python: str) -> None:
    """The same names, outside contrib."""
    facts = walk(tensorflow_python)
    world = world_of(facts)
    have = recorded(world)
    real = {name for name, (kind, *_) in facts["names"].items() if kind in "mfcv"}
    absent = [name for name, found in have.items() if name not in facts["names"] and not found.raises & world]
    unknown = [name for name in real if name not in have]
    assert unexpected(filter(lambda name: not contrib(name), absent), "names") == []
    assert unexpected(filter(lambda name: not contrib(name), unknown), "names") == []


def test_what_raises(tensorflow_python: str) -> None:
    """What is said to raise is not simply there."""
    facts = walk(tensorflow_python)
    world = world_of(facts)
    raising = [name for name, found in recorded(world).items() if found.raises & world]
    working = [name for name in raising if name in facts["names"] and ".optimizers.legacy." not in name]
    assert working == []


def test_contrib(tensorflow_python: str) -> None:
    """Every recorded name of contrib is there; nothing that a package of contrib offers is missing."""
    facts = walk(tensorflow_python)
    have = recorded(world_of(facts))
    absent = [name for name in have if contrib(name) and name not in facts["names"]]
    # Modules below `tf.contrib.x` are open: a program may reach anything through them.
    offered = [name for name, (kind, *_) in facts["names"].items() if contrib(name) and kind in "fcv"]
    unknown = [name for name in offered if name.count(".") == 3 and name not in have]
    assert unexpected(absent, "contrib") == []
    assert unexpected(unknown, "contrib") == []


def test_imports(tensorflow_python: str) -> None:
    """`import tensorflow.x` works where the database says so."""
    facts = walk(tensorflow_python)
    world = world_of(facts)
    wrong = []
    for name, works in facts["imports"].items():
        found = api.symbol(name)
        if found is not None and bool(found.imports & world) != works and not name.startswith("tf.compat.v2"):
            wrong.append(name)
    assert unexpected(wrong, "imports") == []


def test_from_imports(tensorflow_python: str) -> None:
    """`from tensorflow.x import y` works where the database says so."""
    facts = walk(tensorflow_python)
    world = world_of(facts)
    wrong = []
    for name, found in recorded(world).items():
        parent = name.rpartition(".")[0]
        if found.kind is api.Kind.MODULE or contrib(name) or found.raises & world or name not in facts["names"]:
            continue
        works = facts["imports"].get(parent, False) and name not in facts["unbound"]
        if bool(found.imports & world) != works:
            wrong.append(name)
    assert unexpected(wrong, "imports") == []


def test_signatures(tensorflow_python: str) -> None:
    """Functions and constructors take what the database says, where both know."""
    facts = walk(tensorflow_python)
    world = world_of(facts)
    wrong = {}
    for name in recorded(world):
        kind, real, *_ = facts["names"].get(name, ["", None])
        mine = spell(api.signature(name, world))
        if kind in ("f", "c") and mine is not None and real not in GENERIC and mine != real:
            wrong[name] = (mine, real)
    assert {name: wrong[name] for name in unexpected(wrong, "signatures")} == {}


def test_members(tensorflow_python: str) -> None:
    """Classes have the members that the database says, with their signatures."""
    facts = walk(tensorflow_python)
    world = world_of(facts)
    wrong: dict[str, object] = {}
    compared = 0
    for name, found in recorded(world).items():
        kind, _, key = facts["names"].get(name, ["", None, None])
        if kind != "c" or found.kind is not api.Kind.CLASS:
            continue
        real = facts["classes"][key]
        mine = api.members(name, world)
        if key not in facts["enums"]:
            wrong.update((f"{name}.{member}", "absent") for member in mine - set(real))
        more = set(real) - mine - {"add_note"}
        if key in facts["enums"]:  # What an enumeration has from Python's own int and str, each Python decides.
            more = {member for member in more if not member.islower()}
        if not found.open:
            wrong.update((f"{name}.{member}", "unknown") for member in more)
        for member in mine & set(real):
            compared += 1
            signature = spell(api.member_signature(name, member, world))
            if signature is not None and real[member][1] not in (*GENERIC, signature):
                wrong[f"{name}.{member}"] = (signature, real[member][1])
    assert compared > 10_000
    assert {name: wrong[name] for name in unexpected(wrong, "members")} == {}


def test_the_walk_is_not_empty(tensorflow_python: str) -> None:
    """A walk that got stuck would agree with anything."""
    facts = walk(tensorflow_python)
    assert len(facts["names"]) > 7_000
    if facts["tensorflow"].startswith("1."):
        assert sum(map(contrib, facts["names"])) > 5_000
