"""Habits as people write them: the table ``[habits]``, and phrases: ``nuts a day<=30``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, create_model

from foods.errors import raise_collected
from foods.table import nearest_names
from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.habits import AT_LEAST, AT_MOST, Habit, known_habits
from planner.request.phrases import SENSES
from planner.request.request import USUAL
from planner.request.values import TomlTable

HABIT_EXAMPLE = "nuts a day<=30"
_FORM = re.compile(r"([^<>=≤≥]+?)\s*(>=|=>|≥|<=|=<|≤|=)\s*(\d{1,6}|usual)(?:\s+|(?<=\d))?(\D*)")
_PER = re.compile(r"\bper (?=day|week|meal)")
_ENDS = {
    AT_LEAST: "{text!r}: {habit} can only be set as a minimum — write >= or =",
    AT_MOST: "{text!r}: {habit} can only be set as a maximum — write <= or =",
}
_COMMENT = "{side}, {low} to {high} {unit}{kept}: {means}"
_SIDES = {AT_LEAST: "at least", AT_MOST: "at most"}
_IF_POSSIBLE = ", if possible"


class HabitsOfRequest(TomlTable):
    """What days and weeks are like, by the figure, in place of what most people are served."""

    def to_habits(self) -> dict[str, int]:
        """Return the habits that are asked for: name → figure."""
        return {name: figure for name, figure in self.model_dump().items() if figure is not None}


def habit_words(name: str) -> dict[str, Any]:
    """Return the comment and the example of a habit, as wishes have them in their file."""
    habit = known_habits()[name]
    words = {"side": _SIDES[habit.sense], "unit": habit.unit, "means": habit.means}
    words["kept"] = "" if habit.is_kept else _IF_POSSIBLE
    comment = _COMMENT.format(low=habit.low, high=habit.high, **words)
    return {"comment": comment, "example": habit.usual}


if TYPE_CHECKING:
    HabitsTable = HabitsOfRequest
else:  # its keys are those of the data
    HabitsTable = create_model(
        "HabitsTable",
        __base__=HabitsOfRequest,
        __doc__=HabitsOfRequest.__doc__,
        **{
            name: (Annotated[int | None, Field(ge=habit.low, le=habit.high)], None)
            for name, habit in known_habits().items()
        },
    )


def read_habits(texts: Iterable[str], where: str = "") -> dict[str, int | None]:
    """Read ``"nuts a day<=30 g"`` and the like as habits; ``"NAME=usual"`` lets one go.

    Gives name → figure, ``None`` for what is let go; the last one said counts.

    Raises
    ------
    ConfigError
        With every text that has another form, names no habit, or is out of its range.
    """
    found, faults = dict[str, int | None](), []
    for text in texts:
        try:
            name, figure = read_habit(text)
        except ConfigError as error:
            faults.append(str(error))
        else:
            found[name] = figure
    raise_collected(ConfigError, faults, where)
    return found


def write_habits(habits: Mapping[str, int | None], _: object) -> Iterator[str]:
    """Write habits as ``read_habit`` reads them."""
    for name, figure in habits.items():
        if figure is not None:
            yield f"{name}{known_habits()[name].sense}{figure}"


def read_habit(text: str) -> tuple[str, int | None]:
    """Read one text as ``read_habits`` reads several.

    Raises
    ------
    ConfigError
        When it has another form, names no habit, or is out of its range.
    """
    form = _FORM.fullmatch(text.strip())
    if form is None:
        raise fault(ConfigError, "no_habit", text=text, habit_example=HABIT_EXAMPLE)
    word, sign, number, unit = (part.strip() for part in form.groups())
    habit = _find_habit(word)
    shown = habit.habit_id
    if SENSES.get(sign, habit.sense) != habit.sense:
        raise ConfigError(_ENDS[habit.sense].format(text=text, habit=shown))
    if number == USUAL and not unit:
        return habit.habit_id, None
    if number == USUAL or unit.casefold() not in ("", habit.unit):
        raise fault(ConfigError, "habit_unit", text=text, of=habit)
    if not habit.low <= int(number) <= habit.high:
        raise fault(ConfigError, "habit_range", text=text, of=habit)
    return habit.habit_id, int(number)


def _find_habit(word: str) -> Habit:
    """Find the habit of a word: by its name, or by other words."""
    words = _words()
    plain = _plain(word)
    if plain not in words:
        near = [words[name].habit_id for name in nearest_names(plain, words, count=5)]
        remedy = "known: {names}".format(names=", ".join(known_habits()))
        if near:
            remedy = "the nearest: {names}".format(names=", ".join(list(dict.fromkeys(near))[:3]))
        raise ConfigError(f"unknown habit {word!r}", remedy=remedy)
    return words[plain]


def _words() -> Mapping[str, Habit]:
    """Map every word that means a habit to it."""
    known = known_habits().items()
    return {_plain(word): habit for name, habit in known for word in (name, *habit.also)}


def _plain(word: str) -> str:
    parts = re.sub(r"[\s_-]+", " ", word.strip().casefold())
    return _PER.sub("a ", parts)
