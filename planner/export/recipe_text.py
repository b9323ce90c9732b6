"""What a cook reads: of a dish, of opened packages, of evenings before, of what is cooked double.

Print, Markdown and calendar lay out what stands here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

from foods.table import FoodTable
from planner.candidates.dish import Dish, fresh_ways
from planner.candidates.equipment import appliance_of, slow_hours
from planner.candidates.later import fresh_parts
from planner.candidates.used_up import UsedUp
from planner.document.blocks import Block, Recipe, Table, bullets, paragraphs
from planner.export.figures import mass_text, price_text, time_text
from planner.export.who import number_label
from planner.kitchen.batch import (
    FREEZER,
    FRIDGE,
    BatchPlan,
    ChildBox,
    Cooked,
    Cooking,
    Key,
    Label,
    cooked_dishes,
    cooked_of,
    is_thawed,
    serving_text,
)
from planner.kitchen.bought import KitchenLine, recipe_lines, share_in_words
from planner.kitchen.errand import Errand, ShoppingList
from planner.kitchen.evenings import BOX, DO, MAKE, SOAK, THAW, Chore, begun_in, evening_chores
from planner.kitchen.leftovers import left_in_pots, soaked, with_left_over
from planner.kitchen.measures import (
    COOKING,
    in_units,
    kept_parts,
    kitchen_amount,
    parts_text,
    says_when_chilled,
    servings_text,
    size_hint,
    steps_for,
    without_leftovers,
    without_thirds,
)
from planner.kitchen.openings import (
    FRESH,
    FROZEN,
    LEFT,
    OPEN_NEW,
    USE_UP,
    PackageHint,
    package_hints,
    track_packages,
)
from planner.kitchen.sold import EACH, in_packs_of, shelves_of
from planner.plan.guests import pot_of
from planner.plan.plan import Day, Item, Meal, Plan
from planner.request.day_words import MONTHS
from planner.request.next_week import note_on
from planner.safety.medicines import WEEKDAYS
from planner.settings import read_settings
from planner.shops import named
from planner.wording import listed, plural

TITLE = "Cook once, eat twice"
COOL = "Cool within 2 hours."
COOL_ALL = "Cool within 2 hours, and sooner where the recipe says so."
LABEL_HEAD = ("Label", "Portion", "Cooked", "Keep in", "Use")
_SHORT = 3
_OF_DAY = {
    FRIDGE: "{slot} of day {number}",
    FREEZER: "{slot} of day {number} (freeze it at once)",
}


def batch_blocks(batch: BatchPlan) -> Iterator[Block]:
    """Describe what to cook double on which day and for when, and what the labels of it say."""
    if not batch.cook:
        return
    yield from bullets(f"{when}: {name}, {then}" for when, name, then in cook_rows(batch))
    yield from paragraphs([note_text(batch)])
    words = tuple(range(1, len(LABEL_HEAD)))
    yield Table("Labels of what is kept", [*LABEL_HEAD], label_rows(batch), words)


def note_text(batch: BatchPlan) -> str:
    """Describe what holds for all of it, and that the freezer's share is bought with the rest."""
    cool = [COOL_ALL] if any(cooking.is_heated for cooking in batch.cook) else []
    if not any(cooking.frozen_servings and not cooking.is_given for cooking in batch.cook):
        return " ".join(cool)
    share = price_text(batch.frozen_usd)
    told = f"The shopping list also includes food for the freezer ({share})."
    return " ".join([*cool, told])


def cook_rows(batch: BatchPlan) -> list[tuple[str, str, str]]:
    """List (meal, dish, how much at once and for when) of everything that is cooked double."""
    return [
        (
            _when(cooking),
            named(cooking.name),
            f"{_at_once(cooking)} at once; {_then(cooking, batch.labels)}",
        )
        for cooking in batch.cook
    ]


def label_rows(batch: BatchPlan) -> list[tuple[str, ...]]:
    """Return the labels of what is kept, a row for each in the order of ``LABEL_HEAD``."""
    return [
        (
            named(label.name),
            servings_text(label.servings),
            _made(label),
            label.store,
            _use_by(label),
        )
        for label in batch.labels
    ]


def _at_once(one: Cooking) -> str:
    """Describe how much is cooked at once as its recipe does: ``"2 large servings"``."""
    told = parts_text(one.portions)
    return told[0] if told else servings_text(one.cooked_servings)


def in_freezer_texts(batch: BatchPlan) -> Iterator[str]:
    """Yield which portions are in the freezer when the plan ends, and how to ask for them."""
    own = [label for label in batch.labels if label.eat_on is None]
    if own:
        what = "; ".join(
            f"{servings_text(label.servings)} of {named(label.name)}, eat {_use_by(label)}"
            for label in own
        )
        yield f"In the freezer: {what}."
        count = max(1, round(own[0].servings))
        told = plural(
            count,
            'To have it in these days, at lunch: --use "{count} portion of {name}".',
            'To have it in these days, at lunch: --use "{count} portions of {name}".',
        )
        yield told.format(count=count, name=named(own[0].name))


def _made(label: Label) -> str:
    if label.cooked_on is not None:
        return _date(label.cooked_on)
    number = label.cooked_day
    told = "day {number}" if number else "the evening before day {number}"
    return told.format(number=number or 1)


def _when(one: Cooking) -> str:
    return f"Day {one.day} {one.slot}"


def _then(one: Cooking, labels: Sequence[Label]) -> str:
    own = [
        label
        for label in labels
        if (label.cooked_day, label.dish_id) == (one.made_day, one.dish_id)
    ]
    told = []
    count = servings_text(one.frozen_servings).rpartition(" ")[0]
    if later := [label for label in own if label.eat_on]:
        meals = " and ".join(
            _OF_DAY[label.store].format(slot=on[1], number=on[0])
            for label in later
            if (on := label.eat_on)
        )
        use_by = _use_by(later[0]).removesuffix(_year(later[0]))
        told.append(f"also for {meals}, {use_by}")
    if one.is_given:
        told.append(f"{count} not eaten")
    elif frozen := next((label for label in own if label.eat_on is None), None):
        told.append(f"freeze {count}, {_use_by(frozen)}")
    return "; ".join(told)


def _use_by(label: Label) -> str:
    if label.use_by is not None:
        return f"by {_date(label.use_by)}"
    if label.unit == "months":
        within = plural(label.keeps, "within {count} month", "within {count} months")
        return within.format(count=label.keeps)
    return f"by day {label.cooked_day + label.keeps}"


def _year(label: Label) -> str:
    """Return the year of a date within the week, which goes without saying."""
    return f" {label.use_by.year}" if label.use_by else ""


def _date(when: date) -> str:
    return f"{when.day} {MONTHS[when.month - 1][:_SHORT]} {when.year}"


USE_FROZEN = "Use the {name} that you froze."
BUY_FRESH = "Buy fresh {name} for today, if you can: what you froze turns soft and is for cooking."
CUT_UP = "Use up the {name} cut on {opened}."
CUT_NEW = "Cut a new {name}: what was cut on {opened} was good until {until}."
_STATE = "^(?:fresh|frozen) "
_ENDS = (", ", " (", " without ", " with ")  # what follows says how it was canned


def plan_hints(
    plan: Plan,
    foods: FoodTable,
    errand: Errand,
    batch: BatchPlan | None,
    shopping: ShoppingList,
) -> dict[int, tuple[PackageHint, ...]]:
    """Return day number → what is to be known of packages on it.

    Parameters
    ----------
    plan, foods
        The plan and the food table.
    errand
        How one shops for it.
    batch
        What is cooked double.
    shopping
        The list, which says what is divided into bags for the freezer, and when one shops.
    """
    found: dict[int, tuple[PackageHint, ...]] = {}
    opened = track_packages(plan, foods, errand, batch, shopping.trips)
    for hint in package_hints(opened, shopping.lines):
        found[hint.day] = (*found.get(hint.day, ()), hint)
    return found


def hint_texts(hints: Sequence[PackageHint], day: Day) -> list[str]:
    """Describe all of it; what was frozen and what stays over are told in one line each.

    Parameters
    ----------
    hints
        Those of the day, most pressing first.
    day
        The day; with dates, others are named by their weekdays.
    """
    frozen = [stateless_name(hint.name) for hint in hints if hint.kind == FROZEN]
    texts = [USE_FROZEN.format(name=listed(frozen))] if frozen else []
    fresh = [stateless_name(hint.name) for hint in hints if hint.kind == FRESH]
    texts += [BUY_FRESH.format(name=listed(fresh))] if fresh else []
    texts += [hint_text(hint, day) for hint in hints if hint.kind in (USE_UP, OPEN_NEW)]
    left = [_left_text(hint, day) for hint in hints if hint.kind == LEFT]
    return [*texts, *(["Left over: {what}.".format(what="; ".join(left))] if left else [])]


def hint_text(hint: PackageHint, day: Day) -> str:
    """Describe what is to be known of one package."""
    if hint.kind == LEFT:
        return f"Left over: {_left_text(hint, day)}."
    words = {
        "package": hint.package,
        "name": short_name(hint.name),
        "opened": day_word(hint.opened_day, day),
    }
    if hint.kind in (FROZEN, FRESH):
        told = USE_FROZEN if hint.kind == FROZEN else BUY_FRESH
        return told.format(name=stateless_name(hint.name))
    is_cut = hint.package == EACH
    if hint.kind == USE_UP:
        told = CUT_UP if is_cut else "Use up the {package} of {name} opened on {opened}."
        return told.format(**words)
    until = day_word(hint.good_until_day, day)
    pattern = "Open a new {package} of {name}: that of {opened} was good until {until}."
    return (CUT_NEW if is_cut else pattern).format(**words, until=until)


def _left_text(hint: PackageHint, day: Day) -> str:
    words, until = share_in_words(hint.share, hint.package), _until(hint.good_until_day, day)
    pattern = "{share} of {name}, good {until}"
    if hint.package == EACH:
        pattern = "{share} {name}, good {until}"
    if hint.how:
        how, until = hint.how, _by(hint.good_until_day, day)
        pattern = "{share} of {name}: freeze {how} {until}".replace("{how}", how)
    return pattern.format(share=words, name=short_name(hint.name), until=until)


def short_name(name: str) -> str:
    """Name a food within a sentence: ``"Canned beets drained"`` are beets."""
    name = named(name)
    for end in _ENDS:
        name = name.partition(end)[0]
    name = name.removeprefix("Canned ").removesuffix(" drained")
    return f"{name[:1].lower()}{name[1:]}"


def stateless_name(name: str) -> str:
    """Name a food in a sentence that says itself whether it is fresh or frozen: ``"cilantro"``."""
    return re.sub(_STATE, "", short_name(name))


def _until(number: int, day: Day) -> str:
    """Describe how long something is good from ``day`` on; that may be behind the plan."""
    more = number - day.day
    if more <= 0:
        return "today only"
    if day.date is None or more >= len(WEEKDAYS):
        return plural(more, "for {count} more day", "for {count} more days").format(count=more)
    return f"until {day_word(number, day)}"


def _by(number: int, day: Day) -> str:
    """Return by which day something is done."""
    if number <= day.day:
        return "today"
    return f"by {day_word(number, day)}"


def day_word(number: int, day: Day) -> str:
    """Name a day of the plan, by its weekday where that is within a week of ``day``."""
    if day.date is None:
        return f"day {number}"
    when = day.date + timedelta(days=number - day.day)
    return number_label(number, {number: when}) if is_far(number, day) else WEEKDAYS[when.weekday()]


def is_far(number: int, day: Day) -> bool:
    """Whether no weekday alone names a day: without dates, or a week from ``day`` or more."""
    return day.date is None or abs(number - day.day) >= len(WEEKDAYS)


def evening_text(chores: Sequence[Chore], later: Day, *, is_first: bool = False) -> str:
    """Describe what is done in an evening for the day ``later``; that before a plan is named."""
    thawed = [stateless_name(chore.what) for chore in chores if chore.kind == THAW]
    told = [f"take {listed(thawed)} out of the freezer"] if thawed else []
    told += [_chore_text(chore) for chore in chores if chore.kind != THAW]
    evening = replace(later, day=later.day - 1, date=later.date and later.date - timedelta(days=1))
    if not is_first:
        return "This evening: {what}.".format(what="; ".join(told))
    if evening.date is None:
        pattern = "On the evening before day {number}: {what}."
        return pattern.format(number=later.day, what="; ".join(told))
    pattern = "{day} evening, before it begins: {what}."
    return pattern.format(day=day_word(evening.day, evening), what="; ".join(told))


def _chore_text(one: Chore) -> str:
    meal = one.slot
    if one.kind == BOX:
        told = "put {name} from the freezer into the refrigerator (for tomorrow's {meal})"
        return told.format(name=named(one.what), meal=meal)
    if one.kind == SOAK:
        told = "soak {mass} of dry {food} in plenty of water (for tomorrow's {meal})"
        return told.format(mass=mass_text(round(one.mass_g)), food=short_name(one.what), meal=meal)
    if one.kind == DO:
        return f"{one.what} (for tomorrow's {meal})"
    told = "make {name} (for tomorrow's {meal}, {time})"
    return told.format(name=named(one.what), meal=meal, time=time_text(one.minutes))


Row = tuple[str, str, str]
NOTE = "Note: {text}"


@dataclass(frozen=True, slots=True)
class RecipeBook:
    """Everything that the recipes of a plan are written from.

    Parameters
    ----------
    foods
        The food table.
    units
        ``"us"`` or ``"metric"``.
    dishes
        Dish id → recipe, those at hand.
    cooked
        (day, slot, dish id) → what is cooked, where that is more than the meal eats.
    tonight
        Day → what is to be done in its evening for the day after; the first may be day 0, of the
        evening before the plan begins.
    first
        Number of the first day.
    notes
        Dish → a note of one's own on it.
    absent
        What the kitchen does not have.
    slow
        (day, slot) of the meals that somebody wants out of the slow cooker.
    left
        (day, slot, dish id) → food id → what of it is left over and cooked already, as eaten [g].
    chores
        Day → what is done in its evening for the day after.
    boxes
        (day, slot, dish id) → how children take it along.
    """

    foods: FoodTable
    units: str
    dishes: Mapping[str, Dish]
    cooked: Mapping[Key, Cooked]
    tonight: Mapping[int, Sequence[str]]
    first: int
    notes: Mapping[str, str]
    absent: Set[str] = frozenset()
    slow: Set[tuple[int, str]] = frozenset()
    left: Mapping[Key, Mapping[str, float]] = field(default_factory=dict)
    chores: Mapping[int, Sequence[Chore]] = field(default_factory=dict)
    boxes: Mapping[Key, ChildBox] = field(default_factory=dict)

    def work_min(self, day: Day) -> int:
        """Return the work of a day [min]; what is made ahead is work of the evening before."""
        before, tonight = (
            sum(chore.minutes for chore in self.chores.get(number, ()))
            for number in (day.day - 1, day.day)
        )
        return day.active_minutes - before + tonight

    def slow_text(self, day: Day, meal: Meal, item: Item) -> str:
        """Describe when a dish is begun that somebody wants out of the slow cooker; else empty."""
        dish = self.dishes.get(item.item_id)
        is_made = (day.day, meal.slot) in self.slow and item.leftover_of is None
        hours = slow_hours(dish) if dish and is_made else ""
        if not hours:
            return ""
        return "start in the morning, {hours} h on low".format(hours=hours.replace(" to ", "-"))

    def slow_slots(self, day: Day) -> frozenset[str]:
        """Name the meals of a day that cook since the morning, or since the evening before."""
        return frozenset(
            meal.slot
            for meal in day.meals
            if any(self.slow_text(day, meal, item) for item in meal.items)
            or self.is_all_before(day, meal)
        )

    def is_all_before(self, day: Day, meal: Meal) -> bool:
        """Whether all work of a meal is done on the evening before."""
        worked = [item for item in meal.items if item.active_minutes]
        return bool(worked) and all(self.is_begun_before(day, meal, item) for item in worked)

    def entry(self, day: Day, meal: Meal, item: Item) -> Recipe:
        """Write what a cook reads of one thing of a meal; its amount is said beside it."""
        is_cooked, pot = item.leftover_of is None, self.pot(day, meal, item)
        found = self.cooked.get((day.day, meal.slot, item.item_id))
        cooking = found.cooking if found and is_cooked else None
        note = note_on(self.notes, item.item_id, item.name)
        dish = self.dishes.get(item.item_id)
        now_g = pot_of(item, self.foods).mass_g
        once = self._before(day, meal, item)
        if cooking:
            own = dish is not None and says_when_chilled(dish.steps)
            once += [cooking_text(cooking, day, pot, now_g, cool="" if own else COOL)]
        if dish and is_cooked and (told := self._apart(day, meal, dish, cooking)):
            once += self._put_away(dish, pot, told)
        box = self.boxes.get((day.day, meal.slot, item.item_id))
        served = in_units(serving_text(item, self.dishes, box), self.units)
        again = [] if is_cooked else [served]
        once += [served] if is_cooked and served else []
        if dish and not is_cooked:
            again += self._on_the_day(dish, pot)
        made = dish if is_cooked else None
        left_g = self.left.get((day.day, meal.slot, item.item_id), {})
        steps = self._steps(made, pot, left_g, is_kept=cooking is not None) if made else ()
        hint = size_hint(made, pot.servings / made.servings) if made else ""
        return Recipe(
            title=self._title(item, day),
            amount="",
            at_once=" ".join(once),
            takes=tuple(map(row_of, self.lines(day, meal, item))) if is_cooked else (),
            hint=hint,
            steps=tuple(step for step in steps if not appliance_of(step)),
            again=" ".join(again),
            note=NOTE.format(text=note) if note else "",
            ways=tuple(step for step in steps if appliance_of(step) not in ("", *self.absent)),
        )

    def lines(self, day: Day, meal: Meal, item: Item) -> tuple[KitchenLine, ...]:
        """List what is taken for one thing of a meal."""
        left_g = self.left.get((day.day, meal.slot, item.item_id), {})
        pot, dish = self.pot(day, meal, item), self.dishes.get(item.item_id)
        return recipe_lines(pot.ingredients, dish, self.foods, self.units, left_g)

    def _steps(
        self, dish: Dish, pot: Item, left_g: Mapping[str, float], *, is_kept: bool
    ) -> tuple[str, ...]:
        """Return the steps for what is cooked; they mention leftovers only where there are some."""
        whole = [one for one, mass_g in pot.ingredients if left_g.get(one, 0.0) >= mass_g]
        first = [self._of_left_over(*pair, is_all=pair[0] in whole) for pair in left_g.items()]
        dish = with_left_over(dish, whole, self.foods)
        said = dish.steps if is_kept else without_leftovers(dish.steps)
        salt_g = dict(pot.ingredients).get(read_settings(COOKING)["small_salt"]["food"], 0.0)
        dish = replace(dish, steps=without_thirds(said, salt_g))
        return (*first, *recipe_steps(dish, pot.servings, self.units))

    def _of_left_over(self, food_id: str, mass_g: float, *, is_all: bool) -> str:
        """Describe, for the start of a recipe, which part of a food is left over and cooked."""
        says = str(read_settings(COOKING)["cooked_already"]["all" if is_all else "part"]["says"])
        food = short_name(self.foods[food_id].name)
        return in_units(says.format(food=food, mass=mass_text(mass_g)), self.units)

    def before(self, day: Day) -> Sequence[str]:
        """Return what is to be done in the evening before the plan begins, for its first day."""
        numbers = [number for number in self.tonight if number < self.first]
        return self.tonight[numbers[0]] if numbers and day.day == self.first else ()

    def made_day(self, item: Item) -> int:
        """Return the day on which a second meal was made; that may be the evening before day 1."""
        assert item.leftover_of is not None
        dish = self.dishes.get(item.item_id)
        return item.leftover_of - (dish is not None and dish.is_made_before)

    def made_word(self, item: Item, day: Day) -> str:
        """Name that day, as seen from ``day``."""
        number = self.made_day(item)
        told = "the evening before" if day.day == 1 else "the evening before day {number}"
        return day_word(number, day) if number or day.date else told.format(number=1)

    def first_slot(self, item: Item) -> str:
        """Return the meal that a second meal was cooked at; empty where nobody cooked it here."""
        first = item.leftover_of, item.item_id
        return next((slot for day, slot, own in self.cooked if (day, own) == first), "")

    def is_begun_before(self, day: Day, meal: Meal, item: Item) -> bool:
        """Whether something of a meal is made for it on the evening before."""
        dish = self.dishes.get(item.item_id)
        is_ahead = dish and (dish.is_made_before or dish.name in self._made_ahead(day, meal))
        return item.leftover_of is None and bool(is_ahead)

    def _made_ahead(self, day: Day, meal: Meal) -> set[str]:
        """Name the dishes of a meal that somebody makes on the evening before, to take along."""
        made = (chore for chore in self.chores.get(day.day - 1, ()) if chore.kind == MAKE)
        return {chore.what for chore in made if chore.slot == meal.slot == "lunch"}

    def is_frozen(self, item: Item, day: Day) -> bool:
        """Whether a second meal comes from the freezer."""
        return is_thawed(self.dishes.get(item.item_id), item.leftover_of, day.day)

    def _before(self, day: Day, meal: Meal, item: Item) -> list[str]:
        """Return a note that a dish is made on the evening before, if it is."""
        says = str(read_settings(COOKING)["evening_before"]["says"])
        return [says] if self.is_begun_before(day, meal, item) else []

    def _title(self, item: Item, day: Day) -> str:
        if item.leftover_of is None:
            return named(item.name)
        pattern = "{name}, made on {day}, from the refrigerator"
        if self.is_frozen(item, day):
            pattern = "{name}, made on {day}, from the freezer"
        return pattern.format(name=named(item.name), day=self.made_word(item, day))

    def _apart(self, day: Day, meal: Meal, dish: Dish, cooking: Cooking | None) -> str:
        """Return the words for what is not kept with the rest; empty where all is eaten at once."""
        if cooking and cooking.again:
            return "Store the rest without {foods}, to add on the day you eat it."
        told = "Pack {foods} separately, to add when you eat it."
        return told if dish.name in self._made_ahead(day, meal) else ""

    def _put_away(self, dish: Dish, pot: Item, told: str) -> list[str]:
        """Describe what is not kept with the rest of a dish."""
        shares = {line.food_id: line.fresh_share for line in dish.ingredients if line.fresh}
        part = "the fresh part of the {name}"
        names = [
            (part if shares[food_id] < 1.0 else "{name}").format(
                name=stateless_name(self.foods[food_id].name)
            )
            for food_id, _g in self._fresh(dish, pot)
        ]
        return [told.format(foods=listed(names))] if names else []

    def _on_the_day(self, dish: Dish, pot: Item) -> list[str]:
        """Describe what is done with a kept portion when it is eaten, with the amounts."""
        done = {line.food_id: line.fresh for line in dish.ingredients if line.fresh}
        ways: dict[str, list[str]] = {}
        for food_id, mass_g in self._fresh(dish, pot):
            food = self.foods[food_id]
            words = without_echo(kitchen_amount(food, mass_g, self.units), food.name)
            words = words
            amount = ", ".join(filter(None, (words, mass_text(mass_g))))
            ways.setdefault(done[food_id], []).append(f"{short_name(food.name)} ({amount})")
        said = [
            str(rule["says"]).format(foods=listed(ways[way]))
            for way, rule in fresh_ways().items()
            if way in ways
        ]
        return ["On the day: {what}.".format(what="; ".join(said))] if said else []

    def _fresh(self, dish: Dish, pot: Item) -> tuple[tuple[str, float], ...]:
        return fresh_parts(dish.ingredients, pot.ingredients)

    def pot(self, day: Day, meal: Meal, item: Item) -> Item:
        """Return everything that is cooked at once of one thing of a meal."""
        return cooked_of(self.cooked, day, meal, item, self.foods)


def recipe_book(
    plan: Plan,
    foods: FoodTable,
    units: str,
    dishes: Iterable[Dish],
    batch: BatchPlan | None,
    shopping: ShoppingList,
    boxed: Collection[int] = (),
    notes: Mapping[str, str] | None = None,
    absent: Set[str] = frozenset(),
    slow: Set[tuple[int, str]] = frozenset(),
    uses: Iterable[UsedUp] = (),
    boxes: Mapping[Key, ChildBox] = MappingProxyType({}),
    begun: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> RecipeBook:
    """Put together what the recipes of a plan are written from.

    ``shopping`` is its list, which says what is thawed for which day; on ``boxed`` days somebody
    takes lunch along; ``notes`` are one's own, by dish; ``absent`` is what the kitchen
    does not have, and ``slow`` are the meals wanted out of the slow cooker; ``uses`` are to be used
    up, and ``boxes`` says how children take their lunch along; ``begun`` is that of the week.
    """
    known, shelves = {dish.dish_id: dish for dish in dishes}, shelves_of(shopping.shops)
    packed = {food.food_id: in_packs_of(food, shelves) for food in foods}
    foods = replace(foods, foods=MappingProxyType(packed))
    cooked = cooked_dishes(plan, foods, batch, known)
    book = RecipeBook(foods, units, known, cooked, {}, plan.days[0].day, notes or {}, absent, slow)
    made = [
        ((day.day, meal.slot, item.item_id), book.pot(day, meal, item))
        for day, meal, item in plan.served()
        if item.leftover_of is None
    ]
    book = replace(book, left=left_in_pots(made, uses, foods))
    pots = {
        key: soaked(dish, pot.ingredients, foods)
        for key, pot in made
        if (dish := known.get(pot.item_id))
    }
    chores = evening_chores(plan, known, shopping, boxed, pots, begun)
    days = {day.day - 1: day for day in plan.days}
    evenings = {
        number: (evening_text(own, days[number], is_first=number < book.first),)
        for number, own in chores.items()
    }
    for day, meal, item in begun_in(plan, begun).served():
        if told := book.slow_text(day, meal, item):
            pattern = "Tomorrow morning: fill the slow cooker with {name} for {meal} ({told})."
            words = {"name": named(item.name), "meal": meal.slot, "told": told}
            evenings[day.day - 1] = (*evenings.get(day.day - 1, ()), pattern.format(**words))
    return replace(book, tonight=evenings, chores=chores, boxes=boxes)


def list_rows(
    ingredients: Iterable[tuple[str, float]], dish: Dish | None, foods: FoodTable, units: str
) -> tuple[Row, ...]:
    """Return (name, household amount, mass) of everything that is taken, in the recipe's order."""
    return tuple(map(row_of, recipe_lines(ingredients, dish, foods, units)))


def recipe_steps(dish: Dish, servings: float, units: str) -> tuple[str, ...]:
    """Write the steps of a dish for so many servings."""
    steps = steps_for(dish.steps, servings / dish.servings, units)
    return tuple(named(step) for step in steps)


def cooking_text(one: Cooking, day: Day, pot: Item, now_g: float, cool: str = COOL) -> str:
    """Describe how much is cooked at once: ``"Cook 2 servings: 1 now, 1 for Tuesday's lunch …"``.

    ``pot`` is all of it, ``now_g`` what its meal eats [g], ``cool`` by when the rest is cold.
    """
    told = parts_text(one.portions)
    if told is None:
        whole_g = sum(mass_g for _food, mass_g in pot.ingredients)
        later_g = (whole_g - now_g) / (one.cooked_servings - one.servings)
        masses = [now_g, *(later_g * number for number in one.portions[1:])]
        shares = zip(kept_parts(masses), masses, strict=True)
        part = "about {part} ({mass})"
        parts = [part.format(part=one, mass=mass_text(round(mass_g))) for one, mass_g in shares]
        told = mass_text(round(whole_g)), parts
    cooked, (now, *later) = told
    parts = [f"{now} now"]
    for_freezer, for_meal = "{count} to freeze for {meal}", "{count} for {meal}"
    parts += [
        (for_freezer if number in one.thaw_on else for_meal).format(
            count=count, meal=later_meal(number, slot, day)
        )
        for count, (number, slot, _servings) in zip(later, one.again, strict=False)
    ]
    if one.frozen_servings:
        pattern = "{count} not eaten" if one.is_given else "{count} for the freezer"
        parts.append(pattern.format(count=later[-1]))
    pattern = "Cook {servings}: {parts}." if one.is_heated else "Make {servings}: {parts}."
    text = pattern.format(servings=cooked, parts=", ".join(parts))
    return f"{text} {cool}" if one.is_heated and cool else text


def without_echo(amount: str, name: str) -> str:
    """Drop a measure that the name says already: ``1/2`` of a whole-wheat pita."""
    number, _, measure = amount.rpartition(" ")
    singular = measure.removesuffix("s")
    return number if number and singular in name.lower().split() else amount


def row_of(line: KitchenLine) -> Row:
    """Return (name, household amount, mass) of one line of a list."""
    name = named(", ".join(filter(None, (named(line.name), named(line.note)))))
    cooked = line.cooked
    told = f" ({f'{cooked} cooked'})" if cooked else ""
    words = without_echo(line.words, line.name)
    return (f"{name}{told}", words, mass_text(line.mass_g))


def later_meal(number: int, slot: str, day: Day) -> str:
    """Name a later meal: ``"Tuesday's lunch"``, or without dates ``"the lunch of day 3"``."""
    word = day_word(number, day)
    pattern = "the {slot} of {day}" if is_far(number, day) else "{day}'s {slot}"
    return pattern.format(slot=slot, day=word)
