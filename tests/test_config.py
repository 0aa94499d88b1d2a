"""Where configuration is found, what it means, and how it is refused."""

from __future__ import annotations

import pathlib
import sys

import pytest

from tf2lint import config
from tf2lint.api import versions
from tf2lint.config import Config, ConfigError, Options, Projects, roots_of

NEWEST = versions.worlds(None, None)


def of(path: pathlib.Path, **host: object) -> Config:
    """The configuration of a file, with nothing known of others."""
    return Projects(Options(**host)).of(path)  # type: ignore[arg-type]  # The tests give what the fields take.


def write(path: pathlib.Path, text: str) -> pathlib.Path:
    """Write a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_default(tmp_path: pathlib.Path) -> None:
    """Without configuration the newest versions are meant."""
    settings = of(tmp_path / "a.py")
    assert settings.target == NEWEST
    assert settings.enable == frozenset()
    assert not settings.unknown_target
    assert not settings.warnings


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[tool.tf2lint]\nenable = ["tf-compat-symbol", "TF309"]\nroots = ["lib"]\n'),
        ("pyproject.toml", '[tool.tf2lint]\nenable = "tf-compat-symbol, TF309"\nroots = "lib"\n'),
        ("pyproject.toml", "[tool]\ntf2lint = {enable = ['TF304', 'TF309'], roots = ['lib']}\n"),
        ("setup.cfg", "[tf2lint]\nenable = tf-compat-symbol,\n    TF309\nroots = lib\n"),
        ("tox.ini", "[tox]\nx = {[a]b} %(c)s\n[tf2lint]\nenable: TF304, TF309\nroots: lib\n"),
        ("tox.ini", "[DEFAULT]\nother = 1\n[tf2lint]\nenable: TF304, TF309\nroots: lib\n"),
        ("setup.cfg", "\ufeff[tf2lint]\r\nenable = TF304, TF309\r\nroots = lib\r\n"),
    ],
)
def test_files(tmp_path: pathlib.Path, name: str, text: str) -> None:
    """Each kind of file says the same, to files far below it."""
    write(tmp_path / name, text)
    (tmp_path / "lib").mkdir()
    settings = of(tmp_path / "a" / "b" / "c.py")
    assert settings.enable == {"tf-compat-symbol", "tf-private-import"}
    assert settings.roots == (tmp_path / "lib",)
    assert settings.source == tmp_path / name
    assert settings.project == tmp_path


def test_nearest_directory_counts(tmp_path: pathlib.Path) -> None:
    """Of several directories the nearest, in a directory pyproject.toml before setup.cfg before tox.ini."""
    write(tmp_path / "pyproject.toml", '[tool.tf2lint]\ntensorflow = "==2.4.*"\n')
    write(tmp_path / "a" / "pyproject.toml", "[tool.other]\n")
    write(tmp_path / "a" / "setup.cfg", "[tf2lint]\ntensorflow = ==2.5.*\n")
    write(tmp_path / "a" / "tox.ini", "[tf2lint]\ntensorflow = ==2.6.*\n")
    write(tmp_path / "a" / "b" / "tox.ini", "[tox]\n")
    write(tmp_path / "c" / "setup.py", "")
    assert of(tmp_path / "x.py").target == versions.bit("2.4")
    assert of(tmp_path / "a" / "b" / "x.py").target == versions.bit("2.5")
    assert of(tmp_path / "a" / "b" / "x.py").project == tmp_path / "a"
    assert of(tmp_path / "c" / "x.py").project == tmp_path


def test_host_wins_key_by_key(tmp_path: pathlib.Path) -> None:
    """What the host says of a key replaces what the file says; the other keys stay."""
    write(tmp_path / "setup.cfg", "[tf2lint]\ntensorflow = ==2.4.*\nenable = TF304\n")
    settings = of(tmp_path / "x.py", tensorflow="==2.5.*")
    assert settings.target == versions.bit("2.5")
    assert settings.enable == {"tf-compat-symbol"}
    assert of(tmp_path / "x.py", enable=("tf-private-import",)).enable == {"tf-private-import"}


def test_enable(tmp_path: pathlib.Path) -> None:
    """`all` is every rule that is off; a rule that is on by default may be named and stays on."""
    everything = of(tmp_path / "x.py", enable=("all",)).enable
    assert {"tf-compat-symbol", "tf-compat-import", "tf-private-import", "tf-unused-suppression"} <= everything
    assert "tf-placeholder" not in everything
    assert of(tmp_path / "x.py", enable=("tf-placeholder",)).enable == frozenset()


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        (
            "pyproject.toml",
            "[tool.tf2lint]\n\ntensorflo = '>=2'\n",
            3,
            "unknown key 'tensorflo'; did you mean 'tensorflow'?",
        ),
        ("pyproject.toml", "[tool.tf2lint]\nenable = ['tf-compat-symbl']\n", 2, "did you mean 'tf-compat-symbol'?"),
        ("pyproject.toml", "[tool.tf2lint]\nenable = ['tf304', 1]\n", 2, "must be a list of strings"),
        ("pyproject.toml", "[tool.tf2lint]\ntensorflow = 2.12\n", 2, "must be a version specifier in quotes"),
        ("pyproject.toml", "[tool.tf2lint]\ntensorflow = '2.12'\n", 2, 'for this version write "==2.12.*"'),
        ("pyproject.toml", "[tool.tf2lint]\nkeras = 'three'\n", 2, "no version specifier"),
        ("pyproject.toml", "[tool.tf2lint]\ntensorflow = '<1.0'\n", 2, "there is no such release"),
        ("pyproject.toml", "[tool]\ntf2lint = 1\n", None, "must be a table"),
        ("pyproject.toml", "[tool.tf2lint]\ndisable = ['tf304']\n", 2, "did you mean 'TF304'?"),
        ("pyproject.toml", "[other]\nbroken = \n", 2, "nvalid value"),
        ("pyproject.toml", "[tool.tf2lint]\ntracing-print = '('\n", 2, "is no regular expression"),
        ("pyproject.toml", "[tool.tf2lint]\ntracing-print = 1\n", 2, "must be a regular expression in quotes"),
        ("setup.cfg", "[tf2lint]\n# a comment\nroot = lib\n", 3, "did you mean 'roots'?"),
        ("setup.cfg", "[tf2lint]\nenable = TF999\n", 2, "unknown rule 'TF999'"),
        ("setup.cfg", "[metadata]\nname\n", 2, "parsing errors"),
        ("setup.cfg", "name = x\n", 1, "no section headers"),
        ("tox.ini", "[tox]\nx = 1\nx = 2\n", 3, "already exists"),
        ("tox.ini", "[tox]\n[tox]\n", 2, "already exists"),
    ],
)
def test_refused(tmp_path: pathlib.Path, name: str, text: str, line: int | None, words: str) -> None:
    """What can not be used is refused with file, line and the nearest name; another tool's broken file too."""
    path = write(tmp_path / name, text)
    with pytest.raises(ConfigError) as error:
        of(tmp_path / "below" / "x.py")
    assert str(error.value).startswith(f"{path}:{line}: " if line else f"{path}: ")
    assert words in str(error.value)


def test_what_a_print_says_while_tracing(tmp_path: pathlib.Path) -> None:
    """By default the words of TensorFlow's guides; a project, and before it the host, may name others or none."""
    for text in ("Tracing", "Retracing with ", "re-traced", "tracing...", "Python execution: ", "Python side effect"):
        assert of(tmp_path / "x.py").announces_tracing(text), text
    for text in ("step", "traceback", "distraction", "executing"):
        assert not of(tmp_path / "x.py").announces_tracing(text), text
    write(tmp_path / "setup.cfg", "[tf2lint]\ntracing-print = ^Compiling\n")
    settings = of(tmp_path / "x.py")
    assert settings.announces_tracing("Compiling f")
    assert not settings.announces_tracing("Tracing")
    host = Projects(Options(tracing_print="")).of(tmp_path / "x.py")
    assert not host.announces_tracing("Compiling f")


def test_refused_bytes(tmp_path: pathlib.Path) -> None:
    """A file that is no text is refused, a directory of that name is none."""
    (tmp_path / "setup.cfg").write_bytes(b"[tf2lint]\nenable = \xff\n")
    with pytest.raises(ConfigError, match="not UTF-8"):
        of(tmp_path / "x.py")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pyproject.toml").mkdir()
    write(tmp_path / "a" / "setup.cfg", "[tf2lint]\n")
    assert of(tmp_path / "a" / "x.py").source == tmp_path / "a" / "setup.cfg"


def test_host_options_are_refused_by_their_names(tmp_path: pathlib.Path) -> None:
    """A host says which option is meant."""
    origin = (("enable", "option tf2lint-enable"),)
    with pytest.raises(ConfigError, match=r"^option tf2lint-enable: unknown rule 'x'"):
        of(tmp_path / "x.py", enable=("x",), origin=origin)


@pytest.mark.parametrize(
    ("tensorflow", "keras", "first", "last"),
    [
        (">=2.12,<2.22", None, "2.12", "2.21"),
        ("==1.15.*", None, "1.15", "1.15"),
        (">=2.12", None, "2.12", "2.21"),
        ("<3", None, "1.15", "2.21"),
        (">=2.19,<3", ">=3", "2.19", "2.21"),
        ("~=2.12", None, "2.12", "2.21"),
        ("==2.21.7", None, "2.21", "2.21"),
        (" ", "", "2.21", "2.21"),
    ],
)
def test_targets(tmp_path: pathlib.Path, tensorflow: str, keras: str | None, first: str, last: str) -> None:
    """A specifier selects the releases it names. An open end is no claim about a later one, and no reason to warn."""
    settings = of(tmp_path / "x.py", tensorflow=tensorflow, keras=keras)
    selected = [world.tensorflow for world in versions.members(settings.target)]
    assert (selected[0], selected[-1]) == (first, last)
    assert not settings.warnings
    assert not settings.unknown_target


@pytest.mark.parametrize(
    "options", [{"tensorflow": ">=2.30"}, {"tensorflow": "==2.22.*"}, {"tensorflow": "~=3.1"}, {"keras": ">=3.40"}]
)
def test_target_beyond_the_database(tmp_path: pathlib.Path, options: dict[str, str]) -> None:
    """Nothing is known of it: one warning, the newest worlds, and no name is absent."""
    settings = of(tmp_path / "x.py", **options)
    assert settings.unknown_target
    assert settings.target == NEWEST
    assert len(settings.warnings) == 1
    assert "no name is called absent" in settings.warnings[0]


@pytest.mark.parametrize(
    "options",
    [{"tensorflow": ">=2.20,<2.25"}, {"tensorflow": ">=2.20,<=2.22"}, {"tensorflow": "<3.1"}, {"keras": ">=3,<3.40"}],
)
def test_target_partly_beyond_the_database(tmp_path: pathlib.Path, options: dict[str, str]) -> None:
    """The known part is judged, and the rest is warned of."""
    settings = of(tmp_path / "x.py", **options)
    assert not settings.unknown_target
    assert settings.target
    assert len(settings.warnings) == 1
    assert "judged by" in settings.warnings[0]


def test_warnings_are_shown_once(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One warning, however many files."""
    shown: set[str] = set()
    projects = Projects(Options(tensorflow=">=2.30"))
    for name in ("a/x.py", "b/x.py", "c.py"):
        config.warn(projects.of(tmp_path / name), shown)
    assert capsys.readouterr().err.count("tf2lint: warning:") == 1


def test_missing_root_is_warned_of(tmp_path: pathlib.Path) -> None:
    """A folder that is not there is a slip, not a reason to stop."""
    write(tmp_path / "setup.cfg", "[tf2lint]\nroots = libb\n")
    assert f"no folder {tmp_path / 'libb'}" in of(tmp_path / "x.py").warnings[0]


def test_equal_configurations_are_one_object(tmp_path: pathlib.Path) -> None:
    """What a front end keeps per configuration is shared by a project's folders."""
    write(tmp_path / "setup.cfg", "[tf2lint]\n")
    projects = Projects()
    assert projects.of(tmp_path / "a" / "x.py") is projects.of(tmp_path / "b" / "c" / "x.py")


def test_roots(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent of the topmost package, the project, its src, and the option; nothing from the process."""
    for folder in ("project/src/pkg/sub", "project/lib", "elsewhere"):
        (tmp_path / folder).mkdir(parents=True)
    project = tmp_path / "project"
    write(project / "pyproject.toml", "[tool.tf2lint]\nroots = ['lib']\n")
    for folder in ("pkg", "pkg/sub"):
        write(project / "src" / folder / "__init__.py", "")
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "elsewhere")])
    path = project / "src" / "pkg" / "sub" / "x.py"
    assert roots_of(path, of(path)) == (project / "src", project, project / "lib")
    script = project / "tools" / "x.py"
    script.parent.mkdir()
    assert roots_of(script, of(script)) == (project / "tools", project, project / "src", project / "lib")


def test_roots_of_a_marked_project(tmp_path: pathlib.Path) -> None:
    """Without our section, the nearest directory that looks like a project's is one."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "src").mkdir()
    (tmp_path / "tools").mkdir()
    path = tmp_path / "tools" / "x.py"
    assert roots_of(path, of(path)) == (tmp_path / "tools", tmp_path, tmp_path / "src")
