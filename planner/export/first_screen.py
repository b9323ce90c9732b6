"""The first screen: who, what there is to eat, what it brings, and how far to trust it.

Why 24 lines and no more: it is the answer, and an answer is read without scrolling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planner.explain.beside import added_supplements
from planner.explain.report import Report
from planner.export.figures import amount_text, tenths_text
from planner.export.low import low_words
from planner.export.page import (
    BLANK,
    HEADING,
    PLAIN,
    TITLE,
    WIDTH,
    Line,
    as_columns,
    cut_at_word,
    shortened_apart,
    wrapped,
)
from planner.export.readings import reading_lines
from planner.export.who import assumed_text, day_label, person_text, used_of, wishes_text
from planner.language.figures import cost_as, number_text, price_as
from planner.language.names import named, slot_name
from planner.language.shops import currency
from planner.language.spoken import _, is_english, mark, spoken
from planner.plan.plan import Day, Meal, Plan
from planner.request.days import DAYS_PER_WEEK
from planner.request.shares import RATIO
from planner.safety.banner import banner_of
from planner.solve.outcome import Outcome
from planner.standards.standard import standard_label
from planner.targets.target import Target
from planner.targets.words import name_of, unit_word

SNACK, WEEK = "snack", "week"
GAP = "  "
CUT_BY_CLOCK = mark("Time limit reached: this may differ on another machine.")
SCREEN_LINES = 24
_EXAMPLE = "magplan plan --sex m --age 40 --height 178 --weight 80"
_LEAST_SNACK = 10
_KEYS = ("magnesium_mg", "calcium_mg", RATIO, "energy_kcal")
_HEADS = {"magnesium_mg": "Mg mg", "calcium_mg": "Ca mg", RATIO: "Ca:Mg", "energy_kcal": "kcal"}


def first_screen(report: Report, plan: Plan) -> list[Line]:
    """Give the first screen: at most 24 lines for a week."""
    head, dishes, figures = _header(report), main_dishes(plan), _figure_table(report, plan)
    trust = wrapped(trust_text(report))
    is_long = len(plan.days) > DAYS_PER_WEEK
    room = SCREEN_LINES - (0 if is_long else len([*head, *dishes, *figures, *trust]))
    readings = reading_lines(report, max(1, room))
    room -= len(readings)
    blanks = [[BLANK] if room > number else [] for number in range(2)]
    return [*head, *readings, *dishes, *blanks[0], *figures, *blanks[1], *trust]


def trust_text(report: Report) -> str:
    """Say how the plan was checked, how far it can be from the best, and what it rests on."""
    outcome = report.outcome
    passed = report.check is not None and report.check.passed
    sentences = [
        _("Checked without the solver: passed{realism}.").format(
            realism=f"{_low(report)}{_realism_text(report)}"
        )
        if passed
        else _("Checked: FAILED."),
        gap_text(report.outcome, report.candidates, report.request.solve.gap),
        f"{solver_text(outcome)}; {_values_text(report)}{_doubt_text(report)}.",
    ]
    return " ".join(sentences)


def solver_text(outcome: Outcome) -> str:
    """Name the solver, and say how long it worked."""
    return f"{outcome.solver} {outcome.version}, {number_text(f'{outcome.time_s:.1f}')} s"


def _values_text(report: Report) -> str:
    """Name the catalogue and the standard."""
    standard = standard_label(report.request.standard)
    told = _("catalogue {version}, {standard} values")
    return told.format(version=report.foods.version, standard=standard)


def _low(report: Report) -> str:
    """Say what is low although the plan passes."""
    told = low_words(report.check.findings) if report.check else ""
    return f" ({told})" if told else ""


def _realism_text(report: Report) -> str:
    """Say how real the plan is."""
    if report.realism is None:
        return ""
    return _("; realism {score} of 10").format(score=tenths_text(report.realism.score))


def _doubt_text(report: Report) -> str:
    """Say how much of the magnesium hangs on foods whose releases differ."""
    share = report.why.uncertain_magnesium_share if report.why else 0.0
    told = _("; sources differ for {share} % of the magnesium")
    return told.format(share=f"{100 * share:.0f}") if share else ""


def gap_text(outcome: Outcome, count: int, asked: float | None = None) -> str:
    """Say status and gap, points beside per cent, and what ended the search.

    ``count`` dishes and foods were considered; ``asked`` is the gap that was asked for.
    """
    limit = _(CUT_BY_CLOCK) if outcome.cut_by_clock else _ending(outcome, asked)
    stopped = _("Stopped from the keyboard: the best so far.") if outcome.stopped else ""
    return " ".join(filter(None, (_found_text(outcome, count), limit, stopped)))


def _found_text(outcome: Outcome, count: int) -> str:
    """Say status and gap."""
    if outcome.status == "optimal":
        return _("Proven best of {count} dishes and foods (optimal).").format(count=count)
    if outcome.objective is None or outcome.bound is None or outcome.gap is None:
        told = _("Best found of {count} dishes and foods (feasible); no bound is known.")
        return told.format(count=count)
    points = max(0.0, outcome.objective - outcome.bound)
    told = _(
        "Best found of {count} dishes and foods (feasible): at most {points} points "
        "({gap} %) from the best possible."
    )
    gap = number_text(f"{100 * outcome.gap:.1f}")
    return told.format(count=count, points=number_text(f"{points:.2f}"), gap=gap)


def _ending(outcome: Outcome, asked: float | None) -> str:
    """Say what ended a search for a gap, where the clock did not."""
    if asked is None or outcome.stopped or outcome.status == "optimal" or outcome.gap is None:
        return ""
    if not outcome.searched:
        told = _("This week was not searched on for a gap of {gap} %.")
    elif outcome.gap <= asked:
        told = _("The gap of {gap} % that was asked for is reached.")
    else:
        told = _("All its work was done before a gap of {gap} %; --time-limit gives it more.")
    return told.format(gap=number_text(f"{100 * asked:g}"))


def _header(report: Report) -> list[Line]:
    """Say who it is for, what to be careful of, what was asked for and what was assumed."""
    request = report.request
    if request.is_sample_profile:
        first = _("Planned for a sample person: {person}.").format(person=person_text(request))
        extra = _extra_text(report)
        second = _("Yours: {command}").format(command=_EXAMPLE)
        if extra:
            second = f"{_('Asked for: {wishes}.').format(wishes=extra)} {second}"
    else:
        first = _("Planned for: {person}.").format(person=person_text(request))
        assumed = assumed_text(request)
        parts = (_extra_text(report), _("assumed: {what}").format(what=assumed) if assumed else "")
        second = "; ".join(filter(None, parts))
        second = f"{second[:1].upper()}{second[1:]}." if second else ""
    banner = spoken(banner_of(request.patient))
    return [
        *(Line(line.text, TITLE) for line in wrapped(banner) if banner),
        Line(cut_at_word(first, WIDTH), TITLE),
        *(wrapped(second) if second else []),
    ]


def _extra_text(report: Report) -> str:
    """Say the wishes, and which supplements the plan adds."""
    added = added_supplements(report.plan) if report.plan is not None else ()
    words = [
        wishes_text(report.request, with_left_out=False, used=used_of(report)),
        _("{names} added").format(names=", ".join(map(spoken, added))) if added else "",
        *lowered_texts(report.targets.targets),
    ]
    return "; ".join(filter(None, words))


def lowered_texts(targets: Iterable[Target]) -> list[str]:
    """Say which targets were set below the recommended by hand."""
    return [
        _("{nutrient} lowered by hand below the recommended {figure} {unit}").format(
            nutrient=_within(one.nutrient),
            figure=number_text(f"{one.lowered_from:g}"),
            unit=unit_word(one.nutrient),
        )
        for one in targets
        if one.lowered_from and one.period == WEEK
    ]


def _within(key: str) -> str:
    """Name a nutrient within a sentence."""
    return name_of(key).lower() if is_english() else name_of(key)


def main_dishes(plan: Plan) -> list[Line]:
    """Give a row per day with the main thing of each meal but the snack."""
    slots = list(dict.fromkeys(meal.slot for day in plan.days for meal in day.meals))
    slots = [slot for slot in slots if slot != SNACK] or slots
    label = max(len(day_label(day)) for day in plan.days)
    width = (WIDTH - label - len(GAP) * len(slots)) // len(slots)
    rows = [["", *(slot_name(slot) for slot in slots)]]
    short = shortened_apart((_main_name(day, slot) for day in plan.days for slot in slots), width)
    rows += [
        [day_label(day), *(short[_main_name(day, slot)] for slot in slots)] for day in plan.days
    ]
    padded = [[row[0].ljust(label), *(cell.ljust(width) for cell in row[1:])] for row in rows]
    return _table_lines([GAP.join(row).rstrip() for row in padded])


def _main_name(day: Day, slot: str) -> str:
    meal = _meal(day, slot)
    return named(meal.items[0].name) if meal is not None else "-"


def _meal(day: Day, slot: str) -> Meal | None:
    return next((meal for meal in day.meals if meal.slot == slot), None)


def _figure_table(report: Report, plan: Plan) -> list[Line]:
    """Give a row per day with its figures and its snack, and the mean below."""
    keys = [key for key in _KEYS if key != RATIO or report.targets.ratio_mode != "off"]
    rows = [["", *(_(_HEADS[key]) for key in keys), currency()]]
    rows += [
        [
            day_label(day),
            *_figures(keys, day.totals, day.ca_mg_ratio),
            cost_as(day.cost),
        ]
        for day in plan.days
    ]
    mean_cost = plan.cost / len(plan.days)
    means = _figures(keys, plan.means, plan.ca_mg_ratio)
    rows.append([_("Mean"), *means, cost_as(mean_cost)])
    texts = as_columns(rows, right=range(1, len(rows[0])))
    return _table_lines(_beside(texts, report, plan))


def _figures(
    keys: Sequence[str], amounts: Mapping[str, float | None], ratio: float | None
) -> list[str]:
    return [amount_text(key, ratio if key == RATIO else amounts.get(key)) for key in keys]


def _beside(texts: Sequence[str], report: Report, plan: Plan) -> list[str]:
    """Put the snacks, and below them what the till says, beside the figures."""
    width = WIDTH - max(map(len, texts)) - len(GAP)
    snacks = [_snack(day) for day in plan.days]
    if not any(snacks) or width < _LEAST_SNACK:
        return list(texts)
    till, eaten = price_as(report.shopping.total_usd), price_as(report.shopping.eaten_usd)
    cells = [_("Snack"), *snacks, _("till {till}, eaten {eaten}").format(till=till, eaten=eaten)]
    return [
        f"{text}{GAP}{cut_at_word(cell, width)}" for text, cell in zip(texts, cells, strict=True)
    ]


def _snack(day: Day) -> str:
    meal = _meal(day, SNACK)
    return ", ".join(_short_name(named(item.name)) for item in meal.items) if meal else ""


def _short_name(name: str) -> str:
    """Drop what stands behind a comma: ``"Milk, low-fat"`` is a milk here."""
    return name.split(",")[0]


def _table_lines(texts: Sequence[str]) -> list[Line]:
    return [Line(text, HEADING if place == 0 else PLAIN) for place, text in enumerate(texts)]
