"""What stands below a week: what may be absorbed, where it comes from, what is short, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from foods.embedded import data_settings
from foods.table import FoodTable
from planner.check.amounts import MAGNESIUM
from planner.document.blocks import (
    Block,
    Bullets,
    Paragraph,
    Table,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.explain.absorption import (
    AbsorbedShare,
    AbsorptionView,
    absorption_method,
    absorption_text,
    cautious_text,
)  # fmt: skip
from planner.explain.own_bounds import asked_by_day
from planner.explain.report import Report, Source
from planner.explain.small_guests import small_guests_told
from planner.explain.table_report import TableReport
from planner.explain.trace_food import release_words
from planner.export.bands import Citations, kinds_of_targets
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import amount_text
from planner.export.people import reading_texts
from planner.export.who import day_label
from planner.meals.patterns import pattern_at_hand
from planner.plan.plan import Plan
from planner.request.request import PlanRequest
from planner.safety.limits import safety_sentence
from planner.shops import named
from planner.targets.clinical import clinical_notes, notes_on_plan
from planner.targets.derive import TargetSet
from planner.targets.steady import steady_notes

_ABSORBED_HEAD = (
    "", "Mg from food, mg", "may be absorbed", "Ca from food, mg",
    "free of oxalate", "Phytate, mg", "Oxalate, mg",
)  # fmt: skip


def absorbed(own: WeekDocument, *, with_tips: bool = True) -> Iterator[Block]:
    """Say in few lines what oxalate and phytate leave of magnesium and calcium."""
    view = own.absorption
    texts = absorption_text(view) if with_tips else absorption_text(view, tips=0)
    is_held = with_tips and own.request.preferences.conservative
    yield from paragraphs([*texts, *([_cautious(own)] if is_held else [])])


def absorbed_by_day(own: WeekDocument) -> Iterator[Block]:
    """Say what may be absorbed day by day."""
    view = own.absorption
    yield from absorbed(own, with_tips=False)
    yield Table("What may be absorbed", [*_ABSORBED_HEAD], _absorbed_rows(own, view))
    share = f"{100 * view.largest_meal_share:.0f}"
    yield Paragraph(f"Largest meal: {share} % of a day's magnesium.")
    for pattern, ids in (
        ("Rich in oxalate: {names}.", view.oxalate_rich),
        ("Rich in phytate: {names}.", view.phytate_rich),
    ):
        if ids:
            yield Paragraph(pattern.format(names=_names(own.foods, ids)))


def tip_texts(own: WeekDocument) -> list[str]:
    """Return what helps with what is eaten, each with its source."""
    return [f"{text} {cite}" for _id, text, cite in own.absorption.tips]


def method_texts(own: WeekDocument) -> list[str]:
    """Return the parts of the method behind the absorbable amounts, each with its source."""
    parts = (f"{text}. {cite}" for text, cite in absorption_method())
    return [*parts, _cautious(own)]


def _cautious(own: WeekDocument) -> str:
    is_held = own.request.preferences.conservative
    planned = f" {'The plan is held to it.'}" if is_held else ""
    return f"{cautious_text(own.absorption)}.{planned}"


def report_notes(report: Report) -> list[str]:
    """Return what is left out as it was understood, and the notes on targets and plan."""
    readings = reading_texts(report.request, report.foods, report.dishes)
    return list(dict.fromkeys((*readings, *report.targets.notes, *report.notes)))


def notes_of(report: TableReport) -> list[str]:
    """Return the notes on the table, and those on eaters: once where they hold for all."""
    own = {name: report_notes(one) for name, one in report.reports.items()}
    return [*report.notes, *once_each(own)]


def parted_notes(report: TableReport, are_clinical: bool) -> tuple[list[str], list[str]]:
    """Return the notes that stand with the week, and the others, as ``notes_of`` has them.

    ``are_clinical``: whether those that hang on a body do, beside the days of what was asked for.
    """
    of_eater = body_notes if are_clinical else _asked_notes
    own = {
        name: of_eater(one.request, one.targets, one.plan) for name, one in report.reports.items()
    }
    first = once_each(own)
    return first, [text for text in notes_of(report) if text not in first]


def _asked_notes(request: PlanRequest, targets: TargetSet, plan: Plan | None) -> tuple[str, ...]:
    return asked_by_day(request, targets, plan.days if plan else ())


def body_notes(request: PlanRequest, targets: TargetSet, plan: Plan | None) -> tuple[str, ...]:
    """Return the notes on conditions, medicines and what is special about who eats."""
    patient = request.patient
    days = [day.totals for day in plan.days] if plan is not None else []
    return (
        *([note] if (note := pattern_at_hand(request.week.pattern).note) else []),
        *([targets.stop] if targets.stop else []),
        *clinical_notes(patient),
        *steady_notes(patient, targets.targets),
        *(text for _, text in (notes_on_plan(plan.means, days, patient) if plan else ())),
        *_asked_notes(request, targets, plan),
    )


def once_each(texts: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the texts of all eaters once each; what is not everybody's has the names before it."""
    own = {name: dict.fromkeys(said) for name, said in texts.items()}
    found = []
    for text in dict.fromkeys(text for every in own.values() for text in every):
        names = [name for name, every in own.items() if text in every]
        shown = text
        found.append(shown if len(names) == len(own) else f"{', '.join(names)}: {shown}")
    return found


def warnings_of(report: TableReport) -> Iterator[Block]:
    """Return the sentences that are said once with every plan, of its food where there is one."""
    has_plan = report.plan is not None or report.best_effort is not None
    told = dict.fromkeys(
        text
        for own in report.reports.values()
        for code, text, _source in own.warnings
        if has_plan or code != "kidney"
    )
    yield from paragraphs([*small_guests_told(report.request).values(), *told])


def please_read(week: TableDocument) -> Iterator[Block]:
    """Return what a reader must know."""
    if week.report is not None:
        yield from warnings_of(week.report)
        return
    told = "{foods} foods in {days} days."
    yield Paragraph(told.format(foods=week.plan.distinct_foods, days=len(week.plan.days)))
    yield from paragraphs(map(safety_sentence, ("kidney", "not_medical_advice")))


def sources_of(week: TableDocument, citations: Citations) -> Iterator[Block]:
    """Return the works behind the targets, numbered, and where figures of foods come from."""
    for own in week.eaters.values():
        citations.of(own.targets.targets)
    yield Bullets(tuple(citations.texts()), is_numbered=True)
    releases = data_settings("SOURCES.toml")["releases"].values()
    cited = (f"{one['title']}, {one['publisher']}" for one in releases if "publisher" in one)
    told = "Figures of foods: catalogue of magplan, version {version}, from: {sources}."
    yield Paragraph(told.format(version=week.foods.version, sources="; ".join(cited)))
    eaten = {food_id for day in week.plan.days for food_id, _ in day.ingredients()}
    used = sorted({week.foods[food].release for food in eaten})
    yield from section("Figures of foods", bullets(map(release_words, used)))


def kinds_explained(week: TableDocument) -> Iterator[Block]:
    """Explain each kind of reference value that is used."""
    every = (kinds_of_targets(own.targets.targets) for own in week.eaters.values())
    yield from bullets(dict.fromkeys(kind for kinds in every for kind in kinds))


def _absorbed_rows(own: WeekDocument, view: AbsorptionView) -> list[tuple[str, ...]]:
    days = zip(own.plan.days, view.days, strict=True)
    rows = [(day_label(day), *_cells(share)) for day, share in days]
    return [*rows, ("Mean", *_cells(view.mean))]


def _cells(share: AbsorbedShare) -> tuple[str, ...]:
    return (
        _whole(share.magnesium_mg),
        _ranged(share.magnesium_absorbed_mg),
        _whole(share.calcium_mg),
        _ranged(share.calcium_free_mg),
        f"{_whole(share.phytate_mg[1])} ({_ranged(share.phytate_mg)})",
        f"{_whole(share.oxalate_mg[1])} ({_ranged(share.oxalate_mg)})",
    )


def _ranged(amounts: Sequence[float]) -> str:
    return f"{_whole(amounts[0])}-{_whole(amounts[-1])}"


def _whole(amount_mg: float) -> str:
    return f"{amount_mg:,.0f}"


def _names(foods: FoodTable, food_ids: Iterable[str]) -> str:
    return ", ".join(named(foods[food_id].name) for food_id in food_ids)


def sources_table(sources: Sequence[Source], name: str) -> Iterator[Block]:
    """Return a row per source of magnesium: name, amount a day, share."""
    rows = [
        (
            named(one.name),
            f"{amount_text(MAGNESIUM, one.amount)} mg a day",
            f"{100 * one.share:.0f} %",
        )
        for one in sources
    ]
    if rows:
        yield Table(name, ("", "", ""), rows)
