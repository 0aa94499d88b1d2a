"""What a project asks of tf2lint: its targets and options, read from its own files.

The nearest directory upward from a file that has `[tool.tf2lint]` in pyproject.toml, else `[tf2lint]` in setup.cfg,
then in tox.ini. What the host was told (pylint's or flake8's options, the command's) wins key by key. Where nobody says
a target, the project's own requirements do: the newest TensorFlow that they admit.
"""

from __future__ import annotations

import dataclasses
import os
import pathlib
import re
import sys
from collections.abc import Iterable, Mapping

from tf2lint import per_file, requirements, source
from tf2lint.api import versions
from tf2lint.findings import Rule
from tf2lint.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    import configparser

    from packaging.specifiers import SpecifierSet

KEYS = (
    "tensorflow",
    "keras",
    "enable",
    "disable",
    "per-file-ignores",
    "roots",
    "exclude",
    "tracing-print",
    "baseline",
)
"""The keys of a configuration section. `tensorflow` and `keras` are version specifiers, `tracing-print` is a regular
expression, `baseline` a path, `per-file-ignores` a table, the others are lists."""

TRACING_PRINT = r"(?i)(?<![a-z])(re-?)?trac(e|es|ed|ing)(?![a-z])|(?<![a-z])python (execution|side.effect)"
"""What a print says that is meant to run while tracing: the words of TensorFlow's own guides."""

_TEXTS = {"tracing-print": "a regular expression", "baseline": "a path"}
_LISTS = ("enable", "disable", "roots", "exclude")
_MARKERS = ("pyproject.toml", "setup.cfg", "setup.py", ".git")
_TELLING = (*_MARKERS, "tox.ini")


class ConfigError(Exception):
    """A configuration that can not be used; the message names file, line where known, and the nearest valid name."""


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """What one place says, key by key; None where it is silent.

    `origin` names the place for messages ("setup.cfg:12", "option tf2lint-enable"), by key; a relative `baseline`,
    relative `roots` and `exclude` count from `folder`. `instead` is what a host takes for the options of every project.
    """

    tensorflow: str | None = None
    keras: str | None = None
    enable: tuple[str, ...] | None = None
    disable: tuple[str, ...] | None = None
    roots: tuple[str, ...] | None = None
    exclude: tuple[str, ...] | None = None
    tracing_print: str | None = None
    baseline: str | None = None
    per_file_ignores: per_file.Ignores | None = None
    folder: pathlib.Path | None = None
    source: pathlib.Path | None = None
    origin: tuple[tuple[str, str], ...] = ()
    instead: Options | None = None

    def where(self, key: str) -> str:
        """The beginning of a message about a key."""
        return dict(self.origin).get(key, key)


@dataclasses.dataclass(frozen=True, slots=True)
class Config:
    """Options of one run.

    `target` is a set of worlds (`tf2lint.api.versions`); `enable` the symbols of off-by-default rules switched on;
    `disable` those of rules that the command does not show; `roots` folders that hold the project's importable modules
    besides those found by themselves; `exclude` patterns of paths that the command does not walk into, below
    `project`; `source` the file it was read from, None for defaults; `unknown_target` says that the target lies beyond
    the database, so that no name is called absent; `warnings` are for the user, to be shown once. `target_origin` says
    where the target comes from. `admitted` are all worlds that the project may be used with, the target included: what
    is offered as a replacement exists in all of them. `keras_chosen` says that the key `keras` is set. `tracing_print`
    is a regular expression, empty for none: what a print or log message says that is meant to run while tracing.
    `baseline` is the file that says how many findings are tolerated, None for none; it need not exist.
    `per_file_ignores` says which rules are not told of in which files.
    """

    target: int
    enable: frozenset[str] = frozenset()
    roots: tuple[pathlib.Path, ...] = ()
    project: pathlib.Path | None = None
    source: pathlib.Path | None = None
    unknown_target: bool = False
    warnings: tuple[str, ...] = ()
    disable: frozenset[str] = frozenset()
    exclude: tuple[str, ...] = ()
    target_origin: str = ""
    admitted: int = 0
    keras_chosen: bool = False
    tracing_print: str = TRACING_PRINT
    baseline: pathlib.Path | None = None
    per_file_ignores: tuple[per_file.PerFile, ...] = ()

    def wants(self, rule: Rule) -> bool:
        """Whether a rule is switched on: by default, or by name."""
        return rule.default or rule.symbol in self.enable

    def ignored(self, path: str | os.PathLike[str]) -> frozenset[str]:
        """The symbols of the rules that are not told of in a file."""
        return frozenset().union(*(one.symbols for one in self.per_file_ignores if one.matches(path)))

    def announces_tracing(self, text: str) -> bool:
        """Whether a print or log message with this text is meant to run while tracing."""
        return bool(self.tracing_print) and re.search(self.tracing_print, text) is not None


Said = Mapping[str, tuple[object, str]]
"""By key, what is said of it and who says it."""


class Projects:
    """The configuration of every file, looked up once per directory."""

    def __init__(self, host: Options | None = None) -> None:
        self._host = host if host is not None else Options()
        self._found: dict[pathlib.Path, tuple[Options | None, pathlib.Path | None]] = {}
        self._configs: dict[pathlib.Path, Config] = {}
        self._by_name: dict[tuple[str, str], Config] = {}
        self._required: dict[pathlib.Path, requirements.Required | None] = {}

    def of(self, path: str | os.PathLike[str]) -> Config:
        """The configuration of a file, which need not exist. Raises ConfigError."""
        name = "" if os.path.isabs(path) else os.getcwd(), os.path.dirname(path)
        known = self._by_name.get(name)
        if known is None:  # It is asked several times for each file, and an absolute path takes longer to make.
            known = self._by_name[name] = self.of_folder(pathlib.Path(os.path.abspath(path)).parent)
        return known

    def project_of(self, path: str | os.PathLike[str]) -> pathlib.Path | None:
        """The directory of the project of a file or folder, without asking what is configured there."""
        whole = pathlib.Path(os.path.abspath(path))
        return self._said(whole if whole.is_dir() else whole.parent)[1]

    def of_folder(self, folder: pathlib.Path) -> Config:
        """The configuration of the files in a directory, given absolutely. Raises ConfigError."""
        if folder not in self._configs:
            found, project = self._said(folder)
            says_target = self._host.tensorflow is not None or (found is not None and found.tensorflow is not None)
            required = None if says_target else self._requires(folder, project)
            config = _merge(found if found is not None else Options(), self._host, project, required)
            # Folders of one project share one object, and with it what a Linter keeps for it.
            self._configs[folder] = next((known for known in self._configs.values() if known == config), config)
        return self._configs[folder]

    def said(self, path: str | os.PathLike[str]) -> Said:
        """What is said of each key for a file, and who says it; None and "default" where nobody does."""
        found, _ = self._said(pathlib.Path(os.path.abspath(path)).parent)
        answer: dict[str, tuple[object, str]] = {}
        for key in KEYS:
            value, origin = None, "default"
            for options in (found, self._host):
                said = None if options is None else getattr(options, key.replace("-", "_"))
                if options is not None and said is not None:
                    value, origin = said, options.where(key).removesuffix(f": {key}")
            if key == "per-file-ignores":
                value = None if value is None else {pattern: list(names) for pattern, names in value}
            elif key == "tracing-print" and value is None:
                value = TRACING_PRINT
            answer[key] = (list(value) if isinstance(value, tuple) else value, origin)
        return answer

    def _requires(self, folder: pathlib.Path, project: pathlib.Path | None) -> requirements.Required | None:
        """What the nearest metadata upward ask for that name TensorFlow or Keras, up to the project's directory."""
        if folder not in self._required:
            found = requirements.of_folder(folder)
            if found is None and folder not in (project, folder.parent):
                found = self._requires(folder.parent, project)
            self._required[folder] = found
        return self._required[folder]

    def _said(self, folder: pathlib.Path) -> tuple[Options | None, pathlib.Path | None]:
        """The options that hold in a directory, and the directory of its project."""
        found, marked = self._look(folder)
        if self._host.instead is not None:
            return self._host.instead, marked
        return found, marked if found is None else found.folder

    def _look(self, folder: pathlib.Path) -> tuple[Options | None, pathlib.Path | None]:
        """The options that are written for a directory, and the nearest one upward that looks like a project's."""
        if folder not in self._found:
            options, marked = None, None
            if any(os.path.lexists(os.path.join(folder, name)) for name in _TELLING):  # As in few folders.
                options = read(folder) if self._host.instead is None else None
                marked = folder if any((folder / marker).exists() for marker in _MARKERS) else None
            if folder.parent != folder and (options is None or marked is None):
                above, marked_above = self._look(folder.parent)
                options = above if options is None else options
                marked = marked_above if marked is None else marked
            self._found[folder] = options, marked
        return self._found[folder]


def roots_of(path: str | pathlib.Path, config: Config) -> tuple[pathlib.Path, ...]:
    """The folders in which the project of a file has its top-level modules, nearest first.

    They are the parent of the topmost package of the file, the project's directory, its `src`, and the option `roots`;
    never `sys.path` or the current directory, which differ between hosts.
    """
    top = pathlib.Path(os.path.abspath(path)).parent
    while (top / "__init__.py").is_file() and top.parent != top:
        top = top.parent
    project = config.project
    known = [top] if project is None else [top, project, project / "src"]
    return tuple(dict.fromkeys(root for root in [*known, *config.roots] if root.is_dir()))


def warn(config: Config, shown: set[str]) -> None:
    """Tell the user, on standard error, each warning that is not among `shown` yet."""
    for warning in config.warnings:
        if warning not in shown:
            shown.add(warning)
            print(f"tf2lint: warning: {visible(warning)}", file=sys.stderr)


def read(folder: pathlib.Path) -> Options | None:
    """What the files of one directory say; None where none of them speaks of tf2lint. Raises ConfigError."""
    for name, parse in (("pyproject.toml", _parse_toml), ("setup.cfg", _parse_ini), ("tox.ini", _parse_ini)):
        path = folder / name
        text = _text(path)
        if text is None:
            continue
        section = parse(path, text)
        if section is not None:
            return _options(path, text, section)
    return None


def read_file(path: pathlib.Path) -> Options:
    """What one file says, whatever its name: TOML where that ends so. Raises ConfigError."""
    text = _text(path)
    section = None
    if text is not None:
        section = (_parse_toml if path.suffix == ".toml" else _parse_ini)(path, text)
    if text is None or section is None:
        wanted = "[tool.tf2lint]" if path.suffix == ".toml" else "[tf2lint]"
        raise ConfigError(f"{path}: {'no such file' if text is None else f'there is no section {wanted}'}")
    return _options(path, text, section)


def split(value: str) -> tuple[str, ...]:
    """The items of a list written as text: separated by commas or line ends."""
    return tuple(item for item in (part.strip() for part in re.split(r"[,\n]", value)) if item)


def _text(path: pathlib.Path) -> str | None:
    try:
        return source.read(path).decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from error


def _parse_toml(path: pathlib.Path, text: str) -> Mapping[str, object] | None:
    from tf2lint.toml import tomllib

    try:
        tool = tomllib.loads(text).get("tool", {})
    except ValueError as error:  # A number of thousands of digits is no TOMLDecodeError.
        line = re.search(r"at line (\d+)", str(error))
        raise ConfigError(f"{path}:{line[1]}: {error}" if line else f"{path}: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: it is nested too deeply") from error
    section = tool.get("tf2lint") if isinstance(tool, dict) else None
    if section is None:
        return None
    if not isinstance(section, dict):
        raise ConfigError(f"{path}: tool.tf2lint must be a table")
    return section


def _parse_ini(path: pathlib.Path, text: str) -> Mapping[str, object] | None:
    import configparser

    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text, source=str(path))
    except configparser.Error as error:
        line = _line_of(error)
        reason = str(error).splitlines()[0]
        raise ConfigError(f"{path}:{line}: {reason}" if line else f"{path}: {reason}") from error
    if not parser.has_section("tf2lint"):
        return None
    inherited = parser.defaults()  # What [DEFAULT] sets for other tools is no key of ours.
    return {key: value for key, value in parser.items("tf2lint") if key in KEYS or key not in inherited}


def _line_of(error: configparser.Error) -> int | None:
    import configparser

    if isinstance(error, configparser.MissingSectionHeaderError | configparser.DuplicateOptionError):
        return error.lineno
    if isinstance(error, configparser.DuplicateSectionError):
        return error.lineno
    if isinstance(error, configparser.ParsingError) and error.errors:
        return int(error.errors[0][0])
    return None


def _options(path: pathlib.Path, text: str, section: Mapping[str, object]) -> Options:
    values: dict[str, str | tuple[str, ...] | per_file.Ignores] = {}
    origin: dict[str, str] = {}
    for key, value in section.items():
        origin[key] = f"{path}{_line_suffix(text, key)}: {key}"
        if key not in KEYS:
            raise ConfigError(f"{path}{_line_suffix(text, key)}: unknown key {key!r}{_nearest(key, KEYS)}")
        if key == "per-file-ignores":
            values["per_file_ignores"] = _per_file(value, origin, path, text)
        elif key in _LISTS:
            values[key] = _list(value, origin[key])
        elif isinstance(value, str):
            values[key.replace("-", "_")] = value
        elif key in _TEXTS:
            raise ConfigError(f"{origin[key]}: must be {_TEXTS[key]} in quotes")
        else:
            raise ConfigError(f'{origin[key]}: must be a version specifier in quotes, such as ">=2.12,<2.22"')
    return dataclasses.replace(
        Options(folder=path.parent, source=path, origin=tuple(origin.items())),
        **values,  # type: ignore[arg-type]  # KEYS are names of fields, and the types were just checked.
    )


def _list(value: object, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return split(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise ConfigError(f"{where}: must be a list of strings")


def _per_file(value: object, origin: dict[str, str], path: pathlib.Path, text: str) -> per_file.Ignores:
    """The key `per-file-ignores`; where each rule is named in it is entered into `origin`."""
    key = "per-file-ignores"
    try:
        found = per_file.parse(value)
    except ValueError as error:
        raise ConfigError(f"{origin[key]}: {error}") from None
    first = int(_line_suffix(text, key).removeprefix(":") or 1)
    for number, line in reversed(list(enumerate(text.splitlines(), start=1))[first - 1 :]):
        for name in {name for _, names in found for name in names}:
            if name in re.findall(r"[\w-]+", line.partition("#")[0]):
                origin[f"{key} {name}"] = f"{path}:{number}: {key}"
    return found


def _line_suffix(text: str, key: str) -> str:
    """ ":12", the line of a key in the section of tf2lint; empty where it is not written there plainly."""
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[+\s*([^\]]*?)\s*\]", line)
        if header:
            section = header[1].replace('"', "").replace(" ", "")
            inside = section in ("tf2lint", "tool.tf2lint")
            if section == f"tool.tf2lint.{key}":
                return f":{number}"
        elif inside and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=:.]""", line, re.IGNORECASE):
            return f":{number}"
    return ""


def _merge(
    found: Options, host: Options, project: pathlib.Path | None, required: requirements.Required | None
) -> Config:
    """The configuration that a file's options and the host's make together."""

    def says(key: str) -> Options:
        return host if getattr(host, key.replace("-", "_")) is not None else found

    tensorflow, keras, origin = _wanted(says("tensorflow"), says("keras"), required)
    target, unknown, warnings = _target(tensorflow, keras)
    roots, missing = _roots(says("roots"))
    return Config(
        target=target,
        enable=frozenset(rule.symbol for rule in _rules(says("enable"), "enable") if not rule.default),
        disable=frozenset(rule.symbol for rule in _rules(says("disable"), "disable")),
        roots=roots,
        exclude=says("exclude").exclude or (),
        project=project,
        source=found.source,
        unknown_target=unknown,
        warnings=(*warnings, *missing),
        target_origin=origin,
        admitted=target if required is None or required.newest is None else target | required.worlds,
        keras_chosen=_is_set(says("keras"), "keras"),
        tracing_print=_pattern(says("tracing-print")),
        baseline=_baseline(says("baseline")),
        per_file_ignores=tuple(_ignores(says("per-file-ignores"))),
    )


def on_keras_2(config: Config) -> Config:
    """The same with Keras 2 behind every TensorFlow that has the choice: code that sets TF_USE_LEGACY_KERAS."""
    target, admitted = (versions.with_keras_2(mask) for mask in (config.target, config.admitted))
    return dataclasses.replace(config, target=target, admitted=admitted)


def _is_set(options: Options, key: str) -> bool:
    value: str | None = getattr(options, key)
    return value is not None and bool(value.strip())


def _wanted(
    tensorflow: Options, keras: Options, required: requirements.Required | None
) -> tuple[Options, Options, str]:
    """Who says which TensorFlow and Keras is meant, and in words where the target comes from."""
    said = [
        options.where(key) for options, key in ((tensorflow, "tensorflow"), (keras, "keras")) if _is_set(options, key)
    ]
    if _is_set(tensorflow, "tensorflow") or required is None or required.newest is None:
        default = "the newest known" if required is None else f"the newest known; {required.words} sets no bound"
        return tensorflow, keras, ", ".join(said) or f"default: {default}"
    source = Options(tensorflow=f"=={required.newest}.*", origin=(("tensorflow", str(required.source)),))
    if not _is_set(keras, "keras") and required.keras is not None:
        keras = Options(keras=f"=={required.keras}.*", origin=(("keras", str(required.source)),))
    return source, keras, ", ".join([f"the newest admitted by {required.words}", *said])


def _pattern(options: Options) -> str:
    """The regular expression for prints that are meant to run while tracing."""
    pattern = options.tracing_print
    if pattern is None:
        return TRACING_PRINT
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        where = options.where("tracing-print")
        raise ConfigError(f"{where}: {pattern!r} is no regular expression: {error}") from error
    return pattern


def _baseline(options: Options) -> pathlib.Path | None:
    if not options.baseline:
        return None
    base = options.folder if options.folder is not None else pathlib.Path.cwd()
    return pathlib.Path(os.path.abspath(base / options.baseline))


def _roots(options: Options) -> tuple[tuple[pathlib.Path, ...], list[str]]:
    base = options.folder if options.folder is not None else pathlib.Path.cwd()
    roots = tuple(pathlib.Path(os.path.abspath(base / root)) for root in options.roots or ())
    return roots, [f"{options.where('roots')}: no folder {root}" for root in roots if not root.is_dir()]


def _rules(options: Options, key: str) -> Iterable[Rule]:
    """The rules that a list of codes, symbols and "all" names."""
    names = getattr(options, key)
    if not names:
        return
    from tf2lint import checkers  # Not before it is needed: it brings astroid with it.

    everything = checkers.rules()
    by_name = {name: rule for rule in everything for name in (rule.code, rule.symbol)}
    for name in names:
        if name == "all":
            yield from everything
        elif name in by_name:
            yield by_name[name]
        else:
            raise ConfigError(f"{options.where(key)}: unknown rule {name!r}{_nearest(name, [*by_name, 'all'])}")


def _ignores(options: Options) -> Iterable[per_file.PerFile]:
    """What is ignored where, with the rules that each name means."""
    if not options.per_file_ignores:
        return
    from tf2lint import checkers  # Not before it is needed: it brings astroid with it.

    base = options.folder if options.folder is not None else pathlib.Path.cwd()
    for pattern, names in options.per_file_ignores:
        symbols: set[str] = set()
        for name in names:
            meant = {rule.symbol for rule in checkers.rules() if rule.answers_to(name)}
            if not meant:
                known = [name for rule in checkers.rules() for name in (rule.code, rule.symbol)]
                where = dict(options.origin).get(f"per-file-ignores {name}", options.where("per-file-ignores"))
                raise ConfigError(f"{where}: unknown rule {name!r}{_nearest(name, known)}")
            symbols |= meant
        yield per_file.PerFile(base, pattern, frozenset(symbols))


def _nearest(name: str, names: Iterable[str]) -> str:
    import difflib

    names = list(names)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    upper = difflib.get_close_matches(name.upper(), names, n=1, cutoff=0.5)
    return f"; did you mean {(close or upper)[0]!r}?" if close or upper else f"; known are {', '.join(names)}"


def _target(tensorflow: Options, keras: Options) -> tuple[int, bool, list[str]]:
    """The targeted worlds, whether they lie beyond the database, and what the user must be told about that."""
    wanted = _specifier(tensorflow, "tensorflow")
    wanted_keras = _specifier(keras, "keras")
    target = versions.worlds(wanted, wanted_keras)
    newest = {"tensorflow": versions.TENSORFLOW[-1], "keras": versions.KERAS[-1]}
    newer = [
        (options.where(key), specifier, newest[key])
        for options, key, specifier in ((tensorflow, "tensorflow", wanted), (keras, "keras", wanted_keras))
        if specifier is not None and _reaches_beyond(specifier, newest[key], named=bool(target))
    ]
    warnings = [
        f"{where} = {str(specifier)!r} reaches beyond {last}, the newest that this tf2lint knows: "
        + (f"judged by {versions.describe(target)}" if target else "no name is called absent")
        for where, specifier, last in newer
    ]
    if target:
        return target, False, warnings
    if newer:
        return versions.bit(versions.TENSORFLOW[-1]), True, warnings
    pair = " with ".join(
        f"{options.where(key)} = {str(specifier)!r}"
        for options, key, specifier in ((tensorflow, "tensorflow", wanted), (keras, "keras", wanted_keras))
        if specifier is not None
    )
    known = f"TensorFlow {versions.TENSORFLOW[0]} to {versions.TENSORFLOW[-1]}, Keras 2 to {versions.KERAS[-1]}"
    raise ConfigError(f"{pair}: there is no such release; known are {known}")


def _specifier(options: Options, key: str) -> SpecifierSet | None:
    value = getattr(options, key)
    if value is None or not value.strip():
        return None
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # Not before it is needed: it is slow.

    try:
        if re.search(r"\d{10}", value):
            raise InvalidSpecifier(value)  # Later there would be an error of another kind.
        return SpecifierSet(value)
    except InvalidSpecifier as error:
        bare = re.fullmatch(r"\s*(\d+(\.\d+)?)(\.\d+)?\s*", value)
        hint = f'for this version write "=={bare[1]}.*"' if bare else 'write one such as ">=2.12,<2.22"'
        raise ConfigError(f"{options.where(key)}: {value!r} is no version specifier; {hint}") from error


def _reaches_beyond(specifier: SpecifierSet, newest: str, *, named: bool) -> bool:
    """Whether a specifier admits releases after the newest known one.

    With `named`, only if it says so itself: ">=2.12" and ">=2.12,<3" are open ends, not claims about a later release.
    """
    from packaging.version import Version

    major, minor = Version(newest).release[:2]
    later = [f"{major}.{number}.0" for number in range(minor + 1, minor + 80)]
    later += [f"{number}.{part}.0" for number in range(major + 1, major + 4) for part in range(20)]
    if not any(specifier.contains(version) for version in later):
        return False
    if not named:
        return True
    bounds = [(part.operator, Version(part.version.removesuffix(".*"))) for part in specifier if part.operator != "==="]
    return any(
        (operator == "<" and bound > Version(later[0]) and any(bound.release[1:]))
        or (operator in ("<=", "==") and bound >= Version(later[0]))
        for operator, bound in bounds
    )
