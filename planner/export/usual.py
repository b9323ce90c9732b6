"""From a diary on: the path to a plan, week by week, and what to cook for a day's goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planner.check.amounts import CALCIUM, ENERGY, MAGNESIUM
from planner.diary.diary import DiaryEntry
from planner.diary.gap import GapFigures
from planner.document.blocks import (
    Block,
    Paragraph,
    Section,
    Table,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.explain.report import Report
from planner.export.figures import amount_text, mass_text
from planner.export.who import number_label
from planner.improve.next_meal import NextMeal, NextMeals
from planner.language.names import listed, measured, named, slot_within
from planner.language.spoken import _, mark, ngettext, spoken
from planner.request.shares import RATIO
from planner.usual.path import SHOWN, PathChange, PathWeek, UsualPath

ABOUT = mark(
    "Week 0 is your diary, with its meals on the days when the plan has them; the last week is "
    "the plan. Changes that bring the most of what is missing come first; no week newly exceeds "
    "an upper limit."
)
UNKNOWN = mark("Not recognized and counted as zero, so the figures are lower bounds: {names}.")
SAME = mark("Nothing changes: the plan is what you eat.")
MORE = mark("More than {step} at once, since with fewer an upper limit would be exceeded.")


def path_told(path: UsualPath, report: Report) -> Iterator[Block]:
    """Return the path below a week: figures a day of each week, then the meals that change."""
    title = ngettext(
        "A path: {count} change a week", "A path: {count} changes a week", path.step
    ).format(count=path.step)
    yield from section(title, _path(path, report, title))


def _path(path: UsualPath, report: Report, title: str) -> Iterator[Block]:
    assert report.plan is not None
    yield Paragraph(_(ABOUT))
    yield from paragraphs([_unknown_text(report)])
    head = ["", _("Mg mg"), _("Ca mg"), "Ca:Mg", "kcal", _("changes")]
    yield Table(title, head, [*map(_row, path.weeks)])
    for week in path.weeks[1:]:
        more = _(MORE).format(step=path.step) if len(week.changes) > path.step else ""
        told = (*bullets(_change_texts(week.changes, report.plan.dates)), *paragraphs([more]))
        yield Section(_week_title(week), told)
    yield from paragraphs([_(SAME)] if len(path.weeks) == 1 else [])


def _unknown_text(report: Report) -> str:
    assert report.usual is not None
    entries = report.usual.usual.diary.entries()
    names = dict.fromkeys(one.written for one in entries if not one.is_matched)
    return _(UNKNOWN).format(names=", ".join(names)) if names else ""


def _week_title(week: PathWeek) -> str:
    return _("Week {number}").format(number=week.number)


def _row(week: PathWeek) -> list[str]:
    cells = [amount_text(key, week.means[key]) for key in SHOWN]
    return [_week_title(week), *cells, str(len(week.changes)) if week.number else ""]


def _change_texts(changes: Sequence[PathChange], dates: Mapping[int, date]) -> Iterator[str]:
    for one in changes:
        where = f"{number_label(one.day, dates)}, {slot_within(one.slot)}"
        yield f"{where}: {_change_text(one)}"


def _change_text(change: PathChange) -> str:
    """Say what comes to a meal that stays, or what is eaten instead."""
    if not change.before:
        return _("new: {after}").format(after=_listed(change.after))
    if not change.after:
        return _("no longer: {before}").format(before=_listed(change.before))
    more = [one for one in change.after if one not in change.before]
    if not more:
        return _("{after}, in other amounts").format(after=_listed(change.after))
    if change.is_kept:
        more_names = _listed(more)
        return _("{before}, and with it {more}").format(
            before=_listed(change.before), more=more_names
        )
    told = _("{after} instead of {before}")
    return told.format(after=_listed(change.after), before=_listed(change.before))


def _listed(names: Sequence[str]) -> str:
    return listed([named(one) for one in names])


def meals_told(offers: NextMeals) -> Iterator[Block]:
    """Return what was eaten, what is missing, and each meal with what the day then holds."""
    before, need = offers.gaps.before, offers.gaps.magnesium_mg
    missing = max(need - before.magnesium_mg, 0.0)
    told = _("So far: {eaten} mg of magnesium; {missing} mg are missing of {need} mg.")
    figures = {"eaten": before.magnesium_mg, "missing": missing, "need": need}
    yield Paragraph(told.format(**{k: amount_text(MAGNESIUM, v) for k, v in figures.items()}))
    if not offers.offers:
        yield Paragraph(spoken(offers.why))
        return
    head = ["", _("Mg mg"), _("Ca mg"), "Ca:Mg", "kcal", slot_within(offers.slot)]
    rows = [[_("now"), *held_cells(before), ""]]
    rows += [
        [str(at), *held_cells(one.after), _meal(one)] for at, one in enumerate(offers.offers, 1)
    ]
    yield Table(_("helping"), head, rows, (len(head) - 1,))
    upper = offers.gaps.ratio[1]
    if upper and all((one.after.ca_mg_ratio or 0.0) > upper for one in offers.offers):
        told = _(
            "None of them brings Ca:Mg of this day to {upper}: what was eaten holds too much "
            "calcium for it."
        )
        yield Paragraph(told.format(upper=amount_text(RATIO, upper)))
    yield Paragraph(_("`magplan dishes show NAME` prints the recipe of a dish."))


def _meal(offer: NextMeal) -> str:
    beside = [
        ", ".join(filter(None, (_amount(one.come), _(one.says) if one.says else "")))
        for one in offer.beside
        if one.come is not None
    ]
    return "; ".join([_amount(offer.dish), *beside])


def _amount(entry: DiaryEntry) -> str:
    words = measured(entry.amount, entry.item_id)
    return f"{words} ({mass_text(entry.mass_g or 0.0)}) {named(entry.name)}"


def held_cells(figures: GapFigures) -> list[str]:
    """Give the figures of what a day holds, as cells of a row: all but the price."""
    return [
        amount_text(MAGNESIUM, figures.magnesium_mg),
        amount_text(CALCIUM, figures.calcium_mg),
        amount_text(RATIO, figures.ca_mg_ratio),
        amount_text(ENERGY, figures.energy_kcal),
    ]
