"""A flag's text, read by the readers of ``planner.request`` and its like, or as a number."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import click

from planner.errors import ConfigError
from planner.language.errors import error_said
from planner.language.spoken import said, spoken
from planner.request.day_words import read_day


class PhraseType(click.ParamType):  # type: ignore[type-arg] # generic from click 8.3 on
    """A text that one of the readers of ``planner.request`` understands."""

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name, self.read = name, read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the text; what cannot be read is a wrong use of the command."""
        if not isinstance(value, str):
            return value
        try:
            return self.read(value)
        except ConfigError as error:
            return self.fail(spoken(error_said(error)), param, ctx)


class WordChoice(click.Choice):  # type: ignore[type-arg] # generic from click 8.2 on
    """One of a few words, or another that means it."""

    def __init__(self, words: Sequence[str], meant: Callable[[str], str]) -> None:
        super().__init__(words)
        self.meant = meant

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the word."""
        return super().convert(self.meant(value) if isinstance(value, str) else value, param, ctx)


class WholeRange(click.IntRange):
    """A range of whole numbers, which says what to write where something else stands."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a whole number of the range."""
        if isinstance(value, str) and not value.strip().removeprefix("-").isdecimal():
            text = said(
                "{value!r} is no whole number — write one from {least} to {most}",
                value=value,
                least=self.min,
                most=self.max,
            )
            self.fail(spoken(text), param, ctx)
        return super().convert(value, param, ctx)


class FiniteRange(click.FloatRange):
    """A range of numbers without NaN, which click's own lets through."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a number of the range."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(said("{value!r} is not a finite number", value=value), param, ctx)
        return number


DAY = PhraseType("DAY", read_day)
