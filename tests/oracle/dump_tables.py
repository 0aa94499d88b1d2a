"""Prints, as JSON, the tables of `tf_upgrade_v2` of the TensorFlow that this interpreter has (Python 3.7 or newer)."""

from __future__ import annotations

import importlib
import json
import os
from typing import Any, Dict  # noqa: UP035  # Python 3.7 reads this file.


def main() -> None:
    """Names as tf2lint spells them; of warnings only what they are about."""
    answer = os.dup(1)
    os.dup2(2, 1)
    specification = importlib.import_module("tensorflow.tools.compatibility.tf_upgrade_v2").TFAPIChangeSpec()

    def of_public(table: Dict[str, Any]) -> Dict[str, Any]:  # noqa: UP006
        return {
            name.replace("tf.compat.v2.", "tf."): entry
            for name, entry in table.items()
            if not name.startswith("contrib_")
        }

    tables = {
        "keywords": of_public(specification.function_keyword_renames),
        "orders": of_public(specification.function_reorders),
        "warnings": sorted(of_public(specification.function_warnings)),
        "argument_warnings": {
            name: sorted(keyword for keyword, _ in entry)
            for name, entry in of_public(specification.function_arg_warnings).items()
        },
    }
    os.write(answer, json.dumps(tables).encode())


if __name__ == "__main__":
    main()
