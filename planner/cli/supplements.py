"""``magplan supplements``: compounds and the element in them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import click

from foods.nutrient import known_nutrients
from foods.supplement import FORMULA_SOURCE, Supplement, find_supplement, read_supplements
from planner.cli.output import print_json
from planner.request.profile import Profile
from planner.safety.intake import magnesium_upper_level
from planner.shops import named
from planner.standards.ids import standard_ids
from planner.wire.foods import SupplementAnswer
from planner.wording import capital, lowered

MOST_MG = 100_000
VITAMIN_SOURCE = "the compound is the vitamin itself"
REFERENCE_MG = 1000
_HOLD = "{compound_mg:.5g} mg of the compound hold {elemental_mg:.4g} mg of {nutrient}"


class AmountRange(click.FloatRange):
    """A mass above 0 [mg]; a range alone would let ``nan`` through."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Turn the text into a number within the range."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value!r} is not a number", param, ctx)
        return number


AMOUNT = AmountRange(min=0, min_open=True, max=MOST_MG)


@click.group(name="supplements", epilog="Example: magplan supplements list")
def command() -> None:
    """Show compounds and their elemental amounts; not medical advice."""


@command.command(name="list", epilog="Example: magplan supplements list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_command(as_json: bool) -> None:
    """List the compounds with the element in 1000 mg of each."""
    known = read_supplements().values()
    if as_json:
        print_json([supplement_answer(supplement) for supplement in known])
        return
    width = max(len(_name(supplement)) for supplement in known)
    for one in known:
        mass_mg = one.elemental_mg(REFERENCE_MG)
        share = "counted as itself"
        if mass_mg is not None:
            share = f"{mass_mg:4.0f} mg in 1000 mg"
        click.echo(f"{_name(one):<{width}}  {_nutrient_name(one):<9}  {share:<18}  {one.formula}")


@command.command(
    name="show", epilog='Example: magplan supplements show "magnesium oxide" --compound-mg 400'
)
@click.argument("name")
@click.option("--compound-mg", type=AMOUNT, help="Mass of the compound [mg].")
@click.option("--elemental-mg", type=AMOUNT, help="Mass of the element itself [mg].")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_command(
    name: str, compound_mg: float | None, elemental_mg: float | None, as_json: bool
) -> None:
    """Show one compound, and convert between compound and element."""
    if compound_mg is not None and elemental_mg is not None:
        raise click.UsageError("give --compound-mg or --elemental-mg, not both")
    answer = supplement_answer(find_supplement(name), compound_mg, elemental_mg)
    if as_json:
        print_json(answer)
    else:
        click.echo("\n".join(_show_lines(find_supplement(name), answer)))


def supplement_answer(
    one: Supplement, compound_mg: float | None = None, elemental_mg: float | None = None
) -> SupplementAnswer:
    """Return one compound with both amounts; ``None`` where not asked, or for a vitamin."""
    if compound_mg is not None:
        elemental_mg = one.elemental_mg(compound_mg)
    elif elemental_mg is not None:
        compound_mg = one.compound_mg(elemental_mg)
    source = VITAMIN_SOURCE if one.elemental_fraction is None else FORMULA_SOURCE
    masses = {"compound_mg": compound_mg, "elemental_mg": elemental_mg}
    return SupplementAnswer.of(one, **masses, source=source)


def _show_lines(one: Supplement, answer: SupplementAnswer) -> list[str]:
    nutrient = _nutrient_name(one)
    lines = [("", f"{_name(one)} ({one.formula})")]
    if one.aliases:
        lines.append(("also called", ", ".join(one.aliases)))
    if one.elemental_fraction is not None:
        lines.append((nutrient, f"{one.elemental_fraction:.2%} of its mass"))
    if answer.compound_mg is not None and answer.elemental_mg is not None:
        masses = {"compound_mg": answer.compound_mg, "elemental_mg": answer.elemental_mg}
        lines.append(("amount", _HOLD.format(**masses, nutrient=nutrient)))
    rank = f"rank {one.absorption_rank} (1 best, 4 least)"
    lines.append(("absorption", rank))
    lines.append(("laxative", one.laxative.replace("_", " ")))
    lines += [("too much", text) for text in _above_level(one, answer.elemental_mg)]
    if one.note:
        lines.append(("note", one.note))
    lines.append(("source", answer.source))
    return [f"  {label:<11}  {text}" if label else text for label, text in lines]


def _above_level(one: Supplement, elemental_mg: float | None) -> Iterator[str]:
    """State that an amount of magnesium is above the upper level of adults."""
    standard = standard_ids()[0]
    upper = magnesium_upper_level(Profile(), standard)
    is_magnesium = one.nutrient == "magnesium_mg"
    if is_magnesium and upper is not None and (elemental_mg or 0.0) > upper.value:
        yield (
            f"the upper level for adults is {upper.value:g} mg of magnesium a day from pills, "
            "antacids "
            f"and laxatives together ({standard.upper()}): take more only if your doctor says so"
        )


def _name(one: Supplement) -> str:
    return format(lowered(named(capital(one.name))))


def _nutrient_name(one: Supplement) -> str:
    name = known_nutrients()[one.nutrient].name
    return name[:1].lower() + name[1:]
