"""Documents on paper, read again with readers of PDF that are not the one that wrote them."""

import io
import re
import unicodedata
from dataclasses import replace
from functools import cached_property

import pypdf
import pypdfium2

from planner.check.table import TableCheck
from planner.export.documents import PageLayout, TableDocument
from planner.export.formats import week_papers
from planner.plan.plan import Share
from planner.request.eater import Eater
from planner.request.profile import Profile
from planner.request.request import NAMELESS, PlanRequest
from tests.reports import FOODS, make_plan, make_report


def words_of(text):
    """Give a text without blanks, breaks and what turns its direction, to be looked for."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\u200b\u2060-\u2069\ufffe]+", "", text)


class Paper:
    """A document on paper as readers see it."""

    def __init__(self, content):
        self.content = content
        self.pages = pypdfium2.PdfDocument(content)
        self.read = pypdf.PdfReader(io.BytesIO(content))

    @cached_property
    def text(self):
        return "\n".join(page.get_textpage().get_text_range() for page in self.pages)

    @property
    def sizes_mm(self):
        return {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in self.pages}

    @property
    def is_within(self):
        """Whether every letter stands on its page."""
        return all(
            left >= 0 and right <= page.get_width() and bottom >= 0 and top <= page.get_height()
            for page in self.pages
            for text in [page.get_textpage()]
            for left, bottom, right, top in map(text.get_rect, range(text.count_rects()))
        )

    @property
    def letter_sizes(self):
        """Sizes of all letters [pt]."""
        found = set()

        def see(text, _, matrix, __, size):
            if text.strip():
                found.add(round(size * abs(matrix[3]), 1))

        for page in self.read.pages:
            page.extract_text(visitor_text=see)
        return found

    @property
    def tags(self):
        """Kinds of the elements of the structure, in the order of reading."""
        root = self.read.trailer["/Root"]["/StructTreeRoot"]
        return list(_tags(root))

    @cached_property
    def words(self):
        return words_of(self.text)

    def has(self, text):
        """Say whether the text stands there; a word may be divided at the end of a line."""
        return any(
            words_of(text).replace(mark, "") in self.words.replace(mark, "") for mark in ("", "-")
        )


def _tags(element):
    element = element.get_object()
    if isinstance(element, pypdf.generic.DictionaryObject):
        if "/S" in element:
            yield str(element["/S"])
        element = element.get("/K", ())
        element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, pypdf.generic.DictionaryObject):
        element = [element]
    if isinstance(element, (list, tuple)):
        for child in element:
            yield from _tags(child)


def document_of(plan, report=None, **layout):
    """Give a plan of the nameless eater as what documents are made from."""
    report = report or make_report(days=len(plan.days))
    check = TableCheck({NAMELESS: report.check}, ())
    return TableDocument(plan, report.request, check, FOODS, report.dishes, PageLayout(**layout))


def table_of(names, plan=None, apart=False, **layout):
    """Give a plan as what documents are made of, for eaters of these names.

    They share each item, or have each one of their own.
    """
    plan, report = plan or make_plan(7), make_report()

    def shared(item):
        parts = tuple(
            Share(name, item.servings, item.measure, item.mass_g, item.ingredients,
                  item.nutrients, item.cost)
            for name in names
        )  # fmt: skip
        if not apart:
            return [replace(item, shares=parts)]
        return [
            replace(item, name=f"{item.name} {number}", item_id=f"{item.item_id}{number}",
                    kind="dish", shares=(part,))
            for number, part in enumerate(parts)
        ]  # fmt: skip

    def day_of(day):
        meals = [replace(m, items=tuple(i for own_item in m.items for i in shared(own_item)))
                 for m in day.meals]  # fmt: skip
        return replace(day, meals=tuple(meals))

    eaters = tuple(Eater(name, Profile(age_y=30 + place)) for place, name in enumerate(names))
    request = PlanRequest(eaters=eaters)
    check = TableCheck(dict.fromkeys(names, report.check), ())
    return TableDocument(
        replace(plan, days=tuple(map(day_of, plan.days))), request, check, FOODS, (),
        PageLayout(**layout),
    )  # fmt: skip


def papers(week):
    """Write and read again: file name → paper."""
    return {name: Paper(content) for name, content in week_papers(week).items()}
