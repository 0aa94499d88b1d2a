"""Holds findings against a real TensorFlow: are the names that they call missing or raising really so?"""

from __future__ import annotations

import collections
import dataclasses

from bench import interpreters, verify_calls
from bench.corpus import Found
from tf2lint.findings import Severity

CONFIRMED, REFUTED, UNDECIDED = "confirmed", "REFUTED", "undecided"


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """What TensorFlow says of a finding: confirmed, refuted, or not to be decided by a name alone, and why."""

    package: str
    found: Found
    verdict: str
    reason: str


def judge(everything: list[tuple[str, Found]], python: str) -> list[Verdict]:
    """Verdicts on all findings of severity *breaks* and on those about arguments.

    A file that was not analysed is no claim about TensorFlow.
    """
    about_calls = [pair for pair in everything if pair[1].finding.rule.symbol in verify_calls.SYMBOLS]
    functions = sorted({name for _, found in about_calls if (name := _judged(found))})
    taken = dict(
        zip(functions, interpreters.ask(python, "probe.py", [["signature", n, 1] for n in functions]), strict=True)
    )
    verdicts = []
    for package, found in about_calls:
        parameters, error = taken.get(_judged(found), (None, "no dotted name"))
        verdicts.append(Verdict(package, found, *verify_calls.judge(found.finding.message, parameters, error)))
    return verdicts + _of_names([pair for pair in everything if pair not in about_calls], python)


def _of_names(everything: list[tuple[str, Found]], python: str) -> list[Verdict]:
    """Verdicts on findings of severity *breaks* that say that a name is missing or raises."""
    claims = [
        (package, found)
        for package, found in everything
        if found.finding.rule.severity is Severity.BREAKS and found.finding.rule.symbol != "tf-not-analysed"
    ]
    names = sorted({name for _, found in claims if (name := _dotted(found.finding.name))})
    outcomes = dict(zip(names, interpreters.ask(python, "probe.py", [["use", n, 1] for n in names]), strict=True))
    return [
        Verdict(package, found, *_verdict(found, outcomes.get(_dotted(found.finding.name))))
        for package, found in claims
    ]


def _judged(found: Found) -> str:
    """The function whose parameters a message speaks of: the one that is called, or what takes its place."""
    return _dotted(found.finding.message.split()[0].rstrip(","))


def _dotted(name: str) -> str:
    """A name as Python imports it; empty where it is none of TensorFlow or Keras."""
    top, _, rest = name.partition(".")
    top = {"tf": "tensorflow"}.get(top, top)
    return f"{top}.{rest}" if rest and top in ("tensorflow", "keras") else ""


def _verdict(found: Found, outcome: list[str] | None) -> tuple[str, str]:
    message, symbol = found.finding.message, found.finding.rule.symbol
    if symbol in ("tf-session-run", "tf-feed-dict", "tf-tensor-eval"):
        return UNDECIDED, "a call: read it"
    if found.finding.rule.code.startswith("TF5"):
        return UNDECIDED, "about where it is called: read it"
    if outcome is None:
        return UNDECIDED, "no dotted name"
    what, error = outcome
    if what in ("missing", "raises"):
        return CONFIRMED, f"{what}: {error}"
    if "eager" in message:
        return UNDECIDED, f"fails under eager execution only: read it ({what} {error})".replace(" )", ")")
    if what == "raises when called":
        # Without arguments much raises; what raises whatever the arguments says so.
        hopeless = error.startswith(("ImportError", "NotImplementedError")) or "Keras 3" in error
        if hopeless and not _called(found):
            return UNDECIDED, f"raises only when it is called, which is not seen here: {error}"
        return (CONFIRMED if hopeless else UNDECIDED), f"{what}: {error}"
    if what == "importable":
        return UNDECIDED, f"an import reaches it, an attribute does not: {error}"
    return (UNDECIDED, "the process died") if what == "died" else (REFUTED, "it is there")


def _called(found: Found) -> bool:
    """Whether a parenthesis follows the name."""
    after = found.source_line.encode("utf-8", "surrogatepass")[found.finding.span.end_column :]
    return after.lstrip().startswith(b"(")


def report(everything: list[tuple[str, Found]], python: str) -> None:
    """Print the counts per package, and every finding that was not confirmed."""
    verdicts = judge(everything, python)
    counts: dict[str, collections.Counter[str]] = {}
    for verdict in verdicts:
        counts.setdefault(verdict.package, collections.Counter())[verdict.verdict] += 1
    print("\nfindings of severity breaks, held against TensorFlow by machine:")
    for package, count in counts.items():
        print(f"  {package}: " + ", ".join(f"{count[kind]} {kind}" for kind in (CONFIRMED, REFUTED, UNDECIDED)))
    for verdict in sorted(verdicts, key=lambda v: (v.verdict, v.package, str(v.found))):
        if verdict.verdict != CONFIRMED:
            print(f"{verdict.verdict}: {verdict.package}/{verdict.found}\n    {verdict.found.source_line.strip()}")
            print(f"    {verdict.reason}")


if __name__ == "__main__":
    raise SystemExit("run python -m bench.precision --verify PYTHON")
