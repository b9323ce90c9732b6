"""The plan on paper: documents in PDF, set from templates that are filled with data.

Python hands over values and never writes markup, so that whatever a name holds stays a name. The
same plan gives the same bytes: no date and no font of the system goes into them.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from planner.errors import ExportWarning
from planner.export.as_json import PROGRAM
from planner.export.documents import TableDocument, book_of
from planner.export.pdf_handout import handout_values
from planner.export.pdf_list import list_values
from planner.export.pdf_text import DOCUMENTS, TAGGED, document_fonts, printable
from planner.export.pdf_week import Values, week_values
from planner.export.pdf_words import WORDS
from planner.export.recipe_text import RecipeBook
from planner.language.shops import in_its_shops
from planner.language.spoken import _, language
from planner.settings import read_settings, read_text

PDF_MARK = "<dc:creator><rdf:Seq><rdf:li>magplan"
_STYLE = "documents/style.typ"
_MAKERS: Mapping[str, Callable[[TableDocument, RecipeBook], Values]] = {
    "week": lambda week, book: week_values(week.table, book),
    "large": lambda week, book: week_values(week.table, book),
    "handout": lambda week, book: handout_values(week, book),
    "list": lambda week, _: list_values(week.table),
}


@in_its_shops
def pdf_documents(week: TableDocument) -> dict[str, bytes]:
    """Give file name → PDF of the documents that are asked for in ``week.layout``, all by default.

    Letters that no font has are replaced, with an ``ExportWarning``.
    """
    settings = read_settings(DOCUMENTS)
    known = settings["documents"]
    paper = week.layout.paper or settings["paper_of"][week.request.units]
    book = book_of(week.table)
    found, told = {}, []
    for name in week.layout.documents or known:
        values, missing = printable(_MAKERS[name](week, book))
        told += missing
        found[known[name]["file"]] = set_pages(known[name]["template"], values, missing, paper)
    for text in dict.fromkeys(told):
        warnings.warn(text, ExportWarning, stacklevel=2)
    return found


def set_pages(template: str, values: Any, missing: Sequence[str], paper: str) -> bytes:
    """Fill a template and give the PDF.

    Parameters
    ----------
    template
        File of ``configs/documents``.
    values, missing
        As of ``printable``.
    paper
        Name of ``[paper]`` in ``documents.toml``.
    """
    import typst

    settings = read_settings(DOCUMENTS)
    fonts, families = document_fonts()
    page = {
        "paper": settings["paper"][paper],
        "fonts": families,
        "missing": list(missing),
        "words": {name: _(word) for name, word in WORDS.items()},
        "lang": language(),
        "author": PROGRAM,
    }
    source = f"{read_text(_STYLE)}\n{read_text(f'documents/{template}')}"
    return typst.compile(
        source.encode(),
        font_paths=fonts,
        sys_inputs={"data": json.dumps(values | page)},
        pdf_standards=[TAGGED],
    )
