"""Every front end says the same of the same file, in any order, in parallel, with TensorFlow visible or not."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import pytest

from tf2lint.config import Projects

from .corpus import (
    RULES,
    Seen,
    by_command,
    by_editor,
    by_engine,
    by_flake8,
    by_pylint,
    has_comments_for_linters,
    parses,
    programs,
)

ENABLE = {"default": (), "all": ("all",)}

# Positions that a host may count otherwise: line ends, form feeds, characters of several bytes, a BOM, an encoding.
ODD = {
    "crlf": b"import tensorflow as tf\r\n\r\nx = '''\r\n''', tf.placeholder(tf.float32)\r\n",
    "cr": b"import tensorflow as tf\rx = tf.placeholder(tf.float32)\ry = 1\n",
    "form_feed": b"import tensorflow as tf\n\x0c\nif tf:\n\x0c    y = 1\n    s = '\x0c'; x = tf.placeholder(1)\n",
    "separators": "import tensorflow as tf\ns = '\x1c \x85 \u2028 '; x = tf.placeholder(tf.float32)\n".encode(),
    "bom": b"\xef\xbb\xbfimport tensorflow as tf; x = tf.placeholder(tf.float32)\n",
    "latin_1": "# coding: latin-1\nimport tensorflow as tf\ns = 'äöü'; x = tf.placeholder(tf.float32)\n".encode(
        "latin-1"
    ),
    "wide": "import tensorflow as tf\ns = '日本語😀'; größe = tf.placeholder(tf.float32)\n".encode(),
    "no_end": b"import tensorflow as tf\nx = tf.placeholder(tf.float32)",
    "multiline": b"import tensorflow as tf\nx = (\n    tf\n    .placeholder(\n        tf.float32))\n",
    "empty": b"",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[pathlib.Path]:
    """Every program that no host rejects and no comment touches."""
    folder = tmp_path_factory.mktemp("odd")
    for name, data in ODD.items():
        (folder / f"{name}.py").write_bytes(data)
    usual = [path for path in programs() if parses(path) and not has_comments_for_linters(path)]
    return [*usual, *sorted(folder.iterdir())]


@pytest.fixture(scope="module")
def truth(files: list[pathlib.Path]) -> dict[str, list[Seen]]:
    """What the engine says."""
    return {name: by_engine(files, enable) for name, enable in ENABLE.items()}


def test_there_is_something_to_agree_on(truth: dict[str, list[Seen]]) -> None:
    """Every odd file but the empty one has its finding, and switching rules on adds some."""
    odd = {pathlib.Path(path).stem for path, *_ in truth["default"]} & set(ODD)
    assert odd == set(ODD) - {"empty"}
    assert set(truth["default"]) < set(truth["all"])


def test_no_linter_remembers_too_much(files: list[pathlib.Path], truth: dict[str, list[Seen]]) -> None:
    """The engine alone does not depend on the order of files."""
    assert by_engine(reversed(files)) == truth["default"]
    assert sorted(seen for path in files for seen in by_engine([path])) == truth["default"]


@pytest.mark.parametrize("name", ENABLE)
def test_flake8(files: list[pathlib.Path], truth: dict[str, list[Seen]], name: str) -> None:
    """flake8 agrees, in each setting."""
    assert by_flake8(files, ENABLE[name]) == truth[name]


@pytest.mark.parametrize("name", ENABLE)
@pytest.mark.parametrize("options", [(), ("-j2",)], ids=["serial", "parallel"])
def test_pylint(files: list[pathlib.Path], truth: dict[str, list[Seen]], name: str, options: tuple[str, ...]) -> None:
    """pylint agrees, in each setting, in one process and in two."""
    assert by_pylint(files, ENABLE[name], options) == truth[name]


@pytest.mark.parametrize("name", ENABLE)
@pytest.mark.parametrize("options", [(), ("--jobs=2",)], ids=["serial", "parallel"])
def test_command(files: list[pathlib.Path], truth: dict[str, list[Seen]], name: str, options: tuple[str, ...]) -> None:
    """The command agrees, in each setting, in one process and in two."""
    assert by_command(files, ENABLE[name], options) == truth[name]


def test_editor(files: list[pathlib.Path], truth: dict[str, list[Seen]]) -> None:
    """An editor agrees, whatever the order."""
    assert by_editor(reversed(files)) == truth["default"]


@pytest.mark.parametrize("front", [by_flake8, by_pylint, by_command], ids=lambda front: front.__name__)
def test_order(files: list[pathlib.Path], truth: dict[str, list[Seen]], front: Callable[..., list[Seen]]) -> None:
    """The order of the files plays no part."""
    assert front(list(reversed(files))) == truth["default"]


@pytest.mark.parametrize("front", [by_flake8, by_pylint, by_command], ids=lambda front: front.__name__)
def test_tensorflow_is_never_imported(
    files: list[pathlib.Path],
    truth: dict[str, list[Seen]],
    front: Callable[..., list[Seen]],
    tmp_path: pathlib.Path,
) -> None:
    """A TensorFlow that can be found leaves a mark when it is imported, and defines names that it should not."""
    mark = tmp_path / "imported"
    for name in ("tensorflow", "keras", "tf_keras"):
        package = tmp_path / "path" / name
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(
            f"import pathlib\npathlib.Path({str(mark)!r}).touch()\ndef placeholder(dtype): ...\nclass Session: ...\n"
        )
    assert front(files, env={"PYTHONPATH": str(tmp_path / "path")}) == truth["default"]
    assert not mark.exists()


def test_a_project_is_found_from_the_file(tmp_path: pathlib.Path) -> None:
    """A name that comes from the project's other module is seen by each, wherever it was started from."""
    package = tmp_path / "src" / "pkg"
    package.mkdir(parents=True)
    (tmp_path / "setup.cfg").write_text("[tf2lint]\nenable = tf-compat-symbol\n")
    (package / "__init__.py").touch()
    (package / "shim.py").write_text("import tensorflow as tf\nmake = tf.placeholder\n")
    user = package / "user.py"
    user.write_text(
        "import tensorflow as tf\nfrom pkg.shim import make\n\nx = make(tf.float32)\ny = tf.compat.v1.Session\n"
    )
    expected = by_engine([user])
    assert [line for _, line, _, _ in expected] == [4, 5]
    assert by_flake8([user]) == expected
    assert by_command([user]) == expected
    # pylint was told --disable=all: what the project switches on stays off, as it was named by the user.
    assert by_pylint([user]) == [seen for seen in expected if seen[3] != "TF304"]
    assert by_pylint([user], ["tf-compat-symbol"]) == expected


def test_the_repository_speaks_of_no_configuration() -> None:
    """The comparison above is made with default settings: no section of ours lies above the examples."""
    settings = Projects().of(RULES / "tf-placeholder" / "bad.py")
    assert settings.source is None
