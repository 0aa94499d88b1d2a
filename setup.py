"""What setup.cfg can not say: a wheel has the pages of the rules, which lie among the documentation, as one file."""

from __future__ import annotations

import pathlib
import runpy

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = pathlib.Path(__file__).parent


class BuildWithPages(build_py):
    """Adds them where a copy of the package is built; an editable install reads them where they are."""

    def run(self) -> None:
        """Build."""
        super().run()
        if not self.editable_mode:
            pages = runpy.run_path(str(ROOT / "tf2lint" / "cli" / "pages.py"))
            target = pathlib.Path(self.build_lib) / "tf2lint" / "cli" / pages["ARCHIVE"]
            target.write_bytes(pages["pack"](ROOT / "docs" / "rules"))


setup(cmdclass={"build_py": BuildWithPages})
