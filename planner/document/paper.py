"""Blocks on paper: documents in PDF, set from templates that are filled with values.

Python hands over values and never writes markup, so that whatever a name holds stays a name. The
same document gives the same bytes: no date and no font of the system goes into it.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import fields, is_dataclass
from typing import Any

from planner.document.blocks import Document, Pictures
from planner.document.fonts import DOCUMENTS, TAGGED, Svg, document_fonts, printable
from planner.document.program import PROGRAM
from planner.errors import ExportWarning
from planner.language.spoken import _, language, mark
from planner.pictures.saved import as_svg
from planner.settings import read_settings, read_text

PDF_MARK = "<dc:creator><rdf:Seq><rdf:li>magplan"
_STYLE = "documents/style.typ"
WORDS = {
    "day": mark("Day"),
    "contents": mark("What is in it"),
    "page": mark("page"),
}


def as_paper(document: Document, template: str) -> bytes:
    """Return a document as PDF.

    Letters that no font has are replaced, with an ``ExportWarning``.

    Parameters
    ----------
    document
        What is set.
    template
        File of ``configs/documents``.
    """
    import typst

    values, missing = printable(_values(document))
    for text in missing:
        warnings.warn(text, ExportWarning, stacklevel=2)
    fonts, families = document_fonts()
    page = {
        "paper": read_settings(DOCUMENTS)["paper"][document.paper],
        "fonts": families,
        "missing": missing,
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


def _values(block: Any) -> Any:
    """Give a block as JSON values, each with its kind."""
    if isinstance(block, Pictures):
        drawn = [{"svg": Svg(as_svg(one)), "text": f"{one.title}. {one.text}"}
                 for one in block.pictures]  # fmt: skip
        return {"block": "pictures", "pictures": drawn}
    if is_dataclass(block):
        own = {one.name: _values(getattr(block, one.name)) for one in fields(block)}
        return {"block": type(block).__name__.lower(), **own}
    return list(map(_values, block)) if isinstance(block, (tuple, list)) else block
