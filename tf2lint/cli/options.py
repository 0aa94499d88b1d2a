"""What several commands take: which files, for which versions, and how they are linted."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterable, Sequence

from tf2lint import config
from tf2lint.cli.cache import NAME, VARIABLE, Cache
from tf2lint.cli.files import discover


def add_target(parser: argparse.ArgumentParser) -> None:
    """Add what says which files a command looks at, and which versions they are meant for."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, whatever its name, or a directory")
    add_versions(parser)
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="PATTERNS",
        help="names or paths not to walk into: 'third_party'",
    )
    parser.add_argument(
        "--force-exclude", action="store_true", help="leave out what is excluded also where it is named itself"
    )
    parser.add_argument(
        "--no-respect-gitignore",
        dest="gitignore",
        action="store_false",
        help="walk also into what git ignores",
    )


def add_versions(parser: argparse.ArgumentParser) -> None:
    """Add what says which versions code is meant for."""
    parser.add_argument(
        "--tensorflow", metavar="SPECIFIER", help="the TensorFlow versions that the code is meant for: '>=2.12,<2.22'"
    )
    parser.add_argument("--keras", metavar="SPECIFIER", help="the Keras versions behind tf.keras; '<3' for tf_keras")
    parser.add_argument(
        "--target",
        action=_Target,
        metavar="REQUIREMENT",
        help="either of them: 'tensorflow>=2.12,<2.22', 'keras<3', tensorflow=2.15; may be given for both",
    )
    parser.set_defaults(enable=None, tracing_print=None, baseline=None, targets=())


def add_run(parser: argparse.ArgumentParser) -> None:
    """Add what says how files are linted: the same for every command that reports or counts findings."""
    parser.add_argument(
        "--enable",
        action="append",
        metavar="RULES",
        help="codes or symbols of rules that are off by default, or all; several separated by commas",
    )
    parser.add_argument(
        "--tracing-print",
        metavar="REGEX",
        help="what a print in a tf.function says that is meant to run while tracing: 'Tracing'",
    )
    add_jobs(parser)
    parser.add_argument(
        "--baseline", metavar="FILE", help="the counts of findings that are tolerated; '' for none of the project's"
    )
    parser.add_argument(
        "--cache-dir",
        metavar="DIR",
        default=os.environ.get(VARIABLE),
        help=f"where to remember what was found; default: {NAME} in the project's directory",
    )
    parser.add_argument("--no-cache", action="store_true", help="remember nothing, and lint all anew")


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add what says how many processes a command uses."""
    parser.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="processes; 0 for one per processor; default: 1"
    )


def host_options(arguments: argparse.Namespace, enabled: Iterable[str] = ()) -> config.Options:
    """What the command line says of the configuration, and the rules that it switches on in other ways."""
    enable = (*items(arguments.enable or ()), *enabled)
    return config.Options(
        tensorflow=arguments.tensorflow,
        keras=arguments.keras,
        enable=None if arguments.enable is None and not enable else enable,
        tracing_print=arguments.tracing_print,
        baseline=arguments.baseline,
        origin=tuple((key, f"option --{'target' if key in arguments.targets else key}") for key in config.KEYS),
    )


def files_of(
    arguments: argparse.Namespace,
    projects: config.Projects,
    problem: Callable[[str, str], None],
    *,
    notebooks: bool = True,
) -> list[str]:
    """The files that a run looks at; `problem` is told the path and the reason of what can not be read."""
    return list(
        discover(
            arguments.paths,
            projects,
            items(arguments.exclude),
            problem,
            notebooks=notebooks,
            gitignore=arguments.gitignore,
            force_exclude=arguments.force_exclude,
        )
    )


def cache_of(arguments: argparse.Namespace, projects: config.Projects) -> Cache | None:
    """The cache that a run uses; None for none. Whoever asks for rules afterwards may have them from it."""
    if arguments.no_cache or arguments.cache_dir == "" or arguments.paths == ["-"]:
        return None
    cache = Cache(arguments.cache_dir)
    cache.tell_rules(projects.project_of(arguments.paths[0]))
    return cache


def items(values: Iterable[str]) -> list[str]:
    """The items of options that may be given several times, with several items each."""
    return [item for value in values for item in config.split(value)]


class _Target(argparse.Action):
    """What `--tensorflow` and `--keras` take, behind the name: `keras<3`, `tensorflow=2.15` for all of its releases."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        match = re.fullmatch(r"(tensorflow|keras)\s*([<>=!~].*)", str(values).strip())
        if match is None:
            parser.error(f"argument {option_string}: {values!r} must be tensorflow or keras, and which: 'keras<3'")
        name, wanted = match.groups()
        release = re.fullmatch(r"=\s*(\d+(?:\.\d+)?)(?:\.\d+)?(?:\.\*)?", wanted)
        setattr(namespace, name, f"=={release[1]}.*" if release else re.sub(r"^=(?=[<>!~])", "", wanted))
        namespace.targets = (*namespace.targets, name)


def _jobs(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number or os.cpu_count() or 1
