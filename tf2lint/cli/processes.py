"""Work on many files in several processes, which end with the one that started them."""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
from collections.abc import Callable, Iterator, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    import concurrent.futures
    from multiprocessing.sharedctypes import Synchronized, SynchronizedArray
    from typing import TypeVar

    _Number = Synchronized[int]
    _Numbers = SynchronizedArray[int]
    T = TypeVar("T")


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

    done = 0
    number = min(jobs, len(paths))
    # Few, so that no process idles at the end.
    size = max(1, min(8, len(paths) // (number * 4)))
    parts = [paths[start : start + size] for start in range(0, len(paths), size)]
    with _safe_path():
        try:
            with _pool(make, parts, number) as pool:
                results: Iterator[T] = _all_parts(pool, len(parts))
                for result in results:
                    done += 1
                    yield result
        except concurrent.futures.BrokenExecutor:
            yield from _one_by_one(make, paths[done:], lost)


def _all_parts(pool: concurrent.futures.Executor, total: int) -> Iterator[T]:
    """What becomes of all paths, in their order; which process takes which part is for the processes to say."""
    import concurrent.futures

    finished: dict[int, list[T]] = {}
    running: set[concurrent.futures.Future[tuple[int, list[T]]]] = {pool.submit(_next_part) for _ in range(total)}
    for part in range(total):
        while part not in finished:
            ended, running = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
            finished.update(future.result() for future in ended)
        yield from finished.pop(part)


def _one_by_one(make: Callable[[], Callable[[str], T]], paths: Sequence[str], lost: Callable[[str], T]) -> Iterator[T]:
    """What becomes of each path in a single process, and in another one after a path that cost the process its life.

    So one learns which path that is, and as little memory is taken as can be.
    """
    import concurrent.futures

    left = list(paths)
    while left:
        with _pool(make, [left], 1) as pool:
            try:
                while left:
                    result: T = pool.submit(_do, left[0]).result()
                    yield result
                    del left[0]
            except concurrent.futures.BrokenExecutor:
                yield lost(left.pop(0))


@contextlib.contextmanager
def _pool(
    make: Callable[[], Callable[[str], T]], parts: Sequence[Sequence[str]], number: int
) -> Iterator[concurrent.futures.ProcessPoolExecutor]:
    """Processes that work; whoever leaves early, by an interrupt, does not wait for what they have begun."""
    import concurrent.futures
    import multiprocessing

    context = multiprocessing.get_context()
    bounds = [len(parts) * process // number for process in range(number + 1)]
    # For each process the first of its parts that is left, and the first that is not its own.
    stretches = context.Array("l", [bound for stretch in itertools.pairwise(bounds) for bound in stretch])
    given = (make, parts, stretches, context.Value("l", 0))
    with concurrent.futures.ProcessPoolExecutor(number, context, initializer=_start, initargs=given) as pool:
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
    import threading

    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    import multiprocessing.connection

    multiprocessing.connection.wait([sentinel])
    os._exit(1)


class _Share:
    """The part that a process has in the work on some paths.

    Neighbours share modules, which every process has to read that comes to one of them: so each has a stretch of
    neighbours. Who has done its own takes the last part of the longest stretch that is left.
    """

    def __init__(
        self, work: Callable[[str], object], parts: Sequence[Sequence[str]], stretches: _Numbers, process: int
    ) -> None:
        self.work = work
        self._parts = parts
        self._stretches = stretches
        self._process = process

    def next_part(self) -> tuple[int, list[object]]:
        """Do the next part; its number, and what became of each of its paths."""
        number = self._taken()
        return number, [self.work(path) for path in self._parts[number]]

    def _taken(self) -> int:
        left = self._stretches
        with left.get_lock():
            own = 2 * self._process
            if left[own] < left[own + 1]:
                left[own] += 1
                return left[own] - 1
            longest = max(range(0, len(left), 2), key=lambda start: left[start + 1] - left[start])
            left[longest + 1] -= 1
            return left[longest + 1]


_share: _Share | None = None


def _start(
    make: Callable[[], Callable[[str], T]], parts: Sequence[Sequence[str]], stretches: _Numbers, count: _Number
) -> None:
    import signal

    global _share
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # It comes to all of a terminal: who started us ends us.
    end_with_parent()
    gc.disable()  # As in the process that started this one.
    with count.get_lock():
        process = count.value
        count.value += 1
    _share = _Share(make(), parts, stretches, process)


def _next_part() -> tuple[int, list[T]]:
    assert _share is not None
    return _share.next_part()  # type: ignore[return-value]  # It is what `in_order` was given to make.


def _do(path: str) -> T:  # type: ignore[type-var]
    assert _share is not None
    return _share.work(path)  # type: ignore[return-value]
