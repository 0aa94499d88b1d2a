"""The rules: one module per idiom, found by walking this package. Nothing is listed twice."""

from __future__ import annotations

import dataclasses
import functools
import importlib
from collections.abc import Iterable

from tf2lint.findings import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tf2lint.checkers.base import CallCheck, CalledCheck, Idiom, NodeCheck, ReferenceCheck
    from tf2lint.checkers.traced import TracedCheck, TracedNodeCheck


@dataclasses.dataclass(frozen=True)
class Registry:
    """All rules, and what they look at."""

    rules: tuple[Rule, ...]
    idioms: tuple[Idiom, ...]
    references: tuple[ReferenceCheck, ...]
    calls: tuple[CallCheck, ...]
    called: tuple[CalledCheck, ...]
    nodes: tuple[NodeCheck, ...]
    traced: tuple[TracedCheck, ...]
    traced_nodes: tuple[TracedNodeCheck, ...]


@functools.cache
def registry() -> Registry:
    """Everything that the modules of this package define."""
    # Not before they are needed: they bring astroid with them, which whoever only asks for the rules can do without.
    import pkgutil

    from tf2lint.checkers.base import CallCheck, CalledCheck, Idiom, NodeCheck, ReferenceCheck
    from tf2lint.checkers.traced import TracedCheck, TracedNodeCheck

    kinds = (Rule, Idiom, ReferenceCheck, CallCheck, CalledCheck, NodeCheck, TracedCheck, TracedNodeCheck)
    # A module may import what another one defines.
    seen: dict[type, dict[int, object]] = {kind: {} for kind in kinds}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{__name__}.{info.name}")
        for value in vars(module).values():
            known = seen.get(type(value))
            if known is not None:
                known.setdefault(id(value), value)
    found = {kind: list(known.values()) for kind, known in seen.items()}
    rules = [rule for rule in found[Rule] if isinstance(rule, Rule)]
    references = [check for check in found[ReferenceCheck] if isinstance(check, ReferenceCheck)]
    called = [check for check in found[CalledCheck] if isinstance(check, CalledCheck)]
    return Registry(
        rules=tuple(sorted(rules, key=lambda rule: rule.code)),
        idioms=tuple(idiom for idiom in found[Idiom] if isinstance(idiom, Idiom)),
        references=tuple(sorted(references, key=lambda check: check.order)),
        calls=tuple(check for check in found[CallCheck] if isinstance(check, CallCheck)),
        called=tuple(sorted(called, key=lambda check: check.order)),
        nodes=tuple(check for check in found[NodeCheck] if isinstance(check, NodeCheck)),
        traced=tuple(check for check in found[TracedCheck] if isinstance(check, TracedCheck)),
        traced_nodes=tuple(check for check in found[TracedNodeCheck] if isinstance(check, TracedNodeCheck)),
    )


_told: list[tuple[Rule, ...]] = []


def tell(rules: Iterable[Rule]) -> None:
    """Say which rules there are, as `rules` gave them in another process: then their modules need not be imported."""
    _told[:] = [tuple(rules)]


def rules() -> tuple[Rule, ...]:
    """Every rule there is, sorted by code."""
    return _told[0] if _told else registry().rules
