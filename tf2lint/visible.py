"""Text from files, names and messages as a person sees it: nothing in it moves a cursor, ends a line, turns it around.

Such a text may be anybody's. A terminal would obey an escape sequence in it, and a CI system what looks like a command
in a line of its own.
"""

from __future__ import annotations

import re

_INVISIBLE = "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"


def visible(text: str) -> str:
    r"""The text in one line, with `\x1b`, `\n`, `\u202e` written out."""
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_INVISIBLE, lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def quoted(name: bytes) -> bytes:
    """The name of a file as git and patch write it in a diff, so that no part of it is taken for another line."""
    if not re.search(rb'[\0-\x1f"\\\x7f]', name):
        return name
    return b'"%s"' % re.sub(rb'[\0-\x1f"\\\x7f-\xff]', lambda match: b"\\%03o" % match[0][0], name)
