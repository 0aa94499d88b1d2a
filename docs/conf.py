"""The documentation: `tox -e docs`, or `sphinx-build -W docs docs/_build/html` where tf2lint[docs] is installed."""

from __future__ import annotations

import pathlib
import sys

import tf2lint

sys.path.insert(0, str(pathlib.Path(__file__).parent / "_ext"))

project = "tf2lint"
author = "the tf2lint authors"
copyright = "the tf2lint authors"  # noqa: A001  # Sphinx wants it so.
version = release = tf2lint.__version__

extensions = ["myst_parser", "rules"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "_ext", "rules/*/*.py"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"tf2lint {release}"
html_copy_source = False
