"""A flag's text, read by the readers of ``planner.request`` and its like, or as a number."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any, Self

import click

from planner.errors import ConfigError
from planner.request.day_words import read_day
from planner.request.measures import FigureWithUnit, names_unit, read_figure


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
            return self.fail(str(error), param, ctx)


class WordChoice(click.Choice):  # type: ignore[type-arg] # generic from click 8.2 on
    """One of a few words, or another that means it."""

    def __init__(self, words: Sequence[str], meant: Callable[[str], str]) -> None:
        super().__init__(words)
        self.meant = meant

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the word."""
        try:
            word = self.meant(value) if isinstance(value, str) else value
        except ConfigError as error:
            return self.fail(str(error), param, ctx)
        return super().convert(word, param, ctx)


class MeasuredRange(click.ParamType):  # type: ignore[type-arg] # generic from click 8.3 on
    """A range of figures that may be written with their unit, and are ``FigureWithUnit`` then."""

    measure = ""

    def of(self, name: str) -> Self:
        """Return the range, its figures read in the units of ``name``."""
        self.measure = name
        return self

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a figure of the range."""
        if not (self.measure and _is_measured(value)):
            return super().convert(value, param, ctx)
        try:
            figure = read_figure(value, self.measure)
        except ConfigError as error:
            return self.fail(str(error), param, ctx)
        super().convert(f"{figure:.10g}", param, ctx)
        return FigureWithUnit(figure)


def _is_measured(value: Any) -> bool:
    """Whether a text is a figure with its unit: ``62 years``, but neither ``62`` nor ``1e3``."""
    begins = isinstance(value, str) and re.match(r"\d[\d.,]*\s*[^\W\d]", value)
    return bool(begins) and names_unit(value) and not _is_float(value)


def _is_float(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


class WholeRange(MeasuredRange, click.IntRange):
    """A range of whole numbers, which says what to write where something else stands."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a whole number of the range."""
        is_whole = isinstance(value, str) and value.strip().removeprefix("-").isdecimal()
        if isinstance(value, str) and not is_whole and not (self.measure and _is_measured(value)):
            told = "{value!r} is no whole number — write one from {least} to {most}"
            text = told.format(value=value, least=self.min, most=self.max)
            self.fail(text, param, ctx)
        return super().convert(value, param, ctx)


class FiniteRange(MeasuredRange, click.FloatRange):
    """A range of numbers without NaN, which click's own lets through."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a number of the range."""
        number = super().convert(value, param, ctx)
        if isinstance(number, float) and not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number", param, ctx)
        return number


DAY = PhraseType("DAY", read_day)
