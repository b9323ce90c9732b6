"""The formats of documents: each with its files, its writer, and the mark it is known again by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from planner.document.fonts import DOCUMENTS
from planner.document.markdown import MARKDOWN_MARK, as_markdown
from planner.document.page import HTML_MARK, PDF_MARK, as_page, as_paper
from planner.export.as_ics import calendars, check_dates
from planner.export.documents import TableDocument
from planner.export.plan_pictures import png_files, svg_files
from planner.export.shopping import CSV_START
from planner.export.spreadsheets import (
    HEADER,
    MEALS_HEADER,
    TABLE_HEADER,
    as_csv,
    as_xlsx,
    meals_csv,
)
from planner.export.spreadsheets import MARK as WORKBOOK_MARK
from planner.export.week import week_document
from planner.kitchen.pantry import HEADER as PANTRY_HEADER
from planner.kitchen.pantry import NEEDED
from planner.pictures.saved import PNG_MARK, SVG_MARK
from planner.plan.plan import Plan
from planner.settings import read_settings
from planner.shops import in_its_shops

_CSV_HEADS = tuple(
    ",".join(header)
    for header in (
        HEADER, TABLE_HEADER, MEALS_HEADER[:-1], MEALS_HEADER, PANTRY_HEADER, NEEDED,
    )
)  # fmt: skip
_CSV_START = ",".join(CSV_START)  # shopping lists of earlier versions had fewer columns

STEPS_MARK = "magplan/steps/1"
HANDED_MARK = "magplan/handover"  # what the room below hands over has it near its beginning
BATCH_MARK = '"magplan/batch/'
PEOPLE_MARKS = (
    "person,status,why,",
    "nutrient,unit,people,",
    "what,unit,people,",
)  # of the tables of a batch
SWEPT_MARK = ",status,points,"  # of the tables of the room of sweeps, in their first line
HANDED_ENDINGS = (".zip", ".json", ".cook", ".menu", ".shopping-list", ".html", ".txt")


def _first_line(head: str) -> str:
    return head.partition("\n")[0].strip()


@dataclass(frozen=True, slots=True)
class Format:
    """A format that a plan can be written in.

    Parameters
    ----------
    suffix
        Ending of its files, with the dot.
    write
        Checked plan, and its plan.json as it stands → file name → text, or bytes.
    is_own
        Whether a file of this text was written by this program.
    check
        Refuses a plan that it cannot hold, before anything is made: raises ``ExportError``.
    """

    suffix: str
    write: Callable[[TableDocument, str], Mapping[str, str | bytes]]
    is_own: Callable[[str], bool]
    check: Callable[[Plan], None] = lambda _plan: None


@in_its_shops
def week_markdown(week: TableDocument) -> str:
    """Return a plan as Markdown."""
    return as_markdown(week_document(week, "md"))


@in_its_shops
def week_page(week: TableDocument, shown: str = "html") -> str:
    """Return a plan as a page for a browser; ``shown`` is a key of ``documents.toml``."""
    return as_page(week_document(week, shown))


@in_its_shops
def week_papers(week: TableDocument) -> dict[str, bytes]:
    """Return file name → PDF of what is asked for in ``week.layout``, by default the usual."""
    known = read_settings(DOCUMENTS)["documents"]
    usual = [name for name, document in known.items() if not document.get("when_asked")]
    asked = {name: known[name] for name in week.layout.documents or usual}
    told = {one["shown"]: week_document(week, one["shown"]) for one in asked.values()}
    return {one["file"]: as_paper(told[one["shown"]], one["template"]) for one in asked.values()}


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "md": Format(
            ".md",
            lambda week, _text: {"week.md": week_markdown(week)},
            lambda head: head.startswith(MARKDOWN_MARK),
        ),
        "csv": Format(
            ".csv",
            lambda week, _text: {
                "week.csv": as_csv(week.plan, week.foods),
                "meals.csv": meals_csv(week),
            },
            lambda head: (
                head.startswith(_CSV_START)
                or _first_line(head) in _CSV_HEADS
                or SWEPT_MARK in _first_line(head)
                or head.startswith(PEOPLE_MARKS)
            ),
        ),
        "json": Format(
            ".json",
            lambda _week, text: {"plan.json": text},
            lambda head: any(mark in head for mark in ('"magplan/plan/', STEPS_MARK, BATCH_MARK)),
        ),
        "pdf": Format(
            ".pdf",
            lambda week, _text: week_papers(week),
            lambda text: text.startswith("%PDF-") and PDF_MARK in text,
        ),
        "ics": Format(
            ".ics",
            lambda week, _text: calendars(week.eaters),
            lambda head: "PRODID:-//magplan//" in head,
            check_dates,
        ),
        "xlsx": Format(
            ".xlsx",
            lambda week, _text: {"week.xlsx": as_xlsx(week)},
            lambda head: WORKBOOK_MARK in head,
        ),
        "html": Format(
            ".html",
            lambda week, _text: {"week.html": week_page(week)},
            lambda head: HTML_MARK in head,
        ),
        "svg": Format(
            ".svg",
            lambda week, _text: svg_files(week),
            lambda head: head.startswith(SVG_MARK),
        ),
        "png": Format(
            ".png",
            lambda week, _text: png_files(week),
            lambda head: f"Software\0{PNG_MARK}" in head,
        ),
    }
)
