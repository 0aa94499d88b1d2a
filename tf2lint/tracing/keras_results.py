"""What the functions of Keras give while TensorFlow traces: those that give one tensor, whatever they are given.

Found by calling each in a tf.function under TensorFlow 2.21. What may give several tensors, an array or a Python
value (`ops.shape`, `ops.where`, `backend.ndim`) is left out.
"""

from __future__ import annotations

from tf2lint.tracing import kinds

_ACTIVATIONS = frozenset(
    "celu elu gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu log_sigmoid "
    "log_softmax relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus "
    "sparse_sigmoid sparsemax squareplus swish tanh tanh_shrink threshold".split()
)
_LOSSES = frozenset(
    "binary_crossentropy binary_focal_crossentropy categorical_crossentropy "
    "categorical_focal_crossentropy categorical_hinge hinge huber log_cosh mean_absolute_error "
    "mean_absolute_percentage_error mean_squared_error mean_squared_logarithmic_error poisson "
    "sparse_categorical_crossentropy squared_hinge".split()
)
_TENSORS = {
    "ops": _ACTIVATIONS
    | frozenset(
        "abs absolute add all allclose amax amin any append arange arccos arccosh arcsin arcsinh arctan "
        "arctan2 arctanh argmax argmin argsort array average binary_crossentropy bincount broadcast_to cast "
        "categorical_crossentropy ceil cholesky clip concatenate conj copy cos cosh count_nonzero cross "
        "cumprod cumsum det diag diagonal diff digitize divide divide_no_nan dot einsum empty equal erf "
        "erfinv exp exp2 expand_dims expm1 eye flip floor floor_divide full full_like greater greater_equal "
        "hstack identity imag inner inv isclose isfinite isinf isnan less less_equal log log10 log1p log2 "
        "logaddexp logical_and logical_not logical_or logical_xor logsumexp matmul max maximum mean median "
        "min minimum mod moveaxis multi_hot multiply nan_to_num negative norm normalize not_equal one_hot "
        "ones ones_like outer pad power prod quantile ravel real reciprocal repeat reshape roll round rsqrt "
        "segment_max segment_sum sign sin sinh sort sqrt square squeeze stack std stop_gradient subtract sum "
        "swapaxes take take_along_axis tan tensordot tile trace transpose tri tril triu true_divide trunc var "
        "vdot vstack zeros zeros_like".split()
    ),
    "random": frozenset("categorical dropout normal randint shuffle truncated_normal uniform".split()),
    "activations": _ACTIVATIONS | {"exponential", "mish"},
    "losses": _LOSSES,
    "metrics": _LOSSES | {"binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy"},
    "backend": frozenset(
        "abs all any argmax argmin batch_dot batch_flatten binary_crossentropy cast categorical_crossentropy "
        "clip concatenate cos cumprod cumsum dot elu equal exp expand_dims flatten gather greater "
        "greater_equal hard_sigmoid l2_normalize less less_equal log max maximum mean min minimum not_equal "
        "one_hot ones_like pow prod random_normal random_uniform relu repeat reshape round shape sigmoid sign "
        "sin softmax softplus softsign sqrt square stack std sum tanh tile transpose var zeros_like".split()
    ),
}


def gives_tensor(name: str) -> bool:
    """Whether a function, by canonical name, is one of Keras that gives one tensor in traced code."""
    home, _, last = (kinds.below_keras(name) or "").rpartition(".")
    return last in _TENSORS.get(home, ())
