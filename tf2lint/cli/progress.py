"""A progress bar on standard error, for work that takes long at a terminal. It is gone before anything is printed."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from tf2lint.cli.results import Result

_PATIENCE = 1.0
"""Seconds after which a bar is shown: what ends earlier needs none."""
_PAUSE = 0.1
"""Seconds between two pictures of it."""


def watched(work: Iterable[Result], total: int) -> Iterator[Result]:
    """The results of a run, with a bar while one waits for them, which is gone where a result has something to say."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb" or not _has_rich():
        yield from work
        return
    bar = _Bar(total)
    try:
        for number, result in enumerate(work, start=1):
            bar.show(number)
            if result.shown or result.failure:
                bar.hide()
            yield result
    finally:
        bar.hide()


def _has_rich() -> bool:
    import importlib.util

    return importlib.util.find_spec("rich") is not None


class _Bar:
    def __init__(self, total: int) -> None:
        self._total = total
        self._next = time.monotonic() + _PATIENCE
        self._shown = contextlib.ExitStack()
        self._update: Callable[[int], None] | None = None

    def show(self, done: int) -> None:
        """Show how much is done, if it is time for that."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _PAUSE
        if self._update is None:
            self._update = self._begin(done)
        self._update(done)

    def hide(self) -> None:
        """Take the bar away."""
        self._shown.close()
        self._update = None

    def _begin(self, done: int) -> Callable[[int], None]:
        # Not before it is needed: it takes as long to import as a small file to be linted.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("tf2lint"), BarColumn(), MofNCompleteColumn(), TextColumn("files"))
        # Nothing is redirected: what is printed goes where it belongs, while there is no bar.
        progress = Progress(
            *columns,
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        task = progress.add_task("", total=self._total, completed=done)
        self._shown.enter_context(progress)
        return lambda done: progress.update(task, completed=done, refresh=True)
