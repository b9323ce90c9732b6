"""A ranked list of replacements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from planner.candidates.candidate import Column
from planner.document.blocks import (
    STRONG,
    TITLE,
    Block,
    Paragraph,
    Section,
    Table,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.explain.replacements import (
    Replacement,
    Replacements,
    Sides,
    TableReplacement,
    TableReplacements,
)
from planner.export.diff import magnesium_text, saving_text
from planner.export.figures import amount_text, price_text
from planner.export.who import number_label
from planner.plan.diff import DayFigures
from planner.request.override import RATIO
from planner.shops import cost_as, currency, named
from planner.wording import plural

POINTS_OF_WEEK = "Points are those of the week, fewer are better. --apply N makes the change."
POINTS_OF_WEEKS = "Points are those of the weeks, fewer are better. --apply N makes the change."
SHOWN = 12
LINES_SHOWN = 24  # of effects: fewer replacements where more eaters share
NO_OFFER = (
    "No single replacement keeps every rule of the week. `magplan replan PLAN.json --ban NAME` "
    "changes more than one thing."
)
NO_SAVING = (
    "No single replacement of a dear dish costs less at checkout and keeps every rule of the week. "
    "`magplan replan PLAN.json --budget-per-week AMOUNT` changes more than one thing."
)
_KEYS = {"magnesium_mg": "Mg mg", RATIO: "Ca:Mg", "energy_kcal": "kcal"}
Found = Replacements | TableReplacements


def swaps_told(found: TableReplacements, paid_usd: float = 0.0) -> Iterator[Block]:
    """Return the best replacements with their effect on each eater's day and week.

    ``paid_usd``: what is paid at checkout as the plan stands, beside replacements that say it.
    """
    names = list(found.eaters)
    if len(names) == 1:
        yield from _own_told(found.eaters[names[0]], names[0], paid_usd)
        return
    yield Paragraph(_title(found, ", ".join(names), named(found.item.name)), TITLE)
    if not found.offers:
        yield Paragraph(NO_OFFER)
        return
    shown = found.offers[: max(1, min(SHOWN, LINES_SHOWN // len(names)))]
    head = ["", "points", *_heads(), "portion"]
    now = [
        [name, "", *_effect_cells(own.day_before, own.cost_before, _item_portion(own))]
        for name, own in found.eaters.items()
    ]
    yield Table("now", head, now, (len(head) - 1,))
    for one in shown:
        title = f"{one.rank}  {named(one.first.column.candidate.name)}: {_points(one.points)}"
        saved = (
            text
            for name, own in one.each.items()
            for text in _savings([own], found.eaters[name].day_before, paid_usd, name)
        )
        beside = paragraphs([*saved, *_common_beside(one, found)])
        yield Section(title, (Table(title, head, _rows(one), (len(head) - 1,)), *beside))
    yield Paragraph(_common_summary(found, len(shown)))


def savings_told(found: Sequence[TableReplacements], paid_usd: float) -> Iterator[Block]:
    """Return what saves most at checkout, a meal after another; ``paid_usd`` is paid before."""
    yield Paragraph("What saves most at checkout, one change after another", TITLE)
    if not found:
        yield Paragraph(NO_SAVING)
        return
    stands_usd = paid_usd
    for number, one in enumerate(found, start=1):
        offer = one.offers[0]
        what = f"{named(one.item.name)} → {named(offer.first.column.candidate.name)}"
        yield Paragraph(f"{number}  {_title(one, '', what)}", STRONG)
        saved = (
            f"{saving_text(stands_usd, offer.first.checkout_usd or stands_usd)}, "
            f"{price_text(offer.first.checkout_usd or stands_usd)} at checkout"
        )
        stands_usd = offer.first.checkout_usd or stands_usd
        changed = [
            f"{name and f'{name}: '}{magnesium_text(one.eaters[name].day_before, own.day_after)}"
            for name, own in offer.each.items()
        ]
        yield Paragraph("; ".join([saved, *changed]))
        yield from bullets(_common_beside(offer, one))
    yield Paragraph(
        "Together {saving}. --apply {count} makes the first {count}.".format(
            saving=saving_text(paid_usd, stands_usd), count=len(found)
        )
    )


def _title(found: Found, whose: str, what: str) -> str:
    told = "{day}, {slot} of {names}: {what}" if whose else "{day}, {slot}: {what}"
    return told.format(day=_day(found), slot=found.slot, names=whose, what=what)


def _day(found: Found, number: int | None = None) -> str:
    return number_label(number or found.day, found.dates)


def _day_within(found: Found, number: int) -> str:
    """Name a day within a sentence: ``"day 3"``, or ``"Wed 4 Mar"``."""
    if number in found.dates:
        return _day(found, number)
    return f"day {number}"


def _beside_texts(own: Replacement, found: Found, whose: str = "") -> list[str]:
    """List what else changes with a replacement, on its day and on the days of its second meals."""
    return [f"{whose}{_when(found, sides)}{_beside_text(sides)}" for sides in own.beside]


def _when(found: Found, one: Sides) -> str:
    """Name the day and meal where something changes, where they are others than the thing's."""
    slot = one.slot
    if one.day == found.day:
        return "" if one.slot == found.slot else f"{slot}: "
    return f"{_day_within(found, one.day)}, {slot}: "


def _common_beside(one: TableReplacement, found: Found) -> list[str]:
    """Describe the same once: what changes beside a dish for all, else for each of its eaters."""
    each = [_beside_texts(own, found) for own in one.each.values()]
    if all(texts == each[0] for texts in each):
        return each[0]
    own_texts = (_beside_texts(own, found, f"{name}: ") for name, own in one.each.items())
    return list(chain.from_iterable(own_texts))


def _beside_text(one: Sides) -> str:
    gone, come = _names(one.gone, one.come), _names(one.come, one.gone)
    if not come:
        return f"without {gone}"
    told = "with {come}; instead of {gone}" if gone else "with {come}"
    return told.format(come=come, gone=gone)


def _names(columns: Sequence[Column], others: Sequence[Column]) -> str:
    """Name things; with the portion where the others have the same in another one."""
    same = {other.candidate.source_id for other in others}
    return " and ".join(
        f"{name} ({_portion(column)})" if column.candidate.source_id in same else name
        for column in columns
        for name in (named(column.candidate.name),)
    )


def _portion(column: Column) -> str:
    return column.serving.portion.measure


def _rows(one: TableReplacement) -> list[list[str]]:
    return [[name, _points(own.swap.points), *_cells(own)] for name, own in one.each.items()]


def _cells(own: Replacement) -> list[str]:
    return _effect_cells(own.day_after, own.cost_after, _portion(own.column))


def _points(points: float) -> str:
    return f"{round(points, 2) + 0.0:+.2f}"  # no -0.00


def _common_summary(found: TableReplacements, shown: int) -> str:
    count = len(found.offers)
    kept = plural(
        count,
        "{count} replacement keeps everybody's rules{more}.",
        "{count} replacements keep everybody's rules{more}.",
    ).format(count=count, more=_more(count, shown))
    return f"{kept}{_again(found)} {POINTS_OF_WEEKS}"


def _more(count: int, shown: int) -> str:
    return f"; the best {shown} are shown" if count > shown else ""


def _again(found: TableReplacements) -> str:
    """Describe which second meals change too."""
    offers = (own for offer in found.offers for own in offer.each.values())
    days = {day for own in offers for day in _second_days(own, found.day)}
    told = " Second meals on {day} change with it."
    return told.format(day=_day_within(found, min(days))) if days else ""


def _second_days(own: Replacement, day: int) -> list[int]:
    """Return the days of the plan on which second meals of what is replaced on ``day`` change."""
    first, *seconds = own.swap.days
    return [day + second - first for second in seconds]


def _savings(
    offers: Iterable[Replacement], before: DayFigures, paid_usd: float, whose: str = ""
) -> Iterator[str]:
    """Describe what each of some replacements saves at checkout, and what it does to magnesium."""
    for offer in offers:
        if offer.checkout_usd is not None:
            yield "{rank}: {name}{saving}, {total} at checkout; {magnesium}".format(
                rank=offer.rank,
                name=whose and f"{whose}: ",
                saving=saving_text(paid_usd, offer.checkout_usd),
                total=price_text(offer.checkout_usd),
                magnesium=magnesium_text(before, offer.day_after),
            )


def _own_told(found: Replacements, whose: str, paid_usd: float) -> Iterator[Block]:
    """Return the best replacements for one eater, with their effect on the day and the cost."""
    portion = _item_portion(found)
    yield Paragraph(_title(found, whose, f"{named(found.item.name)} ({portion})"), TITLE)
    if not found.offers:
        yield Paragraph(NO_OFFER)
        return
    shown = found.offers[:SHOWN]
    head = ["instead", "points", *_heads(), "portion"]
    now = _effect_cells(found.day_before, found.cost_before, portion)
    rows = [["now", "", *now]]
    beside: list[str] = []
    for replacement in shown:
        title = f"{replacement.rank}  {named(replacement.column.candidate.name)}"
        rows.append([title, _points(replacement.swap.points), *_cells(replacement)])
        beside += [f"{replacement.rank}: {text}" for text in _beside_texts(replacement, found)]
    yield Table("instead", head, rows, (len(head) - 1,))
    saved = list(_savings(shown, found.day_before, paid_usd))
    yield from section("At checkout", bullets(saved))
    yield from section("What changes beside them", bullets(beside))
    yield Paragraph(_summary(found, len(shown)))


def _item_portion(found: Replacements) -> str:
    return found.item.measure


def _heads() -> tuple[str, ...]:
    return (*_KEYS.values(), f"week {currency()}")


def _effect_cells(figures: DayFigures, cost_usd: float, portion: str) -> list[str]:
    """Return the figures of a day, the usual price of all days, and the portion, as ``_heads``."""
    return [*(amount_text(key, getattr(figures, key)) for key in _KEYS), cost_as(cost_usd), portion]


def _summary(found: Replacements, shown: int) -> str:
    count = len(found.offers)
    days = sorted({day for offer in found.offers for day in _second_days(offer, found.day)})
    told = " Its second meal on {day} changes with it."
    again = told.format(day=_day_within(found, days[0])) if days else ""
    kept = (
        f"{count} of {found.considered} portions keep every rule of the week{_more(count, shown)}."
    )
    return f"{kept}{again} {POINTS_OF_WEEK}"


@dataclass(frozen=True, slots=True)
class ToldOffer:
    """A replacement in print, to be chosen from a list.

    Parameters
    ----------
    rank, name
        From 1, and what would stand there.
    rows
        (name of the eater, cells below ``swap_heads``) for each who has it.
    beside
        What changes beside it.
    """

    rank: int
    name: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    beside: tuple[str, ...]


def swap_heads() -> tuple[str, ...]:
    """Return what stands above the cells of an offer."""
    return (*_heads(), "portion")


def cells_now(found: TableReplacements) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (name of the eater, cells below ``swap_heads``) of what stands there now."""
    return tuple(
        (name, tuple(_effect_cells(own.day_before, own.cost_before, _item_portion(own))))
        for name, own in found.eaters.items()
    )


def offers_told(found: TableReplacements) -> tuple[ToldOffer, ...]:
    """Return the best replacements, as ``swaps_told`` lists them, to be chosen from."""
    return tuple(
        ToldOffer(
            offer.rank,
            named(offer.first.column.candidate.name),
            tuple((name, tuple(_cells(own))) for name, own in offer.each.items()),
            tuple(dict.fromkeys(_common_beside(offer, found))),
        )
        for offer in found.offers[:SHOWN]
    )
