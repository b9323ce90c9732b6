"""The sections below the days of a printed week, listed once for one eater and for several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.explain.report import Report, Source, Why
from planner.explain.table_report import TableReport
from planner.export.batch import TITLE, batch_lines
from planner.export.figures import amount_text
from planner.export.page import Line, Section, as_columns, bullets, section, wrapped
from planner.export.schedule import SCHEDULE_TITLE
from planner.export.week_text import (
    absorption_lines,
    bounds_lines,
    by_meal_sections,
    hours_lines,
    method_texts,
    realism_lines,
    report_notes,
    warning_texts,
    week_sections,
)
from planner.language.figures import number_text
from planner.language.names import lowered, named
from planner.language.spoken import _, mark, spoken

_NOTHING_SHORT = mark("Nothing: every target is met.")


@dataclass(frozen=True, slots=True)
class OfEach:
    """Sections that each eater has alone; several eaters stand in their titles."""

    parts: tuple[Callable[[Report], list[Section]], ...]

    def lines(self, eaters: Mapping[str, Report]) -> list[Line]:
        """Give all sections of the first eater, then those of the next."""
        return [
            line
            for name, own in eaters.items()
            for part in self.parts
            for title, body in part(own)
            for line in section(_whose(_(title), name), body)
        ]


@dataclass(frozen=True, slots=True)
class OfAll:
    """A section that is told once, of everybody together."""

    title: str
    give: Callable[[TableReport], list[Line]]
    is_sum: bool = False

    def lines(self, week: TableReport) -> list[Line]:
        """Give the section; a title over sums says that they are of all eaters."""
        more = _(", all eaters") if self.is_sum and len(week.reports) > 1 else ""
        return section(f"{_(self.title)}{more}", self.give(week))


def week_lines(week: TableReport) -> list[Line]:
    """Give everything that stands below the days of a plan."""
    return [
        line
        for part in WEEK
        for line in (part.lines(week.reports) if isinstance(part, OfEach) else part.lines(week))
    ]


def short_lines(week: TableReport, *, with_notes: bool) -> list[Line]:
    """Give of what stands below the days what nobody may miss; notes where a body hangs on them."""
    parts = [HOURS, *((NOTES,) if with_notes else ()), PLEASE_READ]
    short = bullets(map(spoken, _why(week).short))
    return [
        *section(_(SHORT_TITLE), short),
        *(
            line
            for part in parts
            for line in (part.lines(week.reports) if isinstance(part, OfEach) else part.lines(week))
        ),
    ]


def notes_of(report: TableReport) -> list[str]:
    """Give the notes on the table, and those on eaters: once where they hold for all."""
    own = {name: report_notes(one) for name, one in report.reports.items()}
    return [*map(spoken, report.notes), *once_each(own)]


def once_each(texts: Mapping[str, Iterable[str]]) -> list[str]:
    """Give the texts of all eaters once each; what is not everybody's has the names before it."""
    own = {name: dict.fromkeys(said) for name, said in texts.items()}
    found = []
    for text in dict.fromkeys(text for said in own.values() for text in said):
        names = [name for name, said in own.items() if text in said]
        shown = spoken(text)
        found.append(shown if len(names) == len(own) else f"{', '.join(names)}: {shown}")
    return found


def warning_lines(eaters: Mapping[str, Report]) -> list[Line]:
    """Give the sentences that are said once with every plan."""
    texts = dict.fromkeys(text for own in eaters.values() for text in warning_texts(own))
    return [line for text in texts for line in wrapped(spoken(text))]


def _whose(title: str, name: str) -> str:
    return f"{name}: {lowered(title)}" if name else title


def _own(title: str, give: Callable[[Report], list[Line]]) -> Callable[[Report], list[Section]]:
    return lambda report: [(title, give(report))]


def _why(week: TableReport) -> Why:
    assert week.why is not None
    return week.why


def _method(week: TableReport) -> list[Line]:
    return bullets(once_each({name: method_texts(own) for name, own in week.reports.items()}))


def terms_text(why: Why) -> str:
    """Say the points of the objective by term, largest first; those without points are left out."""
    ranked = sorted(why.terms.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = [
        f"{_(name.replace('_', ' '))} {number_text(f'{points:.2f}')}"
        for name, points in ranked
        if points
    ]
    told = _("{points}; a lower sum is better.")
    return told.format(points=", ".join(parts)) if parts else ""


def source_lines(sources: Sequence[Source]) -> list[Line]:
    """Give a row per source: name, amount a day, share."""
    rows = [(named(source.name), _a_day(source), _share(source)) for source in sources]
    return [Line(text) for text in as_columns(rows, right=(1, 2))] if rows else []


def _a_day(source: Source) -> str:
    return _("{amount} mg a day").format(amount=amount_text("magnesium_mg", source.amount))


def _share(source: Source) -> str:
    return f"{100 * source.share:.0f} %"


SHORT_TITLE = mark("What stays short, and why")
HOURS = OfEach((_own(SCHEDULE_TITLE, hours_lines),))
NOTES = OfAll(mark("Notes"), lambda week: bullets(notes_of(week)))
PLEASE_READ = OfAll(mark("Please read"), lambda week: warning_lines(week.reports))
WEEK: tuple[OfEach | OfAll, ...] = (
    HOURS,
    OfAll(TITLE, lambda week: batch_lines(week.batch)),
    OfEach(
        (week_sections, _own(mark("Each day against its bounds"), bounds_lines), by_meal_sections)
    ),
    OfAll(
        mark("Main sources of magnesium"),
        lambda week: source_lines(_why(week).magnesium_sources),
        True,
    ),
    OfEach((_own(mark("What of it may be absorbed"), absorption_lines),)),
    OfAll(mark("How that is estimated"), _method),
    OfAll(
        mark("Main sources of calcium"), lambda week: source_lines(_why(week).calcium_sources), True
    ),
    OfAll(SHORT_TITLE, lambda week: bullets(map(spoken, _why(week).short or (_NOTHING_SHORT,)))),
    OfAll(mark("What the week is close to"), lambda week: bullets(map(spoken, _why(week).binding))),
    OfAll(mark("What the plan gives up, in points"), lambda week: wrapped(terms_text(_why(week)))),
    NOTES,
    OfEach((_own(mark("How real the week is"), realism_lines),)),
    PLEASE_READ,
)
