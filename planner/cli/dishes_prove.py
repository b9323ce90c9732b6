"""``magplan dishes prove``: recompute official recipes with our engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from foods.nutrient import known_nutrients
from planner.cli.output import end_unless
from planner.language.spoken import _, mark, spoken, told

if TYPE_CHECKING:
    from foods.recipe_prove import OfficialData, RecipeProof, WithinShare

WORST_SHOWN, MOST_SHOWN = 20, 1000
_CHANGED = mark(
    "  {count:>6,} out of the share that is asked for: an ingredient is known to have changed"
)
_BORROWED = mark(
    "    {count:,} of these use the published figure of an inner recipe that cannot be recomputed"
)
_UNCHANGED = mark("  {count:>6,} in: none of their ingredients is known to have changed")
_IN = mark("  in: {share} {within}; asked: {asked:g} %: {verdict}")
_ALL = mark("  all that can be recomputed: {share} {within}")
_WORST = mark("      {one.food_code} {one.name}: {one.computed:.1f}, {one.published:g} mg/100 g")
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    name="prove",
    epilog="Example: magplan dishes prove --fndds DIR --sr28 DIR --retention FILE --changed FILE",
)
@click.option("--fndds", "fndds_folder", type=_FOLDER, required=True, help="FNDDS 2021-2023.")
@click.option("--sr28", "sr28_folder", type=_FOLDER, required=True, help="USDA SR28.")
@click.option("--retention", type=_FILE, required=True, help="Retention factors, release 6 (CSV).")
@click.option("--changed", type=_FILE, help="Figures that moved since SR28 (CSV).")
@click.option(
    "--worst",
    type=click.IntRange(0, MOST_SHOWN),
    default=WORST_SHOWN,
    show_default=True,
    help="How many of the worst to name, for each mineral.",
)
def prove_command(
    fndds_folder: Path, sr28_folder: Path, retention: Path, changed: Path | None, worst: int
) -> None:
    """Recompute the recipes of FNDDS and compare magnesium, calcium and potassium.

    Without --changed no ingredient counts as changed. Exits with code 3 when less than the
    share that is asked for lies within the tolerance.
    """
    from foods.recipe_prove import prove_recipes, read_thresholds

    data, thresholds = _read(fndds_folder, sr28_folder, retention), read_thresholds()
    proofs = [
        prove_recipes(data, nutrient, _changes(changed, nutrient, thresholds.changed_pct), worst)
        for nutrient in thresholds.nutrients
    ]
    for proof in proofs:
        click.echo("\n".join([*_head_lines(proof), *_off_lines(proof)]))
    end_unless(all(proof.holds for proof in proofs))


def _read(fndds_folder: Path, sr28_folder: Path, retention: Path) -> OfficialData:
    from foods.importers.fndds import read_fndds
    from foods.importers.recipes_fndds import read_fndds_names, read_fndds_recipes, read_retention
    from foods.importers.sr28 import read_sr28
    from foods.recipe_prove import OfficialData

    return OfficialData(
        names=read_fndds_names(fndds_folder),
        recipes=read_fndds_recipes(fndds_folder),
        published=read_fndds(fndds_folder),
        sr28=read_sr28(sr28_folder),
        retention=read_retention(retention),
    )


def _changes(path: Path | None, nutrient: str, most_pct: float) -> frozenset[str]:
    from foods.importers.recipes_fndds import read_changes
    from foods.importers.sr28 import RELEASE

    number = known_nutrients()[nutrient].numbers[RELEASE][0]
    return frozenset() if path is None else read_changes(path, number, most_pct)


def _head_lines(proof: RecipeProof) -> list[str]:
    shares, within = proof.shares, told("within {proof.within_pct:g} %", proof=proof)
    verdict = _("reached") if proof.holds else _("not reached")
    asked = {"within": within, "asked": proof.least_share_pct, "verdict": verdict}
    in_it, out = shares["unchanged"], proof.out.items()
    return [
        _(known_nutrients()[proof.nutrient].name),
        told("  {count:>6,} foods in the release", count=proof.foods),
        *(told("  {count:>6,} out: {reason}", count=count, reason=_(why)) for why, count in out),
        told(_CHANGED, count=proof.changed),
        told(_UNCHANGED, count=in_it.recipes),
        told(_IN, share=_share(in_it), **asked),
        told("    with two or more ingredients: {share}", share=_share(shares["several"])),
        told("    computed from SR28 all the way down: {share}", share=_share(shares["own"])),
        told(_ALL, share=_share(shares["all"]), within=within),
        told(_BORROWED, count=proof.borrowed),
    ]


def _share(share: WithinShare) -> str:
    if not share.recipes:
        return _("none")
    return told(
        "{within:.1%} of {count:,} ({rounded:.1%} with published figures rounded to whole mg)",
        within=share.within / share.recipes,
        count=share.recipes,
        rounded=share.within_rounded / share.recipes,
    )


def _off_lines(proof: RecipeProof) -> list[str]:
    """Name the worst recipes under their causes, the cause with the most recipes first."""
    if not proof.worst:
        return []
    far = _("  the {count} farthest off, by cause (computed, published):")
    lines = [far.format(count=len(proof.worst))]
    for cause, count in proof.causes.items():
        here = [one for found, one in proof.worst if found == cause]
        if here:
            lines.append(told("    {cause}: {count} off", cause=spoken(cause), count=count))
        lines += [told(_WORST, one=one) for one in here]
    return lines
