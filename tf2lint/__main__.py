"""`python -m tf2lint` is the command."""

import os
import sys

# `-m` puts the current directory in front of the path. It may be the project under lint, of whose modules none is to be
# run, whatever its name. Only if this package itself was found there, it is wanted.
try:
    here = os.getcwd()
except OSError:  # It was removed: the command says so, if it matters.
    here = ""
if sys.path and sys.path[0] == here != os.path.dirname(os.path.dirname(os.path.abspath(__file__))):
    del sys.path[0]

from tf2lint.cli import run

if __name__ == "__main__":
    run()
