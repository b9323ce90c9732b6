"""Blocks: what documents are made of. Every format writes them; none knows what they tell.

A text is plain text: markup in it is shown as it stands. Figures come rounded, as people read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.pictures.picture import Picture

PLAIN, STRONG, QUIET, TITLE = "plain", "strong", "quiet", "title"
WARNING, CHECKED = "warning", "checked"
DAY, MEAL, CARD = "day", "meal", "card"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or more.

    Parameters
    ----------
    text
        What is said.
    tone
        ``"plain"``, ``"strong"``, ``"quiet"``, ``"title"``, ``"warning"`` or ``"checked"``.
    label
        What stands before it: whose it is where several eat, or what it is about; may be empty.
    """

    text: str
    tone: str = PLAIN
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``is_numbered`` where the order counts."""

    texts: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """Things of one kind in a sentence: ``"Fridge: dill; half a lemon."``.

    Parameters
    ----------
    lead, items
        Of which kind they are, empty where that is said above, and what they are.
    is_ticked
        Whether there is a box for each on paper.
    """

    lead: str
    items: tuple[str, ...]
    is_ticked: bool = False

    @property
    def text(self) -> str:
        """The sentence."""
        return f"{f'{self.lead}: ' if self.lead else ''}{'; '.join(self.items)}."


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its head.

    Parameters
    ----------
    name
        What it is, for those who cannot see it.
    head, rows
        Cells in print; the first of a row is its heading.
    words
        Places of the columns that hold words, beside the first; all others hold figures.
    below
        What its marks mean; empty without any.
    """

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: tuple[int, ...] = ()
    below: str = ""


@dataclass(frozen=True, slots=True)
class MenuDish:
    """A main dish in a menu.

    Parameters
    ----------
    name, who
        What it is, and who has it where the others of the meal have something else.
    tags, sides
        That it is from an earlier day or cooked for a later one; what stands beside it.
    again
        Of a second meal, the one that it was cooked for: ``"from Monday's dinner"``.
    """

    name: str
    who: str = ""
    tags: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    again: str = ""

    @property
    def text(self) -> str:
        """The dish behind the names of those who have it."""
        return f"{self.who}: {self.name}" if self.who else self.name


@dataclass(frozen=True, slots=True)
class MenuDay:
    """A day of a menu.

    Parameters
    ----------
    number, label, name, date
        Its number, its short name, and that in two parts: weekday and date, or without dates its
        number and the weekday that it was planned as.
    meals, missed
        For each meal its dishes, and what is said where there are none.
    figures, work
        What it brings, and the minutes of work in the kitchen, in few letters.
    before, tonight
        What is done on the evening before the plan, and in its own evening for the next day.
    """

    number: int
    label: str
    name: str
    date: str
    meals: tuple[tuple[MenuDish, ...], ...]
    missed: tuple[str, ...]
    figures: tuple[str, ...] = ()
    work: str = ""
    before: tuple[str, ...] = ()
    tonight: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """What there is to eat, a row for each day and a column for each meal.

    Parameters
    ----------
    title, number, people
        When it is, which week of several it is, and whom it is for; each may be empty.
    meals, days
        Names of the meals, and the days.
    """

    title: str
    number: str
    people: str
    meals: tuple[str, ...]
    days: tuple[MenuDay, ...]


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of a shopping list: what, how much of it, its price, and the days it is for."""

    name: str
    amount: str
    price: str
    days: str
    meals: str = ""


@dataclass(frozen=True, slots=True)
class CheckList:
    """What is bought at once: aisle → its things."""

    groups: tuple[tuple[str, tuple[ListLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """A thing of a meal: all that is cooked of it, who has what, and how it is made.

    Parameters
    ----------
    title, amount, mass, clock
        What it is, how much of it there is, its mass, and how long it takes.
    people
        Who has how much; empty for one eater.
    again, at_once
        How a second meal comes to the table; how much is cooked at once and for when.
    takes
        (name, household amount, mass) of everything that goes in.
    note
        A note of one's own on it.
    hint, steps, ways
        On pans and minutes; the steps as they are cooked; how it is made with another appliance.
    lacks
        Why there are no steps, where there should be.
    same_as, mark
        Says where the same recipe, or its steps, stand already, if they do; and the name of that
        place, or of this one.
    """

    title: str
    amount: str
    mass: str = ""
    clock: str = ""
    people: str = ""
    again: str = ""
    at_once: str = ""
    takes: tuple[tuple[str, str, str], ...] = ()
    hint: str = ""
    steps: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    lacks: str = ""
    same_as: str = ""
    mark: str = ""
    note: str = ""

    @property
    def amounts(self) -> str:
        """Amount, mass and time in a row."""
        return ", ".join(filter(None, (self.amount, self.mass, self.clock)))


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures beside each other; where none is shown, their figures stand in tables near them."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it.

    Parameters
    ----------
    title, blocks
        The heading, and what stands below it; a section without blocks is not shown.
    key
        Its name within the document, for links.
    kind
        What it is the section of: ``"day"``, ``"meal"``, ``"card"``, or nothing of these.
    short
        The heading in few words, for a list of contents; empty: as it is.
    """

    title: str
    blocks: tuple[Block, ...]
    key: str = ""
    kind: str = ""
    short: str = ""


Block = Paragraph | Bullets | Items | Table | Menu | CheckList | Recipe | Pictures | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A document.

    Parameters
    ----------
    title, lead, sections
        Its heading, what stands below it before the first section, and the sections.
    span
        When it is, in words; may be empty.
    paper
        What it is printed on: ``"letter"`` or ``"a4"``.
    sources
        Catalogue and standard behind its figures, in a line; may be empty.
    """

    title: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    span: str = ""
    paper: str = "a4"
    sources: str = ""


def section(
    title: str, blocks: Iterable[Block], key: str = "", kind: str = "", short: str = ""
) -> tuple[Block, ...]:
    """Return a section; nothing where nothing would stand below its heading."""
    found = tuple(blocks)
    return (Section(title, found, key, kind, short),) if found else ()


def paragraphs(texts: Iterable[str], tone: str = PLAIN) -> tuple[Block, ...]:
    """Return each text that is not empty as a paragraph."""
    return tuple(Paragraph(text, tone) for text in texts if text)


def bullets(texts: Iterable[str]) -> tuple[Block, ...]:
    """Return the texts as a list; nothing without any."""
    found = tuple(texts)
    return (Bullets(found),) if found else ()
