"""A picture as SVG and as PNG: the same for the same picture, with its words in it."""

from __future__ import annotations

import io
import re
import warnings
from functools import lru_cache
from xml.etree import ElementTree as Xml

from planner.errors import ExportWarning
from planner.pictures.draw import LOOK, drawn
from planner.pictures.fonts import letters_missing, load_matplotlib
from planner.pictures.picture import Picture
from planner.settings import read_settings

SVG_MARK, PNG_MARK = "<!-- magplan -->", "magplan"
_SVG, _LINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_FAMILY = re.compile(r"font-family: [^;]*")
_NAMED = re.compile(r"(^|url\()#(?![0-9a-fA-F]{6}$)([\w.-]+)")  # not a colour


@lru_cache(maxsize=64)
def as_svg(picture: Picture) -> str:
    """Return a picture as SVG, to stand alone or inside a page; its letters stay text.

    It is named and told in words (``title``, ``desc``), its ids are its own, and it asks for
    nothing from elsewhere.
    """
    load_matplotlib()
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out = io.StringIO()
    with drawn(picture) as figure, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # the reader has fonts of its own
        FigureCanvasSVG(figure).print_svg(out, metadata=_NO_METADATA)
    for prefix, space in (("", _SVG), ("xlink", _LINK)):
        Xml.register_namespace(prefix, space)
    root = Xml.fromstring(out.getvalue())
    _own_ids(root, picture.name)
    _told(root, picture)
    for element in root.iter(f"{{{_SVG}}}text"):  # not those that this machine happens to have
        family = f"font-family: {read_settings(LOOK)['svg_fonts']}"
        element.set("style", _FAMILY.sub(family, element.attrib["style"]))
    return f"{SVG_MARK}\n{Xml.tostring(root, encoding='unicode')}\n"


def as_png(picture: Picture) -> bytes:
    """Return a picture as PNG, with title and words as its text.

    Letters that no font has are drawn as boxes, with an ``ExportWarning``.
    """
    load_matplotlib()
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    out = io.BytesIO()
    if missing := letters_missing(picture.title + picture.text):
        told = str(read_settings(LOOK)["missing"]).format(letters=missing)
        warnings.warn(told, ExportWarning, stacklevel=2)
    words = {"Software": PNG_MARK, "Title": picture.title, "Description": picture.text}
    with drawn(picture) as figure, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # said above, in our words
        FigureCanvasAgg(figure).print_png(out, metadata=words)
    return out.getvalue()


def _own_ids(root: Xml.Element, name: str) -> None:
    """Call ids after the picture, by number, and drop those that nothing asks for.

    matplotlib makes them of the last digits of places, which differ from run to run.
    """
    asked: dict[str, str] = {}

    def own(found: re.Match[str]) -> str:
        word = asked.setdefault(found[2], f"{name}-{len(asked) + 1}")
        return f"{found[1]}#{word}"

    for element in root.iter():
        for key in sorted(element.attrib.keys() - {"id"}):
            element.set(key, _NAMED.sub(own, element.attrib[key]))
    for one in root.findall(f".//{{{_SVG}}}defs/{{{_SVG}}}path"):
        one.attrib.pop("style", None)  # each that uses it says it again, and a page may change it
    for element in root.iter():
        word = element.attrib.pop("id", None)
        if word in asked:
            element.set("id", asked[word])


def _told(root: Xml.Element, picture: Picture) -> None:
    """Put title and words first, where readers of a page look for them."""
    for group in list(root.iter()):
        for tag in ("metadata", "style"):  # a style would be one of the page that it stands in
            for old in group.findall(f"{{{_SVG}}}{tag}"):
                group.remove(old)
    root.set("stroke-linejoin", "round")
    names = [f"{picture.name}-title", f"{picture.name}-text"]
    root.set("role", "img")
    root.set("aria-labelledby", " ".join(names))
    words = zip(("title", "desc"), names, (picture.title, picture.text), strict=True)
    for number, (tag, name, text) in enumerate(words):
        told = Xml.Element(f"{{{_SVG}}}{tag}", {"id": name})
        told.text = text
        root.insert(number, told)
