"""Packages that carry on parts of `tf.contrib`, and the edits, none of them safe, that move a module to them.

What is listed here was seen to do the same: `tests/fix/unsafe` has the programs. Both packages have more; under Keras 3
`tf_slim.batch_norm` raises, for one.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from astroid import nodes

from tf2lint.checkers.edit_compat import is_exported, rebinding, statement_of
from tf2lint.checkers.edit_imports import Item, item_of, replaced, uses_of, whole_line
from tf2lint.checkers.places import Chain, newline, range_of, text_of
from tf2lint.findings import Edit
from tf2lint.inference.index import index_of
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import TfName

if TYPE_CHECKING:
    from tf2lint.checkers.base import Module, Reference

Edits = tuple[Edit, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Package:
    """A package that has, in its module `part`, names of some modules of TensorFlow 1."""

    name: str
    alias: str
    part: str
    owners: tuple[str, ...]
    names: frozenset[str]

    def imported_as(self, bound: str) -> str:
        """The statement that imports what takes the place of one of the modules."""
        if self.part:
            return f"from {self.name} import {self.part}{'' if self.part == bound else f' as {bound}'}"
        return f"import {self.name}{'' if self.name == bound else f' as {bound}'}"


PACKAGES = (
    Package(
        name="tf_slim",
        alias="tf_slim",
        part="",
        owners=("contrib.slim", "contrib.layers", "contrib.framework"),
        names=frozenset(
            "add_arg_scope arg_scope avg_pool2d bias_add conv2d "
            "conv2d_transpose dropout flatten fully_connected get_model_variables get_variables get_variables_by_name "
            "get_variables_to_restore instance_norm l1_regularizer l2_regularizer layer_norm max_pool2d model_variable "
            "one_hot_encoding repeat separable_conv2d softmax stack unit_norm variable variance_scaling_initializer "
            "xavier_initializer".split()
        ),
    ),
    Package(
        name="tensorflow_probability",
        alias="tfp",
        part="distributions",
        owners=("contrib.distributions",),
        names=frozenset(
            "Bernoulli Beta Categorical Dirichlet Exponential Gamma Laplace MultivariateNormalDiag Normal "
            "OneHotCategorical Poisson StudentT Uniform kl_divergence".split()
        ),
    ),
)


def of_reference(reference: Reference) -> Edits:
    """The edits that take a name of `tf.contrib` from the package that has it now."""
    binding = _binding(reference)
    if binding is not None:
        place = (binding.node, binding.index) if isinstance(binding, Item) else binding
        return reference.module.ev.memo.once(("edits of successor", place), lambda: _of_module(reference, binding), ())
    chain = Chain.of(reference.module, reference.node, reference.name)
    for package in PACKAGES:
        owner, _, last = reference.legacy.rpartition(".")
        if chain is not None and chain.first == "tf" and owner in package.owners and last in package.names:
            return _inline(reference.module, chain, package, last)
    return ()


# One module of tf.contrib under a name of its own


def _binding(reference: Reference) -> Item | nodes.NodeNG | None:
    """What bound the module of `tf.contrib` with which a reference begins, or what the reference is."""
    node = reference.node
    item = item_of(reference)
    if item is not None:
        return item
    if reference.imported:
        return node if isinstance(node, nodes.Import) else None
    if isinstance(node.parent, nodes.Assign):
        target = node.parent.targets[0]
        return target if isinstance(target, nodes.AssignName) and legacy(reference.name)[1] in _OWNERS else None
    statement = statement_of(node)
    return (
        statement if isinstance(statement, nodes.AssignName | nodes.Import) and _holds(reference, statement) else None
    )


_OWNERS = frozenset(owner for package in PACKAGES for owner in package.owners)


def _holds(reference: Reference, statement: nodes.NodeNG) -> bool:
    """Whether a statement binds a module of `tf.contrib`, not TensorFlow itself."""
    return _imports(reference.module, statement) in _OWNERS


def _imports(module: Module, binding: Item | nodes.NodeNG) -> str:
    """What a binding binds, as TensorFlow 1 names it."""
    if isinstance(binding, Item):
        return legacy(binding.name)[1]
    if isinstance(binding, nodes.Import):
        dotted, alias = binding.names[0]
        return legacy(f"tf{dotted.removeprefix('tensorflow')}")[1] if alias and len(binding.names) == 1 else ""
    assign = binding.parent
    if not isinstance(assign, nodes.Assign) or len(assign.targets) != 1:
        return ""
    values = module.ev.value_of(assign.value)
    names = [value.name for value in values if isinstance(value, TfName)]
    return legacy(names[0])[1] if len(names) == len(values) == 1 else ""


def _of_module(reference: Reference, binding: Item | nodes.NodeNG) -> Edits:
    module, owner = reference.module, _imports(reference.module, binding)
    package = next((package for package in PACKAGES if owner in package.owners), None)
    if package is None:
        return ()
    if isinstance(binding, Item):
        bound, statement = binding.bound, binding.node
    elif isinstance(binding, nodes.Import):
        bound, statement = binding.names[0][1] or "", binding
    else:
        bound, statement = binding.name, binding.parent
    uses = uses_of(module, binding.node if isinstance(binding, Item) else binding, bound)
    if not uses or isinstance(statement.parent, nodes.Try) or is_exported(module, bound):
        return ()
    if not all(isinstance(use.parent, nodes.Attribute) and use.parent.attrname in package.names for use in uses):
        return ()
    if isinstance(binding, Item):
        return rebinding(replaced(binding, package.imported_as(bound), [], safe=False), bound)
    place = range_of(module, statement)
    if place is None or b"#" in text_of(module, place):
        return ()
    return (Edit(*place, package.imported_as(bound), safe=False, rebinds=bound),)


# One name


def _inline(module: Module, chain: Chain, package: Package, name: str) -> Edits:
    """The edits that write `tf_slim.conv2d`, and import the package where TensorFlow is imported."""
    spelled = f"{package.alias}.{package.part}.{name}" if package.part else f"{package.alias}.{name}"
    statement = statement_of(chain.root)
    renamed = Edit(*chain.outer, spelled, safe=False)
    for known in index_of(module.ev, module.tree).imports:
        if (package.name, None if package.alias == package.name else package.alias) in known.names:
            return (renamed,) if known.parent is module.tree else ()
    if not isinstance(statement, nodes.Import) or statement.parent is not module.tree or _binds(module, package.alias):
        return ()
    place = range_of(module, statement)
    line = whole_line(module, place) if place is not None else None
    if line is None:
        return ()
    added = f"import {package.name}{'' if package.alias == package.name else f' as {package.alias}'}{newline(module)}"
    if line[1] == chain.outer[0]:  # No edits touch.
        return (dataclasses.replace(renamed, replacement=added + spelled),)
    return renamed, Edit(line[1], line[1], added, safe=False)


def _binds(module: Module, name: str) -> bool:
    """Whether a module has a name for something, somewhere."""
    scopes = module.tree.nodes_of_class((nodes.Module, nodes.FunctionDef, nodes.ClassDef, nodes.Lambda))
    return any(name in scope.locals for scope in scopes)
