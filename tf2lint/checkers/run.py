"""About the run itself: what could not be analysed or is Python 2, and suppressions that suppress nothing."""

from __future__ import annotations

from tf2lint.findings import Rule, Severity

NOT_ANALYSED = Rule(
    code="TF001",
    pylint_id="E6801",
    symbol="tf-not-analysed",
    summary="A file that could not be read or parsed, so that nothing can be said of it.",
    message="not analysed: {problem}",
    hint="make it a file that the Python which runs tf2lint can parse; Python 2 code has to be converted first",
    url="",
    severity=Severity.BREAKS,
)
UNUSED_SUPPRESSION = Rule(
    code="TF002",
    pylint_id="C6802",
    symbol="tf-unused-suppression",
    summary="A comment that suppresses a rule of tf2lint where it has nothing to say.",
    message="{name} is suppressed here and does not occur: {hint}.",
    hint="remove it from the comment",
    url="",
    severity=Severity.DISCOURAGED,
    default=False,
)
PYTHON_2 = Rule(
    code="TF003",
    pylint_id="E6851",
    symbol="tf-python-two",
    summary="A file in Python 2, on which TensorFlow 2.2 and later do not run; it is linted as if it were converted.",
    message="this is Python 2 ({problem}): {hint}.",
    hint="convert it first, for example with 2to3, since TensorFlow 2.2 and later run on Python 3 alone",
    url="",
    severity=Severity.BREAKS,
    since="2.2",
)
