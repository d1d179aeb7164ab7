"""Frozen values without `dataclasses`: importing that (and `inspect` behind it) and decorating our thirty classes takes 30 ms,
more than checking a short article.

What is used of dataclasses works the same: defaults, inheritance, keyword and positional arguments, equality, hash, `replace`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


class _Made(NamedTuple):
    """The default of a field that each value gets one of its own of, apart from its identity."""

    make: Callable[[], Any]


def made(*, default_factory: Callable[[], Any]) -> Any:
    """A field that begins as what `default_factory` returns. It never counts when values are compared: caches and notes."""
    return _Made(default_factory)


@dataclass_transform(frozen_default=True, field_specifiers=(made,))
def frozen(cls: type[T]) -> type[T]:
    """A class whose annotated names are the fields of its values, in order, those of its bases first."""
    inherited: dict[str, None] = {}
    for base in reversed(cls.__mro__):
        inherited.update(dict.fromkeys(vars(base).get("__annotations__", ())))
    names = tuple(inherited)
    defaults = {name: getattr(cls, name) for name in names if hasattr(cls, name)}
    made_later = {name: default.make for name, default in defaults.items() if isinstance(default, _Made)}
    plain = {name: default for name, default in defaults.items() if name not in made_later}
    compared = tuple(name for name in names if name not in made_later)

    def __init__(self: Any, *args: Any, **named: Any) -> None:
        values = self.__dict__
        values.update(plain)
        values.update(zip(names, args))  # noqa: B905
        values.update(named)
        for name, make in made_later.items():
            if name not in values:
                values[name] = make()
        if len(args) > len(names) or len(values) != len(names):
            raise TypeError(f"{cls.__name__}({', '.join(names)}) got {len(args)} values and {sorted(named)}")

    def __eq__(self: Any, other: object) -> bool:
        return self is other or (self.__class__ is other.__class__ and _values(self, compared) == _values(other, compared))

    def __hash__(self: Any) -> int:
        return hash(_values(self, compared))

    def __repr__(self: Any) -> str:
        return (
            f"{self.__class__.__name__}({', '.join(f'{name}={value!r}' for name, value in zip(names, _values(self, names), strict=True))})"
        )

    own: dict[str, Any] = {"__init__": __init__, "__eq__": __eq__, "__hash__": __hash__, "__repr__": __repr__}
    own |= {"__setattr__": _refuse, "__delattr__": _refuse, "__match_args__": names}
    for name, value in own.items():
        setattr(cls, name, value)
    return cls


def replace(value: T, **changes: Any) -> T:
    """A value like this one with other values in some fields."""
    kept = {name: value.__dict__[name] for name in names_of(type(value))}
    return type(value)(**(kept | changes))


def names_of(cls: type[Any]) -> tuple[str, ...]:
    """The fields of a frozen class, in order."""
    names: tuple[str, ...] = cls.__match_args__
    return names


def _values(value: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    values = value.__dict__
    return tuple([values[name] for name in names])


def _refuse(self: Any, name: str, *_: Any) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} is frozen: {name}")
