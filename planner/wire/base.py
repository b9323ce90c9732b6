"""What all declared answers are made of: built from values, written and read by type.

A type has one line for each key. It is built from the attributes of domain values of the same
names; a key that is called otherwise in JSON has an alias.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    TypeAdapter,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)

T = TypeVar("T")
Many = Annotated[list[T], Field(strict=False)]
"""A list, built from any sequence."""
Sorted = Annotated[list[T], BeforeValidator(sorted)]
"""A list of what has no order of its own."""
By = Annotated[dict[str, T], Field(strict=False)]
"""An object with keys of its own, built from any mapping."""
OPTIONAL = Field(exclude_if=operator.not_)
"""A key that is left out where there is nothing to say."""
ABSENT = Field(exclude_if=lambda value: value is None)
"""A key that is left out where it is not asked; empty says that there is nothing."""
_READING = "reading"


def _as_told(value: Any, build: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    return value if info.context == _READING else build(value)


TOLD = WrapValidator(_as_told)
"""A part that is written for others and not looked at when a file is read back."""


def _as_counted(value: Any, check: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    checked = check(value)
    return checked if info.context == _READING else value


Figure = Annotated[float, WrapValidator(_as_counted)]
"""A number; one that was counted is written without a point."""

Date = Annotated[
    date,
    Field(strict=False),
    PlainSerializer(date.isoformat),
    WithJsonSchema({"type": "string", "format": "date"}),
]


def shown(**schema: Any) -> Any:
    """Return what a schema says of a value besides: it is not refused when it is read."""
    return Field(json_schema_extra=schema)


class _Sources:
    """Values side by side: what is told by name, then the attributes of each."""

    def __init__(self, values: Iterable[object], told: dict[str, Any]) -> None:
        self._values, self._told = tuple(values), told

    def __getattr__(self, name: str) -> Any:
        if name in self._told:
            return self._told[name]
        found = (getattr(value, name, self) for value in self._values)
        for attribute in found:
            if attribute is not self:
                return attribute
        raise AttributeError(name)


def numbered(name: str) -> BeforeValidator:
    """Return what counts the entries of a list from 1, each under the key ``name``."""
    return BeforeValidator(
        lambda values: [
            value if isinstance(value, dict) else _Sources((value,), {name: number})
            for number, value in enumerate(values, start=1)
        ]
    )


class Wire(BaseModel):
    """An object of JSON: its fields, in the order in which they are written."""

    model_config = ConfigDict(
        strict=True,
        extra="ignore",
        frozen=True,
        allow_inf_nan=False,
        defer_build=True,
        json_schema_serialization_defaults_required=True,
    )

    @classmethod
    def of(cls, *values: object, **told: Any) -> Self:
        """Build it from the attributes of values, the first that has one; ``told`` goes first."""
        source = _Sources(values, told)
        return cls.model_validate(source, from_attributes=True, by_name=True, by_alias=False)

    @classmethod
    def read(cls, raw: dict[str, Any]) -> Self:
        """Read it back.

        Raises
        ------
        pydantic.ValidationError
            When a key that is needed is missing, or anything is not what it must be.
        """
        return cls.model_validate(raw, context=_READING)

    def json_values(self) -> dict[str, Any]:
        """Return it as values of JSON."""
        return self.model_dump(by_alias=True)


def json_text(answer: object) -> str:
    """Return an answer as JSON, unrounded: a declared type, a dataclass, or a list of these."""
    several = answer if isinstance(answer, list) else [answer]
    values = [TypeAdapter(type(entry)).dump_python(entry, by_alias=True) for entry in several]
    whole = values if several is answer else values[0]
    return json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False)


def filled(kind: type[T], *values: object, **told: Any) -> T:
    """Return a dataclass made of the attributes of values, the first that has one."""
    source = _Sources(values, told)
    return kind(**{field.name: getattr(source, field.name) for field in fields(kind)})  # type: ignore[arg-type]  # any dataclass


class OfEater(Wire):
    """The name of an eater, before what is said of each of several."""

    name: str


class Record(Wire):
    """An object that is built from a tuple too, in the order of its fields."""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        return dict(zip(cls.model_fields, value, strict=True)) if type(value) is tuple else value

    def row(self) -> tuple[Any, ...]:
        """Return its values as a tuple."""
        return tuple(getattr(self, name) for name in type(self).model_fields)
