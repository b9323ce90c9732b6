"""The whole flow on one screen: PlanRequest in, Report out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from foods.embedded import read_embedded_foods
from foods.packages import days_packages_keep, shares_of_packages
from foods.seasons import foods_out_of_season
from foods.table import FoodTable
from planner.bound.conflict import Conflict, find_conflict
from planner.candidates.beside import Beside, beside_the_meals, supplement_candidates
from planner.candidates.candidate import CandidateSet
from planner.candidates.dish import Dish
from planner.candidates.names import Meaning, find_left_out, find_meaning
from planner.candidates.own_dishes import dishes_with_own
from planner.candidates.priced import with_prices
from planner.candidates.select import (
    Exclusion,
    Selection,
    check_something_left,
    select_candidates,
)
from planner.check.judge import check_plan
from planner.errors import NotBuiltError
from planner.explain.absorption import coverage_notes
from planner.explain.beside import notes_beside_meals
from planner.explain.days import in_week, notes_on_days, with_meals_offered
from planner.explain.offers import with_allowed_offers
from planner.explain.reasons import explain_plan
from planner.explain.refusal import explain_refusal
from planner.explain.report import Refusal, Report
from planner.explain.uncertain import foods_in_doubt
from planner.kitchen.batch import plan_batch
from planner.meals.rules import MealRules, read_meal_rules
from planner.model.build import ModelInput, Wishes
from planner.model.variety import Frequency
from planner.plan.assemble import assemble_plan
from planner.plan.guests import with_guests
from planner.plan.history import read_history
from planner.plan.water import foods_with_water
from planner.realism.score import score_plan
from planner.realism.served import Eater
from planner.request.days import DAYS_PER_WEEK, menu_days
from planner.request.diets import find_diet
from planner.request.request import PlanRequest
from planner.request.table import refuse_eaters
from planner.safety.limits import exclusions_for, food_caps, safety_sentence
from planner.search.search import Progress
from planner.settings import read_settings
from planner.solve.alternatives import solve_alternatives
from planner.solve.horizon import Horizon, joined, solve_horizon, weeks_of
from planner.solve.options import apart_options, search_options
from planner.solve.outcome import Outcome
from planner.solve.supplements import hold_for_all_doses, settle_doses
from planner.table.days import absent_meals, facts_of, in_cycles, weekend_days
from planner.targets.absorbable import conservative_content
from planner.targets.clinical import notes_on_plan
from planner.targets.derive import TargetSet, derive_targets
from planner.targets.meals_missed import check_meals_missed
from planner.targets.taken import check_taken_allowed


@dataclass(frozen=True, slots=True)
class PreparedWeek:
    """A request with everything that its weeks are made from.

    Parameters
    ----------
    request, targets
        What was asked for, and what it is held to.
    foods, dishes
        What is planned from.
    candidates, source
        What may be eaten, and the input of the model.
    free_bound
        Points that no week can go below whatever doses of supplements it takes; ``None`` where
        there are none to choose.
    weeks
        The weeks of a longer plan, ``source`` being the first; empty where it is all there is.
    """

    request: PlanRequest
    targets: TargetSet
    foods: FoodTable
    dishes: tuple[Dish, ...]
    candidates: CandidateSet
    source: ModelInput
    free_bound: float | None = None
    weeks: tuple[ModelInput, ...] = ()

    @property
    def horizon(self) -> Horizon:
        """The weeks to be planned one after another."""
        return Horizon(self.weeks or (self.source,), self.request.week.cycle is not None)


def plan_meals(
    request: PlanRequest,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Plan the meals asked for in ``request``; where no plan exists, the report says why.

    Parameters
    ----------
    request
        Everything that decides the plan.
    foods, dishes
        What to plan from; the shipped catalogue, and the shipped dishes with those of the
        request's folders, when left out.
    progress
        Told the best week after each round of the search.

    Raises
    ------
    UserFacingError
        When something in the request is to be mended, or a safety rule refuses.
    KeyboardInterrupt
        When it comes before a first week was found; later it ends the search.
    """
    started = time.perf_counter()
    week = prepare_week(request, foods, dishes)
    outcome = solve_horizon(week.horizon, search_options(request.solve), started, progress)
    return report_week(week, outcome)


def plan_alternatives(
    request: PlanRequest,
    count: int,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    progress: Progress | None = None,
) -> tuple[Report, ...]:
    """Plan up to ``count`` clearly different weeks; the first is that of ``plan_meals``.

    Parameters and errors are those of ``plan_meals``. Fewer weeks come back where no further one
    differs enough; one report without a plan where there is none.
    """
    started = time.perf_counter()
    check_one_week(request)
    week = prepare_week(request, foods, dishes)
    apart = apart_options(week.source.rules.points["change"])
    outcomes = solve_alternatives(
        week.source, search_options(request.solve), count, apart, started, progress
    )
    return tuple(report_week(week, outcome) for outcome in outcomes)


def prepare_week(
    request: PlanRequest,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    sharers: int = 1,
) -> PreparedWeek:
    """Gather what the weeks of a request are made from.

    Parameters
    ----------
    request, foods, dishes
        As of ``plan_meals``.
    sharers
        How many eaters buy packages together.

    Raises
    ------
    UserFacingError
        When something in the request is to be mended, or a safety rule refuses.
    """
    refuse_eaters(request)
    foods = foods_with_water(foods or read_embedded_foods(), request.water)
    if dishes is None:
        dishes = dishes_with_own(request.preferences.dishes, foods)
    targets = derive_targets(
        request.profile, request.standard, request.preferences, request.overrides
    )
    check_taken_allowed(request, targets.targets)
    check_meals_missed(request.week, targets.clinical)
    beside = with_prices(beside_the_meals(request, foods))
    rules = _rules_for(request, beside)
    selection = _selection(request, targets, foods, dishes)
    chosen = select_candidates(foods, dishes, rules, selection)
    check_something_left(chosen)
    candidates = beside.added_to(chosen)
    source = _model_input(request, targets, candidates, rules, foods, dishes)
    weeks = weeks_of(replace(source, sharers=sharers))
    settled = settle_doses(weeks[0])
    own = settled.source
    later = [replace(own, weekend=one.weekend, absences=one.absences) for one in weeks[1:]]
    return PreparedWeek(
        request,
        targets,
        foods,
        tuple(dishes),
        candidates,
        own,
        settled.bound,
        (own, *later) if later else (),
    )


def check_one_week(request: PlanRequest) -> None:
    """Refuse to look for several plans of more than a week.

    Raises
    ------
    NotBuiltError
        When more days than those of a week have a menu of their own.
    """
    if menu_days(request.week) > DAYS_PER_WEEK:
        raise NotBuiltError(
            f"several different plans of more than {DAYS_PER_WEEK} days are not built yet",
            "--alternatives",
            f"plan {DAYS_PER_WEEK} days, or leave it out",
        )


def _rules_for(request: PlanRequest, beside: Beside) -> MealRules:
    """Give the rules with the places of the meals that are planned, and those beside them."""
    rules = read_meal_rules(request.week.pattern)
    places = tuple(place for place in rules.places if place.slot in request.week.slots)
    return replace(rules, places=(*places, *beside.places))


def _selection(
    request: PlanRequest, targets: TargetSet, foods: FoodTable, dishes: Sequence[Dish]
) -> Selection:
    """Gather what rules candidates out: diet, safety, wishes, time, unknown figures."""
    preferences = request.preferences
    diet = find_diet(preferences.diet)
    exclusions = [
        Exclusion(frozenset({origin}), f"not in a {diet.name.lower()} diet", "diet")
        for origin in sorted(diet.without_origin)
    ]
    exclusions += [
        Exclusion(frozenset(filter(None, (out.flag, out.base))), out.reason, "safety")
        for out in exclusions_for(request.profile, preferences.alcohol)
    ]
    coverage = read_settings("check.toml")["coverage"]
    return Selection(
        exclusions=tuple(exclusions),
        without=tuple(find_left_out(name, foods, dishes) for name in preferences.names_left_out),
        constrained=_constrained(targets),
        most_unknown=coverage["most_unknown_in_dish"],
        max_minutes=preferences.max_minutes,
        growth=max(1.0, targets.energy.kcal / read_meal_rules().rules["window"]["energy_kcal"]),
    )


def _constrained(targets: TargetSet) -> tuple[str, ...]:
    """Nutrients that some hard target counts, those behind shares and ratio included.

    Left out are those that too few foods have a figure of.
    """
    from foods.nutrient import known_nutrients
    from planner.model.nutrients import COUNTED_BASES
    from planner.targets.shares import RATIO, kcal_per_g

    found = {"energy_kcal", "magnesium_mg", "calcium_mg"}
    for target in targets.targets:
        if target.hard and target.basis in COUNTED_BASES and target.nutrient != RATIO:
            share = target.unit == "percent"
            found.add(kcal_per_g(target.nutrient)[0] if share else target.nutrient)
    found -= set(read_settings("check.toml")["coverage"]["not_asked_of"])
    return tuple(key for key in known_nutrients() if key in found)


def _model_input(
    request: PlanRequest,
    targets: TargetSet,
    candidates: CandidateSet,
    rules: MealRules,
    foods: FoodTable,
    dishes: Sequence[Dish],
) -> ModelInput:
    wanted = request.preferences

    def meaning(name: str, where: str) -> Meaning:
        return find_meaning(name, foods, dishes, where=where)

    wishes = Wishes(
        frequencies=tuple(
            Frequency(meaning(rule.name, "--per-week"), rule.sense, rule.count)
            for rule in wanted.per_week
        ),
        likes=tuple((meaning(n, "--like"), grade) for n, grade in sorted(wanted.like.items())),
        dislikes=tuple(
            (meaning(n, "--dislike"), grade) for n, grade in sorted(wanted.dislike.items())
        ),
        min_days_between=tuple(
            (meaning(name, "--min-days-between"), days)
            for name, days in sorted(wanted.min_days_between.items())
        ),
        budget_usd=wanted.budget_per_week,
        max_minutes_weekday=wanted.max_minutes_weekday,
    )
    packaged = read_settings("realism.toml")["part"]["orphans"]
    return ModelInput(
        targets=targets.targets,
        candidates=candidates,
        rules=rules,
        caps={cap.cap_id: cap for cap in food_caps()},
        wishes=wishes,
        weights=request.weights,
        weekend=weekend_days(request.week, rules),
        absences=absent_meals(request.week, rules),
        groups={food.base: food.group for food in sorted(foods, key=lambda one: one.food_id)},
        constrained=_constrained(targets),
        least_coverage=read_settings("check.toml")["coverage"]["least"],
        clinical=targets.clinical,
        conservative=_counted(foods) if wanted.conservative else {},
        history=read_history(wanted.history),
        out_of_season=_out_of_season(request, foods),
        packages=shares_of_packages(foods, packaged),
        keeps_opened=days_packages_keep(foods, packaged),
    )


def _out_of_season(request: PlanRequest, foods: FoodTable) -> frozenset[str]:
    """Name the foods that are out of season on every day; none where the days have no dates."""
    week = request.week
    if week.start is None:
        return frozenset()
    months = {(week.start + timedelta(days=number)).month for number in range(week.days)}
    return foods_out_of_season(foods, months, week.hemisphere)


def _counted(foods: FoodTable) -> dict[str, dict[str, float]]:
    """Nutrient → food id → content that a cautious plan counts [mg per 100 g]."""
    counted: dict[str, dict[str, float]] = {}
    for food in foods:
        for nutrient, content in conservative_content(food).items():
            counted.setdefault(nutrient, {})[food.food_id] = content
    return counted


def report_week(week: PreparedWeek, outcome: Outcome) -> Report:
    """Put what was solved on the table and judge it; without a plan, say why there is none."""
    outcome = _hold_for_all_doses(outcome, week.free_bound)
    if not outcome.has_plan:
        source = week.weeks[len(outcome.weeks) - 1] if outcome.weeks else week.source
        outcome, conflict = _what_collides(source, outcome)
        refusal = explain_refusal(outcome, conflict, week.candidates, source)
        refusal = in_week(refusal, len(outcome.weeks), len(week.weeks))
        refusal = with_meals_offered(refusal, week.request.week)
        return refuse_week(week, outcome, _with_supplement_offered(week, refusal, outcome))
    request, targets, foods = week.request, week.targets, week.foods
    line_g = week.source.rules.rules["line"]["lower"]
    slots, start = week.source.rules.slots(), request.week.start
    days = in_cycles(outcome.days, request.week)
    facts = facts_of(request.week, week.source.rules)
    plan = assemble_plan(days, foods, slots, start, line_g, request.profile, facts)
    plan = with_guests(plan, request.week.guests, foods, week.dishes)
    check = check_plan(plan.days, targets.targets, foods, request)
    why = explain_plan(plan, check, targets, foods, outcome.terms, foods_in_doubt())
    said = notes_on_plan(plan.means, [day.totals for day in plan.days], request.profile)
    return Report(
        request=request,
        targets=targets,
        outcome=outcome,
        foods=foods,
        plan=plan,
        check=check,
        why=why,
        refusal=None,
        notes=(
            *targets.notes,
            *said,
            *coverage_notes(plan, foods, targets.targets),
            *notes_beside_meals(plan, request, foods),
            *notes_on_days(plan, request.week, outcome),
        ),
        warnings=_warnings(),
        candidates=week.candidates.count_sources(),
        left_out=len(week.candidates.left_out),
        realism=score_plan(plan, foods, week.dishes, eater=_eater(week)),
        batch=plan_batch(plan, week.dishes, request.preferences.budget_per_week),
        dishes=week.dishes,
    )


def _hold_for_all_doses(outcome: Outcome, free_bound: float | None) -> Outcome:
    """Let the bound hold for all doses; those of later weeks are the ones of the first."""
    if not outcome.weeks:
        return hold_for_all_doses(outcome, free_bound)
    first = hold_for_all_doses(outcome.weeks[0], free_bound)
    return replace(joined([first, *outcome.weeks[1:]]), time_s=outcome.time_s)


def _eater(week: PreparedWeek) -> Eater:
    """Say what the realism score needs to know of who eats."""
    return Eater(
        families=frozenset(one.traits.protein for one in week.candidates.candidates),
        disliked={
            what.name: (what.food_ids, what.dish_ids) for what, _ in week.source.wishes.dislikes
        },
        weekend=week.source.weekend,
    )


def _what_collides(source: ModelInput, outcome: Outcome) -> tuple[Outcome, Conflict]:
    """Give the rules that collide; where none do, there was no proof that no week exists.

    That is so where numbers lie at the edge of what the solver can tell, and where a later week
    has no room only because of the weeks before it.
    """
    if outcome.status != "infeasible":
        return outcome, Conflict(())
    conflict = find_conflict(source)
    if conflict.rules or outcome.broken or not conflict.is_smallest:
        return outcome, conflict
    return replace(outcome, status="no_plan_in_time"), conflict


def _with_supplement_offered(week: PreparedWeek, refusal: Refusal, outcome: Outcome) -> Refusal:
    """Offer a supplement where every rule allows one and the average week then has a plan."""
    allowed = replace(week.request, allow_supplements=True)
    is_new = not week.request.allow_supplements and bool(supplement_candidates(allowed))
    if outcome.status != "infeasible" or not is_new:
        return refusal
    if prepare_week(allowed, week.foods, week.dishes).free_bound is None:
        return refusal
    offer = ("a supplement, which no safety rule forbids here", "--allow-supplements")
    return replace(refusal, relaxations=(*refusal.relaxations, offer))


def refuse_week(week: PreparedWeek, outcome: Outcome, refusal: Refusal) -> Report:
    """Report that there is no plan; of what would open a way, what harms nobody is offered."""
    refusal = with_allowed_offers(refusal, week.request)
    return Report(
        request=week.request,
        targets=week.targets,
        outcome=outcome,
        foods=week.foods,
        plan=None,
        check=None,
        why=None,
        refusal=refusal,
        notes=week.targets.notes,
        warnings=_warnings(),
        candidates=week.candidates.count_sources(),
        left_out=len(week.candidates.left_out),
        dishes=week.dishes,
    )


def _warnings() -> tuple[tuple[str, str, str], ...]:
    return (
        ("kidney", safety_sentence("kidney"), "own rule"),
        ("not_medical_advice", safety_sentence("not_medical_advice"), "own rule"),
    )
