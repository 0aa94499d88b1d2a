"""What was found last time, so that a file is not linted again while nothing that its findings rest on has changed.

An entry holds the findings of one file under one configuration, and what they rest on: its content, the packages it
lies in, everything that was looked for in the project on its behalf, and tf2lint itself. `store` has the files.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence

import tf2lint
from tf2lint import checkers, config, source
from tf2lint.cli import plain, store
from tf2lint.inference import lookup
from tf2lint.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pathlib
    from typing import Any

    from tf2lint.cli.results import Shown

NAME = ".tf2lint_cache"
"""The folder that is made in a project's directory."""
VARIABLE = "TF2LINT_CACHE_DIR"
"""The environment variable that names another one; an empty text for none."""

_RULES = "rules.json"
_MATTERING = ("astroid", "fissix", "packaging")
"""Distributions that findings depend on."""


class Cache:
    """The entries of one run. `chosen` is the folder that the user named, None for the one of each file's project."""

    def __init__(self, chosen: str | None = None) -> None:
        self._chosen = None if chosen is None else os.path.abspath(chosen)
        self._stores: dict[str, store.Store | None] = {}
        self._made: dict[str, bool] = {}
        self._disk = _Disk()
        self._project: pathlib.Path | None = None
        self._rules_told = False

    def find(self, path: str, settings: config.Config) -> tuple[Shown, ...] | None:
        """What was found in a file, if nothing has changed since."""
        there = self._store(settings.project)
        if there is None:
            return None
        whole = os.path.abspath(path)
        try:
            entry = there.find(_name(whole, settings))
            if entry is None:
                return None
            needed, (key, states, shown) = entry
            if key != self._disk.key(whole):
                return None
            for name, state in zip(needed, states, strict=True):
                if not self._disk.is_so(name, state, there, settings):
                    return None
            return tuple(plain.shown(item) for item in shown)
        except (AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError):
            return None  # Whatever that is, we did not write it.

    def recorder(self) -> Recorder:
        """What makes entries, here or in another process."""
        return Recorder(anywhere=self._chosen is not None)

    def keep(self, entries: Sequence[store.Entry], settings: config.Config) -> None:
        """Remember what a recorder made of a file."""
        there = self._store(settings.project, make=True) if entries else None
        if there is not None:
            there.add(entries)

    def finish(self) -> None:
        """End a run: what was found is written, and what was not used for a month or is too much is removed."""
        if not self._rules_told and "tf2lint.checkers.base" in sys.modules:
            self._keep_rules()
        for there in self._stores.values():
            if there is not None:
                there.finish()

    # -- the folder -------------------------------------------------------------------------------------------------

    def _store(self, project: pathlib.Path | None, *, make: bool = False) -> store.Store | None:
        """The entries of a project; None where there is no place for them, and none can be made."""
        name = self._folder(project)
        if name is None or (make and not self._is_made(name)):
            return None
        if name not in self._stores:
            self._stores[name] = None if self._leads_away(name) else store.Store(name)
        return self._stores[name]

    def _folder(self, project: pathlib.Path | None) -> str | None:
        return self._chosen or (None if project is None else os.path.join(project, NAME))

    def _is_made(self, name: str) -> bool:
        if name not in self._made:
            self._made[name] = not self._leads_away(name, silent=True) and store.made(name)
            if not self._made[name] and self._chosen:
                print(f"tf2lint: warning: no cache: {self._chosen} can not be written", file=sys.stderr)
        return self._made[name]

    def _leads_away(self, name: str, *, silent: bool = False) -> bool:
        """Whether the folder of a project is a link, which nobody asked for: what is written there lies elsewhere."""
        if self._chosen or not os.path.islink(name):
            return False
        if not silent:
            said = f"{visible(os.path.relpath(name))} is a link; --cache-dir names another folder"
            print(f"tf2lint: warning: no cache: {said}", file=sys.stderr)
        return True

    # -- the rules --------------------------------------------------------------------------------------------------

    def tell_rules(self, project: pathlib.Path | None) -> None:
        """Take the table of rules from the cache of a project, so that no checker has to be imported for it."""
        self._project = project
        name = self._folder(project)
        there = self._store(project)
        entry = None if name is None or there is None else store.load(os.path.join(name, _RULES))
        if entry is None:
            return
        if entry.get("stamps") == stamps():
            _known[stamps()] = str(entry.get("fingerprint"))
        if entry.get("fingerprint") == fingerprint():
            with contextlib.suppress(LookupError, TypeError, ValueError):
                checkers.tell([plain.rule(item) for item in entry["rules"]])
                self._rules_told = entry.get("stamps") == stamps()

    def _keep_rules(self) -> None:
        name = self._folder(self._project)
        if name is not None and self._is_made(name):
            rules = [plain.of_rule(rule) for rule in checkers.rules()]
            store.save(os.path.join(name, _RULES), {"fingerprint": fingerprint(), "stamps": stamps(), "rules": rules})


class Recorder:
    """Makes entries of what was found. `anywhere` says that files of no project have a place for theirs too."""

    def __init__(self, *, anywhere: bool) -> None:
        self._anywhere = anywhere
        self._disk = _Disk()
        self._told: dict[lookup.Asked, str] = {}

    def entries(
        self,
        path: str,
        settings: config.Config,
        content: bytes,
        shown: Sequence[Shown],
        consulted: Sequence[lookup.Consulted],
    ) -> tuple[store.Entry, ...]:
        """What was found in a file with that content; nothing where it can not be kept."""
        if settings.project is None and not self._anywhere:
            return ()
        whole = os.path.abspath(path)
        key = self._disk.key(whole, source.digest(content))
        try:
            found = _dumped([plain.of_shown(item) for item in shown])
            if tuple(plain.shown(item) for item in json.loads(found)) != tuple(shown):
                return ()
        except (LookupError, TypeError, ValueError):
            return ()  # It can not be kept: it is found again each time.
        made: list[store.Entry] = []
        names = tuple(self._asked(one.asked, made) for one in consulted)
        states = _dumped([one.state for one in consulted])
        return (*made, (_name(whole, settings), names, f"[{_dumped(key)},{states},{found}]"))

    def _asked(self, asked: lookup.Asked, made: list[store.Entry]) -> str:
        """The name of what was asked for, which is made once."""
        if asked not in self._told:
            text = _dumped(asked)
            self._told[asked] = source.digest(text.encode())
            made.append((self._told[asked], None, text))
        return self._told[asked]


def _dumped(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _name(whole: str, settings: config.Config) -> str:
    # Two versions, and what else is told apart only within an entry, take turns; these do not.
    told_apart = (whole, settings_digest(settings), tf2lint.__version__, *sys.version_info[:2])
    return source.digest(repr(told_apart).encode("utf-8", "surrogatepass"))


class _Disk:
    """What there is now, read once in a run."""

    def __init__(self) -> None:
        self._digests: dict[str, str] = {}
        self._roots: dict[tuple[object, ...], tuple[pathlib.Path, ...]] = {}
        self._below: dict[tuple[pathlib.Path, ...], _Below] = {}
        self._packages: dict[str, str] = {}
        self._so: set[str] = set()

    def key(self, whole: str, digest: str | None = None) -> list[str]:
        """What the findings of a file rest on, before anything that it imports; the configuration is in its name."""
        content = self.digest(whole) if digest is None else digest
        return [content, self._package(os.path.dirname(whole)), fingerprint()]

    def is_so(self, name: str, state: str, there: store.Store, settings: config.Config) -> bool:
        """Whether of all that was asked for there is still what there was.

        The digest is one of what was asked for as well: neighbours, which rest on the same modules, share it.
        """
        if state not in self._so:
            if lookup.state(there.needed(name), lambda folder: self._roots_of(folder, settings), self._said) != state:
                return False
            self._so.add(state)
        return True

    def _roots_of(self, folder: str, settings: config.Config) -> tuple[pathlib.Path, ...]:
        key = (folder, settings.project, settings.roots)
        if key not in self._roots:
            self._roots[key] = config.roots_of(os.path.join(folder, "module.py"), settings)
        return self._roots[key]

    def _said(self, roots: tuple[pathlib.Path, ...]) -> Callable[[str], str]:
        if roots not in self._below:
            self._below[roots] = _Below(roots, self)
        return self._below[roots].__getitem__

    def digest(self, path: str) -> str:
        """The digest of a file."""
        if path not in self._digests:
            self._digests[path] = lookup.digest(path)
        return self._digests[path]

    def _package(self, folder: str) -> str:
        """A digest of the packages that a folder lies in: what their `__init__.py` say may choose a Keras."""
        if folder not in self._packages:
            start = os.path.join(folder, "__init__.py")
            above = os.path.dirname(folder)
            inside = above != folder and os.path.isfile(start)
            self._packages[folder] = f"{self.digest(start)} {self._package(above)}" if inside else ""
        return self._packages[folder]


class _Below(dict[str, str]):
    """What is said of each name below some roots."""

    def __init__(self, roots: tuple[pathlib.Path, ...], disk: _Disk) -> None:
        super().__init__()
        self._roots = roots
        self._disk = disk
        self._folders = _Folders(map(str, roots))

    def __missing__(self, name: str) -> str:
        path = lookup.place(name, self._roots, self._folders.is_file, self._folders.is_folder)
        said = self[name] = lookup.said(name, path, "" if path is None else self._disk.digest(path))
        return said


class _Folders:
    """What some folders hold, and those in them; each is looked at once. It says the same as the system."""

    def __init__(self, tops: Iterable[str]) -> None:
        self._known: dict[str, dict[str, Any] | None] = {}
        for top in tops:
            self._of(top)

    def is_file(self, path: str) -> bool:
        """Whether there is a file."""
        entry = self._entry(path)
        return os.path.isfile(path) if entry is _UNSURE else entry is not None and bool(entry.is_file())

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder."""
        entry = self._entry(path)
        return os.path.isdir(path) if entry is _UNSURE else entry is not None and bool(entry.is_dir())

    def _entry(self, path: str) -> Any:
        """The entry of a file or folder, None where there is none."""
        folder, name = os.path.split(path)
        entries = self._of(folder)
        if entries is None or not name.isascii():
            return _UNSURE
        # Some file systems do not tell letters apart: what is written in another way may be the same.
        entry = entries.get(name.lower())
        return entry if entry is None or entry is _UNSURE or entry.name == name else _UNSURE

    def _of(self, folder: str) -> dict[str, Any] | None:
        """The entries of a folder by name; None where it can not be looked at."""
        if folder not in self._known:
            self._known[folder] = self._listed(folder)
        return self._known[folder]

    def _listed(self, folder: str) -> dict[str, Any] | None:
        above = self._known.get(os.path.dirname(folder))
        if above is not None and os.path.basename(folder).isascii() and os.path.basename(folder).lower() not in above:
            return {}
        found: dict[str, Any] = {}
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name.lower()
                    found[name] = _UNSURE if name in found or entry.is_symlink() else entry
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError):
            return None
        return found


_UNSURE = object()


@functools.lru_cache(maxsize=64)
def settings_digest(settings: config.Config) -> str:
    """What tells one configuration from another."""
    said = [
        f"{field.name}: {sorted(value) if isinstance(value := getattr(settings, field.name), frozenset) else value!r}"
        for field in dataclasses.fields(settings)
    ]
    return source.digest("\n".join(said).encode("utf-8", "surrogatepass"))


_known: dict[str, str] = {}
"""By the stamps of our files, their fingerprint."""


def fingerprint() -> str:
    """A digest of what finds: all files of this package, the Python that parses, and the distributions in between."""
    now = stamps()
    if now not in _known:
        said = [_around(), *(f"{name} {lookup.digest(path)}" for name, path in _own_files())]
        _known[now] = source.digest("\n".join(said).encode("utf-8", "surrogatepass"))
    return _known[now]


@functools.cache
def stamps() -> str:
    """What is another text whenever the fingerprint is, on one machine: no file is read for it."""
    said = [_around()]
    for name, path in _own_files():
        with contextlib.suppress(OSError):
            state = os.stat(path)
            said.append(f"{name} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_size} {state.st_ino}")
    return source.digest("\n".join(said).encode("utf-8", "surrogatepass"))


def _own_files() -> Iterable[tuple[str, str]]:
    package = os.path.dirname(tf2lint.__file__)
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if not name.startswith(("__pycache__", ".")))
        for name in sorted(names):
            yield f"{folder[len(package) :]}/{name}", os.path.join(folder, name)


@functools.cache
def _around() -> str:
    return "\n".join((sys.version, *map(_distribution, _MATTERING)))


def _distribution(name: str) -> str:
    """The name and version of a distribution, as they stand beside it; it is not imported."""
    import importlib.util

    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        return ""
    folder, _ = os.path.split(os.path.dirname(found.origin))
    with contextlib.suppress(OSError):
        metadata = [entry for entry in os.listdir(folder) if entry.startswith(f"{name}-") and entry.endswith("-info")]
        return " ".join(sorted(metadata)) or found.origin
    return found.origin
