"""The verdict of the judge as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planner.check.judge import CheckResult, Finding
from planner.check.table import TableCheck
from planner.document.blocks import STRONG, Block, Paragraph, Table, bullets, paragraphs, section
from planner.export.figures import amount_text, by_band, finding_texts, signed_band
from planner.plan.rounding import percent_above
from planner.request.request import NAMELESS
from planner.settings import read_settings
from planner.shops import NEUTRAL, shopping_in
from planner.targets.target import ADDED_LEGEND, heading_of, name_of
from planner.wire.days import CheckAnswer, EaterCheck
from planner.wording import plural

MISSES, SOFT_MISS = "!", "~"
LEGEND = "{misses} does not hold   {soft} soft target missed   ? unknown"


def check_answer(result: TableCheck, notes: Sequence[str] = ()) -> CheckAnswer:
    """Return the verdict on a table as it is written; ``notes`` say what to know beside it."""
    eaters = {} if NAMELESS in result.eaters else result.eaters
    own = [EaterCheck.of(eater, name=name) for name, eater in eaters.items()]
    return CheckAnswer.of(result.as_one(), notes=notes, eaters=own)


def check_told(result: TableCheck, notes: Sequence[str] = ()) -> Iterator[Block]:
    """Return each eater's targets per day and week in tables, then faults, notes, verdict."""
    if NAMELESS in result.eaters:
        yield from _own_told(result.eaters[NAMELESS], notes)
        return
    for name, eater in result.eaters.items():
        yield from section(name, _own_told(eater))
    yield from section("Faults of the table", bullets(result.faults))
    yield from section("Notes", bullets(notes))
    held = sum(eater.passed for eater in result.eaters.values())
    told = (
        "The household's plan holds: {held} of {count} eaters."
        if result.passed
        else "The household's plan does not hold: {held} of {count} eaters."
    )
    yield Paragraph(told.format(held=held, count=len(result.eaters)), STRONG)


def _own_told(result: CheckResult, notes: Sequence[str] = ()) -> Iterator[Block]:
    daily = by_band(finding for finding in result.findings if finding.period == "day")
    weekly = by_band(finding for finding in result.findings if finding.period == "week")
    weeks = max((len(group) for group in weekly), default=0)
    many = [f"week {number}" for number in range(1, weeks + 1)]
    means = ["mean"] if weeks <= 1 else many
    yield from _day_tables(daily)
    title = "Mean of the week"
    yield Table(title, [title, "band", *means], [*map(_row, weekly)], (1,))
    yield from paragraphs([ADDED_LEGEND, LEGEND.format(misses=MISSES, soft=SOFT_MISS)])
    unknown = dict.fromkeys(_unknown(result.findings))
    yield from section("Unknown", bullets(unknown))
    yield from section("Faults", bullets(result.faults))
    yield from section("Notes", bullets(notes))
    yield Paragraph(verdict(result), STRONG)


def _day_tables(daily: Sequence[Sequence[Finding]]) -> Iterator[Table]:
    """Return a table of the days of each week, so that a month stays within a screen's width."""
    title = "Each day"
    for week in sorted({finding.week for group in daily for finding in group}):
        own = [[finding for finding in group if finding.week == week] for group in daily]
        days = sorted({finding.day for group in own for finding in group if finding.day})
        yield Table(title, [title, "band", *map(str, days)], [*map(_row, filter(None, own))], (1,))


def verdict(result: CheckResult) -> str:
    """Describe in one line whether the plan holds."""
    hard = [finding for finding in result.findings if finding.hard]
    missed = sum(not finding.holds for finding in hard)
    if result.passed:
        soft = sum(not finding.holds for finding in result.findings if not finding.hard)
        told = "The plan holds: all {count} checks of hard targets."
        if soft:
            told = (
                "The plan holds: all {count} checks of hard targets; soft targets missed: {soft}."
            )
        return told.format(count=len(hard), soft=soft)
    told, counts = "{missed} of {count} checks of hard targets fail", []
    if missed:
        counts.append(told.format(missed=missed, count=len(hard)))
    if faults := len(result.faults):
        counts.append(plural(faults, "{count} fault", "{count} faults").format(count=faults))
    return "The plan does not hold: {counts}.".format(counts=" and ".join(counts))


def _row(findings: Sequence[Finding]) -> list[str]:
    first = findings[0]
    return [
        heading_of(first.nutrient, first.basis),
        _band(first),
        *(_cell(finding) for finding in findings),
    ]


def _band(finding: Finding) -> str:
    lower, upper = (
        "" if bound is None else _figure(finding.nutrient, bound)
        for bound in (finding.lower, finding.upper)
    )
    return signed_band(lower, upper) or "shown"


def _cell(finding: Finding) -> str:
    if finding.holds:
        return f"{_figure(finding.nutrient, finding.value)} "
    with shopping_in(NEUTRAL):
        value, _lower, _upper = finding_texts(finding)  # never looks like the bound that it misses
    return f"{_ungrouped(value)}{MISSES if finding.hard else SOFT_MISS}"


def _figure(key: str, value: float | None) -> str:
    with shopping_in(NEUTRAL):
        english = amount_text(key, value)
    return _ungrouped(english)


def _ungrouped(english: str) -> str:
    """Return an English figure without marks between its thousands, as the language has it."""
    return english.replace(",", "")


def _unknown(findings: Iterable[Finding]) -> Iterator[str]:
    least = read_settings("check.toml")["coverage"]["least"]
    for finding in findings:
        if finding.coverage < least:
            told = (
                "{name}: unknown for {share} of the food of the week, so it cannot be judged."
                if finding.day is None
                else (
                    "{name}: unknown for {share} of the food of day {number}, so it cannot be "
                    "judged."
                )
            )
            share = percent_above(1 - finding.coverage)
            yield told.format(name=name_of(finding.nutrient), share=share, number=finding.day)
