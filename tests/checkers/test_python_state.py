"""Python state in traced code: what is told, where, and what is silent. Under TensorFlow each of these was run."""

from __future__ import annotations

import pathlib

import pytest

from ..inference.programs import target, told

PRELUDE = "import numpy as np\nimport tensorflow as tf\n"
HERE = "  # here"

TELLS = {
    ("tf-outer-mutation", "helper"): """
log = []
def note(kind): log.append(kind)  # here
@tf.function
def f(x):
    note("a")
    return x
for i in range(3): f(tf.constant(1.0));
""",
    ("tf-outer-mutation", "method"): """
class T:
    def __init__(self): self.count = 0
    def bump(self): self.count += 1  # here
    @tf.function
    def step(self, x):
        self.bump()
        return x
t = T(); t.step(tf.constant(1.)); print(t.count)
""",
    ("tf-outer-mutation", "assign self"): """
class T:
    def __init__(self): self.count = 0
    @tf.function
    def step(self, x):
        self.count = self.count + 1  # here
        return x
""",
    ("tf-outer-mutation", "lambda"): """
seen = []
f = tf.function(lambda x: (seen.append(1), x * 2)[1])  # here
f(tf.constant(1.)); f(tf.constant(2.)); print(len(seen))
""",
    ("tf-outer-mutation", "alias list"): """
class T:
    def __init__(self): self.items = []
    @tf.function
    def step(self, x):
        items = self.items
        items.append(1)  # here
        return x
""",
    ("tf-outer-mutation", "dict get"): """
counts = {}
@tf.function
def f(x):
    counts["f"] = counts.get("f", 0) + 1  # here
    return x
""",
    ("tf-outer-mutation", "type self"): """
class T:
    n = 0
    @tf.function
    def step(self, x):
        type(self).n += 1  # here
        return x
""",
    ("tf-outer-mutation", "globals"): """
n = 0
@tf.function
def f(x):
    globals()["n"] += 1  # here
    return x
""",
    ("tf-outer-mutation", "pop"): """
todo = [1, 2, 3]
@tf.function
def f(x):
    return x * todo.pop()  # here
""",
    ("tf-outer-mutation", "heapq"): """
import heapq
h = []
@tf.function
def f(x):
    heapq.heappush(h, 1)  # here
    return x
""",
    ("tf-outer-mutation", "nested inner"): """
log = []
@tf.function
def f(x):
    def inner(y):
        log.append(1)  # here
        return y
    return inner(x)
""",
    ("tf-outer-mutation", "map callback"): """
n = []
ds = tf.data.Dataset.range(3).map(lambda x: (n.append(1), x)[1])  # here
list(ds); print(len(n))
""",
    ("tf-outer-mutation", "loss"): """
calls = 0
def my_loss(y, p):
    global calls
    calls += 1  # here
    return tf.reduce_mean(tf.square(y - p))
m = tf.keras.Sequential([tf.keras.layers.Dense(1)])
m.compile("sgd", loss=my_loss)
m.fit(np.ones((4, 1)), np.ones((4, 1)))
""",
    ("tf-outer-mutation", "arg obj"): """
class State: steps = 0
@tf.function
def f(state, x):
    state.steps += 1  # here
    return x
s = State(); f(s, tf.constant(1.))
""",
    ("tf-outer-mutation", "strategy"): """
strategy = tf.distribute.get_strategy()
n = []
def replica(x):
    n.append(1)  # here
    return x
@tf.function
def f(x):
    return strategy.run(replica, args=(x,))
""",
    ("tf-outer-mutation", "train step"): """
class M(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hist = []
    def train_step(self, data):
        self.hist.append(1)  # here
        return super().train_step(data)
""",
    ("tf-argument-mutation", "update"): """
@tf.function
def f(d, x):
    d.update(y=x)  # here
    return d
f({"x": tf.constant(1.)}, tf.constant(1.))
""",
    ("tf-argument-mutation", "nested list"): """
@tf.function
def f(t):
    t[0].append(1)  # here
    return t[1]
f(([], tf.constant(1.)))
""",
    ("tf-argument-mutation", "kwonly"): """
@tf.function
def f(x, *, extras):
    extras["y"] = x  # here
    return x
f(tf.constant(1.), extras={})
""",
    ("tf-argument-mutation", "del"): """
@tf.function
def f(batch):
    y = batch["y"]
    del batch["y"]  # here
    return y
""",
    ("tf-argument-mutation", "default"): """
@tf.function
def f(x, acc=[]):
    acc.append(x)  # here
    return tf.add_n(acc)
""",
    ("tf-argument-mutation", "lambda"): """
f = tf.function(lambda d: d.update(z=1) or d["x"])  # here
""",
    ("tf-argument-mutation", "helper2"): """
def deep(b): b["k"] = 1  # here
def mid(b): deep(b)
@tf.function
def f(batch):
    mid(batch)
    return batch["x"]
""",
    ("tf-argument-mutation", "aug"): """
@tf.function
def f(xs):
    xs += [tf.constant(1.)]  # here
    return tf.add_n(xs)
f([tf.constant(1.)])
""",
    ("tf-argument-mutation", "alias"): """
@tf.function
def f(d):
    e = d
    e["y"] = 1  # here
    return d["x"]
""",
    ("tf-argument-mutation", "train step"): """
class M(tf.keras.Model):
    def train_step(self, data):
        x, y = data
        x["extra"] = y  # here
        return super().train_step((x, y))
""",
    ("tf-tensor-leak", "attr"): """
class T:
    loss = None
    @tf.function
    def step(self, x):
        loss = tf.reduce_sum(x)
        self.loss = loss  # here
        return loss
t = T(); t.step(tf.ones([2])); print(t.loss + 1)
""",
    ("tf-tensor-leak", "global"): """
last = None
@tf.function
def f(x):
    global last
    last = x * 2.0  # here
    return x
f(tf.constant(1.)); print(last)
""",
    ("tf-tensor-leak", "dict"): """
out = {}
@tf.function
def f(x):
    out["y"] = tf.square(x)  # here
    return x
f(tf.constant(1.)); print(out["y"])
""",
    ("tf-tensor-leak", "helper"): """
acts = []
def record(t): acts.append(t)  # here
@tf.function
def f(x):
    h = tf.nn.relu(x)
    record(h)
    return h
""",
    ("tf-tensor-leak", "state"): """
class RNN:
    def __init__(self): self.h = tf.zeros([1])
    @tf.function
    def step(self, x):
        self.h = tf.tanh(x + self.h)  # here
        return self.h
""",
    ("tf-tensor-leak", "aug"): """
class T:
    def __init__(self): self.total = tf.constant(0.0)
    @tf.function
    def step(self, x):
        self.total += x  # here
        return x
""",
    ("tf-tensor-leak", "property"): """
class T:
    @tf.function
    def step(self, x):
        self._loss = tf.reduce_sum(x)  # here
        return x
    @property
    def loss(self): return self._loss
""",
    ("tf-tensor-leak", "other function"): """
class T:
    @tf.function
    def first(self, x):
        self.feats = tf.square(x)  # here
        return x
    @tf.function
    def second(self, x):
        return x + self.feats
""",
    ("tf-tensor-leak", "nonlocal"): """
def make():
    cache = None
    @tf.function
    def f(x):
        nonlocal cache
        if cache is None:
            cache = tf.ones([3])  # here
        return x + cache
    return f
""",
    ("tf-tensor-leak", "dictcache"): """
cache = {}
@tf.function
def f(x, n):
    if n not in cache:
        cache[n] = tf.range(n)  # here
    return x + cache[n]
""",
    ("tf-tensor-leak", "hasattr"): """
class M:
    @tf.function
    def f(self, x):
        if not hasattr(self, "mask"):
            self.mask = tf.ones([2])  # here
        return x * self.mask
""",
    ("tf-tensor-leak", "try"): """
class M:
    @tf.function
    def f(self, x):
        try:
            m = self.mask
        except AttributeError:
            m = self.mask = tf.ones([2])  # here
        return x * m
""",
    ("tf-tensor-leak", "cached property"): """
import functools
class M:
    @functools.cached_property
    def mask(self): return tf.ones([2])  # here
    @tf.function
    def f(self, x): return x * self.mask
""",
    ("tf-tensor-leak", "lru"): """
from functools import lru_cache
@lru_cache()
def freq(n): return tf.range(n) * 2  # here
@tf.function
def f(x): return x + freq(4)
""",
    ("tf-tensor-leak", "tape"): """
class T:
    @tf.function
    def step(self, x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x * x
        self.grads = tape.gradient(y, x)  # here
        return y
t = T(); t.step(tf.constant(1.)); print(t.grads)
""",
    ("tf-tensor-leak", "guard tf fn in helper"): """
class M:
    pe = None
    def _ensure(self):
        if self.pe is None:
            self.pe = tf.range(10)  # here
    @tf.function
    def f(self, x):
        self._ensure()
        return x + self.pe[0]
""",
    ("tf-tensor-leak", "train step"): """
class M(tf.keras.Model):
    def train_step(self, data):
        x, y = data
        loss = tf.reduce_mean(self(x))
        self.last_loss = loss  # here
        return {"loss": loss}
m = M(); m.compile("sgd"); m.fit(np.ones((4, 1)), np.ones((4, 1))); print(m.last_loss)
""",
    ("tf-python-iterator", "attr"): """
class T:
    def __init__(self, data): self.it = iter([1, 2, 3])
    @tf.function
    def step(self): return tf.constant(next(self.it))  # here
""",
    ("tf-python-iterator", "count"): """
import itertools
counter = itertools.count()
@tf.function
def f(x): return x + next(counter)  # here
""",
    ("tf-python-iterator", "genexp"): """
g = (i for i in range(3))
@tf.function
def f(x): return x + sum(g)  # here
""",
    ("tf-python-iterator", "helper"): """
it = iter(range(10))
def draw(): return next(it)  # here
@tf.function
def f(x): return x + draw()
""",
    ("tf-python-iterator", "npiter"): """
it = tf.data.Dataset.range(3).as_numpy_iterator()
@tf.function
def f(x): return x + next(it)  # here
""",
    ("tf-python-iterator", "closure"): """
def make():
    it = iter([1, 2, 3])
    @tf.function
    def f(): return tf.constant(next(it))  # here
    return f
""",
    ("tf-python-iterator", "enumerate"): """
g = iter([1, 2])
@tf.function
def f(x):
    for i, v in enumerate(g): x = x + v  # here
    return x
""",
    ("tf-state-guard", "flag"): """
class M:
    started = False
    def __init__(self): self.v = tf.Variable(0.)
    @tf.function
    def step(self, x):
        if not self.started:  # here
            self.started = True
            y = x * 2
        else:
            y = x + self.v
        return y
""",
    ("tf-state-guard", "global"): """
first = True
v = tf.Variable(0.)
@tf.function
def f(x):
    global first
    if first:  # here
        v.assign(x)
        first = False
    return v + x
""",
    ("tf-state-guard", "list"): """
state = {"n": 0}
v = tf.Variable(0.)
@tf.function
def f(x):
    if state["n"] < 2:  # here
        v.assign_add(x)
        state["n"] += 1
    return v.read_value()
""",
    ("tf-state-guard", "return"): """
class M:
    warm = True
    @tf.function
    def f(self, x):
        if self.warm:  # here
            self.warm = False
            return tf.zeros_like(x)
        return x * 2
""",
    ("tf-raise-in-function", "else"): """
@tf.function
def f(x):
    if x > 0: y = x
    else: raise ValueError("no")  # here
    return y
f(tf.constant(1.))
""",
    ("tf-raise-in-function", "tail"): """
@tf.function
def f(x):
    if tf.reduce_all(x > 0):
        return x
    raise ValueError("no")  # here
""",
    ("tf-raise-in-function", "helper"): """
def fail(msg): raise ValueError(msg)  # here
@tf.function
def f(x):
    if tf.reduce_any(x < 0):
        fail("negative")
    return x
""",
    ("tf-raise-in-function", "while"): """
@tf.function
def f(x):
    while tf.reduce_sum(x) > 10.0:
        raise RuntimeError("x")  # here
    return x
""",
    ("tf-raise-in-function", "for"): """
@tf.function
def f(x):
    for i in tf.range(10):
        if i > 5:
            raise ValueError("i")  # here
    return x
""",
    ("tf-raise-in-function", "lambda cond"): """
def boom(): raise ValueError("b")  # here
@tf.function
def f(x):
    return tf.cond(tf.reduce_sum(x) > 0, lambda: boom(), lambda: x)
""",
    ("tf-raise-in-function", "assert helper"): """
def check(x):
    assert tf.reduce_max(x) < 1.0  # here
@tf.function
def f(x):
    check(x)
    return x
""",
    ("tf-raise-in-function", "assert keras"): """
class L(tf.keras.layers.Layer):
    def call(self, x):
        assert tf.reduce_max(x) < 1.0  # here
        return x
""",
    ("tf-raise-in-function", "switch"): """
def b(): raise ValueError("b")  # here
@tf.function
def f(i): return tf.switch_case(i, [lambda: tf.constant(1), b])
""",
    ("tf-raise-in-function", "map fn"): """
def check(x):
    if tf.reduce_sum(x) < 0: raise ValueError("n")  # here
    return x
ds = tf.data.Dataset.from_tensor_slices([1.0, 2.0]).map(check)
""",
    ("tf-raise-in-function", "elif"): """
@tf.function
def f(x, mode):
    if tf.reduce_sum(x) > 5.: y = 1
    elif tf.reduce_sum(x) > 3.: y = 2
    else: raise ValueError("bad")  # here
    return y
""",
    ("tf-item-assignment", "tensor loop"): """
@tf.function
def f(n):
    out = tf.zeros([10])
    for i in range(10):
        out[i] = tf.cast(i, tf.float32)  # here
    return out
""",
    ("tf-item-assignment", "param"): """
@tf.function
def f(x):
    x[..., 0] = 0.0  # here
    return x
""",
    ("tf-item-assignment", "helper"): """
def zero(t):
    t[0] = 0.0  # here
    return t
@tf.function
def f(x): return zero(tf.square(x))
""",
    ("tf-item-assignment", "eager fn"): """
def main():
    x = tf.random.normal([3])
    x[1] = 0.0  # here
main()
""",
    ("tf-item-assignment", "var mult"): """
w = tf.Variable(3.0)
def train():
    global w
    w *= 0.5  # here
""",
    ("tf-item-assignment", "del"): """
x = tf.constant([1, 2, 3])
del x[0]  # here
""",
    ("tf-item-assignment", "tuple"): """
@tf.function
def f(x):
    y = tf.identity(x)
    y[0], y[1] = y[1], y[0]  # here
    return y
""",
    ("tf-stale-closure", "loop"): """
scale = 1.0
@tf.function
def f(x): return x * scale  # here
for i in range(5):
    scale = 0.5 ** i
    f(tf.constant(1.))
""",
    ("tf-stale-closure", "setter"): """
class M:
    def __init__(self): self.k = 1
    @tf.function
    def f(self, x): return x * self.k  # here
    def set_k(self, k): self.k = k
m = M(); m.f(tf.constant(1)); m.set_k(3); m.f(tf.constant(1))
""",
    ("tf-stale-closure", "attr"): """
class M:
    def __init__(self): self.k = 1
    @tf.function
    def f(self, x): return x * self.k  # here
m = M()
print(m.f(tf.constant(1)))
m.k = 7
print(m.f(tf.constant(1)))
""",
    ("tf-stale-closure", "dict"): """
config = {"lr": 0.1}
@tf.function
def step(x): return x * config["lr"]  # here
step(tf.constant(1.))
config["lr"] = 0.01
step(tf.constant(1.))
""",
    ("tf-stale-closure", "closure"): """
def train():
    alpha = 1.0
    @tf.function
    def step(x): return x * alpha  # here
    for e in range(3):
        step(tf.constant(1.))
        alpha = alpha * 0.9
train()
""",
    ("tf-stale-closure", "global fn"): """
epoch = 0
@tf.function
def step(x): return x + epoch  # here
def train():
    global epoch
    for epoch in range(3):
        step(tf.constant(1))
train()
""",
    ("tf-stale-closure", "helper"): """
temperature = 1.0
def scaled(x): return x / temperature  # here
@tf.function
def f(x): return tf.nn.softmax(scaled(x))
f(tf.ones([2]))
temperature = 2.0
f(tf.ones([2]))
""",
    ("tf-stale-closure", "wrapped"): """
rate = 0.1
def step(x): return x * rate  # here
fast = tf.function(step)
fast(tf.constant(1.)); rate = 0.2; fast(tf.constant(1.))
""",
    ("tf-stale-closure", "numpy"): """
noise = np.zeros(3)
@tf.function
def f(x): return x + noise  # here
f(tf.zeros(3)); noise[:] = 1.0; f(tf.zeros(3))
""",
    ("tf-stale-closure", "class attr"): """
class Cfg:
    k = 1
@tf.function
def f(x): return x * Cfg.k  # here
f(tf.constant(1)); Cfg.k = 3; f(tf.constant(1))
""",
    ("tf-stale-closure", "trainable"): """
layer = tf.keras.layers.Dense(2)
@tf.function
def f(x):
    with tf.GradientTape() as t:
        y = tf.reduce_sum(layer(x))  # here
    return t.gradient(y, layer.trainable_variables)
f(tf.ones([1, 2])); layer.trainable = False; f(tf.ones([1, 2]))
""",
    ("tf-outer-mutation", "alias aug"): """
class M:
    def __init__(self): self.items = []
    @tf.function
    def f(self, x):
        items = self.items
        items += [1]  # here
        return x
""",
    ("tf-tensor-leak", "builder"): """
class Builder:
    def __init__(self): self.parts = []
    def add(self, t): self.parts.append(t)  # here
b = Builder()
@tf.function
def f(x):
    b.add(tf.square(x))
    return x
""",
    ("tf-outer-mutation", "super"): """
class A:
    n = 0
    def step(self, x):
        self.n += 1  # here
        return x
class B(A):
    @tf.function
    def step(self, x):
        return super().step(x) * 2
""",
    ("tf-outer-mutation", "call obj"): """
class Net:
    def __init__(self): self.calls = 0
    def __call__(self, x):
        self.calls += 1  # here
        return x
net = Net()
@tf.function
def f(x): return net(x)
""",
    ("tf-argument-mutation", "arg tuple"): """
@tf.function
def f(batch):
    x, opts = batch
    opts["n"] = 1  # here
    return x
f((tf.constant(1.), {}))
""",
    ("tf-argument-mutation", "arg for"): """
@tf.function
def f(ds):
    for d in ds:
        d["y"] = 1  # here
    return ds[0]["x"]
f([{"x": tf.constant(1.)}])
""",
    ("tf-tensor-leak", "nested fn leak"): """
store = {}
@tf.function
def f(x):
    def hook(name, t): store[name] = t  # here
    y = tf.nn.relu(x)
    hook("relu", y)
    return y
f(tf.ones([2])); print(store["relu"].numpy())
""",
    ("tf-python-iterator", "iter loop zip"): """
labels = iter([1, 2, 3])
@tf.function
def f(xs):
    for x, l in zip([1, 2], labels):  # here
        xs = xs + x * l
    return xs
""",
    ("tf-outer-mutation", "setdefault list"): """
groups = {}
@tf.function
def f(x):
    groups.setdefault("a", []).append(1)  # here
    return x
""",
    ("tf-tensor-leak", "lazy list"): """
cache = []
@tf.function
def f(x):
    if not cache:
        cache.append(tf.ones([3]))  # here
    return x * cache[0]
""",
    ("tf-tensor-leak", "fn attr"): """
@tf.function
def f(x):
    f.last = tf.sin(x)  # here
    return x
f(tf.constant(1.)); print(f.last)
""",
    ("tf-tensor-leak", "cache get"): """
_memo = {}
def table(n):
    t = _memo.get(n)
    if t is None:
        t = _memo[n] = tf.range(n)  # here
    return t
@tf.function
def f(x): return x + table(3)
""",
    ("tf-tensor-leak", "var rebind"): """
class M:
    def __init__(self): self.v = tf.Variable(0.)
    @tf.function
    def f(self, x):
        self.v = self.v + x  # here
        return self.v
""",
    ("tf-state-guard", "early return"): """
class M:
    done = False
    def __init__(self): self.v = tf.Variable(0.)
    @tf.function
    def f(self, x):
        if self.done:  # here
            return x
        self.done = True
        self.v.assign(x)
        return self.v.read_value()
""",
    ("tf-stale-closure", "stale while"): """
lr = 0.1
@tf.function
def step(x): return x * lr  # here
i = 0
while i < 5:
    step(tf.constant(1.))
    lr *= 0.9
    i += 1
""",
    ("tf-stale-closure", "stale tensor"): """
w = tf.constant(1.0)
@tf.function
def f(x): return x * w  # here
for _ in range(3):
    g = f(tf.constant(1.))
    w = w - 0.1 * g
""",
    ("tf-python-iterator", "iter self gen"): """
class D:
    def __init__(self): self.g = self._gen()
    def _gen(self):
        while True: yield np.ones(2)
    @tf.function
    def f(self, x): return x + next(self.g)  # here
""",
    ("tf-raise-in-function", "raise nested call"): """
def validate(x):
    if tf.rank(x) != 2:
        raise ValueError("rank")  # here
    return x
def prep(x): return validate(x)
@tf.function
def f(x): return prep(x)
""",
}

SILENT = {
    "with that counts": """
DEPTH = 0
class Scope:
    def __enter__(self):
        global DEPTH
        if DEPTH == 0: print("tracing begins")
        DEPTH += 1
    def __exit__(self, *error):
        global DEPTH
        DEPTH -= 1
@tf.function
def f(x):
    with Scope():
        return x * 2
""",
    "with of a base class": """
NAMES = []
class Base:
    def __init__(self, name): self.name = name
    def __exit__(self, *error): NAMES.pop()
class Named(Base):
    def __enter__(self): self.push(); return self
    def push(self): NAMES.append(self.name)
@tf.function
def f(x):
    with Named("a"):
        return x * 2
""",
    "local obj": """
class Acc:
    def __init__(self): self.n = 0; self.items = []
    def add(self, x): self.n += 1; self.items.append(x)
@tf.function
def f(x):
    a = Acc()
    for i in range(3): a.add(x)
    return tf.add_n(a.items) / a.n
""",
    "closure local": """
@tf.function
def f(x):
    out = []
    def add(y): out.append(y)
    for i in range(3): add(x * i)
    return tf.stack(out)
""",
    "nonlocal traced": """
@tf.function
def f(x):
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return x * inc() * inc()
""",
    "param list": """
def collect(out, x): out.append(x)
@tf.function
def f(x):
    out = []
    collect(out, x)
    return tf.stack(out)
""",
    "metadata": """
class L(tf.keras.layers.Layer):
    def call(self, x):
        self.in_shape = x.shape
        self.called = True
        return x
""",
    "reset": """
class M:
    def __init__(self): self.outs = []
    def block(self, x):
        self.outs.append(x)
        return x * 2
    @tf.function
    def __call__(self, x):
        self.outs = []
        for _ in range(3): x = self.block(x)
        return tf.stack(self.outs)
""",
    "depth": """
class M:
    depth = 0
    @tf.function
    def __call__(self, x):
        self.depth += 1
        y = x * self.depth
        self.depth -= 1
        return y
""",
    "py function": """
log = []
def note(x):
    log.append(x.numpy())
    return x
@tf.function
def f(x):
    return tf.py_function(note, [x], tf.float32)
""",
    "restore": """
class M:
    training = False
    @tf.function
    def __call__(self, x):
        old = self.training
        self.training = True
        y = x * 2 if self.training else x
        self.training = old
        return y
""",
    "run eagerly": """
class M(tf.keras.Model):
    def train_step(self, data):
        self.k += 1
        return {}
m = M(); m.compile(run_eagerly=True)
""",
    "a copy": """
@tf.function
def f(d):
    d = {**d}
    d["y"] = 1
    return d
""",
    "a copy method": """
@tf.function
def f(d):
    d = d.copy()
    d["y"] = 1
    return d
f({"x": tf.constant(1.)})
""",
    "a other": """
@tf.function
def f(d):
    e = {}
    e["y"] = d["x"]
    e.update(d)
    return e
""",
    "a kwargs": """
@tf.function
def f(x, **kw):
    kw["y"] = x
    kw.pop("z", None)
    return kw["y"]
""",
    "a map": """
def parse(d):
    d["y"] = d["x"] + 1
    return d
tf.data.Dataset.from_tensors({"x": 1}).map(parse)
""",
    "a call": """
class L(tf.keras.layers.Layer):
    def call(self, inputs):
        m = inputs.pop("mask")
        return inputs["x"] * m
""",
    "a assert": """
@tf.function
def f(d):
    d["x"] = d["x"]
    return d["x"]
""",
    "l var": """
class M:
    v = None
    @tf.function
    def f(self, x):
        if self.v is None:
            self.v = tf.Variable(1.0)
        return x * self.v
""",
    "l same": """
class M:
    def a(self, x): self.h = tf.square(x)
    def b(self): return self.h + 1
    @tf.function
    def f(self, x):
        self.a(x)
        return self.b()
""",
    "l lifted": """
class M:
    m = None
    def mask(self):
        if self.m is None:
            with tf.init_scope():
                self.m = tf.ones([2])
        return self.m
    @tf.function
    def f(self, x): return x * self.mask()
""",
    "l np": """
class M:
    m = None
    @tf.function
    def f(self, x):
        if self.m is None:
            self.m = np.ones([2], np.float32)
        return x * self.m
""",
    "l attn": """
class A(tf.keras.layers.Layer):
    def call(self, x):
        w = tf.nn.softmax(x)
        self.last_scores = w
        return w
class D(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.a = A()
    def call(self, x):
        y = self.a(x)
        self.scores = self.a.last_scores
        return y
""",
    "l static": """
class M:
    @tf.function
    def f(self, x):
        self.rank = x.shape.rank
        self.dtype = x.dtype
        return x
print(M().rank)
""",
    "l lru var": """
import functools
@functools.lru_cache(None)
def v(): return tf.Variable(0.)
@tf.function
def f(x): return v() + x
""",
    "l lru py": """
import functools
@functools.lru_cache(None)
def sizes(n): return [1] * n
@tf.function
def f(x): return x + len(sizes(3))
""",
    "l state reset": """
class C:
    def step(self, x):
        self.h = tf.tanh(x + self.h)
        return self.h
    @tf.function
    def run(self, xs):
        self.h = tf.zeros([1])
        for i in range(3):
            y = self.step(xs[i])
        return y
""",
    "l eager": """
class T:
    @tf.function
    def f(self, x): return x * 2
    def step(self, x):
        self.loss = self.f(x)
t = T(); t.step(tf.constant(1.)); print(t.loss)
""",
    "i local": """
@tf.function
def f(x):
    it = iter([1, 2, 3])
    return x + next(it)
""",
    "i gen": """
def pieces(x):
    for i in range(3): yield x * i
@tf.function
def f(x):
    out = []
    for p in pieces(x): out.append(p)
    return tf.add_n(out)
""",
    "i ds": """
ds = iter(tf.data.Dataset.range(3))
@tf.function
def f(it): return next(it)
f(ds)
""",
    "i attr ds": """
class T:
    def __init__(self, ds): self.it = iter(ds)
    @tf.function
    def step(self): return next(self.it)
""",
    "i next gen": """
layers = [1, 2]
@tf.function
def f(x):
    first = next(l for l in layers if l > 1)
    return x + first
""",
    "i dist": """
strategy = tf.distribute.get_strategy()
it = iter(strategy.experimental_distribute_dataset(tf.data.Dataset.range(3)))
@tf.function
def f(): return next(it)
""",
    "g var": """
class M:
    built = False
    @tf.function
    def f(self, x):
        if not self.built:
            self.v = tf.Variable(tf.zeros([2]))
            self.built = True
        return x + self.v
""",
    "g init": """
class M:
    ready = False
    def _make(self, x):
        self.v = tf.Variable(tf.zeros([2]))
    @tf.function
    def f(self, x):
        if not self.ready:
            self._make(x)
            self.ready = True
        return x + self.v
""",
    "g config": """
class M:
    def __init__(self, use): self.use = use
    @tf.function
    def f(self, x):
        if self.use:
            x = x * 2
        return x
""",
    "g passed": """
class M:
    training = False
    def inner(self, x):
        if self.training:
            x = x * 2
        return x
    @tf.function
    def f(self, x, training=False):
        self.training = training
        return self.inner(x)
""",
    "g tfvar": """
class M:
    def __init__(self): self.n = tf.Variable(0); self.v = tf.Variable(0)
    @tf.function
    def f(self, x):
        if self.n == 0:
            self.n.assign_add(1)
            self.v.assign(x)
        return x
""",
    "g local": """
@tf.function
def f(x):
    first = True
    for i in range(3):
        if first:
            x = x * 2
            first = False
    return x
""",
    "r rank": """
@tf.function
def f(x):
    if x.shape.rank != 1: raise ValueError("rank")
    return x
""",
    "r notimpl": """
class B:
    def inner(self, x): raise NotImplementedError
class C(B):
    def inner(self, x): return x * 2
    @tf.function
    def f(self, x):
        if tf.reduce_sum(x) > 0:
            x = self.inner(x)
        return x
""",
    "r type": """
def conv(x):
    if isinstance(x, tf.Tensor): return x
    raise TypeError("x")
@tf.function
def f(x):
    if tf.reduce_sum(x) > 0:
        x = conv(x)
    return x
""",
    "r try": """
@tf.function
def f(x):
    try:
        if tf.reduce_sum(x) < 0: raise ValueError("in")
    except ValueError:
        x = -x
    return x
""",
    "r assert py": """
@tf.function
def f(x):
    assert x.shape.rank == 1
    assert len(x.shape) == 1
    assert x is not None
    assert isinstance(x, tf.Tensor)
    assert x.dtype == tf.float32
    return x
""",
    "r eager": """
def check(x):
    if tf.reduce_sum(x) < 0: raise ValueError("n")
    assert tf.reduce_sum(x) > 0
    return x
check(tf.ones([2]))
""",
    "r cond py": """
def no(): raise ValueError("x")
@tf.function
def f(x, flag=True):
    if flag: return x
    return no()
f(tf.constant(1.))
""",
    "v list": """
@tf.function
def f(x):
    out = [x, x]
    out[0] = x * 2
    return tf.stack(out)
""",
    "v np": """
a = np.zeros(3)
a[0] = 1.0
a += 1
""",
    "v split": """
@tf.function
def f(x):
    parts = tf.split(x, 2)
    parts[0] = parts[0] * 2
    return tf.concat(parts, 0)
""",
    "v unstack": """
@tf.function
def f(x):
    s = x.shape.as_list()
    s[0] = -1
    parts = tf.unstack(x, num=2)
    parts[1] = parts[1] * 2
    return tf.reshape(x, s)
""",
    "v grads": """
def f(x, vs):
    with tf.GradientTape() as t: y = x
    g = t.gradient(y, vs)
    g[0] = g[0] * 2
    return g
""",
    "s const": """
k = 1
k = 2
@tf.function
def f(x): return x * k
f(tf.constant(1))
f(tf.constant(2))
""",
    "s before": """
class M:
    def __init__(self): self.k = 1
    def configure(self, k): self.k = k
    @tf.function
    def f(self, x): return x * self.k
m = M(); m.configure(3); m.f(tf.constant(1)); m.f(tf.constant(1))
""",
    "s remake": """
def remake(k):
    @tf.function
    def f(x): return x * k
    return f
print(remake(1)(tf.constant(1)), remake(2)(tf.constant(1)))
""",
    "s lr": """
opt = tf.keras.optimizers.SGD(0.1)
v = tf.Variable(1.)
@tf.function
def f():
    opt.apply_gradients([(tf.constant(1.), v)])
f(); opt.learning_rate = 0.01; f()
""",
    "s loopvar": """
@tf.function
def f(x):
    for i in range(3):
        x = x + i
    return x
for i in range(3):
    f(tf.constant(i))
""",
    "s main": """
def main():
    n = 3
    @tf.function
    def f(x): return x * n
    for i in range(3):
        f(tf.constant(i))
main()
""",
    "static": """
class L(tf.keras.layers.Layer):
    @staticmethod
    def fix(boxes, t):
        boxes = boxes.copy()
        boxes["b"] = t
        return boxes
    def call(self, boxes):
        return self.fix(boxes, tf.ones([2]))
""",
    "run arg": """
strategy = tf.distribute.get_strategy()
def replica(inputs):
    inputs["mems"] = None
    return inputs["x"]
@tf.function
def f(it):
    return strategy.run(replica, args=(next(it),))
""",
    "fresh attr": """
class Anchor:
    def __init__(self): self.boxes = {}
@tf.function
def f(x, boxes=None):
    if boxes is None:
        boxes = Anchor().boxes
        boxes["a"] = x
        for l in boxes:
            boxes[l] = tf.tile(boxes[l], [2])
    return boxes
""",
    "shapes": """
shapes = [None]
@tf.function
def f(x):
    shapes[0] = tf.nest.map_structure(lambda t: t.shape.as_list(), x)
    return x
f([tf.ones([2])]); print(shapes[0])
""",
    "c printed": """
class M:
    n = 0
    def __init__(self):
        self.step = tf.function(self._step)
    def _step(self, x):
        self.n += 1
        return x
m = M()
m.step(tf.constant(1.0))
print(m.n)
""",
    "c named": """
trace_count = 0
@tf.function
def f(x):
    global trace_count
    trace_count += 1
    return x
""",
    "c text": """
n = []
@tf.function
def f(x):
    n.append(1)
    return x
f(tf.constant(1.0))
print(f"traces: {len(n)}")
""",
    "c lifted": """
n = []
@tf.function
def f(x):
    with tf.init_scope():
        n.append(1)
    return x
""",
    "c mark": """
class L(tf.keras.layers.Layer):
    def __init__(self, called):
        super().__init__()
        self.called = called
    def call(self, x):
        self.called.append(True)
        return x
""",
    "c eager layer": """
n = []
class L(tf.keras.layers.Layer):
    def call(self, x):
        n.append(1)
        return x
layer = L()
layer(tf.ones([1]))
""",
    "c replaced": """
import types
class Host(tf.keras.metrics.Metric):
    def __new__(cls):
        made = super().__new__(cls)
        def update(self, *given):
            tf.py_function(Host.update_state, [self, *given], [])
        made.update_state = types.MethodType(update, made)
        return made
    def update_state(self, y_true, y_pred):
        self.steps += 1
""",
    "c notimpl scope": """
class L(tf.keras.layers.Layer):
    calls = 0
    def call(self, x):
        self.calls += 1
        with tf.name_scope(f"call_{self.calls}"):
            return x * 2
""",
    "function per key": """
class Cached:
    def __init__(self): self._fns = {}
    def get(self, n):
        if n not in self._fns:
            @tf.function
            def f(x): return x * n
            self._fns[n] = f
        return self._fns[n]
c = Cached()
c.get(1)(tf.constant(1.)); c.get(2)(tf.constant(1.))
""",
    "eager counter": """
step = 0
@tf.function
def f(x): return x * 2
def train():
    global step
    for _ in range(3):
        f(tf.constant(1.))
        step += 1
        print(step)
train()
""",
    "eager decay": """
class Agent:
    def __init__(self):
        self.eps = 1.0
        self.q = tf.keras.Sequential([tf.keras.layers.Dense(2)])
    @tf.function
    def predict(self, s): return self.q(s)
    def act(self, s):
        self.eps *= 0.99
        if np.random.rand() < self.eps: return 0
        return int(tf.argmax(self.predict(s)[0]))
""",
    "local stack": """
@tf.function
def beam(x):
    finished = []
    alive = [x]
    while alive:
        cur = alive.pop()
        finished.append(cur)
        if len(finished) < 3:
            alive.append(cur * 2)
    return tf.stack(finished)
""",
    "host environment": """
class Env:
    def __init__(self): self.state = np.zeros(3); self.t = 0
    def step(self, a):
        self.t += 1
        self.state = self.state + a
        return self.state.astype(np.float32)
env = Env()
@tf.function
def f(a):
    return tf.numpy_function(env.step, [a], tf.float32)
""",
}


@pytest.mark.parametrize(("symbol", "case"), TELLS)
def test_told(symbol: str, case: str, tmp_path: pathlib.Path) -> None:
    """Each marked line is told, by the rule that speaks of it, and no other line is."""
    text = TELLS[symbol, case]
    expected = [number for number, line in enumerate(text.splitlines(), 3) if line.endswith(HERE)]
    found = told(tmp_path, PRELUDE + text, worlds=target("==2.21.*", ">=3"))
    assert sorted({int(line.split()[0]) for line in found if line.split()[1] == symbol}) == expected


SPREAD = {
    ("tf-outer-mutation", "base class"): (
        """
class Base:
    count = 0
    def bump(self):
        self.count += 1
""",
        """
from library import Base
class T(Base):
    @tf.function
    def step(self, x):
        self.bump()  # here
        return x
""",
    ),
    ("tf-argument-mutation", "helper"): (
        """
def scale(batch):
    batch['x'] = batch['x'] / 255.0
    return batch
""",
        """
import library
@tf.function
def f(batch):
    return library.scale(batch)  # here
""",
    ),
    ("tf-tensor-leak", "cache"): (
        """
class Table:
    rows = None
    def get(self):
        if self.rows is None:
            self.rows = tf.range(10)
        return self.rows
""",
        """
from library import Table
table = Table()
@tf.function
def f(x):
    return x + table.get()  # here
""",
    ),
    ("tf-python-iterator", "imported"): (
        """
stream = iter([1, 2, 3])
""",
        """
from library import stream
@tf.function
def f(x):
    return x * next(stream)  # here
""",
    ),
    ("tf-raise-in-function", "helper"): (
        """
def require(fine):
    if not fine:
        raise ValueError('negative')
""",
        """
import library
@tf.function
def f(x):
    library.require(tf.reduce_all(x > 0))  # here
    return x
""",
    ),
    ("tf-stale-closure", "module"): (
        """
RATE = 0.1
""",
        """
import library
@tf.function
def f(x):
    return x * library.RATE  # here
f(tf.constant(1.0))
library.RATE = 0.2
f(tf.constant(1.0))
""",
    ),
    ("tf-stale-closure", "object"): (
        """
class Agent:
    def __init__(self):
        self.eps = 1.0
    @tf.function
    def act(self, x):
        return x * self.eps
""",
        """
from library import Agent
a = Agent()
a.act(tf.constant(1.0))
a.eps = 0.5  # here
a.act(tf.constant(1.0))
""",
    ),
}


@pytest.mark.parametrize(("symbol", "case"), SPREAD)
def test_told_across_modules(symbol: str, case: str, tmp_path: pathlib.Path) -> None:
    library, text = SPREAD[symbol, case]
    expected = [number for number, line in enumerate(text.splitlines(), 3) if line.endswith(HERE)]
    found = told(tmp_path, PRELUDE + text, worlds=target("==2.21.*", ">=3"), files={"library.py": PRELUDE + library})
    assert [int(line.split()[0]) for line in found if line.split()[1] == symbol] == expected


@pytest.mark.parametrize("case", SILENT)
def test_silent(case: str, tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, PRELUDE + SILENT[case], worlds=target("==2.21.*", ">=3")) == []
