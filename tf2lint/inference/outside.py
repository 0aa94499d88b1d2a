"""What objects of outside libraries are, where a rule asks: a logger, a file, a generator of random numbers.

An instance of an outside class goes by the name of its class, and what a method of it is by `class.method`.
"""

from __future__ import annotations

from tf2lint.inference.values import External

_MADE_BY = {
    "logging.getLogger": "logging.Logger",
    "logging.Logger.getChild": "logging.Logger",
    "absl.logging.get_absl_logger": "logging.Logger",
    "tf.get_logger": "logging.Logger",
    "structlog.get_logger": "logging.Logger",
    "structlog.getLogger": "logging.Logger",
    "numpy.random.default_rng": "numpy.random.Generator",
    "numpy.random.mtrand.RandomState": "numpy.random.RandomState",
    "random.SystemRandom": "random.Random",
    "builtins.open": "io.IOBase",
    "io.open": "io.IOBase",
    "codecs.open": "io.IOBase",
    "gzip.open": "io.IOBase",
    "csv.writer": "csv.writer",
    "csv.DictWriter": "csv.writer",
    "threading.Timer": "threading.Thread",
    "multiprocessing.Process": "threading.Thread",
    "pathlib.PosixPath": "pathlib.Path",
    "pathlib.Path.cwd": "pathlib.Path",
    "pathlib.Path.home": "pathlib.Path",
    "pathlib.Path.joinpath": "pathlib.Path",
    "pathlib.Path.with_suffix": "pathlib.Path",
    "pathlib.Path.with_name": "pathlib.Path",
    "pathlib.Path.resolve": "pathlib.Path",
    "pathlib.Path.absolute": "pathlib.Path",
    "pathlib.Path.expanduser": "pathlib.Path",
}
_CLASSES = frozenset(
    (
        "logging.Logger logging.LoggerAdapter numpy.random.Generator numpy.random.RandomState random.Random "
        "pathlib.Path pprint.PrettyPrinter rich.console.Console threading.Thread"
    ).split()
)
"""Classes that give an instance of themselves when they are called, and stand for one in an annotation."""

PATH = External("pathlib.Path")


def made_by(name: str) -> External | None:
    """The object that calling an outside function or class gives; None where no rule asks for it."""
    made = _MADE_BY.get(name) or (name if name in _CLASSES else None)
    return External(made) if made is not None else None


def is_followed(name: str) -> bool:
    """Whether an annotation with the name of an outside class says something that a rule asks for."""
    return name in _CLASSES
