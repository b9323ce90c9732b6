"""Show a basket as a table to read."""

from __future__ import annotations

from planner.basket.table import BasketTable, NutrientBand, format_number
from planner.wire.basket import BasketAnswer


def basket_as_text(table: BasketTable, answer: BasketAnswer) -> str:
    """Return the answer as plain text, at most 80 columns wide unless a name is longer."""
    if answer.has_basket:
        lines = _basket_lines(table, answer)
    elif answer.status == "infeasible":
        lines = _conflict_lines(answer)
    elif answer.status == "unbounded":
        lines = ["There is no cheapest basket: its cost falls without end."]
        if names := ", ".join(answer.unlimited):
            lines.append(f"It keeps falling as more is added of: {names}.")
        lines.append("Check for negative costs, or give these foods a max.")
    else:
        lines = ["No basket was found in time. Allow more with --time-limit."]
    return "\n".join([*lines, *answer.notes])


def _basket_lines(table: BasketTable, answer: BasketAnswer) -> list[str]:
    used = [food for food in table.foods if answer.amounts[food.name]]
    head = "Cheapest basket" if answer.status == "optimal" else "Best basket found in time"
    lines = [f"{head}: cost {_figure(answer.objective)}, {len(used)} of {len(table.foods)} foods"]
    if answer.status != "optimal" and answer.bound is not None:
        proven = f"No basket can cost less than {_figure(answer.bound)}"
        lines.append(f"{proven}; time ran out before the proof.")
    lines += ["", _line("Food", "units", "cost", "min", "max")]
    for food in used:
        units = answer.amounts[food.name]
        lines.append(_line(food.name, units, food.cost * units, food.least or None, food.most))
    lines += ["", _line("Nutrient", "amount", "lower", "upper", "price")]
    bands = {band.nutrient: band for band in table.bands}
    for name, amount in answer.nutrients.items():
        band = bands.get(name, NutrientBand(name))
        shown = "unknown" if amount is None else amount
        lines.append(_line(name, shown, band.lower, band.upper, answer.prices.get(name)))
    told = "Price: what one more unit of a nutrient's binding bound adds to the cost."
    return [*lines, "", told, f"Solved by {answer.solver}."]


def _conflict_lines(answer: BasketAnswer) -> list[str]:
    lines = ["No basket keeps all bounds. These cannot all hold:"]
    lines += [f"  {row}" for row in answer.conflict]
    if not answer.relaxations:
        return [*lines, "No change of one of them alone is enough: another conflict remains."]
    lines += ["Each of these changes alone makes a basket possible; none smaller does:"]
    return lines + [
        f"  {change.row}: change {format_number(change.bound)} to {format_number(change.to)}"
        for change in answer.relaxations
    ]


def _line(name: str, *cells: float | str | None) -> str:
    shown = "".join(f" {_figure(cell):>10}" for cell in cells)
    return f"{name:<34}{shown}".rstrip()


def _figure(cell: float | str | None) -> str:
    """Round for the reader's eye only; open and unknown are blank."""
    return f"{cell:.6g}" if isinstance(cell, float | int) else cell or ""
