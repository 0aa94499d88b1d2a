"""Makes the pictures in docs/: a run in a terminal, and the report in light and dark.

    python -m tools.screenshots
    python -m tools.screenshots --report bench/packages/tensor2tensor/tensor2tensor

The second needs Chromium, pngquant and optipng.
"""

from __future__ import annotations

import argparse
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = pathlib.Path(__file__).parents[1]
DOCS = ROOT / "docs"
_COLUMNS = 112
_EXAMPLES = ("tf-placeholder", "tf-print-in-function")
_THEMES = {"light": 1, "dark": 0}
_SIZE = (1280, 1560)


def output(*options: str) -> str:
    """What a terminal shows of a run on the bad examples of some rules."""
    with tempfile.TemporaryDirectory() as folder:
        for rule in _EXAMPLES:
            name = f"{rule.removeprefix('tf-').replace('-', '_')}.py"
            text = (DOCS / "rules" / rule / "bad.py").read_text(encoding="utf-8")
            (pathlib.Path(folder) / name).write_text(re.sub(r" *# expect:.*", "", text), encoding="utf-8")
        answer = subprocess.run(
            [sys.executable, "-m", "tf2lint", "check", "--output-format", "text", *options, "."],
            cwd=folder,
            env={**os.environ, "COLUMNS": str(_COLUMNS)},
            capture_output=True,
            text=True,
            check=False,
        )
    return f"$ tf2lint check .\n{answer.stdout.rstrip()}"


def terminal() -> str:
    """The same as a picture, as SVG."""
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), legacy_windows=False)
    console.print(Text.from_ansi(output("--color", "always")))
    svg = console.export_svg(title="tf2lint", theme=MONOKAI)
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # It would load a font from elsewhere.


def report(path: str) -> None:
    """Write pictures of the report about a package."""
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.html"
        subprocess.run(
            [sys.executable, "-m", "tf2lint", "report", os.path.basename(path), "-o", str(page)],
            cwd=os.path.dirname(os.path.abspath(path)),
            check=True,
        )
        for theme, number in _THEMES.items():
            picture = DOCS / f"report-{theme}.png"
            subprocess.run(
                [
                    "chromium",
                    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
                    "--hide-scrollbars",
                    f"--user-data-dir={folder}/{theme}",
                    f"--blink-settings=preferredColorScheme={number}",
                    f"--screenshot={picture}",
                    f"--window-size={_SIZE[0]},{_SIZE[1]}",
                    page.as_uri(),
                ],
                check=True,
                stderr=subprocess.DEVNULL,
            )
            subprocess.run(["pngquant", "--force", "--ext", ".png", "--strip", str(picture)], check=True)
            subprocess.run(["optipng", "-quiet", str(picture)], check=True)


def main() -> None:
    """Write the pictures that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--report", metavar="PATH", help="the package of the report")
    options = parser.parse_args()
    if options.report:
        report(options.report)
    else:
        (DOCS / "terminal.svg").write_text(terminal(), encoding="utf-8")


if __name__ == "__main__":
    main()
