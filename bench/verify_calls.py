"""Holds findings about arguments against the real function: does the message say what its signature says?"""

from __future__ import annotations

import re

CONFIRMED, REFUTED, UNDECIDED = "confirmed", "REFUTED", "undecided"

Parameters = list[tuple[str, str, bool]]

SYMBOLS = frozenset(
    (
        "tf-renamed-argument",
        "tf-removed-argument",
        "tf-reordered-arguments",
        "tf-missing-argument",
        "tf-positional-argument",
        "tf-keras-argument",
    )
)
"""The rules whose messages are about one function's parameters."""

_PLACES = {"first": 0, "second": 1, "third": 2}
_CLAIMS = (
    ("keyword", re.compile(r" takes no (\w+)= ")),
    ("position", re.compile(r" takes no (\w+) positional argument ")),
    ("missing", re.compile(r" needs ([\w ]+?) (?:since|in) ")),
    ("place", re.compile(r" takes (\w+) in the (\w+) place ")),
    ("place", re.compile(r" takes the (\w+) (first) ")),
)


def judge(message: str, parameters: Parameters | None, error: str) -> tuple[str, str]:
    """The verdict on a message, and why. `parameters` are those of the real function, None where they are not known."""
    if parameters is None:
        return UNDECIDED, f"no signature: {error}"
    for claim, pattern in _CLAIMS:
        match = pattern.search(message)
        if match:
            true = _holds(claim, match, parameters)
            shown = ", ".join(name for name, _, _ in parameters)
            if true is None:
                return UNDECIDED, f"*arguments or **keywords: ({shown})"
            return (CONFIRMED if true else REFUTED), f"({shown})"
    return UNDECIDED, "the message makes no claim about parameters"


def _holds(claim: str, match: re.Match[str], parameters: Parameters) -> bool | None:
    """Whether a claim is true of the parameters; None where they can not tell."""
    kinds = {kind for _, kind, _ in parameters}
    positional = [name for name, kind, _ in parameters if kind in ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD")]
    by_keyword = [name for name, kind, _ in parameters if kind in ("KEYWORD_ONLY", "POSITIONAL_OR_KEYWORD")]
    if claim == "keyword":
        return False if match[1] in by_keyword else None if "VAR_KEYWORD" in kinds else True
    if claim == "position":
        return None if "VAR_POSITIONAL" in kinds else len(positional) <= _place(match[1])
    if claim == "missing":
        required = {name for name, kind, default in parameters if not default and not kind.startswith("VAR")}
        return set(match[1].split(" and ")) <= required
    place = _place(match[2])
    if not positional and "VAR_POSITIONAL" in kinds:
        return None
    return place < len(positional) and positional[place] == match[1]


def _place(word: str) -> int:
    return _PLACES[word] if word in _PLACES else int(word.removesuffix("th")) - 1
