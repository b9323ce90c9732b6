"""Things set side by side on a page that a dietitian can show: most Ca:Mg, or standards.

What the ratio is claimed to do, and what there is to be said of it, stands beside what it does to
the week: in the words of ``configs/facts.csv``. A week without any most is planned for comparison
only; no request can ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from planner.document.blocks import (
    Block,
    Document,
    Paragraph,
    Section,
    Table,
    bullets,
    paragraphs,
)  # fmt: skip
from planner.explain.facts import Fact, cite_source, facts_on
from planner.export.figures import amount_text, mass_text
from planner.export.targets import reference_ratio
from planner.export.why import facts_answer
from planner.request.override import RATIO, TargetOverride
from planner.request.request import PlanRequest
from planner.request.table import refuse_eaters
from planner.settings import read_settings
from planner.shops import in_its_shops, named
from planner.standards.read import read_standard
from planner.sweep.curve import Sweep, SweepPoint
from planner.sweep.picture import value_text
from planner.sweep.told import (
    figures_table,
    legend,
    paper_of,
    remarks,
    sweep_answer,
)
from planner.sweep.way import SETTINGS, Axis, SweepWay
from planner.targets.derive import targets_of
from planner.targets.target import name_of
from planner.wire.sweep import SweepAnswer

RATIOS, STANDARDS = "ratios", "standards"
NO_MOST = "none"
_RATIO_AXIS, _STANDARD_AXIS = "ratio_max", "standard"
_TITLES = {
    RATIOS: "What a maximum calcium-to-magnesium ratio does to the week",
    STANDARDS: "The same person by different standards",
}
_FOR_COMPARISON = (
    "The week without a maximum is shown for comparison only: you cannot ask for a plan without "
    "one."
)
_OWN_STANDARD = (
    "Each week is planned and checked by its own standard alone, so points cannot be compared; the "
    "other columns can."
)
_PLANNED = ("magnesium_mg", "calcium_mg")


def ways_of_ratios(request: PlanRequest) -> tuple[Axis, tuple[SweepWay, ...]]:
    """Return a way for each most of Ca:Mg that is set side by side, and one without any."""
    mosts = read_settings(SETTINGS)["compare"]["ratios"]
    plain = tuple(one for one in request.overrides if one.nutrient != RATIO)
    asked = ((one, replace(request, overrides=(*plain, _most(request, one)))) for one in mosts)
    ways = [SweepWay((value,), own) for value, own in asked]
    free = SweepWay((NO_MOST,), replace(request, overrides=plain), is_ratio_free=True)
    return Axis(_RATIO_AXIS, (*mosts, NO_MOST)), (*ways, free)


def _most(request: PlanRequest, value: float) -> TargetOverride:
    """Return the band that was asked for with another most."""
    asked = [one for one in request.overrides if one.nutrient == RATIO]
    band = asked[0] if asked else TargetOverride(RATIO, None, None)
    return replace(band, upper=value)


def ways_of_standards(request: PlanRequest) -> tuple[Axis, tuple[SweepWay, ...]]:
    """Return a way for each standard that is set side by side; shops and units stay the same.

    Raises
    ------
    ConfigError
        When several eat: each eater has a standard of one's own.
    """
    refuse_eaters(request)
    names = tuple(read_settings(SETTINGS)["compare"]["standards"])
    week = replace(request.week, units=request.units, shops=request.shops)
    ways = tuple(SweepWay((name,), replace(request, standard=name, week=week)) for name in names)
    return Axis(_STANDARD_AXIS, names), ways


@in_its_shops
def comparison_sheet(sweep: Sweep, kind: str) -> Document:
    """Return a comparison as a document: figures, foods, targets or claims and evidence."""
    first = _FOR_COMPARISON if kind == RATIOS else _OWN_STANDARD
    said = Section("What is said of it", tuple(_evidence())) if kind == RATIOS else None
    chapters = (
        Section("What is eaten", tuple(_foods(sweep))),
        said or Section("What each standard asks for", (_asked(sweep),)),
    )
    texts = (first, *legend(replace(sweep, compares_points=True)))
    lead = (figures_table(sweep), *bullets(remarks(sweep)), *paragraphs(texts))
    return Document(_TITLES[kind], lead, chapters, paper=paper_of(sweep))


def comparison_answer(sweep: Sweep, kind: str) -> SweepAnswer:
    """Return a comparison as it is written: as a sweep, with foods, and with what sources say."""
    foods = [{"foods_g": dict(sorted(_eaten(point).items()))} for point in sweep.points]
    return sweep_answer(sweep, foods, facts_answer(_facts()) if kind == RATIOS else None)


def _eaten(point: SweepPoint) -> Mapping[str, float]:
    """Return food id → mass eaten in the plan by everybody [g]; empty without a plan."""
    eaten: dict[str, float] = {}
    plan = None if point.report is None else point.report.plan
    for day in plan.days if plan is not None else ():
        for food_id, mass_g in day.ingredients():
            eaten[food_id] = eaten.get(food_id, 0.0) + mass_g
    return eaten


def _foods(sweep: Sweep) -> Iterator[Block]:
    """Tell the foods whose amounts differ most, and where the magnesium is from."""
    planned = [one for one in sweep.points if one.report is not None]
    if not planned:
        return
    rule, report = read_settings(SETTINGS)["compare"], planned[0].report
    assert report is not None
    eaten = [_eaten(one) for one in planned]
    spread = {
        food: max(own.get(food, 0.0) for own in eaten) - min(own.get(food, 0.0) for own in eaten)
        for food in {food for own in eaten for food in own}
        if report.foods[food].group not in rule["not_told"]
    }
    far = [food for food in spread if spread[food] >= rule["least_food_g"]]
    most = sorted(far, key=lambda food: (-spread[food], food))[: rule["foods"]]
    heads = [value_text(one.way.at[0]) for one in planned]
    masses = {food: [mass_text(own.get(food, 0.0)) for own in eaten] for food in most}
    rows = [(named(report.foods[food].name), *own) for food, own in masses.items()]
    if rows:
        yield Table("Foods that differ most, for the whole plan", ("", *heads), rows)
    yield from bullets(_sources(planned))


def _sources(planned: Iterable[SweepPoint]) -> Iterator[str]:
    for point in planned:
        why = None if point.report is None else point.report.why
        if why is not None:
            each = ((named(one.name), f"{100 * one.share:.0f}") for one in why.magnesium_sources)
            shown = ", ".join(f"{name} {share} %" for name, share in each)
            told = "{value}: magnesium from {sources}"
            yield told.format(value=value_text(point.way.at[0]), sources=shown)


def _facts() -> tuple[Fact, ...]:
    return facts_on(read_settings(SETTINGS)["compare"]["topic"])


def _evidence() -> Iterator[Block]:
    """Tell what sources claim, who says otherwise, and what we found."""
    for fact in _facts():
        cited = "; ".join(map(cite_source, fact.sources))
        yield Paragraph(f"{fact.statement} ({cited})")
        told = (("Others", fact.disagreement), ("Our check", fact.check))
        yield from bullets(f"{label}: {text}" for label, text in told if text)


def _asked(sweep: Sweep) -> Table:
    """Tell what each standard asks for of magnesium and calcium, and their ratio."""
    head = ("", *map(name_of, _PLANNED), "Ca:Mg")
    rows = []
    for point in sweep.points:
        targets = targets_of(point.way.request)
        found = {key: targets.find(key, "week") for key in _PLANNED}
        lowers = {key: None if one is None else one.lower for key, one in found.items()}
        amounts = lowers | {RATIO: reference_ratio(targets)}
        name = read_standard(str(point.way.at[0])).name
        rows.append((name, *(amount_text(key, value) for key, value in amounts.items())))
    return Table("Recommended a day, and calcium to magnesium of these", head, rows)
