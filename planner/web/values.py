"""What the pages of a week show: its days in a grid, its figures and its versions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foods.errors import UserFacingError
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.called import wider_names
from planner.check.judge import Finding
from planner.document.blocks import Block, Bullets, Paragraph, Section
from planner.explain.table_report import TableReport
from planner.export.diff import change_texts, difference_blocks
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import amount_text, band_text, finding_texts
from planner.export.meals import FIGURES, figure_cells, item_amount, missed_text, plan_title
from planner.export.people import reading_texts
from planner.export.printed import (
    closest_plan,
    conflict_blocks,
    refusal_notes,
    report_blocks,
    ways_title,
    ways_told,
)
from planner.export.week import week_blocks
from planner.export.who import assumed_text, day_and_weekday
from planner.plan.locks import LockWish
from planner.plan.plan import Day, Item, Meal
from planner.request.override import RATIO
from planner.request.request import PlanRequest
from planner.shops import cost_as, currency, in_its_shops, named, shopping_in
from planner.table.prepare import dishes_at_hand
from planner.targets.eaters import eater_requests
from planner.targets.target import name_of, unit_word
from planner.web.bench import BROKEN
from planner.web.fields import in_labels, web_settings
from planner.web.weeks import FAILED, Job, OpenWeek, WeekStep

Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class GridItem:
    """A thing of a meal.

    Parameters
    ----------
    item_id, name, amount, who
        What it is, how much of it and how long it takes, and who has it where not all do.
    eater
        One of those who have it, where it is not everybody's.
    is_kept, is_beside
        Whether it is to stay, and whether it stands beside the meals and cannot be changed.
    wider
        (name, what is said for it) of what it is among others: salmon, fish.
    """

    item_id: str
    name: str
    amount: str
    who: str
    eater: str
    is_kept: bool
    is_beside: bool
    wider: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GridMeal:
    """A meal of a day: its things, or what is said where there are none.

    Parameters
    ----------
    slot, label
        Id and name of the meal.
    items, missed
        Its things; what is said where it has none.
    is_kept, is_changed
        Whether it stays as a whole, and whether the last change moved something in it.
    """

    slot: str
    label: str
    items: tuple[GridItem, ...]
    missed: str
    is_kept: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class RatioGauge:
    """Where calcium to magnesium lies: places from the left of the drawing.

    Parameters
    ----------
    at, low, width
        Of the day, of the lower end of the band, and of the right end.
    band
        How wide the band is.
    is_inside
        Whether it lies within the band.
    text
        The same in words.
    """

    at: float
    low: float
    band: float
    width: float
    is_inside: bool
    text: str


@dataclass(frozen=True, slots=True)
class DayStrip:
    """What a day brings one eater: name, (figure in print, whether it holds), and a gauge."""

    name: str
    figures: tuple[tuple[str, str, bool], ...]
    gauge: RatioGauge | None


@dataclass(frozen=True, slots=True)
class GridDay:
    """A day: its number, name, meals, and what it brings each eater."""

    number: int
    label: str
    meals: tuple[GridMeal, ...]
    strips: tuple[DayStrip, ...]


def week_grid(
    report: TableReport, locks: Sequence[LockWish], changed: Collection[Place]
) -> tuple[GridDay, ...]:
    """Return the days of a week that passes its check.

    Parameters
    ----------
    report
        The week.
    locks
        What is to stay of it.
    changed
        (day, meal) that the last change moved.
    """
    week = TableDocument.of(report)
    days = week.plan.days
    slots = week.plan.slots
    kept = {(lock.day, lock.slot, lock.item) for lock in locks}
    own = tuple(week.named())
    return tuple(
        GridDay(
            day.day,
            day_and_weekday(day),
            tuple(_meals(week.table, day, slots, kept, changed)),
            tuple(_strip(name, document, number) for name, document in own),
        )
        for number, day in enumerate(days)
    )


def mean_strips(report: TableReport) -> tuple[DayStrip, ...]:
    """Return what the mean day brings each eater; figures say what is wanted."""
    week = TableDocument.of(report)
    return tuple(_mean_strip(name, own) for name, own in week.named())


def _mean_strip(name: str, own: WeekDocument) -> DayStrip:
    held = _held(own, "week")
    figures = []
    for key in _shown_of(own):
        if key in held:
            value, lower, upper = finding_texts(held[key])
            told = f"{name_of(key)}: {value} {unit_word(key)}".strip()
            wanted = f"wanted {band_text(lower, upper)}"
            figures.append((wanted, told, held[key].holds))
    return DayStrip(name, tuple(figures), _gauge(held.get(RATIO)))


def _held(own: WeekDocument, period: str, day: int | None = None) -> Mapping[str, Finding]:
    """Return nutrient → what a day, or the mean of the days, holds of it."""
    place = (period, day, "total")
    found = (one for one in own.check.findings if (one.period, one.day, one.basis) == place)
    return {finding.nutrient: finding for finding in found}


def _shown_of(own: WeekDocument) -> Iterator[str]:
    """Yield what is shown of a day: the ratio where it is planned for."""
    return (key for key in FIGURES if key != RATIO or own.shows_ratio)


def _meals(
    week: WeekDocument,
    day: Day,
    slots: Sequence[str],
    kept: Collection[tuple[int, str | None, str | None]],
    changed: Collection[Place],
) -> Iterator[GridMeal]:
    meals: Mapping[str, Meal] = {meal.slot: meal for meal in day.meals}
    for slot in slots:
        items = meals[slot].items if slot in meals else ()
        people = {share.eater for item in items for share in item.shares}
        yield GridMeal(
            slot,
            slot.capitalize(),
            tuple(
                _item(week, item, people, (day.day, slot, item.item_id) in kept) for item in items
            ),
            missed_text(day, slot),
            (day.day, slot, None) in kept,
            (day.day, slot) in changed,
        )


def _item(week: WeekDocument, item: Item, people: Collection[str], is_kept: bool) -> GridItem:
    names = [share.eater for share in item.shares]
    is_everybodys = len(names) == len(people)
    words = item_amount(item, week.foods, week.request.units)
    if item.leftover_of is not None:
        words = f"{words}, leftover"
    is_made = bool(item.minutes) and item.leftover_of is None
    clock = f"{item.minutes} min" if is_made else ""
    return GridItem(
        item.item_id,
        named(item.name),
        ", ".join(filter(None, (words, clock))),
        "" if is_everybodys else ", ".join(names),
        "" if is_everybodys or not names else names[0],
        is_kept,
        item.is_beside,
        tuple((name, named(name)) for name in wider_names(item.item_id)),
    )


def _strip(name: str, own: WeekDocument, number: int) -> DayStrip:
    day = own.plan.days[number]
    held = _held(own, "day", day.day)
    figures = []
    for key in _shown_of(own):
        value = day.ca_mg_ratio if key == RATIO else day.totals.get(key)
        holds = key not in held or held[key].holds
        figures.append((FIGURES[key], amount_text(key, value), holds))
    return DayStrip(name, tuple(figures), _gauge(held.get(RATIO)))


def _gauge(finding: Finding | None) -> RatioGauge | None:
    if finding is None or finding.value is None or not (finding.lower or finding.upper):
        return None
    look: Mapping[str, float] = web_settings()["gauge"]

    def place(value: float) -> float:
        share = (value - look["low"]) / (look["high"] - look["low"])
        return round(min(1.0, max(0.0, share)) * look["width"], 1)

    value, lower, upper = finding_texts(finding)
    told = "Calcium to magnesium {value}, wanted {band}"
    low = place(finding.lower if finding.lower is not None else look["low"])
    return RatioGauge(
        place(finding.value),
        low,
        round(place(finding.upper if finding.upper is not None else look["high"]) - low, 1),
        look["width"],
        finding.holds,
        told.format(value=value, band=band_text(lower, upper)),
    )


def week_values(week: OpenWeek) -> Mapping[str, Any]:
    """Return what the template of a week is filled with."""
    no = {"refusal": ()} if week.refused is None else _refusal(week.refused)
    if week.step is None:
        return {**no, "first": ()}
    with shopping_in(week.step.report.request.shops):
        return {**no, **_shown(week, week.step)}


def outcome_values(job: Job | None) -> Mapping[str, Any]:
    """Return what is being worked on, and what came in its way."""
    failed = ""
    if job is not None and job.state == FAILED and job.error is not None:
        is_known = isinstance(job.error, UserFacingError)
        failed = in_labels(str(job.error)) if is_known else BROKEN
    return {"job": job if job is not None and job.is_open else None, "failed": failed}


def _shown(week: OpenWeek, step: WeekStep) -> Mapping[str, Any]:
    told = TableDocument.of(step.report)
    moved: tuple[Block, ...] = ()
    if step.difference is not None:
        moved = difference_blocks(step.difference, {}, {})
    return {
        "title": plan_title(told.table),
        "first": in_words(week_blocks(told, "web_first")),
        "assumed": assumed_of(step.report.request),
        "days": week_grid(step.report, week.locks_there, week.changed),
        "moved": moved,
        "told": _told(week, step),
        "checked": in_words(week_blocks(told, "web_checked")),
        "figures": in_words(week_blocks(told, "web_figures")),
        "notes_below": in_words(week_blocks(told, "web_notes")),
    }


def _told(week: OpenWeek, step: WeekStep) -> tuple[str, ...]:
    """Describe what the last change did that stands in no figure of a day."""
    before = week.before
    if before is None or step.difference is None:
        return ()
    return tuple(change_texts(before.report, step.report))


def in_words(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks that name fields of the page where they name flags."""
    return tuple(map(_in_words, blocks))


def _in_words(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=in_labels(block.text))
    if isinstance(block, Bullets):
        return replace(block, texts=tuple(map(in_labels, block.texts)))
    if isinstance(block, Section):
        return replace(block, blocks=in_words(block.blocks))
    return block


@in_its_shops
def _refusal(report: TableReport) -> Mapping[str, Any]:
    """Return why there is no week: what collides, ways out, the closest plan, and notes."""
    if report.plan is not None:  # it fails its check
        return {"refusal": report_blocks(report), "ways": (), "closest": (), "notes": ()}
    ways = ways_told(report)
    return {
        "refusal": in_words(tuple(conflict_blocks(report, with_ways=False))),
        "ways": ways,
        "ways_title": ways_title(report) if ways else "",
        "closest": tuple(closest_plan(report)),
        "notes": in_words(tuple(refusal_notes(report))),
    }


def version_rows(week: OpenWeek) -> tuple[tuple[str, ...], Sequence[Sequence[str]]]:
    """Return the head of a table of named versions, and a row of figures for each."""
    rows = []
    for name, step in week.versions.items():
        plan, request = step.report.plan, step.report.request
        assert plan is not None
        with shopping_in(request.shops):
            people = max(1, len(request.eaters))
            means = {
                key: None if amount is None else amount / people
                for key, amount in plan.means.items()
            }
            cells = figure_cells(tuple(FIGURES), means, plan.ca_mg_ratio)
            rows.append((name, *cells, f"{cost_as(plan.cost)} {currency()}"))
    head = ("Version", *FIGURES.values(), "usual price")
    return head, rows


def version_meals(week: OpenWeek) -> Sequence[tuple[str, bool, Sequence[str]]]:
    """Return each meal of named versions: its day and name, whether they differ, and its things."""
    told = list[dict[str, str]]()
    for step in week.versions.values():
        with shopping_in(step.report.request.shops):
            told.append(
                {
                    f"{day.label}, {meal.label}": ", ".join(item.name for item in meal.items)
                    for day in week_grid(step.report, (), ())
                    for meal in day.meals
                }
            )
    meals = dict.fromkeys(meal for version in told for meal in version)
    rows = [(meal, [version.get(meal, "") for version in told]) for meal in meals]
    return [(meal, len(set(things)) > 1, things) for meal, things in rows]


def assumed_of(request: PlanRequest) -> str:
    """Describe what nobody gave, of each eater."""
    told = {name: assumed_text(own) for name, own in eater_requests(request).items()}
    return "; ".join(f"{name}: {text}" if name else text for name, text in told.items() if text)


@in_its_shops
def understood(request: PlanRequest) -> tuple[str, ...]:
    """List how words on the body and on what is left out were read, before anything is planned."""
    foods = foods_at_hand(request)
    dishes = dishes_at_hand(request, foods)
    texts = [
        f"{name}: {text}" if name else text
        for name, own in eater_requests(request).items()
        for text in reading_texts(own, foods, dishes)
    ]
    return tuple(dict.fromkeys(map(in_labels, texts)))
