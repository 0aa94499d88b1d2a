"""Colour for a terminal: only what helps the eye find the place, the code and the underlined part."""

from __future__ import annotations

import dataclasses
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

CHOICES = ("auto", "always", "never")


@dataclasses.dataclass(frozen=True, slots=True)
class Paint:
    """Puts colour around parts of a line, or leaves them as they are."""

    on: bool = False

    def place(self, part: str) -> str:
        """A path, with what comes before the code."""
        return self._with("1", part)

    def code(self, part: str) -> str:
        """The code of a rule, and what underlines the finding."""
        return self._with("1;31", part)

    def margin(self, part: str) -> str:
        """What stands beside the line of a program."""
        return self._with("34", part)

    def aside(self, part: str) -> str:
        """A link."""
        return self._with("2", part)

    def _with(self, style: str, part: str) -> str:
        return f"\x1b[{style}m{part}\x1b[0m" if self.on and part else part


PLAIN = Paint()


def paint(choice: str, stream: TextIO) -> Paint:
    """What is fit for a stream. `choice` wins over the environment, and that over what the stream is."""
    if choice == "auto":
        if os.environ.get("NO_COLOR"):
            choice = "never"
        elif os.environ.get("FORCE_COLOR"):
            choice = "always"
    if choice != "auto":
        return Paint(choice == "always")
    # The old console of Windows prints escape sequences as they are; what can do better says so.
    capable = os.environ.get("TERM") != "dumb" if os.name != "nt" else "WT_SESSION" in os.environ
    return Paint(capable and stream.isatty())
