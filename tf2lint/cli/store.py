"""The files of a cache: values of JSON by name, many to a file, of which each is written once and as a whole.

A run reads all files of a folder at once, and parses of them what it asks for. What it adds goes to files of their own;
when these get many they are made one. So several processes may write at a time, and a crash leaves no half of anything.
A file that can not be read, or is not as it was written, is none.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Iterable, Iterator

from tf2lint import source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of tf2lint, see https://bford.info/cachedir/\n"
_SUFFIX = ".entries"
_OURS = re.compile(r"([0-9a-f]{32}|rules)(\.json|\.entries|\w{8}\.tmp)")
_NEW = "00"
"""The day of a value that only others need, as long as it has words in it, and not yet their numbers."""
_DAYS = 30
"""Days after which what nobody asked for is removed."""
_EXACT = 7
"""Days by which it may be wrong when something was asked for last: else each run would write."""
_BYTES = 256 << 20
_FILES = 8
"""So many files may there be before they are made one."""
_WAITING = 32
"""So many values wait at most to be written: what is lost if we are killed."""

Entry = tuple[str, "tuple[str, ...] | None", str]
"""The name of a value, the names of values that it needs, and the value as JSON. Names have 32 characters.

None says that it is there for those that need it: a list of pairs, each of anything and a list of words. Many of these
have the same words, which a file holds once.
"""


class Store:
    """The values in a folder, which need not exist."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._files: list[str] = []
        self._lines: dict[str, str] | None = None
        self._words: dict[str, list[str]] = {}
        self._added: dict[str, str] = {}
        self._waiting: dict[str, str] = {}
        self._used: set[str] = set()
        self._today = int(time.time() // 86_400)

    def find(self, name: str) -> tuple[list[str], Any] | None:
        """The names of what a value needs, and the value; None where there is none.

        Raises ValueError, RecursionError.
        """
        line = self._read().get(name)
        if line is None:
            return None
        _, needed, text = line.split(" ", 2)
        self._used.add(name)
        return _names(needed), json.loads(text)

    def needed(self, name: str) -> Any:
        """A value that another one needs. Raises LookupError, TypeError, ValueError, RecursionError."""
        return self._in_words(name, self._read()[name])

    def _in_words(self, name: str, line: str) -> Any:
        """The pairs of a line, in which numbers stand for the words of its file. Raises as `needed` does."""
        day, _, text = line.split(" ", 2)
        read = json.loads(text)
        if day == _NEW:
            return read
        words = self._words[name]
        return [(about, list(map(words.__getitem__, numbers))) for about, numbers in read]

    def add(self, entries: Iterable[Entry]) -> None:
        """Keep values, to be found by the next run."""
        for name, needed, text in entries:
            day = _NEW if needed is None else self._today
            self._waiting[name] = f"{day} {','.join(needed or ()) or '-'} {text}"
        if len(self._waiting) >= _WAITING:
            self._write_waiting()

    def finish(self) -> None:
        """End a run: what it added is written; if it wrote anything, what is not used any more is removed."""
        lines = self._read()
        late = self._today - _EXACT
        if not self._waiting and not self._added and not any(_day(lines[name]) <= late for name in self._used):
            return
        self._write_waiting()
        if len(self._files) >= _FILES or not self._added:
            self._make_one()
        self._sweep()

    def _read(self) -> dict[str, str]:
        """The lines of all files by name, without it: a day, names, and JSON."""
        if self._lines is None:
            self._lines = {}
            for name in self._listed():
                self._files.append(name)
                words, lines = _lines(os.path.join(self._folder, name))
                self._lines.update(lines)
                self._words.update(dict.fromkeys(lines, words))
        return self._lines

    def _listed(self) -> list[str]:
        """The names of the files, oldest first."""
        found = []
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.endswith(_SUFFIX) and _OURS.fullmatch(entry.name):
                    with contextlib.suppress(OSError):
                        found.append((entry.stat(follow_symlinks=False).st_mtime_ns, entry.name))
        return [name for _, name in sorted(found)]

    def _write_waiting(self) -> None:
        if self._waiting:
            self._read()  # Before there is a file of our own.
            self._added |= self._waiting
            self._write(self._waiting)
            self._waiting = {}

    def _write(self, lines: dict[str, str]) -> str | None:
        try:
            data = "\n".join(self._numbered(lines)).encode("ascii")
        except (TypeError, ValueError, RecursionError):
            return None  # Somebody made what we read so that it can not be written.
        name = f"{source.digest(data)}{_SUFFIX}"
        if not _write(os.path.join(self._folder, name), data):
            return None
        self._files.append(name)
        return name

    def _numbered(self, lines: dict[str, str]) -> Iterator[str]:
        """The lines of a file: first the words, for which numbers stand in what follows. What can not be read goes."""
        said: dict[str, Any] = {}
        for name, line in lines.items():
            if _day(line) == 0:
                with contextlib.suppress(LookupError, TypeError, ValueError, RecursionError):
                    said[name] = self._in_words(name, line)
        words = sorted({word for pairs in said.values() for _, listed in pairs for word in listed})
        numbers = {word: number for number, word in enumerate(words)}
        yield json.dumps(words, separators=(",", ":"))
        for name, line in lines.items():
            if name in said:
                pairs = [(about, [numbers[word] for word in listed]) for about, listed in said[name]]
                yield f"{name} 0 - {json.dumps(pairs, separators=(',', ':'))}"
            elif _day(line):
                yield f"{name} {line}"

    def _make_one(self) -> None:
        """Put what is in all files into one, without what nobody asked for in a month."""
        kept: dict[str, str] = {}
        size = 0
        all_lines = {**self._read(), **self._added}
        for name in self._used:
            all_lines[name] = f"{self._today} {all_lines[name].partition(' ')[2]}"
        for name, line in sorted(all_lines.items(), key=lambda item: _day(item[1]), reverse=True):
            needed = line.split(" ", 2)[1]
            if _day(line) < self._today - _DAYS:
                break
            new = {name: line} | {other: all_lines[other] for other in _names(needed) if other in all_lines}
            size += sum(len(line) for other, line in new.items() if other not in kept)
            if size > _BYTES:
                break
            kept |= new
        written = self._write(kept)
        if written is not None:
            for name in self._files:
                if name != written:
                    with contextlib.suppress(OSError):
                        os.unlink(os.path.join(self._folder, name))
            self._files = [written]

    def _sweep(self) -> None:
        kept = 0
        for changed, size, path in sorted(self._all(), reverse=True):
            kept += size
            if kept > _BYTES or time.time() - changed > _DAYS * 86_400:
                with contextlib.suppress(OSError):
                    os.unlink(path)

    def _all(self) -> Iterator[tuple[float, int, str]]:
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if _OURS.fullmatch(entry.name):
                    with contextlib.suppress(OSError):
                        found = entry.stat(follow_symlinks=False)
                        yield found.st_mtime, found.st_size, entry.path


def _names(needed: str) -> list[str]:
    return [] if needed == "-" else needed.split(",")


def _day(line: str) -> int:
    day = line.partition(" ")[0]
    return int(day) if day.isdecimal() and len(day) < 9 else 0


def _lines(path: str) -> tuple[list[str], dict[str, str]]:
    """The words of a file, and its lines by name."""
    try:
        first, *lines = (_checked(path) or b"").decode("ascii").split("\n")
        words = json.loads(first)
    except (ValueError, RecursionError):
        return [], {}
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return [], {}
    return words, {line[:32]: line[33:] for line in lines if line.count(" ", 32) >= 3 and line[33:36] != f"{_NEW} "}


def load(path: str) -> dict[str, Any] | None:
    """The object that a file of JSON holds by itself."""
    data = _checked(path)
    if data is None:
        return None
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def save(path: str, value: dict[str, Any]) -> None:
    """Write such a file. Where that can not be done there is none."""
    _write(path, json.dumps(value, separators=(",", ":")).encode())


def _checked(path: str) -> bytes | None:
    """What a file holds below the digest that it begins with, if that is its own."""
    try:
        digest, _, data = source.read(path).partition(b"\n")
    except OSError:
        return None
    return data if digest.decode("ascii", "replace") == source.digest(data) else None


def _write(path: str, data: bytes) -> bool:
    import tempfile

    temporary = None
    try:
        folder, name = os.path.split(path)
        number, temporary = tempfile.mkstemp(dir=folder, prefix=os.path.splitext(name)[0], suffix=".tmp")
        with os.fdopen(number, "wb") as file:
            file.write(source.digest(data).encode() + b"\n" + data)
        os.replace(temporary, path)
    except OSError:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        return False
    return True


def made(folder: str) -> bool:
    """Make a folder, with what keeps it out of backups and repositories; False where it can not be made or written to.

    One that holds something else stays without the latter.
    """
    try:
        if not os.path.isdir(folder) or not os.listdir(folder):
            _make(folder)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _make(folder: str) -> None:
    """Put the folder there with all that belongs into it, so that a kill leaves no half of it. Raises OSError."""
    above, name = os.path.split(folder)
    os.makedirs(above, exist_ok=True)
    new = os.path.join(above, f".{name.lstrip('.')}.{os.getpid()}.tmp")
    os.mkdir(new)
    try:
        for inside, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
            with open(os.path.join(new, inside), "w", encoding="utf-8") as file:
                file.write(text)
        if os.path.isdir(folder) and os.name == "nt":
            os.rmdir(folder)  # Elsewhere an empty folder is replaced.
        os.rename(new, folder)
    except OSError:
        import shutil

        shutil.rmtree(new, ignore_errors=True)
        if not os.path.isdir(folder):  # Another process was faster.
            raise
