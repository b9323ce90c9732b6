"""One picture in a file of its own, as its name ends: SVG, PNG, or a page with its words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from planner.document.blocks import Block, Document, Pictures
from planner.document.page import as_page
from planner.errors import ConfigError
from planner.language.faults import fault
from planner.pictures.picture import Picture
from planner.pictures.saved import as_png, as_svg

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
        raise fault(ConfigError, "chart_name", name=path.name, endings=", ".join(ENDINGS))


def chart_content(picture: Picture, path: Path, told: Iterable[Block], units: str) -> str | bytes:
    """Return the content of the file of a picture.

    Parameters
    ----------
    picture, path
        What is drawn, and the file that its ending comes from.
    told, units
        What stands below it on a page, and the units of whoever reads it, for its paper.
    """
    ending = path.suffix.lower()
    if ending == PNG:
        return as_png(picture)
    if ending == SVG:
        return as_svg(picture)
    paper = "letter" if units == "us" else "a4"
    return as_page(Document(picture.title, (Pictures((picture,)), *told), paper=paper))
