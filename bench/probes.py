"""Which rule finds which probe: `python -m bench.probes FOLDER [--spread] [--list]`.

FOLDER holds `.cases` files, each with programs under `### ID | title` and `--- variant`, and a `labels.json` that says
which programs are bad or clean and which checks they belong to. A program counts as found by its own check where a rule
speaks of it that `OWN` names for one of its checks. `--spread` moves what is not a tf.function into a second module
and asks for the same findings.
"""

from __future__ import annotations

import argparse
import ast
import collections
import json
import pathlib
import tempfile
from collections.abc import Iterator

from tf2lint.config import Options, Projects
from tf2lint.engine import Linter

PRELUDE = "import tensorflow as tf\nimport numpy as np\n"
_STATE = {
    "tf-variable-in-function": "TF501",
    "tf-variable-useless-guard": "TF501",
    "tf-variable-tensor-guard": "TF501",
    "tf-function-on-init": "TF501 TF805",
    "shared-function-many-models": "TF501 TF502 TF503 TF805",
    "keras-layer-in-function": "TF502",
    "keras-model-in-function": "TF502",
    "keras-optimizer-in-function": "TF503",
    "rng-generator-in-function": "TF504",
    "queue-or-writer-in-function": "TF505",
    "iterator-created-in-function": "TF506 TF709",
    "mutable-table-in-function": "TF507",
    "seed-in-function": "TF606 TF510",
    "checkpoint-io-in-function": "TF508",
    "keras-fit-in-function": "TF509",
    "v1-graph-in-function": "TF510 TF1 TF2 TF3",
    "layer-state-in-call": "TF501 TF502",
}
_EFFECTS = {
    "print-in-function": "TF601",
    "tensor-formatting": "TF712 TF601 TF602",
    "py-mutation-closure": "TF603",
    "tensor-leak": "TF605",
    "tensor-cache": "TF605",
    "arg-mutation": "TF604",
    "variable-augassign": "TF713",
    "tensor-item-assign": "TF713",
    "frozen-time": "TF606",
    "frozen-random": "TF606",
    "host-io": "TF607",
    "host-io-tensor-path": "TF702 TF607",
    "read-file-const": "TF607",
    "logging-in-function": "TF602",
    "py-iterator-in-function": "TF608",
    "generator-decorated": "TF805",
    "python-state-guard": "TF609 TF603",
    "raise-under-tensor-if": "TF610",
    "assert-on-tensor": "TF610 TF703",
    "try-except-runtime": "TF611",
    "unused-op-result": "TF612",
    "summary-python-step": "TF613",
    "keras-side-effects": "TF601 TF602 TF603 TF605 TF606 TF607",
    "dataset-callback-effects": "TF601 TF602 TF603 TF605 TF606 TF607",
    "tensorarray-write-unused": "TF612",
}
_VALUES = {
    "numpy-method": "TF701",
    "np-on-tensor": "TF701",
    "py-builtin-on-tensor": "TF702",
    "tensor-iteration": "TF702 TF703",
    "dataset-python-iteration": "TF709",
    "tensor-bool-unconverted": "TF703",
    "keras3-no-autograph": "TF703 TF702",
    "autograph-rejected-syntax": "TF705 TF703",
    "cond-not-scalar-bool": "TF704",
    "tensor-membership": "TF702 TF711 TF4",
    "tensor-is-bool": "TF711",
    "branch-undefined": "TF706",
    "branch-type-mismatch": "TF706",
    "return-in-tensor-loop": "TF707",
    "return-in-with": "TF705 TF706",
    "tensor-break-in-python-loop": "TF707",
    "loop-var-undefined": "TF707",
    "loop-dtype-shape": "TF707",
    "list-append-in-tensor-loop": "TF708",
    "hidden-loop-modification": "TF708",
    "static-dim-none": "TF710",
    "recursion": "TF705",
    "cond-python-bool": "TF704",
    "escape-hatch-misuse": "TF714",
    "init-scope-symbolic": "TF714",
}
_RETRACING = {
    "method-on-temporary": "TF805",
    "unrolled-loop": "TF807",
    "eager-switch-left": "TF807",
    "retrace-shape": "TF807",
    "retrace-python-scalar": "TF801",
    "retrace-object-arg": "TF801",
    "tf-function-in-loop": "TF802",
    "stale-closure": "TF803",
    "input-signature-mismatch": "TF804",
    "bad-return-type": "TF805",
    "deprecated-function-kw": "TF801 TF4",
    "xla-unsupported": "TF806",
    "xla-assert-dropped": "TF806",
}
OWN = {**_STATE, **_EFFECTS, **_VALUES, **_RETRACING}
"""The rules that speak of a check; of the checks that are not listed, which have no traced code, any rule does."""


def programs(folder: pathlib.Path) -> Iterator[tuple[str, str]]:
    """The programs of a folder by name, `ID.variant`."""
    for path in sorted(folder.glob("*.cases")):
        for part in path.read_text(encoding="utf-8").split("\n### ")[0:]:
            head, *variants = part.removeprefix("### ").split("\n--- ")
            for variant in variants:
                name, _, text = variant.partition("\n")
                yield f"{head.split('|')[0].strip()}.{name.strip()}", text.strip("\n") + "\n"


def codes(folder: pathlib.Path, files: dict[str, str], enable: tuple[str, ...]) -> set[str]:
    """The codes of what is found in any of some modules, which lie together in one project."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    out = set()
    for name, text in files.items():
        path = folder / name
        linter = Linter(Projects(Options(enable=enable or None)).of(path))
        out |= {finding.rule.code for finding in linter.lint(path, text) if finding.rule.default or enable}
    return out


def spread(text: str) -> dict[str, str] | None:
    """A program in two modules: what is no tf.function and needs none goes into a library; None if nothing can."""
    tree = ast.parse(text)
    if any(isinstance(node, ast.Global | ast.Nonlocal) for node in ast.walk(tree)):
        return None
    movable: dict[str, ast.stmt] = {}
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            if "tf.function" not in ast.unparse(statement):
                movable[statement.name] = statement
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            movable[statement.targets[0].id] = statement
    bound = collections.Counter(name for statement in tree.body for name in _binds(statement))
    movable = {name: statement for name, statement in movable.items() if bound[name] == 1}
    while True:
        staying = {name for statement in tree.body if statement not in movable.values() for name in _binds(statement)}
        kept = {name: statement for name, statement in movable.items() if not _uses(statement) & staying}
        if len(kept) == len(movable):
            break
        movable = kept
    if not any(isinstance(statement, ast.FunctionDef | ast.ClassDef) for statement in movable.values()):
        return None
    imports = [statement for statement in tree.body if isinstance(statement, ast.Import | ast.ImportFrom)]
    library = [*imports, *(statement for statement in tree.body if statement in movable.values())]
    rest = [statement for statement in tree.body if statement not in movable.values()]
    names = ", ".join(movable)
    return {
        "library.py": PRELUDE + "".join(f"{ast.unparse(statement)}\n" for statement in library),
        "main.py": f"{PRELUDE}from library import {names}\n"
        + "".join(f"{ast.unparse(statement)}\n" for statement in rest),
    }


def _binds(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return {statement.name}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return set()
    stored = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    changed = {
        node.value.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute | ast.Subscript)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
    }
    return stored | changed


def _uses(statement: ast.stmt) -> set[str]:
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def main() -> None:
    """Print a line for each check, and the sums."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=pathlib.Path)
    ask.add_argument("--spread", action="store_true", help="compare each program with itself in two modules")
    ask.add_argument("--all", action="store_true", help="with the rules that are off by default")
    ask.add_argument("--list", action="store_true", help="name the programs that are missed")
    arguments = ask.parse_args()
    labels = json.loads((arguments.folder / "labels.json").read_text(encoding="utf-8"))
    enable = ("all",) if arguments.all else ()
    sums: collections.Counter[str] = collections.Counter()
    for name, text in programs(arguments.folder):
        entry = labels[name]
        with tempfile.TemporaryDirectory() as folder:
            whole = codes(pathlib.Path(folder), {"program.py": PRELUDE + text}, enable)
        if arguments.spread:
            parts = spread(text) if entry["label"] == "bad" and whole else None
            if parts is not None:
                with tempfile.TemporaryDirectory() as folder:
                    found = codes(pathlib.Path(folder), parts, enable)
                sums["spread"] += 1
                sums["same"] += whole <= found
                if arguments.list and not whole <= found:
                    print(f"lost {name}: {' '.join(sorted(whole - found))}")
            continue
        bad = entry["label"] == "bad"
        own = any(_is_own(code, check) for check in entry["checks"] for code in whole)
        sums[f"{entry['label']}"] += 1
        sums[f"{entry['label']} found"] += bool(whole)
        sums["own"] += bad and own
        if arguments.list and bad and not own:
            print(f"{'other' if whole else 'missed'} {name} {' '.join(entry['checks'])}: {' '.join(sorted(whole))}")
        if arguments.list and not bad and whole:
            print(f"flagged {name} {' '.join(entry['checks'])}: {' '.join(sorted(whole))}")
    print(", ".join(f"{key} {value}" for key, value in sums.items()))


def _is_own(code: str, check: str) -> bool:
    return any(code.startswith(own) for own in OWN.get(check, "TF").split())


if __name__ == "__main__":
    main()
