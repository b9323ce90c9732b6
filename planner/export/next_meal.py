"""What to cook for a meal, so that the day comes to its goal."""

from __future__ import annotations

from collections.abc import Iterator

from planner.diary.diary import DiaryEntry
from planner.diary.gap import CALCIUM, ENERGY, MAGNESIUM, GapFigures
from planner.document.blocks import Block, Paragraph, Table
from planner.export.figures import amount_text, mass_text
from planner.improve.next_meal import NextMeal, NextMeals
from planner.language.names import measured, named, slot_within
from planner.language.spoken import _, spoken
from planner.request.shares import RATIO


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
