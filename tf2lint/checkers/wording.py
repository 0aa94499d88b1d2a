"""Which versions have something and which lack it, in the words of a message."""

from __future__ import annotations

import functools

from tf2lint import api
from tf2lint.api import axes, versions

_TF1 = versions.bit("1.15")


def when(name: str, missing: int, present: int, target: int) -> str:
    """ "since TensorFlow 2.0", or the part of the targeted range in which something that a name has is missing."""
    if present and missing == target:
        last = versions.since(present, missing, on_keras=api.follows_keras(name))
        if last:
            return f"since {last}"
    return f"in TensorFlow {versions.describe(missing)}"


def since(name: str, present: int, missing: int, target: int) -> tuple[str, str]:
    """The words for a name that some versions have and others lack, and those that explain them."""
    if not missing:
        return "does not exist", ""
    if not present & ~_TF1 and missing == target & ~_TF1:
        return "does not exist in TensorFlow 2", ""
    came_and_went = " and ".join(filter(None, _came_and_went(name, present, missing)))
    reasons = [f"it {came_and_went}"] if came_and_went else []
    if missing != target:
        reasons.append(f"you target {versions.describe(target)}")
    return f"does not exist in TensorFlow {versions.describe(missing)}", "; ".join(reasons)


@functools.lru_cache(maxsize=4096)
def _came_and_went(name: str, present: int, missing: int) -> tuple[str, str]:
    """When a name appeared, and when it was removed, as far as the versions that lack it come before or after."""
    on_keras = axes.follows_keras(name)
    have, lack = ({axes.epoch(1 << n, on_keras) for n in _numbers(mask)} for mask in (present, missing))
    names = axes.epochs(name)
    # Keras 2 lives on beside Keras 3: as an epoch it comes before that.
    legacy = names.index("legacy") if on_keras else -1
    have.discard(legacy)
    if not have:
        return "", ""
    first, last = min(have), max(have)
    came = went = ""
    if any(epoch < first or epoch == legacy for epoch in lack):
        came = f"appears only {_epoch_words(names[first])}"
    if any(epoch > last and epoch != legacy for epoch in lack) and names[last] != "1.15":
        went = f"was removed {_epoch_words(names[last + 1])}"
    return came, went


def _epoch_words(epoch: str) -> str:
    if not epoch.startswith("keras-"):
        return f"in {epoch}"
    return "in 2.16, with Keras 3" if epoch == "keras-3.0" else f"in Keras {epoch.removeprefix('keras-')}"


def _numbers(mask: int) -> list[int]:
    return [number for number in range(len(versions.WORLDS)) if mask >> number & 1]
