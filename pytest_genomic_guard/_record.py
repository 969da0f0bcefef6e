"""Frozen, slotted, keyword-only records without importing ``dataclasses``.

A pre-commit hook is started for every commit. ``dataclasses`` pulls in ``inspect``, ``ast`` and ``dis``, which costs more than
scanning ten files does; this metaclass gives the same guarantees to the few types the hook path needs, and type checkers
understand it through :pep:`681`.
"""

from __future__ import annotations

# ruff: noqa: SLF001 - what is private to records is private to this module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_options: object) -> object:
        """Stand in for ``typing.dataclass_transform``, which only type checkers need."""
        return lambda decorated: decorated


_REQUIRED = object()
_OFTEN = 64  # instances from which a constructor of its own is worth compiling: a hook on ten files makes fewer


def _construct(self: Record, **values: object) -> None:
    """Set the fields of a record: the constructor of all types of which few are made."""
    kind = type(self)
    kind._made += 1
    if kind._made >= _OFTEN:
        kind.__init__ = _compiled(kind)  # type: ignore[method-assign]  # the same, and faster
    for field, default in kind._defaults.items():
        value = values.pop(field, default)
        if value is _REQUIRED:
            raise TypeError(f"{kind.__name__} needs {field}")
        object.__setattr__(self, field, value)
    if values:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(values))}")


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=True)
class RecordMeta(type):
    """Turn the annotated names of a class body into slots; their assigned values become defaults."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> RecordMeta:
        """Build the class.

        The module that defines it needs ``from __future__ import annotations``, which keeps annotations as text.
        """
        own = [field for field, kind in body.get("__annotations__", {}).items() if not str(kind).startswith("ClassVar")]
        defaults: dict[str, Any] = {}
        for base in reversed(bases):
            defaults |= getattr(base, "_defaults", {})
        for field in own:
            defaults.pop(field, None)
            defaults[field] = body.pop(field, _REQUIRED)
        body["__slots__"] = tuple(own)
        body["_defaults"] = defaults
        body["_made"] = 0
        body.setdefault("__init__", _construct)  # not one that was compiled for a base
        return super().__new__(mcs, name, bases, body)


class Record(metaclass=RecordMeta):
    """Base of all records: compare by value, refuse assignment, build by keyword only."""

    if TYPE_CHECKING:
        _defaults: ClassVar[dict[str, Any]]
        _made: ClassVar[int]
    else:

        def __setattr__(self, name: str, value: object) -> None:
            raise AttributeError(f"{type(self).__name__} is frozen")

        def __delattr__(self, name: str) -> None:
            raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        """Equal when of one type with equal fields."""
        return type(self) is type(other) and all(getattr(self, f) == getattr(other, f) for f in self._defaults)

    def __hash__(self) -> int:
        """Hash over the fields, which must be hashable themselves."""
        return hash((type(self), *(getattr(self, field) for field in self._defaults)))

    def __repr__(self) -> str:
        """Name the type only: a field may hold what must not leave."""
        return f"<{type(self).__name__}>"

    def __reduce__(self) -> tuple[object, ...]:
        """Let child processes send records back; they are sent nowhere else."""
        return _rebuilt, (type(self), fields(self))

    def replace(self, **values: Any) -> Self:
        """Return a copy with some fields replaced."""
        return type(self)(**(fields(self) | values))


def fields(record: Record) -> dict[str, Any]:
    """Return the fields of a record by their names."""
    return {field: getattr(record, field) for field in record._defaults}


def _compiled(kind: type[Record]) -> Any:
    """Return a constructor with the fields as its parameters: six times as fast as the one for all, and as strict."""
    own = kind._defaults
    # the names are those of annotations in class bodies, which are ours or a plugin's
    parameters = ", ".join(name if default is _REQUIRED else f"{name}=_default_{name}" for name, default in own.items())
    body = "".join(f"\n    _set_{name}(self, {name})" for name in own) or "\n    pass"
    scope = {f"_default_{name}": default for name, default in own.items()}
    scope |= {f"_set_{name}": getattr(kind, name).__set__ for name in own}
    exec(f"def __init__(self, {'*, ' if own else ''}{parameters}):{body}\n", scope)  # noqa: S102 - see above  # genomic-guard: allow[COD104] a program of ours
    return scope["__init__"]


def _rebuilt(kind: type[Record], values: dict[str, Any]) -> Record:
    return kind(**values)
