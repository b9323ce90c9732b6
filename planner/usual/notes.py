"""What is said of a plan that stays near to a diary: how near, what fell out, how it was read."""

from __future__ import annotations

from collections.abc import Iterator

from planner.diary.diary import BY_ID, SUPPLEMENT, Diary
from planner.language.names import Named
from planner.language.spoken import Said, listed_said, mark, said
from planner.settings import read_settings
from planner.usual.meals import SETTINGS, MealOut
from planner.usual.nearness import Nearness

OUT = mark("The {meal} of {day} of your diary is not in the plan: {why}.")
MORE_OUT = mark("{count} more meals of your diary are not in the plan (all with --full).")
READ_AS = mark("Names of your diary were read so: {names}.")
ONE_READ = mark("{written}: {name}")
REPEATED = mark(
    "Your diary has {count} of the {days} days of the plan: they are repeated in order."
)
TIME = mark(
    "A diary does not say how long your own meals take: little time is counted for them, and no "
    "time limit leaves them out."
)
PILLS = mark(
    "Supplements of the diary are no part of its meals: name what you take with --supplement."
)


def first_notes(near: Nearness) -> tuple[Said, ...]:
    """Give what is said on the first screen: how near it is, and a few meals that fell out."""
    most = int(read_settings(SETTINGS)["shown"]["meals"])
    left = len(near.out) - most
    more = [said(MORE_OUT, count=left)] if left > 0 else []
    return (near.sentence, *map(_out, near.out[:most]), *more)


def all_notes(near: Nearness, days: int) -> Iterator[Said]:
    """Give everything that is said, of a plan of so many days."""
    diary = near.usual.diary
    yield near.sentence
    yield from map(_out, near.out)
    if read := read_names(diary):
        names = [said(ONE_READ, written=one, name=Named(name)) for one, name in read.items()]
        yield said(READ_AS, names=listed_said(names, "; "))
    if len(diary.days) < days:
        yield said(REPEATED, count=len(diary.days), days=days)
    yield said(TIME)
    if any(one.kind == SUPPLEMENT for one in diary.entries()):
        yield said(PILLS)


def read_names(diary: Diary) -> dict[str, str]:
    """Give each name as written → what it was taken for, where the two differ."""
    return {
        one.written: one.name
        for one in diary.entries()
        if one.is_matched and one.how != BY_ID and one.written.casefold() != one.name.casefold()
    }


def _out(meal: MealOut) -> Said:
    return said(OUT, day=meal.day, meal=said(meal.meal), why=meal.why)
