"""One module in, findings out: one parse, one walk. The engine knows no rule by name."""

from __future__ import annotations

import ast
import dataclasses
import functools
import pathlib
import re
import sys
from collections.abc import Iterable, Iterator

from astroid import nodes

from tf2lint import api, python2, requirements, source
from tf2lint.checkers import registry
from tf2lint.checkers.base import (
    CallCheck,
    Called,
    CalledCheck,
    Idiom,
    Module,
    NodeCheck,
    Reference,
    puts_to_use,
)
from tf2lint.checkers.run import NOT_ANALYSED
from tf2lint.checkers.traced import traced_findings
from tf2lint.collector import collect, collector_paused
from tf2lint.config import Config, on_keras_2, roots_of
from tf2lint.findings import Confidence, Finding, Severity, Span
from tf2lint.inference import arguments, bindings, scan
from tf2lint.inference.arguments import Arguments, Callee
from tf2lint.inference.chains import Chains
from tf2lint.inference.evaluator import Evaluator
from tf2lint.inference.index import Index, index_of, last_name
from tf2lint.inference.lookup import Consulted
from tf2lint.inference.memo import ExceededError
from tf2lint.inference.modules import Modules
from tf2lint.inference.values import Const, External, TfName, Unknown, Value, Values, canonical, join, ordered

decode = source.decode

_MARK = re.compile(r"tensorflow|keras|feed_dict")
_RECURSION = 6_000
_TEXT_KEPT = 6_000_000
"""So many characters of modules are kept as trees with all that was learned of them, some 35 bytes for each."""
_USUAL = 1_000_000
"""Questions of the evaluator that one file may take; the most that a real one was seen to take is a tenth of it."""
_MOST = 4 * _USUAL
"""Questions after which a file is given up, some half a minute. They are counted, so that everybody gets the same."""
_GRAVITY = {rule: list(Severity).index(rule.severity) for rule in registry().rules}
_IMPORTERS = frozenset(("import_module", "__import__"))


class Linter:
    """Lints modules under one configuration and remembers what it learned about the project's other modules.

    Where nobody takes the edits of its findings, not all of them are made.
    """

    def __init__(self, config: Config, *, edits: bool = True) -> None:
        self.config = config
        self._edits = edits
        self._modules = Modules(lambda path: roots_of(path, config))
        # Of versions that the database does not know nothing is claimed: no world reaches any line.
        self._ev = Evaluator(self._modules, 0 if config.unknown_target else config.target)
        self._dispatch = _Dispatch(config)
        self._on_keras_2: Linter | None = None
        self._packages_on_keras_2: dict[pathlib.Path, bool] = {}
        self._spent = False

    def lint(
        self,
        path: pathlib.Path,
        text: str,
        digest: str = "",
        *,
        importable: bool = True,
        syntax: ast.Module | None = None,
    ) -> list[Finding]:
        """The findings of one module, sorted by place, before any suppression.

        `path` says where the module lies, so that the project's other modules are found; it is not read. A text that
        can not be parsed gives one finding of tf-not-analysed. `digest` is that of the file's content, where it is
        known: what `consulted` says holds for nothing without it. What the configuration ignores in this file is
        left out. A module that is not `importable` is none for others. `syntax` is the text as `ast.parse` reads it,
        from who has it already; it is not changed.
        """
        ignored = self.config.ignored(path)
        found = self._lint(path, text, digest, importable, syntax)
        return [finding for finding in found if finding.rule.symbol not in ignored]

    def _lint(
        self, path: pathlib.Path, text: str, digest: str, importable: bool, syntax: ast.Module | None
    ) -> list[Finding]:
        if self._modules.size > _TEXT_KEPT or self._spent:
            self._ev.forget()
            collect()
        self._spent = False
        if self._modules.size:
            try:
                return self._bounded(path, text, digest, importable, syntax, _USUAL)
            except ExceededError:
                pass
            # What other files had computed already must not matter, neither for this one nor for those that follow.
            self._ev.forget()
            collect()
        try:
            return self._bounded(path, text, digest, importable, syntax, _MOST)
        except ExceededError as error:
            return [not_analysed(_too_much(error, path))]
        finally:
            self._spent = self._ev.memo.left < _MOST - _USUAL

    def _bounded(
        self, path: pathlib.Path, text: str, digest: str, importable: bool, syntax: ast.Module | None, steps: int
    ) -> list[Finding]:
        """The findings of one module, if they take so many steps at most. Raises ExceededError."""
        self._ev.memo.allow(steps)
        if not self._concerns(path, text):
            return [] if (problem := _syntax_problem(text, syntax)) is None else [problem]
        if self._says_keras_2(path, text):
            self._on_keras_2 = self._on_keras_2 or Linter(on_keras_2(self.config), edits=self._edits)
            return self._on_keras_2.lint(path, text, digest, importable=importable, syntax=syntax)
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, _RECURSION))
        try:
            with collector_paused():
                try:
                    tree = self._modules.add(path, text, digest, importable=importable, syntax=syntax)
                except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                    return [not_analysed(error)]
                return self._findings(Module(tree, self._ev, self.config, text, self._edits))
        except RecursionError as error:
            return [not_analysed(error)]
        finally:
            sys.setrecursionlimit(limit)

    def refresh(self) -> None:
        """Look at the disk anew: for a process that lints the same files again and again while they change."""
        self._ev.refresh()
        self._packages_on_keras_2.clear()
        if self._on_keras_2 is not None:
            self._on_keras_2.refresh()

    def consulted(self, path: pathlib.Path) -> list[Consulted]:
        """What the findings of the module that was linted last rest on, besides its text and its packages' own."""
        others = [] if self._on_keras_2 is None else self._on_keras_2.consulted(path)
        return [self._modules.consulted(path), *others]

    def _concerns(self, path: pathlib.Path, text: str) -> bool:
        """Whether a module can reach TensorFlow at all, by what it spells or imports from the project."""
        if _MARK.search(text):
            return True
        names = [(found.dots, found.module.split(".")[0]) for found in scan.imports_of(text)]
        return any(dots or (name and self._modules.find(name, str(path)) is not None) for dots, name in names)

    def _says_keras_2(self, path: pathlib.Path, text: str) -> bool:
        """Whether a module, or a package that it lies in, chooses Keras 2, and nobody has chosen otherwise."""
        if self.config.keras_chosen or self.config.target == on_keras_2(self.config).target:
            return False
        return requirements.says_keras_2(text) or self._package_says_keras_2(path.parent)

    def _package_says_keras_2(self, folder: pathlib.Path) -> bool:
        if folder not in self._packages_on_keras_2:
            start = folder / "__init__.py"
            self._packages_on_keras_2[folder] = start.is_file() and (
                requirements.says_keras_2(requirements.read(start)) or self._package_says_keras_2(folder.parent)
            )
        return self._packages_on_keras_2[folder]

    def _findings(self, module: Module) -> list[Finding]:
        found: dict[Span, Finding] = {}
        for finding in self._dispatch.walk(module):
            told = found.get(finding.span)
            # Of two findings on one place the graver one counts, of equals the first.
            if module.enabled(finding.rule) and (told is None or _GRAVITY[finding.rule] < _GRAVITY[told.rule]):
                found[finding.span] = finding
        return sorted(found.values(), key=lambda finding: finding.sort_key)


def not_analysed(error: BaseException) -> Finding:
    """The finding that says why a module could not be analysed, at the line that the error names."""
    line = getattr(error, "lineno", None) or 1
    column = max((getattr(error, "offset", None) or 1) - 1, 0)
    if isinstance(error, RecursionError | MemoryError):
        problem = "it is nested too deeply to be parsed"
    elif isinstance(error, SyntaxError):
        problem = f"{error.msg} (line {line})"
        if python2.looks_like(error):
            problem += f"; {python2.advice()}"
    else:
        problem = str(error)
    return Finding(
        rule=NOT_ANALYSED,
        span=Span(line, column, line, column),
        name="",
        message=NOT_ANALYSED.message.format(problem=problem),
        confidence=Confidence.BINDING,
    )


def _too_much(error: ExceededError, path: pathlib.Path) -> SyntaxError:
    """What says where in a file more was to be computed than may be: at the outermost of the open questions."""
    places = [part for key in error.asked for part in (key if isinstance(key, tuple) else (key,))]
    own = (part for part in places if isinstance(part, nodes.NodeNG) and part.root().file == str(path))
    problem = SyntaxError("what its names stand for takes too long to find out")
    problem.lineno = next((node.lineno for node in own if node.lineno), 1)
    return problem


def _syntax_problem(text: str, syntax: ast.Module | None) -> Finding | None:
    """A module that can not reach TensorFlow is not analysed, but a user still learns that it does not parse."""
    try:
        source.syntax(text, syntax)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return not_analysed(error)
    return None


class _Dispatch:
    """Hands each node to the rules that want it, those that are on."""

    def __init__(self, config: Config) -> None:
        known = registry()
        self._references = [check for check in known.references if config.wants(check.rule)]
        self._of_live_names = [check for check in self._references if check.alive is not None]
        self._quiet: dict[Values, bool] = {}
        self._idioms = known.idioms
        self._by_attribute: dict[str, list[CallCheck]] = {}
        self._by_keyword: dict[str, list[CallCheck]] = {}
        for check in known.calls:
            if not config.wants(check.rule):
                continue
            for name in check.attributes:
                self._by_attribute.setdefault(name, []).append(check)
            for name in check.keywords:
                self._by_keyword.setdefault(name, []).append(check)
        self._called = [check for check in known.called if config.wants(check.rule)]
        self._nodes = [check for check in known.nodes if config.wants(check.rule)]
        self._traced = known.traced
        self._traced_nodes = known.traced_nodes
        self._of_callee: dict[tuple[str, int], list[CalledCheck]] = {}
        self._owners: dict[str, Idiom | None] = {}

    @functools.cached_property
    def _callees(self) -> frozenset[str]:
        """The last parts of the names of what is worth a look when it is called."""
        named = {name.rpartition(".")[2] for check in self._called for name in check.names}
        return frozenset((*named, *api.changing(), "__init__", "partial", "partialmethod"))

    def walk(self, module: Module) -> Iterator[Finding]:
        """All that the rules say of a module, in any order."""
        index = index_of(module.ev, module.tree)
        handles = _handles(index)
        chains = Chains(module.ev, module.tree)
        for node in index.attributes:
            chain = None if type(node.parent) is nodes.Attribute else _chain(node, handles)
            if chain is not None:
                yield from self._spelled(module, chain, chains)
        imported = {alias or name for node in index.from_imports for name, alias in node.names}
        for node in index.names:
            # Most are only the beginning of a chain.
            if not _is_owner(node) and (node.name in imported or puts_to_use(node)):
                yield from self._spelled(module, [node], chains)
        for node in (*index.imports, *index.from_imports):
            yield from self._import(module, node)
        # After the names, which show whether the module was written for TensorFlow 1.
        spelled = {*self._by_attribute, *_IMPORTERS, "getattr"}
        for node in index.calls:
            name = last_name(node.func)
            if name in spelled or node.keywords:
                yield from self._call(module, node, name)
            if self._may_be_called(node, name, handles):
                yield from self._called_by(module, node)
        for check in self._nodes:
            yield from _seen(check, module, index)
        yield from traced_findings(module, self._traced, self._traced_nodes)

    # -- references -------------------------------------------------------------------------------------------------

    def _spelled(self, module: Module, chain: list[nodes.NodeNG], chains: Chains) -> Iterator[Finding]:
        """What is said of a chain of attributes: of its longest part that is a name of TensorFlow."""
        told = chains.values(chain)
        if told is not None and (self._quiet.get(told) or type(next(iter(told))) is not TfName):
            return
        for node in chain:
            values = module.ev.value_of(node)
            if self._is_quiet(module, node, values):
                return
            if not any(isinstance(value, TfName) and "." in value.name for value in values):
                continue
            part = _named_part(node, chain, values)
            part_values = module.ev.value_of(part)
            if _spells(part, part_values) or puts_to_use(part):
                yield from self._judged(module, part, part_values)
            return

    def _is_quiet(self, module: Module, node: nodes.NodeNG, values: Values) -> bool:
        """Whether nothing can ever be said of an expression, nor learned from it, as of most: it works everywhere.

        What is asked here depends on the names and worlds alone, so that it is asked once for all modules. Of nothing
        else it is kept, which would keep the trees of modules.
        """
        known = self._quiet.get(values)
        if known is None:
            names = [value for value in values if isinstance(value, TfName)]
            if not names or len(names) < len(values):
                return False
            known = self._quiet[values] = all(self._works(Reference(module, node, name)) for name in names)
        return known

    def _works(self, reference: Reference) -> bool:
        name, worlds = reference.name, reference.value.worlds
        if reference.known != name or reference.missing or reference.raising or reference.of_tensorflow_2:
            return False
        idiom = self._owner(reference.legacy) if reference.of_compat else None
        if idiom is not None and reference.legacy in idiom.eager:
            return False
        return not any(check.alive is not None and check.alive(name, worlds) for check in self._of_live_names)

    def _judged(
        self, module: Module, node: nodes.NodeNG, values: Iterable[Value], *, imported: bool = False, item: int = 0
    ) -> Iterator[Finding]:
        """The finding of a place, if the place is wrong whichever of its alternatives is meant."""
        alternatives = ordered(frozenset(values))
        only = alternatives[0] if len(alternatives) == 1 else None
        if isinstance(only, TfName) and not only.worlds & (only.worlds - 1):
            yield from self._judged_in_one_world(Reference(module, node, only, imported, item))
            return
        reach = module.ev.guards.reach(node)
        findings: list[Finding] = []
        for value in alternatives:
            if isinstance(value, Unknown) or value == Const(None):
                continue
            if not isinstance(value, TfName):
                return
            worlds = value.worlds & reach
            if not worlds:
                continue
            reference = Reference(module, node, TfName(value.name, worlds, value.inferred), imported, item)
            if not reference.possible and (len(alternatives) > 1 or value.inferred):
                continue
            finding = self._said(reference)
            self._remember(reference, finding)
            if finding is None:
                return
            findings.append(finding)
        yield from findings[:1]

    def _judged_in_one_world(self, reference: Reference) -> Iterator[Finding]:
        """The same of a place that can mean one thing, in one targeted world: that one reaches it or does not.

        Whether it does takes longest to see, and is asked only where something is said, or learned, of the name.
        """
        if not reference.possible and reference.value.inferred:
            return
        finding = self._said(reference)
        known = reference.module.seen["new"]
        if finding is None and (not reference.of_tensorflow_2 or reference.name in known):
            return
        if reference.module.ev.guards.reach(reference.node) & reference.value.worlds:
            self._remember(reference, finding)
            if finding is not None:
                yield finding

    @staticmethod
    def _remember(reference: Reference, finding: Finding | None) -> None:
        """Keep whether a name shows for which TensorFlow its module was written."""
        seen = reference.module.seen
        if finding is None and reference.of_tensorflow_2:
            seen["new"].add(reference.name)
        elif finding is not None and reference.missing and reference.of_tensorflow_1_alone:
            seen["new" if reference.legacy == "enable_v2_behavior" else "old"].add(reference.name)

    def _said(self, reference: Reference) -> Finding | None:
        """What the first rule that has something to say of a reference says: idioms before the general rules."""
        module = reference.module
        trouble = reference.missing | reference.raising
        if trouble and module.ev.guards.expects_absence(reference.node):
            return None
        idiom = None if reference.legacy.startswith("contrib") else self._owner(reference.legacy)
        if idiom is not None and not module.enabled(idiom.rule):
            idiom = None
        is_live = not trouble and reference.known == reference.name
        for check in self._of_live_names if is_live else self._references:
            if check.order >= 0 and idiom is not None:
                finding = self._of_idiom(idiom, reference)
                if finding is not None:
                    return finding
                idiom = None
            finding = check.check(reference)
            if finding is not None:
                return finding
        return None if idiom is None else self._of_idiom(idiom, reference)

    def _of_idiom(self, idiom: Idiom, reference: Reference) -> Finding | None:
        if reference.missing and reference.of_tensorflow_1:
            return reference.finding(idiom.rule, reference.absence())
        if not reference.of_compat or reference.raising or reference.imported:
            return None
        happens = idiom.eager.get(reference.legacy)
        call = reference.node.parent
        if happens is None or not isinstance(call, nodes.Call) or call.func is not reference.node:
            return None
        if _is_argument_of_run(call) or not reference.module.ev.modes.surely_eager(reference.node):
            return None
        told = reference.finding(idiom.rule, f"{happens} under eager execution")
        return dataclasses.replace(told, confidence=Confidence.INFERENCE)  # That it runs eagerly was inferred.

    def _owner(self, name: str) -> Idiom | None:
        """The idiom that speaks for a name of TensorFlow 1 most exactly."""
        if name not in self._owners:
            ranked = [(idiom.speaks_for(name), idiom) for idiom in self._idioms]
            best = max((rank for rank, _ in ranked), default=0)
            self._owners[name] = next((idiom for rank, idiom in ranked if rank == best), None) if best else None
        return self._owners[name]

    # -- calls ------------------------------------------------------------------------------------------------------

    def _call(self, module: Module, node: nodes.Call, spelled: str) -> Iterator[Finding]:
        func = node.func
        if isinstance(func, nodes.Attribute):
            for check in self._by_attribute.get(func.attrname, ()):
                yield from check.check(module, node)
        for keyword in node.keywords:
            for check in self._by_keyword.get(keyword.arg or "", ()):
                yield from check.check(module, node)
        imports = spelled in _IMPORTERS
        if not (imports or (spelled == "getattr" and len(node.args) == 2)) or _is_owner(node):
            return
        if any(isinstance(value, External) for value in module.ev.value_of(func)):
            yield from self._judged(module, node, module.ev.value_of(node), imported=imports)

    def _may_be_called(self, node: nodes.Call, name: str, handles: set[str]) -> bool:
        """Whether a call may be one of TensorFlow's that some rule looks at, by its spelling."""
        if not name or name in self._callees or (name in handles and isinstance(node.func, nodes.Name)):
            return True
        return any(keyword.arg in api.dropped_keywords() for keyword in node.keywords)

    def _called_by(self, module: Module, node: nodes.Call) -> Iterator[Finding]:
        """What is said of a call, if it is wrong whichever of its alternatives is meant."""
        called = arguments.calls_of(module.ev, node)
        if not called:
            return
        callee, given = called[0]
        if callee is None:
            return
        if len(called) == 1 and not callee.worlds & (callee.worlds - 1):
            # In one world it is reached or not: as with names, that is asked last.
            said = list(self._said_of_call(module, node, callee, given, callee.worlds))
            yield from said if said and module.ev.guards.reach(node) else ()
            return
        reach = module.ev.guards.reach(node)
        findings: list[Finding] | None = None
        for callee, given in called:
            if callee is None:
                return
            worlds = callee.worlds & reach & ~callee.raising
            if worlds:
                said = list(self._said_of_call(module, node, callee, given, worlds))
                if not said:
                    return
                findings = said if findings is None else findings
        yield from findings or ()

    def _said_of_call(
        self, module: Module, node: nodes.Call, callee: Callee, given: Arguments, worlds: int
    ) -> Iterator[Finding]:
        worlds &= ~callee.raising
        if worlds:
            called = Called(module, node, callee, given, worlds)
            for check in self._checks_of(callee, called.newest):
                yield from check.check(called)

    def _checks_of(self, callee: Callee, world: int) -> list[CalledCheck]:
        """The checks that want a callee, given by its own name or by that of a class that its own derives from."""
        key = (callee.name, world)
        if key not in self._of_callee:
            names = {callee.name}
            if callee.cls:
                names.update(f"{owner}.{callee.attribute}" for owner in api.ancestors(callee.cls, world))
            self._of_callee[key] = [check for check in self._called if not check.names or check.names & names]
        return self._of_callee[key]

    # -- imports ----------------------------------------------------------------------------------------------------

    def _import(self, module: Module, node: nodes.Import | nodes.ImportFrom) -> Iterator[Finding]:
        if _only_for_type_checkers(node):
            return
        for number, (name, _) in enumerate(node.names):
            if isinstance(node, nodes.Import):
                imported = canonical(name)
            else:
                owner = module.ev.modules.absolute(node)
                tf_owner = canonical(owner) if owner else None
                imported = None if tf_owner is None else tf_owner if name == "*" else join(tf_owner, name)
            if imported is None or "." not in imported:
                continue
            value = TfName(imported, module.config.target)
            yield from self._judged(module, node, [value], imported=True, item=number)


def _seen(check: NodeCheck, module: Module, index: Index) -> Iterator[Finding]:
    """What a check says of the expressions of its kinds that the program can come to."""
    if check.where is not None and not check.where(module):
        return
    names = check.attributes(module.config.target)
    for kind in check.kinds:
        for node in _named(index, kind, names) if names else index.of_kind[kind]:
            # Most checks see from the spelling that an expression is none of theirs; where it is reached takes longer.
            for finding in check.check(module, node):
                if module.ev.guards.reach(node):
                    yield finding


def _named(index: Index, kind: type[nodes.NodeNG], names: frozenset[str]) -> Iterator[nodes.NodeNG]:
    """The attributes of a kind that have one of the names."""
    by_name = index.attributes_by_name
    if kind is nodes.Attribute:
        for name in names & by_name.keys():
            yield from by_name[name]
    else:
        yield from (node for node in index.of_kind[kind] if node.attrname in names)


def _is_owner(node: nodes.NodeNG) -> bool:
    """Whether an expression is only the beginning of a chain of attributes, which is looked at as a whole."""
    return type(node.parent) is nodes.Attribute


def _chain(outermost: nodes.Attribute, handles: set[str]) -> list[nodes.NodeNG] | None:
    """The parts of a chain of attributes, if one of them, or the variable it begins with, is of interest."""
    names = api.last_names()
    interesting = puts_to_use(outermost)
    chain: list[nodes.NodeNG] = []
    node: nodes.NodeNG = outermost
    while type(node) is nodes.Attribute:
        chain.append(node)
        interesting = interesting or node.attrname in names
        node = node.expr
    if type(node) is nodes.Name:
        chain.append(node)
        interesting = interesting or node.name in handles
    return chain if interesting else None


def _handles(index: Index) -> set[str]:
    """The variables of a module that may hold a part of TensorFlow: `flags = tf.app.flags`, `from … import nest`."""
    found = {alias or name for node in index.from_imports for name, alias in node.names}
    found.update(alias for node in index.imports for dotted, alias in node.names if alias and canonical(dotted))
    names = api.last_names()
    for node in index.attributes:
        if isinstance(node.parent, nodes.Assign) and any(part in names for part in _parts(node)):
            found.update(target.name for target in node.parent.targets if isinstance(target, nodes.AssignName))
    for call in index.called("partial"):
        if isinstance(call.parent, nodes.Assign):
            found.update(target.name for target in call.parent.targets if isinstance(target, nodes.AssignName))
    return found


def _parts(node: nodes.NodeNG) -> Iterator[str]:
    """The names of a chain of attributes, the last one first."""
    while isinstance(node, nodes.Attribute):
        yield node.attrname
        node = node.expr
    if isinstance(node, nodes.Name):
        yield node.name


def _named_part(node: nodes.NodeNG, chain: list[nodes.NodeNG], values: Iterable[Value]) -> nodes.NodeNG:
    """The part of a chain that is a name of the database: `tf.GraphKeys` of `tf.GraphKeys.LOSSES`.

    Below a module, listed in full or not, the whole chain is the name.
    """
    name = min(value.name for value in values if isinstance(value, TfName) and "." in value.name)
    dropped = 0
    while api.symbol(name) is None and "." in name:
        name = name.rpartition(".")[0]
        dropped += 1
    symbol = api.symbol(name)
    if symbol is None or symbol.kind is api.Kind.MODULE:
        return node
    index = chain.index(node) + dropped
    return chain[index] if index < len(chain) else node


def _spells(node: nodes.NodeNG, values: Iterable[Value]) -> bool:
    """Whether an expression names the TensorFlow object itself, not a variable that holds it."""
    if isinstance(node, nodes.Name):
        _, statements = bindings.found(node, node.name)
        return any(isinstance(statement, nodes.ImportFrom) for statement in statements)
    if not isinstance(node, nodes.Attribute):
        return False
    return any(isinstance(v, TfName) and v.name.rpartition(".")[2] == node.attrname for v in values)


def _is_argument_of_run(call: nodes.Call) -> bool:
    """Whether a call stands in the arguments of a `run`: `session.run(tf.global_variables_initializer())`."""
    above = call.parent
    while isinstance(above, nodes.List | nodes.Tuple):
        above = above.parent
    func = getattr(above, "func", None)
    return isinstance(func, nodes.Attribute) and func.attrname == "run"


def _only_for_type_checkers(node: nodes.NodeNG) -> bool:
    child, parent = node, node.parent
    while parent is not None:
        if isinstance(parent, nodes.If) and child in parent.body and last_name(parent.test) == "TYPE_CHECKING":
            return True
        child, parent = parent, parent.parent
    return False
