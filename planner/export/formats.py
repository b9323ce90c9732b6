"""The formats of documents: each with its files, its writer, and the mark it is known again by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from planner.export.as_csv import HEADER, TABLE_HEADER, as_csv
from planner.export.as_html import HTML_MARK, as_html
from planner.export.as_ics import calendars, check_dates
from planner.export.as_md import MARKDOWN_MARK, as_markdown
from planner.export.as_pdf import PDF_MARK, pdf_documents
from planner.export.as_xlsx import as_xlsx
from planner.export.documents import TableDocument
from planner.export.plan_pictures import png_files, svg_files
from planner.export.shopping_text import CSV_START
from planner.export.workbook import MARK as WORKBOOK_MARK
from planner.kitchen.pantry import HEADER as PANTRY_HEADER
from planner.kitchen.pantry import NEEDED
from planner.pictures.saved import PNG_MARK, SVG_MARK
from planner.plan.plan import Plan

_CSV_HEADS = tuple(",".join(header) for header in (HEADER, TABLE_HEADER, PANTRY_HEADER, NEEDED))
_CSV_START = ",".join(CSV_START)  # shopping lists of earlier versions had fewer columns

HANDED_MARK = "magplan/handover"  # what the room below hands over has it near its beginning
SWEPT_MARK = ",status,points,bound,gap,"  # of the tables of the room of sweeps, in their first line
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
    check: Callable[[Plan], None] = lambda _: None


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "md": Format(
            ".md",
            lambda week, _: {"week.md": as_markdown(week)},
            lambda head: head.startswith(MARKDOWN_MARK),
        ),
        "csv": Format(
            ".csv",
            lambda week, _: {"week.csv": as_csv(week.plan, week.foods)},
            lambda head: (
                head.startswith(_CSV_START)
                or _first_line(head) in _CSV_HEADS
                or SWEPT_MARK in _first_line(head)
            ),
        ),
        "json": Format(
            ".json",
            lambda _, text: {"plan.json": text},
            lambda head: '"magplan/plan/' in head,
        ),
        "pdf": Format(
            ".pdf",
            lambda week, _: pdf_documents(week),
            lambda text: text.startswith("%PDF-") and PDF_MARK in text,
        ),
        "ics": Format(
            ".ics",
            lambda week, _: calendars(week.eaters()),
            lambda head: "PRODID:-//magplan//" in head,
            check_dates,
        ),
        "xlsx": Format(
            ".xlsx",
            lambda week, _: {"week.xlsx": as_xlsx(week)},
            lambda head: WORKBOOK_MARK in head,
        ),
        "html": Format(
            ".html",
            lambda week, _: {"week.html": as_html(week)},
            lambda head: HTML_MARK in head,
        ),
        "svg": Format(
            ".svg",
            lambda week, _: svg_files(week),
            lambda head: head.startswith(SVG_MARK),
        ),
        "png": Format(
            ".png",
            lambda week, _: png_files(week),
            lambda head: f"Software\0{PNG_MARK}" in head,
        ),
    }
)
