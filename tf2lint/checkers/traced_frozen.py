"""Time and random numbers of Python in traced code, which every call gets as the trace found them.

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
    code="TF606",
    pylint_id="W6873",
    symbol="tf-frozen-value",
    summary="The time, a random number of Python or NumPy, or a seed in traced code: found once for each trace.",
    message="{name} {problem}: {hint}.",
    hint="use tf.random.uniform and its kin, or tf.random.Generator made outside",
    url="https://www.tensorflow.org/guide/function#executing_python_side_effects",
    severity=Severity.CHANGES,
    since="2.0",
)

_NOW = frozenset(
    "time.time time.time_ns time.perf_counter time.perf_counter_ns time.monotonic time.monotonic_ns time.process_time "
    "time.process_time_ns time.thread_time time.clock time.clock_gettime timeit.default_timer datetime.datetime.now "
    "datetime.datetime.utcnow datetime.datetime.today datetime.date.today pandas.Timestamp.now arrow.now arrow.utcnow "
    "pendulum.now".split()
)
_NOW_WITHOUT = {"time.ctime": 1, "time.asctime": 1, "time.localtime": 1, "time.gmtime": 1, "time.strftime": 2}
"""Functions that take the present time where fewer arguments than this are given."""
_WAITS = frozenset(("time.sleep",))
_UNIQUE = frozenset("uuid.uuid1 uuid.uuid4 os.urandom os.getrandom".split())

_NO_NUMBER = frozenset(
    "seed getstate setstate get_state set_state Random SystemRandom RandomState Generator default_rng SeedSequence "
    "BitGenerator PCG64 PCG64DXSM MT19937 Philox SFC64 spawn bit_generator".split()
)
_SOURCES = ("random.", "numpy.random.", "secrets.")
_SEEDS = frozenset(
    "random.set_seed random.set_random_seed set_random_seed random.seed numpy.random.seed random.Random.seed "
    "numpy.random.RandomState.seed".split()
)


@on_traced(RULE, nodes.Call)
def frozen(node: nodes.Call, frame: Frame) -> Iterator[Effect]:
    """`time.time()`, `np.random.rand()`, `rng.normal()`, `tf.random.set_seed(1)`."""
    names = names_called(frame, node)
    found = [_frozen(name, node) for name in names]
    if not found or found[0] is None or None in found or deliberate.is_setup(frame):
        return
    problem, hint = found[0]
    yield effect(
        RULE,
        node,
        names[0],
        problem,
        hint=hint,
        confidence=confidence_in(frame),
        once_is_fine=not deliberate.counts(node),
        eager_is_fine=True,
    )


def _frozen(name: str, node: nodes.Call) -> tuple[str, str] | None:
    """What is wrong with a call of a function by its dotted name, and what to write instead; None if nothing is."""
    if name in _NOW or len(node.args) < _NOW_WITHOUT.get(name, 0):
        return "is the time of tracing in every call", "use tf.timestamp(), or take the time outside and pass it in"
    if name in _WAITS:
        return "waits while tracing and in no later call", "wait outside of the function, or in tf.py_function"
    if name in _UNIQUE:
        return "gives the same value in every call", "make it outside and pass it in as a tensor"
    if _is_seed(name):
        seeds = "seeds once for each trace, and not in every call"
        return seeds, "seed outside of the function, or use tf.random.stateless_uniform and its kin"
    if name.startswith(_SOURCES) and not _is_fresh(node):
        parts = name.split(".")
        if parts[-1] not in _NO_NUMBER and (
            parts[0] != "numpy" or len(parts) <= len("numpy random Generator x".split())
        ):
            return "gives the same numbers in every call", _instead(name)
    if name.startswith("scipy.stats.") and name.endswith(".rvs"):
        return "gives the same numbers in every call", ""
    return None


def _is_seed(name: str) -> bool:
    of_keras = below_keras(name)
    if of_keras is not None:
        return of_keras == "utils.set_random_seed"
    return (legacy(name)[1] if name.startswith("tf.") else name) in _SEEDS


def _is_fresh(node: nodes.Call) -> bool:
    """Whether a method is called on a generator that the function makes with a seed: it gives the same on purpose."""
    if not isinstance(node.func, nodes.Attribute):
        return False
    made = node.func.expr
    if isinstance(made, nodes.Name) and not is_outer(made):
        bound = made.scope().locals.get(made.name, ())
        values = [getattr(one.parent, "value", None) for one in bound]
        return bool(values) and all(isinstance(value, nodes.Call) and _is_seeded(value) for value in values)
    return isinstance(made, nodes.Call) and _is_seeded(made)


def _is_seeded(node: nodes.Call) -> bool:
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    return bool(given) and not (isinstance(given[0], nodes.Const) and given[0].value is None)


def _instead(name: str) -> str:
    last = name.rpartition(".")[2]
    if last in ("shuffle", "permutation", "sample"):
        return "use tf.random.shuffle"
    if last in ("normal", "gauss", "randn", "standard_normal", "normalvariate"):
        return "use tf.random.normal"
    if last in ("choice", "choices", "randint", "randrange", "integers", "random_integers", "getrandbits", "randbelow"):
        return "use tf.random.uniform with maxval and an integer dtype"
    return "use tf.random.uniform and its kin, or a tf.random.Generator made outside"
