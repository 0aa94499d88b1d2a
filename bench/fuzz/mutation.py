"""Programs made of others: tokens deleted, doubled and swapped, TensorFlow put in."""

from __future__ import annotations

import ast
import functools
import pathlib
import random
import re
from collections.abc import Callable, Sequence

_TOKEN = re.compile(r"\w+|\n[ \t]*|[ \t]+|'[^'\n]*'|\"[^\"\n]*\"|[^\w\s]")
_NAME = re.compile(r"[A-Za-z_]\w*")
_FUNCTION = re.compile(r"^([ \t]*)((?:async )?def )", re.MULTILINE)
_MOST = 6
"""So many changes at most: of what is changed everywhere nothing parses."""

Tokens = list[str]


def mutated(text: str, chance: random.Random) -> str:
    """A text with a few changes of its tokens or lines; about every second one still parses."""
    for _ in range(chance.randint(1, _MOST)):
        text = chance.choice(_WAYS)(text, chance)
    return text


def spliced(text: str, chance: random.Random, statements: Sequence[str]) -> str:
    """A text with TensorFlow in it: an import, some functions traced, some statements that rules look at."""
    lines = _FUNCTION.sub(lambda match: _decorated(match, chance), text).split("\n")
    for _ in range(min(12, 1 + len(lines) // 8)):
        number = chance.randrange(len(lines))
        first = re.match(r"([ \t]*)[A-Za-z@]", lines[number])
        before = lines[number - 1].rstrip() if number else ""
        if first is not None and not before.endswith((",", "(", "[", "{", "\\", "+")) and "@" not in before:
            lines.insert(number, first[1] + chance.choice(statements))
    return "import tensorflow as tf\n" + "\n".join(lines)


def traced(text: str, chance: random.Random, statements: Sequence[str]) -> str:
    """A text, and the same once more in a function that TensorFlow traces, among statements that rules look at."""
    some = [chance.choice(statements) for _ in range(4)]
    body = "\n".join(f"    {line}" for line in (*some[:2], *text.split("\n"), *some[2:]))
    return f"{spliced(text, chance, statements)}\n@tf.function\ndef whole(x, *args, **kwargs):\n{body}\n\n\nwhole({some[0]})\n"


def _decorated(match: re.Match[str], chance: random.Random) -> str:
    return f"{match[1]}@tf.function\n{match[0]}" if chance.random() < 0.4 else match[0]


def statements_of(paths: Sequence[pathlib.Path]) -> list[str]:
    """The statements of programs that fit on a line and speak of TensorFlow."""
    found = set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").split("\n"):
            statement = line.split("  #")[0].strip()
            if "tf." in statement and not statement.startswith("@") and _is_statement(statement):
                found.add(statement)
    return sorted(found)


def _is_statement(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


# Ways to change a text


def _of_tokens(change: Callable[[Tokens, list[int], random.Random], None]) -> Callable[[str, random.Random], str]:
    @functools.wraps(change)
    def changed(text: str, chance: random.Random) -> str:
        tokens = _TOKEN.findall(text)
        places = [number for number, token in enumerate(tokens) if not token.isspace()]
        if places:
            change(tokens, places, chance)
        return "".join(tokens)

    return changed


@_of_tokens
def _delete(tokens: Tokens, places: list[int], chance: random.Random) -> None:
    del tokens[chance.choice(places)]


@_of_tokens
def _duplicate(tokens: Tokens, places: list[int], chance: random.Random) -> None:
    place = chance.choice(places)
    tokens.insert(place, tokens[place])


@_of_tokens
def _swap(tokens: Tokens, places: list[int], chance: random.Random) -> None:
    one, other = chance.choice(places), chance.choice(places)
    tokens[one], tokens[other] = tokens[other], tokens[one]


@_of_tokens
def _swap_names(tokens: Tokens, places: list[int], chance: random.Random) -> None:
    names = [place for place in places if _NAME.fullmatch(tokens[place])]
    for _ in range(3 if names else 0):
        one, other = chance.choice(names), chance.choice(names)
        tokens[one], tokens[other] = tokens[other], tokens[one]


@_of_tokens
def _rename(tokens: Tokens, places: list[int], chance: random.Random) -> None:
    names = [place for place in places if _NAME.fullmatch(tokens[place])]
    if names:
        old, new = tokens[chance.choice(names)], tokens[chance.choice(names)]
        for place in names:
            if tokens[place] == old and chance.random() < 0.5:
                tokens[place] = new


def _lines(text: str, chance: random.Random) -> str:
    """Move, double or delete some lines."""
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    some = lines[start : start + chance.randint(1, 5)]
    if chance.random() < 0.5:
        del lines[start : start + len(some)]
    if chance.random() < 0.7:
        target = chance.randint(0, len(lines))
        lines[target:target] = some
    return "\n".join(lines)


def _character(text: str, chance: random.Random) -> str:
    place = chance.randint(0, len(text))
    return text[:place] + chance.choice("()[]{}:,.='\"\\\n\t#@*é\0\f\r😀\ufeff") + text[place:]


_WAYS = (_delete, _duplicate, _swap, _swap_names, _swap_names, _rename, _rename, _rename, _lines, _lines, _character)
