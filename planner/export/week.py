"""A week told once: its parts, of which each document shows those of ``configs/documents``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from planner.document.blocks import (
    QUIET,
    Block,
    Document,
    Pictures,
    Section,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.document.fonts import DOCUMENTS
from planner.explain.report import Why
from planner.export.bands import (
    Citations,
    aims,
    day_bands,
    good_to_know,
    meal_bands,
    week_bands,
)  # fmt: skip
from planner.export.doctor import TITLE as DOCTOR_TITLE
from planner.export.doctor import doctor_pages
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import cooking_strip, week_clock_texts
from planner.export.meals import (
    ALLERGENS_TITLE,
    allergen_blocks,
    days_told,
    figures_table,
    menus,
    plan_title,
    salt_told,
)
from planner.export.people import asked, banners, checked, planned_for, set_lower
from planner.export.plan_pictures import eater_pictures
from planner.export.recipe_text import TITLE as BATCH_TITLE
from planner.export.recipe_text import batch_blocks
from planner.export.safety import SCHEDULE_TITLE, hours_blocks
from planner.export.shopping import list_told, shopping_blocks, when_texts
from planner.export.trust import catalogue_text, screen_texts
from planner.export.week_notes import (
    absorbed,
    absorbed_by_day,
    asked_told,
    kinds_explained,
    method_texts,
    notes_of,
    once_each,
    parted_notes,
    please_read,
    sources_of,
    sources_table,
    tip_texts,
)  # fmt: skip
from planner.export.who import is_clinical, name_endings, span_text
from planner.settings import read_settings
from planner.wording import lowered, plural

_LIST = "Shopping list"
_TITLES = {"list": _LIST, "allergens": ALLERGENS_TITLE, "doctor": DOCTOR_TITLE}
Told = Iterable[Block]


def week_document(week: TableDocument, name: str) -> Document:
    """Return the document of this name: a key of ``[shown]`` in ``documents.toml``.

    What a part has nothing to say of is left out.
    """
    shown, parts = read_settings(DOCUMENTS)["shown"][name], ToldWeek(week)
    settings = read_settings(DOCUMENTS)
    return Document(
        title=week.layout.titled(
            _TITLES[shown["title"]] if "title" in shown else plan_title(week.table)
        ),
        lead=tuple(block for part in shown.get("lead", ()) for block in parts.told(part)),
        sections=tuple(
            block
            for part in shown.get("parts", ())
            for block in parts.told(part)
            if isinstance(block, Section)
        ),
        span=span_text(week.plan.days),
        paper=week.layout.paper or settings["paper_of"][week.request.units],
        sources=f"catalogue of foods {week.foods.version}",
    )


def week_blocks(week: TableDocument, name: str) -> tuple[Block, ...]:
    """Return the blocks of a printed answer: a key of ``[shown]`` in ``documents.toml``."""
    shown, parts = read_settings(DOCUMENTS)["shown"][name], ToldWeek(week)
    return tuple(block for part in shown["parts"] for block in parts.told(part))


class ToldWeek:
    """The parts of a week, each told when it is asked for.

    Parameters
    ----------
    week
        The plan; parts that need its report are empty without one.
    """

    def __init__(self, week: TableDocument) -> None:
        self.week, self.table, self.report = week, week.table, week.report
        self.citations = Citations()

    def told(self, part: str) -> tuple[Block, ...]:
        """Return a part by its name: that of a method below."""
        tell: Callable[[], Told] = getattr(self, part)
        return tuple(tell())

    def magnesium(self) -> Told:
        """Return the main sources of magnesium."""
        of_all = ", all eaters" if len(self.week.eaters) > 1 else ""
        title = f"{'Main sources of magnesium'}{of_all}"
        return section(title, sources_table(self._why.magnesium_sources, title), "magnesium")

    def allergens(self) -> Told:
        """Return which allergens each dish holds."""
        return allergen_blocks(self.week.plan, self.week.foods)

    def banners(self) -> Told:
        """Return what is special about whom a plan could hurt."""
        return banners(self.week)

    def asked(self) -> Told:
        """Return whom it is for, on a screen."""
        return asked(self.week)

    def wishes(self) -> Told:
        """Return what was asked for, each with whether it is kept."""
        return asked_told(self.week)

    def not_kept(self) -> Told:
        """Return what of that is not kept, where anything is."""
        return asked_told(self.week, kept_too=False)

    def planned(self) -> Told:
        """Return whom it is for, in a document."""
        return planned_for(self.week)

    def who(self) -> Told:
        """Return whom it is for as a section."""
        return section("Whom it is for", (*planned_for(self.week), *checked(self.week)), "who")

    def checked(self) -> Told:
        """Return that it passes its check, and what it costs."""
        return checked(self.week)

    def meals_at_a_glance(self) -> Told:
        """Return the main meals of the week, and when they are cooked."""
        yield from menus(self.table, self.table.book, with_snacks=False)
        yield from cooking_strip(self.week.plan)

    def menus(self) -> Told:
        """Return all meals of the week."""
        return menus(self.table, self.table.book)

    def fridge(self) -> Told:
        """Return all meals of the week with the hours at which they are eaten."""
        return menus(self.table, self.table.book, with_hours=True)

    def menu(self) -> Told:
        """Return the week at a glance as a section."""
        return section("The week", (*self.menus(), *self.work()), "week")

    def figures(self) -> Told:
        """Return the figures of each day."""
        return self._each(lambda own, name: [figures_table(own, name, with_snacks=True)])

    def cost_and_trust(self) -> Told:
        """Return what the week costs and how far it can be trusted, in plain words."""
        return paragraphs(screen_texts(self.week))

    def doctor(self) -> Told:
        """Return a page for the doctor of each eater."""
        return doctor_pages(self.week)

    def figures_from(self) -> Told:
        """Return in a line where its figures come from."""
        return section("Figures of foods", paragraphs([catalogue_text(self.week)]), "figures-from")

    def shopping(self) -> Told:
        """Return the shopping list."""
        shopping = self.table.shopping
        people = plural(shopping.people, "For {count} person.", "For {count} people.")
        told = paragraphs([" ".join([people.format(count=shopping.people), *when_texts(shopping)])])
        blocks = shopping_blocks(shopping, with_day_words=True)
        return section(_LIST, (*told, *blocks), "shopping")

    def list(self) -> Told:
        """Return the shopping list for a sheet of its own."""
        people = self.table.shopping.people
        told = [f"{people} people" + "."] if people > 1 else []
        told += when_texts(self.table.shopping)
        told.append("The numbers at the end of a line are the days it is for.")
        return (*paragraphs([" ".join(told)], QUIET), *shopping_blocks(self.table.shopping))

    def shopping_by_numbers(self) -> Told:
        """Return the shopping list with the numbers of its days."""
        return list_told(self.table.shopping, is_full=True)

    def days(self) -> Told:
        """Return each day with its recipes."""
        return section("Days and recipes", self.each_day(), "days")

    def each_day(self) -> Told:
        """Return each day with its recipes, below no title of their own."""
        return (*paragraphs(salt_told(self.week)[:1]), *days_told(self.week))

    def work(self) -> Told:
        """Return the work of each week."""
        return paragraphs(week_clock_texts(self.week.plan))

    def hours(self) -> Told:
        """Return when medicines, pills and mineral water are taken."""
        told = self._each(lambda own, _name: hours_blocks(own))
        return section(SCHEDULE_TITLE, told, "hours", short="Medicines")

    def batch(self) -> Told:
        """Return what is cooked double, with its labels."""
        return section(BATCH_TITLE, batch_blocks(self.table.batch), "batch")

    def pictures(self) -> Told:
        """Return the pictures of each eater's week, and their figures."""
        endings = name_endings(self.week.eaters)
        return section(
            "Pictures",
            self._each(
                lambda own, name: (
                    Pictures(tuple(eater_pictures(own, name, endings[name]))),
                    Section("Each day in figures", (figures_table(own, name),)),
                )
            ),
            "pictures",
        )

    def targets(self) -> Told:
        """Return each week against its targets."""
        title = "The week against its targets, mean a day"
        told = self._each(lambda own, _name: week_bands(own))
        return section(title, told, "targets", short="Targets")

    def daily(self) -> Told:
        """Return each day against its bounds."""
        told = self._each(lambda own, _name: day_bands(own))
        return section("Each day against its bounds", told, "daily")

    def by_meal(self) -> Told:
        """Return what meals hold of what a condition watches."""
        for name, own in self.week.named():
            for band in meal_bands(own):
                assert isinstance(band, Section)
                yield Section(f"{name}: {lowered(band.title)}" if name else band.title, band.blocks)

    def aims(self) -> Told:
        """Return what the plan aims for and why, with its pictures."""
        yield from section("What this plan aims for", self._each(self._aims), "aims")
        yield from section("What these words mean", kinds_explained(self.week), "words")

    def absorbed(self) -> Told:
        """Return in few lines what may be absorbed."""
        told = self._each(lambda own, _name: absorbed(own))
        return section("What may be absorbed", told, "absorbed")

    def absorbed_by_day(self) -> Told:
        """Return what may be absorbed, with method and tips."""
        told = (
            *self._each(lambda own, _name: absorbed_by_day(own)),
            *section("How that is estimated", self._once(method_texts), "method"),
            *section("What helps", self._once(tip_texts)),
        )
        return section("What of magnesium and calcium may be absorbed", told, "absorbed")

    def _once(self, texts_of: Callable[[WeekDocument], Iterable[str]]) -> Told:
        """Return what is said of each eater, once where it holds for all."""
        return bullets(once_each({name: texts_of(own) for name, own in self.week.named()}))

    def short(self) -> Told:
        """Return what stays short, where anything does."""
        told = bullets(self._why.short)
        return section("What is still low, and why", told, "short")

    def notes(self) -> Told:
        """Return all notes."""
        assert self.report is not None
        above = salt_told(self.week)  # stands at the top of the recipes
        told = (note for note in notes_of(self.report) if not note.endswith(above))
        return section("Notes", bullets(told), "notes")

    def notes_on_the_body(self) -> Told:
        """Return the notes that hang on a body, or on bounds that somebody set."""
        return section("Notes", bullets(self._parted[0]), "notes")

    def more_notes(self) -> Told:
        """Return the other notes."""
        return section("More notes", bullets(self._parted[1]), "more-notes")

    @property
    def _parted(self) -> tuple[Iterable[str], Iterable[str]]:
        assert self.report is not None
        are_clinical = any(is_clinical(own.request) for own in self.week.eaters.values())
        return parted_notes(self.report, are_clinical)

    def lowered(self) -> Told:
        """Return which targets were set below the recommended by hand."""
        return set_lower(self.week)

    def sources(self) -> Told:
        """Return the sources of all figures."""
        return section("Sources", sources_of(self.week, self.citations), "sources")

    def please(self) -> Told:
        """Return what a reader must know."""
        return section("Please read", please_read(self.week), "please")

    @property
    def _why(self) -> Why:
        assert self.report is not None
        assert self.report.why is not None
        return self.report.why

    def _aims(self, own: WeekDocument, _name: str) -> Iterator[Block]:
        yield from aims(own, self.citations)
        yield Pictures(tuple(eater_pictures(own)))
        yield from section("Good to know", good_to_know(own))

    def _each(self, tell: Callable[[WeekDocument, str], Told]) -> tuple[Block, ...]:
        """Return what is told of each eater: below the name where several have something told."""
        parts = (
            section(name, tell(own, name)) if name else tell(own, name)
            for name, own in self.week.named()
        )
        return tuple(block for part in parts for block in part)
