"""Where look-ups end: the names of `builtins`, without the tree that astroid makes of them.

That tree takes longer than a small file, and here nobody asks what a builtin is, only that it is one. Whoever does ask,
such as pylint in the same process, has astroid make it first, and then it takes the place of this.
"""

from __future__ import annotations

import builtins

from astroid import nodes, raw_building
from astroid.manager import AstroidManager

_CONTAINERS = (nodes.List, nodes.Tuple, nodes.Dict, nodes.Set)


def install(manager: AstroidManager) -> None:
    """Let look-ups end here, unless astroid has its own tree already."""
    if "builtins" in manager.astroid_cache:
        return
    module = nodes.Module("builtins", package=False)
    for name, value in vars(builtins).items():
        module.locals[name] = [_class(name, module)] if isinstance(value, type) else []
    # What an attribute of a constant is that the constant itself has not: that of its class.
    constants = {
        kind: _class(kind.__name__, module)
        for kind in (int, float, complex, str, bytes, bool, type(None), type(...), type(NotImplemented))
    }
    nodes.Const._proxied = property(lambda constant: constants[type(constant.value)])
    for container in _CONTAINERS:
        container._proxied = module.locals[container.__name__.lower()][0]
    manager.astroid_cache["builtins"] = module
    whole = raw_building._astroid_bootstrapping

    def bootstrap() -> None:
        raw_building._astroid_bootstrapping = whole
        if manager.astroid_cache.get("builtins") is module:
            del manager.astroid_cache["builtins"]
        whole()

    raw_building._astroid_bootstrapping = bootstrap


def _class(name: str, module: nodes.Module) -> nodes.ClassDef:
    made = nodes.ClassDef(name, lineno=0, col_offset=0, end_lineno=0, end_col_offset=0, parent=module)
    made.postinit(bases=[], body=[], decorators=None)
    return made
