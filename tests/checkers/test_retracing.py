"""Retracing, signatures and what a tf.function can be: what was run under TensorFlow 2.21, line by line.

A line that ends in `# BAD` is told by the rule, each other line is not.
"""

from __future__ import annotations

import pathlib

import pytest

from ..inference.programs import findings, target

VALUES_AND_OBJECTS = """\
import functools, random, time, math, os, itertools
import numpy as np
import tensorflow as tf
from tqdm import tqdm

@tf.function
def f(x, i=0, s=''): return x
x = tf.constant(1.)
def train(epochs):
    for epoch in range(epochs):
        f(x, epoch)  # BAD
class Agent:
    def __init__(self):
        self.step = 0
        self.eps = 1.0
        self.lr = 0.1
        self.loss_fn = lambda a: a
    @tf.function
    def _train(self, x, step, lr=None): return x
    def train(self, x):
        self.step += 1
        self._train(x, self.step)  # BAD
        self._train(x, self.eps)  # BAD
        self._train(x, self.lr)
        self.eps = max(0.1, self.eps * 0.99)
    def loss(self, y): return y
    def run(self):
        for b in tf.data.Dataset.range(3):
            self._train(b, self.loss)  # BAD
            self._train(b, self.loss_fn)
for i, b in enumerate(tf.data.Dataset.range(3)):
    f(b, i)  # BAD
    f(b, b)
    f(b, float(b))  # BAD
    f(b, b.numpy())
    f(b, b.numpy().item())  # BAD
    f(b, len(b))
    f(b, b.shape[0])
    f(b, s=f"batch {i}")  # BAD
    f(b, s="batch {}".format(i))  # BAD
    f(b, s="a" + str(i))  # BAD
    f(b, [i, 2])  # BAD
    f(b, {"a": i})  # BAD
    f(b, i > 2)
    f(b, True)
    f(b, 1)
    f(b, tf.constant(i))
    f(b, np.float32(i))
    f(b, time.time())  # BAD
    f(b, random.random())  # BAD
    f(b, np.random.rand())  # BAD
    f(b, np.random.rand(3))
    f(b, np.random.uniform(size=3))
    f(b, math.exp(-i))  # BAD
    f(b, lambda v: v)  # BAD
    f(b, functools.partial(max, 1))  # BAD
    f(b, i / 10)  # BAD
    f(b, i % 2)
f(x, time.time())
n = 0
while n < 100:
    f(x, n)  # BAD
    n += 1
for p in tqdm(range(10)): f(x, p)  # BAD
for a, b in zip(range(10), [x] * 10): f(x, a)  # BAD
for a, (b, c) in enumerate([(1, 2), (3, 4)]): f(x, a)  # BAD
for k in itertools.count(): f(x, k)  # BAD
[f(x, q) for q in range(10)]  # BAD
for q in [1, 2]: f(x, q)
for q in ["train", "eval", "test"]: f(x, s=q)
for lr in [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]: f(x, lr)  # BAD
def lr_at(epoch): return 0.1 * 0.9 ** epoch
for e in range(20):
    lr = lr_at(e)
    f(x, lr)  # BAD
def one(x, epoch):
    f(x, epoch)  # BAD
for e in range(20):
    one(x, e)
g = tf.function(lambda x, i: x)
for e in range(20): g(x, e)  # BAD
h = tf.function(lambda x, i: x, input_signature=[tf.TensorSpec([]), tf.TensorSpec([])])
for e in range(20): h(x, e)
decay = 1.0
for e in range(20):
    f(x, decay)  # BAD
    decay *= 0.9
decay2 = 1.0
for e in range(20):
    f(x, decay2)  # BAD
    decay2 = decay2 * 0.5
@tf.function
def outer(ds, n):
    for i, x in enumerate(ds): f(x, i)
    for i in range(n): f(x, i)
    for i in tf.range(n): f(x, i)
    for i in range(10): f(x, i)  # BAD
    k = 0
    while k < n:
        f(x, k)
        k += 1
t = tf.constant(0)
for e in range(10):
    t = t + 1
    f(t, int(t))  # BAD
class Cfg: pass
for e in range(10):
    c = Cfg()
    f(x, c)  # BAD
c = Cfg()
for e in range(10): f(x, c)
for path in os.listdir('.'): f(path)  # BAD
class Net(tf.Module):
    def __init__(self, k=1): self.k = k
    @tf.function
    def go(self, x): return x
for e in range(10):
    net = Net(3)
    net.go(x)  # BAD
for e in range(10):
    net = Net(e)
    net.go(x)
for e in range(10):
    net = Net(3)
    for b in tf.data.Dataset.range(3): net.go(b)
for e in range(10): f.get_concrete_function(x, e)  # BAD
"""

HANDED_ON = """\
import uuid, datetime
import tensorflow as tf
@tf.function
def f(x, i=0, s=''): return x
x = tf.constant(1.)
def run(fn):
    for i in range(10): fn(x, i)  # BAD
run(f)
def run2(fn):
    for i in range(10): fn(x, i)
run2(f); run2(len)
step = 0
def train(x):
    global step
    step += 1
    f(x, step)  # BAD
count = 0
def train2(x):
    global count
    count = count + 1
    return f(x, count)  # BAD
fixed = 3
def train3(x):
    global fixed
    fixed = 4
    return f(x, fixed)
for _ in range(9):
    f(x, s=str(uuid.uuid4()))  # BAD
    f(x, datetime.datetime.now().timestamp())  # BAD
    f(x, s=datetime.datetime.now().strftime('%H'))  # BAD
def outer():
    n = 0
    def inner():
        nonlocal n
        n += 1
        f(x, n)  # BAD
    return inner
class T:
    def __init__(self, fn):
        self.fn = tf.function(fn)
        self.n = 0
        self.size = 32
    def one(self, x):
        self.fn(x, self.n)  # BAD
        self.fn(x, self.size)
        self.n = self.n + 1
t = T(lambda x, n: x)
"""

MADE_IN_LOOPS = """\
import functools
import tensorflow as tf
x = tf.constant(1.)
ds = tf.data.Dataset.range(3)
def g(x): return x
for b in ds:
    tf.function(g)(b)  # BAD
for b in ds:
    step = tf.function(g)  # BAD
    step(b)
for b in ds:
    step = tf.function(g)
    for c in ds: step(c)
fns = []
for b in range(10):
    @tf.function
    def step(x): return x + b
    fns.append(step)
for f in [g, g]: tf.function(f)(x)
for f in fns: tf.function(f)(x)
def per_step(x):
    @tf.function  # BAD
    def inner(y): return y
    return inner(x)
for b in ds: per_step(b)
def train():
    @tf.function
    def inner(y): return y
    for b in ds: inner(b)
for r in range(3): train()
def once(x):
    return tf.function(g)(x)
once(x)
class M:
    def __init__(self):
        self.cache = {}
        self._f = None
    def predict(self, x):
        return tf.function(self.body)(x)  # BAD
    def cached(self, x):
        if self._f is None: self._f = tf.function(self.body)
        return self._f(x)
    def keyed(self, x, k):
        if k not in self.cache:
            self.cache[k] = tf.function(self.body)
        return self.cache[k](x)
    def body(self, x): return x
m = M()
while True:
    m.predict(x); m.cached(x); m.keyed(x, 1)
    break
@functools.lru_cache()
def make():
    @tf.function
    def f(x): return x
    return f
for i in range(3): make()(x)
class CB(tf.keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        @tf.function  # BAD
        def f(x): return x
        f(x)
while True:
    tf.function(lambda: g(x))()  # BAD
    [tf.function(g)(y) for y in ds]  # BAD
    break
jit = functools.partial(tf.function, jit_compile=True)
for b in ds:
    @jit  # BAD
    def q(x): return x
    q(b)
for n in range(10):
    cf = tf.function(g).get_concrete_function(tf.TensorSpec([n]))
for n in range(10):
    cf = tf.function(g).get_concrete_function(tf.TensorSpec([]))  # BAD
def factory():
    return tf.function(g)
for n in range(10): factory()(x)  # BAD
def fac2():
    @tf.function
    def f(x): return x
    return f
for n in range(10):
    s = fac2()  # BAD
    s(x)
@tf.function
def outer(x):
    for i in range(10): x = tf.function(g)(x)
    return x
def helper(x):
    @tf.function
    def inner(y): return y
    return inner(x)
@tf.function
def outer2(x): return helper(x)
outer2(x)
def fac3(m): return tf.function(m)
for m in ms():
    fac3(m)(x)
st = fac2()
for m in range(3): st(x)
"""

SIGNATURES = """\
import functools
import numpy as np
import tensorflow as tf
S = tf.TensorSpec
@tf.function(input_signature=[S([])])  # BAD
def a(x, y): return x
@tf.function(input_signature=(S([]), S([])))  # BAD
def b(x): return x
@tf.function(input_signature=S([]))  # BAD
def c(x): return x
@tf.function(input_signature={'x': S([])})  # BAD
def d(x): return x
@tf.function(input_signature=[tf.float32])  # BAD
def e(x): return x
@tf.function(input_signature=[[None]])  # BAD
def f(x): return x
@tf.function(input_signature=[None])  # BAD
def g(x): return x
@tf.function(input_signature=[tf.constant(1.)])  # BAD
def h(x): return x
@tf.function(input_signature=[[S([]), S([])]])
def i(x): return x
i([tf.constant(1.), tf.constant(2.)])
@tf.function(input_signature=[])
def j(): return 1
SIG = [S([None], tf.float32)]
@tf.function(input_signature=SIG)
def k(x, training=False): return x
k(tf.constant([1.]))
k(tf.constant([1.]), training=False)
k(tf.constant([1.]), training=True)  # BAD
k(tf.constant([1.]), True)  # BAD
k(tf.constant([[1.]]))  # BAD
k(tf.constant(1.))  # BAD
k(tf.constant([1]))  # BAD
k(np.ones([2]))
k(np.ones([2, 2]))  # BAD
k(tf.zeros([2, 2]))  # BAD
k(tf.zeros([4]))
k(tf.zeros([4], tf.float64))  # BAD
k(1.0)  # BAD
k([1., 2.])
k(None)  # BAD
k('a')  # BAD
k(x=tf.zeros([2]))
k(x=tf.zeros([2], dtype=tf.int32))  # BAD
z = tf.zeros([2, 2])
k(z)  # BAD
class M(tf.Module):
    def __init__(self):
        self.t = tf.function(self.body, input_signature=[S([])])
        self.u = tf.function(self.body, input_signature=[S([]), S([])])  # BAD
    def body(self, x): return x
    @tf.function(input_signature=[S([])])
    def ok(self, x): return x
    @tf.function(input_signature=[S([]), S([])])  # BAD
    def bad(self, x): return x
    @tf.function(input_signature=[S([])])  # BAD
    def bad2(self, x, y): return x
    @staticmethod
    @tf.function(input_signature=[S([])])
    def st(x): return x
m = M()
m.ok(tf.constant(1.)); m.t(tf.constant(1.)); m.st(tf.constant(1.))
m.ok(tf.constant(1))  # BAD
m.t(tf.constant([1.]))  # BAD
M.st(tf.constant(1.))
@tf.function(input_signature=[S([])] * 2)
def n(x, y): return x
@tf.function(input_signature=[S([], tf.int32), S([], tf.string)])
def o(x, s): return x
o(1, 'a'); o(tf.constant(1), tf.constant('a'))
o(1.5, 'a')  # BAD
o(1, 2)  # BAD
o(tf.constant(1, tf.int64), 'a')  # BAD
def plain(x): return x
p = tf.function(plain, input_signature=[S([2, 3])])
p(tf.zeros([2, 3]))
p(tf.zeros([3, 2]))  # BAD
q = tf.function(lambda x, y: x, input_signature=[S([])])  # BAD
@tf.function(input_signature=[S([]), S([])])
def va(*args): return args[0]
va(tf.constant(1.), tf.constant(1.))
va(tf.constant(1.))  # BAD
@tf.function(input_signature=[S(None)])
def r(x): return x
r(tf.zeros([1, 2, 3])); r(tf.constant(1.))
@tf.function(jit_compile=True, reduce_retracing=True, autograph=False)
def v(x): return x
k.get_concrete_function()
k.get_concrete_function(S([None]))
for b in tf.data.Dataset.range(3): k(b)  # BAD
@tf.function(input_signature=[S([None, 28, 28, 1])])
def serve(x): return x
serve(tf.zeros([1, 28, 28, 1])); serve(tf.random.normal([5, 28, 28, 1]))
serve(tf.zeros([1, 28, 28]))  # BAD
serve(tf.random.uniform((1, 28, 28, 3)))  # BAD
"""

FUNCTIONS_AND_RESULTS = """\
import functools, collections, dataclasses
import tensorflow as tf
x = tf.constant(1.)
@tf.function  # BAD
def gen(x): yield x
@tf.function  # BAD
async def co(x): return x
class A:
    def __init__(self): self.k = 1
    @tf.function  # BAD
    @classmethod
    def a(cls, x): return x
    @tf.function  # BAD
    @property
    def b(self): return 1
    @tf.function  # BAD
    @functools.cached_property
    def c(self): return 1
    @property
    @tf.function
    def d(self): return 1
    @tf.function
    @staticmethod
    def e(x): return x
    @tf.function
    def m(self, x): return x * self.k
    @tf.function
    def n(self, x): return x
    @tf.function
    def __call__(self, x): return x * self.k
    def plain(self, x): return x * self.k
@tf.function  # BAD
class B: pass
A().m(x)  # BAD
A().n(x)
A()(x)
A().plain(x)
def mk(): return A().m  # BAD
def mk2():
    a = A()
    return a.m  # BAD
def mk3():
    a = A()
    keep.append(a)
    return a.m
def make(): return A()
make().m(x)  # BAD
a = make()
a.m(x)
g = A().m  # BAD
A().m.get_concrete_function(x)  # BAD
class C(tf.Module):
    def __init__(self):
        super().__init__()
        self.v = tf.Variable(1.)
    @tf.function
    def m(self, x): return x * self.v
C().m(x)  # BAD
class D:
    def __init__(self):
        self.k = 2
        self.cb = self.helper
    def helper(self): pass
    @tf.function
    def m(self, x): return x * self.k
D().m(x)
gf = tf.function(lambda: (yield 1))
def gg():
    yield 1
tf.function(gg)  # BAD
class E:
    @tf.function  # BAD
    def __init__(self):
        self.v = tf.Variable(1.)
class F:
    @tf.function
    def __init__(self, n): self.n = n
class Plain: pass
NT = collections.namedtuple('NT', 'a b')
@tf.function
def r1(x): return {x}  # BAD
@tf.function
def r2(x): return x.dtype  # BAD
@tf.function
def r3(x): return Plain()  # BAD
@tf.function
def r4(x): return NT(x, x)
@tf.function
def r5(x): return (x, {1, 2})  # BAD
@tf.function
def r6(x): return {'a': x, 'b': lambda: x}  # BAD
@tf.function
def r7(x):
    with tf.GradientTape() as t:
        y = x * x
    return y, t  # BAD
@tf.function
def r8(x): return map(lambda v: v, [x])  # BAD
@tf.function
def r9(x): return zip([x], [x])  # BAD
@tf.function
def r10(x):
    def inner(): return {1}
    return x
@tf.function
def r11(x):
    def inner(): return x
    return inner  # BAD
@tf.function
def r12(x): return r1  # BAD
@tf.function
def r13(x): return [v for v in [x]]
@tf.function
def r14(x): return (v for v in [x])  # BAD
@tf.function
def r15(x): return x.shape, x.shape.as_list(), None, 'a', 1
@tf.function
def r16(x): return helper_set(x)  # BAD
def helper_set(x): return {x}
@tf.function
def r17(x):
    opt = tf.keras.optimizers.SGD()
    return opt  # BAD
@tf.function
def r18(x):
    s = set()
    s.add(1)
    return s  # BAD
@tf.function
def r19(x): return range(3), {'a': x}.items()
@tf.function
def r20(x): return functools.partial(max, 1)  # BAD
r21 = tf.function(lambda x: {1, 2})  # BAD
@tf.function
def r22(x): return tf.float32  # BAD
@tf.function
def r23(x): return tf.TensorArray(tf.float32, 1), tf.data.Dataset.range(3)
@dataclasses.dataclass
class DC:
    a: int = 1
@tf.function
def r24(x): return DC(a=x)  # BAD
@tf.function
def r25(x): return enumerate([x])  # BAD
class K(tf.keras.Model):
    @tf.function
    def call(self, x): return x
    @tf.function
    def get(self): return self  # BAD
@tf.function
def r26(x): return open('a')  # BAD
"""

SHARED_BY_MODELS = """\
import tensorflow as tf
K = tf.keras
w = tf.Variable(2.0)
x = tf.ones([1, 1])
@tf.function
def step(opt, y):
    with tf.GradientTape() as t: l = w * w
    opt.apply_gradients([(t.gradient(l, w), w)])
for _ in range(3): step(K.optimizers.Adam(), 1)  # BAD
@tf.function
def step2(opt):
    with tf.GradientTape() as t: l = w * w
    opt.apply_gradients([(t.gradient(l, w), w)])
for o in [K.optimizers.Adam(), K.optimizers.SGD()]: step2(o)  # BAD
@tf.function
def step3(opt): opt.apply_gradients([])
adam = K.optimizers.Adam()
step3(adam); step3(adam); step3(opt=adam)
sgd = K.optimizers.SGD()
step3(sgd)  # BAD
class MyModel(K.Model):
    def __init__(self):
        super().__init__()
        self.d = K.layers.Dense(1)
    def call(self, x): return self.d(x)
@tf.function
def predict(model, x): return model(x)
a = MyModel()
b = MyModel()
c = MyModel(); c.build([None, 1])
d = MyModel(); d(x)
predict(a, x)
predict(a, x)
predict(c, x)
predict(d, x)
predict(b, x)  # BAD
s = K.Sequential([K.Input([1]), K.layers.Dense(1)])
predict(s, x)
r = K.Sequential([K.layers.ReLU()])
predict(r, x)
@tf.function
def name_of(model, x): return x
name_of(MyModel(), x); name_of(MyModel(), x)
"""

COMPILED = """\
import functools
import tensorflow as tf
ds = tf.data.Dataset.range(3)
it = iter(ds)
table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer([1], [2]), -1)
writer = tf.summary.create_file_writer('/tmp')
@tf.function(jit_compile=True)
def a(x):
    tf.print(x)  # BAD
    y = tf.strings.as_string(x)  # BAD
    tf.debugging.assert_positive(x)  # BAD
    tf.debugging.assert_rank(x, 1)
    tf.Assert(x > 0, [x])  # BAD
    table.lookup(x)  # BAD
    with writer.as_default():
        tf.summary.scalar('x', x, step=1)  # BAD
    for e in ds:  # BAD
        x += e
    for i in tf.range(3): x += 1
    next(it)  # BAD
    it.get_next()  # BAD
    tf.image.resize(x, [1, 1])
    tf.image.resize(x, [1, 1], method='bicubic')  # BAD
    tf.image.resize(x, [1, 1], tf.image.ResizeMethod.AREA)  # BAD
    helper(x)
    tf.linalg.inv(x)
    tf.io.read_file('a')  # BAD
    tf.py_function(lambda v: v, [x], tf.float32)  # BAD
    return x
def helper(x):
    tf.print(x)  # BAD
    tf.debugging.check_numerics(x, 'a')  # BAD
@tf.function
def b(x):
    tf.print(x)
    return x
@tf.function(jit_compile=False)
def c(x):
    tf.print(x)
    return inner(x)
@tf.function(jit_compile=True)
def inner(x):
    tf.print(x)  # BAD
def d(x): tf.print(x)  # BAD
jd = tf.function(d, jit_compile=True)
@tf.function(experimental_compile=True)
def e(x): tf.print(x)  # BAD
jit = functools.partial(tf.function, jit_compile=True)
@jit
def f(x): tf.print(x)  # BAD
@tf.function(jit_compile=True)
def g(x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = loop(x)
    return t.gradient(y, x)
def loop(x):
    while tf.reduce_sum(x) < 100: x = x * 2  # BAD
    return x
@tf.function(jit_compile=True)
def h(x):
    while tf.reduce_sum(x) < 100: x = x * 2
    with tf.GradientTape() as t:
        y = tf.while_loop(lambda y: y < 1, lambda y: (y + 1,), [x])  # BAD
        y = tf.while_loop(lambda y: y < 1, lambda y: (y + 1,), [x], maximum_iterations=3)
    return x
class M:
    @tf.function(jit_compile=True)
    def step(self, x):
        self.log(x)
        return x
    def log(self, x):
        tf.print('a', x)  # BAD
"""

COSTS = """\
import numpy as np
import tensorflow as tf
tf.config.run_functions_eagerly(False)
tf.data.experimental.enable_debug_mode()  # BAD
m = tf.keras.Sequential()
m.compile('sgd', 'mse', run_eagerly=False)
def g(): m.run_eagerly = False
@tf.function
def a(x):
    for i in range(200): x = x + i  # BAD
    for i in range(10): x = x + i
    for i in tf.range(200): x = x + i
    for i in np.arange(100): x += i  # BAD
    k = 0
    for i in range(200): k += i
    for i in range(0, 400, 2):  # BAD
        x = tf.sin(x)
    return x
a(tf.constant(1.))
@tf.function
def f(x): return tf.reduce_sum(x)
for i in range(1, 11): f(tf.zeros([i]))  # BAD
for i in range(1, 11): f(tf.zeros([3]))
for b in tf.data.Dataset.range(10).batch(4): f(b)  # BAD
ds = tf.data.Dataset.range(10).shuffle(3).batch(4).prefetch(1)
for b in ds: f(b)  # BAD
for b in tf.data.Dataset.range(10).batch(4, drop_remainder=True): f(b)
x = tf.ones([10])
for i in range(10): f(x[:i])  # BAD
for i in range(10): f(x[i:i + 2])
"""

EAGER = """\
import tensorflow as tf
tf.config.run_functions_eagerly(True)  # BAD
def g(model=None):
    m = tf.keras.Sequential()
    m.compile('sgd', 'mse', run_eagerly=True)  # BAD
    m.run_eagerly = True  # BAD
    tf.config.run_functions_eagerly(model)
def run(debug):
    if debug: tf.config.run_functions_eagerly(True)
def define_flags(run_eagerly=True): pass
define_flags(run_eagerly=True)
if __name__ == '__main__':
    tf.config.run_functions_eagerly(True)  # BAD
"""


OLD_KEYWORDS = """\
import functools
import tensorflow as tf
@tf.function(experimental_compile=True)  # BAD
def s(x): return x
@tf.function(experimental_follow_type_hints=True)  # BAD
def t(x): return x
@functools.partial(tf.function, experimental_relax_shapes=True)  # BAD
def u(x): return x
@tf.function(jit_compile=True, reduce_retracing=True, autograph=False)
def v(x): return x
"""


def lines_told(folder: pathlib.Path, text: str, code: str, **more: object) -> list[int]:
    """The lines of a program that a rule tells."""
    found = findings(folder, text, worlds=target("==2.21.*", ">=3"), enable="all", **more)  # type: ignore[arg-type]
    return sorted({finding.span.line for finding in found if finding.rule.code == code})


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("TF801", VALUES_AND_OBJECTS, id="values and objects"),
        pytest.param("TF801", HANDED_ON, id="handed on"),
        pytest.param("TF801", OLD_KEYWORDS, id="old keywords"),
        pytest.param("TF802", MADE_IN_LOOPS, id="made in loops"),
        pytest.param("TF804", SIGNATURES, id="signatures"),
        pytest.param("TF805", FUNCTIONS_AND_RESULTS, id="functions and results"),
        pytest.param("TF805", SHARED_BY_MODELS, id="shared by models"),
        pytest.param("TF806", COMPILED, id="compiled"),
        pytest.param("TF807", COSTS, id="costs"),
        pytest.param("TF807", EAGER, id="eager"),
    ],
)
def test_lines(tmp_path: pathlib.Path, code: str, text: str) -> None:
    """The lines that are marked are told, and no others."""
    marked = [number for number, line in enumerate(text.splitlines(), start=1) if "# BAD" in line]
    assert marked
    assert lines_told(tmp_path, text, code) == marked


def test_nothing_where_all_runs_eagerly(tmp_path: pathlib.Path) -> None:
    """Under `run_functions_eagerly(True)` nothing is traced, so nothing is traced again."""
    eager = "tf.config.run_functions_eagerly(True)\n"
    for code, text in (("TF801", VALUES_AND_OBJECTS), ("TF802", MADE_IN_LOOPS)):
        head, _, rest = text.partition("@tf.function")
        assert lines_told(tmp_path, head + eager + "@tf.function" + rest, code) == []


def test_old_keywords_where_there_are_no_new_ones(tmp_path: pathlib.Path) -> None:
    """Who targets TensorFlow 2.4 has to write the old name."""
    text = "import tensorflow as tf\n@tf.function(experimental_relax_shapes=True)\ndef f(x): return x\n"
    codes = {f.rule.code for f in findings(tmp_path, text, worlds=target(">=2.4,<2.22", None))}
    assert "TF801" not in codes


def test_across_modules(tmp_path: pathlib.Path) -> None:
    """The tf.function may lie in another module, and so may the function that hands it the number."""
    files = {
        "steps.py": "import tensorflow as tf\n@tf.function\ndef step(x, i): return x\n"
        "@tf.function(input_signature=[tf.TensorSpec([])])\ndef fixed(x): return x\n",
    }
    text = (
        "import tensorflow as tf\nfrom steps import step, fixed\nfor i in range(9):\n    step(tf.constant(1.0), i)\n"
        "fixed(tf.constant([1.0]))\n"
    )
    assert lines_told(tmp_path, text, "TF801", files=files) == [4]
    assert lines_told(tmp_path, text, "TF804", files=files) == [5]


@pytest.mark.parametrize("rule", ["tf-trace-cost", ""])
def test_costs_are_off_by_default(tmp_path: pathlib.Path, rule: str) -> None:
    """The rule on costs speaks where it is switched on."""
    found = findings(tmp_path, EAGER, enable=rule)
    assert any(finding.rule.code == "TF807" for finding in found) == bool(rule)
