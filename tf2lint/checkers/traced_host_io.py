"""Files, processes and threads in traced code, which are used while tracing and not in every call.

https://www.tensorflow.org/guide/function#executing_python_side_effects
"""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from tf2lint.checkers import deliberate
from tf2lint.checkers.traced import Effect, confidence_in, effect, names_called, on_traced
from tf2lint.findings import Rule, Severity
from tf2lint.inference.returns import legacy
from tf2lint.tracing.frames import Frame
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
        "threading.Thread": "start",
        "multiprocessing": "Pool",
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
_FILES_OF_TENSORFLOW = frozenset("io.TFRecordWriter python_io.TFRecordWriter io.gfile.GFile gfile.GFile".split())
_READ_OPS = frozenset(("tf.io.read_file", "tf.compat.v1.read_file", "tf.read_file", "tf.compat.v1.io.read_file"))
_PER_ELEMENT = "a callback of Dataset."
"""A dataset runs its callbacks as they are: nothing is computed beforehand."""
_STORES = (nodes.Assign, nodes.AugAssign, nodes.AnnAssign, nodes.Delete)


@on_traced(RULE, nodes.Call)
def used(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`open("log.txt", "a")`, `np.save("x.npy", x)`, `tf.io.gfile.makedirs(folder)`."""
    names = names_called(frame, node)
    kinds = {_kind(name, node) for name in names}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is not None:
        yield from _told(frame, node, names[0].removeprefix("builtins."), _PROBLEMS[kind])


@on_traced(RULE, nodes.Subscript)
def set_in_environment(node: nodes.Subscript, frame: Frame) -> Iterator[Effect]:
    """`os.environ["MODE"] = "x"`."""
    stored = isinstance(node.parent, _STORES) and node is not getattr(node.parent, "value", None)
    if stored and frame.names(node.value) == {"os.environ"}:
        yield from _told(frame, node, "os.environ", _PROBLEMS["writes"])


@on_traced(RULE, nodes.Call)
def folded(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`tf.io.read_file("a.txt")`."""
    path = frame.argument(node, 0, "filename")
    if frame.of(path).type not in ("str", "bytes") or frame.traced.root.reason.startswith(_PER_ELEMENT):
        return
    if all(name in _READ_OPS for name in names_called(frame, node) or [""]):
        problem = "of a constant path is computed once and kept: later changes of the file are not seen"
        hint = "pass the path as a tensor argument, or read outside of the function"
        yield effect(RULE, node, "tf.io.read_file", problem, hint=hint)


def _told(frame: Frame, node: nodes.NodeNG, name: str, problem: str) -> Iterator[Effect]:
    if not deliberate.is_setup(frame) and not deliberate.tells_of_error(frame.ev, node):
        yield effect(
            RULE,
            node,
            name,
            problem,
            confidence=confidence_in(frame),
            once_is_fine=not deliberate.counts(node),
            lifted_is_fine=True,
            eager_is_fine=True,
        )


def _kind(name: str, node: nodes.Call) -> str | None:
    """What a function or method, by dotted name, does with the host."""
    for kind, names in (("reads", _READS), ("writes", _WRITES), ("opens", _OPENS), ("runs", _RUNS)):
        if name in names:
            return kind
    owner, _, last = name.rpartition(".")
    if owner.startswith("pathlib.Path."):  # `path.parent.mkdir()`
        return _kind(f"pathlib.Path.{last}", node)
    if owner == "io.IOBase":
        return "writes" if last in _OF_FILE and _is_outer_receiver(node) else None
    of_keras = below_keras(name)
    if of_keras is not None:
        return _OF_KERAS.get(of_keras)
    if not name.startswith("tf."):
        return None
    known = legacy(name)[1]
    owner = known.rpartition(".")[0]
    if owner in _FILES_OF_TENSORFLOW:
        return "writes" if last in _OF_FILE and _is_outer_receiver(node) else None
    if owner in ("io.gfile", "gfile"):
        return next((kind for kind, names in _OF_GFILE.items() if last in names), None)
    return _OF_TENSORFLOW.get(known)


def _is_outer_receiver(node: nodes.Call) -> bool:
    return isinstance(node.func, nodes.Attribute) and is_outer(node.func.expr)
