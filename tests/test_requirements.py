"""The target of a project that sets none: what its own metadata ask for."""

from __future__ import annotations

import pathlib

import pytest

from tf2lint import requirements
from tf2lint.api import versions
from tf2lint.config import Config, Options, Projects

from .inference.programs import told

NEWEST = versions.worlds(None, None)


def config(folder: pathlib.Path, files: dict[str, str], path: str = "program.py", **host: str) -> Config:
    """The configuration of a file in a project of these files."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Projects(Options(**host)).of(folder / path)  # type: ignore[arg-type]  # The tests give what the fields take.


SETUP = "from setuptools import setup\n"
LAYOUTS = {
    "project": ({"pyproject.toml": '[project]\ndependencies = ["numpy", "tensorflow>=2.4,<2.16"]\n'}, "2.15"),
    "extra": ({"pyproject.toml": '[project.optional-dependencies]\ntf = ["tensorflow-cpu ~= 2.12.0"]\n'}, "2.12"),
    "base before extra": (
        {
            "pyproject.toml": (
                '[project]\ndependencies = ["tensorflow<2.11"]\n[project.optional-dependencies]\n'
                'tf = ["tensorflow<2.5"]\n'
            )
        },
        "2.10",
    ),
    "group": ({"pyproject.toml": '[dependency-groups]\ntest = [{include-group = "x"}, "tensorflow<2.9"]\n'}, "2.8"),
    "caret": ({"pyproject.toml": '[tool.poetry.dependencies]\ntensorflow = "^2.4"\n'}, "2.21"),
    "tilde": ({"pyproject.toml": '[tool.poetry.dependencies]\ntensorflow = "~2.4"\n'}, "2.4"),
    "tilde of three": ({"pyproject.toml": '[tool.poetry.dependencies]\ntensorflow = "~2.4.1"\n'}, "2.4"),
    "exact": ({"pyproject.toml": '[tool.poetry.dependencies]\ntensorflow = "2.9.1"\n'}, "2.9"),
    "wildcard": ({"pyproject.toml": '[tool.poetry.dependencies]\ntensorflow = "2.9.*"\n'}, "2.9"),
    "table": (
        {"pyproject.toml": '[tool.poetry.dependencies]\ntensorflow = {version = "<2.8", optional = true}\n'},
        "2.7",
    ),
    "tables": (
        {"pyproject.toml": '[[tool.poetry.dependencies.tensorflow]]\nversion = "<2.8"\npython = "<3.8"\n'},
        "2.7",
    ),
    "alternatives": ({"pyproject.toml": '[tool.poetry.dependencies]\ntensorflow = "~2.4 || ~2.6"\n'}, "2.6"),
    "poetry's group": ({"pyproject.toml": '[tool.poetry.group.dev.dependencies]\ntensorflow = "~2.4"\n'}, "2.4"),
    "setup.cfg": ({"setup.cfg": "[options]\ninstall_requires =\n    numpy\n    tensorflow<2.12\n"}, "2.11"),
    "setup.cfg extras": (
        {"setup.cfg": "[options.extras_require]\ngpu = tensorflow-gpu<2.12\ncpu =\n    tensorflow-cpu<2.11\n"},
        "2.11",
    ),
    "setup.py": ({"setup.py": SETUP + "setup(install_requires=['tensorflow>=2.1,<2.6'])"}, "2.5"),
    "setuptools.setup": (
        {"setup.py": "import setuptools\nsetuptools.setup(install_requires=('tensorflow<2.6',))"},
        "2.5",
    ),
    "setup.py by a name": (
        {"setup.py": SETUP + "R = ['a', 'tensorflow<2.6'] + ['b']\nsetup(install_requires=R)"},
        "2.5",
    ),
    "setup.py extras": ({"setup.py": SETUP + "setup(extras_require={'tf': ['tensorflow<2.6']})"}, "2.5"),
    "a name bound twice": (
        {"setup.py": SETUP + "R = ['tensorflow<2.6']\nR = ['tensorflow<2.5']\nsetup(install_requires=R)"},
        None,
    ),
    "made up at run time": ({"setup.py": SETUP + "setup(install_requires=['tensorflow' + X, 'x%s' % 1])"}, None),
    "setup.py of Python 2": ({"setup.py": "print 'x'\nsetup(install_requires=['tensorflow<2.6'])"}, None),
    "read from a file": (
        {"setup.py": SETUP + "setup(install_requires=open('r').read())", "requirements.txt": "tensorflow==2.3.1\n"},
        "2.3",
    ),
    "requirements": (
        {"requirements.txt": "# tensorflow<2.1\nnumpy\ntensorflow[and-cuda]==2.14.* --hash=sha256:1 # why\n"},
        "2.14",
    ),
    "continued line": ({"requirements.txt": "tensorflow==2.14.0 \\\n    --hash=sha256:1\n"}, "2.14"),
    "included": ({"requirements.txt": "-r r/base.txt\n", "r/base.txt": "-r base.txt\ntensorflow<2.3"}, "2.2"),
    "included from elsewhere": ({"p/requirements.txt": "-r ../base.txt\n", "base.txt": "tensorflow<2.3"}, None),
    "constraint": ({"requirements.txt": "-c c.txt\nnumpy\n", "c.txt": "tensorflow<2.3"}, None),
    "another requirements file": ({"requirements-gpu.txt": "tensorflow-gpu<2.3"}, "2.2"),
    "Pipfile": ({"Pipfile": '[packages]\ntensorflow = "~=2.4.0"\n'}, "2.4"),
    "Pipfile of any": ({"Pipfile": '[packages]\ntensorflow = "*"\n'}, None),
    "conda": ({"environment.yml": "dependencies:\n  - python=3.8\n  - conda-forge::tensorflow=2.4\n"}, "2.4"),
    "conda with build": ({"environment.yml": "dependencies:\n  - tensorflow=2.4.1=gpu_py38\n"}, "2.4"),
    "conda's pip": ({"environment.yaml": "dependencies:\n  - pip:\n    - tensorflow>=2.4,<2.8\n"}, "2.7"),
    "conda's pair": ({"environment.yml": "dependencies:\n  - tensorflow 2.4.*\n"}, "2.4"),
    "of two platforms": (
        {
            "requirements.txt": (
                'tensorflow<2.10; sys_platform != "darwin"\ntensorflow-macos<2.12; sys_platform == "darwin"\n'
            )
        },
        "2.11",
    ),
    "a marker that no Python satisfies": (
        {"requirements.txt": 'tensorflow<2.10; python_version >= "3"\ntensorflow<2.20; python_version < "3"\n'},
        "2.9",
    ),
    "open end": ({"requirements.txt": "tensorflow>=2.4\n"}, "2.21"),
    "no bound": ({"requirements.txt": "tensorflow\n"}, None),
    "nightly": ({"requirements.txt": "tf-nightly<2.10\n"}, None),
    "another package": ({"requirements.txt": "tensorflow-probability<0.13\ntensorflow_datasets<2\n"}, None),
    "a URL": ({"requirements.txt": "tensorflow @ https://example.org/tensorflow-2.4.whl\n"}, None),
    "broken line": ({"requirements.txt": "tensorflow=2.4\n!!\n"}, None),
    "TensorFlow 1 only": ({"requirements.txt": "tensorflow<2\n"}, None),
    "TensorFlow 1 exactly": ({"requirements.txt": "tensorflow-gpu==1.15.2\n"}, None),
    "from TensorFlow 1 on": ({"requirements.txt": "tensorflow>=1.12\n"}, None),
    "from TensorFlow 1 into 2": ({"requirements.txt": "tensorflow>=1.12,<2.5\n"}, "2.4"),
    "beyond the known": ({"requirements.txt": "tensorflow>=2.40\n"}, None),
    "Keras 2": ({"requirements.txt": "tensorflow>=2.4\nkeras<3\n"}, "2.15"),
    "Keras of a TensorFlow": ({"requirements.txt": "tensorflow>=2.4\nkeras==2.12.0\n"}, "2.12"),
    "Keras of old": ({"requirements.txt": "tensorflow>=2.0\nkeras==2.3.1\n"}, "2.5"),
    "Keras of TensorFlow 1": ({"requirements.txt": "tensorflow>=1.12\nkeras==2.2.4\n"}, None),
    "Keras alone": ({"requirements.txt": "keras<3\n"}, "2.15"),
    "tf-keras": ({"requirements.txt": "tensorflow>=2.16\ntf-keras>=2.16\n"}, None),
    "nothing": ({"requirements.txt": "numpy\n", "pyproject.toml": "[project]\nname = 'x'\n"}, None),
    "broken files": ({"Pipfile": "[", "environment.yml": "\x00"}, None),
    "strange values": (
        {"pyproject.toml": "[project]\ndependencies = 1\n[tool]\npoetry = 'x'\n", "setup.cfg": "[options]\n"},
        None,
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str, tmp_path: pathlib.Path) -> None:
    """The newest admitted release is the target; where all are admitted, or none of TensorFlow 2, the newest known."""
    files, minor = LAYOUTS[layout]
    settings = config(tmp_path, files, "p/program.py" if any("/" in name for name in files) else "program.py")
    assert settings.target == (NEWEST if minor is None else versions.bit(minor))
    assert not settings.warnings
    assert not settings.unknown_target


def test_a_newer_keras_is_paired_with_the_tensorflow_that_admits_it(tmp_path: pathlib.Path) -> None:
    settings = config(tmp_path, {"requirements.txt": "tensorflow\nkeras>=3,<3.5\n"})
    assert settings.target == versions.bit("2.17", "3.4")


def test_all_that_is_admitted(tmp_path: pathlib.Path) -> None:
    """What is offered as a replacement has to exist in every admitted release."""
    settings = config(tmp_path, {"requirements.txt": "tensorflow>=2.4,<2.16\n"})
    assert versions.describe(settings.admitted) == "2.4-2.15"
    assert versions.describe(settings.target) == "2.15"
    explicit = config(tmp_path, {}, tensorflow="==2.9.*")
    assert explicit.admitted == explicit.target == versions.bit("2.9")


def test_what_is_set_comes_first(tmp_path: pathlib.Path) -> None:
    """The key in a configuration, then the host's option, replace what the requirements say; each key alone."""
    files = {"requirements.txt": "tensorflow<2.18\n", "setup.cfg": "[tf2lint]\nkeras = <3\n"}
    settings = config(tmp_path, files)
    assert settings.target == versions.bit("2.17", "2")
    assert settings.target_origin.startswith(f"the newest admitted by {tmp_path / 'requirements.txt'}: tensorflow<2.18")
    assert settings.target_origin.endswith(f"{tmp_path / 'setup.cfg'}:2: keras")
    files["setup.cfg"] = "[tf2lint]\ntensorflow = ==2.4.*\n"
    assert config(tmp_path, files).target == versions.bit("2.4")
    assert config(tmp_path, files).target_origin == f"{tmp_path / 'setup.cfg'}:2: tensorflow"
    assert config(tmp_path, files, tensorflow="==2.9.*").target == versions.bit("2.9")


def test_origin_of_the_default(tmp_path: pathlib.Path) -> None:
    assert config(tmp_path, {}).target_origin == "default: the newest known"
    told_of = config(tmp_path, {"requirements.txt": "tensorflow<2\n"}).target_origin
    assert told_of == f"default: the newest known; {tmp_path / 'requirements.txt'}: tensorflow<2 sets no bound"


def test_nearest_metadata_of_the_project(tmp_path: pathlib.Path) -> None:
    """Upward from the file, not beyond the project."""
    files = {
        "requirements.txt": "tensorflow<2.5\n",
        "p/pyproject.toml": "[project]\ndependencies = ['tensorflow<2.9']\n",
        "p/examples/requirements.txt": "tensorflow<2.7\n",
        "q/setup.py": "",
    }
    assert config(tmp_path, files, "p/a/b/x.py").target == versions.bit("2.8")
    assert config(tmp_path, files, "p/examples/x.py").target == versions.bit("2.6")
    assert config(tmp_path, files, "q/x.py").target == NEWEST
    assert config(tmp_path, files, "x.py").target == versions.bit("2.4")


def test_first_file_that_names_it(tmp_path: pathlib.Path) -> None:
    """What a package promises comes before what a developer has pinned."""
    files = {"setup.py": SETUP + "setup(install_requires=['tensorflow'])", "requirements.txt": "tensorflow==2.4.1\n"}
    assert config(tmp_path, files).target == NEWEST


def test_a_name_that_the_admitted_releases_have(tmp_path: pathlib.Path) -> None:
    """The whole way: a project for TensorFlow up to 2.15 may use what went with 2.16."""
    text = "import tensorflow as tf\ntf.estimator.Estimator(1)\n"
    assert told(tmp_path, text) == ["2 tf-estimator"]
    assert told(tmp_path, text, files={"requirements.txt": "tensorflow<2.16"}) == []


LEGACY = {
    "item": 'import os\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\n',
    "true": "import os\nos.environ['TF_USE_LEGACY_KERAS'] = 'True'\n",
    "setdefault": 'import os\nos.environ.setdefault("TF_USE_LEGACY_KERAS", "1")\n',
    "putenv": 'import os\nos.putenv("TF_USE_LEGACY_KERAS", "1")\n',
    "dictionary": 'import os\nos.environ.update({"TF_USE_LEGACY_KERAS": "1"})\n',
    "demand": 'raise ImportError("set the environment variable TF_USE_LEGACY_KERAS=1")\n',
}
NOT_LEGACY = {
    "zero": 'import os\nos.environ["TF_USE_LEGACY_KERAS"] = "0"\n',
    "question": 'import os\nif os.environ.get("TF_USE_LEGACY_KERAS") == "1":\n    pass\n',
    "default": 'import os\nos.environ.get("TF_USE_LEGACY_KERAS", "1")\nos.getenv("TF_USE_LEGACY_KERAS", "1")\n',
    "none": "",
}
USE = "import tensorflow as tf\ntf.keras.optimizers.legacy.SGD(0.1)\n"


@pytest.mark.parametrize("form", LEGACY)
def test_code_that_chooses_keras_2(form: str, tmp_path: pathlib.Path) -> None:
    """In the module itself, and in a package above it."""
    assert requirements.says_keras_2(LEGACY[form])
    assert told(tmp_path, LEGACY[form] + USE) == []
    (tmp_path / "__init__.py").write_text(LEGACY[form])
    assert told(tmp_path, USE) == []


@pytest.mark.parametrize("form", NOT_LEGACY)
def test_code_that_does_not_choose_keras_2(form: str, tmp_path: pathlib.Path) -> None:
    assert [line.split()[1] for line in told(tmp_path, NOT_LEGACY[form] + USE)] == ["tf-raising-symbol"]


def test_a_chosen_keras_is_not_overruled(tmp_path: pathlib.Path) -> None:
    files = {"setup.cfg": "[tf2lint]\nkeras = >=3\n"}
    assert [line.split()[1] for line in told(tmp_path, LEGACY["item"] + USE, files=files)] == ["tf-raising-symbol"]
