"""Why there is no plan: the rules that collide, in the reader's words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from planner.bound.conflict import Breach, Conflict
from planner.candidates.candidate import CandidateSet
from planner.explain.report import Collision, Concession, Refusal
from planner.explain.words import row_in_words
from planner.model.input import ModelInput
from planner.model.keys import MANY, OFFERED, RULES
from planner.model.variety import DAYS_PER_WEEK
from planner.request.override import TargetOverride
from planner.solve.outcome import Outcome
from planner.targets.words import unit_word

LEFT_OUT_WORDS = {
    "diet": "by the diet",
    "allergen": "for an allergy",
    "wish": "as asked",
    "safety": "for safety",
    "child": "as too hot for a child",
    "minutes": "for the time they take",
    "unknown": "for unknown figures",
}
CENTS = 100
EDGE = 1e-6  # of a whole number: solver tolerance, not a serving
MANY_ROWS = 3  # rows of one such rule that are named before "and others"


def explain_refusal(
    outcome: Outcome, conflict: Conflict, candidates: CandidateSet, source: ModelInput
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
    """
    if outcome.status == "infeasible" and any(one.startswith("place.") for one in outcome.broken):
        return _nothing_left(outcome, candidates)
    if not conflict.rules and conflict.is_smallest:
        return _not_found(outcome)
    return explain_breaches(conflict.rules, source, is_smallest=conflict.is_smallest)


def explain_breaches(
    conflict: Sequence[Breach], source: ModelInput, *, is_smallest: bool = True
) -> Refusal:
    """Say which rules cannot hold together, and which single change would open a way.

    Where the time was over before it was certain that no fewer rules do, that is said.
    """
    days = len(source.weekend)
    said = (*_say(conflict, days), *_left_out_though_asked(conflict, source))
    changes = [change for one in conflict if (change := _change(one, days)) is not None]
    minutes = source.wishes.max_minutes_weekday
    if minutes is not None and any(one.key.rule == "weekday_minutes" for one in conflict):
        changes.append(Concession(f"more than {minutes} minutes for a dish on weekdays"))
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


def _left_out_though_asked(conflict: Sequence[Breach], source: ModelInput) -> Iterator[Collision]:
    """Say why a dish that was asked for by its name is left out."""
    reasons = {one.candidate_id: one.reason for one in source.candidates.left_out}
    for one in conflict:
        if one.key.rule == "frequency" and one.key.side == "min":
            meaning = source.wishes.frequencies[one.key.number - 1].meaning
            for dish_id in sorted(meaning.dish_ids & set(reasons)):
                text = f"{meaning.name} is left out: {reasons[dish_id]}"
                yield Collision(meaning.name, "left out", text)


def _round_outward(value: float, sign: float) -> float:
    """Round to three figures on the side that asks for less."""
    step = 10.0 ** (math.floor(math.log10(max(abs(value), 1e-9))) - 2)
    rounded = math.ceil(value / step) if sign > 0 else math.floor(value / step)
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
    wider = Concession("allow more foods: fewer --without, another --diet, more minutes")
    return Refusal(tuple(conflict), (wider,))


def _not_found(outcome: Outcome) -> Refusal:
    """No week was found with the work allowed, though none is proven impossible."""
    rules = list(dict.fromkeys(name.split("@")[0].split(".")[0] for name in outcome.broken))
    conflict = tuple(
        Collision(RULES[rule].sentence, "", f"hardest to keep: {RULES[rule].sentence}")
        for rule in rules[:6]
    )
    more = Concession("more work, or another start", "--gap 0.05 --seed 1")
    wider = Concession("wider wishes: fewer exclusions, a wider ratio band, more money or minutes")
    return Refusal(conflict, (more, wider))


def _change(breach: Breach, days: int) -> Concession | None:
    """One change that makes the week possible, with the flag that asks for it."""
    key, rule = breach.key, breach.key.rule
    if breach.change is None or OFFERED not in RULES[rule].marks:
        return None
    if key.basis or key.preferred:  # such as a level on supplements alone
        return None
    sign = -1.0 if key.side == "min" else 1.0
    limit = breach.limit / days if rule == "nutrient_week" else breach.limit
    value = limit + sign * breach.change
    if rule in ("nutrient_day", "nutrient_week"):
        value = _round_outward(value, sign)
    what, _, _ = row_in_words(key, breach.limit, days)
    side = "at least" if key.side == "min" else "at most"
    if rule == "put":
        return Concession(f"{what} not put at {key.place}")
    if rule == "budget":
        week = math.ceil(value * DAYS_PER_WEEK / days * CENTS) / CENTS
        text, flag = f"a budget of ${week:,.2f} a week", f"--budget-per-week {week:.2f}"
        return Concession(text, flag, budget_usd=week)
    if rule == "frequency":
        per_week = value * DAYS_PER_WEEK / days
        whole = math.ceil(per_week - EDGE) if sign > 0 else math.floor(per_week + EDGE)
        operator = "<=" if sign > 0 else ">="
        return Concession(
            f"{what} {side} {whole} times a week", f'--per-week "{what}{operator}{whole}"'
        )
    unit = unit_word(key.subject)
    operator = ">=" if key.side == "min" else "<="
    asked = float(f"{value:.4g}")
    return Concession(
        f"{what} {side} {value:,.4g} {unit}",
        f'--target "{key.subject}{operator}{value:.4g}"',
        TargetOverride(
            key.subject,
            asked if key.side == "min" else None,
            asked if key.side == "max" else None,
        ),
    )
