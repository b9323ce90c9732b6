"""What somebody wrote down of what was eaten: days, meals, and what each line was taken for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from planner.settings import read_settings

FOOD, DISH, SUPPLEMENT, UNMATCHED = "food", "dish", "supplement", "unmatched"
BY_ID, BY_NAME, AS_EATEN, BY_WORDS = "id", "name", "as_eaten", "words"
USUALLY = "usual"
BY_FILE, BY_CATEGORY = "matches_file", "category"


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One line of a diary.

    Parameters
    ----------
    line
        Number of its row in the file; the header is row 1.
    written, amount
        Name and amount as they stand there: ``"pumpkin seeds"``, ``"1 oz"``.
    kind
        ``FOOD``, ``DISH``, ``SUPPLEMENT`` or ``UNMATCHED``: nothing of ours surely stands for it,
        or its amount is not known in grams.
    item_id, name
        Id of what it was taken for, and its name; empty, and as written, where it is unmatched.
    mass_g
        Mass as eaten [g]; ``None`` for supplements and what is unmatched.
    ingredients
        (food id, mass [g]) of everything in it; everything counts through these.
    nutrients
        Nutrient key → amount [its unit] of a supplement; of an unmatched one what its dose holds at
        least, which counts for warnings alone.
    how
        How it was matched: ``BY_ID``, ``BY_NAME``, ``AS_EATEN`` (its cooked form), ``USUALLY``
        (the usual one of several), ``BY_WORDS``, ``BY_FILE``, ``BY_CATEGORY`` (the export says
        that it is a pill); empty for none.
    sure
        How sure the food is [0 to 1].
    is_usual_amount
        Whether the mass is only a usual one: the line says none, or in a measure that is not ours.
    asks
        Whether another reading would change magnesium or calcium so much that a person is asked.
    why
        Why it is unmatched, in a sentence.
    near
        Ids of foods and dishes that it may be (of a matched one: else), best first.
    stated
        Nutrient key → amount [its unit] that the file itself gives of it. It counts where the line
        is unmatched, and nowhere else.
    called
        Its name without an amount, by which a file of matches teaches it; blank where that is what
        is written.
    is_pill
        Whether it is unmatched and looks like a supplement.
    """

    line: int
    written: str
    amount: str
    kind: str
    item_id: str
    name: str
    mass_g: float | None = None
    ingredients: tuple[tuple[str, float], ...] = ()
    nutrients: Mapping[str, float] = field(default_factory=dict)
    how: str = ""
    sure: float = 0.0
    is_usual_amount: bool = False
    asks: bool = False
    why: str = ""
    near: tuple[str, ...] = ()
    stated: Mapping[str, float] = field(default_factory=dict)
    called: str = ""
    is_pill: bool = False

    @property
    def guessed_g(self) -> tuple[float, ...]:
        """Least and most that a guessed amount may well have been [g]; empty where it is said."""
        if not self.is_usual_amount or not self.mass_g:
            return ()
        rule = read_settings("diary.toml")["guessed"]
        step = rule["step_g"] if self.mass_g >= rule["stepped_from_g"] else 1.0
        return tuple(round(self.mass_g * rule[key] / step) * step for key in ("least", "most"))

    @property
    def emptied(self) -> DiaryEntry:
        """The line with its name and amount, and nothing in it: what is left out of a diary."""
        return replace(self, item_id="", mass_g=0.0, ingredients=(), nutrients={}, stated={})

    @property
    def is_matched(self) -> bool:
        """Whether it is known in grams of our foods, or as a supplement."""
        return self.kind != UNMATCHED


@dataclass(frozen=True, slots=True)
class DiaryMeal:
    """One meal.

    Parameters
    ----------
    name
        As it is written; may be empty.
    slot
        The meal of a day that it is: ``"breakfast", "lunch", "dinner", "snack"``; empty for others.
    entries
        In the order of the file.
    """

    name: str
    slot: str
    entries: tuple[DiaryEntry, ...]


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """One day.

    Parameters
    ----------
    number
        Number from 1, in the order of the file.
    day
        As it is written: a number, a date, a weekday.
    meals
        In the order of the file.
    """

    number: int
    day: str
    meals: tuple[DiaryMeal, ...]

    def entries(self) -> Iterator[DiaryEntry]:
        """Return everything of the day, meal by meal."""
        for meal in self.meals:
            yield from meal.entries


@dataclass(frozen=True, slots=True)
class Diary:
    """All days of a diary.

    Parameters
    ----------
    days
        At least one.
    where
        The file as the person named it.
    program
        Whose export it is; empty for our own format.
    unused
        Columns of our own format that were not used.
    """

    days: tuple[DiaryDay, ...]
    where: str
    program: str = ""
    unused: tuple[str, ...] = ()

    def entries(self) -> Iterator[DiaryEntry]:
        """Return everything of all days."""
        for day in self.days:
            yield from day.entries()

    def emptied_of(self, ids: Set[str]) -> Diary:
        """Return the diary with the lines emptied that are, or hold, one of these foods and dishes.

        Parameters
        ----------
        ids
            Ids of foods and of dishes.
        """

        def kept(entry: DiaryEntry) -> DiaryEntry:
            held = {entry.item_id, *(food_id for food_id, _ in entry.ingredients)}
            return entry if ids.isdisjoint(held) else entry.emptied

        return replace(self, days=tuple(
            replace(day, meals=tuple(
                replace(meal, entries=tuple(map(kept, meal.entries))) for meal in day.meals
            ))
            for day in self.days
        ))  # fmt: skip

    @property
    def food_ids(self) -> frozenset[str]:
        """Ids of all foods in it, those of its dishes too."""
        return frozenset(food_id for entry in self.entries() for food_id, _ in entry.ingredients)
