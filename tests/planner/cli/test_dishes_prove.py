import csv

import pytest
from click.testing import CliRunner

from foods.nutrient import known_nutrients
from planner.cli import cli


@pytest.fixture
def downloads(tmp_path):
    """Two dishes of one ingredient: 50 and 200 mg per 100 g in SR28, 50 and 100 published."""
    write(tmp_path / "ingredients.csv", [
        ["food_code", "ingredient_code", "ingredient_description", "ingredient_weight_g",
         "retention_code", "moisture_change_pct"],
        ["90000001", 1001, "Sample seed", 10, 0, 0],
        ["90000002", 1002, "Sample leaf", 10, 301, 0],
    ])  # fmt: skip
    numbers = sorted({
        number
        for nutrient in known_nutrients().values()
        for number in nutrient.numbers["fndds_2021-2023"]
    })  # fmt: skip
    write(tmp_path / "nutrients.csv", [
        ["food_code", *(f"n{number}" for number in numbers)],
        ["90000001", *([50] * len(numbers))],
        ["90000002", *([100] * len(numbers))],
    ])  # fmt: skip
    write(tmp_path / "foods.csv", [
        ["food_code", "description"], ["90000001", "Seed dish"], ["90000002", "Leaf dish"],
    ])  # fmt: skip
    sr28 = tmp_path / "sr28"
    sr28.mkdir()
    write(sr28 / "foods.csv", [["ndb_no"], ["01001"], ["01002"]])
    amounts = [[ndb, n, mg] for ndb, mg in (("01001", 50), ("01002", 200)) for n in (301, 304, 306)]
    write(sr28 / "nutrients.csv", [["ndb_no", "nutr_no", "amount_per_100g"], *amounts])
    write(tmp_path / "retention.csv", [["retention_code", "n304"], [301, 100]])
    header = ["ndb_no", *(f"{name}_n{n}" for n in (301, 304, 306) for name in ("sr28", "fndds"))]
    write(tmp_path / "changed.csv", [header, [1002, 200, 100, 200, 100, 200, 100]])
    return tmp_path


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def prove(folder, *more):
    args = ["--fndds", folder, "--sr28", folder / "sr28", "--retention", folder / "retention.csv"]
    return CliRunner().invoke(cli, ["dishes", "prove", *map(str, [*args, *more])])


def test_recipes_whose_ingredients_did_not_change_are_held_to_the_share(downloads):
    result = prove(downloads, "--changed", downloads / "changed.csv")
    assert result.exit_code == 0
    assert "in: 100.0% of 1 " in result.stdout
    assert "all that can be recomputed: 50.0% of 2 " in result.stdout


def test_without_known_changes_the_recipe_that_is_off_is_named_with_its_cause(downloads):
    result = prove(downloads)
    assert result.exit_code == 3
    assert "led by 01002 Sample leaf: 1 off" in result.stdout
    assert "90000002 Leaf dish: 200.0, 100 mg/100 g" in result.stdout
