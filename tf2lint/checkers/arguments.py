"""Calls whose arguments the targeted TensorFlow does not take. The facts are the signatures of the API database.

https://www.tensorflow.org/guide/migrate/upgrade
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
from collections.abc import Callable, Iterator

from tf2lint import api
from tf2lint.api import versions
from tf2lint.checkers import edits, hints
from tf2lint.checkers.base import Called, on_called
from tf2lint.findings import Finding, Rule, Severity
from tf2lint.inference.arguments import Argument

_PAGE = "https://www.tensorflow.org/guide/migrate/upgrade"

RENAMED = Rule(
    code="TF401",
    pylint_id="E6852",
    symbol="tf-renamed-argument",
    summary="A keyword that has another name in the targeted TensorFlow.",
    message="{name} {problem}: {hint}.",
    hint="use the new keyword",
    url=f"{_PAGE}#automatically_rewrite_tf_1x_and_compatv1_api_symbols",
    severity=Severity.BREAKS,
)
REMOVED = Rule(
    code="TF402",
    pylint_id="E6853",
    symbol="tf-removed-argument",
    summary="An argument that a targeted TensorFlow does not take any more, or not yet.",
    message="{name} {problem}: {hint}.",
    hint="leave it out, or look for what says the same in its documentation",
    url=f"{_PAGE}#automatically_rewrite_tf_1x_and_compatv1_api_symbols",
    severity=Severity.BREAKS,
)
MISSING = Rule(
    code="TF406",
    pylint_id="E6857",
    symbol="tf-missing-argument",
    summary="A call without an argument that became required.",
    message="{name} {problem}: {hint}.",
    hint="pass it",
    url=f"{_PAGE}#automatically_rewrite_tf_1x_and_compatv1_api_symbols",
    severity=Severity.BREAKS,
)
POSITIONAL = Rule(
    code="TF407",
    pylint_id="E6838",
    symbol="tf-positional-argument",
    summary="A positional argument for which there is no place any more; it can be passed by name.",
    message="{name} {problem}: {hint}.",
    hint="pass it by name",
    url=f"{_PAGE}#automatically_rewrite_tf_1x_and_compatv1_api_symbols",
    severity=Severity.BREAKS,
)


@on_called(RENAMED, order=20)
def renamed(called: Called) -> Iterator[Finding]:
    """`tf.argmax(x, dimension=1)`."""
    if _fits(called):
        return
    for name, argument, refused, taken in _keywords(called):
        instead = _new_name(called, name, refused, taken)
        if instead is not None:
            problem = f"takes no {name}= {called.when(refused, taken)} ({error(called, refused)})"
            told = called.finding(RENAMED, argument.place, problem, hint=f"it is {instead}= now")
            yield dataclasses.replace(told, edits=edits.of_keyword(called, argument, name, instead))


@on_called(REMOVED, order=21)
def removed(called: Called) -> Iterator[Finding]:
    """`tf.image.resize(images, size, align_corners=True)`."""
    if _fits(called):
        return
    for name, argument, refused, taken in _keywords(called):
        if _new_name(called, name, refused, taken) is None:
            problem = f"takes no {name}= {called.when(refused, taken)} ({error(called, refused)})"
            if not taken:
                advice = _nearest(called, name, refused)
            else:
                advice = advice_on(called, name) if _was_before(taken, refused) else _not_yet(taken)
            yield _spelled_out(called, called.finding(REMOVED, argument.place, problem, **advice))
    for index, argument, refused, taken in _overflow(called):
        if _still_named(called, index, refused, taken) is None and _was_before(taken, refused):
            problem = f"takes no {_ordinal(index + 1)} positional argument {called.when(refused, taken)} (TypeError)"
            before = _parameter_at(called, index, taken)
            advice = advice_on(called, before) or {"hint": f"leave {before} out, or look for what says the same"}
            yield _spelled_out(called, called.finding(REMOVED, argument.place, problem, **advice))


@on_called(POSITIONAL, order=22)
def positional(called: Called) -> Iterator[Finding]:
    """`tf.argmax(x, 1, None, None, tf.int32)`."""
    if _fits(called):
        return
    for index, argument, refused, taken in _overflow(called):
        name = _still_named(called, index, refused, taken)
        if name is not None and _was_before(taken, refused):
            problem = f"takes no {_ordinal(index + 1)} positional argument {called.when(refused, taken)} (TypeError)"
            told = called.finding(
                POSITIONAL, argument.place, problem, hint=f"it was {name}, which can be given by name"
            )
            named = edits.of_positions(called, index)
            yield dataclasses.replace(told, edits=named) if named else _spelled_out(called, told)


@on_called(MISSING, order=24)
def missing(called: Called) -> Iterator[Finding]:
    """`tf.nn.softmax_cross_entropy_with_logits(labels=y)`."""
    if _fits(called) or called.callee.unbound or any(_keywords(called)) or any(_overflow(called)):
        return
    refused, taken = _worlds(called, functools.partial(_is_complete, called))
    if not refused or not taken:
        return
    bound = called.bound(api.newest(refused))
    names = [parameter.name for parameter in bound.missing] if bound is not None else []
    if names:
        problem = f"needs {' and '.join(names)} {called.when(refused, taken)} (TypeError)"
        yield _spelled_out(called, called.finding(MISSING, called.node.func, problem))


def _spelled_out(called: Called, told: Finding) -> Finding:
    return dataclasses.replace(told, edits=edits.of_call(called))


# What is wrong, and where


def _fits(called: Called) -> bool:
    """Whether a call can be made in all its worlds, as far as is known: most can, and few differ in shape."""
    if called.fits is not None:
        return called.fits
    found = _known_to_fit.get(called.shape)
    if found is None:
        if len(_known_to_fit) >= _SHAPES_KEPT:
            _known_to_fit.clear()
        found = not any(_keywords(called)) and not any(_overflow(called)) and _complete(called)
        _known_to_fit[called.shape] = found
    called.fits = found
    return found


def _complete(called: Called) -> bool:
    return not _worlds(called, functools.partial(_is_complete, called))[0]


_SHAPES_KEPT = 20_000
_known_to_fit: dict[tuple[object, ...], bool] = {}


def _keywords(called: Called) -> Iterator[tuple[str, Argument, int, int]]:
    """The keywords that some world refuses: name, argument, the worlds that do, and those that are known to take it."""
    given = called.arguments
    for name, argument in given.keywords.items():
        if name in given.given_keywords:
            continue
        refused, taken = _worlds(called, functools.partial(takes, called, name))
        if refused:
            yield name, argument, refused, taken


def _overflow(called: Called) -> Iterator[tuple[int, Argument, int, int]]:
    """The first positional argument for which some world has no place and another has one, as `_keywords`."""
    given = called.arguments
    first: int | None = None
    for index, argument in enumerate(given.positional):
        if index < given.given or first is not None:
            continue
        refused, taken = _worlds(called, functools.partial(_has_place, called, index))
        if refused and taken:
            first = index
            yield index, argument, refused, taken


def _worlds(called: Called, fits: Callable[[int], bool | None]) -> tuple[int, int]:
    """The worlds of the call in which something does not fit, and all worlds in which it does."""
    refused = 0
    for world in api.bits(called.worlds):
        if fits(world) is False:
            refused |= world
    if not refused:
        return 0, 0
    taken = 0
    for world in api.bits(api.ALL):
        if fits(world):
            taken |= world
    return refused, taken


def takes(called: Called, keyword: str, world: int) -> bool | None:
    signature = called.signature(world)
    if signature is None:
        return None
    if signature.get(keyword) is not None:
        return True
    if not signature.takes_any_keyword:
        return False
    accepted = called.accepted(world)
    return None if accepted is None else keyword in accepted


def error(called: Called, refused: int) -> str:
    """What a keyword raises that is refused: Python's own error, or one of the function's making."""
    signature = called.signature(api.newest(refused))
    return "it raises" if signature is not None and signature.takes_any_keyword else "TypeError"


def _has_place(called: Called, index: int, world: int) -> bool | None:
    signature = called.signature(world)
    if signature is None or called.callee.unbound:
        return None
    return signature.takes_any_position or index < len(signature.positional)


def _is_complete(called: Called, world: int) -> bool | None:
    bound = called.bound(world)
    if bound is None:
        return None
    return bound.fits if not bound.missing else False


def _new_name(called: Called, old: str, refused: int, taken: int) -> str | None:
    """What a keyword is called in the worlds that refuse it, if an older version took it and the call has not both."""
    instead = api.renamed_argument(called.name, old, refused) if _was_before(taken, refused) else None
    return instead if instead not in called.arguments.keywords else None


def advice_on(called: Called, argument: str) -> dict[str, str]:
    """The hint and the page for an argument that went."""
    names = [called.name]
    if called.callee.cls:
        owners = api.ancestors(called.callee.cls, called.newest)
        names += [f"{owner}.{called.callee.attribute}" for owner in owners]
        if called.callee.attribute == "__init__":
            names += owners
    if called.successor is not None:
        names.append(called.successor)
    found = hints.of_argument(names, argument, called.module.config.target)
    if found is not None:
        return {"hint": found.text, "url": found.url}
    return {"hint": "leave it out"} if api.dropped_argument(called.name, argument, called.worlds) else {}


def _nearest(called: Called, keyword: str, refused: int) -> dict[str, str]:
    """The hint for a keyword that no known version takes: what it may have been meant for."""
    hint = advice_on(called, keyword)
    if hint:
        return hint
    signature = called.signature(api.newest(refused))
    known = [p.name for p in signature.parameters if signature.get(p.name) is not None] if signature is not None else []
    free = [name for name in known if name not in called.arguments.keywords]
    near = difflib.get_close_matches(keyword, free, n=1, cutoff=0.75)
    if near:
        return {"hint": f"it has {near[0]}="}
    return {"hint": f"it takes {', '.join(known)}"} if 0 < len(known) <= _SHOWN else {}


_SHOWN = 8
"""So many parameters are named in a message."""


def _not_yet(taken: int) -> dict[str, str]:
    """The hint for an argument that a later version brought."""
    first = versions.describe(taken & -taken)
    return {"hint": f"it came with {first}: leave it out, or raise the oldest version that you target"}


def _was_before(taken: int, refused: int) -> bool:
    """Whether the oldest version that takes an argument is older than the newest one that does not."""
    return 0 < taken & -taken < api.newest(refused)


def _still_named(called: Called, index: int, refused: int, taken: int) -> str | None:
    """The parameter that a positional argument reached before, if it can still be passed by name."""
    name = _parameter_at(called, index, taken)
    signature = called.signature(api.newest(refused))
    return name if name and signature is not None and signature.get(name) is not None else None


def _parameter_at(called: Called, index: int, taken: int) -> str:
    signature = called.signature(api.newest(taken))
    positional = signature.positional if signature is not None else ()
    return positional[index].name if index < len(positional) else f"argument {index + 1}"


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
