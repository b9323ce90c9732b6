"""What stands beside a week: what was asked for and is kept, what is short, and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

from foods.embedded import data_settings
from foods.table import FoodTable
from planner.check.amounts import MAGNESIUM
from planner.check.dish_notes import read_dish_notes
from planner.check.foods import least_in, most_in
from planner.check.judge import Finding, check_plan
from planner.check.lines import JudgedTable, read_table
from planner.check.names import counted, with_cooked
from planner.check.week import served_of
from planner.document.blocks import (
    Block,
    Bullets,
    Paragraph,
    Table,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.explain.absorption import (
    AbsorbedShare,
    AbsorptionView,
    absorption_method,
    absorption_text,
    cautious_text,
)  # fmt: skip
from planner.explain.asked import HALF_G
from planner.explain.days import asked_by_day, small_guests_told
from planner.explain.offers import accepted_notes
from planner.explain.report import Report, Source
from planner.explain.table_report import TableReport, knives_told
from planner.explain.trace import release_words
from planner.export.bands import Citations, kinds_of_targets
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import amount_text, band_text, finding_texts, price_text, values_text
from planner.export.people import reading_texts, wishes_text
from planner.export.shopping import over_budget_usd
from planner.export.sums import budget_texts
from planner.export.who import day_label
from planner.kitchen.leftovers import asked_uses, taken_g
from planner.kitchen.shopping import list_asked
from planner.meals.habits import known_habits
from planner.meals.patterns import pattern_at_hand
from planner.plan.plan import Plan
from planner.request.days import DAYS_PER_WEEK
from planner.request.next_week import days_before
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.request import NAMELESS, PlanRequest, WeekOptions
from planner.request.wish import words_of
from planner.safety.stops import safety_sentence
from planner.shops import named
from planner.targets.clinical import clinical_notes, notes_on_plan, steady_notes
from planner.targets.derive import ENERGY_KEY, TargetSet, basis_of, holds_each_day
from planner.wire.plan_file import PlanFile
from planner.wire.told import WrittenAsked
from planner.wording import capital, plural

_ABSORBED_HEAD = (
    "", "Mg from food, mg", "may be absorbed", "Ca from food, mg",
    "free of oxalate", "Phytate, mg", "Oxalate, mg",
)  # fmt: skip


def absorbed(own: WeekDocument, *, with_tips: bool = True) -> Iterator[Block]:
    """Yield a few lines on how much magnesium and calcium remain after oxalate and phytate."""
    view = own.absorption
    texts = absorption_text(view) if with_tips else absorption_text(view, tips=0)
    is_held = with_tips and own.request.preferences.conservative
    yield from paragraphs([*texts, *([_cautious(own)] if is_held else [])])


def absorbed_by_day(own: WeekDocument) -> Iterator[Block]:
    """Describe what may be absorbed day by day."""
    view = own.absorption
    yield from absorbed(own, with_tips=False)
    yield Table("What may be absorbed", [*_ABSORBED_HEAD], _absorbed_rows(own, view))
    share = f"{100 * view.largest_meal_share:.0f}"
    yield Paragraph(f"Largest meal: {share} % of a day's magnesium.")
    for pattern, ids in (
        ("Rich in oxalate: {names}.", view.oxalate_rich),
        ("Rich in phytate: {names}.", view.phytate_rich),
    ):
        if ids:
            yield Paragraph(pattern.format(names=_names(own.foods, ids)))


def tip_texts(own: WeekDocument) -> list[str]:
    """Return what helps with what is eaten, each with its source."""
    return [f"{text} {cite}" for _id, text, cite in own.absorption.tips]


def method_texts(own: WeekDocument) -> list[str]:
    """Return the parts of the method behind the absorbable amounts, each with its source."""
    parts = (f"{text}. {cite}" for text, cite in absorption_method())
    return [*parts, _cautious(own)]


def _cautious(own: WeekDocument) -> str:
    is_held = own.request.preferences.conservative
    planned = f" {'The plan is held to it.'}" if is_held else ""
    return f"{cautious_text(own.absorption)}.{planned}"


def report_notes(report: Report) -> list[str]:
    """Return what is left out as it was understood, and the notes on targets and plan."""
    readings = reading_texts(report.request, report.foods, report.dishes)
    return list(dict.fromkeys((*readings, *report.targets.notes, *report.notes)))


def notes_of(report: TableReport) -> list[str]:
    """Return the notes on the table, and those on eaters: once where they hold for all."""
    own = {name: report_notes(own_report) for name, own_report in report.reports.items()}
    return [*report.notes, *once_each(own)]


def parted_notes(report: TableReport, are_clinical: bool) -> tuple[list[str], list[str]]:
    """Return the notes that stand with the week, and the others, as ``notes_of`` has them.

    ``are_clinical``: whether those that hang on a body do, beside the days of what was asked for.
    """
    of_eater = body_notes if are_clinical else _asked_notes
    own = {
        name: of_eater(one.request, one.targets, one.plan) for name, one in report.reports.items()
    }
    first = [*knives_told(report.request), *once_each(own)]
    return first, [text for text in notes_of(report) if text not in first]


def _asked_notes(request: PlanRequest, targets: TargetSet, plan: Plan | None) -> tuple[str, ...]:
    return asked_by_day(request, targets, plan.days if plan else ())


def body_notes(request: PlanRequest, targets: TargetSet, plan: Plan | None) -> tuple[str, ...]:
    """Return the notes on conditions, medicines and what is special about who eats."""
    patient = request.patient
    days = [day.totals for day in plan.days] if plan is not None else []
    return (
        *([note] if (note := pattern_at_hand(request.week.pattern).note) else []),
        *([targets.stop] if targets.stop else []),
        *clinical_notes(patient),
        *steady_notes(patient, targets.targets),
        *(text for _, text in (notes_on_plan(plan.means, days, patient) if plan else ())),
        *_asked_notes(request, targets, plan),
    )


def once_each(texts: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the texts of all eaters once each; what is not everybody's has the names before it."""
    own = {name: dict.fromkeys(said) for name, said in texts.items()}
    found = []
    for text in dict.fromkeys(text for every in own.values() for text in every):
        names = [name for name, every in own.items() if text in every]
        shown = text
        found.append(shown if len(names) == len(own) else f"{', '.join(names)}: {shown}")
    return found


def warnings_of(report: TableReport) -> Iterator[Block]:
    """Return the sentences that are said once with every plan, of its food where there is one."""
    has_plan = report.plan is not None or report.best_effort is not None
    told = dict.fromkeys(
        text
        for own in report.reports.values()
        for code, text, _source in own.warnings
        if has_plan or code != "kidney"
    )
    yield from paragraphs([*small_guests_told(report.request).values(), *told])


def please_read(week: TableDocument) -> Iterator[Block]:
    """Return what a reader must know."""
    if week.report is not None:
        yield from warnings_of(week.report)
        return
    told = "{foods} foods in {days} days."
    yield Paragraph(told.format(foods=week.plan.distinct_foods, days=len(week.plan.days)))
    yield from paragraphs(map(safety_sentence, ("kidney", "not_medical_advice")))


def sources_of(week: TableDocument, citations: Citations) -> Iterator[Block]:
    """Return the works behind the targets, numbered, and where figures of foods come from."""
    for own in week.eaters.values():
        citations.of(own.targets.targets)
    yield Bullets(tuple(citations.texts()), is_numbered=True)
    releases = data_settings("SOURCES.toml")["releases"].values()
    cited = (f"{one['title']}, {one['publisher']}" for one in releases if "publisher" in one)
    told = "Figures of foods: catalogue of magplan, version {version}, from: {sources}."
    yield Paragraph(told.format(version=week.foods.version, sources="; ".join(cited)))
    eaten = {food_id for day in week.plan.days for food_id, _ in day.ingredients()}
    used = sorted({week.foods[food].release for food in eaten})
    yield from section("Figures of foods", bullets(map(release_words, used)))


def kinds_explained(week: TableDocument) -> Iterator[Block]:
    """Explain each kind of reference value that is used."""
    every = (kinds_of_targets(own.targets.targets) for own in week.eaters.values())
    yield from bullets(dict.fromkeys(kind for kinds in every for kind in kinds))


def _absorbed_rows(own: WeekDocument, view: AbsorptionView) -> list[tuple[str, ...]]:
    days = zip(own.plan.days, view.days, strict=True)
    rows = [(day_label(day), *_cells(share)) for day, share in days]
    return [*rows, ("Mean", *_cells(view.mean))]


def _cells(share: AbsorbedShare) -> tuple[str, ...]:
    return (
        _whole(share.magnesium_mg),
        _ranged(share.magnesium_absorbed_mg),
        _whole(share.calcium_mg),
        _ranged(share.calcium_free_mg),
        f"{_whole(share.phytate_mg[1])} ({_ranged(share.phytate_mg)})",
        f"{_whole(share.oxalate_mg[1])} ({_ranged(share.oxalate_mg)})",
    )


def _ranged(amounts: Sequence[float]) -> str:
    return f"{_whole(amounts[0])}-{_whole(amounts[-1])}"


def _whole(amount_mg: float) -> str:
    return f"{amount_mg:,.0f}"


def _names(foods: FoodTable, food_ids: Iterable[str]) -> str:
    return ", ".join(named(foods[food_id].name) for food_id in food_ids)


def sources_table(sources: Sequence[Source], name: str) -> Iterator[Block]:
    """Return a row per source of magnesium: name, amount a day, share."""
    rows = [
        (
            named(source.name),
            f"{amount_text(MAGNESIUM, source.amount)} mg a day",
            f"{100 * source.share:.0f} %",
        )
        for source in sources
    ]
    if rows:
        yield Table(name, ("", "", ""), rows)


TITLE = "What you asked for"
_KEPT = {True: "kept", False: "not kept", None: "as far as possible"}
_NOT_SO = "What you asked for: this is not so: {told}"
_TWICE = "What you asked for: this stands there twice: {told}"
_MISSING = "What you asked for: this is missing: {told}"
_BOUND, _BUDGET = ("", "targets"), ("preferences", "budget_per_week")
_USE = ("preferences", "use")
_OF_TABLE = (_BUDGET, ("week", "guests"))
_ENERGY = (("profile", "energy_kcal"), ("profile", "goal"))
_HABIT = ("", "habits")
_WHOLE, _TABLES = ("supplements", "water"), ("profile", "preferences", "week")
_DAYS = ("days", "start", "slots", "cycle")  # by which other wishes of a week are read
_SAID_WITH = {"skip": ("not_eaten",)}  # what is a part of another wish
_NO_WISH = {*_DAYS, *(part for parts in _SAID_WITH.values() for part in parts)}


@dataclass(frozen=True, slots=True)
class AskedWish:
    """Something that was asked for.

    Parameters
    ----------
    wish
        What, in words.
    kept
        Whether the plan keeps it; ``None`` where it is only weighed, and no judge asks.
    how
        What the plan has of it, or what is not so; may be empty.
    """

    wish: str
    kept: bool | None
    how: str

    @property
    def text(self) -> str:
        """Format the wish, and whether the plan keeps it, as one line."""
        behind = f" ({self.how.removesuffix('.')})" if self.how else ""
        return f"{capital(self.wish)}: {_KEPT[self.kept]}{behind}."


def asked_wishes(
    own: WeekDocument | Report,
    *,
    of_table: bool | None = None,
    planned: Mapping[str, PlanRequest] = MappingProxyType({}),
    name: str = NAMELESS,
) -> Iterator[AskedWish]:
    """Yield everything that was asked for of a plan, each with whether the plan keeps it.

    ``of_table``: of the budget and guests alone, or of all but these, which are the whole table's.
    ``planned``: name → the request that it was planned by, where it is another.
    """
    habits = planned.get(name, own.request).habits
    since = own.request.preferences.since
    week = WeekOptions(**{key: getattr(own.request.week, key) for key in _DAYS})
    plain = PlanRequest(week=week, preferences=Preferences(since=since))
    for place, only, without in _wishes(own.request, plain):
        text = wishes_text(only) if of_table in (None, place in _OF_TABLE) else ""
        if text:
            is_let_go = not only.habits.items() <= habits.items()
            told = (False, "") if is_let_go else _verdict(own, place, only, without)
            told = _used(own) if place == _USE and name == NAMELESS else told
            yield AskedWish(text, *told)


def asked_faults(week: TableDocument, stated: PlanFile) -> Iterator[tuple[str, str]]:
    """Name what a file states of its wishes that is not so, each with whose it is.

    A file that says nothing at all of them, as those written before it was said, states nothing.

    Parameters
    ----------
    week
        The plan, without what the file states of it.
    stated
        The file.
    """
    told = [eater for eater in (stated, *stated.eaters) if "asked_for" in eater.model_fields_set]
    of_each: dict[str, Sequence[WrittenAsked]] = {one.name: one.asked_for for one in stated.eaters}
    named = dict(week.named())
    made = {name: [*asked_wishes(one, of_table=False)] for name, one in named.items() if name}
    made |= {NAMELESS: [*asked_wishes(week.table, of_table=True if of_each else None)]}
    for name, wishes in (of_each | {NAMELESS: stated.asked_for}).items() if told else ():
        written = Counter(AskedWish(wish.wish, wish.kept, wish.how) for wish in wishes)
        known = Counter(made.get(name, ()))
        for wrong, pattern in (
            (written.keys() - known.keys(), _NOT_SO),
            (known.keys() & (written - known).keys(), _TWICE),
            (known.keys() - written.keys(), _MISSING),
        ):
            for wish in sorted(wrong, key=lambda one: one.text):
                yield name, pattern.format(told=wish.text)


def asked_told(week: TableDocument, *, kept_too: bool = True) -> Iterator[Block]:
    """Return what of the wishes a plan keeps and what not; or, without ``kept_too``, the latter."""
    given_way = [] if week.report is None else accepted_notes(notes_of(week.report))
    told = [*_lines(dict(week.named()), kept_too), *_table_lines(week, week.table, kept_too)]
    yield from section(TITLE, bullets([*given_way, *told]), "asked-for")


def asked_of_closest(week: TableDocument, refused: TableReport) -> Iterator[Block]:
    """Return the same of the plan that is closest to what was asked for, and refused."""
    asked = {name: report.request for name, report in refused.reports.items()}
    own = {name: replace(one, request=asked.get(name, one.request)) for name, one in week.named()}
    of_table = _table_lines(week, replace(week.table, request=refused.request))
    planned = {name: document.request for name, document in week.named()}
    yield from section(TITLE, bullets([*_lines(own, planned=planned), *of_table]), "asked-for")


def _lines(
    eaters: Mapping[str, WeekDocument],
    kept_too: bool = True,
    planned: Mapping[str, PlanRequest] = MappingProxyType({}),
) -> list[str]:
    """Return lines on all wishes, once where they are everybody's."""
    return once_each(
        {
            name: [
                wish.text
                for wish in asked_wishes(
                    own, of_table=False if name else None, planned=planned, name=name
                )
                if kept_too or wish.kept is False
            ]
            for name, own in eaters.items()
        }
    )


def _table_lines(week: TableDocument, table: WeekDocument, kept_too: bool = True) -> Iterator[str]:
    """Return lines on the budget and the guests of a table of several."""
    wishes = () if NAMELESS in week.eaters else asked_wishes(table, of_table=True)
    yield from (wish.text for wish in wishes if kept_too or wish.kept is False)


def _wishes(
    request: PlanRequest, plain: PlanRequest
) -> Iterator[tuple[tuple[str, str], PlanRequest, PlanRequest]]:
    """Yield each wish by table and key: a request that has only it, and one that has all others."""
    for override in request.overrides:
        rest = tuple(each for each in request.overrides if each != override)
        yield _BOUND, replace(plain, overrides=(override,)), replace(request, overrides=rest)
    for name, figure in request.habits.items():
        others = {habit: other for habit, other in request.habits.items() if habit != name}
        yield _HABIT, replace(plain, habits={name: figure}), replace(request, habits=others)
    for key in _WHOLE:
        if getattr(request, key) != getattr(plain, key):
            yield ("", key), *_parted(request, plain, key)
    for table in _TABLES:
        own, usual = getattr(request, table), getattr(plain, table)
        for key in (one.name for one in fields(own) if one.init and one.name not in _NO_WISH):
            if getattr(own, key) != getattr(usual, key):
                alone, rest = _parted(own, usual, key)
                only = replace(plain, **{table: alone})
                yield (table, key), only, replace(request, **{table: rest})


def _parted(own: Any, usual: Any, key: str) -> tuple[Any, Any]:
    """Return the usual with a key of one's own, and one's own with the usual key."""
    keys = key, *_SAID_WITH.get(key, ())
    mine, plain = ({one: getattr(each, one) for one in keys} for each in (own, usual))
    return replace(usual, **mine), replace(own, **plain)


def _verdict(
    own: WeekDocument | Report, place: tuple[str, str], only: PlanRequest, without: PlanRequest
) -> tuple[bool | None, str]:
    """Return whether a wish is kept, and what the plan has of it."""
    assert own.check is not None
    if place in (_BOUND, *_ENERGY):
        found = [*_findings(own.check.findings, only)]
        told = values_text(found)
        if place in _ENERGY and found:
            wanted = band_text(*finding_texts(found[-1])[1:])
            told = f"{told}, wanted {wanted}"
        return all(finding.holds for finding in found), told
    is_kept = place == _HABIT and all(known_habits()[habit].is_kept for habit in only.habits)
    if words_of(*place).get("is_weighed") and not is_kept:
        return None, _counts_text(own, only)
    broken, told = _broken(own, without), _counts_text(own, only)
    if place == _BUDGET:
        told = " ".join((*budget_texts(own.shopping), *_eaten_before(own)))
        return not broken and over_budget_usd(own) <= 0.0, told
    return not broken, " ".join(broken) or told


def _used(own: WeekDocument | Report) -> tuple[bool | None, str]:
    """Describe how much of what is to be used up a plan takes, and whether that is all of it."""
    assert own.plan is not None
    texts, is_all = list[str](), True
    pattern = "{taken} of {mass} g of {name} used up"
    for _whose, use in asked_uses(own.request, own.foods, own.dishes):
        if not use.is_stock:
            taken, mass = taken_g(use, own.plan, own.foods), use.mass_g
            taken, mass = min(taken, mass) / use.per_said_g, mass / use.per_said_g
            is_all = is_all and mass - taken < HALF_G
            grams = {"taken": f"{taken:,.0f}", "mass": f"{mass:,.0f}"}
            texts.append(pattern.format(**grams, name=" + ".join(map(named, use.names))))
    return True if is_all else None, "; ".join(texts)


def _eaten_before(own: WeekDocument | Report) -> Iterator[str]:
    """Yield the cost of the food eaten on the days that were past when it was last planned."""
    assert own.plan is not None
    first = max(map(int, own.request.week.begun), default=0)
    when = next((day.date for day in own.plan.days if day.day == first), None)
    if when is not None:
        had = replace(own.plan, days=own.plan.days[: first - 1])
        usd = list_asked(had, own.request, own.foods, own.dishes, None).eaten_usd
        yield f"Before {when}, food for {price_text(usd)} was eaten."


def _findings(found: Iterable[Finding], only: PlanRequest) -> Iterator[Finding]:
    """Return what the judge found of a bound; of energy, where none was set, over the weeks.

    Days before it was asked for are left out.
    """
    since = only.preferences.since
    of_energy = {(ENERGY_KEY, "week")}
    periods = {
        (override.nutrient, "day" if holds_each_day(override, *side) else "week")
        for override in only.overrides
        for side in override.sides.items()
    }
    asked_of = (
        finding
        for finding in found
        if finding.basis == basis_of(finding.nutrient)
        and finding.day not in days_before(since, finding.nutrient, only.week)
    )
    return (one for one in asked_of if (one.nutrient, one.period) in (periods or of_energy))


def _broken(own: WeekDocument | Report, without: PlanRequest) -> list[str]:
    """Return the faults that the judge finds for one wish alone: none where the wish is none."""
    assert own.check is not None
    assert own.plan is not None
    if not own.check.faults:
        return []
    with_it, others = (
        check_plan(own.plan.days, (), own.foods, asked).faults for asked in (own.request, without)
    )
    return [fault for fault in with_it if fault not in others]


def _counts_text(own: WeekDocument | Report, only: PlanRequest) -> str:
    """Describe how often there is what was asked for by its name: ``"tofu 3 times"``."""
    assert own.plan is not None
    wanted = only.preferences
    names = dict.fromkeys((*wanted.like, *wanted.dislike, *(rule.name for rule in wanted.per_week)))
    if not names:
        return ""
    notes = read_dish_notes(own.request.preferences.dishes)
    table = read_table(own.plan.days, own.foods, own.request)
    most = {*wanted.dislike, *(rule.name for rule in wanted.per_week if rule.sense == "<=")}
    served = {
        name: served_of(table, name, notes, counted if name in most else with_cooked)
        for name in names
    }
    before = {
        one.name: days_before(wanted.since, str(one), own.request.week) for one in wanted.per_week
    }
    in_days = _in_days(table, wanted.per_week)
    told = {
        name: plural(count, "{count} time", "{count} times").format(count=count)
        + in_days.get(name, "")
        for name, meals in served.items()
        if meals is not None
        for count in [sum(meal.day not in before.get(name, ()) for meal in meals)]
    }
    several = (f"{named(name)} {count}" for name, count in told.items())
    return ", ".join(several if len(names) > 1 else told.values())


def _in_days(table: JudgedTable, rules: Iterable[FrequencyRule]) -> dict[str, str]:
    """Return for each name how often that is in the days of a plan, if they are not one week."""
    ways = {
        ">=": (least_in, "; at least {count} in {span}"),
        "<=": (most_in, "; at most {count} in {span}"),
    }
    told = dict[str, str]()
    for rule in rules if table.days != DAYS_PER_WEEK else ():
        times, pattern = ways[rule.sense]
        count = sum(times(week.days, rule.count) for week in table.weeks())
        told[rule.name] = told.get(rule.name, "") + pattern.format(count=count, span=table.span)
    return told
