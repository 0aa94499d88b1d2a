"""The reader of TOML: Python's own, or the one that it was made of."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ("tomllib",)
