"""The pinned packages that tf2lint is measured on: `python -m bench.fetch [--folder FOLDER] [NAME ...]`.

Each is downloaded as a wheel, without its dependencies, and unpacked to `<folder>/<name>/`; nothing of it is installed
or run. A package that is there in the pinned version is taken as it is.
"""

from __future__ import annotations

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

FOLDER = pathlib.Path(__file__).resolve().parent / "packages"
"""Where the packages are unpacked; git ignores it."""

TF1 = {
    "tensor2tensor": "1.15.7",
    "stable-baselines": "2.10.2",
    "dm-sonnet": "1.36",
    "tensorforce": "0.4.4",
    "magenta": "1.3.1",
    "trfl": "1.2.0",
    "bert-tensorflow": "1.0.4",
    "lucid": "0.3.10",
    "tensorlayer": "1.11.1",
    "tf-slim": "1.1.0",
    "dopamine-rl": "1.0.5",
}
"""Packages written for TensorFlow 1, with the version to fetch."""

TF2 = {
    "tf-agents": "0.19.0",
    "tf-models-official": "2.20.0",
    "gpflow": "2.11.2",
    "keras-cv": "0.9.0",
    "tensorflow-addons": "0.23.0",
    "tensorflow-recommenders": "0.7.7",
    "spektral": "1.3.1",
}
"""Packages written for TensorFlow 2, with the version to fetch."""

PACKAGES = {**TF1, **TF2}

_PLATFORMS = ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "any")
_PYTHONS = ("", "3.11", "3.10", "3.9", "3.8", "3.7", "2.7")
"""Versions to ask pip for in turn; the first is the one that runs."""


class FetchError(Exception):
    """A package that could not be had in its pinned version."""


def fetch(name: str, folder: pathlib.Path = FOLDER) -> bool:
    """Put a package into the folder; whether it had to be downloaded. Raises FetchError."""
    version = PACKAGES[name]
    target = folder / name
    if any(target.glob(f"*-{version}.dist-info")):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetch-") as scratch:
        wheel = _download(name, version, pathlib.Path(scratch))
        unpacked = pathlib.Path(scratch) / "unpacked"
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unpacked)
        if target.exists():
            shutil.rmtree(target)
        unpacked.rename(target)
    return True


def _download(name: str, version: str, scratch: pathlib.Path) -> pathlib.Path:
    problem = ""
    for python in _PYTHONS:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary=:all:", "--dest", str(scratch)]
        if python:
            command += ["--python-version", python]
            command += [part for platform in _PLATFORMS for part in ("--platform", platform)]
        done = subprocess.run([*command, f"{name}=={version}"], capture_output=True, text=True, check=False)
        wheels = list(scratch.glob("*.whl"))
        if done.returncode == 0 and wheels:
            return wheels[0]
        problem = done.stderr.strip() or f"pip ended with {done.returncode}"
    raise FetchError(f"{name} {version}: {problem.splitlines()[-1]}")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status is 1 where a package is not to be had."""
    parser = argparse.ArgumentParser(prog="python -m bench.fetch", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="packages; all of them without any")
    parser.add_argument("--folder", type=pathlib.Path, default=FOLDER, help="where to unpack them")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.names) - set(PACKAGES))
    if unknown:
        parser.error(f"unknown package {', '.join(unknown)}; known are {', '.join(PACKAGES)}")
    status = 0
    for name in options.names or PACKAGES:
        try:
            news = "fetched" if fetch(name, options.folder) else "is there"
            print(f"{name} {PACKAGES[name]}: {news}")
        except FetchError as error:
            print(f"{error}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
