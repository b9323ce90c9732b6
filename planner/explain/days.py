"""What is said about days that differ: missed meals, holidays, menus that come again, weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.explain.report import Collision, Concession, Refusal
from planner.plan.plan import Day, Plan
from planner.request.days import NOTHING, is_holiday, menu_day, missed_slots
from planner.request.request import WeekOptions
from planner.solve.outcome import Outcome

_PERCENT = 100


def notes_on_days(plan: Plan, week: WeekOptions, outcome: Outcome) -> tuple[str, ...]:
    """Say in notes what sets days apart, and how a plan of several weeks was made.

    Parameters
    ----------
    plan, week
        The plan, and what was asked of its days.
    outcome
        What came of solving it.
    """
    return tuple(_notes(plan, week, outcome))


def _notes(plan: Plan, week: WeekOptions, outcome: Outcome) -> Iterator[str]:
    for day in plan.days:
        text = facts_text(day)
        if text:
            yield f"Day {day.day}: {text}"
    for number in range(1, week.days + 1):
        if is_holiday(week, number) and not plan.days[number - 1].facts.is_holiday:
            yield (
                f"Day {number} is a holiday, but the menu of day {menu_day(week, number)} comes "
                "again on it: it has more time only where each round of the cycle has."
            )
    if any(slot_eaten != NOTHING for day in plan.days for _, slot_eaten in day.facts.missed):
        yield (
            "What is eaten elsewhere is not known: means and totals count what is planned, and "
            "their bands are scaled with it; the calcium-to-magnesium ratio keeps its band."
        )
    if week.cycle is not None and week.cycle < week.days:
        yield f"The menu of days 1 to {week.cycle} comes again from day {week.cycle + 1} on."
    if outcome.weeks:
        yield (
            f"Planned as {len(outcome.weeks)} weeks one after another, each knowing the ones "
            "before: points and bounds are sums over them, and each bound holds given the weeks "
            "before it, so weeks planned all at once might be a little better than the bound says."
        )


def in_week(refusal: Refusal, number: int, count: int) -> Refusal:
    """Say of which week of several a refusal is; ``number`` 0 or 1 is the first."""
    if count <= 1:
        return refusal
    number = max(1, number)
    before = f"; week {number - 1} has a plan" if number > 1 else ""
    text = f"Week {number} of {count} has no plan{before}"
    return replace(refusal, conflict=(Collision("week", str(number), text), *refusal.conflict))


def offers_of_meals(week: WeekOptions) -> list[Concession]:
    """Offer to eat what is not eaten at all, first on the day with the fewest meals."""
    if not week.not_eaten:
        return []
    days = sorted({day for day, _ in week.not_eaten})
    fewest = min(days, key=lambda day: len(week.slots) - len(missed_slots(week, day)))
    each = [Concession(f"no meal left out on day {fewest}", eaten=(fewest,))]
    return each + [Concession("no meal left out", eaten=tuple(days))] * (len(days) > 1)


def facts_sentence(day: Day) -> str:
    """Say what sets a day apart, as a sentence of its own; empty where nothing does."""
    text = facts_text(day)
    return text[:1].upper() + text[1:]


def facts_text(day: Day) -> str:
    """Say in a sentence or two what sets a day apart; empty where nothing does."""
    out = [slot for slot, eaten in day.facts.missed if eaten != NOTHING]
    none = [slot for slot, eaten in day.facts.missed if eaten == NOTHING]
    parts = []
    if out:
        share = round(_PERCENT * day.facts.planned_share)
        parts.append(f"{_listed(out)} eaten out; the rest carries {share} % of the day's targets.")
    if none:
        parts.append(f"no {' and no '.join(none)}; the other meals carry the day.")
    if day.facts.is_holiday:
        parts.append("a holiday, with the time of a weekend.")
    sentences = [
        part[0].upper() + part[1:] if number else part for number, part in enumerate(parts)
    ]
    return " ".join(sentences)


def _listed(slots: list[str]) -> str:
    return f"{' and '.join(slots)} {'is' if len(slots) == 1 else 'are'}"
