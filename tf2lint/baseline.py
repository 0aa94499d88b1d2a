"""The baseline: how many findings of each rule a file may have, so that old ones are tolerated and new ones are not.

It is a JSON file of counts by file and rule, without line numbers, so that moving code changes nothing. Paths in it are
relative to it, with forward slashes. A count is of findings that no comment suppresses.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
import json
import os
import pathlib
import re
from collections.abc import Iterable, Iterator, Mapping

from tf2lint import checkers, source
from tf2lint.checkers.run import NOT_ANALYSED
from tf2lint.config import Config, ConfigError
from tf2lint.findings import Finding

DEFAULT_NAME = ".tf2lint-baseline.json"
"""The file that is written where nobody names another."""

_VERSION = 1

Counts = Mapping[str, int]
"""How many findings of a rule there are or may be, by its code."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """The counts of a baseline, by the path of a file as it is written there."""

    path: pathlib.Path
    counts: Mapping[str, Counts]

    def allowed(self, file: str | os.PathLike[str]) -> Counts:
        """What a file may have."""
        return self.counts.get(relative(file, self.path), {})


def relative(file: str | os.PathLike[str], baseline: pathlib.Path) -> str:
    """How a file is named in a baseline. Folders that are symbolic links are followed, a file that is one is not."""
    folder, name = os.path.split(os.path.abspath(file))
    whole, start = os.path.join(_real(folder), name), _real(os.path.dirname(os.path.abspath(baseline)))
    try:
        return pathlib.PurePath(os.path.relpath(whole, start)).as_posix()
    except ValueError:  # Windows: it lies on another drive.
        return pathlib.PurePath(whole).as_posix()


def absolute(name: str, baseline: pathlib.Path) -> pathlib.Path:
    """Where a file lies that is named so in a baseline."""
    return pathlib.Path(os.path.normpath(os.path.join(_real(os.path.dirname(os.path.abspath(baseline))), name)))


@functools.lru_cache(maxsize=4096)
def _real(folder: str) -> str:
    return os.path.realpath(folder)


def count(findings: Iterable[Finding]) -> Counts:
    """The counts of some findings of one file."""
    return collections.Counter(finding.rule.code for finding in findings)


def comparable(found: Counts, allowed: Counts) -> bool:
    """Whether lower counts say that something was mended: what can not be read any more has no findings either."""
    return found.get(NOT_ANALYSED.code, 0) <= allowed.get(NOT_ANALYSED.code, 0)


def judged(finding: Finding, found: Counts, allowed: Counts) -> Finding | None:
    """A finding as it is shown where there are so many of its rule and so many are allowed; None where it is not."""
    present, tolerated = found.get(finding.rule.code, 0), allowed.get(finding.rule.code, 0)
    if present <= tolerated:
        return None
    if not tolerated:
        return finding
    word = f"The baseline allows {tolerated} of these in this file, there are {present}."
    return dataclasses.replace(finding, message=f"{finding.message} {word}")


def above(settings: Config, file: pathlib.Path, text: str, findings: list[Finding]) -> Iterator[Finding]:
    """What a plugin hands to its host: findings that no baseline allows, or that a comment suppresses.

    The latter are counted nowhere and left to the host, which knows which comments are its own. Raises ConfigError.
    """
    allowed = {} if settings.baseline is None else load(settings.baseline).allowed(file)
    if not allowed or not findings:
        yield from findings
        return
    from tf2lint.suppress import Suppressions  # Not before it is needed: it brings astroid with it.

    comments = Suppressions(text)
    suppressed = [comments.suppresses(finding) for finding in findings]
    found = count(finding for finding, hidden in zip(findings, suppressed, strict=True) if not hidden)
    for finding, hidden in zip(findings, suppressed, strict=True):
        shown = finding if hidden else judged(finding, found, allowed)
        if shown is not None:
            yield shown


def load(path: pathlib.Path) -> Baseline:
    """The baseline in a file, read again only when the file changes. Raises ConfigError with file and line."""
    try:
        state = path.stat()
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such baseline; `tf2lint baseline` writes it") from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    return _load(path, state.st_mtime_ns, state.st_size, state.st_ino)


@functools.lru_cache(maxsize=16)
def _load(path: pathlib.Path, *_state: int) -> Baseline:
    try:
        text = source.read(path).decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{line}: not UTF-8: {error.reason}") from error
    return Baseline(path, _Reader(path, text).counts())


class _Pairs(list[tuple[str, object]]):
    """An object of JSON, with its keys as often as they are written."""


class _Reader:
    """Takes a baseline's text apart, and says at which line it is wrong."""

    def __init__(self, path: pathlib.Path, text: str) -> None:
        self._path = path
        self._text = text
        self._codes = {rule.code for rule in checkers.rules()}

    def counts(self) -> Mapping[str, Counts]:
        try:
            read = json.loads(self._text, object_pairs_hook=_Pairs)
        except json.JSONDecodeError as error:
            line = self._text.split("\n")[error.lineno - 1]
            conflict = re.match(r"<{7} |={7}$|>{7} ", line)
            reason = "an unresolved merge conflict" if conflict else f"no JSON: {error.msg}"
            raise ConfigError(f"{self._path}:{error.lineno}: {reason}") from error
        except ValueError as error:
            raise ConfigError(f"{self._path}:1: no JSON: {error}") from error
        except RecursionError as error:
            raise ConfigError(f"{self._path}:1: nested too deeply for a baseline") from error
        whole = self._object(read, ())
        for key in whole:
            if key not in ("version", "files"):
                raise self._wrong(f"unknown key {key!r}; known are version, files", key)
        if whole.get("version") != _VERSION or isinstance(whole["version"], bool):
            raise self._wrong(f"version must be {_VERSION}: this tf2lint knows no other", "version")
        if "files" not in whole:
            raise self._wrong("the key 'files' is missing")
        files = self._object(whole["files"], ("files",))
        return {file: self._file(file, value) for file, value in files.items()}

    def _file(self, file: str, value: object) -> Counts:
        counts: dict[str, int] = {}
        for code, number in self._object(value, ("files", file)).items():
            if code not in self._codes:
                raise self._wrong(f"unknown rule {code!r} of {file!r}", "files", file, code)
            if not isinstance(number, int) or isinstance(number, bool) or number < 1:
                raise self._wrong(f"the count of {code} in {file!r} must be a whole number from 1", "files", file, code)
            counts[code] = number
        return counts

    def _object(self, value: object, keys: tuple[str, ...]) -> dict[str, object]:
        where = f"the value of {keys[-1]!r}" if keys else "a baseline"
        if not isinstance(value, _Pairs):
            raise self._wrong(f"{where} must be an object in braces", *keys)
        found: dict[str, object] = {}
        for key, item in value:
            if key in found:
                raise self._wrong(f"{key!r} stands there twice", *keys, key, key)
            found[key] = item
        return found

    def _wrong(self, reason: str, *keys: str) -> ConfigError:
        """The error at the line of the last of these keys, which are looked for one after the other."""
        position = 0
        for key in keys:
            spelled = "|".join(re.escape(json.dumps(key, ensure_ascii=escaped)) for escaped in (False, True))
            match = re.compile(rf"(?:{spelled})\s*:").search(self._text, position)
            if match is None:
                break
            position = match.end()
        return ConfigError(f"{self._path}:{self._text.count(chr(10), 0, position) + 1}: {reason}")


def dump(counts: Mapping[str, Counts]) -> str:
    """The text of a baseline: a line for each file and rule, sorted, so that a change of one is a change of a line."""
    files = {
        file: {code: number for code, number in sorted(counts[file].items()) if number}
        for file in sorted(counts)
        if any(counts[file].values())
    }
    text = json.dumps({"version": _VERSION, "files": files}, indent=2, ensure_ascii=False) + "\n"
    # A file name that is not UTF-8 is held as lone surrogates, which UTF-8 can not hold but JSON can.
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text)
