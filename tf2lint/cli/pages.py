"""The pages of the rules: the folders docs/rules/<symbol>/ of a checkout, one file of an installed package.

setup.py runs this module by its path to make that file, so that it imports nothing but Python's own library.
"""

from __future__ import annotations

import functools
import json
import pathlib
import zlib
from collections.abc import Mapping

ARCHIVE = "pages.z"
"""The file beside this module that a wheel has: JSON, compressed."""

Files = Mapping[str, str]
"""The texts of the files in a rule's folder by their names: details.md, bad.py, good.py, case_bad.py …"""


def of(symbol: str) -> Files:
    """What there is of a rule; nothing where the pages were not installed."""
    return _installed().get(symbol) or _folder(_checkout() / symbol)


def pack(folder: pathlib.Path) -> bytes:
    """The archive of the pages in a folder."""
    pages = {path.name: _folder(path) for path in sorted(folder.iterdir()) if path.is_dir()}
    return zlib.compress(json.dumps({symbol: page for symbol, page in pages.items() if page}).encode(), 9)


@functools.cache
def _installed() -> Mapping[str, Files]:
    archive = pathlib.Path(__file__).with_name(ARCHIVE)
    if not archive.exists():
        return {}
    pages: Mapping[str, Files] = json.loads(zlib.decompress(archive.read_bytes()))
    return pages


def _checkout() -> pathlib.Path:
    return pathlib.Path(__file__).resolve().parents[2] / "docs" / "rules"


def _folder(folder: pathlib.Path) -> Files:
    paths = sorted(path for pattern in ("*.md", "*.py") for path in folder.glob(pattern))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}
