"""Lets tox find the interpreters of pyenv, whose shims answer for none but the chosen one.

tox reads this file beside tox.ini. Without pyenv it does nothing, and tox looks on PATH as ever.
"""

from __future__ import annotations

import os
import pathlib


def _interpreters() -> list[str]:
    versions = pathlib.Path(os.environ.get("PYENV_ROOT") or pathlib.Path.home() / ".pyenv") / "versions"
    return sorted(str(path) for path in versions.glob("3.*/bin/python"))


if found := _interpreters():
    os.environ.setdefault("TOX_DISCOVER", os.pathsep.join(found))
