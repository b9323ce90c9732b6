"""``magplan foods``: search, show and export the food table; foods of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from foods.embedded import (
    data_settings,
    read_embedded_foods,
    read_lookup_foods,
    read_overlaid,
)
from foods.errors import FoodNotFoundError
from foods.find import find_food_in_line, near_foods, search_foods
from foods.food import Food, Measure
from foods.library.find import find_named, search_kept, with_kept
from foods.library.keep import kept_versions
from foods.library.store import KeptVersion
from foods.nutrient import known_nutrients
from foods.table import FoodTable, nearest_names, plain_key
from planner.candidates.name_index import forms_of
from planner.cli.foods_own import (
    add_command,
    allergen_facts,
    fetch_command,
    history_told,
    import_command,
    library_command,
    write_table,
)
from planner.cli.options import build_request, who_options
from planner.cli.output import force_option, show, tell
from planner.cli.phrase_type import PhraseType
from planner.document.blocks import TITLE, Block, Paragraph, Section, Table
from planner.errors import ConfigError
from planner.export.dish import per_100g, prices_told, sorted_head
from planner.export.targets import person_of
from planner.faults import fault
from planner.request.phrases import PRICE, SortedBy, read_sorted_by
from planner.shops import named
from planner.wire.foods import FoodAnswer, FoodVersion, OverlaidFigure, WrittenServing

SORTED_SHOWN, _SOME_MG = 30, 100
EATEN, WHOLE_G, MAGNESIUM, WATER = ("eaten",), 100, "magnesium_mg", "water"
_HOLDS = "{amount:,.0f} mg in {mass_g:,.0f} g, with {kcal:,.0f} kcal"
_SEVERAL = "not all from one food: a plan takes it from several"
_PRICE = "{price:.2f} {currency} per 100 g: {source}"
_SERVING = (
    "{of.least:g} to {of.most:g} {of.measure.name} in steps of {of.step:g}, "
    "at most {of.most_per_week} times a week"
)
_FIGURES = "{food.release} {food.source_id}; number {number}, FoodData Central id {fdc_id}"


@click.group(name="foods", epilog="Example: magplan foods search pumpkin")
def command() -> None:
    """Search, show and export the food table; fetch and check foods of your own."""


for _command in (add_command, fetch_command, import_command, library_command):
    command.add_command(_command)


@command.command(name="search", epilog="Example: magplan foods search black beans")
@click.argument("words", nargs=-1)
@click.option(
    "--sort",
    "sorted_by",
    type=PhraseType("NUTRIENT", read_sorted_by),
    help="Most of it first: magnesium, fiber, magnesium/100kcal, or in a /serving, per /calcium, "
    "/usd or /eur; of all foods without words.",
)
@click.option("--group", help="Foods of one group alone: nuts, legumes, leafy greens.")
def search_command(words: tuple[str, ...], sorted_by: SortedBy | None, group: str | None) -> None:
    """List foods by words of their name, id or group; figures per 100 g."""
    table, text = read_lookup_foods(), " ".join(words)
    if not words and sorted_by is None and group is None:
        raise click.UsageError("Missing argument: words, or --sort for all foods")
    found = search_foods(table, text) if words else [one for one in table if one.state in EATEN]
    found += [kept_food.as_food() for kept_food in search_kept(text)] if words else []
    if group is not None:
        found = [food for food in found if food.group == known_group(group, table)]
    if not found:
        near = ", ".join(food.food_id for food in near_foods(table, text)) or "none"
        no_food = f"no food matches {text!r}"
        raise FoodNotFoundError(no_food, "", f"the nearest: {near}")
    header = ["food_id", "name", "group", "Mg mg", "Ca mg", "kcal"]
    if sorted_by is None:
        rows = [(*_search_row(food), _serving(food)) for food in found]
        show([Table("Foods", [*header, "measure"], rows, (1, 2, 6))])
        return
    if sorted_by.per == PRICE:
        found = [food for food in found if food.group != WATER]
    found.sort(key=lambda food: sorted_by.rank(per_100g(food)))
    found = found if words else found[:SORTED_SHOWN]
    rows = [(*_search_row(food), sorted_by.cell(per_100g(food))) for food in found]
    blocks: list[Block] = [Table("Foods", [*header, sorted_head(sorted_by)], rows, (1, 2))]
    if sorted_by.per == PRICE:
        blocks.append(Paragraph(prices_told(sorted_by)))
    show(blocks)


def known_group(text: str, table: FoodTable) -> str:
    """Find a food group by its name, as one or as many.

    Raises
    ------
    ConfigError
        When there is none; the nearest are named.
    """
    groups = {food.group for food in table}
    found = next((form for form in forms_of(plain_key(text)) if form in groups), None)
    if found is None:
        near = ", ".join(nearest_names(plain_key(text), groups))
        raise fault(ConfigError, "no_group", "--group", text=text, near=near)
    return found


@command.command(name="show", epilog="Example: magplan foods show cashews --sex m --age 28")
@click.argument("food")
@click.option("--grams", type=click.FloatRange(1, 5000), help="Figures of so much of it, too.")
@who_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_command(food: str, grams: float | None, as_json: bool, **who: Any) -> None:
    """Show everything the table holds on one food, per 100 g edible, and its history if kept.

    An amount before the name, "30 g cashews", is shown beside it, as with --grams.
    With --sex and --age it says in how much of it a day of that person's magnesium is.
    """
    table = read_lookup_foods()
    own = None if food in table else find_named(food)
    found, said_g = (own.as_food(), None) if own else find_food_in_line(table, food)
    grams = grams or said_g
    if found.food_id in table:
        found = with_kept(table, [found.food_id])[found.food_id]
    versions = kept_versions(found.food_id)
    kept = {key: row for (food_id, key), row in read_overlaid().items() if food_id == found.food_id}
    tell(
        as_json,
        lambda: _told(found, kept, versions, grams, who),
        lambda: food_answer(found, kept, versions),
    )


@command.command(name="export", epilog="Example: magplan foods export --out foods.csv")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@force_option
def export_command(out: Path | None, force: bool) -> None:
    """Write the whole food table as CSV, per 100 g; a blank is unknown. No price is read back."""
    write_table(tuple(read_embedded_foods()), out, force)


def food_answer(
    food: Food, kept: Mapping[str, Mapping[str, str]], versions: Sequence[KeptVersion] = ()
) -> FoodAnswer:
    """Return one food as ``foods show --json`` prints it; an unknown amount is null."""
    known = known_nutrients()
    return FoodAnswer.of(
        food,
        per_100g={key: food.per_100g.get(key) for key in known},
        serving=WrittenServing.of(food.serving, measure=food.serving.measure.name),
        overlaid=[
            OverlaidFigure(
                nutrient=key,
                release=row["release"],
                source_id=row["source_id"],
                value=float(row["value"]) if row["value"] else None,
            )
            for key, row in kept.items()
        ],
        estimated=[key for key in known if food.is_estimated(key)],
        history=[
            FoodVersion.of(
                version,
                kept=version.kept,
                release=version.food.figures.release,
                per_100g=dict(version.food.figures.per_100g),
                contains=None if version.food.contains is None else sorted(version.food.contains),
                may_contain=version.food.traces,
                doubts=[str(doubt.text) for doubt in version.findings],
            )
            for version in versions
        ],
    )


def _search_row(food: Food) -> tuple[str, ...]:
    amounts = (_amount(food, key) for key in ("magnesium_mg", "calcium_mg", "energy_kcal"))
    return (food.food_id, named(food.name), food.group, *amounts)


def _serving(food: Food) -> str:
    return _measure(food.serving.measure) if food.measures else ""


def _amount(food: Food, key: str, mass_g: float = WHOLE_G) -> str:
    amount = food.per_100g.get(key)
    if amount is None:
        return "?"
    return f"{amount * mass_g / WHOLE_G:.{known_nutrients()[key].decimals}f}"


def _measure(measure: Measure) -> str:
    return f"1 {measure.name} = {measure.mass_g:g} g"


def _held(food: Food, amount_mg: float) -> str:
    """Describe how much of a food has so much magnesium, and how much energy that is."""
    mass_g = WHOLE_G * amount_mg / (food.per_100g[MAGNESIUM] or 1.0)
    kcal = mass_g * (food.per_100g.get("energy_kcal") or 0.0) / WHOLE_G
    return _HOLDS.format(amount=amount_mg, mass_g=mass_g, kcal=kcal)


def _days_magnesium(food: Food, who: Mapping[str, Any]) -> str:
    """Describe how much of a food has a day's magnesium; ``who`` are flags, without sex both."""
    from planner.targets.derive import targets_of

    texts = []
    for sex in (who["sex"],) if who["sex"] else ("f", "m"):
        request = build_request(**{**who, "sex": sex})
        target = targets_of(request, for_plan=False).find(MAGNESIUM, "day", "total")
        if target is not None and target.lower:
            texts.append(f"{person_of(request.profile)}: {_held(food, target.lower)}")
    return "; ".join([*texts, _SEVERAL])


def _told(
    food: Food,
    kept: Mapping[str, Mapping[str, str]],
    versions: Sequence[KeptVersion],
    grams: float | None,
    who: Mapping[str, Any],
) -> Iterator[Block]:
    number, fdc_id, is_ours = food.ndb_no or "none", food.fdc_id or "none", bool(food.roles)
    group = f"{food.group}, {food.aisle}; {', '.join(sorted(food.roles))}; {food.state}"
    facts = [
        ("group", group if is_ours else food.group or "none"),
        ("measures", ", ".join(_measure(measure) for measure in food.measures) or "none"),
    ]
    if is_ours:
        money, price = data_settings("SOURCES.toml")["prices"], food.price_usd_per_100g
        facts += [
            ("serving", _SERVING.format(of=food.serving)),
            ("price", _PRICE.format(price=price, source=food.price_source, **money)),
            ("allergens", ", ".join(sorted(food.allergens)) or "none"),
            ("origin", ", ".join(sorted(food.origin))),
            ("flags", ", ".join(sorted(food.flags)) or "none"),
        ]
    else:
        facts += allergen_facts(versions)
    if mg := food.per_100g.get(MAGNESIUM):
        amounts = [_SOME_MG] if grams is None else [mg * grams / WHOLE_G, _SOME_MG]
        facts += [
            *(("magnesium", _held(food, amount)) for amount in amounts),
            ("a day's", _days_magnesium(food, who)),
        ]
    facts.append(("figures", _FIGURES.format(food=food, number=number, fdc_id=fdc_id)))
    if food.bought_as or food.bought_g_per_100g != WHOLE_G:
        what = named(food.bought_as or "") or "it whole"
        text = f"{food.bought_g_per_100g:g} g of {what} for 100 g"
        facts.append(("to buy", text))
    elif "nut_seed" in food.roles:
        facts.append(("to buy", "without shells: all of it is eaten"))
    rows = [_nutrient_row(food, key, kept.get(key)) for key in known_nutrients()]
    head = "per 100 g edible:"
    if grams is not None:
        rows = [
            (name, amount, _amount(food, key, grams), unit, note)
            for key, (name, amount, unit, note) in zip(known_nutrients(), rows, strict=True)
        ]
        head = f"per 100 g edible, and in {grams:,.0f} g:"
    title = f"{named(food.name)} ({food.food_id})"
    yield Paragraph(title, TITLE)
    yield Table(title, ("", ""), facts, (1,))
    last = len(rows[0]) - 1
    yield Section(head, (Table(title, ("",) * (last + 1), rows, (last - 1, last)),))
    if versions:
        yield history_told(versions)


def _nutrient_row(food: Food, key: str, kept: Mapping[str, str] | None) -> tuple[str, ...]:
    nutrient = known_nutrients()[key]
    source = food.overlay.get(key, "")
    note = ""
    if food.is_estimated(key):
        rule = source.removeprefix("own:").replace("_", " ")
        note = f"estimated ({rule})"
    elif kept is not None:
        value = kept["value"] or "unknown"
        says = "{release} {source_id} says {value}".format(**{**kept, "value": value})
        note = f"{source.replace(':', ' ')}; {says}"
    amount = food.per_100g.get(key)
    shown = "?" if amount is None else f"{amount:g}"
    return nutrient.name, shown, nutrient.unit, note
