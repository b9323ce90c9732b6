"""Templates of the page: its own, and those of documents."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment
from starlette.responses import HTMLResponse

from planner.document.blocks import Document
from planner.document.page import page_environment, shipped_template
from planner.document.program import PROGRAM, program_version
from planner.settings import read_settings, read_shipped
from planner.web.fields import field_for
from planner.web.labels import in_labels

_TEMPLATES, _STATIC = "planner/web/templates", "planner/web/static"
_LOOK = "pictures.toml"
_SHARED = ("parts.html", "style.css")  # with documents


def _template(name: str) -> str:
    return shipped_template(name) if name in _SHARED else read_shipped(f"{_TEMPLATES}/{name}")


@cache
def _environment() -> Environment:
    page = page_environment(_template)
    named = {"field_for": field_for, "in_labels": in_labels}
    page.globals |= {**named, "program": f"{PROGRAM} {program_version()}"}
    return page


def shown_page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a template, filled, as an answer."""
    text = _environment().get_template(name).render(**values)
    return HTMLResponse(text, status)


@cache
def style_text() -> str:
    """Return the style of all pages: that of documents, and what is added for the workbench."""
    document = Document("", (), (), paper="letter")
    shared = _environment().get_template("style.css")
    look = shared.render(look=read_settings(_LOOK), page=document)
    return f"{look}\n{read_shipped(f'{_STATIC}/workbench.css')}"


def script_text() -> str:
    """Return the script of all pages; each works without it."""
    return read_shipped(f"{_STATIC}/workbench.js")
