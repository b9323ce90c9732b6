"""What there is to eat: each week as a menu, and the figures of its days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from planner.document.blocks import Menu, MenuDay, MenuDish, Table
from planner.export.documents import WeekDocument
from planner.export.figures import amount_text, band_text, finding_texts, work_text
from planner.export.recipe_text import RecipeBook, later_meal
from planner.export.who import day_and_weekday, day_label, span_text, weekday_names
from planner.export.wishes import more_energy_texts
from planner.plan.plan import Day, Item, Meal
from planner.plan.shares import eaters_of, present_days
from planner.plan.sittings import sittings
from planner.plan.weeks import cut_weeks
from planner.request.days import NOTHING, hours_on
from planner.request.meal_hours import SNACK, snack_hours
from planner.request.request import NAMELESS
from planner.request.shares import RATIO
from planner.safety.day_meals import meal_hour
from planner.safety.hours import as_clock
from planner.shops import cost_as, currency, named
from planner.wording import plural

ENERGY = "energy_kcal"
FIGURES = {
    "magnesium_mg": "Mg mg",
    "calcium_mg": "Ca mg",
    RATIO: "Ca:Mg",
    ENERGY: "kcal",
}
_GOALS = {
    "magnesium_mg": "magnesium (Mg) {band} mg",
    "calcium_mg": "calcium (Ca) {band} mg",
    RATIO: "Ca:Mg {band}",
    ENERGY: "energy {band} kcal",
}
COUNTED = (
    "Only what is planned is counted: in the average, meals eaten elsewhere are 0, and the goals "
    "are lowered by their share."
)
_FREEZER = "the freezer"
EATEN_OUT, NOT_EATEN, NO_MEAL = "eaten out", "not eaten", "–"


def menus(
    week: WeekDocument, book: RecipeBook, *, with_snacks: bool = True, with_hours: bool = False
) -> tuple[Menu, ...]:
    """Return each week of a plan: its days with their meals, who has what, what is cooked ahead.

    Hours that were said stand at the meals; ``with_hours`` those that are usual, too.
    """
    weeks = cut_weeks(week.plan, week.foods)
    every = week.plan.slots
    slots = [slot for slot in every if with_snacks or slot != SNACK] or list(every)
    names = eaters_of(week.plan)
    numbered = "Week {number} of {count}"
    hours = {slot: set(_hours_of(slot, week, usual=with_hours)) for slot in slots}
    apart = {slot for slot, one in hours.items() if len(one) > 1 or any(len(h) > 1 for h in one)}
    return tuple(
        Menu(
            title=span_text(part.days),
            number=numbered.format(number=number, count=len(weeks)) if len(weeks) > 1 else "",
            people=", ".join(filter(None, names)),
            meals=tuple(map(_head, slots, hours.values())),
            days=tuple(
                _day(day, slots, book, names, _served(day, week, apart, usual=with_hours))
                for day in part.days
            ),
        )
        for number, part in enumerate(weeks, start=1)
    )


def _hours_of(slot: str, week: WeekDocument, *, usual: bool) -> Iterator[tuple[str, ...]]:
    """Give for each day at what hours of the clock a meal is eaten."""
    for day in week.plan.days:
        at = hours_on(week.request.week, day.day)
        keys = snack_hours(at) if slot == SNACK else (slot,)
        told = (as_clock(meal_hour(key, at)) for key in keys if usual or key in at)
        yield tuple(told)


def _head(slot: str, hours: Collection[tuple[str, ...]]) -> str:
    """Name a meal, with its hours where they are the same on all days."""
    told = ", ".join(next(iter(hours))) if len(hours) == 1 else ""
    return f"{slot.capitalize()} {told}".rstrip()


def _served(
    day: Day, week: WeekDocument, apart: Collection[str], *, usual: bool
) -> Iterator[tuple[Meal, str]]:
    """Give each meal of a day, with its hour where that is not in the head."""
    for one in sittings(day, week.request.week):
        is_told = one.meal.slot in apart and (usual or one.said)
        yield one.meal, f"{one.clock} " if is_told else ""


def figures_table(own: WeekDocument, name: str = "", *, with_snacks: bool = False) -> Table:
    """Return a row of figures for each day and the mean of all; with what the snacks are."""
    plan, days = own.plan, present_days(own.plan.days)
    keys = [one for one in FIGURES if one != RATIO or own.shows_ratio]
    rows = [
        [day_label(day), *figure_cells(keys, day.totals, day.ca_mg_ratio), cost_as(day.cost)]
        for day in days
    ]
    mean = figure_cells(keys, plan.means, plan.ca_mg_ratio)
    rows.append(["Average", *mean, cost_as(plan.cost / len(days))])
    head = ["", *(FIGURES[key] for key in keys), currency()]
    snacks = [_snack(day) for day in days]
    words: tuple[int, ...] = ()
    if with_snacks and any(snacks):
        hours = set(_hours_of(SNACK, own, usual=False))
        words, head = (len(head),), [*head, _head(SNACK, hours)]
        rows = [[*row, snack] for row, snack in zip(rows, [*snacks, ""], strict=True)]
    told = "Magnesium, calcium, their ratio, energy and price of each day"
    if name:
        told = "Magnesium, calcium, their ratio, energy and price of each day of {name}"
    return Table(told.format(name=name), head, rows, words, _goals(own, keys))


def _goals(own: WeekDocument, keys: Sequence[str]) -> str:
    """Say what the average is held to: ``"Goals for the average: magnesium (Mg) at least …"``."""
    weekly = {one.nutrient: one for one in own.check.findings if one.period == "week"}
    bands = {key: band_text(*finding_texts(weekly[key])[1:]) for key in keys if key in weekly}
    told = "; ".join(_GOALS[key].format(band=band) for key, band in bands.items())
    if (more := more_energy_texts(own.request.preferences)) and ENERGY in bands:
        told = f"{told} ({'; '.join(more)})"
    goals = f"Goals for the average: {told}." if told else ""
    missed = (eaten for day in own.plan.days for _slot, eaten in day.facts.missed)
    return f"{goals} {COUNTED}" if goals and any(one != NOTHING for one in missed) else goals


def figure_cells(
    keys: Sequence[str], amounts: Mapping[str, float | None], ratio: float | None
) -> list[str]:
    """Return the figures of a day in print: those of ``keys``."""
    return [amount_text(key, ratio if key == RATIO else amounts.get(key)) for key in keys]


def plan_title(week: WeekDocument) -> str:
    """Return the title of a document of a week or more."""
    count = len(week.plan.days)
    return plural(count, "Meals for {count} day", "Meals for {count} days").format(count=count)


def _day(
    day: Day,
    slots: Sequence[str],
    book: RecipeBook,
    names: Sequence[str],
    served: Iterable[tuple[Meal, str]],
) -> MenuDay:
    meals: dict[str, tuple[MenuDish, ...]] = {}
    for meal, hour in served:
        first, *more = _dishes(meal, day, book)
        dishes = replace(first, name=f"{hour}{first.name}"), *more
        meals[meal.slot] = (*meals.get(meal.slot, ()), *dishes)
    label, weekday = day_label(day), weekday_names(day)[1]
    name, date = (weekday, label.partition(" ")[2]) if day.date else (label, weekday)
    return MenuDay(
        number=day.day,
        label=day_and_weekday(day),
        name=name,
        date=date,
        meals=tuple(meals.get(slot, ()) for slot in slots),
        missed=tuple(missed_text(day, slot) for slot in slots),
        figures=_figures(day) if NAMELESS in names else (),
        work=work_text(book.work_min(day)) if day.active_minutes else "",
        before=tuple(book.before(day)),
        tonight=tuple(book.tonight.get(day.day, ())),
    )


def missed_text(day: Day, slot: str) -> str:
    """Say of a meal that is not planned how it is eaten; a dash where that is not told."""
    how = dict(day.facts.missed).get(slot)
    return NO_MEAL if how is None else (NOT_EATEN if how == NOTHING else EATEN_OUT)


def _figures(day: Day) -> tuple[str, str]:
    """Give magnesium, calcium and energy of a day in few letters."""
    keys = ("magnesium_mg", "calcium_mg", ENERGY)
    magnesium, calcium, energy = (amount_text(key, day.totals.get(key)) for key in keys)
    return f"Mg {magnesium}, Ca {calcium} mg", f"{energy} kcal"


def _dishes(meal: Meal, day: Day, book: RecipeBook) -> Iterator[MenuDish]:
    """Give each main dish of a meal with who has it and what stands beside it."""
    items = [item for item in meal.items if not item.is_beside] or list(meal.items)
    people = tuple(dict.fromkeys(name for item in items for name in _eaters(item)))
    own = {name: [item for item in items if name in _eaters(item)] for name in people}
    mains = list(dict.fromkeys(own[name][0].item_id for name in people))
    for main in (item for item in items if item.item_id in mains):
        whose = [name for name in people if own[name][0].item_id == main.item_id]
        sides = {
            side.item_id: (side, [name for name in whose if side in own[name][1:]])
            for name in whose
            for side in own[name][1:]
        }
        beside = tuple(
            named(side.name) if had == whose else f"{named(side.name)} ({', '.join(had)})"
            for side, had in sides.values()
        )
        if meal.slot == SNACK:  # of small things all are the main one
            yield MenuDish(", ".join((named(main.name), *beside)), _who(whose, people))
        else:
            tags = tuple(_tags(main, meal, day, book))
            again = tags[0] if main.leftover_of is not None else ""
            yield MenuDish(_with_guests(main), _who(whose, people), tags, beside, again)


def _who(whose: Sequence[str], people: Sequence[str]) -> str:
    return "" if len(whose) == len(people) else ", ".join(whose)


def _with_guests(main: Item) -> str:
    count, _servings = main.visitors
    coming = plural(count, " (+ {count} guest)", " (+ {count} guests)").format(count=count)
    return f"{named(main.name)}{coming if count else ''}"


def _eaters(item: Item) -> tuple[str, ...]:
    return tuple(share.eater for share in item.shares) or (NAMELESS,)


def _tags(item: Item, meal: Meal, day: Day, book: RecipeBook) -> list[str]:
    """Say of a dish that it is from an earlier day, or for which later meals it is cooked too."""
    if item.leftover_of is not None:
        if slot := book.first_slot(item):
            thawed, kept = "frozen, from {meal}", "from {meal}"
            told = thawed if book.is_frozen(item, day) else kept
            return [told.format(meal=later_meal(item.leftover_of, slot, day))]
        return [f"from {book.made_word(item, day)}"]
    found = book.cooked.get((day.day, meal.slot, item.item_id))
    if found is None or found.cooking is None:
        return []
    cooking = found.cooking
    later = [later_meal(number, slot, day) for number, slot, _servings in cooking.again]
    frozen = [_FREEZER] if cooking.frozen_servings and not cooking.is_given else []
    told = "cook also for {meals}".format(meals=" and ".join([*later, *frozen]))
    return [told] if later or frozen else []


def _snack(day: Day) -> str:
    """Name the snacks of a day shortly: ``"Milk, low-fat"`` is a milk here."""
    items = (item for meal in day.meals if meal.slot == SNACK for item in meal.items)
    return ", ".join(named(item.name).split(",")[0] for item in items)
