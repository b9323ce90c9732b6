"""What an eater chooses from: wishes, and what diet, safety, age and unknown figures leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from itertools import combinations

from foods.food import UNKNOWN
from foods.nutrient import known_nutrients
from foods.table import FoodTable
from planner.candidates.as_cooked import salt_share, with_salt
from planner.candidates.candidate import CandidateSet, FoodExclusion
from planner.candidates.dish import Dish, read_embedded_dishes
from planner.candidates.exchanges import dishes_written_with, foods_better_without, with_exchanges
from planner.candidates.name_index import dishes_beside
from planner.candidates.names import (
    Meaning,
    find_left_out,
    find_meaning,
    with_cooked,
    with_holders,
    with_states,
)
from planner.candidates.portions import MILK_GROUPS
from planner.candidates.put_names import portion_of, served_by
from planner.candidates.readings import left_out_for
from planner.candidates.select import MILK, Selection
from planner.errors import CandidatesError, ConfigError, TargetsError
from planner.faults import fault
from planner.kitchen.carried import is_sold_in
from planner.kitchen.pantry import foods_meant, pantry_of
from planner.kitchen.sold import wholly_left_out
from planner.meals.rules import read_meal_rules
from planner.model.days import COUNTED_BASES
from planner.model.input import Wishes
from planner.model.variety import Frequency
from planner.request.days import budget_counts
from planner.request.diets import find_diet
from planner.request.override import RATIO, kcal_per_g
from planner.request.preferences import EATEN, KITCHEN
from planner.request.request import PlanRequest
from planner.safety.stops import exclusions_for
from planner.settings import read_settings
from planner.table.day_limits import day_limits, minutes_a_day
from planner.table.since import foods_lasting, held_throughout, left_out_since, many_ingredients
from planner.targets.derive import TargetSet, targets_of
from planner.targets.eaters import named
from planner.targets.taken import drinks_asked
from planner.targets.target import REQUEST, name_of

FREE_FROM = "free_from"  # the code of what is for those who leave other foods out
_NO_ORIGIN = "not in a {diet} diet, since nobody says what it is made of"
_LEFT_OUT = {
    "none": "left out: {reason}",
    "pregnant": "left out in pregnancy: {reason}",
    "lactating": "left out while breastfeeding: {reason}",
}


def wishes_of(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> Wishes:
    """Read what is wished for, each name resolved once to what it means."""
    wanted = request.preferences

    def meaning(name: str, where: str, sense: str = "") -> Meaning:
        found = find_meaning(name, foods, dishes, where, is_unwanted=where == "--dislike")
        if sense == "<=":
            return with_states(found, foods)
        sold = {one.dish_id for one in dishes if found.food_ids and is_sold_in(one, found, foods)}
        if where != "--dislike":
            found = replace(found, dish_ids=found.dish_ids - dishes_beside(name, dishes))
        return with_cooked(replace(found, dish_ids=found.dish_ids | sold), foods)

    named = (*dishes, *read_embedded_dishes()) if request.week.put else ()
    put = [served_by(own_put, foods, named, "--put") for own_put in request.week.put]
    return Wishes(
        frequencies=tuple(
            Frequency(meaning(rule.name, "--per-week", rule.sense), rule.sense, rule.count)
            for rule in wanted.per_week
        ),
        likes=tuple((meaning(n, "--like"), grade) for n, grade in sorted(wanted.like.items())),
        dislikes=tuple(
            (with_holders(meaning(n, "--dislike"), foods), grade)
            for n, grade in sorted(wanted.dislike.items())
        ),
        min_days_between=tuple(
            (meaning(name, "--min-days-between", "<="), days)
            for name, days in sorted(wanted.min_days_between.items())
        ),
        puts=tuple(found[0] for found in put if len(found) == 1),
        put_at=tuple(
            (own_id, own_put.slot)
            for own_put, found in zip(request.week.put, put, strict=True)
            for own_id in found
        ),
        put_portions=tuple(
            (own_id, own_put.slot, portion)
            for own_put in request.week.put
            for own_id, portion in filter(None, [portion_of(own_put, foods, named)])
        ),
        budget_usd=wanted.budget_per_week,
        rest_is_free=budget_counts(request) == KITCHEN,
        only_eaten=budget_counts(request) == EATEN,
        max_minutes_weekday=wanted.max_minutes_weekday,
        lunch=wanted.lunch_at,
        off=(
            *(find_left_out(one, foods, dishes, "--without-on") for one in wanted.without_on),
            *(limit.meaning(dishes, foods) for limit in day_limits(request)),
            *(since.meaning(dishes, foods) for since in left_out_since(request)),
        ),
        minutes_a_day=minutes_a_day(request),
    )


def selection_of(
    request: PlanRequest, targets: TargetSet, foods: FoodTable, dishes: Sequence[Dish]
) -> Selection:
    """Gather what rules candidates out: diet, safety, wishes, time, unknown figures."""
    preferences, told = request.preferences, dict(left_out_for(request))
    coverage = read_settings("check.toml")["coverage"]
    return Selection(
        exclusions=tuple(_exclusions(request)),
        without=tuple(
            replace(meaning, said=told.get(meaning.name, meaning.said))
            for meaning in _left_out(request, foods, dishes)
        ),
        constrained=constrained_of(targets),
        capped=frozenset(constrained_of(targets, is_capped=True)),
        most_unknown=coverage["most_unknown_in_dish"],
        max_minutes=held_throughout(preferences, "max_minutes"),
        max_minutes_breakfast=held_throughout(preferences, "max_minutes_breakfast"),
        growth=max(1.0, targets.energy.kcal / read_meal_rules().rules["window"]["energy_kcal"]),
        worse=_foods_worse(request),
    )


def _exclusions(request: PlanRequest) -> Iterator[FoodExclusion]:
    """Return what diet and safety rule out."""
    diet = find_diet(request.preferences.diet)
    for origin in sorted(diet.without_origin):
        told = _NO_ORIGIN if origin == UNKNOWN else "not in a {diet} diet"
        reason = told.format(diet=diet.name.lower())
        yield FoodExclusion(frozenset({origin}), reason, "diet")
    person, alcohol = request.profile, request.preferences.alcohol
    plain = replace(person, state="none", gestation_week=None, lactation_month=None)
    always = exclusions_for(replace(request, profile=plain).patient, alcohol)
    for out in exclusions_for(request.patient, alcohol):
        pattern = _LEFT_OUT["none" if out in always else person.state]
        reason = pattern.format(reason=out.reason)
        words = frozenset(filter(None, (out.flag, out.base)))
        but = out.unless_base
        own = FoodExclusion(words, reason, "safety", unless_base=but, served=out.served)
        yield replace(own, is_for_all=out.is_for_all)


def foods_left_out(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> frozenset[str]:
    """Name the foods that an eater does not eat, by diet, wish, allergy, condition or medicine."""
    exclusions = tuple(_exclusions(request))
    out = (food.food_id for food in foods if any(one.covers(food) for one in exclusions))
    return frozenset(out).union(*(one.food_ids for one in _left_out(request, foods, dishes)))


def may_not_stay(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> frozenset[str]:
    """Name the foods and dishes of a diary that its eater leaves out; a beer of one's own stays."""
    wanted = replace(request.preferences, alcohol=True, max_ingredients=None)
    asked = replace(request, preferences=wanted)
    named = (meaning.dish_ids for meaning in _left_out(asked, foods, dishes))
    return foods_left_out(asked, foods, dishes).union(*named)


def _left_out(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> Iterator[Meaning]:
    """Return what each name leaves out that an eater, a condition or a medicine does."""
    strict = request.patient.names_left_out
    for name in request.preferences.names_left_out:
        yield find_left_out(name, foods, dishes, is_allergy=name in strict)
    most = held_throughout(request.preferences, "max_ingredients")
    if most is not None:
        yield many_ingredients(most, dishes, foods)


def needs_free_from(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> bool:
    """Whether an eater leaves out all of what free-from foods are free from."""
    out = wholly_left_out(foods_left_out(request, foods, dishes), foods)
    return not out.isdisjoint(read_meal_rules().rules["free_from"]["allergens"])


def check_drinks_eaten(request: PlanRequest, selection: Selection, foods: FoodTable) -> None:
    """Refuse a drink that is asked for and left out at once.

    Raises
    ------
    ConfigError
        With the name that leaves it out.
    """
    for food, _ in drinks_asked(request.preferences, foods):
        for meaning in selection.without:
            if food.food_id in meaning.food_ids:
                both = "{name} is asked for, and {name_2!r} leaves it out"
                what = both.format(name=food.name, name_2=meaning.name)
                raise ConfigError(what, "preferences, drinks", "keep one of the two")


def cooked_for(
    asked: Mapping[str, PlanRequest],
    foods: FoodTable,
    dishes: Sequence[Dish],
    used_up: frozenset[str] = frozenset(),
    salt: float | None = None,
) -> tuple[Dish, ...]:
    """Return the dishes as a table cooks them: what stands in them, and how much salt.

    Parameters
    ----------
    asked
        Name → what that eater asks for.
    foods, dishes
        The food table, and the dishes as they are written.
    used_up
        Foods that the table wants used up: they stand for others of their kind.
    salt
        Share of a recipe's salt; without it as sodium is held.
    """
    every = asked.items()
    each = [
        named(name, foods_left_out, request, foods, dishes)
        | foods_lasting(request, foods, dishes)
        | _foods_worse(request)
        for name, request in every
    ]
    held = [named(name, targets_of, request) for name, request in every]
    if salt is None:
        salt = min(salt_share(target_set.targets, target_set.energy.kcal) for target_set in held)
    below_y = read_meal_rules().rules["mild"]["below_y"]
    mild = [request.profile.age_y < below_y for request in asked.values()]
    wanted = (named(name, _foods_asked, request, foods, dishes) for name, request in asked.items())
    asked_for = used_up.union(*wanted)
    # who has few dishes would have hardly any breakfast: the others have the same bread and milk
    is_alike = any(target_set.clinical.meal_portions for target_set in held)
    made = with_exchanges(dishes, each, mild, asked_for, used_up, is_alike)
    return with_salt(made, salt)


def _foods_asked(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> frozenset[str]:
    """Name the foods that an eater likes, wants so often, or has in a pantry.

    Names that mean nothing are told elsewhere, all at once.
    """
    wanted = request.preferences
    often = (rule.name for rule in wanted.per_week if rule.sense == ">=")
    asked = {entry.food_id for entry in pantry_of(request, foods).entries}
    for name in (*wanted.like, *often):
        with suppress(CandidatesError):
            asked |= with_cooked(find_meaning(name, foods, dishes), foods).food_ids
    return frozenset(asked)


def foods_used(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> frozenset[str]:
    """Name the foods that somebody at a table wants used up, raw and cooked."""
    used = set[str]()
    for name in (name for eater in request.everybody for name in eater.use):
        with suppress(CandidatesError):
            meant = Meaning(name, foods_meant(name, foods, dishes), frozenset())
            used |= with_cooked(meant, foods).food_ids
    return frozenset(used)


def _foods_worse(request: PlanRequest) -> frozenset[str]:
    """Name the foods that others stand for where somebody has a condition, as milk for lactose."""
    return foods_better_without(condition.condition_id for condition in request.patient.conditions)


def as_asked(
    selection: Selection,
    request: PlanRequest,
    wishes: Wishes,
    foods: FoodTable,
    milks_of_all: frozenset[str] = frozenset(),
    *,
    is_free_from: bool = False,
) -> Selection:
    """Let in what is asked for by name: milks, a hot dish for a child, and free-from foods.

    A hot dish is named by itself: a wish for chicken asks for none. Who asks for no milk has
    ``milks_of_all``, where there are any; free-from foods come where somebody needs them, too.
    """
    asked = [what for what, _ in wishes.likes]
    asked += [frequency.meaning for frequency in wishes.frequencies if frequency.sense == ">="]
    named_foods = {food_id for what in asked for food_id in what.food_ids}.union(wishes.puts)
    milks = named_foods & {food.food_id for food in foods if food.group in MILK_GROUPS}
    named = {dish_id for what in asked if not what.food_ids for dish_id in what.dish_ids}
    alone = {dish_id for dish_id in named if any({dish_id} == what.dish_ids for what in asked)}
    too_hot = tuple(_too_hot(request.profile.age_y, alone.union(wishes.puts)))
    out = () if is_free_from else tuple(_free_from(foods, asked, named.union(wishes.puts)))
    put: dict[str, frozenset[str]] = {}
    for own_id, slot in wishes.put_at:
        put[own_id] = put.get(own_id, frozenset()) | {slot}
    return replace(
        selection,
        put=put,
        put_portions=wishes.put_portions,
        milks=frozenset(milks) or milks_of_all,
        exclusions=(*selection.exclusions, *too_hot, *out),
    )


def milks_of_house(
    candidates: Mapping[str, CandidateSet], house: Sequence[str], kinds: int
) -> dict[str, frozenset[str]]:
    """Return the milk of each eater who would have a kind more than the house holds.

    Nobody changes where the kinds are few enough, or no few kinds have one for everybody.

    Parameters
    ----------
    candidates
        Name → what that eater may have, and why not the rest.
    house
        Kinds of milk and plant drink, the usual ones first.
    kinds
        Most kinds in the house.
    """
    has = {
        name: [milk for milk in house if milk in {each.candidate_id for each in own.candidates}]
        for name, own in candidates.items()
    }
    if len({milk for own in has.values() for milk in own}) <= kinds:
        return {}
    may = {
        name: {*has[name], *(one.candidate_id for one in own.left_out if one.code == MILK)}
        for name, own in candidates.items()
        if has[name]
    }
    for few in combinations(house, kinds):
        if all(own & set(few) for own in may.values()):
            first = {name: next(milk for milk in few if milk in own) for name, own in may.items()}
            return {name: frozenset({milk}) for name, milk in first.items() if [milk] != has[name]}
    return {}


def _too_hot(age_y: int, named: Set[str]) -> Iterator[FoodExclusion]:
    """Leave hot dishes to those who are old enough, but for what is named."""
    mild = read_meal_rules().rules["mild"]
    if age_y < mild["below_y"]:
        told = "{tag}: who is under {age} gets mild dishes"
        reason = told.format(tag=mild["tag"], age=mild["below_y"])
        yield FoodExclusion(frozenset({mild["tag"]}), reason, "child", frozenset(named))


def _free_from(
    foods: FoodTable, asked: Sequence[Meaning], named: Set[str]
) -> Iterator[FoodExclusion]:
    """Leave free-from foods to those who need them, but for what is named.

    Where one came into a dish in the place of another food, it stands there for a reason.
    """
    flag = read_meal_rules().rules["free_from"]["flag"]
    held = frozenset(food.food_id for food in foods if flag in food.flags)
    if not any(meaning.food_ids and meaning.food_ids <= held for meaning in asked):
        written = dishes_written_with(held) | held
        reason = "it stands in for another food, which nobody here leaves out"
        yield FoodExclusion(frozenset({flag}), reason, FREE_FROM, frozenset(named), written)


def constrained_of(targets: TargetSet, *, is_capped: bool = False) -> tuple[str, ...]:
    """Nutrients that some hard target counts, those behind shares and ratio included.

    Left out are those that too few foods have a figure of; and, of ``is_capped``, those that only
    have a least amount, where what is unknown counts as none, or beside it the upper bound that a
    standard has for everybody: no label names them.
    """
    found = {"energy_kcal", "magnesium_mg", "calcium_mg"}
    for target in targets.targets:
        # loose: no upper bound but the one that a standard has for everybody
        by_all = "UL" in target.rules and REQUEST not in target.origins
        is_asked = target.hard and not (is_capped and (target.upper is None or by_all))
        if is_asked and target.basis in COUNTED_BASES and target.nutrient != RATIO:
            share = target.unit == "percent"
            found.add(kcal_per_g(target.nutrient)[0] if share else target.nutrient)
    found -= set(read_settings("check.toml")["coverage"]["not_asked_of"])
    return tuple(key for key in known_nutrients() if key in found)


def check_known(foods: FoodTable, constrained: Iterable[str]) -> None:
    """Refuse a hard target that most foods would be left out for, as they have no figure of it.

    Raises
    ------
    TargetsError
        Names the nutrient and how many foods have a figure of it.
    """
    least = read_settings("check.toml")["coverage"]["least_of_foods"]
    for key in constrained:
        known = sum(food.per_100g.get(key) is not None for food in foods)
        if known < least * len(foods):
            told = {"known": known, "count": len(foods), "name_of": name_of(key).lower()}
            raise fault(TargetsError, "too_few_figures", **told, key=key)
