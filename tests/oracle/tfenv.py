"""Make a virtual environment that has a given TensorFlow, for the oracle.

    python tests/oracle/tfenv.py VERSION FOLDER

VERSION is one of the minors below. The last line on standard output is the path of the environment's interpreter; a
finished environment is used again as it is. The exit status is 1, with a message, where the Python that this TensorFlow
needs is not installed: neither on PATH nor under pyenv.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# TensorFlow minor -> the Pythons it may have, best first, and what to install. Pins beside TensorFlow are of
# packages that it leaves open, and without which it no longer imports.
ENVIRONMENTS = {
    "1.15": (["3.7"], ["tensorflow==1.15.5", "protobuf<3.21"]),
    "2.4": (["3.8"], ["tensorflow-cpu==2.4.4", "protobuf<3.21"]),
    "2.11": (["3.10"], ["tensorflow-cpu==2.11.1", "numpy<2"]),
    "2.15": (["3.11"], ["tensorflow-cpu==2.15.1", "numpy<2"]),
    # Keras: the newest that tf2lint's database knows. tensorboard: tf.summary needs it, 2.21 does not bring it.
    "2.21": (["3.13", "3.12", "3.11", "3.10"], ["tensorflow-cpu==2.21.0", "keras>=3.12,<3.16", "tensorboard"]),
}
MARKER = "tf2lint-tensorflow.txt"
_ABOUT = "import sys; print(sys.executable); print('.'.join(map(str, sys.version_info[:2])))"


def main() -> int:
    """Make the environment, or find it made."""
    parser = argparse.ArgumentParser(description="Make a virtual environment that has a given TensorFlow.")
    parser.add_argument("version", choices=ENVIRONMENTS)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    pythons, requirements = ENVIRONMENTS[arguments.version]
    folder: Path = arguments.folder.absolute()
    python = folder / "bin" / "python"
    marker = folder / MARKER
    if marker.exists() and marker.read_text(encoding="utf-8").splitlines() == requirements and works(python):
        print(python)
        return 0
    if folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists():
        return fail(f"{folder} is not empty, and no virtual environment")
    base = next((found for version in pythons for found in [find_python(version)] if found), None)
    if base is None:
        needed = " or ".join(pythons)
        return fail(f"TensorFlow {arguments.version} needs Python {needed}, neither on PATH nor under pyenv")
    marker.unlink(missing_ok=True)
    for command in (
        [base, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements],
        [str(python), "-W", "ignore", "-c", "import tensorflow"],
    ):
        if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
            return fail(f"this failed: {' '.join(command)}")
    marker.write_text("\n".join(requirements) + "\n", encoding="utf-8")
    print(python)
    return 0


def fail(message: str) -> int:
    """Say why there is no environment."""
    print(f"tfenv: {message}", file=sys.stderr)
    return 1


def find_python(version: str) -> str | None:
    """The path of an interpreter of this Python minor, or None."""
    for candidate in candidates(version):
        if about(candidate)[1:] == [version]:
            return candidate
    return None


def candidates(version: str) -> Iterator[str]:
    """Paths that may be an interpreter of this Python minor: a shim of pyenv, for one, may lead nowhere."""
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield on_path
    for root in pyenv_roots():
        found = [path for path in (root / "versions").glob(f"{version}.*") if re.fullmatch(r"[\d.]+", path.name)]
        for path in sorted(found, key=lambda path: [int(part) for part in path.name.split(".")], reverse=True):
            yield str(path / "bin" / "python")


def pyenv_roots() -> Iterator[Path]:
    """Where pyenv may keep its versions."""
    if os.environ.get("PYENV_ROOT"):
        yield Path(os.environ["PYENV_ROOT"])
    if shutil.which("pyenv"):
        answer = subprocess.run(["pyenv", "root"], capture_output=True, text=True, check=False)
        if answer.returncode == 0 and answer.stdout.strip():
            yield Path(answer.stdout.strip())
    yield Path.home() / ".pyenv"


def about(python: str | Path) -> list[str]:
    """Path and minor of an interpreter, as it says itself; empty where it does not run."""
    try:
        answer = subprocess.run([str(python), "-c", _ABOUT], capture_output=True, text=True, check=False)
    except OSError:
        return []
    return answer.stdout.split("\n")[:2] if answer.returncode == 0 else []


def works(python: Path) -> bool:
    """Whether the environment's interpreter still runs: the Python it was made from may be gone."""
    return bool(about(python))


if __name__ == "__main__":
    sys.exit(main())
