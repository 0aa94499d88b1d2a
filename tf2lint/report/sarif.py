"""Reading SARIF files that `tf2lint check --output-format sarif` wrote, to join many repositories in one report."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from tf2lint.checkers.run import NOT_ANALYSED
from tf2lint.findings import Fix, Severity
from tf2lint.report.model import About, File, Hit, Repository, Trouble

_BY_LEVEL = {"error": Severity.BREAKS, "warning": Severity.CHANGES, "note": Severity.DISCOURAGED}
_TOOL = "tf2lint"
_LARGE = 1_000_000_000


class SarifError(Exception):
    """A file that can not be used; the message begins with the line."""


@dataclasses.dataclass(frozen=True, slots=True)
class Log:
    """What a SARIF file holds of ours. `name` is that of the repository, where it says one; `ignored` other tools."""

    name: str
    files: tuple[File, ...]
    troubles: tuple[Trouble, ...]
    ignored: tuple[str, ...]

    def named(self, name: str) -> Repository:
        """The same as a repository."""
        return Repository(name, self.files, self.troubles)


def read(data: bytes) -> Log:
    """What a SARIF log says. Raises SarifError."""
    try:
        text = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SarifError(f"{line}: not {error.encoding}: {error.reason}") from None
    try:
        log = _Value(json.loads(text), text)
    except json.JSONDecodeError as error:
        raise SarifError(f"{error.lineno}: no JSON: {error.msg}") from None
    except (RecursionError, ValueError) as error:
        raise SarifError(f"1: no SARIF: {error}") from None
    runs = log.array("runs")
    if runs is None:
        raise log.wrong("no SARIF log: it has no 'runs'")
    ours, ignored, name = _Runs(), [], ""
    for run in runs:
        tool = run.inner("tool").inner("driver").text("name")
        if tool == _TOOL:
            ours.add(run)
            name = name or _repository(run)
        else:
            ignored.append(tool)
    return Log(name, tuple(ours.files()), tuple(ours.troubles), tuple(ignored))


class _Value:
    """A value of JSON that knows where it stands, so that what is wrong can be told with its line."""

    def __init__(self, value: object, text: str, path: tuple[str | int, ...] = ()) -> None:
        self.value = value
        self._text = text
        self._path = path

    def inner(self, key: str) -> _Value:
        """The object under a key; an empty one where there is none. Raises SarifError, as all of these do."""
        value = self._get(key, dict)
        return _Value({} if value is None else value, self._text, (*self._path, key))

    def array(self, key: str) -> list[_Value] | None:
        """The objects in the array under a key."""
        values = self._get(key, list)
        if not isinstance(values, list):
            return None
        path = (*self._path, key)
        return [_Value(value, self._text, (*path, number)) for number, value in enumerate(values)]

    def text(self, key: str) -> str:
        """The text under a key, empty where there is none."""
        value = self._get(key, str)
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int | None:
        """The whole number under a key, which is not negative."""
        value = self._get(key, int)
        if isinstance(value, bool) or (isinstance(value, int) and not 0 <= value < _LARGE):
            raise self._at(key).wrong("must be a whole number")
        return value if isinstance(value, int) else None

    def wrong(self, reason: str) -> SarifError:
        """The error that something is wrong here."""
        where = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self._path).lstrip(".")
        return SarifError(f"{_line(self._text, self._path)}: {where}{': ' if where else ''}{reason}")

    def _at(self, key: str) -> _Value:
        return _Value(None, self._text, (*self._path, key))

    def _get(self, key: str, kind: type) -> object:
        if not isinstance(self.value, dict):
            raise self.wrong("must be an object")
        value: object = self.value.get(key)
        if value is not None and not isinstance(value, kind):
            words = {dict: "an object", list: "an array", str: "a text", int: "a whole number"}
            raise self._at(key).wrong(f"must be {words[kind]}")
        return value


def _line(text: str, path: Sequence[str | int]) -> int:
    """The line of the value at a path in a text of JSON that parses."""
    here: list[str | int] = []
    key = ""
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', text):
        mark = token[0]
        if mark in "}]":
            here.pop()
        elif mark == ",":
            last = here[-1]
            here[-1] = last + 1 if isinstance(last, int) else ""
        elif mark == ":":
            here[-1] = key
        else:
            if here == list(path):
                return text.count("\n", 0, token.start()) + 1
            if mark in "{[":
                here.append("" if mark == "{" else 0)
            elif mark[0] == '"' and here and here[-1] == "":
                key = json.loads(mark)
    return 1


class _Runs:
    """Collects what runs of tf2lint say of the files of one repository."""

    def __init__(self) -> None:
        self._lines: dict[str, int | None] = {}
        self._importers: dict[str, int | None] = {}
        self._hits: dict[str, list[Hit]] = {}
        self.troubles: list[Trouble] = []

    def add(self, run: _Value) -> None:
        """Take in one run."""
        for artifact in run.array("artifacts") or ():
            path = _path(artifact.inner("location"))
            properties = artifact.inner("properties")
            self._lines[path] = properties.number("lines")
            self._importers[path] = properties.number("importedBy")
        rules = {rule.text("id"): rule for rule in run.inner("tool").inner("driver").array("rules") or ()}
        for result in run.array("results") or ():
            self._add(result, rules)
        for invocation in run.array("invocations") or ():
            for notice in invocation.array("toolExecutionNotifications") or ():
                if notice.text("level") == "error":
                    self.troubles.append(Trouble(_located(notice)[0], notice.inner("message").text("text")))

    def _add(self, result: _Value, rules: dict[str, _Value]) -> None:
        path, place = _located(result)
        message, code = result.inner("message").text("text"), result.text("ruleId")
        if code == NOT_ANALYSED.code:
            self.troubles.append(Trouble(path, f"{place}: {message}"))
            self._hits.setdefault(path, [])
            return
        if result.array("suppressions") or result.text("baselineState") == "absent":
            return
        about = _about(code, rules.get(code), result.text("level"))
        properties = result.inner("properties")
        said, url = properties.text("fix"), properties.text("url") or about.url
        # In notebooks, the sentence begins with the place, for tools that can not show it otherwise.
        message = message.removeprefix(f"{place}: ")
        fix = Fix(said) if said in ("safe", "unsafe", "none") else Fix.UNKNOWN
        self._hits.setdefault(path, []).append(Hit(about, place, message, url, fix))

    def files(self) -> Iterator[File]:
        """The files, by name."""
        names = relative(list({**self._lines, **self._hits}))
        self.troubles = [dataclasses.replace(each, path=names.get(each.path, each.path)) for each in self.troubles]
        for path in sorted(names, key=names.__getitem__):
            hits = tuple(self._hits.get(path, ()))
            yield File(names[path], self._lines.get(path), self._importers.get(path), hits)


def _about(code: str, rule: _Value | None, level: str) -> About:
    """What the file itself says of a rule: it may come from another version."""
    severity = _BY_LEVEL.get(level, Severity.CHANGES)
    if rule is None:
        return About(code, "", "", "", severity)
    said = rule.inner("properties").text("severity")
    if said in {known.value for known in Severity}:
        severity = Severity(said)
    summary = rule.inner("shortDescription").text("text")
    return About(code, rule.text("name"), summary, rule.text("helpUri"), severity)


def _located(result: _Value) -> tuple[str, str]:
    """The path of a result and the place in it."""
    locations = result.array("locations")
    if not locations:
        return "", ""
    physical = locations[0].inner("physicalLocation")
    properties, region = result.inner("properties"), physical.inner("region")
    cell = properties.number("cell")
    if cell:
        region = properties
    place = f"{region.number('startLine') or 1}:{region.number('startColumn') or 1}"
    return _path(physical.inner("artifactLocation")), f"cell {cell}:{place}" if cell else place


def _path(location: _Value) -> str:
    uri = location.text("uri")
    if uri.startswith("file:"):
        uri = re.sub(r"^file:(?://[^/]*)?", "", uri)
    return unquote(uri.replace("\\", "/"), errors="surrogateescape").removeprefix("./")


def relative(paths: Sequence[str]) -> dict[str, str]:
    """Paths with forward slashes as they are shown: absolute ones from the folder that they have in common."""
    absolute = [path for path in paths if re.match(r"/|[A-Za-z]:/", path)]
    parents = [path.split("/")[:-1] for path in absolute]
    common = min(map(len, parents), default=0)
    while common and len({tuple(parent[:common]) for parent in parents}) > 1:
        common -= 1
    return {path: "/".join(path.split("/")[common:]) if path in set(absolute) else path for path in paths}


def _repository(run: _Value) -> str:
    """The name of the repository that a run says it was made of."""
    for provenance in run.array("versionControlProvenance") or ():
        try:
            path = urlsplit(provenance.text("repositoryUri")).path
        except ValueError:
            continue
        name = pathlib.PurePosixPath(path.replace(":", "/")).name.removesuffix(".git")
        if name:
            return name
    return ""
