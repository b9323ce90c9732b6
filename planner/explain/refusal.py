"""Why there is no plan: the rules that collide, of one eater or a table, in the reader's words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from planner.bound.conflict import Breach, Conflict, SharedConflict
from planner.candidates.candidate import CandidateSet
from planner.candidates.dish import Dish
from planner.explain.asked import LEFT_OUT_WORDS, why_left_out
from planner.explain.offers import (
    BUDGET,
    COUNT_EATEN,
    amount_said,
    edge_of,
    names_in_words,
    names_of,
    row_in_words,
)
from planner.explain.report import HARDEST, SHARED, Collision, Concession, Refusal, Report
from planner.kitchen.errand import ShoppingList
from planner.meals.habits import habit_said, known_habits
from planner.model.input import ModelInput
from planner.model.keys import BAND, MANY, OFFERED, RULES, RowKey
from planner.model.variety import DAYS_PER_WEEK
from planner.plan.outcome import Outcome
from planner.request.override import RATIO, TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.preferences import EATEN, HOME, KITCHEN, TILL
from planner.request.put import NONE, Put, on_days
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.shops import as_told, in_usd, money_of, named, price_as, shops
from planner.targets.eaters import energy_shares
from planner.targets.target import said_within

CENTS = 100
EDGE = 1e-6  # of a whole number: solver tolerance, not a serving
_HARDEST = 6  # rows that are named where none is proven to collide
MANY_ROWS = 3  # rows of one such rule that are named before "and others"
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
CUT_SHORT = (
    "best effort: fewer of these may be enough to conflict; the search ran out of time, and "
    "another machine may get further"
)
CUT_SHORT_UNNAMED = (
    "best effort: which rules conflict was not found; the search ran out of time, and another "
    "machine may get further"
)

CUT_UNMEASURED = (
    "best effort: by how much some of these would have to give way was not found; the search ran "
    "out of time, and another machine may get further"
)


def explain_refusal(
    outcome: Outcome,
    conflict: Conflict,
    candidates: CandidateSet,
    source: ModelInput,
    dishes: Sequence[Dish],
) -> Refusal:
    """Describe what cannot hold together, and which single change would open a way.

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
        return _not_found(outcome, source)
    return explain_breaches(
        conflict.rules,
        source,
        dishes,
        is_smallest=conflict.is_smallest,
        is_measured=conflict.is_measured,
    )


def explain_breaches(
    conflict: Sequence[Breach],
    source: ModelInput,
    dishes: Sequence[Dish] = (),
    *,
    is_smallest: bool = True,
    is_measured: bool = True,
) -> Refusal:
    """Describe which rules cannot hold together, and which single change would open a way.

    Where the time was over before it was certain that no fewer rules do, or by how much each would
    have to give way, that is said.
    """
    days = len(source.weekend)
    told = (
        *_say(conflict, source),
        *_left_out_though_asked(conflict, source, dishes),
    )
    changes = [change for one in conflict if (change := _change(one, days, source)) is not None]
    changes += _loosened({one.key.rule for one in conflict})
    if not (is_smallest and is_measured):
        told = (*told, cut_short(are_named=bool(told), is_smallest=is_smallest))
    is_proven = is_smallest and is_measured and bool(conflict)
    return Refusal(told, tuple(changes), is_proven=is_proven)


def _loosened(rules: Collection[str]) -> Iterator[Concession]:
    """Offer habits that give way where their rule collides, one step beyond the usual."""
    for name, habit in known_habits().items():
        if habit.opens in rules:
            yield offer_of_habit(name, habit.usual + 1)


def cut_short(*, are_named: bool, is_smallest: bool = False) -> Collision:
    """State that the search for what collides, or for the least changes, was ended by its limit."""
    text = CUT_SHORT if are_named else CUT_SHORT_UNNAMED
    return Collision("search", "time limit", CUT_UNMEASURED if is_smallest else text)


def _say(conflict: Sequence[Breach], source: ModelInput) -> tuple[Collision, ...]:
    """One sentence per rule; a rule broken in many rows is said once."""
    days, printed = len(source.weekend), names_of(source)
    by_rule: dict[str, list[Breach]] = {}
    for one in conflict:
        by_rule.setdefault(one.key.rule, []).append(one)
    told = []
    for rule, rows in by_rule.items():
        if len(rows) <= MANY_ROWS or MANY not in RULES[rule].marks:
            told += [
                Collision(
                    *row_in_words(one.key, one.limit, days, printed, edge_of(one.key, source))
                )
                for one in rows
            ]
        else:
            names = [
                named(row_in_words(one.key, one.limit, days, printed)[0])
                for one in rows[:MANY_ROWS]
            ]
            text = "{rule}: {names} and others".format(
                rule=RULES[rule].sentence, names=", ".join(names)
            )
            told.append(Collision(rule, f"{len(rows)} rows", text))
    return tuple(told)


def _left_out_though_asked(
    conflict: Sequence[Breach], source: ModelInput, dishes: Sequence[Dish]
) -> Iterator[Collision]:
    """Describe why a dish or food that was asked for by its name is left out."""
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


def _not_found(outcome: Outcome, source: ModelInput) -> Refusal:
    """No week was found with the work allowed, though none is proven impossible."""
    rows = dict.fromkeys(name.split("@")[0] for name in outcome.broken)
    told = dict.fromkeys(_hardest(name, source) for name in rows)
    return Refusal(tuple(told)[:_HARDEST], ())


def _hardest(name: str, source: ModelInput) -> Collision:
    """Say what a row that stayed broken asks: with its figure where it is a band of a nutrient."""
    rule, *about = name.split(".")
    sentence: str = RULES[rule].sentence
    if RULES[rule].is_band and len(about) > 1 and about[1] in {"min", "max"}:
        key = RowKey(rule, about[0], about[1])
        edge, days = edge_of(key, source), len(source.weekend)
        if edge is not None:
            limit = edge * days if rule == "nutrient_week" else edge
            _, _, sentence = row_in_words(key, limit, days, edge=edge)
    text = f"hardest to keep: {sentence}"
    return Collision(RULES[rule].sentence, HARDEST, text)


def _change(breach: Breach, days: int, source: ModelInput) -> Concession | None:
    """One change that makes the week possible, with the flag that asks for it."""
    key, rule = breach.key, breach.key.rule
    side, sign = ("lower", -1.0) if key.side == "min" else ("upper", 1.0)
    if BAND in RULES[rule].marks and OFFERED not in RULES[rule].marks:
        edge = edge_of(key, source)  # as it is held: a wish for it gives way, nothing else does
        return None if edge is None else offer_of_band(key.subject, side, edge)
    if breach.change is None or OFFERED not in RULES[rule].marks:
        return None
    if key.basis or key.preferred:  # such as a level on supplements alone
        return None
    limit = breach.limit / days if rule == "nutrient_week" else breach.limit
    value = limit + sign * breach.change
    if (
        BAND in RULES[rule].marks
    ):  # what gives way there is calcium: the steps are those of settings
        return offer_of_ratio() if sign > 0 and not key.soft else None
    if rule == "budget":
        return offer_of_budget(value * DAYS_PER_WEEK / days)
    if rule == "frequency":
        per_week = value * DAYS_PER_WEEK / days
        whole = math.ceil(per_week - EDGE) if sign > 0 else math.floor(per_week + EDGE)
        name = source.wishes.frequencies[key.number - 1].meaning.name
        return offer_of_rule(FrequencyRule(name, "<=" if sign > 0 else ">=", whole))
    return offer_of_band(key.subject, side, value)


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
    longer = {meals: max(one, minutes) for meals, one in asked.items()}
    flags = (f'--max-minutes-on "{meals}={one}"' for meals, one in longer.items())
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


def explain_shared(
    conflict: SharedConflict,
    shared: Mapping[str, Sequence[str]],
    sources: Mapping[str, ModelInput],
) -> tuple[Refusal, dict[str, Refusal]]:
    """Say of the table that sharing is in the way, and of each eater with which rules.

    Parameters
    ----------
    conflict
        A smallest set of rules that leave no common dishes.
    shared, sources
        Who shares which places, and the input of each eater's model.
    """
    slots: dict[tuple[str, ...], list[str]] = {}
    for place in conflict.places:
        slots.setdefault(tuple(shared[place]), []).append(place.split(".")[0])
    whose = list(conflict.each)
    found = [_collision(names, of_names, whose) for names, of_names in slots.items()]
    is_proven = conflict.is_smallest and conflict.is_measured
    if not is_proven:
        are_named = bool(conflict.each)
        found.append(cut_short(are_named=are_named, is_smallest=conflict.is_smallest))
    offers = tuple(
        offer_apart(name, [slot])
        for names, of_names in slots.items()
        for slot in of_names
        for name in whose
        if name in names
    )
    own = {
        name: replace(explain_breaches(one, sources[name]), is_proven=is_proven)
        for name, one in conflict.each.items()
    }
    return Refusal(tuple(found), offers), own


def _collision(names: Sequence[str], slots: Sequence[str], whose: Sequence[str]) -> Collision:
    meals = names_in_words(slots)
    sentence = (
        f"{meals}: {names_in_words(names)} share the main dish there; each could have a plan "
        "alone, but what "
        f"is listed below for {names_in_words(whose)} makes a plan with the same dishes impossible"
    )
    return Collision(meals, SHARED, sentence)


def offer_apart(name: str, slots: Sequence[str]) -> Concession:
    """Offer that one eater has main dishes of one's own at some meals."""
    meals = ", ".join(slots)
    flag = f"slots without {meals} for {name} in [[eaters]]"
    text = f"{name} does not share {meals}"
    return Concession(text, flag, apart=(name, tuple(slots)))


BUDGET_FLAG = "--budget-per-week"
WISH = "budget"
AT_MOST = "at most {price} a week"


def say_table_budget(
    reports: Mapping[str, Report], common: PlanRequest
) -> tuple[Refusal | None, dict[str, Report]]:
    """Take the budget of the table out of what eaters are told, and say it once.

    Parameters
    ----------
    reports
        Name → report of an eater in whose way something is.
    common
        The request of the table.

    Returns
    -------
    tuple
        What is in the way of the table as a whole, ``None`` where its budget is not; the reports
        without it.
    """
    if not common.eaters:  # the budget is that of the one who eats
        return None, dict(reports)
    held = {
        name: report
        for name, report in reports.items()
        if report.refusal is not None
        and WISH in _wishes(report.refusal)
        and _is_share(report, name, common)
    }
    if not held:
        return None, dict(reports)
    needed = {name: _needed_usd(report) for name, report in held.items()}
    whole_usd = common.preferences.budget_per_week
    assert whole_usd is not None
    own = [_share(name, report, needed[name]) for name, report in held.items()]
    sentence = "the budget of the table, {price} a week shared by need of energy: {shares}".format(
        price=price_as(whole_usd), shares="; ".join(own)
    )
    refusal = Refusal(
        (Collision(WISH, AT_MOST.format(price=price_as(whole_usd)), sentence),),
        _offer(needed, energy_shares(common), alone=len(held) == len(reports)),
    )
    return refusal, {**reports, **{name: _without(report) for name, report in held.items()}}


def _wishes(refusal: Refusal) -> set[str]:
    return {wish for wish, _, _ in refusal.conflict}


def _is_share(report: Report, name: str, common: PlanRequest) -> bool:
    """Whether an eater is held to a share of the table's budget, and not to a stricter one."""
    own = {one.name: one.preferences.budget_per_week for one in common.eaters}[name]
    return bool(common.preferences.budget_per_week) and _budget_usd(report) != own


def _budget_usd(report: Report) -> float:
    return report.request.preferences.budget_per_week or 0.0


def _needed_usd(report: Report) -> float | None:
    """Return the least budget with which an eater's average week has a way [USD a week]."""
    assert report.refusal is not None
    known = [one.budget_usd for one in report.refusal.relaxations]
    return next((usd for usd in known if usd is not None), None)


def _share(name: str, report: Report, needed_usd: float | None) -> str:
    has = price_as(_budget_usd(report))
    if needed_usd is None:
        return f"{name} has {has}, and more money alone would not be enough"
    return f"{name} has {has} and needs at least {price_as(needed_usd)}"


def _offer(
    needed: Mapping[str, float | None], shares: Mapping[str, float], *, alone: bool
) -> tuple[Concession, ...]:
    """Offer the least budget with which the share of every eater opens a way."""
    by_eater = {
        name: math.ceil(as_told(usd) / shares[name])
        for name, usd in needed.items()
        if usd is not None
    }
    if not by_eater:
        return ()
    whole = max(by_eater.values())
    is_enough = alone and len(by_eater) == len(needed)
    offer = (
        "a budget of {sign}{money:,.0f} a week for the table"
        if is_enough
        else "a budget of {sign}{money:,.0f} a week for the table, enough for {names}"
    )
    sign = money_of(shops())["sign"]
    text = offer.format(sign=sign, money=float(whole), names=", ".join(by_eater))
    return (Concession(text, f"{BUDGET_FLAG} {whole}", budget_usd=in_usd(whole)),)


def _without(report: Report) -> Report:
    """Name the budget an eater's share of the table's, and leave the offers to the table."""
    assert report.refusal is not None
    share = price_as(_budget_usd(report))
    text = f"the share of the table's budget: {share} a week"
    conflict = tuple(
        one._replace(text=text) if one.what == WISH else one for one in report.refusal.conflict
    )
    offers = tuple(one for one in report.refusal.relaxations if one.budget_usd is None)
    return replace(report, refusal=replace(report.refusal, conflict=conflict, relaxations=offers))
