"""Which TensorFlow a project asks for in its own metadata, read without running any of it.

Looked at, in this order: pyproject.toml (`[project]`, Poetry), setup.cfg, setup.py, Pipfile, requirements.txt,
environment.yml; then what is optional in them, then other requirements files. The first that names TensorFlow or Keras
decides. These files belong to other tools: what can not be read in them is passed over.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import pathlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from tf2lint import setup_py, source
from tf2lint.api import versions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packaging.markers import Marker
    from packaging.specifiers import SpecifierSet

# What reads versions is imported where there is one to read: it takes as long as a small file.

_TENSORFLOW = frozenset(
    "tensorflow tensorflow-cpu tensorflow-gpu tensorflow-macos tensorflow-intel tensorflow-aarch64".split()
)
_WANTED = _TENSORFLOW | {"keras"}
_PYTHONS = tuple(f"3.{minor}" for minor in range(7, 15))
_PLATFORMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
_MACHINES = ("x86_64", "arm64", "aarch64", "AMD64")
_LINES, _LENGTH, _MOST = 20_000, 1_000, 50
"""How many lines of a project's metadata are looked at, how long they may be, and how many may ask for TensorFlow."""
_LEGACY = re.compile(r"(?<!get\([\"'])(?<!getenv\([\"'])TF_USE_LEGACY_KERAS[\"']?\]?\s*[=:,]\s*[\"']?(?:1|[Tt]rue)\b")


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What a requirement says: a distribution (`tensorflow-cpu`) and the versions it admits."""

    name: str
    admits: SpecifierSet


@dataclasses.dataclass(frozen=True, slots=True)
class Required:
    """What the metadata of a directory say: `source` is the file, `asked` the requirements of TensorFlow and Keras."""

    source: pathlib.Path
    asked: tuple[Asked, ...]

    @property
    def words(self) -> str:
        """The file and its requirements, for the user."""
        listed = dict.fromkeys(f"{asked.name}{asked.admits}" for asked in self.asked)
        return f"{self.source}: {', '.join(listed)}"

    @property
    def newest(self) -> str | None:
        """The newest TensorFlow minor from 2.0 on that is admitted; None where all are, or none is, or it is unknown.

        A project that asks for TensorFlow 1 is to be migrated, so that its requirement is no target.
        """
        world = max(self._admitted(), default=None)
        return None if world is None else versions.WORLDS[world].tensorflow

    @property
    def keras(self) -> str | None:
        """The newest Keras 3 minor that goes with `newest`; None where that TensorFlow has a Keras of its own."""
        world = max(self._admitted(), default=None)
        keras = None if world is None else versions.WORLDS[world].keras
        return None if keras == "2" else keras

    @property
    def worlds(self) -> int:
        """All admitted worlds from TensorFlow 2.0 on, each TensorFlow with the newest Keras it may have."""
        newest = {versions.WORLDS[number].tensorflow: number for number in sorted(self._admitted())}
        return sum(1 << number for number in newest.values())

    def _admitted(self) -> list[int]:
        """The numbers of the admitted worlds. `tf_keras` beside a Keras 3 is a choice that no requirement tells."""
        tensorflow = [asked.admits for asked in self.asked if asked.name != "keras"]
        keras = [asked.admits for asked in self.asked if asked.name == "keras"]
        from packaging.specifiers import SpecifierSet

        anything = SpecifierSet()
        mask = 0
        for admits in tensorflow or [anything]:
            mask |= versions.worlds(admits, anything)
        found = [
            number
            for number, world in enumerate(versions.WORLDS)
            if mask >> number & 1 and not world.legacy and world.tensorflow != "1.15"
        ]
        if not keras:
            return found
        return [number for number in found if any(_goes_with(versions.WORLDS[number], admits) for admits in keras)]


def _goes_with(world: versions.World, keras: SpecifierSet) -> bool:
    """Whether the package `keras` that a TensorFlow works with satisfies a requirement.

    From 2.6 to 2.15 it is the one of the same number; before that, the separate Keras 2.3 and 2.4.
    """
    if world.keras != "2":
        packages = [world.keras]
    elif int(world.tensorflow[2:]) >= 6:
        packages = [world.tensorflow]
    else:
        packages = ["2.3", "2.4"]
    return any(keras.contains(f"{minor}.{patch}", prereleases=True) for minor in packages for patch in range(10))


def says_keras_2(text: str) -> bool:
    """Whether a module, or a file of settings, sets `TF_USE_LEGACY_KERAS`, or says that it has to be set."""
    return "TF_USE_LEGACY_KERAS" in text and _LEGACY.search(text) is not None


def of_folder(folder: pathlib.Path) -> Required | None:
    """What the files of one directory ask for; None where they name neither TensorFlow nor Keras."""
    try:
        names = set(os.listdir(folder))
    except OSError:
        return None
    known = [name for name in _FILES if name in names]
    for name, optional in ((name, optional) for optional in (False, True) for name in known):
        found = _asked(_FILES[name](folder / name, optional))
        if found:
            return Required(folder / name, found)
    others = sorted(name for name in names if name.startswith("requirements") and _REQUIREMENTS.fullmatch(name))
    found = _asked(line for name in others for line in _requirements(folder / name, False))
    return Required(folder / others[0], found) if found else None


def _asked(lines: Iterable[str]) -> tuple[Asked, ...]:
    mentions = [line.strip() for line in lines if any(name in line.lower() for name in ("tensorflow", "keras"))]
    if not mentions:
        return ()
    from packaging.requirements import Requirement

    found: dict[Asked, None] = {}
    for line in itertools.islice(dict.fromkeys(mentions), _LINES):
        if len(line) > _LENGTH or re.search(r"[<>=~^]\s*[\w.]*\d{10}", line):
            continue
        try:
            requirement = Requirement(line)
            name = _normalized(requirement.name)
            if name in _WANTED and (requirement.marker is None or _holds_somewhere(requirement.marker)):
                found[Asked(name, requirement.specifier)] = None
        except (ValueError, RecursionError):  # The requirement is none, or its marker compares what can not be.
            continue
    return tuple(found)[:_MOST]


def _normalized(name: str) -> str:
    """The name of a distribution as all of its spellings are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _holds_somewhere(marker: Marker) -> bool:
    """Whether a marker is true on some platform with some Python that TensorFlow 2 runs on."""
    if "extra" in str(marker):
        return True
    for python, (platform, system, name), machine in itertools.product(_PYTHONS, _PLATFORMS, _MACHINES):
        environment = {
            "extra": "",
            "os_name": name,
            "platform_machine": machine,
            "platform_system": system,
            "python_full_version": f"{python}.0",
            "python_version": python,
            "sys_platform": platform,
        }
        if marker.evaluate(environment):
            return True
    return False


def read(path: pathlib.Path) -> str:
    """The text of a file; nothing where it can not be read."""
    try:
        return source.read(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def _toml(path: pathlib.Path) -> Mapping[str, object]:
    from tf2lint.toml import tomllib

    try:
        return tomllib.loads(read(path))
    except (ValueError, RecursionError):
        return {}


def _table(table: object, *keys: str) -> Mapping[str, object]:
    """A table inside of tables; an empty one where there is none."""
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}


def _texts(value: object) -> Iterator[str]:
    """The strings in lists and tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


# The files. Each reader yields requirements as pip writes them; `optional` asks for what is only asked for on request.


def _pyproject(path: pathlib.Path, optional: bool) -> Iterator[str]:
    tables = _toml(path)
    project = _table(tables, "project")
    poetry = _table(tables, "tool", "poetry")
    if not optional:
        yield from _texts(project.get("dependencies"))
        yield from _poetry(_table(poetry, "dependencies"))
        return
    yield from _texts(project.get("optional-dependencies"))
    yield from _texts(tables.get("dependency-groups"))
    yield from _poetry(_table(poetry, "dev-dependencies"))
    for group in _table(poetry, "group"):
        yield from _poetry(_table(poetry, "group", group, "dependencies"))


def _poetry(dependencies: Mapping[str, object]) -> Iterator[str]:
    """The dependencies of a table of Poetry or Pipenv: `tensorflow = "^2.4"`, `tensorflow = {version = "^2.4"}`."""
    for name, value in dependencies.items():
        for one in value if isinstance(value, list) else [value]:
            said = one.get("version", "*") if isinstance(one, dict) else one
            if isinstance(said, str) and len(said) < _LENGTH:
                for alternative in said.split("||"):
                    yield f"{name}{_of_poetry(alternative)}"


def _of_poetry(said: str) -> str:
    """A specifier as pip writes it: "^2.4" is ">=2.4,<3"."""
    parts = (part.strip() for part in re.split(r",|(?<=\d)\s+(?=[<>=!~^])", said))
    return ",".join(_part_of_poetry(part) for part in parts if part not in ("", "*"))


def _part_of_poetry(part: str) -> str:
    match = re.fullmatch(r"(\^|~(?!=)|)\s*(\d{1,9}(?:\.\d{1,9})*)(\.\*)?", part)
    if match is None:
        return part
    operator, version, star = match.groups()
    numbers = [int(number) for number in version.split(".")]
    if not operator:
        return f"=={version}{star or ''}"
    # A caret keeps the first number that is not zero, a tilde the minor.
    kept = 1 if operator == "^" and numbers[0] else min(2, len(numbers))
    above = [*numbers[: kept - 1], numbers[kept - 1] + 1]
    return f">={version},<{'.'.join(map(str, above))}"


def _setup_cfg(path: pathlib.Path, optional: bool) -> Iterator[str]:
    import configparser

    parser = configparser.RawConfigParser()
    try:
        parser.read_string(read(path))
    except configparser.Error:
        return
    if not optional:
        yield from parser.get("options", "install_requires", fallback="").splitlines()
    elif parser.has_section("options.extras_require"):
        for _, value in parser.items("options.extras_require"):
            yield from value.splitlines()


def _setup_py(path: pathlib.Path, optional: bool) -> Iterator[str]:
    return setup_py.requirements(read(path), optional)


def _pipfile(path: pathlib.Path, optional: bool) -> Iterator[str]:
    yield from _poetry(_table(_toml(path), "dev-packages" if optional else "packages"))


def _requirements(path: pathlib.Path, optional: bool) -> Iterator[str]:
    if not optional:
        yield from _lines(path, path.parent, {path})


def _lines(path: pathlib.Path, folder: pathlib.Path, seen: set[pathlib.Path]) -> Iterator[str]:
    """The requirements of a file and of those that it includes, as long as these lie in the project."""
    for raw in read(path).replace("\\\n", " ").splitlines():
        line = re.sub(r"(^|\s)#.*", "", raw).strip()
        included = re.match(r"(?:-r|--requirement)[\s=]*(\S+)", line)
        if included:
            other = (path.parent / included[1]).resolve()
            if other not in seen and other.is_relative_to(folder.resolve()):
                seen.add(other)
                yield from _lines(other, folder, seen)
        elif not line.startswith("-"):
            yield re.split(r"\s--", line)[0]


_REQUIREMENTS = re.compile(r"requirements.+\.txt")
_CONDA = re.compile(r"\s*-\s*[\"']?(?:[\w-]+::)?(?P<name>[\w.-]+)\s*(?P<version>[^\"'#;]*)(?P<marker>;[^\"#]*)?")


def _environment(path: pathlib.Path, optional: bool) -> Iterator[str]:
    """The plain lines of a conda environment, those of its `pip:` too: `- tensorflow=2.4`, `- tensorflow>=2.4`."""
    for line in () if optional else read(path).splitlines():
        match = _CONDA.match(line)
        if match is None or _normalized(match["name"]) not in _WANTED:
            continue
        said = match["version"].strip()
        fuzzy = re.fullmatch(r"=(\d[\d.]*?)(\.\*)?(=[^=]*)?", said)
        exact = re.fullmatch(r"(\d[\d.]*(?:\.\*)?)", said)
        if fuzzy:
            said = f"=={fuzzy[1]}.*"
        elif exact:
            said = f"=={exact[1]}"
        from packaging.specifiers import InvalidSpecifier, SpecifierSet

        try:
            SpecifierSet(said)
        except InvalidSpecifier:
            said = ""
        yield f"{match['name']}{said}{match['marker'] or ''}"


_FILES: Mapping[str, Callable[[pathlib.Path, bool], Iterator[str]]] = {
    "pyproject.toml": _pyproject,
    "setup.cfg": _setup_cfg,
    "setup.py": _setup_py,
    "Pipfile": _pipfile,
    "requirements.txt": _requirements,
    "environment.yml": _environment,
    "environment.yaml": _environment,
}
