"""What was found last time, so that a file is not linted again while nothing that its findings rest on has changed.

An entry holds the findings of one file under one configuration, and what they rest on: its content, the packages it
lies in, everything that was looked for in the project on its behalf, and tf2lint itself. Entries are files of JSON,
replaced as a whole, so that several processes may use them at a time. One that can not be read is none.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import importlib.util
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import tf2lint
from tf2lint import checkers, config, source
from tf2lint.cli.results import Shown
from tf2lint.findings import Confidence, Edit, Finding, Rule, Severity, Span
from tf2lint.inference import lookup
from tf2lint.visible import visible

NAME = ".tf2lint_cache"
"""The folder that is made in a project's directory."""
VARIABLE = "TF2LINT_CACHE_DIR"
"""The environment variable that names another one; an empty text for none."""

_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of tf2lint, see https://bford.info/cachedir/\n"
_OURS = re.compile(r"([0-9a-f]{32}|rules)(\.json|\w{8}\.tmp)")
_RULES = "rules.json"
_DAYS = 30
_BYTES = 256 << 20
_MATTERING = ("astroid", "fissix", "packaging")
"""Distributions that findings depend on."""


class Cache:
    """The entries of one run. `chosen` is the folder that the user named, None for the one of each file's project."""

    def __init__(self, chosen: str | None = None) -> None:
        self._chosen = None if chosen is None else os.path.abspath(chosen)
        self._folders: dict[str, pathlib.Path | None] = {}
        self._disk = _Disk()
        self._project: pathlib.Path | None = None
        self._rules_told = False

    # -- entries ----------------------------------------------------------------------------------------------------

    def find(self, path: str, settings: config.Config) -> tuple[Shown, ...] | None:
        """What was found in a file, if nothing has changed since."""
        place = self._place(path, settings)
        entry = None if place is None else _load(place)
        if place is None or entry is None:
            return None
        try:
            if entry["key"] != self._disk.key(path):
                return None
            for asked, state in entry["consulted"]:
                if not self._disk.is_so(asked, state, settings):
                    return None
            shown = tuple(_decoded(item) for item in entry["shown"])
        except (LookupError, TypeError, ValueError):
            return None  # Whatever that is, we did not write it.
        _touch(place)
        return shown

    def keep(
        self,
        path: str,
        settings: config.Config,
        content: bytes,
        shown: Sequence[Shown],
        consulted: Sequence[lookup.Consulted],
    ) -> None:
        """Remember what was found in a file with that content."""
        place = self._place(path, settings, make=True)
        if place is None:
            return
        try:
            items = [_encoded(item) for item in shown]
            if tuple(_decoded(item) for item in json.loads(json.dumps(items))) != tuple(shown):
                return
        except (LookupError, TypeError, ValueError):
            return  # It can not be kept: it is found again each time.
        entry = {
            "key": self._disk.key(path, source.digest(content)),
            "consulted": [(one.asked, one.state) for one in consulted],
            "shown": items,
        }
        _save(place, entry)

    def _place(self, path: str, settings: config.Config, *, make: bool = False) -> pathlib.Path | None:
        folder = self._folder(settings.project, make=make)
        if folder is None:
            return None
        # Two versions, and what else is told apart only within an entry, take turns in one file; these do not.
        told_apart = (os.path.abspath(path), settings_digest(settings), tf2lint.__version__, *sys.version_info[:2])
        return folder / f"{source.digest(repr(told_apart).encode('utf-8', 'surrogatepass'))}.json"

    # -- the folder -------------------------------------------------------------------------------------------------

    def _folder(self, project: pathlib.Path | None, *, make: bool) -> pathlib.Path | None:
        """The folder with the entries of a project; None where there is none, and none can be made."""
        name = self._chosen or (None if project is None else str(project / NAME))
        if name is None or self._leads_away(name):
            return None
        if make and name not in self._folders:
            self._folders[name] = _made(pathlib.Path(name))
            if self._folders[name] is None and self._chosen:
                print(f"tf2lint: warning: no cache: {self._chosen} can not be written", file=sys.stderr)
        return self._folders.get(name, pathlib.Path(name))

    def _leads_away(self, name: str) -> bool:
        """Whether the folder of a project is a link, which nobody asked for: what is written there lies elsewhere."""
        if self._chosen or not os.path.islink(name):
            return False
        if name not in self._folders:
            self._folders[name] = None
            said = f"{visible(os.path.relpath(name))} is a link; --cache-dir names another folder"
            print(f"tf2lint: warning: no cache: {said}", file=sys.stderr)
        return True

    def finish(self) -> None:
        """End a run: what was not used for a month is removed, and what is too much, from folders written to alone."""
        if not self._rules_told and "tf2lint.checkers.base" in sys.modules:
            self._keep_rules()
        for folder in self._folders.values():
            if folder is not None:
                _sweep(folder)

    # -- the rules --------------------------------------------------------------------------------------------------

    def tell_rules(self, project: pathlib.Path | None) -> None:
        """Take the table of rules from the cache of a project, so that no checker has to be imported for it."""
        self._project = project
        folder = self._folder(project, make=False)
        entry = None if folder is None else _load(folder / _RULES)
        if entry is not None and entry.get("fingerprint") == fingerprint():
            with contextlib.suppress(LookupError, TypeError, ValueError):
                checkers.tell([_rule(item) for item in entry["rules"]])
                self._rules_told = True

    def _keep_rules(self) -> None:
        folder = self._folder(self._project, make=True)
        if folder is not None:
            rules = [{**dataclasses.asdict(rule), "severity": rule.severity.value} for rule in checkers.rules()]
            _save(folder / _RULES, {"fingerprint": fingerprint(), "rules": rules})


class _Disk:
    """What there is now, read once in a run."""

    def __init__(self) -> None:
        self._digests: dict[pathlib.Path, str] = {}
        self._roots: dict[tuple[object, ...], tuple[pathlib.Path, ...]] = {}
        self._said: dict[tuple[pathlib.Path, ...], dict[str, str]] = {}
        self._packages: dict[pathlib.Path, str] = {}
        self._so: set[str] = set()

    def key(self, path: str, digest: str | None = None) -> list[str]:
        """What the findings of a file rest on, before anything that it imports; the configuration is in its name."""
        whole = pathlib.Path(os.path.abspath(path))
        content = self._digest(whole) if digest is None else digest
        return [str(whole), content, self._package(whole.parent), fingerprint()]

    def is_so(self, asked: lookup.Asked, state: str, settings: config.Config) -> bool:
        """Whether of all that was asked for there is still what there was.

        The digest is one of what was asked for as well: neighbours, which rest on the same modules, share it.
        """
        if state not in self._so:
            if lookup.state(asked, lambda folder: self._roots_of(folder, settings), self._found) != state:
                return False
            self._so.add(state)
        return True

    def _roots_of(self, folder: str, settings: config.Config) -> tuple[pathlib.Path, ...]:
        key = (folder, settings.project, settings.roots)
        if key not in self._roots:
            self._roots[key] = config.roots_of(pathlib.Path(folder) / "module.py", settings)
        return self._roots[key]

    def _found(self, roots: tuple[pathlib.Path, ...]) -> Callable[[str], str]:
        known = self._said.setdefault(roots, {})

        def said(name: str) -> str:
            if name not in known:
                path = lookup.find(name, roots)
                known[name] = lookup.said(name, path, "" if path is None else self._digest(path))
            return known[name]

        return said

    def _digest(self, path: pathlib.Path) -> str:
        if path not in self._digests:
            self._digests[path] = lookup.digest(path)
        return self._digests[path]

    def _package(self, folder: pathlib.Path) -> str:
        """A digest of the packages that a folder lies in: what their `__init__.py` say may choose a Keras."""
        if folder not in self._packages:
            start = folder / "__init__.py"
            inside = start.is_file() and folder.parent != folder
            self._packages[folder] = f"{self._digest(start)} {self._package(folder.parent)}" if inside else ""
        return self._packages[folder]


@functools.lru_cache(maxsize=64)
def settings_digest(settings: config.Config) -> str:
    """What tells one configuration from another."""
    said = [
        f"{field.name}: {sorted(value) if isinstance(value := getattr(settings, field.name), frozenset) else value!r}"
        for field in dataclasses.fields(settings)
    ]
    return source.digest("\n".join(said).encode("utf-8", "surrogatepass"))


@functools.cache
def fingerprint() -> str:
    """A digest of what finds: all files of this package, the Python that parses, and the distributions in between."""
    said = [sys.version, *(_distribution(name) for name in _MATTERING)]
    package = pathlib.Path(tf2lint.__file__).parent
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if not name.startswith(("__pycache__", ".")))
        for name in sorted(names):
            said.append(f"{folder[len(str(package)) :]}/{name} {lookup.digest(pathlib.Path(folder, name))}")
    return source.digest("\n".join(said).encode("utf-8", "surrogatepass"))


def _distribution(name: str) -> str:
    """The name and version of a distribution, as they stand beside it; it is not imported."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        return ""
    folder, _ = os.path.split(os.path.dirname(found.origin))
    with contextlib.suppress(OSError):
        metadata = [entry for entry in os.listdir(folder) if entry.startswith(f"{name}-") and entry.endswith("-info")]
        return " ".join(sorted(metadata)) or found.origin
    return found.origin


# Findings as JSON


def _numbers(span: Span) -> tuple[int, ...]:
    return span.line, span.column, span.end_line, span.end_column


def _encoded(shown: Shown) -> dict[str, Any]:
    plain = {field.name: getattr(shown, field.name) for field in dataclasses.fields(shown)}
    finding = shown.finding
    plain["in_file"] = None if shown.in_file is None else _numbers(shown.in_file)
    plain["finding"] = {
        **{field.name: getattr(finding, field.name) for field in dataclasses.fields(finding)},
        "rule": finding.rule.code,
        "span": _numbers(finding.span),
        "confidence": finding.confidence.value,
        "edits": [dataclasses.astuple(edit) for edit in finding.edits],
    }
    return plain


def _decoded(plain: dict[str, Any]) -> Shown:
    finding = plain["finding"]
    read = Finding(
        **{
            **finding,
            "rule": _by_code()[finding["rule"]],
            "span": Span(*finding["span"]),
            "confidence": Confidence(finding["confidence"]),
            "because": tuple(finding["because"]),
            "along": tuple((file, line) for file, line in finding["along"]),
            "edits": tuple(Edit(*edit) for edit in finding["edits"]),
        }
    )
    in_file = None if plain["in_file"] is None else Span(*plain["in_file"])
    return _checked(Shown(**{**plain, "finding": read, "in_file": in_file}))


def _checked(shown: Shown) -> Shown:
    """The same, if each part of it is of its kind: an entry may come with the project. Raises TypeError."""
    finding = shown.finding
    texts: list[object] = [shown.line, finding.name, finding.message, finding.url, *finding.because]
    numbers: list[object] = [shown.column, shown.end_column, shown.cell, *_numbers(finding.span)]
    numbers += () if shown.in_file is None else _numbers(shown.in_file)
    for file, line in finding.along:
        texts.append(file)
        numbers.append(line)
    for edit in finding.edits:
        texts += edit.replacement, edit.rebinds
        numbers += edit.start, edit.end
        _require(bool, [edit.safe])
    _require(str, texts)
    _require(int, numbers)
    return shown


def _require(kind: type, values: Iterable[object]) -> None:
    for value in values:
        if type(value) is not kind or (type(value) is int and abs(value) >> 31):
            raise TypeError(f"{value!r} is no {kind.__name__}")


@functools.cache
def _by_code() -> dict[str, Rule]:
    return {rule.code: rule for rule in checkers.rules()}


def _rule(plain: dict[str, Any]) -> Rule:
    rule = Rule(**{**plain, "severity": Severity(plain["severity"])})
    _require(str, [rule.code, rule.pylint_id, rule.symbol, rule.summary, rule.message, rule.hint, rule.url])
    _require(str, [bound for bound in (rule.since, rule.until) if bound is not None])
    _require(bool, [rule.default])
    return rule


# Files


def _load(path: pathlib.Path) -> dict[str, Any] | None:
    """What a file of ours holds; None where there is none, and where it is not as it was written."""
    try:
        digest, _, data = source.read(path).partition(b"\n")
        if digest.decode("ascii", "replace") != source.digest(data):
            return None
        read = json.loads(data)
    except (OSError, ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _save(path: pathlib.Path, entry: dict[str, Any]) -> None:
    """Write a file of ours, as a whole. Where that can not be done there is none; a crash leaves one that is none."""
    data = json.dumps(entry, separators=(",", ":")).encode()
    temporary = None
    try:
        number, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".tmp")
        with os.fdopen(number, "wb") as file:
            file.write(source.digest(data).encode() + b"\n" + data)
        os.replace(temporary, path)
    except OSError:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _touch(path: pathlib.Path) -> None:
    """Say that an entry is in use, once a day."""
    with contextlib.suppress(OSError):
        if time.time() - path.stat().st_mtime > 86_400:
            os.utime(path)


def _made(folder: pathlib.Path) -> pathlib.Path | None:
    """The folder, with what keeps it out of backups and repositories; None where it can not be made or written to.

    A folder that holds something else stays without the latter.
    """
    try:
        if not folder.is_dir() or not any(folder.iterdir()):
            _make(folder)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _make(folder: pathlib.Path) -> None:
    """Put the folder there with all that belongs into it, so that a kill leaves no half of it. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = folder.with_name(f".{folder.name.lstrip('.')}.{os.getpid()}.tmp")
    new.mkdir()
    try:
        (new / "CACHEDIR.TAG").write_text(_TAG, encoding="utf-8")
        (new / ".gitignore").write_text("*\n", encoding="utf-8")
        if folder.is_dir() and os.name == "nt":
            folder.rmdir()  # Elsewhere an empty folder is replaced.
        os.rename(new, folder)
    except OSError:
        shutil.rmtree(new, ignore_errors=True)
        if not folder.is_dir():  # Another process was faster.
            raise


def _sweep(folder: pathlib.Path) -> None:
    kept = 0
    for changed, size, path in sorted(_entries(folder), reverse=True):
        kept += size
        if kept > _BYTES or time.time() - changed > _DAYS * 86_400:
            with contextlib.suppress(OSError):
                os.unlink(path)


def _entries(folder: pathlib.Path) -> Iterator[tuple[float, int, str]]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _OURS.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    found = entry.stat(follow_symlinks=False)
                    yield found.st_mtime, found.st_size, entry.path
