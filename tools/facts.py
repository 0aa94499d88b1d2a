"""What is recorded of one edition (one wheel with its companions) before the editions are merged."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(slots=True)
class MemberFact:
    """A public member of a class: `kind` is "f", "c" or "v"; `signature` as `signatures.spell` writes it."""

    kind: str
    signature: str | None = None
    renamed: dict[str, str] = dataclasses.field(default_factory=dict, compare=False)
    """Arguments under a name that they had before -> the parameter that takes them."""
    returns: tuple[str, ...] | None = None
    """What a call, or reading it, gives, as `returns.Reader` says it."""


@dataclasses.dataclass(slots=True)
class ClassFact:
    """A class, inherited members included. `ancestors` are keys of classes; `open` that some base is out of reach."""

    signature: str | None
    open: bool
    ancestors: tuple[str, ...]
    members: dict[str, MemberFact]
    renamed: dict[str, str] = dataclasses.field(default_factory=dict)
    """The constructor's renamed arguments, as in `MemberFact`."""
    keywords: frozenset[str] | None = None
    """All that the constructor accepts by keyword; None where that is not known."""


@dataclasses.dataclass(slots=True)
class Notice:
    """A deprecation: the names it offers instead (its sentences stay where they are)."""

    replacements: tuple[str, ...]


@dataclasses.dataclass(slots=True)
class Fact:
    """A public name: `kind` "m", "f", "c" or "v"; how it can be reached; for a class the key of its `ClassFact`."""

    kind: str
    attribute: bool
    importable: bool
    raises: bool = False
    open: bool = False
    signature: str | None = None
    cls: str | None = None
    identity: str | None = None
    """What two names of the same function or class have in common."""
    notice: Notice | None = None
    renamed: dict[str, str] = dataclasses.field(default_factory=dict)
    """As in `MemberFact`."""
    keywords: frozenset[str] | None = None
    """All that a call accepts by keyword; None where that is not known."""
    returns: tuple[str, ...] | None = None
    """What a call gives, as `returns.Reader` says it."""


@dataclasses.dataclass(slots=True)
class Edition:
    """All public names of one edition and the classes behind them."""

    name: str
    facts: dict[str, Fact] = dataclasses.field(default_factory=dict)
    classes: dict[str, ClassFact] = dataclasses.field(default_factory=dict)
    stored: dict[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    """For modules that have classes: the names under which their code stores anything in any object."""
    dynamic: set[str] = dataclasses.field(default_factory=set)
    """Keys of classes that store attributes under names that their code does not spell."""
