"""Values as tables of pandas: one row each, units beside them, NaN for what is unknown."""

from datetime import date
from math import isnan

import pytest

from foods.errors import FoodDataError
from foods.own_csv import lay_over, read_food_frame
from planner import plan_meals, read_embedded_foods
from planner.errors import ExportError
from planner.kitchen.errand import ShoppingLine, ShoppingList, Use
from planner.plan.plan import Day, GuestShare, Item, Meal, Plan, Share
from planner.request.profile import Profile
from planner.request.request import PlanRequest, WeekOptions
from planner.targets.derive import derive_targets
from tests.plates import food, table
from tests.reports import FINDINGS, CheckResult

NUTRIENTS = {"magnesium_mg": 30.0, "calcium_mg": None}
SHARES = (
    Share("Ann", 1.0, "1 serving", 100.0, (("oats", 100.0),), {"magnesium_mg": 10.0}, 0.5),
    Share("Tom", 2.0, "2 servings", 200.0, (("oats", 200.0),), {"magnesium_mg": 20.0}, 1.0),
)
GUESTS = GuestShare(1, 1.0, (("oats", 90.0), ("milk", 10.0)))
PORRIDGE = Item("dish", "porridge", "Porridge", 3.0, "3 servings", 300.0, (("oats", 300.0),),
                NUTRIENTS, 1.5, 10, shares=SHARES, guests=GUESTS, active_minutes=5)  # fmt: skip
PILL = Item("supplement", "mgo", "MgO", 1.0, "1 dose", 0.0, (), {"magnesium_mg": 241.0}, 0.0, 0)
DAY = Day(1, date(2026, 3, 2), (Meal("breakfast", (PORRIDGE, PILL)),), NUTRIENTS, 1.9, 1.5)
PLAN = Plan((DAY,), NUTRIENTS, NUTRIENTS, 1.9, 1.5, 1)


def test_a_plan_has_a_row_for_what_each_eater_and_guest_has():
    frame = PLAN.to_frame()
    assert list(frame["eater"]) == ["Ann", "Tom", "guests", ""]
    assert list(frame["servings"]) == [1.0, 2.0, 1.0, 1.0]
    assert list(frame["mass_g"]) == [100.0, 200.0, 100.0, 0.0]
    assert frame["magnesium_mg"].sum() == 271.0  # guests count in nobody's totals
    assert frame["calcium_mg"].isna().all()
    assert isnan(frame["cost"][2])
    assert frame.attrs["per"] == "item"
    assert frame.attrs["units"]["magnesium_mg"] == "mg"
    assert frame.attrs["units"]["selenium_ug"] == "ug"
    assert "name" not in frame.attrs["units"]


def test_a_plan_by_ingredient_and_by_day():
    foods = PLAN.to_frame("ingredient")
    assert foods.groupby("food_id")["mass_g"].sum().to_dict() == {"milk": 10.0, "oats": 390.0}
    (day,) = PLAN.to_frame("day").to_dict("records")
    assert (day["day"], day["date"].date(), day["cost"]) == (1, date(2026, 3, 2), 1.5)
    assert (day["magnesium_mg"], day["active_minutes"]) == (30.0, 5.0)
    with pytest.raises(ExportError, match="use day, item, ingredient"):
        PLAN.to_frame("week")


def test_targets_and_findings_name_the_unit_of_each_row():
    targets = derive_targets(Profile(sex="m", age_y=40)).to_frame()
    rda = targets.query("nutrient == 'magnesium_mg' and period == 'week' and basis == 'total'")
    assert list(rda["lower"]) == [420.0]
    assert list(rda["unit"]) == ["mg"]
    assert targets.attrs["standard"] == "us"
    found = CheckResult(False, FINDINGS, ("a fault",)).to_frame()
    assert list(found["unit"]) == ["mg", "mg", "ratio", "ratio"]
    assert list(found["holds"]) == [False, True, True, True]
    assert found.attrs["faults"] == ("a fault",)


def test_a_shopping_list_names_days_and_meals():
    uses = (Use(3, "dinner", "Soup"), Use(1, "lunch", "Salad"), Use(3, "lunch", "Soup"))
    line = ShoppingLine(
        aisle="produce", food_id="kale", name="Kale", need_g=200.0, buy="1 bunch", packages=1,
        price_usd=2.5, eaten_usd=2.0, surplus_g=None, uses=uses,
    )  # fmt: skip
    frame = ShoppingList(
        (line,), 2, (1,), "USD", 2024, total_usd=2.5, empty_usd=2.5, eaten_usd=2.0, frozen_usd=0.0,
        cupboard="usual", aisles={},
    ).to_frame()  # fmt: skip
    (row,) = frame.to_dict("records")
    assert (row["need_g"], row["days"], row["meals"]) == (200.0, "1 3", "Soup; Salad")
    assert isnan(row["surplus_g"])
    assert frame.attrs == {
        "units": {
            "need_g": "g",
            "packages": "package",
            "surplus_g": "g",
            "price_usd": "USD",
            "eaten_usd": "USD",
            "home_g": "g",
        },
        "people": 2,
        "year": 2024,
    }


def test_the_food_table_comes_back_from_its_frame_unchanged():
    foods = read_embedded_foods()
    frame = foods.to_frame()
    assert frame.attrs["units"]["magnesium_mg"] == "mg/100 g"
    assert frame.attrs["version"] == foods.version
    read = read_food_frame(frame)
    assert all(read[known_food.food_id].per_100g == known_food.per_100g for known_food in foods)
    assert all(read[known_food.food_id].overlay == known_food.overlay for known_food in foods)


def test_faults_of_a_frame_are_said_at_once_with_row_and_column():
    frame = table(food("oats", magnesium_mg=1.0), food("rye", magnesium_mg=2.0)).to_frame()
    frame.loc[0, "magnesium_mg"] = -1.0
    frame.loc[1, "food_id"] = ""
    with pytest.raises(FoodDataError) as caught:
        read_food_frame(frame.rename(columns={"zinc_mg": "zink_mg"}))
    assert "unknown column 'zink_mg' — did you mean 'zinc_mg'" in str(caught.value)
    with pytest.raises(FoodDataError) as caught:
        read_food_frame(frame)
    assert "row 2, magnesium_mg: '-1' is not a figure" in str(caught.value)
    assert "row 3, food_id: blank" in str(caught.value)


def test_figures_of_ones_own_stand_in_place_of_the_shipped_ones():
    foods = table(food("oats", magnesium_mg=100.0, price=2.0), food("rye", magnesium_mg=80.0))
    frame = foods.to_frame().query("food_id == 'oats'").assign(magnesium_mg=140.0, release="lab")
    own = lay_over(foods, read_food_frame(frame))
    assert own["oats"].per_100g["magnesium_mg"] == 140.0
    assert (own["oats"].release, own["oats"].price_usd_per_100g) == ("lab", 2.0)
    assert own["rye"] == foods["rye"]
    assert (own.version, own.sha256 == foods.sha256) == (f"{foods.version}+own", False)
    with pytest.raises(FoodDataError, match="no food 'oat'; the nearest: oats"):
        lay_over(foods, read_food_frame(frame.assign(food_id="oat")))


def test_a_plan_is_made_from_figures_of_ones_own():
    foods = read_embedded_foods()
    frame = foods.to_frame()
    rich = lay_over(foods, read_food_frame(frame.assign(magnesium_mg=frame["magnesium_mg"] * 1.1)))
    request = PlanRequest(Profile(sex="m", age_y=40), week=WeekOptions(days=1))
    report = plan_meals(request, rich)
    assert report.passed
    rows = report.plan.to_frame("ingredient").merge(rich.to_frame(), on="food_id")
    eaten_mg = (rows["mass_g"] * rows["magnesium_mg"] / 100).sum()
    assert eaten_mg == pytest.approx(report.plan.totals["magnesium_mg"])
