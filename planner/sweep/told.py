"""A sweep in words and figures: the sheet of it, its CSV, and its JSON values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from foods.own_csv import as_cell
from foods.sheet import as_csv_text
from planner.document.blocks import Block, Document, Paragraph, Pictures, Table, bullets, paragraphs
from planner.document.program import PROGRAM, program_version
from planner.export.figures import amount_text
from planner.export.who import person_text
from planner.request.override import RATIO
from planner.shops import cost_as, currency, in_its_shops
from planner.sweep.curve import FIGURES, STOPPED, WORDS_OF, Sweep, SweepPoint
from planner.sweep.picture import sweep_picture, value_text
from planner.wire.plan_file import Program
from planner.wire.sweep import FactsAnswer, SweepAnswer, WrittenStretch
from planner.wording import plural

NOTHING = "–"
_HEADS = (
    "Points", "Mg mg", "Ca mg", "Ca:Mg", "kcal",
    "Kitchen", "Checkout",
)  # fmt: skip
_EACH = (
    "Each plan was searched with the same work and passed its check: every target was recomputed "
    "without the solver. Points count what is disliked about a week, fewer are better. Amounts are "
    "means a day and person, prices in {currency} for the whole plan: in a stocked kitchen (what "
    "is eaten and what spoils), and at checkout."
)
_PLAIN = (
    "Each week was searched with the same work, and its figures were checked a second time by a "
    "separate calculation. The first column says how much less well it fits your wishes than the "
    "best of them. Amounts are means a day and person, prices in {currency} for the whole week: in "
    "a stocked kitchen (what is eaten and what spoils), and at checkout."
)
_FIT = "Fits less well, %"
_TURN = "Turning point at {name} {value}: beyond it, each step costs clearly more than before it."
_WEIGHT = (
    "A weight is varied, so points mean something else at each value: compare the other columns."
)
_KNEE = (
    "Knee (turning point) at {name} {value}: beyond it, each step costs clearly more points than "
    "before it."
)


@in_its_shops
def sweep_sheet(sweep: Sweep, *, plain: bool = False) -> Document:
    """Return a sweep as a document: its table, its picture, and what is to be said of both.

    Where it is ``plain``, for a page, nothing is said of points.
    """
    picture = sweep_picture(sweep, plain=plain)
    lead: tuple[Block, ...] = (
        Paragraph(f"Planned for {person_text(sweep.request)}."),
        figures_table(sweep, plain=plain),
        *bullets(remarks(sweep, plain=plain)),
        *([Pictures((picture,))] if picture is not None else []),
        *paragraphs(legend(sweep, plain=plain)),
    )
    return Document(title_of(sweep), lead, paper=paper_of(sweep))


def searched_text(done: int, of: int) -> str:
    """Describe how far a sweep is."""
    return f"{done} of {of} plans searched"


def title_of(sweep: Sweep) -> str:
    """Describe what was varied."""
    told, texts = "{name} from {low} to {high}", []
    for one in sweep.axes:
        low, high = (value_text(one.values[at]) for at in (0, -1))
        texts.append(told.format(name=one.name, low=low, high=high))
    return "What it changes: {wishes}".format(wishes="; ".join(texts))


def paper_of(sweep: Sweep) -> str:
    """Return the paper that a page is printed on."""
    return "letter" if sweep.request.units == "us" else "a4"


def figures_table(sweep: Sweep, *, plain: bool = False) -> Table:
    """Return a row for each point: its values, figures, and what is to be said of it."""
    knees, turn = list(sweep.knees().values()), "turning point" if plain else "knee"
    fits, heads = _fits(sweep), (_FIT, *_HEADS[1:-1]) if plain else _HEADS
    head = (*(axis.name for axis in sweep.axes), *heads, "")
    rows = list[tuple[str, ...]]()
    for one in sweep.points:
        said = turn if any(one is knee for knee in knees) else ""
        texts = [value_text(value) for value in one.way.at]
        cells = [*_cells(one)]
        shown = (fits[len(rows)], *cells[1:]) if plain else cells
        rows.append((*texts, *shown, said or _status(one)))
    return Table("Plans by what was varied", head, rows, (len(head) - 1,))


def _fits(sweep: Sweep) -> list[str]:
    """Return for each point by how many per cent its points are above the least."""
    known = [one.points for one in sweep.points]
    least = min((one for one in known if one is not None), default=0.0)
    if least <= 0.0 or not sweep.compares_points:
        return [NOTHING for _one in known]
    return [NOTHING if one is None else f"{100 * (one / least - 1):.0f}" for one in known]


def _cells(point: SweepPoint) -> Iterator[str]:
    known = point.figures
    points = known["points"]
    yield NOTHING if points is None else f"{points:.1f}"
    for name in ("magnesium_mg", "calcium_mg", RATIO, "energy_kcal"):
        yield NOTHING if known[name] is None else amount_text(name, known[name])
    for name in ("kitchen_usd", "till_usd"):
        value = known[name]
        yield NOTHING if value is None else cost_as(value)


def _status(point: SweepPoint) -> str:
    return "" if point.has_plan else WORDS_OF[point.status]


def remarks(sweep: Sweep, *, plain: bool = False) -> Iterator[str]:
    """Describe where the curve bends, where there is no plan and why, and what was left out."""
    axis = sweep.axes[0]
    for second, knee in sweep.knees().items():
        text = (_TURN if plain else _KNEE).format(name=axis.name, value=value_text(knee.way.at[0]))
        yield text if second is None else f"{sweep.axes[1].name} {value_text(second)}: {text}"
    for run in sweep.stretches():
        ends = dict.fromkeys(value_text(one.way.at[0]) for one in (run[0], run[-1]))
        where = f"{axis.name} {' … '.join(ends)}"
        if len(run[0].way.at) > 1:
            where = f"{sweep.axes[1].name} {value_text(run[0].way.at[1])}, {where}"
        told = run[0].told
        yield f"{where}: {_status(run[0])}{f' ({told})' if told else ''}"
    left = sum(one.status == STOPPED for one in sweep.points)
    if left:
        yield plural(
            left, "Stopped: {count} plan is missing.", "Stopped: {count} plans are missing."
        ).format(count=left)


def legend(sweep: Sweep, *, plain: bool = False) -> Iterator[str]:
    """Describe what the columns are."""
    yield (_PLAIN if plain else _EACH).format(currency=currency())
    if not sweep.compares_points and not plain:
        yield _WEIGHT


def sweep_csv(sweep: Sweep) -> str:
    """Return a row for each point, unrounded; a blank is unknown, or there is no plan."""
    head = [*(axis.name for axis in sweep.axes), "status", *FIGURES, "knee"]
    rows: list[Sequence[object]] = [[as_cell(name) for name in head]]
    for row in sweep.rows():
        rows.append(["" if row[name] is None else row[name] for name in head])
    return as_csv_text(rows)


def sweep_answer(
    sweep: Sweep,
    more: Sequence[Mapping[str, Any]] | None = None,
    evidence: FactsAnswer | None = None,
) -> SweepAnswer:
    """Return everything that is known of a sweep as it is written.

    Parameters
    ----------
    sweep
        What was found.
    more, evidence
        What is told of each point besides, and what sources say, in a comparison.
    """
    rows = zip(sweep.rows(), sweep.points, more or [{}] * len(sweep.points), strict=True)
    return SweepAnswer.of(
        sweep,
        program=Program(name=PROGRAM, version=program_version()),
        units=FIGURES,
        points=[{**row, "told": one.told, "passed": one.has_plan, **own} for row, one, own in rows],
        stretches=[
            WrittenStretch.of(first=run[0].way.at, last=run[-1].way.at, status=run[0].status)
            for run in sweep.stretches()
        ],
        evidence=evidence,
    )
