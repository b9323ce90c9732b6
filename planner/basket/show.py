"""Show a basket: as a table to read, and as JSON for machines."""

from __future__ import annotations

from collections.abc import Sequence

from planner.basket.answer import BasketAnswer
from planner.basket.bands import BasketRow, BasketTable, NutrientBand, format_number

_NAME_WIDTH = 34
_FIGURE_WIDTH = 11
_SHOWN_DIGITS = 6


def basket_as_text(table: BasketTable, answer: BasketAnswer) -> str:
    """Return the answer as plain text, at most 80 columns wide unless a name is longer."""
    if answer.has_basket:
        lines = _basket_lines(table, answer)
    elif answer.status == "infeasible":
        lines = _conflict_lines(table, answer)
    elif answer.status == "unbounded":
        lines = _unbounded_lines(answer)
    else:
        lines = ["No basket was found in time. Allow more with --time-limit."]
    return "\n".join([*lines, *(*table.notes, *answer.notes)])


def row_texts(table: BasketTable, rows: Sequence[BasketRow]) -> dict[BasketRow, str]:
    """Write rows in the person's words; a food named like a nutrient says that it is the food."""
    nutrients = set(table.nutrients)
    return {
        row: f"{row.text} (food)" if row.kind == "food" and row.name in nutrients else row.text
        for row in rows
    }


def _basket_lines(table: BasketTable, answer: BasketAnswer) -> list[str]:
    used = [food for food in table.foods if answer.amounts[food.name]]
    head = "Cheapest basket" if answer.status == "optimal" else "Best basket found in time"
    return [
        f"{head}: cost {_figure(answer.objective)}, {len(used)} of {len(table.foods)} foods",
        *_bound_lines(answer),
        "",
        _line("Food", "units", "cost", "min", "max"),
        *(
            _line(
                food.name,
                _figure(answer.amounts[food.name]),
                _figure(food.cost * answer.amounts[food.name]),
                _figure(food.least) if food.least else "",
                _figure(food.most),
            )
            for food in used
        ),
        "",
        _line("Nutrient", "amount", "lower", "upper", "price"),
        *_nutrient_lines(table, answer),
        "",
        "Price: what one more unit of a nutrient's binding bound adds to the cost.",
        f"Solved by {answer.solver}.",
    ]


def _bound_lines(answer: BasketAnswer) -> list[str]:
    if answer.status == "optimal" or answer.bound is None:
        return []
    return [f"No basket can cost less than {_figure(answer.bound)}; time ran out before the proof."]


def _nutrient_lines(table: BasketTable, answer: BasketAnswer) -> list[str]:
    bands = {band.nutrient: band for band in table.bands}
    lines = []
    for name in table.nutrients:
        band = bands.get(name, NutrientBand(name))
        amount = answer.nutrients[name]
        shown = "unknown" if amount is None else _figure(amount)
        price = _figure(answer.prices[name]) if name in answer.prices else ""
        lines.append(_line(name, shown, _figure(band.lower), _figure(band.upper), price))
    return lines


def _conflict_lines(table: BasketTable, answer: BasketAnswer) -> list[str]:
    names = row_texts(table, answer.conflict)
    lines = ["No basket keeps all bounds. These cannot all hold:"]
    lines += [f"  {names[row]}" for row in answer.conflict]
    if not answer.relaxations:
        return [*lines, "No change of one of them alone is enough: another conflict remains."]
    lines += ["Each of these changes alone makes a basket possible; none smaller does:"]
    return lines + [
        f"  {names[change.row]}: change {format_number(change.row.bound)} to "
        f"{format_number(change.to)}"
        for change in answer.relaxations
    ]


def _unbounded_lines(answer: BasketAnswer) -> list[str]:
    lines = ["There is no cheapest basket: its cost falls without end."]
    if answer.unlimited:
        lines += [
            "It keeps falling as more is added of: {names}.".format(
                names=", ".join(answer.unlimited)
            )
        ]
    return [*lines, "Check for negative costs, or give these foods a max."]


def _figure(value: float | None) -> str:
    """Round for the reader's eye only; open and unknown are blank."""
    return "" if value is None else f"{value:.{_SHOWN_DIGITS}g}"


def _line(name: str, *figures: str) -> str:
    cells = "".join(f" {figure:>{_FIGURE_WIDTH - 1}}" for figure in figures)
    return f"{name:<{_NAME_WIDTH}}{cells}".rstrip()
