"""Dataclasses that are made fast: of what `dataclasses` does, what is used here.

It writes and compiles half a dozen methods of each class when that is made, though most of them are never called: that
took a fifth of a run over a small file. Here a method is written when it is first called. What is made does the same,
and `dataclasses` itself takes it for its own; for a type checker it is.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from dataclasses import Field, dataclass, field, replace
    from typing import Any

__all__ = ("dataclass", "field", "replace")


class _Made:
    """The default of a field that is made anew for each object."""

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


class _Fields:
    """What `dataclasses` itself wants to know of a class whose objects it is given."""

    def __get__(self, instance: object, owner: type) -> dict[str, Field[Any]]:
        import dataclasses

        names: tuple[str, ...] = owner.__record_fields__  # type: ignore[attr-defined]
        same: Any = dataclasses.make_dataclass(owner.__name__, names)
        return {one.name: one for one in dataclasses.fields(same)}


def _field(*, default_factory: Callable[[], object]) -> object:
    return _Made(default_factory)


def _replace(given: Any, /, **changes: object) -> object:
    kind = type(given)
    for name in kind.__record_fields__:
        if name not in changes:
            changes[name] = getattr(given, name)
    return kind(**changes)


def _dataclass(
    *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False, kw_only: bool = False
) -> Callable[[type], type]:
    def made(cls: type) -> type:
        names = tuple(cls.__annotations__)
        given = vars(cls)
        defaults = {name: given[name] for name in names if name in given}
        space = {name: value for name, value in given.items() if name not in names}
        space |= {"__record_fields__": names, "__dataclass_fields__": _Fields()}
        space.setdefault("__repr__", _repr)
        if not kw_only:
            space["__match_args__"] = names
        if frozen:
            space |= {"__setattr__": _refused, "__delattr__": _refused}
        if slots:
            space["__slots__"] = names
            del space["__dict__"], space["__weakref__"]
            if frozen:
                space |= {"__getstate__": _state, "__setstate__": _restore}
        else:
            space.pop("__dict__", None)
            space.pop("__weakref__", None)
            space |= {name: value for name, value in defaults.items() if not isinstance(value, _Made)}
        written = {"__init__": lambda: _init(new, defaults, frozen=frozen, slots=slots, kw_only=kw_only)}
        if eq:
            written |= {"__eq__": lambda: _comparison(names, "eq", "==")}
            if frozen:
                written |= {"__hash__": lambda: (f"def __hash__(self):\n return hash({_values('self', names)})", {})}
            else:
                space.setdefault("__hash__", None)
        if order:
            written |= {f"__{name}__": _ordering(names, name, sign) for name, sign in _ORDER.items()}
        for name, text in written.items():
            space.setdefault(name, _unwritten(name, text, lambda: new))
        new: type = type(cls)(cls.__name__, cls.__bases__, space)
        return new

    return made


_ORDER = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}

_Text = tuple[str, "dict[str, object]"]
"""A method as a text, and what it finds there."""


def _unwritten(name: str, text: Callable[[], _Text], owner: Callable[[], type]) -> Callable[..., object]:
    """A method that writes the real one into its place when it is called, and calls that."""

    def first(self: object, *arguments: object, **keywords: object) -> object:
        written, found = text()
        exec(written, found)
        method: Any = found[name]
        method.__qualname__ = f"{owner().__qualname__}.{name}"
        setattr(owner(), name, method)
        return method(self, *arguments, **keywords)

    return first


def _init(cls: type, defaults: dict[str, object], *, frozen: bool, slots: bool, kw_only: bool) -> _Text:
    found: dict[str, object] = {"_put": object.__setattr__}
    parameters = ["self", *(["*"] if kw_only else [])]
    lines = []
    names: tuple[str, ...] = cls.__record_fields__  # type: ignore[attr-defined]
    for name in names:
        value = name
        if name in defaults:
            default = found[f"_default_{name}"] = defaults[name]
            parameters.append(f"{name}=_default_{name}")
            if isinstance(default, _Made):
                found[f"_make_{name}"] = default.make
                value = f"_make_{name}() if {name} is _default_{name} else {name}"
        else:
            parameters.append(name)
        if frozen and slots:
            found[f"_put_{name}"] = vars(cls)[name].__set__
            lines.append(f" _put_{name}(self, {value})")
        else:
            lines.append(f" _put(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
    return f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines or [" pass"]), found


def _values(owner: str, names: Iterable[str]) -> str:
    return f"({''.join(f'{owner}.{name}, ' for name in names)})"


def _comparison(names: Iterable[str], name: str, sign: str) -> _Text:
    text = (
        f"def __{name}__(self, other):\n"
        " if other.__class__ is self.__class__:\n"
        f"  return {_values('self', names)} {sign} {_values('other', names)}\n"
        " return NotImplemented"
    )
    return text, {}


def _ordering(names: Iterable[str], name: str, sign: str) -> Callable[[], _Text]:
    return lambda: _comparison(names, name, sign)


# What is the same for all classes.


def _repr(self: Any) -> str:
    said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__record_fields__)
    return f"{type(self).__qualname__}({said})"


def _refused(self: object, name: str, *_: object) -> None:
    raise AttributeError(f"{name!r} of {type(self).__qualname__} stays as it is")


def _state(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__record_fields__]


def _restore(self: Any, state: list[object]) -> None:
    for name, value in zip(self.__record_fields__, state, strict=True):
        object.__setattr__(self, name, value)


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _field, _replace
