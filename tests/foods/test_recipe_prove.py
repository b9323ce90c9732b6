import pytest

from foods.importers.recipes_fndds import OfficialRecipe, RecipeLine
from foods.importers.release import ReleaseFigures
from foods.recipe_prove import (
    CAUSE_ROUNDING,
    OUT_FOUNDATION,
    OUT_NO_NUTRIENTS,
    OUT_NO_RECIPE,
    OUT_NOT_IN_SR28,
    OUT_RETENTION,
    OUT_SPECIAL,
    OfficialData,
    prove_recipes,
)

DISH, INNER = "90000001", "90000002"


def recipe(code, *lines, change_pct=0.0):
    found = tuple(RecipeLine(ndb, f"food {ndb}", mass_g, ret) for ndb, mass_g, ret in lines)
    return OfficialRecipe(code, found, change_pct)


def figures(release, amounts):
    table = {code: {"304": amount} for code, amount in amounts.items()}
    return ReleaseFigures(release, table, {}, frozenset(table))


def prove(recipes, published, sr28=(), changed=(), names=None):
    sr28 = dict({"01001": "50", "01002": "200"}, **dict(sr28))
    data = OfficialData(
        names={code: f"dish {code}" for code in names or published},
        recipes={one.food_code: one for one in recipes},
        published=figures("fndds_2021-2023", published),
        sr28=figures("sr28", sr28),
        retention={"301": {"304": 80.0}},
    )
    return prove_recipes(data, "magnesium_mg", frozenset(changed), worst=20)


def test_retention_is_applied_by_ingredient_and_moisture_once():
    # (100 g × 0.5 mg + 100 g × 2 mg × 80 %) in 200 g × 0.9 = 210 mg in 180 g: 116.7 mg/100 g
    found = prove(
        [recipe(DISH, ("01001", 100, "0"), ("01002", 100, "301"), change_pct=-10)], {DISH: "117"}
    )
    assert (found.shares["unchanged"].within, found.worst, found.holds) == (1, (), True)


def test_a_recipe_inside_a_recipe_is_computed_too():
    # the inner one: 200 × 0.8 = 160; the outer: (160 + 50) / 2 = 105
    recipes = [
        recipe(INNER, ("01002", 50, "301")),
        recipe(DISH, (INNER, 100, "0"), ("01001", 100, "0")),
    ]
    found = prove(recipes, {DISH: "105", INNER: "160"})
    assert (found.shares["own"].within, found.borrowed) == (2, 0)


def test_an_inner_recipe_that_cannot_be_computed_is_taken_as_published_and_counted():
    recipes = [
        recipe(INNER, ("09999", 50, "0"), ("01002", 1, "0")),
        recipe(DISH, (INNER, 100, "0"), ("01001", 100, "0")),
    ]
    found = prove(recipes, {DISH: "105", INNER: "160"}, changed=["01002"])
    assert (found.borrowed, found.shares["own"].recipes) == (1, 0)
    assert found.out == {OUT_NOT_IN_SR28: 1}
    assert found.changed == 1  # the change inside counts, computed or not


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (("999301", 1, "0"), OUT_SPECIAL),
        (("100271", 1, "0"), OUT_FOUNDATION),
        (("09999", 1, "0"), OUT_NOT_IN_SR28),
        (("01001", 1, "777"), OUT_RETENTION),
    ],
)
def test_what_cannot_be_recomputed_is_counted_with_its_reason(line, reason):
    found = prove([recipe(INNER, line)], {INNER: "5"})
    assert found.out == {reason: 1}
    assert not found.holds


def test_a_recipe_inside_itself_ends_with_its_published_figure():
    found = prove([recipe(DISH, (DISH, 1, "0"))], {DISH: "5"})
    assert (found.borrowed, found.shares["own"].recipes) == (1, 0)


def test_foods_without_nutrients_or_recipe_are_counted():
    found = prove([recipe(DISH, ("01001", 1, "0"))], {INNER: "5"}, names=[DISH, INNER])
    assert found.out == {OUT_NO_NUTRIENTS: 1, OUT_NO_RECIPE: 1}


def test_recipes_with_a_changed_ingredient_stay_in_the_figure_over_all():
    recipes = [recipe(DISH, ("01001", 1, "0")), recipe(INNER, ("01002", 1, "0"))]
    found = prove(recipes, {DISH: "50", INNER: "90"}, changed=["01002"])
    assert (found.changed, found.shares["unchanged"].recipes) == (1, 1)
    assert (found.shares["all"].recipes, found.shares["all"].within) == (2, 1)
    assert found.holds


def test_rounding_is_told_apart_from_what_an_ingredient_explains():
    # 1.4 published as 1 mg is rounding; 200 published as 100 mg is not
    recipes = [recipe(DISH, ("01003", 1, "0")), recipe(INNER, ("01002", 1, "0"))]
    found = prove(recipes, {DISH: "1", INNER: "100"}, sr28={"01003": "1.4"})
    share = found.shares["unchanged"]
    assert (share.within, share.within_rounded, found.holds) == (0, 1, False)
    assert [cause for cause, _one in found.worst] == ["led by 01002 food 01002", CAUSE_ROUNDING]
