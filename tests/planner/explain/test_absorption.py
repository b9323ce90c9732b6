import csv
from dataclasses import replace

import pytest

from foods.embedded import read_data_text, read_embedded_foods
from planner.explain.absorption import (
    absorb_view,
    absorption_text,
    magnesium_fractions,
    written_absorption,
)
from planner.plan.plan import Plan
from planner.settings import read_settings, read_text
from planner.targets.absorbable import (
    free_calcium_mg,
    inhibitors_of,
    is_oxalate_rich,
    is_phytate_rich,
)
from tests.plates import day, food, table

SHIPPED = read_embedded_foods()
SPINACH = food("spinach_cooked", magnesium_mg=80.0, calcium_mg=136.0)
KALE = food("kale_cooked", magnesium_mg=20.0, calcium_mg=72.0)
LENTILS = food("lentils_cooked", group="legumes", magnesium_mg=36.0, calcium_mg=19.0)
BEEF = food("beef", group="red_meat", magnesium_mg=20.0, calcium_mg=10.0)
BEEF = replace(BEEF, origin=frozenset({"meat"}))
RADISH = food("radish", magnesium_mg=10.0, calcium_mg=25.0)
FOODS = table(SPINACH, KALE, LENTILS, BEEF, RADISH)


def view(*days, foods=FOODS):
    made = tuple(
        day(number, foods, **({"lunch": masses} if "lunch" not in masses else masses))
        for number, masses in enumerate(days, start=1)
    )
    return absorb_view(Plan(made, {}, {}, None, 0.0, 0), foods)


def test_a_plain_food_is_counted_at_thirty_to_seventy_per_cent():
    assert magnesium_fractions(KALE) == (0.30, 0.70)
    # 100 g of kale: 20 mg, so 6 to 14 mg
    assert view({"kale_cooked": 100}).mean.magnesium_absorbed_mg == pytest.approx((6, 14))


def test_spinach_is_cut_by_the_ratio_of_the_trial_and_kale_is_not():
    # 0.27 / 0.37 of 0.30 is 0.2189; the upper end stays
    assert is_oxalate_rich(SPINACH)
    assert magnesium_fractions(SPINACH) == pytest.approx((0.30 * 27 / 37, 0.70))


def test_phytate_is_cut_by_the_ratio_of_the_bread_trial():
    assert is_phytate_rich(LENTILS)
    assert magnesium_fractions(LENTILS) == pytest.approx((0.30 * 13 / 33, 0.70))


def test_where_both_are_rich_the_stronger_counts_not_their_product():
    assert magnesium_fractions(SHIPPED["almonds"])[0] == pytest.approx(0.30 * 13 / 33)


def test_oxalate_of_spinach_binds_all_of_its_calcium_at_the_lower_end():
    # 1000 mg oxalate bind 455 mg of 136; 320 mg bind 145.7 mg: nothing is left at either end
    assert free_calcium_mg(SPINACH, 136) == (0, 0)
    # kale: 125 mg bind 56.9 mg, 2 mg bind 0.9 mg of 72
    assert free_calcium_mg(KALE, 72) == pytest.approx((15.08, 71.09), abs=0.01)


def test_the_mean_of_days_and_their_totals():
    seen = view({"spinach_cooked": 100}, {"kale_cooked": 100})
    assert [one.oxalate_mg[1] for one in seen.days] == [650, 10]
    assert seen.mean.oxalate_mg == pytest.approx((161, 330, 562.5))
    assert seen.mean.magnesium_mg == pytest.approx(50)
    assert seen.mean.calcium_mg == pytest.approx(104)
    # counted cautiously: (80 * 27/37 + 20) / 2 mg; of kale 10 mg oxalate bind 4.55 of 72 mg calcium
    cautious = written_absorption(seen).json_values()["cautious"]
    assert cautious["magnesium_mg"] == pytest.approx(39.19, abs=0.01)
    assert cautious["calcium_mg"] == pytest.approx(33.72, abs=0.01)


def test_what_has_nothing_of_plants_is_free_of_both_and_what_is_unknown_is_not_counted_as_zero():
    assert inhibitors_of(BEEF).phytate_mg == (0, 0, 0)
    assert inhibitors_of(RADISH).oxalate_mg is None
    seen = view({"beef": 100, "kale_cooked": 100, "radish": 200})
    assert seen.coverage == {"phytate_mg": 0.5, "oxalate_mg": 0.5}
    assert "known for 50 % of the food" in absorption_text(seen)[1]


def test_tips_fit_what_is_eaten():
    names = [name for name, _, _ in view({"lentils_cooked": 100}).tips]
    assert names[0] == "soak"
    tips = view({"coffee": 100}, foods=SHIPPED).tips
    assert "coffee" in [name for name, _, _ in tips]
    assert all(cite for _, _, cite in tips)


@pytest.mark.parametrize("drinks", [("coffee",), ("beer",), ("red_wine", "coffee")])
def test_coffee_and_alcohol_are_told_of_in_print_before_all_other_tips(drinks):
    beside = {"lentils_cooked": 200, "bread_whole_wheat": 60, "spinach_cooked": 90}
    seen = view({**beside, **dict.fromkeys(drinks, 240)}, foods=SHIPPED)
    told = {"coffee" if one == "coffee" else "alcohol" for one in drinks}
    assert {name for name, _, _ in seen.tips[: len(told)]} == told
    assert len(seen.tips) > 3
    assert all(text in absorption_text(seen) for name, text, _ in seen.tips if name in told)


def test_every_tip_fits_a_line_and_every_number_has_a_source():
    settings = read_settings("absorption.toml")
    tips = [tip for tip in settings["tips"].values() if isinstance(tip, dict)]
    assert all(len(tip["text"]) <= 80 for tip in tips)
    named = [*tips, *(settings[n] for n in ("magnesium", "oxalate", "phytate", "calcium_oxalate"))]
    assert {one["source"] for one in named} <= set(settings["sources"])


def test_json_gives_method_sources_and_ranges():
    answer = written_absorption(view({"spinach_cooked": 100})).json_values()
    assert answer["mean"]["oxalate_mg"] == {"low": 320, "typical": 650, "high": 1000}
    assert [one["about"] for one in answer["method"]] == [
        "magnesium", "oxalate", "phytate", "calcium_oxalate"
    ]  # fmt: skip
    assert all(one["source"] for one in answer["method"])


def test_shipped_contents_are_ordered_known_and_the_same_as_in_the_food_table():
    for row in csv.DictReader(read_text("absorption.csv").splitlines()):
        assert row["food_id"] in SHIPPED
        for name in ("phytate", "oxalate"):
            low, usual, high = (float(row[f"{name}_{s}_mg"]) for s in ("low", "typical", "high"))
            assert low <= usual <= high
            own = SHIPPED[row["food_id"]].per_100g[f"{name}_mg"]
            assert own in (None, usual)


def test_every_food_with_a_figure_in_the_food_table_has_its_range():
    ranged = {row["food_id"] for row in csv.DictReader(read_text("absorption.csv").splitlines())}
    typical = csv.DictReader(read_data_text("phytate_oxalate.csv").splitlines())
    assert {row["food_id"] for row in typical} <= ranged
