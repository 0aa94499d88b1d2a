"""The folders of the files that were looked at, as a tree with the numbers of each."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from tf2lint.report.model import Repository, Tally

_DEEPEST = 40


@dataclasses.dataclass(slots=True)
class Node:
    """A folder or a file; `path` is its whole name, `name` what it adds to that of the folder above."""

    name: str
    path: str
    tally: Tally = dataclasses.field(default_factory=Tally)
    children: dict[str, Node] = dataclasses.field(default_factory=dict)

    def sorted(self, *, by_lines: bool) -> list[Node]:
        """The nodes in this one that weigh something, the heaviest first."""
        nodes = [node for node in self.children.values() if node.weight(by_lines=by_lines)]
        return sorted(nodes, key=lambda node: (-node.weight(by_lines=by_lines), node.name))

    def weight(self, *, by_lines: bool) -> int:
        """The area that it gets: its lines, or its findings where lines are not known."""
        return self.tally.lines if by_lines else self.tally.findings


def tree(repositories: Sequence[Repository]) -> Node:
    """All files by folder; repositories, where there are several, are the folders at the top."""
    root = Node("", "")
    for repository in repositories:
        for file in repository.files:
            parts = [part for part in file.path.split("/") if part not in ("", ".")] or ["?"]
            parts[_DEEPEST:] = ["/".join(parts[_DEEPEST:])] if len(parts) > _DEEPEST else []
            node = root
            node.tally.add(file)
            for part in ([repository.name] if repository.name else []) + parts:
                whole = f"{node.path}/{part}" if node.path else part
                node = node.children.setdefault(part, Node(part, whole))
                node.tally.add(file)
    if any(repository.name for repository in repositories):
        root.children = {name: _without_single(child, rename=False) for name, child in root.children.items()}
        return root
    return _without_single(root, rename=False)


def _without_single(node: Node, *, rename: bool) -> Node:
    """The node without folders that hold nothing but one other folder; with `rename` they stay in its name."""
    children = {name: _without_single(child, rename=True) for name, child in node.children.items()}
    if len(children) == 1:
        (only,) = children.values()
        if only.children:
            name = f"{node.name}/{only.name}" if rename else node.name
            return Node(name, only.path, node.tally, only.children)
    return Node(node.name, node.path, node.tally, children)
