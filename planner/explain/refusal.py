"""Why there is no plan: the rules that collide, in the reader's words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.bound.conflict import Breach, Conflict
from planner.candidates.candidate import CandidateSet
from planner.candidates.dish import Dish
from planner.explain.offers import COUNT_EATEN
from planner.explain.report import Collision, Concession, Refusal
from planner.explain.wished import LEFT_OUT_WORDS, why_left_out
from planner.explain.words import row_in_words
from planner.kitchen.errand import ShoppingList
from planner.model.input import ModelInput
from planner.model.keys import MANY, OFFERED, RULES
from planner.model.variety import DAYS_PER_WEEK
from planner.request.override import TargetOverride
from planner.request.preferences import FrequencyRule
from planner.request.put import NONE, Put
from planner.request.request import PlanRequest
from planner.solve.outcome import Outcome
from planner.targets.words import name_within, unit_word

CENTS = 100
EDGE = 1e-6  # of a whole number: solver tolerance, not a serving
MANY_ROWS = 3  # rows of one such rule that are named before "and others"


def explain_refusal(
    outcome: Outcome,
    conflict: Conflict,
    candidates: CandidateSet,
    source: ModelInput,
    dishes: Sequence[Dish],
) -> Refusal:
    """Say what cannot hold together, and which single change would open a way.

    Parameters
    ----------
    outcome
        What came of solving.
    conflict
        Rules that collide in the aggregated week; none where the search found no week in time.
    candidates, source
        What could be eaten, and the model's input.
    dishes
        The dishes that were looked at.
    """
    if outcome.status == "infeasible" and any(one.startswith("place.") for one in outcome.broken):
        return _nothing_left(outcome, candidates)
    if not conflict.rules and conflict.is_smallest:
        return _not_found(outcome)
    return explain_breaches(conflict.rules, source, dishes, is_smallest=conflict.is_smallest)


def explain_breaches(
    conflict: Sequence[Breach],
    source: ModelInput,
    dishes: Sequence[Dish] = (),
    *,
    is_smallest: bool = True,
) -> Refusal:
    """Say which rules cannot hold together, and which single change would open a way.

    Where the time was over before it was certain that no fewer rules do, that is said.
    """
    days = len(source.weekend)
    said = (*_say(conflict, days), *_left_out_though_asked(conflict, source, dishes))
    changes = [change for one in conflict if (change := _change(one, days, source)) is not None]
    return Refusal(said if is_smallest else (*said, cut_short(bool(said))), tuple(changes))


def cut_short(are_named: bool) -> Collision:
    """Say that the search for what collides was ended by its time limit."""
    found = (
        "best effort: fewer of these may be enough to collide"
        if are_named
        else "best effort: which rules collide was not found"
    )
    when = "the time for that was over, and another machine may come further"
    return Collision("search", "time limit", f"{found}; {when}")


def _say(conflict: Sequence[Breach], days: int) -> tuple[Collision, ...]:
    """One sentence per rule; a rule broken in many rows is said once."""
    by_rule: dict[str, list[Breach]] = {}
    for one in conflict:
        by_rule.setdefault(one.key.rule, []).append(one)
    said = []
    for rule, rows in by_rule.items():
        if len(rows) <= MANY_ROWS or MANY not in RULES[rule].marks:
            said += [Collision(*row_in_words(one.key, one.limit, days)) for one in rows]
        else:
            names = ", ".join(row_in_words(one.key, one.limit, days)[0] for one in rows[:MANY_ROWS])
            text = f"{RULES[rule].sentence}: {names} and others"
            said.append(Collision(rule, f"{len(rows)} rows", text))
    return tuple(said)


def _left_out_though_asked(
    conflict: Sequence[Breach], source: ModelInput, dishes: Sequence[Dish]
) -> Iterator[Collision]:
    """Say why a dish or food that was asked for by its name is left out."""
    for one in conflict:
        if one.key.rule == "frequency" and one.key.side == "min":
            meaning = source.wishes.frequencies[one.key.number - 1].meaning
            yield from why_left_out(meaning, source.candidates, dishes)


def _round_outward(value: float, sign: float) -> float:
    """Round to three figures on the side that asks for less."""
    step = 10.0 ** (math.floor(math.log10(max(abs(value), 1e-9))) - 2)
    steps = value / step
    rounded = math.ceil(steps - EDGE) if sign > 0 else math.floor(steps + EDGE)
    return rounded * step


def _nothing_left(outcome: Outcome, candidates: CandidateSet) -> Refusal:
    reasons = Counter(one.code for one in candidates.left_out if one.code in LEFT_OUT_WORDS)
    counted = ", ".join(f"{n} {LEFT_OUT_WORDS[code]}" for code, n in reasons.most_common())
    conflict = []
    for name in outcome.broken:
        slot, role = name.removeprefix("place.").split(".")
        thing = "dish" if role == "main" else role
        sentence = f"no {thing} is left for {slot}: of all dishes and foods {counted} are left out"
        conflict.append(Collision(f"{slot} {thing}", "0 candidates", sentence))
    return Refusal(tuple(conflict), ())


def _not_found(outcome: Outcome) -> Refusal:
    """No week was found with the work allowed, though none is proven impossible."""
    rules = list(dict.fromkeys(name.split("@")[0].split(".")[0] for name in outcome.broken))
    conflict = tuple(
        Collision(RULES[rule].sentence, "", f"hardest to keep: {RULES[rule].sentence}")
        for rule in rules[:6]
    )
    return Refusal(conflict, ())


def _change(breach: Breach, days: int, source: ModelInput) -> Concession | None:
    """One change that makes the week possible, with the flag that asks for it."""
    key, rule = breach.key, breach.key.rule
    if breach.change is None or OFFERED not in RULES[rule].marks:
        return None
    if key.basis or key.preferred:  # such as a level on supplements alone
        return None
    sign = -1.0 if key.side == "min" else 1.0
    limit = breach.limit / days if rule == "nutrient_week" else breach.limit
    value = limit + sign * breach.change
    if rule == "budget":
        return offer_of_budget(value * DAYS_PER_WEEK / days)
    if rule == "frequency":
        per_week = value * DAYS_PER_WEEK / days
        whole = math.ceil(per_week - EDGE) if sign > 0 else math.floor(per_week + EDGE)
        name = source.wishes.frequencies[key.number - 1].meaning.name
        return offer_of_rule(FrequencyRule(name, "<=" if sign > 0 else ">=", whole))
    return offer_of_band(key.subject, "upper" if sign > 0 else "lower", value)


def offer_of_budget(usd: float) -> Concession:
    """Offer a budget [USD a week], rounded up to a cent."""
    whole = math.ceil(usd * CENTS - EDGE) / CENTS
    text, flag = f"a budget of ${whole:,.2f} a week", f"--budget-per-week {whole:.2f}"
    return Concession(text, flag, budget_usd=whole)


def explain_till(shopping: ShoppingList, request: PlanRequest) -> Refusal:
    """Refuse a week whose shopping list its budget does not pay for.

    Parameters
    ----------
    shopping
        The cheapest list that was found.
    request
        What was asked for.
    """
    usd = request.preferences.budget_per_week
    assert usd is not None
    assert shopping.budget_usd is not None
    needed_usd = usd * shopping.total_usd / shopping.budget_usd  # of seven days
    text = (
        "the budget at the till: of the weeks that were tried the cheapest list, in whole packages "
        f"and with the usual at home, comes to ${needed_usd:,.2f} a week; what is eaten of it to "
        f"${usd * shopping.eaten_usd / shopping.budget_usd:,.2f}"
    )
    return Refusal(
        (Collision("budget", f"at most ${usd:,.2f} a week", text),),
        (
            replace(offer_of_budget(needed_usd), is_tried=True),
            Concession("a budget of what is eaten, not of what stays over", COUNT_EATEN),
        ),
    )


def offer_of_rule(rule: FrequencyRule) -> Concession:
    """Offer another frequency of what is asked for by name."""
    name = rule.name.replace("_", " ")
    side = "at least" if rule.sense == ">=" else "at most"
    is_none = (rule.sense, rule.count) == (">=", 0)
    text = f"no wish for {name}" if is_none else f"{name} {side} {rule.count} times a week"
    return Concession(text, f'--per-week "{rule.name}{rule.sense}{rule.count}"', rule=rule)


def offer_of_put(put: Put) -> Concession:
    """Offer not to put a dish where it was asked for."""
    return Concession(f"no {put.text}", f'--put "{put.where}={NONE}"', put=put)


def offer_of_minutes(key: str, minutes: int) -> Concession:
    """Offer dishes that take longer [min]; ``key`` is that of the preferences."""
    when = " on weekdays" if key == "max_minutes_weekday" else ""
    text, flag = f"dishes of up to {minutes} minutes{when}", f"--{key.replace('_', '-')} {minutes}"
    return Concession(text, flag, minutes=(key, minutes))


def offer_of_band(nutrient: str, side: str, value: float) -> Concession:
    """Offer another bound of a nutrient, share or ratio, rounded so that it asks for less."""
    is_lower = side == "lower"
    said = f"{_round_outward(value, -1.0 if is_lower else 1.0):.4g}"
    words, sign = ("at least", ">=") if is_lower else ("at most", "<=")
    bound = float(said)
    return Concession(
        f"{name_within(nutrient)} {words} {bound:,.4g} {unit_word(nutrient)}".strip(),
        f'--target "{nutrient}{sign}{said}"',
        TargetOverride(nutrient, bound if is_lower else None, None if is_lower else bound),
    )
