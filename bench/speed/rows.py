"""The rows of the table: what is measured, and what it may be at most, or must be at least."""

from __future__ import annotations

import argparse
import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """A measured ratio (or seconds, or megabytes) with its target; `most` says that the target is not to be passed."""

    label: str
    value: float
    target: float | None = None
    most: bool = True
    unit: str = ""
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether the target is missed."""
        return self.target is not None and (self.value > self.target if self.most else self.value < self.target)

    def cells(self) -> list[str]:
        """The row as text."""
        bound = "" if self.target is None else f"{'at most' if self.most else 'at least'} {self.target:g}{self.unit}"
        return [self.label, f"{self.value:.3g}{self.unit}", bound, "missed" if self.missed else "", self.note]


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """What the user chose."""

    repeat: int
    package: str
    hosted: str
    tensorflow: str | None
    pylint_tensorflow: str | None

    @classmethod
    def of(cls, given: argparse.Namespace) -> Options:
        """The options of a command line."""
        return cls(**{field.name: getattr(given, field.name) for field in dataclasses.fields(cls)})
