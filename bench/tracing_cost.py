"""What the rules on traced code cost: `python -m bench.tracing_cost [PACKAGE ...]`.

CPU seconds of the whole lint without the families TF5 to TF8 and with them, each in a process of its own, in turns.
Only the ratio of one run means anything.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time

from bench import corpus
from tf2lint.checkers import registry
from tf2lint.config import Options, Projects
from tf2lint.engine import Linter

PACKAGES = ("tensor2tensor", "tf-agents")
_FAMILIES = ("TF5", "TF6", "TF7", "TF8")
_TURNS = 3


def seconds(package: str, *, traced: bool) -> float:
    """CPU seconds of linting a package, the loading of the rules excluded."""
    registry()
    files = [(path, corpus.text_of(path)) for path in corpus.files_of(package)]
    linter = Linter(Projects(Options()).of_folder(corpus.folder_of(package)))
    if not traced:
        _switch_off(linter)
    started = time.process_time()
    for path, text in files:
        if text is not None:
            linter.lint(path, text)
    return time.process_time() - started


def _switch_off(linter: Linter) -> None:
    """Take the checks of the families out of a linter, so that they cost nothing at all."""
    dispatch = linter._dispatch
    for table in (dispatch._by_attribute, dispatch._by_keyword):
        for name, checks in table.items():
            table[name] = [check for check in checks if not check.rule.code.startswith(_FAMILIES)]
    dispatch._called = [check for check in dispatch._called if not check.rule.code.startswith(_FAMILIES)]
    dispatch._nodes = [check for check in dispatch._nodes if not check.rule.code.startswith(_FAMILIES)]
    dispatch._traced = ()
    dispatch._traced_nodes = ()


def _measure(package: str, traced: bool, answer: multiprocessing.SimpleQueue[float]) -> None:
    answer.put(seconds(package, traced=traced))


def main() -> None:
    """Print a line for each package."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("packages", nargs="*", default=PACKAGES)
    for package in ask.parse_args().packages:
        best: dict[bool, float] = {}
        for _ in range(_TURNS):
            for traced in (False, True):
                answer: multiprocessing.SimpleQueue[float] = multiprocessing.SimpleQueue()
                process = multiprocessing.Process(target=_measure, args=(package, traced, answer))
                process.start()
                taken = answer.get()
                process.join()
                best[traced] = min(taken, best.get(traced, taken))
        print(f"{package}: off {best[False]:.2f} s, on {best[True]:.2f} s, {best[True] / best[False]:.2f} times")


if __name__ == "__main__":
    main()
