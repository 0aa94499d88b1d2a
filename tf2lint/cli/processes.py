"""Work on many files in several processes, which end with the one that started them."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_work: Callable[[str], object] | None = None


def in_order(make: Callable[[], Callable[[str], T]], paths: Sequence[str], jobs: int) -> Iterator[T]:
    """What becomes of each path, in their order whatever the number of processes; each makes its own worker."""
    if jobs == 1 or len(paths) < 2:
        yield from map(make(), paths)
        return
    import concurrent.futures  # Not before it is needed: it is slow.

    # Neighbours share modules: they go to the same process, but not so many that another one idles at the end.
    chunk = max(1, min(16, len(paths) // (jobs * 4)))
    number = min(jobs, len(paths))
    with _safe_path(), concurrent.futures.ProcessPoolExecutor(number, initializer=_start, initargs=(make,)) as pool:
        yield from pool.map(_do, paths, chunksize=chunk)


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    """Keep processes that do not begin as copies of this one from looking for modules in the current directory."""
    variable = "PYTHONSAFEPATH"
    before = os.environ.get(variable)
    os.environ[variable] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[variable]
        else:
            os.environ[variable] = before


def end_with_parent() -> None:
    """Let this process end when the one that started it does: one that is killed can not end those it started."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    import multiprocessing.connection

    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _start(make: Callable[[], Callable[[str], T]]) -> None:
    global _work
    end_with_parent()
    _work = make()


def _do(path: str) -> T:  # type: ignore[type-var]  # It is what `in_order` was given to make.
    assert _work is not None
    return _work(path)  # type: ignore[return-value]
