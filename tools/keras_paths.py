"""Which modules of Keras's implementation each release had: `python -m tools.keras_paths CACHE` writes the table.

Programs import them by their paths (`keras.src.engine`, `tensorflow.python.keras.applications`) though none of them
was ever public. Recorded is what some release had and a later one has not; what lies in a package that went with it is
not listed. (The implementation as it lay in `keras` itself, up to 2.12, is in the database, mixed with what is public.)
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterable, Iterator

from tf2lint.api.axes import KERAS_EPOCHS
from tf2lint.api.versions import TENSORFLOW

TABLE = pathlib.Path(__file__).parents[1] / "tf2lint" / "checkers" / "keras_paths.tsv"
_PACKAGE, _COPY = "keras.src", "tf.python.keras"
_FIRST_PACKAGE = "2.6"
"""From here on TensorFlow takes Keras from the package `keras`; what was in it before is not among the wheels."""


def main(arguments: list[str]) -> None:
    """Write the table from the unpacked wheels in a folder."""
    cache = pathlib.Path(arguments[0])
    rows = {**_rows(_packages(cache), KERAS_EPOCHS[:-1]), **_rows(_copies(cache), TENSORFLOW)}
    TABLE.write_text("".join(f"{name}\t{words}\n" for name, words in sorted(rows.items())), encoding="utf-8")


def _packages(cache: pathlib.Path) -> dict[str, set[str]]:
    """The modules of the package `keras`, by epoch."""
    found: dict[str, set[str]] = {}
    for epoch in KERAS_EPOCHS[KERAS_EPOCHS.index(_FIRST_PACKAGE) : -1]:
        folder = cache / f"keras-{epoch.removeprefix('keras-')}" / "keras" / "src"
        found[epoch] = set(_modules(folder, _PACKAGE))
    # Of what Keras 3 made anew, only what takes the place of a module of Keras 2 is of interest.
    old = set().union(*(names for epoch, names in found.items() if not epoch.startswith("keras-")))
    return {epoch: names & old for epoch, names in found.items()}


def _copies(cache: pathlib.Path) -> dict[str, set[str]]:
    """The modules of the copy of Keras inside of TensorFlow, by minor."""
    found = {}
    for minor in TENSORFLOW:
        distribution = "tensorflow" if minor in ("1.15", "2.0") else "tensorflow-cpu"
        root = cache / f"{distribution}-{minor}"
        folders = [root / package / "python" / "keras" for package in ("tensorflow_core", "tensorflow")]
        found[minor] = {name for folder in folders if folder.is_dir() for name in _modules(folder, _COPY)}
    return found


def _modules(folder: pathlib.Path, package: str) -> Iterator[str]:
    for path in folder.rglob("*.py"):
        parts = path.relative_to(folder).with_suffix("").parts
        if not parts[-1].endswith("_test"):
            yield ".".join((package, *(part for part in parts if part != "__init__")))


def _rows(modules: dict[str, set[str]], epochs: Iterable[str]) -> dict[str, str]:
    """The epochs of each module that some later epoch lacks, and whose package did not go with it."""
    epochs = [epoch for epoch in epochs if epoch in modules]
    have = {name: tuple(name in modules[epoch] for epoch in epochs) for name in set().union(*modules.values())}
    rows = {}
    for name, there in have.items():
        above = have.get(name.rpartition(".")[0])
        if there != above and (False in there[there.index(True) :] or name == _PACKAGE):
            rows[name] = ",".join(_runs(epochs, there))
    return rows


def _runs(epochs: list[str], there: tuple[bool, ...]) -> Iterator[str]:
    start = None
    for index, found in enumerate((*there, False)):
        if found and start is None:
            start = index
        elif not found and start is not None:
            yield f"{epochs[start]}..{epochs[index - 1]}"
            start = None


if __name__ == "__main__":
    main(sys.argv[1:])
