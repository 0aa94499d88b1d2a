"""The two sets of a small project: what is traced, and what AutoGraph converts."""

from __future__ import annotations

import dataclasses
import pathlib
import textwrap

from tf2lint.config import Options, Projects
from tf2lint.engine import Linter
from tf2lint.tracing.scopes import name_of
from tf2lint.tracing.traced import Traced, Tracing

from ..inference.programs import target

PRELUDE = "import functools\nimport tensorflow as tf\n"


def reached(
    folder: pathlib.Path, text: str, *, files: dict[str, str] | None = None, keras: str | None = None
) -> tuple[Traced, ...]:
    """What a program, whose first lines are imports, has traced; `files` are the project's other modules."""
    for name, content in (files or {}).items():
        (folder / name).write_text(PRELUDE + textwrap.dedent(content))
    path = folder / "program.py"
    config = Projects(Options()).of(path)
    if keras is not None:
        config = dataclasses.replace(config, target=target("==2.21.*", keras))
    linter = Linter(config)
    return Tracing(linter._ev).reached(linter._modules.add(path, PRELUDE + textwrap.dedent(text)))


def names(folder: pathlib.Path, text: str, **more: dict[str, str]) -> set[str]:
    """The names of what is traced."""
    return {name_of(traced.function) for traced in reached(folder, text, files=more.get("files"))}


def conversion(folder: pathlib.Path, text: str, name: str, *, keras: str | None = None) -> set[bool | None]:
    """Whether the function of a name is converted, for each way in which the program comes to it."""
    return {t.converted for t in reached(folder, text, keras=keras) if name_of(t.function) == name}
