"""The table ``[week]`` of a request file and its flags: which days and meals."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator

from planner.language.spoken import mark, said
from planner.meals.patterns import DEFAULT_PATTERN, SLOTS, pattern_ids, read_pattern_id
from planner.request.days import NOTHING, OUT
from planner.request.eater import Guests
from planner.request.joining import APART, GUESTS, HOLIDAYS, PUTS, missed
from planner.request.meal_phrases import read_guests, read_holiday, read_meal_of_day, read_start
from planner.request.put import PUT_EXAMPLE, Put, read_put
from planner.request.request import (
    EMPTY,
    HEMISPHERES,
    UNITS,
    USUAL,
    AtHome,
    WeekOptions,
    known_shops,
)
from planner.request.values import (
    DayName,
    Holiday,
    Name,
    PatternId,
    PutDay,
    Shops,
    Slot,
    Start,
    TomlTable,
    above_zero,
    entry,
    in_range,
    numbered,
)
from planner.request.wish import File, Flag, Number, OneOf, Typed

_FIRST, _DAYS, _PEOPLE = mark("Most used"), mark("The days"), mark("Several people")
_SHOPS = mark("The shops")


class SkipTable(TomlTable):
    """A meal that is not planned."""

    day: DayName
    slot: Slot
    eaten: Literal["out", "nothing"] = "out"


class PutTable(TomlTable):
    """A dish on a meal of a day."""

    day: PutDay
    slot: Slot
    dish: Name
    eater: Name | None = None

    def to_put(self) -> Put:
        """Hand over the frozen value."""
        return Put(self.day, self.slot, self.dish, self.eater or "")


class AtHomeTable(TomlTable):
    """A food that is at home."""

    food: Name
    amount: Annotated[float, above_zero("pantry_amount")]
    unit: Name
    days: Annotated[int | None, Field(ge=0)] = None

    def to_value(self) -> AtHome:
        """Hand over the frozen value."""
        return AtHome(self.food, self.amount, self.unit, self.days)


class GuestTable(TomlTable):
    """Guests at a meal."""

    day: DayName
    slot: Slot
    count: Annotated[int, in_range("guests")] = 1


class WeekTable(TomlTable):
    """Which days and meals are planned."""

    days: Annotated[
        int,
        in_range("days"),
        Flag(_FIRST, mark("Days to plan, as weeks of 7 days."), Number("days", is_whole=True)),
    ] = entry(7, "days to plan, 1 to 28")
    start: Annotated[
        Start, Flag(_FIRST, mark("First day: 2026-03-02, today, mon."), Typed("DATE", read_start))
    ] = entry(None, "date of the first day", date(2026, 3, 2))
    cycle: Annotated[
        int | None,
        in_range("cycle"),
        Flag(
            _DAYS,
            mark("Days after which the menu comes again: 7, 14, 21."),
            Number("cycle", is_whole=True),
        ),
    ] = entry(None, "days after which the menu comes again: 7, 14 or 21", 14)
    slots: list[Slot] = entry(
        list(get_args(Slot)), "meals of a day: breakfast, lunch, dinner, snack"
    )
    skip: Annotated[
        list[SkipTable],
        Flag(
            _DAYS,
            mark(
                "A meal eaten elsewhere, with its share of the day: 3:dinner, fri:dinner; "
                "repeatable."
            ),
            Typed("DAY:SLOT", read_meal_of_day),
            name="eat_out",
            join=missed("--eat-out", OUT),
        ),
        Flag(
            _DAYS,
            mark(
                "A meal that is not eaten at all: 3:lunch, fri:lunch; the other meals make up "
                "for it; repeatable."
            ),
            Typed("DAY:SLOT", read_meal_of_day),
            join=missed("--skip", NOTHING),
        ),
    ] = entry(
        [],
        "meals not planned, the day by number, weekday or date: eaten out, or nothing "
        "eaten and the others carry the day",
        [{"day": 3, "slot": "dinner", "eaten": "out"}],
    )
    units: Annotated[
        Literal["us", "metric"] | None,
        Flag(_DAYS, mark("Default: by the standard."), OneOf(UNITS), for_days=False),
    ] = entry(None, "us or metric amounts; without it, the standard decides", "us")
    pattern: Annotated[
        PatternId,
        Flag(
            _DAYS,
            said(
                "How meals are built: {patterns}, or a file of your own.",
                patterns=", ".join(pattern_ids()),
            ),
            Typed("NAME|FILE.toml", read_pattern_id),
        ),
    ] = entry(
        DEFAULT_PATTERN, f"how meals are built: {', '.join(pattern_ids())}, or the path of your own"
    )
    hemisphere: Annotated[
        Literal["north", "south"],
        Flag(
            _DAYS,
            mark("Which hemisphere's seasons apply, with --start; default: north."),
            OneOf(HEMISPHERES),
        ),
    ] = entry("north", "north or south: whose seasons hold, where there is a start")
    guests: Annotated[
        list[GuestTable],
        Flag(
            _PEOPLE,
            mark("Guests at a meal: 6:dinner=2, sat:dinner=2; repeatable."),
            Typed("DAY:SLOT=N", read_guests),
            join=GUESTS,
        ),
    ] = entry(
        [],
        "guests at a meal: each gets a standard serving of its dishes",
        [{"day": 6, "slot": "dinner", "count": 2}],
    )
    holidays: Annotated[
        list[Holiday],
        Flag(
            _DAYS,
            mark("A day with the time of a weekend: 3, fri, 2026-12-25; repeatable."),
            Typed("DAY|DATE", read_holiday),
            name="holiday",
            join=HOLIDAYS,
        ),
    ] = entry([], "days with the time of a weekend, by number, weekday or date", ["2026-12-25"])
    put: Annotated[
        list[PutTable],
        Flag(
            _DAYS,
            said(
                'A dish for a meal: "{example}", "every fri:dinner=pizza", "Ben:3:lunch=chili"; '
                '"fri:dinner=none" removes it; repeatable.',
                example=PUT_EXAMPLE,
            ),
            Typed("[EATER:]DAY:SLOT=DISH", read_put),
            join=PUTS,
            has_names=True,
        ),
    ] = entry(
        [],
        'a dish on a meal: day 3, "fri", "every fri" or a date; eater: whose meal',
        [{"day": "fri", "slot": "dinner", "dish": "pizza"}],
    )
    shops: Annotated[
        Shops | None,
        Flag(
            _SHOPS,
            mark("Whose packages and money; by default those of the standard and units."),
            OneOf(known_shops()),
            for_days=False,
        ),
    ] = entry(
        None,
        f"country of the shops: {', '.join(known_shops())}; without it by standard and units",
        "uk",
    )
    pantry: Annotated[
        list[AtHomeTable],
        Flag(
            _SHOPS,
            mark("What is at home before the first day: food,amount,unit[,days]."),
            File("FILE"),
            join=APART,
            for_days=False,
        ),
    ] = entry(
        [],
        "what is at home before the first day; days: how long it is still good",
        [{"food": "white rice, dry", "amount": 500, "unit": "g"}],
    )
    cupboard: Annotated[
        Literal["usual", "empty"] | None,
        Flag(
            _SHOPS,
            mark(
                "What you have besides your pantry file: what most kitchens have (salt, oil, "
                "spices, flour), or nothing more; default: usual without --pantry, empty with it."
            ),
            OneOf((USUAL, EMPTY)),
            for_days=False,
        ),
    ] = entry(
        None,
        "usual: what most kitchens have is at home too; empty: nothing more; without "
        "it, usual unless a pantry is given",
        "empty",
    )

    @field_validator("skip", "guests", "holidays", mode="after")
    @classmethod
    def _number_days(cls, value: list[Any], info: ValidationInfo) -> list[Any]:
        """Give the numbers of days that are called by a weekday or date: each day so called."""
        count, start = info.data.get("days"), info.data.get("start")
        if count is None or "start" not in info.data:
            return value  # told as a fault of its own
        return numbered(value, min(count, info.data.get("cycle") or count), start)

    def to_week(self) -> WeekOptions:
        """Put the slots into the order of a day; no slot named means all of them."""
        made = {
            "slots": tuple(slot for slot in SLOTS if slot in self.slots) or SLOTS,
            "skip": tuple((one.day, one.slot) for one in self.skip),
            "not_eaten": tuple((one.day, one.slot) for one in self.skip if one.eaten == NOTHING),
            "guests": tuple(Guests(one.day, one.slot, one.count) for one in self.guests),
            "holidays": tuple(dict.fromkeys(self.holidays)),
            "put": tuple(dict.fromkeys(one.to_put() for one in self.put)),
            "pantry": tuple(one.to_value() for one in self.pantry),
        }
        return WeekOptions(**self.frozen(WeekOptions) | made)
