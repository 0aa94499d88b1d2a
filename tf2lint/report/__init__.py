"""The page that shows how a migration stands: numbers, drawing, history; `tf2lint.cli.report` is the command."""

from __future__ import annotations
