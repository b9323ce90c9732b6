"""The days of a plan: menus, meals, what goes into each dish, and its allergens."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foods.food import UNKNOWN
from foods.table import FoodTable
from planner.candidates.as_cooked import SODIUM, most_sodium_mg, salt_note
from planner.candidates.dish import Dish
from planner.candidates.exchanges import is_one_pot
from planner.document.blocks import (
    DAY,
    MEAL,
    QUIET,
    Block,
    Menu,
    MenuDay,
    MenuDish,
    Paragraph,
    Recipe,
    Section,
    Table,
    bullets,
    paragraphs,
)  # fmt: skip
from planner.errors import ExportError
from planner.explain.days import amount_of_meal, facts_sentence
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import (
    amount_text,
    band_text,
    clock_of,
    day_clock_text,
    finding_texts,
    mass_text,
    price_text,
    work_text,
)
from planner.export.people import more_energy_texts
from planner.export.recipe_text import (
    RecipeBook,
    Row,
    hint_texts,
    later_meal,
    plan_hints,
    without_echo,
)
from planner.export.who import day_and_weekday, day_label, day_title, span_text, weekday_names
from planner.faults import fault
from planner.kitchen.errand import errand_for
from planner.kitchen.measures import kitchen_amount, pot_parts, servings_text
from planner.kitchen.openings import PackageHint
from planner.meals.drinks import between_meals, drink_beside_own, drinks_at, is_for_between
from planner.meals.patterns import pattern_at_hand
from planner.plan.guests import amount_in_words, pot_of
from planner.plan.plan import ABSENT, Day, Item, Meal, Plan
from planner.plan.shares import eaters_of, own_meal, present_days
from planner.plan.sittings import Sitting, sittings
from planner.plan.weeks import cut_weeks
from planner.request.days import NOTHING, hours_on
from planner.request.diets import read_allergens
from planner.request.meal_phrases import SNACK, snack_hours
from planner.request.next_week import days_before
from planner.request.override import RATIO
from planner.request.profile import Profile
from planner.request.request import NAMELESS, PlanRequest
from planner.safety.gate import as_clock, meal_hour
from planner.shops import cost_as, currency, named
from planner.targets.eaters import eater_requests
from planner.targets.target import unit_word
from planner.wording import plural

AT_ITS_HOUR = "{amount}, at its hour apart from medicines"
TO_DRINK, BRINGS = "To drink: {drinks}", "{drinks}. Magnesium: {amounts}"
NO_RECIPE = (
    "Its steps are not available: it is one of your own dishes, and its folder is no longer there."
)
MAGNESIUM, CALCIUM = "magnesium_mg", "calcium_mg"
_METRIC = "metric"


def days_told(
    week: TableDocument, *, number: int | None = None, once: bool = True
) -> Iterator[Section]:
    """Return each day: what it brings, what is to be known of it, and its meals.

    Parameters
    ----------
    week
        The plan.
    number
        The only day that is told; ``None``: all.
    once
        Whether a recipe that comes again names its day; one of other amounts that of its steps.
    """
    table, seen = week.table, dict[Any, tuple[str, str]]()
    errand = errand_for(week.request, week.dishes, week.foods)
    hints = plan_hints(week.plan, week.foods, errand, table.batch, table.shopping)
    eaters = tuple(name for name, _own in week.named())
    for day in week.plan.days:
        if number in (None, day.day):
            meals = Meals(table, day, seen if once else None, eaters)
            blocks = (*_figures_of(week, day), *meals.blocks(hints.get(day.day, ())))
            yield Section(day_title(day), blocks, f"day-{day.day}", DAY)


def salt_told(week: TableDocument, number: int | None = None) -> tuple[str, ...]:
    """State that dishes are salted less than usual, where they are: first of who has least sodium.

    Of a day before that was asked for it is not said; without a ``number`` all days are told.
    """
    each = [(own.targets, own.request) for own in week.eaters.values()]
    each.sort(key=lambda one: most_sodium_mg(one[0].targets))
    return tuple(
        note
        for held, asked in each
        if number not in days_before(asked.preferences.since, SODIUM, asked.week)
        for note in salt_note(held.targets, held.energy.kcal, asked.preferences, asked.week)
    )


def _figures_of(week: TableDocument, day: Day) -> Iterator[Block]:
    """Describe what a day brings each eater, and how much work is done on it."""
    book = week.table.book
    work = day_clock_text(day, book.slow_slots(day), book.work_min(day))
    for name, own in week.named():
        one = find_day(own.plan.days, day.day)
        if one.facts == ABSENT:
            continue
        text = figures_text(one, with_ratio=own.shows_ratio, work="" if name else work)
        yield Paragraph(text, QUIET, name)
    if NAMELESS not in week.eaters:
        yield Paragraph(work, QUIET)


def _magnesium_texts(meal: Meal, eaters: Iterable[str]) -> Iterator[str]:
    """Describe how much magnesium each eater has with a meal."""
    for name in eaters:
        if amount := amount_of_meal(own_meal(meal, name), MAGNESIUM):
            yield f"{name} {amount_text(MAGNESIUM, amount)} {unit_word(MAGNESIUM)}".strip()


@dataclass(frozen=True, slots=True)
class Meals:
    """The meals of a day, for everybody who has them.

    Parameters
    ----------
    table, day
        The common table, and the day.
    seen
        Recipe, and its steps → where they stand already, and the name of that place; ``None``: each
        is told.
    eaters
        Who is told how much magnesium a meal has.
    """

    table: WeekDocument
    day: Day
    seen: dict[Any, tuple[str, str]] | None
    eaters: tuple[str, ...] = ()

    def blocks(self, hints: Sequence[PackageHint]) -> Iterator[Block]:
        """Return what is to be known of the day, its meals, and what is done in its evening."""
        book, day = self.table.book, self.day
        yield from paragraphs([facts_sentence(day, self.table.request.shops)])
        yield from bullets([*hint_texts(hints, day), *book.before(day)])
        for sitting in sittings(day, self.table.request.week):
            meal = sitting.meal
            recipes = (self._recipe(meal, item) for item in meal.items)
            drinks = TO_DRINK.format(drinks=drink_text(meal, self.table.request))
            if amounts := ", ".join(_magnesium_texts(meal, self.eaters)):
                drinks = BRINGS.format(drinks=drinks, amounts=amounts)
            yield Section(self._title(sitting), (*recipes, Paragraph(drinks, QUIET)), "", MEAL)
        yield from paragraphs(book.tonight.get(day.day, ()))

    def _title(self, served: Sitting) -> str:
        """Name a meal with its times; say where all of its work is on the evening before."""
        meal = served.meal
        slow = (self.table.book.slow_text(self.day, meal, item) for item in meal.items)
        if told_slow := next(filter(None, slow), ""):
            return f"{meal.slot.capitalize()}: {told_slow}"
        if not self.table.book.is_all_before(self.day, meal):
            return meal_title(served)
        return f"{meal_title(served)}, on the evening before"

    def _recipe(self, meal: Meal, served: Item) -> Recipe:
        """Return one thing of a meal: all that is cooked of it, who has what, how it is made."""
        book = self.table.book
        item, entry = pot_of(served, book.foods), book.entry(self.day, meal, served)
        is_dish = item.kind == "dish"
        is_made = (is_dish or is_cooked_food(item, book.foods)) and not entry.again
        takes, (same_as, mark) = self._once(item, entry) if is_made else ((), ("", ""))
        tells = is_dish and not same_as
        untold: dict[str, Any] = {} if tells else {"hint": "", "steps": (), "ways": ()}
        return replace(
            entry,
            amount=self._amount(item),
            mass="" if item.is_supplement else mass_text(item.mass_g),
            clock=(book.slow_text(self.day, meal, served) or clock_of(item)) if is_dish else "",
            people=people_text(served, book.foods, book.dishes.get(item.item_id)),
            takes=takes,
            lacks=NO_RECIPE if tells and is_made and not entry.steps else "",
            same_as=same_as,
            mark=mark,
            note="" if same_as else entry.note,
            **untold,
        )

    def _amount(self, item: Item) -> str:
        """Return the amount of one thing; a dose beside medicines has an hour of its own."""
        amount = item_amount(item, self.table.book.foods, self.table.book.units)
        is_apart = item.is_supplement and self.table.request.patient.medicines
        return AT_ITS_HOUR.format(amount=amount) if is_apart else amount

    def _once(self, item: Item, entry: Recipe) -> tuple[tuple[Row, ...], tuple[str, str]]:
        """Return the rows of a recipe, and where it or its steps already stand, or its own mark."""
        rows = entry.takes
        if self.seen is None:
            return rows, ("", "")
        recipe, steps = (item.item_id, rows), (item.item_id, entry.hint, *entry.steps)
        if recipe in self.seen:
            where, mark = self.seen[recipe]
            return (), (f"The recipe is that of {where}.", mark)
        if entry.steps and steps in self.seen:
            where, mark = self.seen[steps]
            return rows, (f"It is made as on {where}.", mark)
        place = day_title(self.day), f"recipe-{len(self.seen) + 1}"
        self.seen.update({recipe: place, steps: place})
        return rows, ("", place[1])


def meal_title(served: Sitting) -> str:
    """Name a meal with its times: ``"Dinner at 18:30: 38 min of work, on the table in 45 min"``."""
    title = served.meal.slot.capitalize()
    if served.said:
        title = f"{title} at {served.said}"
    if served.is_at_night:
        title = f"{title} of the next day, taken along"
    return ": ".join(filter(None, (title, clock_of(served.meal))))


def drink_text(meal: Meal, request: PlanRequest) -> str:
    """Return what those who eat a meal drink with it: ``"tea or water"``, ``"2 cups of …"``."""
    names = {share.eater for item in meal.items for share in item.shares}
    people: list[Profile] = []
    own: dict[str, list[str]] = {}
    for name, plan_request in eater_requests(request).items():
        cups = [
            f"{item.measure} of {_drink_name(item.name)}"
            for item in meal.items
            if item.is_cup and (name == NAMELESS or item.shares[0].eater == name)
        ]
        if name not in (*names, NAMELESS):
            continue
        if any(plan_request.preferences.drinks.values()):
            text = " and ".join(cups) or drink_beside_own(meal.slot)
            text = between_meals(text) if cups and _is_kept_apart(meal) else text
            own.setdefault(text, []).append(name)
        elif of_pattern := pattern_at_hand(request.week.pattern).drinks.get(meal.slot):
            own.setdefault(of_pattern, []).append(name)
        else:
            people.append(plan_request.profile)
    return drinks_at(meal.slot, people, own)


def _is_kept_apart(meal: Meal) -> bool:
    """Whether a cup of a meal is better drunk apart from it."""
    return any(is_for_between(item.item_id) for item in meal.items if item.is_cup)


def people_text(item: Item, foods: FoodTable, dish: Dish | None = None) -> str:
    """Describe who has how much of an item: ``"Anna 1 serving, Mia 1/2 serving, 2 guests …"``.

    Of a pot that several eat from it is the part of each: ``"Anna 2/3 (410 g), Mia 1/3 (205 g)"``.
    """
    is_dish = item.kind == "dish"
    words = [(servings_text(share.servings) if is_dish else share.measure) for share in item.shares]
    if dish and len(item.shares) > 1 and not item.guests and is_one_pot(dish):
        parts = pot_parts([share.mass_g for share in item.shares])
        return ", ".join(
            f"{share.eater} {part} ({mass_text(share.mass_g)})"
            for share, part in zip(item.shares, parts, strict=True)
        )
    said = [
        f"{share.eater} {amount}"
        if not share.more
        else f"{share.eater} × {1 + share.more}, each {amount}"
        for share, amount in zip(item.shares, words, strict=True)
    ]
    count, servings = item.visitors
    if count:
        amount = amount_in_words(item, servings, foods)
        guests = plural(count, "{count} guest {amount}", "{count} guests {amount}")
        said.append(guests.format(count=count, amount=amount))
        own = servings_text(item.servings) if is_dish else item.measure
        own = f"you {own}"
        said = said if item.shares else [own, *said]
    return ", ".join(said)


def figures_text(day: Day, *, with_ratio: bool = True, work: str = "") -> str:
    """Return the figures of a day in one line, with its Ca:Mg or without, and what its work is."""
    parts = [
        f"Magnesium {pools_text(day, MAGNESIUM)}",
        f"calcium {pools_text(day, CALCIUM)}",
    ]
    parts += [f"Ca:Mg {amount_text(RATIO, day.ca_mg_ratio)}"] if with_ratio else []
    parts += [f"{amount_text('energy_kcal', day.totals['energy_kcal'])} kcal", price_text(day.cost)]
    return ", ".join([*parts, *([work] if work else [])])


def pools_text(day: Day, key: str) -> str:
    """Return the total of a day, and apart from it what is from food and from supplements."""
    total, pills = day.totals[key], day.supplement_totals.get(key)
    text = f"{amount_text(key, total)} {unit_word(key)}"
    if total is None or not pills:
        return text
    food, pills_text = amount_text(key, total - pills), amount_text(key, pills)
    pools = f"(food {food}, supplement {pills_text})"
    return f"{text} {pools}"


def is_cooked_food(item: Item, foods: FoodTable) -> bool:
    """Whether a single food is cooked from what is bought raw or dry."""
    return item.kind == "food" and foods[item.item_id].bought_as is not None


def item_amount(item: Item, foods: FoodTable, units: str) -> str:
    """Describe how much of an item there is; metric kitchens measure single foods their own way."""
    if item.kind == "dish":
        return servings_text(item.servings)
    if len(item.ingredients) != 1 or item.is_in_litres:
        return item.measure
    food_id, mass_g = item.ingredients[0]
    is_own = units != _METRIC and "." not in item.measure  # 0.87 of a pot is weighed
    words = item.measure if is_own else kitchen_amount(foods[food_id], mass_g, units)
    return without_echo(words, item.name)


def _drink_name(name: str) -> str:
    """Name a drink within a sentence."""
    return name.lower()


def find_day(days: Sequence[Day], number: int) -> Day:
    """Return the day with this number.

    Raises
    ------
    ExportError
        When there is none.
    """
    for day in days:
        if day.day == number:
            return day
    raise fault(ExportError, "day_not_in_plan", number=number, day=days[0].day, day_2=days[-1].day)


ALLERGENS_TITLE = "Allergens of each dish"
_WHAT_IT_IS = (
    "From our recipes, by the allergens that must be named in the European Union and the United "
    "States. The labels of what you buy decide, and only they tell of traces (may contain). "
    "Supplements are not included."
)


def allergen_blocks(plan: Plan, foods: FoodTable) -> Iterator[Block]:
    """Return a table of what is eaten, when, and the allergens of all that is in it.

    A dish that is cooked in two ways, as for somebody who leaves out milk, stands there twice.
    """
    found = dict[tuple[str, tuple[str, ...]], list[str]]()
    for day, meal, item in plan.served():
        if item.ingredients:
            when = f"{day_label(day)} {meal.slot}"
            found.setdefault((item.name, _held(item, foods)), []).append(when)
    rows = [
        (name, ", ".join(dict.fromkeys(whens)), ", ".join(held) or "none")
        for (name, held), whens in found.items()
    ]
    yield Paragraph(_WHAT_IT_IS)
    head = ("Dish or food", "When", "Holds")
    yield Table(ALLERGENS_TITLE, head, rows, words=(1, 2))


def _held(item: Item, foods: FoodTable) -> tuple[str, ...]:
    words = frozenset[str]().union(
        *(foods[food_id].allergens for food_id, _mass in item.ingredients)
    )
    known = (allergen for allergen in read_allergens().values() if allergen.eu or allergen.us)
    names = tuple(allergen.name for allergen in known if not words.isdisjoint(allergen.words))
    return (*names, "what its label does not state") if UNKNOWN in words else names


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
    apart = {slot for slot, hour in hours.items() if len(hour) > 1 or any(len(h) > 1 for h in hour)}
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
    """Return for each day at what hours of the clock a meal is eaten."""
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
    """Return each meal of a day, with its hour where that is not in the head."""
    for sitting in sittings(day, week.request.week):
        is_told = sitting.meal.slot in apart and (usual or sitting.said)
        yield sitting.meal, f"{sitting.clock} " if is_told else ""


def figures_table(own: WeekDocument, name: str = "", *, with_snacks: bool = False) -> Table:
    """Return a row of figures for each day and the mean of all; with what the snacks are."""
    plan, days = own.plan, present_days(own.plan.days)
    keys = [figure for figure in FIGURES if figure != RATIO or own.shows_ratio]
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
    """Return the goals for the average: ``"Goals for the average: magnesium (Mg) at least …"``."""
    weekly = {one.nutrient: one for one in own.check.findings if one.period == "week"}
    bands = {key: band_text(*finding_texts(weekly[key])[1:]) for key in keys if key in weekly}
    told = "; ".join(_GOALS[key].format(band=band) for key, band in bands.items())
    if (more := more_energy_texts(own.request.preferences)) and ENERGY in bands:
        told = f"{told} ({'; '.join(more)})"
    goals = f"Goals for the average: {told}." if told else ""
    missed = (eaten for day in own.plan.days for _slot, eaten in day.facts.missed)
    return f"{goals} {COUNTED}" if goals and any(meal != NOTHING for meal in missed) else goals


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
    """Return how a meal that is not planned is eaten; a dash if that is not known."""
    how = dict(day.facts.missed).get(slot)
    return NO_MEAL if how is None else (NOT_EATEN if how == NOTHING else EATEN_OUT)


def _figures(day: Day) -> tuple[str, str]:
    """Return magnesium, calcium and energy of a day in few letters."""
    keys = ("magnesium_mg", "calcium_mg", ENERGY)
    magnesium, calcium, energy = (amount_text(key, day.totals.get(key)) for key in keys)
    return f"Mg {magnesium}, Ca {calcium} mg", f"{energy} kcal"


def _dishes(meal: Meal, day: Day, book: RecipeBook) -> Iterator[MenuDish]:
    """Return each main dish of a meal with who has it and what stands beside it."""
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
    """Describe which earlier day a dish is from, or which later meals it is also cooked for."""
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
