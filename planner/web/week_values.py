"""What the page of a week shows: what nobody may miss, then the week, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from foods.errors import UserFacingError
from planner.candidates.at_hand import foods_at_hand
from planner.document.blocks import Block, Bullets, Paragraph, Section
from planner.explain.table_report import TableReport
from planner.export.diff import difference_blocks
from planner.export.documents import TableDocument
from planner.export.menu import FIGURES, figure_cells, plan_title
from planner.export.moved import change_texts
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
from planner.export.who import assumed_text
from planner.request.request import PlanRequest
from planner.shops import cost_as, currency, in_its_shops, shopping_in
from planner.table.prepare import dishes_at_hand
from planner.targets.eaters import eater_requests
from planner.web.changes import WeekStep
from planner.web.desk import FAILED, Job
from planner.web.grid import week_grid
from planner.web.guard import BROKEN
from planner.web.labels import in_labels
from planner.web.shelf import OpenWeek


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
    """Say what the last change did that stands in no figure of a day."""
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
                    f"{day.label}, {meal.label}": ", ".join(one.name for one in meal.items)
                    for day in week_grid(step.report, (), ())
                    for meal in day.meals
                }
            )
    meals = dict.fromkeys(meal for one in told for meal in one)
    rows = [(meal, [one.get(meal, "") for one in told]) for meal in meals]
    return [(meal, len(set(things)) > 1, things) for meal, things in rows]


def assumed_of(request: PlanRequest) -> str:
    """Say what nobody gave, of each eater."""
    told = {name: assumed_text(own) for name, own in eater_requests(request).items()}
    return "; ".join(f"{name}: {text}" if name else text for name, text in told.items() if text)


@in_its_shops
def understood(request: PlanRequest) -> tuple[str, ...]:
    """Say how words on the body and on what is left out were read, before anything is planned."""
    foods = foods_at_hand(request)
    dishes = dishes_at_hand(request, foods)
    texts = [
        f"{name}: {text}" if name else text
        for name, own in eater_requests(request).items()
        for text in reading_texts(own, foods, dishes)
    ]
    return tuple(dict.fromkeys(map(in_labels, texts)))
