"""A small client of the Language Server Protocol, over the standard input and output of a real server."""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import pathlib
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]

TIMEOUT = 120.0
"""Seconds to wait for an answer: a machine may be busy."""

CAPABILITIES: Json = {
    "textDocument": {
        "publishDiagnostics": {"codeDescriptionSupport": True, "tagSupport": {"valueSet": [1, 2]}},
        "codeAction": {"disabledSupport": True, "isPreferredSupport": True},
    },
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}
"""What an editor of today can do."""


class Client:
    """One session with `pylsp`, in which no plugin but ours speaks, and what was said in it."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.said: list[tuple[str, str, Json]] = []
        self.texts: dict[str, str] = {}
        self._versions: dict[str, int] = {}
        self._number = 0
        self._inbox: queue.Queue[Json | None] = queue.Queue()
        self._errors = (folder.parent / "pylsp.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pylsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors
        )
        threading.Thread(target=self._read, daemon=True).start()

    # -- messages ---------------------------------------------------------------------------------------------------

    def request(self, method: str, **params: Any) -> Any:
        """Ask, and wait for the answer."""
        self._number += 1
        self._send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        self.said.append(("client", f"request {self._number}, {method}", params))
        answer = self._await(lambda message: message.get("id") == self._number and "method" not in message)
        assert "error" not in answer, answer
        self.said.append(("server", f"answer {self._number}", answer["result"]))
        return answer["result"]

    def notify(self, method: str, **params: Any) -> None:
        """Tell."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})
        self.said.append(("client", method, params))

    def told(self, method: str) -> Json:
        """Wait until the server tells something."""
        params: Json = self._await(lambda message: message.get("method") == method)["params"]
        self.said.append(("server", method, params))
        return params

    def _send(self, message: Json) -> None:
        data = json.dumps(message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._inbox.put(json.loads(stream.read(length)))
        self._inbox.put(None)

    def _await(self, wanted: Callable[[Json], bool]) -> Json:
        while True:
            message = self._inbox.get(timeout=TIMEOUT)
            assert message is not None, f"the server ended: {self.log()}"
            if wanted(message):
                return message
            assert message.get("method") != "textDocument/publishDiagnostics", message

    def log(self) -> str:
        """What the server wrote to standard error."""
        return pathlib.Path(self._errors.name).read_text(encoding="utf-8", errors="replace")

    # -- what an editor does ----------------------------------------------------------------------------------------

    def uri(self, name: str) -> str:
        """The URI of a file of the project; a name with a scheme is one."""
        return name if ":" in name else (self.folder / name).as_uri()

    def start(self, **capabilities: Any) -> Any:
        """Begin the session."""
        known = {point.name for point in importlib.metadata.entry_points(group="pylsp")}
        assert "tf2lint" in known, "tf2lint has to be installed anew: its entry point for pylsp is not known"
        plugins = {name: {"enabled": False} for name in sorted(known - {"tf2lint"})}
        answer = self.request(
            "initialize",
            processId=os.getpid(),
            rootUri=self.folder.as_uri(),
            capabilities={**CAPABILITIES, **capabilities},
            initializationOptions={"pylsp": {"plugins": plugins}},
        )
        self.notify("initialized")
        return answer

    def open(self, name: str, text: str) -> list[Json]:
        """Open a document, and what the server says of it."""
        uri = self.uri(name)
        self.texts[uri], self._versions[uri] = text, 1
        document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", textDocument=document)
        return self._diagnostics(uri)

    def change(self, name: str, text: str) -> list[Json]:
        """Change a document as a whole, and what the server says of it then."""
        uri = self.uri(name)
        self.texts[uri] = text
        self._versions[uri] += 1
        identifier = {"uri": uri, "version": self._versions[uri]}
        self.notify("textDocument/didChange", textDocument=identifier, contentChanges=[{"text": text}])
        return self._diagnostics(uri)

    def _diagnostics(self, uri: str) -> list[Json]:
        told = self.told("textDocument/publishDiagnostics")
        assert told["uri"] == uri
        found: list[Json] = told["diagnostics"]
        return found

    def actions(self, name: str, extent: Json, **context: Any) -> list[Json]:
        """What can be done about a range."""
        found: list[Json] = self.request(
            "textDocument/codeAction",
            textDocument={"uri": self.uri(name)},
            range=extent,
            context={"diagnostics": [], **context},
        )
        return found

    def take(self, name: str, action: Json) -> list[Json]:
        """Do what an action offers, and what the server says of the document then."""
        (change,) = action["edit"]["documentChanges"]
        uri = self.uri(name)
        assert change["textDocument"] == {"uri": uri, "version": self._versions[uri]}
        return self.change(name, applied(self.texts[uri], change["edits"]))

    def end(self) -> int:
        """End the session, and the exit status of the server."""
        assert self.request("shutdown") is None
        self.notify("exit")
        return self._process.wait(TIMEOUT)

    def close(self) -> None:
        """Leave nothing behind, whatever happened."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def transcript(self) -> str:
        """The session as a page to read, without what differs between machines and releases of the server."""
        return "\n".join(self._page())

    def _page(self) -> Iterator[str]:
        for who, what, params in self.said:
            yield f"==== {who}: {what}"
            kept: Any = params
            if what == "request 1, initialize":
                kept = {**params, "processId": 1, "initializationOptions": "every other plugin is off"}
            elif what == "answer 1":
                kept = {"codeActionProvider": params["capabilities"]["codeActionProvider"], "and": "more"}
            text = json.dumps(kept).replace(self.folder.as_uri(), "file:///project")
            yield _pretty(json.loads(text))
            yield ""


def _pretty(value: Any, indent: str = "") -> str:
    """JSON to read: what fits on a line stands on one."""
    whole = json.dumps(value, ensure_ascii=False)
    if len(indent + whole) <= 110 or not isinstance(value, dict | list) or not value:
        return whole
    deeper = indent + "  "
    if isinstance(value, dict):
        parts = [f"{deeper}{json.dumps(key)}: {_pretty(item, deeper)}" for key, item in value.items()]
    else:
        parts = [f"{deeper}{_pretty(item, deeper)}" for item in value]
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([opened, ",\n".join(parts), indent + closed])


def applied(text: str, edits: list[Json]) -> str:
    """A text after text edits: lines, and UTF-16 code units in them, count from 0."""
    data = text.encode("utf-16-le", "surrogatepass")
    starts = [0, *(2 * match.end() for match in re.finditer(r"\r\n|\r|\n", _units(text)))]

    def place(position: Json) -> int:
        return min(starts[position["line"]] + 2 * int(position["character"]), len(data))

    ordered = sorted(edits, key=lambda edit: place(edit["range"]["start"]), reverse=True)
    for edit in ordered:
        start, end = place(edit["range"]["start"]), place(edit["range"]["end"])
        data = data[:start] + edit["newText"].encode("utf-16-le") + data[end:]
    return data.decode("utf-16-le", "surrogatepass")


def _units(text: str) -> str:
    """A text of as many characters as the other has code units, with the same line ends."""
    return "".join("xx" if ord(character) > 0xFFFF else character for character in text)
