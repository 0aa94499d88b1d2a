"""The editions laid side by side: for each name its facts along its axis, for each class what sets it apart."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from tf2lint.api import axes
from tf2lint.api.versions import TENSORFLOW
from tools import attributes
from tools.facts import Fact
from tools.returns import SELF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tools.facts import ClassFact, Edition, MemberFact

Runs = list[tuple[int, str | None]]
"""From an epoch on, a value."""

# Where Keras 3 has nothing to offer: each attribute is there for the asking, and the asking raises.
_RAISING = ("tf.compat.v1.layers", "tf.compat.v1.nn.rnn_cell")


@dataclasses.dataclass(slots=True)
class Name:
    """A public name over all editions; sets are sets of epochs of its axis."""

    kind: str
    worlds: int
    imports: int
    raises: int
    open: bool
    signatures: Runs
    since: str = ""
    offered: tuple[str, ...] = ()
    renamed: list[dict[str, str]] = dataclasses.field(default_factory=list)
    """What the bodies of its versions say of renamed arguments, oldest first."""
    keywords: Runs = dataclasses.field(default_factory=list)
    """The keywords that a call accepts beyond the parameters, joined by commas; "?" where that is not known."""
    returns: Runs = dataclasses.field(default_factory=list)
    """The public class of what a call gives."""


@dataclasses.dataclass(slots=True)
class MergedMember:
    """A member that a class does not share with its public ancestors."""

    kind: str
    worlds: int
    signatures: Runs
    renamed: list[dict[str, str]] = dataclasses.field(default_factory=list)
    """As in `Name`."""
    returns: Runs = dataclasses.field(default_factory=list)
    """The public class of what a call, or reading it, gives; "=" for the class itself."""


@dataclasses.dataclass(slots=True)
class Class:
    """A class over all editions: its nearest public ancestors, and its own members."""

    bases: list[tuple[int, tuple[str, ...]]]
    members: dict[str, MergedMember]
    lost: dict[str, int] = dataclasses.field(default_factory=dict)
    """Attribute -> where instances surely have it no more, for what differs from the nearest ancestors."""


@dataclasses.dataclass(slots=True)
class Merged:
    """Everything that the data files hold, but the replacements."""

    names: dict[str, Name]
    classes: dict[str, Class]


def merge(editions: Mapping[str, Edition]) -> Merged:
    """Merge the editions, given by name."""
    lines = _timelines(editions)
    canonical = {name: _canonical_names(edition) for name, edition in editions.items()}
    public = {edition: _known(edition, canonical) for edition in editions}
    names = {name: _name(name, line, public) for name, line in sorted(lines.items())}
    classes = {}
    for name, line in sorted(lines.items()):
        if any(fact.cls for _, _, fact in line):
            classes[name] = _class(name, line, editions, public)
    heirs = {name: _of_heirs(edition, public[name]) for name, edition in editions.items()}
    losses = {name: {} if name in _ABSTRACT else _losses(lines[name], editions, heirs) for name in classes}
    for name, cls in classes.items():
        cls.lost = _apart_from_bases(name, cls, losses)
    return Merged(names, classes)


# Its instances are of private heirs, which kept what it lost.
_ABSTRACT = frozenset({"tf.data.Iterator"})


def _of_heirs(edition: Edition, public: Mapping[str, str]) -> dict[str, set[str]]:
    """Key of a class -> the members of its public heirs: what a call of `tf.keras.Model` makes is one of them."""
    found: dict[str, set[str]] = {}
    for key, cls in edition.classes.items():
        if public.get(key, "").startswith("tf.compat.v1."):
            continue  # A program that wants these says so.
        for ancestor in cls.ancestors:
            found.setdefault(ancestor, set()).update(cls.members)
    return found


def _losses(
    line: Timeline, editions: Mapping[str, Edition], heirs: Mapping[str, Mapping[str, set[str]]]
) -> dict[str, int]:
    """Attribute -> the set of epochs in which instances surely lack what they had before."""
    found: dict[str, int] = {}
    had: set[str] = set()
    for epoch, edition_name, fact in line:
        if fact.cls is None:
            continue
        edition = editions[edition_name]
        cls = edition.classes[fact.cls]
        for name in had:
            if name not in heirs[edition_name].get(fact.cls, ()) and attributes.lacks(edition, cls, name):
                found[name] = found.get(name, 0) | 1 << epoch
        had.update(cls.members)
    return found


def _apart_from_bases(name: str, cls: Class, losses: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    mine = losses[name]
    inherited: dict[str, int] = {}
    for base in cls.bases[-1][1] if cls.bases else ():
        if base in losses and axes.follows_keras(base) == axes.follows_keras(name):
            for attribute, mask in losses[base].items():
                inherited.setdefault(attribute, mask)
    names = sorted({*mine, *inherited})
    return {word: mine.get(word, 0) for word in names if mine.get(word, 0) != inherited.get(word, 0)}


Timeline = list[tuple[int, str, Fact]]
"""Epoch, edition and fact, in the order of the axis."""


# Epochs of the Keras axis.
_LEGACY = len(axes.KERAS_EPOCHS) - 1
_NEWEST = _LEGACY - 1
_OWN = axes.KERAS_EPOCHS.index("2.15")
_SEPARATE = axes.KERAS_EPOCHS.index("2.6")

Lines = dict[str, dict[int, tuple[str, Fact]]]


def _timelines(editions: Mapping[str, Edition]) -> dict[str, Timeline]:
    lines: Lines = {}
    for edition in editions.values():
        for name, fact in edition.facts.items():
            epochs = axes.epochs(name)
            if edition.name in epochs:
                lines.setdefault(name, {})[epochs.index(edition.name)] = (edition.name, fact)
    _keras_alone(lines)
    for name, line in lines.items():
        if axes.follows_keras(name) and not name.startswith("keras") and _OWN in line:
            line[_LEGACY] = line[_OWN]
            if name.startswith(_RAISING):
                _raise_in_keras_3(name, line)
    return {name: [(epoch, *line[epoch]) for epoch in sorted(line)] for name, line in lines.items()}


def _keras_alone(lines: Lines) -> None:
    """Keras imported on its own: before Keras 3 it offers what tf.keras does, and the modules that it consists of."""
    for name in [name for name in lines if name == "tf.keras" or name.startswith("tf.keras.")]:
        for epoch, (edition, fact) in list(lines[name].items()):
            if epoch <= _OWN:
                known = lines.setdefault(name.removeprefix("tf."), {})
                known.setdefault(epoch, (edition, dataclasses.replace(fact, importable=True)))
    for name in [name for name in lines if name == "keras" or name.startswith("keras.")]:
        line = lines[name]
        if _SEPARATE in line and line[_SEPARATE][1].open and line[_SEPARATE][1].kind == "m":
            # The modules of the Kerases before 2.6 had these names too.
            for epoch in range(_SEPARATE):
                line.setdefault(epoch, line[_SEPARATE])
        # Beside `tf_keras`, an `import keras` may find either.
        if _NEWEST in line or _OWN in line:
            line[_LEGACY] = line[_NEWEST] if _NEWEST in line else line[_OWN]


def _raise_in_keras_3(name: str, line: dict[int, tuple[str, Fact]]) -> None:
    edition, fact = line[_OWN]
    # An import of such a name raises as well; still it is the name that raises, not one that is missing.
    there = dataclasses.replace(
        fact,
        importable=fact.kind != "m" or name in _RAISING,
        raises=name not in _RAISING,
        signature=None,
        cls=None,
    )
    for epoch in range(_OWN + 1, _LEGACY):
        line[epoch] = (edition, there)


def _name(name: str, line: Timeline, public: Public) -> Name:
    worlds = imports = raises = 0
    for epoch, _, fact in line:
        worlds |= fact.attribute << epoch
        imports |= fact.importable << epoch
        raises |= fact.raises << epoch
    newest = line[-1][2]
    kind = next((fact.kind for _, _, fact in reversed(line) if fact.kind != "v"), newest.kind)
    epochs = axes.epochs(name)
    noticed = [(epoch, fact.notice) for epoch, _, fact in line if fact.notice is not None]
    offered: dict[str, None] = {}
    for _, notice in reversed(noticed):
        offered.update(dict.fromkeys(notice.replacements))
    offered.pop(name, None)
    return Name(
        kind,
        worlds,
        imports,
        raises,
        any(fact.open for _, _, fact in line),
        _runs([(epoch, fact.signature) for epoch, _, fact in line if not fact.raises]),
        epochs[noticed[0][0]] if noticed else "",
        tuple(offered),
        _renamed([fact for _, _, fact in line]),
        _runs([(epoch, _beyond(fact)) for epoch, _, fact in line if not fact.raises]),
        _given(name, [(epoch, edition, fact) for epoch, edition, fact in line if not fact.raises], public),
    )


def _given(owner: str, line: Iterable[tuple[int, str, Fact | MemberFact]], public: Public) -> Runs:
    """What is given, by the name that the class has in each version."""
    values: list[tuple[int, str | None]] = []
    if owner.startswith("tf.contrib."):
        return []
    for epoch, edition, fact in line:
        names = public[edition]
        found = next((names.get(key, key) for key in fact.returns or () if key in names or key == SELF), None)
        # Keras' functions take and give symbolic stand-ins for tensors.
        symbolic = found in ("tf.Tensor", "tf.Operation") and axes.follows_keras(owner)
        values.append((epoch, None if symbolic or (found and _HIDDEN.search(found)) else found))
    if owner.startswith("tf.compat.v1."):
        _at_home(values)
    return _runs(values)


# What is not for programs, or says next to nothing; among linear operators a registry decides what is made.
_HIDDEN = re.compile(r"__internal__|^tf\.contrib\.|^tf\.linalg\.LinearOperator")


def _at_home(values: list[tuple[int, str | None]]) -> None:
    """Within compat.v1 a class has the same name in 1.15 as later: `tf.compat.v1.Session`."""
    later = {value for _, value in values[1:]}
    for index, (epoch, value) in enumerate(values[:1]):
        there = f"tf.compat.v1.{value.removeprefix('tf.')}" if value is not None else None
        if there in later:
            values[index] = (epoch, there)


def _beyond(fact: Fact) -> str | None:
    """The keywords that a call accepts beyond the parameters; None where the signature says all there is to say."""
    if fact.signature is None:
        return None
    parts = fact.signature.split(",")
    rest = parts[-1].startswith("**")
    if fact.keywords is None:
        return None if rest or fact.kind != "c" else "?"
    more = ",".join(sorted(fact.keywords.difference(part.partition("=")[0] for part in parts)))
    return more if rest or more else None


def _renamed(facts: Iterable[Fact | MemberFact]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for fact in facts:
        if fact.renamed and fact.renamed not in found:
            found.append(fact.renamed)
    return found


def _runs(values: list[tuple[int, str | None]]) -> Runs:
    runs: Runs = []
    for epoch, value in values:
        if not runs or runs[-1][1] != value:
            runs.append((epoch, value))
    return [] if all(value is None for _, value in runs) else runs


# Classes


def _rank(name: str) -> tuple[bool, bool, bool, bool, int, str]:
    """The public name that a class goes by comes first."""
    return (
        name.startswith("tf.contrib."),
        name.startswith("tf.compat.v1."),
        name.startswith("keras."),
        "__internal__" in name,
        name.count("."),
        name,
    )


def _canonical_names(edition: Edition) -> dict[str, str]:
    names: dict[str, str] = {}
    for name in sorted(edition.facts, key=_rank):
        key = edition.facts[name].cls
        if key is not None and edition.facts[name].attribute:
            names.setdefault(key, name)
    return names


Public = dict[str, dict[str, str]]
"""Edition -> key of a class -> the name that it goes by."""


def _known(edition: str, canonical: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    known = dict(canonical[edition])
    if edition.startswith("keras-"):
        for key, public in canonical[TENSORFLOW[-1]].items():
            known.setdefault(key, public)
    return known


def _class(name: str, line: Timeline, editions: Mapping[str, Edition], public: Public) -> Class:
    bases: list[tuple[int, tuple[str, ...]]] = []
    members: dict[str, list[tuple[int, str, MemberFact]]] = {}
    for epoch, edition_name, fact in line:
        if fact.cls is None:
            continue
        edition = editions[edition_name]
        found = edition.classes[fact.cls]
        nearest, own = _apart(name, fact.cls, found, edition, public[edition_name], editions[TENSORFLOW[-1]])
        if not bases or bases[-1][1] != nearest:
            bases.append((epoch, nearest))
        for member in own:
            members.setdefault(member, []).append((epoch, edition_name, found.members[member]))
    return Class(bases, {member: _member(name, values, public) for member, values in sorted(members.items())})


def _apart(
    name: str, key: str, found: ClassFact, edition: Edition, known: Mapping[str, str], backend: Edition
) -> tuple[tuple[str, ...], list[str]]:
    """The nearest public ancestors of a class, and the members in which it differs from them."""
    if known.get(key, name) != name:
        return (known[key],), []
    nearest: list[str] = []
    covered: set[str] = set()
    above: list[ClassFact] = []
    for ancestor in found.ancestors[1:]:
        of_ancestor = edition.classes.get(ancestor) or backend.classes.get(ancestor)
        if ancestor in known and ancestor not in covered and of_ancestor is not None:
            nearest.append(known[ancestor])
            covered.update(of_ancestor.ancestors)
            above.append(of_ancestor)
    own = []
    for member, fact in found.members.items():
        inherited = next((base.members[member] for base in above if member in base.members), None)
        if inherited != fact:
            own.append(member)
    return tuple(nearest), own


def _member(cls: str, values: list[tuple[int, str, MemberFact]], public: Public) -> MergedMember:
    worlds = 0
    for epoch, _, _ in values:
        worlds |= 1 << epoch
    facts = [fact for _, _, fact in values]
    runs = _runs([(epoch, fact.signature) for epoch, _, fact in values])
    return MergedMember(facts[-1].kind, worlds, runs, _renamed(facts), _given(cls, values, public))
