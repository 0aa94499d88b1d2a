"""The kinds of programs to try, each in an order that the seed alone decides."""

from __future__ import annotations

import itertools
import os
import pathlib
import random
from collections.abc import Iterator

from bench import fetch
from bench.fuzz import mutation
from bench.fuzz.trial import Program
from tf2lint import source

ROOT = pathlib.Path(__file__).resolve().parents[2]
_SPARSE = 8
"""Each so manieth file of a large collection is looked at twice."""
_BATCH = 100


class KindError(Exception):
    """A kind of which there are no programs here, and why."""


def of_kind(kind: str, seed: int) -> Iterator[Program]:
    """The programs of a kind: endless for those that are made, once each for those that lie in a folder.

    Raises KindError.
    """
    if kind == "mutation":
        return mutants(sorted([*_own(), *_packages()]), seed)
    if kind == "hypothesmith":
        return _hypothesmith(seed)
    if kind == "stdlib":
        return _files(_standard_libraries(), seed)
    if not pathlib.Path(kind).is_dir():
        raise KindError(f"{kind}: neither a kind nor a folder")
    return _files(sorted(pathlib.Path(kind).rglob("*.py")), seed)


def mutants(paths: list[pathlib.Path], seed: int) -> Iterator[Program]:
    """Endless changed copies of some files."""
    for number in itertools.count():
        chance = random.Random(f"{seed} {number}")
        path = chance.choice(paths)
        try:
            text = source.decode(path.read_bytes())
        except SyntaxError:
            continue
        yield Program(_beside(path), mutation.mutated(text, chance).encode("utf-8", "surrogatepass"))


def _beside(path: pathlib.Path) -> str:
    """Where a text lies that was made of a file's: it imports what that does, and nobody imports it."""
    return str(path.with_name(f"fuzz_{path.name}"))


def _own() -> list[pathlib.Path]:
    """The programs of this repository."""
    return [*(ROOT / "tests" / "programs").glob("*.py"), *_pages()] * 8


def _pages() -> list[pathlib.Path]:
    return sorted((ROOT / "docs" / "rules").glob("*/*.py"))


def _packages() -> list[pathlib.Path]:
    if not fetch.FOLDER.is_dir():
        raise KindError("the packages are not here: run python -m bench.fetch")
    return list(fetch.FOLDER.rglob("*.py"))


def _files(paths: list[pathlib.Path], seed: int) -> Iterator[Program]:
    """Each file as it is, and with TensorFlow in it; what several folders have alike is tried once."""
    statements = mutation.statements_of(_pages())
    seen = set()
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError:
            continue
        digest = source.digest(content)
        if digest in seen:
            continue
        seen.add(digest)
        chance = random.Random(f"{seed} {digest}")
        once = chance.randrange(_SPARSE) > 0
        yield Program(str(path), content, once=once)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        yield Program(_beside(path), mutation.spliced(text, chance, statements).encode(), once=once)


def _standard_libraries() -> list[pathlib.Path]:
    """The library of every Python that pyenv has, tests included, the files too that are not meant to parse."""
    versions = pathlib.Path(os.environ.get("PYENV_ROOT", pathlib.Path.home() / ".pyenv")) / "versions"
    found = [
        path
        for path in sorted(versions.glob("*/lib/python*/**/*.py"))
        if path.is_file() and "site-packages" not in path.parts
    ]
    if not found:
        raise KindError(f"no Python below {versions}")
    return found


def _hypothesmith(seed: int) -> Iterator[Program]:
    """Endless programs that parse, of all of Python's grammar, with TensorFlow put in."""
    try:
        import hypothesis
        import hypothesmith
    except ImportError as error:
        raise KindError(f"hypothesmith is not installed: {error}") from None
    settings = hypothesis.settings(
        max_examples=_BATCH,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    statements = mutation.statements_of(_pages())

    def batch(number: int) -> list[str]:
        texts: list[str] = []
        # Half of them from the grammar, half from the nodes that libcst knows.
        made = hypothesmith.from_node() if number % 2 else hypothesmith.from_grammar()

        def keep(text: str) -> None:
            texts.append(text)

        hypothesis.seed(seed * 1_000_003 + number)(settings(hypothesis.given(text=made)(keep)))()
        return texts

    def batches() -> Iterator[Program]:
        for number in itertools.count():
            for place, text in enumerate(batch(number)):
                chance = random.Random(f"{seed} {number} {place}")
                whole = mutation.traced(text, chance, statements)
                yield Program(f"hypothesmith_{number}_{place}.py", whole.encode("utf-8", "surrogatepass"))

    return batches()
