"""Why there is no plan: the rules that collide, of one eater or a table, in the reader's words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.explain.offers import (
    BUDGET,
    COUNT_EATEN,
    amount_said,
)
from planner.explain.report import Collision, Concession, Refusal
from planner.kitchen.errand import ShoppingList
from planner.meals.habits import habit_said, known_habits
from planner.request.override import RATIO, TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.preferences import EATEN, HOME, KITCHEN, TILL
from planner.request.put import NONE, Put, on_days
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.shops import as_told, in_usd, named, price_as
from planner.targets.target import said_within

CENTS = 100
EDGE = 1e-6  # of a whole number: solver tolerance, not a serving
_HOME = {
    "usual": "the usual at home",
    "as told": "what you said you have at home",
    "empty": "nothing at home",
}


_LONGER = {
    "max_minutes": "dishes of up to {minutes} minutes",
    "max_minutes_weekday": "dishes of up to {minutes} minutes on weekdays",
    "max_minutes_breakfast": "breakfasts of up to {minutes} minutes",
    "max_ingredients": "dishes of up to {minutes} ingredients",
}
AT_THE_TILL = {
    TILL: (
        "the budget at checkout: of the weeks tried, the cheapest shopping list, in whole packages "
        "and with {home}, comes to {price} a week; the part that is eaten comes to {eaten}"
    ),
    KITCHEN: (
        "the budget of food with a stocked kitchen: of the weeks tried, the cheapest, with {home}, "
        "comes to {price} a week, what spoils included; the part that is eaten comes to {eaten}"
    ),
}
EATEN_IN_ALL = (
    "the budget of what is eaten: of the weeks tried, the cheapest comes to {price} a week"
)


def _round_outward(value: float, sign: float) -> float:
    """Round to three figures on the side that asks for less."""
    step = 10.0 ** (math.floor(math.log10(max(abs(value), 1e-9))) - 2)
    steps = value / step
    rounded = math.ceil(steps - EDGE) if sign > 0 else math.floor(steps + EDGE)
    return rounded * step


def offer_of_budget(usd: float) -> Concession:
    """Offer a budget [USD a week], rounded up to a cent of the money of the shops."""
    whole = math.ceil(as_told(usd) * CENTS - EDGE) / CENTS
    whole_usd = in_usd(whole)
    text = BUDGET.format(price=price_as(whole_usd))
    return Concession(text, f"--budget-per-week {whole:.2f}", budget_usd=whole_usd)


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
    needed_usd = usd * shopping.counted_usd / shopping.budget_usd  # of seven days
    times: float = read_settings("rhythm.toml")["cheapest"]["offered"]
    counts = shopping.budget_counts
    text = AT_THE_TILL.get(counts, EATEN_IN_ALL).format(
        home=_HOME[shopping.cupboard],
        price=price_as(needed_usd),
        eaten=price_as(usd * shopping.eaten_usd / shopping.budget_usd),
    )
    eaten = Concession(
        "a budget of what is eaten, not of what is left over", COUNT_EATEN, is_tried=True
    )
    is_paid = counts != EATEN and shopping.eaten_usd <= shopping.budget_usd
    return Refusal(
        (Collision("budget", f"at most {price_as(usd)} a week", text),),
        (
            replace(offer_of_budget(needed_usd * times), is_tried=True),
            *((eaten,) if is_paid else ()),
        ),
    )


def offer_of_rule(rule: FrequencyRule) -> Concession:
    """Offer another frequency of what is asked for by name."""
    name = rule.name.replace("_", " ")
    at_least = rule.sense == ">="
    wish = "{name} at least {count} times a week"
    wish = wish if at_least else "{name} at most {count} times a week"
    wish = "no wish for {name}" if at_least and not rule.count else wish
    text = wish.format(name=named(name), count=rule.count)
    return Concession(text, f'--per-week "{rule.name}{rule.sense}{rule.count}"', rule=rule)


def offer_of_put(put: Put) -> Concession:
    """Offer not to put a dish where it was asked for."""
    none = "" if put.is_out else f"={NONE}"
    text = "{wish}, and not counted" if put.is_out else "no {wish}"
    return Concession(text.format(wish=put.text), f'{put.flag} "{put.where}{none}"', put=put)


def offer_of_days_without(name: str, days: Sequence[str]) -> Concession:
    """Offer that what is left out on some days is eaten on them."""
    text = on_days(name, days, is_let_go=True)
    return Concession(text, f'--without-on "{name}:{NONE}"', preference=("without_on", name))


def offer_of_minutes(key: str, minutes: int) -> Concession:
    """Offer dishes that take longer [min], or more things; ``key`` is that of the preferences."""
    text, flag = _LONGER[key].format(minutes=minutes), f"--{key.replace('_', '-')} {minutes}"
    return Concession(text, flag, preference=(key, minutes))


def offer_of_minutes_on(asked: Mapping[str, int], minutes: int) -> Concession:
    """Offer more time for the meals of single days [min]; ``asked``: meals of days → minutes."""
    longer = {meals: max(limit, minutes) for meals, limit in asked.items()}
    flags = (f'--max-minutes-on "{meals}={limit}"' for meals, limit in longer.items())
    text = f"{minutes} minutes for the meals of the days you named"
    return Concession(text, " ".join(flags), preference=("max_minutes_on", longer))


def offer_of_habit(name: str, figure: int) -> Concession:
    """Offer another figure of a habit that somebody asked for."""
    flag = f'--habit "{name}{known_habits()[name].sense}{figure}"'
    return Concession(habit_said(name, figure), flag, habit=(name, figure))


def offer_of_lunch() -> Concession:
    """Offer that lunch is eaten where it may be cooked and warmed up."""
    return Concession("lunch at home", f"--lunch {HOME}", preference=("lunch", HOME))


def offer_of_ratio() -> Concession:
    """Offer the highest ratio of calcium to magnesium that may be asked for."""
    return offer_of_band(RATIO, "upper", read_settings("targets.toml")["ratio"]["upper_most"])


def offer_of_band(nutrient: str, side: str, value: float) -> Concession:
    """Offer another bound of a nutrient, share or ratio, rounded so that it asks for less."""
    is_lower = side == "lower"
    figure = f"{_round_outward(value, -1.0 if is_lower else 1.0):.4g}"
    sign, bound = ">=" if is_lower else "<=", float(figure)
    amount = amount_said(nutrient, bound)
    offer = "{name} at least {amount}" if is_lower else "{name} at most {amount}"
    return Concession(
        offer.format(name=said_within(nutrient), amount=amount),
        f'--target "{nutrient}{sign}{figure}"',
        TargetOverride(nutrient, bound if is_lower else None, None if is_lower else bound),
    )


def offer_of_no_wish(nutrient: str) -> Concession:
    """Offer not to ask for a band by hand: what a plan keeps without being asked it keeps."""
    return Concession(
        f"no wish for {said_within(nutrient)}",
        band=TargetOverride(nutrient, None, None, hard=False),
    )


def offer_apart(name: str, slots: Sequence[str]) -> Concession:
    """Offer that one eater has main dishes of one's own at some meals."""
    meals = ", ".join(slots)
    flag = f"slots without {meals} for {name} in [[eaters]]"
    text = f"{name} does not share {meals}"
    return Concession(text, flag, apart=(name, tuple(slots)))


WISH = "budget"
