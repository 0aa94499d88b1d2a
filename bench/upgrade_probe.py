"""Runs tf_upgrade_v2 over files, one at a time, in an interpreter that has TensorFlow; by file name, as `probe.py` is.

Reads a JSON list of texts from standard input. For each, the answer is `[crash, changed text, log, CPU seconds]`, where
`crash` is the traceback's last line and empty if there was none. The command does the same for a whole tree, but the
first file that crashes ends it.
"""

from __future__ import annotations

import importlib
import json
import pathlib
import sys
import time


def main() -> None:
    """Answer the questions."""
    folder = "tensorflow.tools.compatibility"
    changes = importlib.import_module(f"{folder}.tf_upgrade_v2").TFAPIChangeSpec
    upgrader_of = importlib.import_module(f"{folder}.ast_edits").ASTCodeUpgrader
    answers: list[tuple[str, str, list[str], float]] = []
    # As its command does: one specification of the changes for all files.
    upgrader = upgrader_of(changes(import_rename=False, upgrade_compat_v1_import=True))
    for text in json.load(sys.stdin):
        started = time.process_time()
        crash, changed, log = "", "", []
        try:
            done, changed, log, _ = upgrader.update_string_pasta(text, "")
            if not done:
                crash = log[0].strip().splitlines()[-1]
        except Exception as error:  # noqa: BLE001  # That it crashes is what is counted.
            crash = "{}: {}".format(type(error).__name__, error)[:200]  # noqa: UP032
            upgrader = upgrader_of(changes(import_rename=False, upgrade_compat_v1_import=True))
        answers.append((crash, changed, log, time.process_time() - started))
    pathlib.Path(sys.argv[1]).write_text(json.dumps(answers), encoding="utf-8")


if __name__ == "__main__":
    main()
