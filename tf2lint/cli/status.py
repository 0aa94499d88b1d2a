"""The exit statuses of the command."""

from __future__ import annotations

CLEAN = 0
"""Everything was analysed, nothing was found."""
FINDINGS = 1
"""There are findings; a file that could not be analysed is one."""
FAILED = 2
"""A usage error, a path that is missing, or an internal error. What could be linted was linted."""
