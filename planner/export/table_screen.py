"""The first screen of a table: the shared dishes once, then each eater's own meals and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.explain.report import Report
from planner.explain.table_report import TableReport
from planner.export.figures import amount_text, tenths_text
from planner.export.first_screen import gap_text, solver_text
from planner.export.low import low_words
from planner.export.page import (
    BLANK,
    HEADING,
    TITLE,
    WIDTH,
    Line,
    as_columns,
    cut_at_word,
    shortened,
    shortened_apart,
    wrapped,
)
from planner.export.readings import reading_texts
from planner.export.shopping_text import till_text
from planner.export.who import (
    assumed_text,
    day_label,
    own_wishes_text,
    person_text,
    used_of,
    wishes_text,
)
from planner.language.names import named, slot_name
from planner.language.spoken import _, mark, ngettext, spoken
from planner.plan.plan import Day
from planner.request.shares import RATIO
from planner.safety.banner import banner_of
from planner.standards.standard import standard_label
from planner.targets.words import person_word

GAP = "  "
KEYS = ("magnesium_mg", "calcium_mg", RATIO, "energy_kcal")
HEADS = (mark("Mg mg"), mark("Ca mg"), "Ca:Mg", "kcal")
_MOST_NAME = 40


def table_screen(report: TableReport) -> list[Line]:
    """Give the shared dishes of the week, each eater's own meals and figures, and the trust."""
    plan = report.plan
    assert plan is not None
    lines = [*_header(report)]
    if report.shared:
        lines += _shared_table(report, plan.days)
    for name, own in report.reports.items():
        lines += [BLANK, *_eater_table(report, name, own)]
    totals = _("In all {foods} foods: {till}.").format(
        foods=plan.distinct_foods, till=till_text(report.shopping)
    )
    low = [
        f"{name}, {told}."
        for name, own in report.reports.items()
        if own.check and (told := low_words(own.check.findings))
    ]
    return [*lines, BLANK, *wrapped(" ".join([totals, *low, _trust(report)]))]


def _header(report: TableReport) -> list[Line]:
    people = [
        f"{name} ({_(person_word(own.request.profile))}, {own.request.profile.age_y})"
        for name, own in report.reports.items()
    ]
    common = wishes_text(report.request, used=used_of(report))
    everybody = _("; all: {wishes}").format(wishes=common) if common else ""
    told = _("Planned for one table: {people}{all}.")
    said = told.format(people=", ".join(people), all=everybody)
    unmet = (
        f"{name}: {spoken(text)}" for name, own in report.reports.items() for text in own.unmet
    )
    readings = [line for text in (*_common_readings(report), *unmet) for line in wrapped(text)]
    banners = {name: spoken(banner_of(own.request.patient)) for name, own in report.reports.items()}
    warned = [line for name, text in banners.items() if text for line in wrapped(f"{name}: {text}")]
    return [*(Line(line.text, TITLE) for line in [*warned, *wrapped(said)]), *readings]


def _common_readings(report: TableReport) -> list[str]:
    """Say what is left out for everybody, as it was understood."""
    dishes = next(iter(report.reports.values())).dishes
    return reading_texts(report.request, report.foods, dishes)


def _shared_table(report: TableReport, days: Sequence[Day]) -> list[Line]:
    """Give a row per day with the dishes from the common pot, and who comes to eat."""
    slots = [place.split(".")[0] for place in report.shared]
    guests = {(one.day, one.slot): one.count for one in report.request.week.guests}
    label = max(len(day_label(day)) for day in days)
    width = (WIDTH - label - len(GAP) * len(slots)) // len(slots)
    head = ["", *(_shared_head(report, place, width) for place in report.shared)]
    rows = [
        [day_label(day), *(_shared_cell(one, slot, guests, width) for one, slot in cells)]
        for day, cells in zip(days, _days_of_sharers(report, slots), strict=True)
    ]
    texts = as_columns([head, *rows])
    return [Line(texts[0], HEADING), *map(Line, texts[1:])]


def _days_of_sharers(
    report: TableReport, slots: Sequence[str]
) -> Iterator[tuple[tuple[Day, str], ...]]:
    """Give for each day the shared meals, each as one of those has it who share it."""
    plans = [report.reports[names[0]].plan for names in report.shared.values()]
    for days in zip(*(plan.days for plan in plans if plan is not None), strict=True):
        yield tuple(zip(days, slots, strict=True))


def _shared_head(report: TableReport, place: str, width: int) -> str:
    slot, names = slot_name(place.split(".")[0]), report.shared[place]
    if len(names) == len(report.reports):
        return cut_at_word(_("{slot} for all").format(slot=slot), width)
    return cut_at_word(_("{slot} of {names}").format(slot=slot, names=", ".join(names)), width)


def _shared_cell(day: Day, slot: str, guests: Mapping[tuple[int, str], int], width: int) -> str:
    items = [item for meal in day.meals if meal.slot == slot for item in meal.items]
    count = guests.get((day.day, slot), 0)
    coming = ngettext(" (+ {count} guest)", " (+ {count} guests)", count).format(count=count)
    end = coming if count else ""
    return f"{shortened(named(items[0].name), width - len(end))}{end}" if items else "-"


def _eater_table(report: TableReport, name: str, own: Report) -> list[Line]:
    """Give an eater's own main dishes and figures day by day, and the mean."""
    plan = own.plan
    assert plan is not None
    shared = {p.split(".")[0] for p, names in report.shared.items() if name in names}
    served = dict.fromkeys(meal.slot for day in plan.days for meal in day.meals)
    slots = [slot for slot in served if slot not in (*shared, "snack")]
    keys = [key for key in KEYS if key != RATIO or own.targets.ratio_mode != "off"]
    heads = [_(head) for key, head in zip(KEYS, HEADS, strict=True) if key in keys]
    figures = [figure_cells(keys, day.totals, day.ca_mg_ratio) for day in plan.days]
    figures.append(figure_cells(keys, plan.means, plan.ca_mg_ratio))
    right = as_columns([heads, *figures], right=range(len(heads)))
    labels = ["", *(day_label(day) for day in plan.days), _("Mean")]
    label = max(map(len, labels))
    room = WIDTH - label - len(right[0]) - len(GAP) * (len(slots) + 1)
    width = min(_MOST_NAME, room // len(slots)) if slots else 0
    cells = [[slot_name(slot) for slot in slots]]
    short = shortened_apart((_main(day, slot) for day in plan.days for slot in slots), width)
    cells += [[short[_main(day, slot)] for slot in slots] for day in plan.days]
    cells.append(["" for _ in slots])
    rows = [[one, *cell, text] for one, cell, text in zip(labels, cells, right, strict=True)]
    texts = as_columns(rows)
    eater = next(one for one in report.request.eaters if one.name == name)
    wishes = own_wishes_text(eater, used_of(own))
    who = f"{name}: {person_text(own.request)}{f'; {wishes}' if wishes else ''}"
    assumed = assumed_text(own.request)
    common = _common_readings(report)
    readings = reading_texts(own.request, report.foods, own.dishes, common)
    return [
        Line(cut_at_word(who, WIDTH), TITLE),
        *(line for text in readings for line in wrapped(text)),
        *(wrapped(_("Assumed: {what}.").format(what=assumed)) if assumed else []),
        Line(texts[0], HEADING),
        *map(Line, texts[1:]),
    ]


def _main(day: Day, slot: str) -> str:
    items = [item for meal in day.meals if meal.slot == slot for item in meal.items]
    return named(items[0].name) if items else "-"


def figure_cells(
    keys: Sequence[str], amounts: Mapping[str, float | None], ratio: float | None
) -> list[str]:
    """Give the figures of a day in print: those of ``keys``."""
    return [amount_text(key, ratio if key == RATIO else amounts.get(key)) for key in keys]


def _trust(report: TableReport) -> str:
    """Say how the plans were checked, and how far they can be from the best."""
    outcome, standard = report.outcome, standard_label(report.request.standard)
    count = max(own.candidates for own in report.reports.values())
    gap = gap_text(outcome, count, report.request.solve.gap)
    passed = _("Each eater's plan checked alone, without the solver: all passed{realism}.")
    values = _("catalogue {version}, {standard} values").format(
        version=report.foods.version, standard=standard
    )
    checked = passed.format(realism=_realism(report))
    return f"{checked} {gap} {solver_text(outcome)}; {values}."


def _realism(report: TableReport) -> str:
    """Say how real the plans are, from the least real one on."""
    scores = sorted(own.realism.score for own in report.reports.values() if own.realism)
    if not scores:
        return ""
    ends = dict.fromkeys(tenths_text(score) for score in (scores[0], scores[-1]))
    return _("; realism {score} of 10").format(score=_(" to ").join(ends))
