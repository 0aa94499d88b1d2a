"""Thirty programs for TensorFlow 1, moved by tf_upgrade_v2 and by `tf2lint fix`.

`python -m bench.migration --tensorflow1 PYTHON --tensorflow PYTHON [--show NAME] [PROGRAM ...]`

A program of `tests/migration` is *moved* if what a tool makes of it prints under TensorFlow 2 what the program printed
under 1.15.5. It is *silently wrong* if the tool says nothing of it, and it fails or prints something else:

- tf_upgrade_v2 says something if its report holds an entry of any kind but those that only tell what it did: a line
  "INFO: … Renamed 'a' to 'b'", "Added keywords to args of function", "Renaming … because". Whatever else it writes,
  a note or an advice at the severity INFO too, counts as saying.
- tf2lint says something if `tf2lint check`, with default settings, has a finding in what it made.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import dataclasses
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from bench import corpus
from tf2lint import cli

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / "tests" / "migration"
RUNNER = ROOT / "tests" / "oracle" / "run_programs.py"
_DID = re.compile(
    r"(Renamed (keyword argument |function |argument )?['\"]|Added keywords to args of function|Renaming )"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Made:
    """What a tool made of a program, and what it said of it: nothing, or the lines."""

    text: str
    said: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Did:
    """What a program did: what it printed, and the exception that ended it."""

    printed: str
    error: str


def run(python: str, programs: dict[str, str]) -> dict[str, Did]:
    """What programs do under an interpreter, by their names."""
    asked = [{"id": name, "source": text} for name, text in programs.items()]
    answer = subprocess.run(
        [python, str(RUNNER), "--jobs", "1"], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return {name: Did(did["stdout"], did["error"] or "") for name, did in json.loads(answer.stdout).items()}


def upgraded(python: str, programs: dict[str, str], *mode: str) -> dict[str, Made]:
    """What tf_upgrade_v2 of an interpreter makes of programs, by its command."""
    made = {}
    with tempfile.TemporaryDirectory() as scratch:
        before, after, report = (pathlib.Path(scratch) / name for name in ("before.py", "after.py", "report.txt"))
        for name, text in programs.items():
            before.write_text(text, encoding="utf-8")
            after.unlink(missing_ok=True)
            report.unlink(missing_ok=True)
            command = [python, "-m", "tensorflow.tools.compatibility.tf_upgrade_v2_main"]
            command += ["--infile", str(before), "--outfile", str(after), "--reportfile", str(report), *mode]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode or not after.exists():
                made[name] = Made(text, tuple((done.stderr.strip().splitlines() or ["it failed"])[-1:]))
            else:
                made[name] = Made(after.read_text(encoding="utf-8"), tuple(_advice(report.read_text(encoding="utf-8"))))
    return made


def _advice(report: str) -> list[str]:
    """The entries of a report that tell more than what was done."""
    entries = [line for line in report.splitlines() if re.match(r"(\S+:)?\d+:\d+: |.*(INFO|WARNING|ERROR)", line)]
    said = []
    for entry in entries:
        message = re.sub(r"^(\S+:)?\d+:\d+: ", "", entry)
        if not _DID.match(message.removeprefix("INFO: ")):
            said.append(entry)
    return said


def fixed(programs: dict[str, str], *options: str) -> dict[str, Made]:
    """What `tf2lint fix` makes of programs, and what `tf2lint check` says then."""
    made = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "setup.cfg").write_text("[tf2lint]\n")  # Default settings, whatever lies above.
        for name, text in programs.items():
            path = folder / f"{name}.py"
            path.write_text(text, encoding="utf-8")
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                cli.main(["fix", *options, str(path)])
            with contextlib.redirect_stdout(io.StringIO()) as said:
                cli.main(["check", "--output-format", "concise", str(path)])
            made[name] = Made(path.read_text(encoding="utf-8"), tuple(said.getvalue().splitlines()))
    return made


def parses(text: str) -> bool:
    """Whether Python can read a program."""
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _verdict(made: Made, did: Did, wanted: Did) -> str:
    if did == wanted:
        return "same" if not made.said else "same, told"
    how = "fails" if did.error else "differs"
    return f"{how}, told" if made.said else f"{how} SILENTLY"


def _summary(name: str, made: dict[str, Made], did: dict[str, Did], verdicts: dict[str, str]) -> list[str]:
    return [
        name,
        str(sum(parses(one.text) for one in made.values())),
        str(sum(not one.error for one in did.values())),
        str(sum(verdict.startswith("same") for verdict in verdicts.values())),
        str(sum(verdict.endswith("SILENTLY") for verdict in verdicts.values())),
        str(sum(verdict == "same, told" for verdict in verdicts.values())),
    ]


_HEAD = ["", "parse", "run", "print the same", "silently wrong", "the same, and told"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.migration", description=__doc__)
    parser.add_argument("programs", nargs="*", metavar="PROGRAM", help="names of programs; default: all")
    parser.add_argument("--tensorflow1", required=True, metavar="PYTHON", help="an interpreter with TensorFlow 1.15")
    parser.add_argument("--tensorflow", required=True, metavar="PYTHON", help="an interpreter with TensorFlow 2.21")
    parser.add_argument("--output", type=pathlib.Path, default=corpus.RESULTS / "migration", help="for what was made")
    options = parser.parse_args(arguments)
    paths = sorted(PROGRAMS.glob("*.py"))
    programs = {path.stem: path.read_text("utf-8") for path in paths if path.stem in (options.programs or path.stem)}
    wanted = run(options.tensorflow1, programs)
    for name, outcome in wanted.items():
        if outcome.error or not outcome.printed:
            print(f"{name} does not run under TensorFlow 1: {outcome.error}", file=sys.stderr)
            return 2
    tools = {
        "nothing": {name: Made(text, ()) for name, text in programs.items()},
        "tf_upgrade_v2": upgraded(options.tensorflow, programs),
        "tf_upgrade_v2 --mode SAFETY": upgraded(options.tensorflow, programs, "--mode", "SAFETY"),
        "tf2lint fix": fixed(programs),
        "tf2lint fix --unsafe": fixed(programs, "--unsafe"),
    }
    summaries, rows = [_HEAD], {name: [name] for name in programs}
    silent = 0
    for tool, made in tools.items():
        did = run(options.tensorflow, {name: one.text for name, one in made.items()})
        verdicts = {name: _verdict(made[name], did[name], wanted[name]) for name in programs}
        summaries.append(_summary(tool, made, did, verdicts))
        silent += tool.startswith("tf2lint") and any(verdict.endswith("SILENTLY") for verdict in verdicts.values())
        for name, verdict in verdicts.items():
            rows[name].append(verdict)
            _write(options.output / tool.replace(" ", "_"), name, made[name], did[name])
    print(corpus.table([["program", *tools], *rows.values()]))
    print()
    print(corpus.table(summaries))
    return 1 if silent else 0


def _write(folder: pathlib.Path, name: str, made: Made, did: Did) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(made.text, encoding="utf-8")
    (folder / f"{name}.txt").write_text("\n".join([*made.said, "---", did.printed, did.error]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
