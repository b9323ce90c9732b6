"""What is said of what was asked for by name, and why it cannot be planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from operator import attrgetter

from foods.embedded import read_lookup_foods
from foods.food import Food
from foods.nutrient import known_nutrients, printed_unit
from foods.table import FoodTable, plain_key
from planner.candidates.at_hand import LEFT, OUT
from planner.candidates.candidate import CandidateSet, LeftOut
from planner.candidates.dish import Dish
from planner.candidates.name_index import words_for_tags
from planner.candidates.names import Meaning, more_text
from planner.candidates.portions import NUT_GROUPS
from planner.candidates.used_up import UsedUp
from planner.explain.report import Collision
from planner.kitchen.batch import FREEZER, BatchPlan
from planner.kitchen.leftovers import taken_g
from planner.kitchen.measures import kitchen_amount
from planner.kitchen.sold import SETTINGS, keeping_of
from planner.model.days import PutDish
from planner.model.input import Wishes
from planner.plan.plan import Plan
from planner.request.meal_phrases import DAY, cooks_ahead
from planner.request.next_week import minutes_on
from planner.request.request import NAMELESS, PlanRequest
from planner.safety.stops import food_caps
from planner.settings import read_settings
from planner.shops import named
from planner.targets.target import name_within

AS_MUCH = (
    "What you put in an amount is served so, also where it is more than a meal has otherwise; the "
    "limits of the day and the week hold."
)
MAIN_MEALS = ("lunch", "dinner")
_MOST_NAMED = 8  # dishes or kinds that a note lists
HALF_G = 0.5  # amounts are said in whole grams


def notes_on_puts(
    days: Sequence[Sequence[PutDish]], foods: FoodTable, dishes: Sequence[Dish]
) -> Iterator[str]:
    """Describe what was understood of what is put on meals; ``days`` hold it in their order."""
    names = {food.food_id: food.name for food in foods} | {one.dish_id: one.name for one in dishes}
    told = [
        (
            "day {number} {slot} of {name}: {dish}" if dish.whose else "day {number} {slot}: {dish}"
        ).format(number=number, slot=dish.slot, name=dish.whose, dish=_meant(dish, names))
        for number, day in enumerate(days, start=1)
        for dish in day
        if not dish.is_out
    ]
    if any(dish.amount for day in days for dish in day):
        yield AS_MUCH
    if told:
        yield "Put where asked: {dishes}.".format(dishes="; ".join(told))
    yield from _eaten_out(days, foods)


def _eaten_out(days: Sequence[Sequence[PutDish]], foods: FoodTable) -> Iterator[str]:
    """Describe what guessed meals are counted as, eaten out or left over; ``days`` as before."""
    told: dict[str, list[str]] = {OUT: [], LEFT: []}
    for number, day in enumerate(days, start=1):
        for dish in (each for each in day if each.is_out):
            food = foods[dish.name]
            sort = LEFT if food.name.endswith(LEFT) else OUT
            told[sort].append(
                (
                    "day {number} {slot}: {dish}, {kcal:,.0f} kcal, {magnesium:.0f} mg magnesium"
                ).format(
                    number=number,
                    slot=dish.slot,
                    dish=named(food.name.removesuffix(sort)),
                    kcal=_held(food, "energy_kcal"),
                    magnesium=_held(food, "magnesium_mg"),
                )
            )
    if told[OUT]:
        yield (
            "Eaten out: estimated and counted, neither cooked nor bought; the other meals make "
            "up for it: {meals}. Nobody here knows what is in it: tell the kitchen what must not "
            "be in it."
        ).format(meals="; ".join(told[OUT]))
    if told[LEFT]:
        yield (
            "Left over: estimated and counted, neither cooked nor bought again: {meals}. Of what "
            "others made, nobody here knows what is in it. A dish keeps {days} days in the "
            "refrigerator from the day it was cooked, so freeze today what is eaten later."
        ).format(meals="; ".join(told[LEFT]), days=read_settings(SETTINGS)["leftovers"]["days"])


def note_on_own_figures(plan: Plan, foods: FoodTable) -> Iterator[str]:
    """Yield which foods of ours a plan counts with a person's own figures, and those figures."""
    eaten = {food_id for day in plan.days for food_id, _ in day.ingredients()}
    corrected = [food_id for food_id in sorted(eaten) if foods[food_id].is_corrected]
    if corrected:
        ours = read_lookup_foods()
        told = (
            f"{named(foods[food_id].name)}: {', '.join(_changed(foods[food_id], ours[food_id]))}"
            for food_id in corrected
        )
        yield f"Counted with figures of your own, per 100 g: {'; '.join(told)}."


def _changed(food: Food, ours: Food) -> Iterator[str]:
    """Return the figures of a food that differ from ours, and what ours are."""
    for key, amount in food.per_100g.items():
        if amount is not None and amount != ours.per_100g.get(key):
            known = ours.per_100g.get(key)
            yield "{nutrient} {amount:g} {unit} (ours {known})".format(
                nutrient=name_within(key),
                amount=float(amount),
                unit=printed_unit(known_nutrients()[key].unit),
                known="unknown" if known is None else f"{float(known):g}",
            )


def _held(food: Food, key: str) -> float:
    """Return what a serving of a food holds, none where that is unknown."""
    return (food.per_100g.get(key) or 0.0) * food.serving.measure.mass_g / 100


def _meant(put: PutDish, names: Mapping[str, str]) -> str:
    """Name what is put; where several are called so, which of them may stand there."""
    if not put.among:
        return named(names[put.name])
    known = sorted(names[own_id] for own_id in put.among)
    more = more_text(len(known), _MOST_NAMED)
    listed = ", ".join(map(named, known[:_MOST_NAMED]))
    return f"{named(put.name)} (one of {len(known)}: {listed}{more})"


def notes_on_uses(
    uses: Sequence[tuple[str, UsedUp]], plans: Mapping[str, Plan], foods: FoodTable
) -> Iterator[str]:
    """Describe how much of the foods to be used up a plan takes, and what is left.

    Parameters
    ----------
    uses
        Whose each food is, and how much of it is to be used up.
    plans
        Name → that eater's own plan; under the empty name what is on the table, guests' too.
    foods
        What the plan is made of.
    """
    yield from note_on_stock(uses, plans[NAMELESS], foods)
    for whose, use in uses:
        if use.is_stock:
            continue
        plan = plans[whose]
        text = _use_text(use, taken_g(use, plan, foods), foods, len(plan.days))
        used = "To be used up by {whose}: {text}." if whose else "To be used up: {text}."
        yield used.format(whose=whose, text=text)


def notes_on_rates(
    uses: Sequence[tuple[str, UsedUp]], plan: Plan, foods: FoodTable
) -> Iterator[str]:
    """Yield how much a day is planned of each shared food that keeps, and how much is left."""
    for whose, use in uses:
        used_g = taken_g(use, plan, foods)
        is_left = (use.mass_g - used_g) / use.per_said_g > HALF_G < used_g
        if not whose and not use.is_stock and is_left and _keeps(use, foods):
            rate = _rate_text(use, used_g, foods, len(plan.days))
            yield f"To be used up: {rate}."


def _use_text(use: UsedUp, used_g: float, foods: FoodTable, days: int) -> str:
    """Describe how much of a food is used up, in grams as a person wrote them, and what is left."""
    left_g = (use.mass_g - used_g) / use.per_said_g
    if left_g > HALF_G and used_g > HALF_G and _keeps(use, foods):
        return _rate_text(use, used_g, foods, days)
    if left_g > HALF_G:
        pattern = (
            "{food}: {taken:,.0f} of {mass:,.0f} g are eaten; {left:,.0f} g are left over: {why}"
        )
    elif left_g < -HALF_G:
        pattern = "{food}: all {mass:,.0f} g are eaten; the plan takes {more:,.0f} g more"
    else:
        pattern = "{food}: all {mass:,.0f} g are eaten"
    return pattern.format(
        food=_food_text(use, foods),
        taken=float(used_g / use.per_said_g),
        mass=float(use.mass_g / use.per_said_g),
        left=float(left_g),
        more=float(-left_g),
        why=_why_left(use, foods),
    )


def _why_left(use: UsedUp, foods: FoodTable) -> str:
    """Describe what keeps more of it out of a plan."""
    kinds = [foods[food_id] for food_id in use.kinds]
    if {food.group for food in kinds} <= NUT_GROUPS:
        return (
            "no meal was found for more of it along with everything else; --habit nuts_a_day_g "
            "lets a day have more nuts and seeds together"
        )
    for cap in food_caps():
        if cap.portions_per_week and all(cap.flag in food.flags for food in kinds):
            told = "{foods}: at most {count} meals a week for each eater, since {reason}"
            count = cap.portions_per_week
            return told.format(foods=cap.name, count=count, reason=cap.reason)
    return "no meal was found for more of it along with everything else"


def _keeps(use: UsedUp, foods: FoodTable) -> bool:
    """Whether what is left of it keeps for weeks, so that nothing is lost."""
    kept = [keeping_of(foods[food_id]).fresh_days is None for food_id in use.kinds]
    return use.days is None and bool(kept) and all(kept)


def _rate_text(use: UsedUp, used_g: float, foods: FoodTable, days: int) -> str:
    """Describe how much of what keeps is planned a day, how long it lasts so, and why not more."""
    day_g = used_g / days
    words = kitchen_amount(foods[min(use.kinds)], day_g, "metric")
    return (
        "{food}: {taken:,.0f} of {mass:,.0f} g are eaten, some {day:,.0f} g a day{spoons}; at "
        "that it lasts {lasts:,.0f} days in all, and {left:,.0f} g keep for later: {why}"
    ).format(
        food=_food_text(use, foods),
        taken=float(used_g / use.per_said_g),
        mass=float(use.mass_g / use.per_said_g),
        day=float(day_g / use.per_said_g),
        spoons=f" ({words})" if words else "",
        lasts=float(use.mass_g / day_g),
        left=float((use.mass_g - used_g) / use.per_said_g),
        why=_why_left(use, foods),
    )


def note_on_stock(
    uses: Sequence[tuple[str, UsedUp]], plan: Plan, foods: FoodTable
) -> Iterator[str]:
    """Yield what a plan takes of the pantry, and what it does not, if it is to be eaten first."""
    stock = [use for _, use in uses if use.is_stock]
    if stock:
        yield _stock_text(stock, plan, foods)


def _stock_text(stock: Sequence[UsedUp], plan: Plan, foods: FoodTable) -> str:
    taken = {use.name: min(use.mass_g, taken_g(use, plan, foods)) for use in stock}
    used = [
        f"{named(name)} {float(mass_g):,.0f} g" for name, mass_g in taken.items() if mass_g > HALF_G
    ]
    rest = [named(name) for name, mass_g in taken.items() if mass_g <= HALF_G]
    told = "Eaten from your pantry, as bought: {used}."
    if rest:
        told = "Eaten from your pantry, as bought: {used}. No meal was found for: {rest}."
    frozen = [named(use.name) for use in stock if use.freeze_by and taken[use.name] > HALF_G]
    text = told.format(used="; ".join(used) if used else "nothing", rest="; ".join(rest))
    if not frozen:
        return text
    pattern = "{text} Freeze what is not eaten while it is good: {names}."
    return pattern.format(text=text, names="; ".join(frozen))


def _food_text(use: UsedUp, foods: FoodTable) -> str:
    """Name a food to be used up, and beside it the foods that count as it."""
    known = sorted(foods[food_id].name for food_id in use.kinds)
    if known == [use.name]:
        return named(use.name)
    listed = "; ".join(map(named, known[:_MOST_NAMED]))
    more = more_text(len(known), _MOST_NAMED)
    return f"{named(use.name)} ({listed}{more})"


LEFT_OUT_WORDS = {
    "diet": "by the diet",
    "allergen": "for what they hold",
    "wish": "as asked",
    "safety": "for safety",
    "child": "as too hot for a child",
    "minutes": "for the time they take",
    "unknown": "for unknown figures",
}
LEFT_OUT = "left out"
NOT_PLANNED = "Asked for and not planned: {reason}."
NOT_SERVED = (
    "Liked, and in no meal: {name}, since other dishes bring the goals together better; "
    "--put DAY:MEAL={name} sets it on a meal."
)
NOT_AGAIN_YET = (
    "Liked, and in no meal: {name}, since a plan before this one has it, and its dishes are left "
    "for later; --put DAY:MEAL={name} sets it on a meal all the same."
)
STILL_SERVED = (
    "Disliked, and still planned (days: {days}): {name}. A dislike is weighed against the goals; "
    "--without leaves it out."
)
SERVED_KIND = (
    "Liked: {name}, at {count} of {meals} lunches and dinners; {known} of the dishes here are so. "
    'A like is weighed against the goals; --put "every dinner={name}" sets it on every dinner.'
)
SECOND_LUNCHES = (
    "Lunch is the dinner of the evening before, cooked double, on {count} of {days} workdays."
)
LUNCH_ANEW = "Lunch is made anew on {days}: no dinner of the evening before fit there."
COOKED_AHEAD = (
    "Of {meals} lunches and dinners on days with little time to cook, {count} are only warmed up; "
    "the others are {others}."
)
FREEZE = (
    "Freeze at once, when they are cooked, the portions for {meals} (in the freezer they are good "
    "for {months} months), and thaw each the evening before; those for the other meals stand in "
    'the refrigerator. Each portion has its label under "Cook once, eat twice" with --full.'
)
FOR_MEAL = "{slot} of day {number}"
MORE_REASONS = "{name} is left out for {count} more reasons of this kind"
_SHOWN = 3  # reasons that are named of one wish


def unmet_wishes(
    wishes: Wishes, candidates: CandidateSet, dishes: Sequence[Dish]
) -> tuple[str, ...]:
    """Explain for each like and frequency why a plan has nothing of it; empty if something may be.

    Parameters
    ----------
    wishes
        What is asked for.
    candidates, dishes
        What could be eaten and why not the rest, and the dishes that were looked at.
    """
    asked = [what for what, _ in wishes.likes]
    asked += [one.meaning for one in wishes.frequencies if one.sense == ">=" and one.count]
    found = (cause for what in asked for cause in why_left_out(what, candidates, dishes))
    return tuple(dict.fromkeys(NOT_PLANNED.format(reason=cause.text) for cause in found))


def unserved_likes(
    plan: Plan,
    wishes: Wishes,
    candidates: CandidateSet,
    dishes: Sequence[Dish],
    lately: Set[str] = frozenset(),
) -> tuple[str, ...]:
    """Describe which likes no meal of a plan has, though it could, and why.

    Parameters
    ----------
    plan, wishes, candidates, dishes
        The plan, and what else ``unmet_wishes`` takes.
    lately
        Ids of dishes of earlier plans, which come again later.
    """

    def why(what: Meaning) -> str:
        return NOT_AGAIN_YET if what.dish_ids and what.dish_ids <= lately else NOT_SERVED

    return tuple(
        why(what).format(name=named(what.name.replace("_", " ")))
        for what, _ in wishes.likes
        if not _days_with(what, plan) and not any(why_left_out(what, candidates, dishes))
    )


def served_kinds(plan: Plan, wishes: Wishes) -> tuple[str, ...]:
    """Describe how many main meals have a dish of each liked kind, such as one pot."""
    mains = [meal for day in plan.days for meal in day.meals if meal.slot in MAIN_MEALS]
    known = {*map(plain_key, words_for_tags())}
    kinds = [what for what, _ in wishes.likes if plain_key(what.name) in known]
    return tuple(
        SERVED_KIND.format(
            name=named(what.name.replace("_", " ")),
            count=sum(meal.items[0].item_id in what.dish_ids for meal in mains),
            meals=len(mains),
            known=len(what.dish_ids),
        )
        for what in kinds
        if _days_with(what, plan)
    )


def served_dislikes(plan: Plan, wishes: Wishes) -> tuple[str, ...]:
    """Describe which dislikes a plan serves all the same, and on which days."""
    return tuple(
        STILL_SERVED.format(days=", ".join(map(str, days)), name=named(what.name.replace("_", " ")))
        for what, _ in wishes.dislikes
        if (days := _days_with(what, plan))
    )


def second_lunches(plan: Plan, workdays: Sequence[int]) -> tuple[str, ...]:
    """Describe how often lunch is the dinner of the evening before, and on which workdays not."""
    of_day = {day.day: day for day in plan.days if day.day in workdays}
    anew = [
        f"day {number}"
        for number, day in of_day.items()
        if all(item.leftover_of is None for meal in day.meals for item in meal.items
               if meal.slot == "lunch")
    ]  # fmt: skip
    told = SECOND_LUNCHES.format(count=len(of_day) - len(anew), days=len(of_day))
    return (told, LUNCH_ANEW.format(days=" and ".join(anew))) if anew else (told,)


def cooked_ahead(plan: Plan, request: PlanRequest, batch: BatchPlan) -> tuple[str, ...]:
    """Describe how many meals of days without time to cook were cooked before, where there are any.

    ``batch`` says which of them are kept in the freezer until then.
    """
    wanted = request.preferences
    if not cooks_ahead(wanted.max_minutes_on):
        return ()
    short = {day.day: minutes_on(wanted, request.week, day.day) for day in plan.days}
    meals = {
        (day.day, meal.slot): meal for day in plan.days for meal in day.meals
        if meal.slot in MAIN_MEALS and short[day.day].keys() & {meal.slot, DAY}
    }  # fmt: skip
    again = [one for one in meals.values() if one.items and one.items[0].leftover_of is not None]
    is_cold = not any(short[day].get(slot, short[day].get(DAY)) for day, slot in meals)
    others = "cold" if is_cold else "cold or quick"
    told = COOKED_AHEAD.format(meals=len(meals), count=len(again), others=others)
    frozen = [label for label in batch.labels if label.eat_on in meals and label.store == FREEZER]
    if not frozen:
        return (told,)
    named = [FOR_MEAL.format(slot=label.eat_on[1], number=label.eat_on[0])
             for label in sorted(frozen, key=attrgetter("eat_on")) if label.eat_on]  # fmt: skip
    months = min(label.keeps for label in frozen)
    return told, FREEZE.format(meals=", ".join(named), months=months)


def _days_with(what: Meaning, plan: Plan) -> list[int]:
    """Return the numbers of the days that have a food or a dish of a name."""
    return [
        day.day
        for day in plan.days
        if what.food_ids & {food_id for food_id, _ in day.ingredients()}
        or what.dish_ids & {item.item_id for item in day.items()}
    ]


def why_left_out(
    meaning: Meaning, candidates: CandidateSet, dishes: Sequence[Dish]
) -> Iterator[Collision]:
    """Yield the rules that leave out all that a name covers; nothing if some of it may be planned.

    Parameters
    ----------
    meaning
        What the name stands for.
    candidates, dishes
        As of ``unmet_wishes``.
    """
    served = {
        food_id
        for candidate in candidates.candidates
        for serving in candidate.servings[:1]
        for food_id, _ in serving.portion.ingredients
    }
    sources = {candidate.source_id for candidate in candidates.candidates}
    if meaning.food_ids & served or meaning.dish_ids & sources:
        return
    name = meaning.name.replace("_", " ")
    reasons = list(dict.fromkeys(ground.told for ground in _grounds(meaning, candidates, dishes)))
    for reason in reasons[:_SHOWN]:
        yield Collision(
            meaning.name,
            LEFT_OUT,
            f"{named(name)} is {reason}",
        )
    if len(reasons) > _SHOWN:
        text = MORE_REASONS.format(name=named(name), count=len(reasons) - _SHOWN)
        yield Collision(meaning.name, LEFT_OUT, text)


def _grounds(
    meaning: Meaning, candidates: CandidateSet, dishes: Sequence[Dish]
) -> Sequence[LeftOut]:
    """Return why foods are left out; else dishes of the name; else those that hold the foods."""
    out = {left_out.candidate_id: left_out for left_out in candidates.left_out}
    holding = {
        dish.dish_id
        for dish in dishes
        if any(line.food_id in meaning.food_ids for line in dish.ingredients)
    }
    levels = (meaning.food_ids, meaning.dish_ids, holding)
    known = [[out[own_id] for own_id in sorted(ids) if own_id in out] for ids in levels]
    by_rule = ([one for one in level if one.code in LEFT_OUT_WORDS] for level in known)
    return next((level for level in (*by_rule, *known) if level), [])
