"""The plan as one page for a browser: it asks for nothing else, runs no script, and prints well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.export.as_json import program_version
from planner.export.documents import TableDocument
from planner.export.html_values import page_values
from planner.language.shops import in_its_shops
from planner.language.spoken import _, ngettext
from planner.settings import read_settings, read_text

if TYPE_CHECKING:
    from jinja2 import Environment

HTML_MARK = "<!-- magplan page -->"
_FOLDER = "page"


@in_its_shops
def as_html(week: TableDocument) -> str:
    """Give a plan as HTML: everything that is written in it is escaped, whatever it is.

    The template and its style are ``configs/page``; pictures stand inside as SVG.
    """
    page = page_environment().get_template("week.html")
    return page.render(
        page=page_values(week),
        look=read_settings("pictures.toml"),
        mark=HTML_MARK,
        program=f"magplan {program_version()}",
    )


def page_environment() -> Environment:
    """Give what fills the templates of ``configs/page``.

    A name that a template has and the values lack is an error.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    page = Environment(
        loader=FunctionLoader(lambda name: read_text(f"{_FOLDER}/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page.globals |= {"_": _, "ngettext": ngettext}
    return page
