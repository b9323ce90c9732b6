"""Blocks as one page for a browser: it asks for nothing else, keeps ticks alone, and prints well.

Templates and style are in ``configs/page``; what is written in a block is escaped, whatever it is.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from planner.document.blocks import Document
from planner.document.program import PROGRAM, program_version
from planner.language.spoken import _, language, ngettext
from planner.pictures.saved import as_svg
from planner.settings import read_settings, read_text

if TYPE_CHECKING:
    from jinja2 import Environment

HTML_MARK = "<!-- magplan page -->"
_FOLDER = "page"


def as_page(document: Document) -> str:
    """Return a document as HTML; pictures stand inside as SVG."""
    ticks = shipped_template("ticks.js")
    return (
        page_environment()
        .get_template("page.html")
        .render(
            page=document,
            language=language(),
            look=read_settings("pictures.toml"),
            mark=HTML_MARK,
            ticks=ticks,
            ticks_hash=b64encode(sha256(ticks.encode()).digest()).decode(),
            program=f"{PROGRAM} {program_version()}",
        )
    )


def _kind(block: Any) -> str:
    return type(block).__name__


def shipped_template(name: str) -> str:
    """Return the text of a template of ``configs/page``."""
    return read_text(f"{_FOLDER}/{name}")


def page_environment(read: Callable[[str], str] = shipped_template) -> Environment:
    """Return what fills templates; a name that a template has and the values lack is an error.

    Parameters
    ----------
    read
        Name of a template → its text.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    page = Environment(
        loader=FunctionLoader(read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    said = {"_": _, "ngettext": ngettext}
    page.globals |= {**said, "kind": _kind, "as_svg": as_svg}
    return page
