"""What differs between two requests, and which wish moves what in the week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.document.blocks import TITLE, Block, Paragraph, Section, Table, bullets
from planner.explain.moved import WishMove
from planner.language.figures import cost_as, number_text
from planner.language.shops import currency
from planner.language.spoken import _, ngettext, spoken
from planner.plan.diff import DayFigures
from planner.request.differences import Wish, wish_text


def wishes_told(wishes: Sequence[Wish]) -> Iterator[Block]:
    """Say in which wishes two requests differ."""
    if not wishes:
        yield Paragraph(_("The requests ask for the same."), TITLE)
        return
    title = ngettext("{count} wish differs.", "{count} wishes differ.", len(wishes))
    yield Paragraph(title.format(count=len(wishes)), TITLE)
    for one in wishes:
        yield Paragraph(f"{wish_text(one.before)} → {wish_text(one.after)}", label=one.name)


def moves_told(moves: Sequence[WishMove]) -> Iterator[Block]:
    """Say what each wish alone moves in the mean day of the first request's plan."""
    head = [_("with"), _("moved"), "Mg mg", "Ca mg", "Ca:Mg", "kcal", currency(), _("points")]
    rows, reasons = [], []
    for one in moves:
        name = one.wish.name if one.wish is not None else _("all of them")
        if one.difference is None:
            rows.append([name, _("no plan"), *[""] * (len(head) - 2)])
            reasons.append(f"{name}: {spoken(one.reason)}")
            continue
        whole = one.difference.table
        points = _signed(one.points_before, one.points_after, 1)
        count = str(len(whole.changes))
        rows.append([name, count, *_steps(whole.before, whole.after), points])
    title = _("Which wish moves what: things that differ, and the mean day")
    if rows:
        yield Section(title, (Table(title, head, rows), *bullets(reasons)))


def _steps(before: DayFigures, after: DayFigures) -> list[str]:
    """Give by how much the figures of the mean day move."""
    cost = after.cost - before.cost
    sign = "+" if cost > 0 else "-" if cost < 0 else ""
    return [
        _signed(before.magnesium_mg, after.magnesium_mg, 0),
        _signed(before.calcium_mg, after.calcium_mg, 0),
        _signed(before.ca_mg_ratio, after.ca_mg_ratio, 2),
        _signed(before.energy_kcal, after.energy_kcal, 0),
        f"{sign}{cost_as(abs(cost))}",
    ]


def _signed(before: float | None, after: float | None, decimals: int) -> str:
    if before is None or after is None:
        return "?"
    return number_text(f"{after - before:+,.{decimals}f}")
