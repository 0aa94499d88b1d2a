"""Files, processes and threads in traced code, which are used while tracing and not in every call.

https://www.tensorflow.org/guide/function#executing_python_side_effects
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers import deliberate
from tf2lint.checkers.traced import Effect, TracedCall, on_traced_call
from tf2lint.findings import Rule, Severity
from tf2lint.inference.returns import legacy
from tf2lint.inference.values import Const, External, TfMember, TfName
from tf2lint.tracing.kinds import below_keras
from tf2lint.tracing.scopes import is_outer

RULE = Rule(
    code="TF607",
    pylint_id="W6874",
    symbol="tf-host-io",
    summary="A file, a process or a thread in traced code: used once for each trace, and not in every call.",
    message="{name} {problem}: {hint}.",
    hint="do it outside of the function, use an op such as tf.io.read_file or tf.io.write_file, or tf.py_function",
    url="https://www.tensorflow.org/guide/function#executing_python_side_effects",
    severity=Severity.CHANGES,
    since="2.0",
)


def _named(below: dict[str, str]) -> frozenset[str]:
    return frozenset(f"{owner}.{name}" for owner, names in below.items() for name in names.split())


_READS = _named(
    {
        "builtins": "input",
        "os": "listdir scandir walk stat lstat read",
        "os.path": "exists isfile isdir islink getsize getmtime getctime lexists",
        "glob": "glob iglob",
        "json": "load",
        "pickle": "load",
        "dill": "load",
        "joblib": "load",
        "yaml": "load safe_load",
        "csv": "reader DictReader",
        "numpy": "load loadtxt genfromtxt fromfile memmap",
        "scipy.io": "loadmat",
        "scipy.io.wavfile": "read",
        "soundfile": "read",
        "librosa": "load",
        "librosa.core": "load",
        "cv2": "imread VideoCapture",
        "PIL.Image": "open",
        "imageio": "imread",
        "imageio.v2": "imread",
        "imageio.v3": "imread",
        "skimage.io": "imread",
        "matplotlib.image": "imread",
        "matplotlib.pyplot": "imread",
        "pandas": "read_csv read_json read_parquet read_pickle read_hdf read_excel read_table read_feather",
        "pathlib.Path": "read_text read_bytes exists is_file is_dir iterdir glob rglob stat",
        "linecache": "getline getlines",
        "requests": "get head",
        "urllib.request": "urlopen urlretrieve",
        "sys.stdin": "read readline readlines",
    }
)
_WRITES = _named(
    {
        "os": "makedirs mkdir remove unlink rename replace rmdir removedirs renames symlink link chmod chown truncate "
        "utime putenv unsetenv chdir write mkfifo",
        "os.environ": "update setdefault pop clear __setitem__",
        "shutil": "copy copy2 copyfile copytree move rmtree make_archive unpack_archive",
        "json": "dump",
        "pickle": "dump",
        "dill": "dump",
        "joblib": "dump",
        "yaml": "dump safe_dump",
        "numpy": "save savez savez_compressed savetxt",
        "scipy.io": "savemat",
        "scipy.io.wavfile": "write",
        "soundfile": "write",
        "cv2": "imwrite imshow waitKey",
        "imageio": "imwrite imsave",
        "imageio.v2": "imwrite imsave",
        "imageio.v3": "imwrite",
        "matplotlib.pyplot": "show savefig imsave plot imshow figure subplots hist scatter title",
        "matplotlib.image": "imsave",
        "pathlib.Path": "write_text write_bytes mkdir unlink touch rename replace rmdir symlink_to",
        "csv.writer": "writerow writerows writeheader",
        "requests": "post put delete patch",
        "wandb": "log",
        "mlflow": "log_metric log_metrics log_param",
    }
)
_OPENS = _named(
    {
        "builtins": "open",
        "os": "open fdopen",
        "io": "open FileIO",
        "codecs": "open",
        "gzip": "open GzipFile",
        "bz2": "open BZ2File",
        "lzma": "open",
        "zipfile": "ZipFile",
        "tarfile": "open TarFile",
        "h5py": "File",
        "sqlite3": "connect",
        "socket": "socket create_connection",
        "pathlib.Path": "open",
        "tempfile": "NamedTemporaryFile TemporaryFile TemporaryDirectory mkdtemp mkstemp mktemp",
        "logging": "FileHandler",
    }
)
_RUNS = _named(
    {
        "os": "system popen kill execv execvp fork spawnl spawnv",
        "subprocess": "run call check_call check_output Popen getoutput getstatusoutput",
        "threading": "Thread Timer",
        "threading.Thread": "start",
        "multiprocessing": "Process Pool",
        "multiprocessing.pool": "ThreadPool",
        "concurrent.futures": "ThreadPoolExecutor ProcessPoolExecutor",
        "webbrowser": "open",
    }
)
_OF_FILE = frozenset("write writelines read readline readlines flush truncate".split())
_OF_GFILE = {
    "reads": frozenset("exists isdir listdir glob walk stat Exists IsDirectory ListDirectory Glob Walk Stat".split()),
    "writes": frozenset(
        "copy makedirs mkdir remove rename rmtree Copy MakeDirs MkDir Remove Rename DeleteRecursively".split()
    ),
    "opens": frozenset("GFile Open FastGFile".split()),
}
_OF_TENSORFLOW = {
    "io.TFRecordWriter": "opens",
    "python_io.TFRecordWriter": "opens",
    "io.write_graph": "writes",
    "train.write_graph": "writes",
    "train.load_checkpoint": "reads",
    "train.load_variable": "reads",
    "train.list_variables": "reads",
    "train.latest_checkpoint": "reads",
    "train.checkpoint_exists": "reads",
}
_OF_KERAS = {
    "utils.get_file": "reads",
    "utils.load_img": "reads",
    "preprocessing.image.load_img": "reads",
    "utils.save_img": "writes",
    "preprocessing.image.save_img": "writes",
    "utils.plot_model": "writes",
}
_PROBLEMS = {
    "reads": "reads while tracing, and not in every call",
    "writes": "takes effect while tracing, and not in every call",
    "opens": "opens while tracing, and not in every call",
    "runs": "runs while tracing, and not in every call",
}
_READ_OPS = frozenset(("io.read_file", "read_file"))


@on_traced_call(RULE)
def used(call: TracedCall) -> Iterator[Effect]:
    """`open("log.txt", "a")`, `np.save("x.npy", x)`, `tf.io.gfile.makedirs(folder)`."""
    name = call.value.name if isinstance(call.value, External) else call.name
    kind = _kind(call, name)
    if kind is None or deliberate.is_setup(call.node) or deliberate.tells_of_error(call.node):
        return
    shown = name.removeprefix("builtins.")
    once = not deliberate.counts(call.node)
    yield call.effect(RULE, _PROBLEMS[kind], name=shown, once_is_fine=once, lifted_is_fine=True)


def _kind(call: TracedCall, name: str) -> str | None:
    if isinstance(call.value, External):
        for kind, names in (("reads", _READS), ("writes", _WRITES), ("opens", _OPENS), ("runs", _RUNS)):
            if name in names:
                return kind
        if name.startswith("io.IOBase.") and name.rpartition(".")[2] in _OF_FILE and _is_outer_receiver(call.node):
            return "writes"
        return None
    if isinstance(call.value, TfMember):
        _, cls = legacy(call.value.cls)
        of_file = cls in ("io.TFRecordWriter", "io.gfile.GFile", "gfile.GFile", "python_io.TFRecordWriter")
        return "writes" if of_file and call.value.attribute in _OF_FILE and _is_outer_receiver(call.node) else None
    if isinstance(call.value, TfName):
        of_keras = below_keras(name)
        if of_keras is not None:
            return _OF_KERAS.get(of_keras)
        owner, _, last = call.legacy.rpartition(".")
        if owner in ("io.gfile", "gfile"):
            return next((kind for kind, names in _OF_GFILE.items() if last in names), None)
        return _OF_TENSORFLOW.get(call.legacy)
    return None


def _is_outer_receiver(node: nodes.Call) -> bool:
    return isinstance(node.func, nodes.Attribute) and is_outer(node.func.expr)


@on_traced_call(RULE)
def folded(call: TracedCall) -> Iterator[Effect]:
    """`tf.io.read_file("a.txt")`."""
    if not isinstance(call.value, TfName) or call.legacy not in _READ_OPS:
        return
    given = [*call.node.args[:1], *(k.value for k in call.node.keywords if k.arg == "filename")]
    values = [value for node in given for value in call.ev.value_of(node)]
    if values and all(isinstance(value, Const) and isinstance(value.value, str | bytes) for value in values):
        problem = "of a constant path is computed once and kept: later changes of the file are not seen"
        yield call.effect(RULE, problem, hint="pass the path as a tensor argument, or read outside of the function")
