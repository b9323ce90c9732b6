"""How far few changes of a diary get, in words and as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby

from planner.candidates.servings import in_words
from planner.check.amounts import CALCIUM, MAGNESIUM, RATIO_KEY
from planner.check.judge import Finding
from planner.check.lines import KnownFood
from planner.diary.analysis import LEFT_OUT, Analysis, DiaryFinding, said_first
from planner.diary.diary import UNMATCHED, DiaryEntry
from planner.diary.sums import line_amount
from planner.document.blocks import (
    TITLE,
    WARNING,
    Block,
    Paragraph,
    Section,
    Table,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.export.diary import dangers_told
from planner.export.figures import amount_text, band_text, finding_texts, sources_text
from planner.export.meals import FIGURES, figure_cells
from planner.export.plan_pictures import pools
from planner.export.who import person_text
from planner.improve.change import ADD, AMOUNT, REMOVE, DietChange, rules
from planner.improve.model import Improvement, Option
from planner.pictures.picture import COLUMNS, POINTS, Band, Panel, Picture, Series, Values
from planner.safety.stops import banner_of, safety_sentence
from planner.shops import named
from planner.targets.derive import TargetSet
from planner.targets.target import heading_of, name_within, unit_word
from planner.wording import plural

LAST_RESORT = (
    "As a last resort: these take calcium away. Milk, yogurt and cheese carry most of a day's "
    "calcium, so more magnesium comes first; do this only if nothing above is enough for you."
)
_DECIMAL = re.compile(r"\d+(\.\d+)?")


def improvement_told(found: Improvement) -> Iterator[Block]:
    """Return the ways by number of changes, each with what the diary then holds."""
    before = found.before
    yield Paragraph(_title(before), TITLE)
    banner = banner_of(before.request.patient)
    yield from paragraphs([banner], WARNING)
    yield from paragraphs(dangers_told(before), WARNING)
    yield from section("Not counted", paragraphs(_not_counted(before)))
    yield from section("May not stay", bullets(_may_not_stay(found)))
    yield Paragraph(_missed_text(found))
    yield from paragraphs(_of_calcium(found))
    if found.richest is not None:
        yield _richest(found, found.richest)
    if found.options:
        yield _table(found)
    for (count, is_enough, is_last), options in groupby(
        found.options, key=lambda one: (one.most, one.is_enough, one.way.is_last_resort)
    ):
        told = (block for option in options for block in _option(found, option))
        care = paragraphs([LAST_RESORT] if is_last else [])
        yield from section(_heading(found, count, is_enough), chain(care, told))
    yield from section("How sure that is", bullets(_proof(found)))
    first = (LEFT_OUT, *said_first())
    advice = bullets(hint.text for hint in before.advice if hint.code not in first)
    yield from section("Please mind", advice)
    yield Paragraph(safety_sentence("not_medical_advice"))


def change_text(change: DietChange, days: int) -> str:
    """Describe a change: ``"Lunch: 1 cup brown rice instead of 1 cup white rice"``."""
    meal = change.slot.capitalize() if change.slot else change.name or "That day"
    if days > 1:
        within = change.slot if change.slot else change.name
        day = f"Day {change.day}"
        meal = ", ".join(filter(None, (day, within)))
    gone, come = _eaten(change.gone), _coming(change.come)
    if change.action == ADD and not change.says:
        return f"{meal}: add {come}"
    if change.action == ADD:
        return f"{meal}: add {come}, {change.says}"
    if change.action == REMOVE:
        return f"{meal}: leave out {gone}"
    if change.action == AMOUNT and change.come and change.gone:
        return (
            f"{meal}: {named(change.come.name)}, {change.come.amount} instead of "
            f"{_amount(change.gone)}"
        )
    return f"{meal}: {come} instead of {gone}"


def _eaten(entry: DiaryEntry | None) -> str:
    return " ".join(filter(None, (_amount(entry), named(entry.name)))) if entry else ""


def _coming(entry: DiaryEntry | None) -> str:
    if entry is None:
        return ""
    return f"{entry.amount} {named(entry.name)}"


def _amount(entry: DiaryEntry) -> str:
    """Describe an amount of a diary as a cook would: ``"0.75 cup"`` as ``"3/4 cup"``; others stay.

    Where it stands with the name, the line's mass is said.
    """
    number, _space, measure = entry.amount.partition(" ")
    if not _DECIMAL.fullmatch(number) or not measure:
        return entry.amount or (f"{entry.mass_g:.0f} g" if entry.mass_g else "")
    return in_words(float(number), measure)


def _title(before: Analysis) -> str:
    count = len(before.diary.days)
    text = plural(count, "{where}: {count} day", "{where}: {count} days")
    told = text.format(where=before.diary.where, count=count)
    return f"{told}. {person_text(before.request)}."


def _not_counted(before: Analysis) -> list[str]:
    """Name the lines that nothing surely stands for; `analyse` says why of each."""
    names = [entry.written for entry in before.diary.entries() if entry.kind == UNMATCHED]
    how = "`magplan analyse` says why, and what each may be."
    return [f"{', '.join(names)}.", how] if names else []


def _may_not_stay(found: Improvement) -> Iterator[str]:
    """Name the lines that are left out, and that all that follows is without them."""
    if found.may_not_stay:
        yield from found.may_not_stay
        yield (
            "Everything below is without these lines: each is left out, or something else stands "
            "in its place."
        )
    if found.before.request.preferences.names_left_out and _not_counted(found.before):
        yield "What isn't counted isn't checked either for what you leave out."


def _missed_text(found: Improvement) -> str:
    names = ", ".join(name_within(key) for key in found.met)
    if found.is_met and found.may_not_stay:
        return f"Nothing else has to be changed: without these lines, {names} are met."
    if found.is_met:
        return f"Nothing has to be changed: {names} are met as it is eaten."
    pattern = "To be met: {names}. As it is eaten: {missed}."
    if found.may_not_stay:
        pattern = "To be met: {names}. Without these lines: {missed}."
    told = pattern.format(names=names, missed=_missed_as_text(found, found.before))
    if found.options:
        return told
    none = f"None of the {found.offered} changes that may be offered helps."
    return f"{told} {none}"


def _of_calcium(found: Improvement) -> list[str]:
    """Name the foods that bring the calcium, where it is too much beside the magnesium."""
    above = (
        found.is_missed(finding) and (finding.value or 0.0) > (finding.target.upper or 0.0)
        for finding in found.before.findings
        if finding.target.nutrient == RATIO_KEY
    )
    return [sources_text(CALCIUM, found.before.sources[CALCIUM])] if any(above) else []


def _missed_as_text(found: Improvement, analysis: Analysis) -> str:
    """Describe which of the targets to meet are missed, each nutrient with its days and mean."""
    groups: dict[tuple[str, str], list[DiaryFinding]] = {}
    for finding in analysis.findings:
        if found.is_missed(finding):
            groups.setdefault((finding.target.nutrient, _wanted(finding)), []).append(finding)
    return "; ".join(
        f"{name_within(key)} {_values(own, len(analysis.days))}, wanted {band}"
        for (key, band), own in groups.items()
    )


def _wanted(one: DiaryFinding) -> str:
    """Return the side of a band that is missed, in words."""
    _value, lower, upper = _texts(one)
    is_over = one.target.upper is not None and (one.value or 0.0) > one.target.upper
    return band_text("", upper) if is_over else band_text(lower, "")


def _values(findings: Sequence[DiaryFinding], days: int) -> str:
    """Describe the values of findings of one nutrient: ``"2.49 on day 1, 2.71 on average"``."""
    told = []
    for finding in findings:
        value, _lower, _upper = _texts(finding)
        text = " ".join(filter(None, (value, unit_word(finding.target.nutrient))))
        if days > 1:
            pattern = "{value} on average" if finding.day is None else "{value} on day {day}"
            text = pattern.format(value=text, day=finding.day)
        told.append(text)
    return ", ".join(dict.fromkeys(told))


def _texts(one: DiaryFinding) -> tuple[str, str, str]:
    """Return value and bounds as they are printed, a value never as the bound that it misses."""
    target = one.target
    return finding_texts(
        Finding(
            *(target.nutrient, target.period, one.day, one.value, target.lower, target.upper),
            *(bool(one.holds), one.coverage.share, target.hard, target.basis),
        )
    )


def _table(found: Improvement) -> Table:
    """Return all ways side by side: how many changes a day, and what a day then holds."""
    keys = [key for key in FIGURES if key != RATIO_KEY or found.before.targets.shows_ratio]
    head = ["", "changes", *(FIGURES[key] for key in keys), ""]
    rows = [["as eaten", "", *_cells(found.eaten, keys), ""]]
    if found.may_not_stay:
        rows.append(["without what may not stay", "", *_cells(found.before, keys), ""])
    for rank, option in enumerate(found.options, start=1):
        told = "enough" if option.is_enough else "not yet"
        rows.append([str(rank), str(len(option.way.changes)), *_cells(option.after, keys), told])
    return Table("How far few changes get", head, rows, (len(head) - 1,))


def _cells(analysis: Analysis, keys: Sequence[str]) -> list[str]:
    return figure_cells(keys, analysis.mean.totals, analysis.mean.ca_mg_ratio)


def _heading(found: Improvement, count: int, is_enough: bool) -> str:
    if len(found.before.diary.days) > 1:
        many = plural(count, "At most {count} change a day", "At most {count} changes a day")
    else:
        many = plural(count, "{count} change", "{count} changes")
    told = "{many}: enough" if is_enough else "{many}: not yet enough"
    return told.format(many=many.format(count=count))


def _richest(found: Improvement, option: Option) -> Section:
    """Describe the changes to what is eaten that add most magnesium, and a day's amount then."""
    count = len(option.way.changes)
    heading = plural(
        count,
        "Most magnesium by {count} change to what was eaten: {before} mg a day become {after} mg",
        "Most magnesium by {count} changes to what was eaten: {before} mg a day become {after} mg",
    )
    before, after = (one.mean.totals[MAGNESIUM] or 0.0 for one in (found.before, option.after))
    texts = (amount_text(MAGNESIUM, amount) for amount in (before, after))
    named = dict(zip(("before", "after"), texts, strict=True))
    return Section(heading.format(count=count, **named), bullets(_changes(found, option)))


def _changes(found: Improvement, option: Option) -> list[str]:
    days, foods = len(found.before.diary.days), option.after.mean.table.foods
    return [_with_gain(change_text(change, days), change, foods) for change in option.way.changes]


def _option(found: Improvement, option: Option) -> Iterator[Block]:
    rank, changes = found.options.index(option) + 1, _changes(found, option)
    yield Section(f"{rank}  {changes[0]}", paragraphs([*changes[1:], *_effects(found, option)]))


def _with_gain(text: str, change: DietChange, foods: Mapping[str, KnownFood]) -> str:
    """Return the text of a change, followed by how much magnesium it adds."""
    come_mg, gone_mg = (
        line_amount(one, foods, MAGNESIUM) if one else 0.0 for one in (change.come, change.gone)
    )
    gained_mg = come_mg - gone_mg
    return f"{text} ({gained_mg:+.0f} mg of magnesium)"


def _effects(found: Improvement, option: Option) -> Iterator[str]:
    """Describe what is still missed, what else is met now, and that calcium falls where it does."""
    if missed := _missed_as_text(found, option.after):
        yield f"Still missed: {missed}."
    less = (found.before.mean.totals[CALCIUM] or 0.0) - (option.after.mean.totals[CALCIUM] or 0.0)
    if less >= 1.0:
        yield f"Calcium falls by {amount_text(CALCIUM, less)} mg."
    gained = [name_within(key) for key in found.gained(option)]
    if gained:
        yield "Met with it as well: {names}.".format(names=", ".join(gained))


def _proof(found: Improvement) -> Iterator[str]:
    if not found.options:
        return
    if all(option.way.is_proven for option in found.options):
        yield (
            f"Proven among {found.offered} possible changes: with the same number of changes, "
            "none gets "
            "closer than the first option listed for that number. Of those that are enough, none "
            "is shorter than the first, or as short and gentler; each later option avoids "
            "something in the ones before it."
        )
    else:
        yield (
            "The solver ran out of time: each way holds what it says, but a shorter or gentler one "
            f"may have been passed over among {found.offered} possible changes."
        )
    if found.no_further:
        yield (
            "More changes a day were tried and get no nearer: each of the others would miss or "
            "break something that is on target as eaten, or hardly help."
        )
    elif found.most <= rules()["meet"]["most_changes"] and not found.is_enough:
        yield "More changes a day may get nearer: --changes says how many."
    if found.left_out and not found.is_enough:
        yield plural(
            found.left_out,
            "{count} change that takes calcium away, such as less milk, was tried as a last "
            "resort: with it, too, nothing is enough.",
            "{count} changes that take calcium away, such as less milk, were tried as a last "
            "resort: with them, too, nothing is enough.",
        ).format(count=found.left_out)
    elif found.left_out:
        yield plural(
            found.left_out,
            "{count} change that takes calcium away, such as less milk, is not listed: it is a "
            "last resort, for when nothing else is enough.",
            "{count} changes that take calcium away, such as less milk, are not listed: they are "
            "a last resort, for when nothing else is enough.",
        ).format(count=found.left_out)
    yield (
        "Every option was recalculated from the food table. Anything else that was on target as "
        "eaten stays on target; anything that was missed is missed by hardly any more."
    )


_WEEK, _DAY = "week", "day"
_PANELS = {MAGNESIUM: COLUMNS, CALCIUM: COLUMNS, RATIO_KEY: POINTS}
NAME = "improve"


def improvement_picture(found: Improvement) -> Picture:
    """Return the picture: a panel for magnesium, calcium and their ratio, beside what is wanted."""
    shown = _best_of_each(found)
    analyses = [found.before, *(option.after for option in shown)]
    places = ["as eaten", *(_place(option) for option in shown)]
    keys = [key for key in _PANELS if key != RATIO_KEY or found.before.targets.shows_ratio]
    panels = tuple(_panel(key, places, analyses) for key in keys)
    return Picture(NAME, "How far few changes get", panels)


def _best_of_each(found: Improvement) -> list[Option]:
    """Return the first way of each number of changes."""
    best: dict[int, Option] = {}
    for option in found.options:
        best.setdefault(option.most, option)
    return list(best.values())


def _place(option: Option) -> str:
    count = len(option.way.changes)
    return plural(count, "{count} change", "{count} changes").format(count=count)


def _panel(key: str, places: Sequence[str], analyses: Sequence[Analysis]) -> Panel:
    values = tuple(
        one.mean.ca_mg_ratio if key == RATIO_KEY else one.mean.totals.get(key) for one in analyses
    )
    return Panel(
        _PANELS[key],
        heading_of(key),
        tuple(place.replace(" ", "\n", 1) for place in places),
        _series(key, values, analyses),
        tuple(amount_text(key, value) for value in values),
        _bands(analyses[0].targets, key, len(places)),
    )


def _series(key: str, values: Values, analyses: Sequence[Analysis]) -> tuple[Series, ...]:
    """Return the values; of an amount what food and what supplements bring, where there are any."""
    if _PANELS[key] != COLUMNS:
        return (Series("value", "value", values),)
    return pools(values, [analysis.mean.supplement_totals.get(key, 0.0) for analysis in analyses])


def _bands(targets: TargetSet, key: str, count: int) -> tuple[Band, ...]:
    """Return what is wanted of the mean, or of a day where nothing is of the mean."""
    target = targets.find(key, _WEEK) or targets.find(key, _DAY)
    if target is None or (target.lower is None and target.upper is None):
        return ()
    bounds = [
        None if bound is None else amount_text(key, bound) for bound in (target.lower, target.upper)
    ]
    name = band_text(*(bound or "" for bound in bounds))
    return (Band.level(name, target.lower, target.upper, count),)
