"""The pinned wheels, and the folder that holds their unpacked Python source.

A wheel is fetched with pip, its `.py` files are unpacked to `<cache>/<distribution>-<minor>/`, and the wheel is thrown
away. A folder that is there already is taken as it is.
"""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

_ESTIMATOR = (
    "1.15.2 2.0.1 2.1.0 2.2.0 2.3.0 2.4.0 2.5.0 2.6.0 2.7.0 2.8.0 2.9.0 2.10.0 2.11.0 2.12.0 2.13.0 2.14.0 2.15.0"
)
_KERAS = (
    "2.6.0 2.7.0 2.8.0 2.9.0 2.10.0 2.11.0 2.12.0 2.13.1 2.14.0 2.15.0 "
    "3.0.5 3.1.1 3.2.1 3.3.3 3.4.1 3.5.0 3.6.0 3.7.0 3.8.0 3.9.2 3.10.0 3.11.3 3.12.4 3.13.2 3.14.1 3.15.1"
)
_TENSORFLOW_CPU = (
    "2.1.4 2.2.3 2.3.4 2.4.4 2.5.3 2.6.5 2.7.4 2.8.4 2.9.3 2.10.1 2.11.1 2.12.1 2.13.1 2.14.1 2.15.1 "
    "2.16.2 2.17.1 2.18.1 2.19.1 2.20.0 2.21.0"
)

PINS: dict[str, tuple[str, ...]] = {
    "tensorflow": ("1.15.5", "2.0.4"),
    "tensorflow-cpu": tuple(_TENSORFLOW_CPU.split()),
    "tensorflow-estimator": tuple(_ESTIMATOR.split()),
    "keras": tuple(_KERAS.split()),
    "tensorboard": ("2.0.2", "2.11.2"),
}
"""The exact version of each wheel: the newest patch of each minor."""

_PYTHONS = ("3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13")
_PLATFORMS = ("manylinux2010_x86_64", "manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_27_x86_64", "any")


def folder(distribution: str, version: str) -> str:
    """The name of the folder below the cache."""
    return f"{distribution}-{'.'.join(version.split('.')[:2])}"


def fetch(cache: pathlib.Path) -> None:
    """Fetch what the cache lacks. Raises RuntimeError where a wheel is not to be had."""
    cache.mkdir(parents=True, exist_ok=True)
    for distribution, versions in PINS.items():
        for version in versions:
            target = cache / folder(distribution, version)
            if not target.is_dir():
                _fetch(distribution, version, target)


def _fetch(distribution: str, version: str, target: pathlib.Path) -> None:
    print(f"fetching {distribution} {version}", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        for python in _PYTHONS:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
            command += ["--python-version", python, "--implementation", "cp", "--dest", scratch]
            command += [part for platform in _PLATFORMS for part in ("--platform", platform)]
            done = subprocess.run([*command, f"{distribution}=={version}"], capture_output=True, text=True, check=False)
            wheels = list(pathlib.Path(scratch).glob("*.whl"))
            if wheels:
                break
        else:
            raise RuntimeError(f"no wheel of {distribution} {version}: {done.stderr.strip()[-300:]}")
        unpacked = pathlib.Path(scratch) / "unpacked"
        with zipfile.ZipFile(wheels[0]) as wheel:
            for name in wheel.namelist():
                if name.endswith(".py"):
                    wheel.extract(name, unpacked)
        shutil.move(unpacked, target)
