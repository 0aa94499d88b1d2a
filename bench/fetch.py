"""The pinned packages that tf2lint is measured on: `python -m bench.fetch [--folder FOLDER] [NAME ...]`.

Each is downloaded as a wheel, without its dependencies, and unpacked to `<folder>/<name>/`; nothing of it is installed
or run. A package that is there in the pinned version is taken as it is. `tf1`, `tf2` and `small` name several.
"""

from __future__ import annotations

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping

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

SMALL = {
    "dopamine-rl": "e1dc9fad270912402832597b2e38f51052f566703e8178b05ae2385750875329",
    "lucid": "e4e0401b76793e680889bf00304afa410ee184fdc921a13e7f32d9d9e03dd0b4",
    "tensorforce": "6d2a6081cdde4dd23b5595b9415d046929adf43b02bd0bc71d75d5a6bd14c73c",
    "tensorflow-recommenders": "f20c098879a7e3c4343ea5bc257adf80e6cb63ca139e53ffab46f8eb617915db",
}
"""Small ones in which many rules speak, for CI, with the SHA-256 of the wheel, which is the same on every platform."""

GROUPS: Mapping[str, Iterable[str]] = {"tf1": TF1, "tf2": TF2, "small": SMALL}
"""The names that stand for several packages."""

_PLATFORMS = ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "any")
_PYTHONS = ("", "3.11", "3.10", "3.9", "3.8", "3.7", "2.7")
"""Versions to ask pip for in turn; the first is the one that runs."""


class FetchError(Exception):
    """A package that could not be had in its pinned version."""


def named(given: Iterable[str]) -> list[str]:
    """The packages that names and groups stand for, each once; all of them without any. Raises FetchError."""
    names = list(dict.fromkeys(name for one in given or PACKAGES for name in GROUPS.get(one, (one,))))
    unknown = sorted(set(names) - set(PACKAGES))
    if unknown:
        raise FetchError(f"unknown package {', '.join(unknown)}; known are {', '.join((*GROUPS, *PACKAGES))}")
    return names


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
    wanted = scratch / "wanted.txt"
    wanted.write_text(f"{name}=={version}" + (f" --hash=sha256:{SMALL[name]}" if name in SMALL else ""))
    for python in _PYTHONS:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary=:all:", "--dest", str(scratch), "--requirement", str(wanted)]
        if python:
            command += ["--python-version", python]
            command += [part for platform in _PLATFORMS for part in ("--platform", platform)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = list(scratch.glob("*.whl"))
        if done.returncode == 0 and wheels:
            return wheels[0]
        if "DO NOT MATCH THE HASHES" in done.stderr:
            raise FetchError(f"{name} {version}: it is not the wheel that was pinned:\n{done.stderr.strip()}")
        problem = done.stderr.strip() or f"pip ended with {done.returncode}"
    raise FetchError(f"{name} {version}: {problem.splitlines()[-1]}")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status is 1 where a package is not to be had."""
    parser = argparse.ArgumentParser(prog="python -m bench.fetch", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="packages or groups of them; all without any")
    parser.add_argument("--folder", type=pathlib.Path, default=FOLDER, help="where to unpack them")
    options = parser.parse_args(arguments)
    try:
        names = named(options.names)
    except FetchError as error:
        parser.error(str(error))
    status = 0
    for name in names:
        try:
            news = "fetched" if fetch(name, options.folder) else "is there"
            print(f"{name} {PACKAGES[name]}: {news}")
        except FetchError as error:
            print(f"{error}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
