"""The plugin of python-lsp-server, found by its entry point: diagnostics and quick fixes in editors.

What is shown is what `tf2lint check` says of the file as the editor has it: targets, rules, baseline and comments are
the project's. The only setting of the server is `pylsp.plugins.tf2lint.enabled`.
"""

from __future__ import annotations

import logging
import os
import urllib.parse
import weakref
from typing import Any

from pylsp import hookimpl, uris

from tf2lint import source
from tf2lint.lsp.actions import Asked, actions
from tf2lint.lsp.diagnostics import diagnostics
from tf2lint.lsp.document import Document, Json
from tf2lint.lsp.session import Looked, Session

_log = logging.getLogger(__name__)
_sessions: weakref.WeakKeyDictionary[Any, Session] = weakref.WeakKeyDictionary()
_warned: set[str] = set()

_WARNING = 2
"""How grave a message to the user is."""


@hookimpl
def pylsp_settings() -> Json:
    """On unless somebody switches it off; everything else stands in the project's configuration."""
    return {"plugins": {"tf2lint": {"enabled": True}}}


@hookimpl
def pylsp_lint(config: Any, workspace: Any, document: Any) -> list[Json]:
    """The diagnostics of a document."""
    ours = _document(workspace, document)
    if ours is None:
        return []
    looked = _session(workspace).look(ours)
    if looked.failure:
        _log.error("tf2lint: %s: %s", ours.path, looked.failure)
    for warning in looked.warnings:
        if warning not in _warned:
            _warned.add(warning)
            workspace.show_message(f"tf2lint: {warning}", _WARNING)
    return _diagnostics(config, looked)


@hookimpl
def pylsp_code_actions(config: Any, workspace: Any, document: Any, range: Json, context: Json) -> list[Json]:  # noqa: A002
    """What can be done about the findings in a range."""
    ours = _document(workspace, document)
    if ours is None:
        return []
    session = _session(workspace)
    asked = Asked(
        range,
        diagnostics=tuple(context.get("diagnostics") or ()),
        only=tuple(context.get("only") or ()),
        versioned=bool(_capability(config, "workspace", "workspaceEdit", "documentChanges")),
        disabled=bool(_capability(config, "textDocument", "codeAction", "disabledSupport")),
    )
    return actions(session, ours, asked, _diagnostics(config, session.known(ours)))


def _diagnostics(config: Any, looked: Looked) -> list[Json]:
    with_links = bool(_capability(config, "textDocument", "publishDiagnostics", "codeDescriptionSupport"))
    return diagnostics(looked, uris.from_fs_path, with_links=with_links)


def _session(workspace: Any) -> Session:
    if workspace not in _sessions:
        _sessions[workspace] = Session()
    return _sessions[workspace]


def _document(workspace: Any, document: Any) -> Document | None:
    """The document as we see it; None for what is not to be linted: the joined cells of a notebook, or one as JSON.

    One that lies nowhere (`untitled:`) is taken as if it lay in the workspace's folder.
    """
    path = document.path
    if not urllib.parse.urlsplit(document.uri).scheme or path.lower().endswith(source.NOTEBOOK):
        return None
    try:
        text = document.source
    except (OSError, ValueError):  # It is not open, and can not be read.
        return None
    if not os.path.isabs(path):
        path = os.path.join(workspace.root_path or os.getcwd(), os.path.basename(path) or "untitled.py")
    return Document(document.uri, os.path.abspath(path), text, document.version)


def _capability(config: Any, *keys: str) -> object:
    """What the client says it can do."""
    found: Any = config.capabilities
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found
