"""One picture in a file of its own, as its name ends: SVG, PNG, or a page with its words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner.errors import ConfigError
from planner.export.as_html import HTML_MARK, page_environment
from planner.export.as_json import program_version
from planner.export.page import Line, as_plain
from planner.language.spoken import language, said
from planner.pictures.picture import Picture
from planner.pictures.saved import as_png, as_svg
from planner.settings import read_settings

SVG, PNG, HTML = ".svg", ".png", ".html"
ENDINGS = (SVG, PNG, HTML)


def check_chart(path: Path) -> None:
    """Make sure that a chart may have this name.

    Raises
    ------
    ConfigError
        When it ends in something else.
    """
    if path.suffix.lower() not in ENDINGS:
        raise ConfigError(
            said("{name!r} is no name of a picture", name=path.name),
            "--chart",
            said("end it in {endings}", endings=", ".join(ENDINGS)),
        )


def chart_content(picture: Picture, path: Path, lines: Sequence[Line], units: str) -> str | bytes:
    """Give the content of the file of a picture.

    Parameters
    ----------
    picture, path
        What is drawn, and the file that its ending comes from.
    lines, units
        What stands below it on a page, and the units of whoever reads it, for its paper.
    """
    ending = path.suffix.lower()
    if ending == PNG:
        return as_png(picture)
    return as_svg(picture) if ending == SVG else _page(picture, lines, units)


def _page(picture: Picture, lines: Sequence[Line], units: str) -> str:
    """Give a page for a browser: it asks for nothing else, and runs no script."""
    return (
        page_environment()
        .get_template("picture.html")
        .render(
            page={
                "language": language(),
                "title": picture.title,
                "svg": as_svg(picture),
                "text": as_plain(lines),
                "paper": "letter" if units == "us" else "A4",
            },
            look=read_settings("pictures.toml"),
            mark=HTML_MARK,
            program=f"magplan {program_version()}",
        )
    )
