"""`python -m tf2lint` is the command."""

from __future__ import annotations

import sys

from tf2lint.cli import main

if __name__ == "__main__":
    sys.exit(main())
