"""Work on many files in several processes, which end with the one that started them."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import concurrent.futures

T = TypeVar("T")

_work: Callable[[str], object] | None = None


def in_order(
    make: Callable[[], Callable[[str], T]], paths: Sequence[str], jobs: int, lost: Callable[[str], T]
) -> Iterator[T]:
    """What becomes of each path, in their order whatever the number of processes; each makes its own worker.

    `lost` makes what becomes of a path whose process was killed, as the system does where memory is short.
    """
    if jobs == 1 or len(paths) < 2:
        yield from map(make(), paths)
        return
    import concurrent.futures  # Not before it is needed: it is slow.

    # Neighbours share modules: they go to the same process, but not so many that another one idles at the end.
    chunk = max(1, min(16, len(paths) // (jobs * 4)))
    number = min(jobs, len(paths))
    done = 0
    with _safe_path():
        try:
            with _pool(make, number) as pool:
                results: Iterator[T] = pool.map(_do, paths, chunksize=chunk)
                for result in results:
                    done += 1
                    yield result
        except concurrent.futures.BrokenExecutor:
            yield from _one_by_one(make, paths[done:], lost)


def _one_by_one(make: Callable[[], Callable[[str], T]], paths: Sequence[str], lost: Callable[[str], T]) -> Iterator[T]:
    """What becomes of each path in a single process, and in another one after a path that cost the process its life.

    So one learns which path that is, and as little memory is taken as can be.
    """
    import concurrent.futures

    left = list(paths)
    while left:
        with _pool(make, 1) as pool:
            try:
                while left:
                    result: T = pool.submit(_do, left[0]).result()
                    yield result
                    del left[0]
            except concurrent.futures.BrokenExecutor:
                yield lost(left.pop(0))


@contextlib.contextmanager
def _pool(make: Callable[[], Callable[[str], T]], number: int) -> Iterator[concurrent.futures.ProcessPoolExecutor]:
    """Processes that work; whoever leaves early, by an interrupt, does not wait for what they have begun."""
    import concurrent.futures
    import multiprocessing

    with concurrent.futures.ProcessPoolExecutor(number, initializer=_start, initargs=(make,)) as pool:
        try:
            yield pool
        except BaseException:
            for process in multiprocessing.active_children():
                process.terminate()
            raise


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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # It comes to all of a terminal: who started us ends us.
    end_with_parent()
    gc.disable()  # As in the process that started this one.
    _work = make()


def _do(path: str) -> T:  # type: ignore[type-var]  # It is what `in_order` was given to make.
    assert _work is not None
    return _work(path)  # type: ignore[return-value]
