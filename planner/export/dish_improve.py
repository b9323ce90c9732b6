"""Small changes of one recipe: what a serving holds as it is written, and with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.document.blocks import TITLE, Block, Paragraph, Table, paragraphs
from planner.export.figures import amount_text, mass_text
from planner.improve.recipe import ImprovedRecipe
from planner.language.names import called
from planner.language.spoken import _
from planner.plan.shares import Amounts, ratio_of
from planner.request.shares import RATIO
from planner.settings import read_settings

_SHOWN = ("magnesium_mg", "calcium_mg", RATIO, "energy_kcal")


def improved_recipe_told(found: ImprovedRecipe) -> Iterator[Block]:
    """Return a row for the recipe as written, for each change alone, and for all of them."""
    recipe = found.recipe
    yield Paragraph(called(recipe.name), TITLE)
    if recipe.unknown:
        names = "; ".join(recipe.unknown)
        yield Paragraph(
            _("Not counted, since it is no food for sure: {names}.").format(names=names)
        )
    if not found.changes:
        yield Paragraph(_("None of the small changes known here brings this recipe magnesium."))
        return
    head = ["", _("Mg mg"), _("Ca mg"), "Ca:Mg", "kcal", _("change")]
    rows = [_row(_("as written"), found.before, "")]
    for number, (row, after) in enumerate(found.changes, start=1):
        mass = mass_text(row.moved_g(recipe))
        text = _("{change} ({mass} in all)").format(change=_(row.text), mass=mass)
        rows.append(_row(str(number), after, text))
    if len(found.changes) > 1:
        rows.append(_row(_("with all changes"), found.together, ""))
    name = _("One serving of {count:g}").format(count=recipe.servings)
    yield Paragraph(f"{name}:")
    yield Table(name, head, rows, (len(head) - 1,))
    yield from paragraphs(_still_above(found))


def _still_above(found: ImprovedRecipe) -> Sequence[str]:
    upper, ratio = read_settings("targets.toml")["ratio"]["upper"], ratio_of(found.together)
    if ratio is None or ratio <= upper:
        return []
    told = _(
        "Calcium to magnesium stays above {upper:g}: more would make it another dish. Beans, whole "
        "grain or seeds beside it, or at another meal, bring the day down."
    )
    return [told.format(upper=upper)]


def _row(name: str, amounts: Amounts, change: str) -> list[str]:
    held = {**amounts, RATIO: ratio_of(amounts)}
    return [name, *(amount_text(key, held[key]) for key in _SHOWN), change]
