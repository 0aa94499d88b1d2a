"""TensorFlow's own rename tables, those of `tf_upgrade_v2`: the union over all wheels, since newer ones forget."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tf2lint.api.versions import TENSORFLOW
from tools.layout import tables_folder, tensorflow_folder

if TYPE_CHECKING:
    import pathlib

_TABLES = {"renames_v2.py": ("renames",), "all_renames_v2.py": ("manual_symbol_renames",)}


def read(cache: pathlib.Path) -> dict[str, list[str]]:
    """Old canonical name -> new ones, what the newest wheel says first."""
    union: dict[str, list[str]] = {}
    for minor in reversed(TENSORFLOW):
        folder = cache / tensorflow_folder(minor) / tables_folder(minor)
        for file, tables in _TABLES.items():
            for old, new in sorted(_dictionaries(folder / file, tables).items()):
                targets = union.setdefault(canonical(old), [])
                if canonical(new) not in targets and canonical(new) != canonical(old):
                    targets.append(canonical(new))
    return {old: new for old, new in union.items() if new}


def canonical(name: str) -> str:
    """The spelling that the database uses: `tf.x` for `tf.compat.v2.x`."""
    return name.replace("tf.compat.v2.", "tf.", 1)


def _dictionaries(path: pathlib.Path, tables: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=table)], value=ast.Dict() as entries) if table in tables:
                for key, value in zip(entries.keys, entries.values, strict=True):
                    if isinstance(key, ast.Constant) and isinstance(value, ast.Constant):
                        found[str(key.value)] = str(value.value)
    return found
