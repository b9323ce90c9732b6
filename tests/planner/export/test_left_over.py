"""What a week leaves, and how lists name what is bought."""

import json
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.document.terminal import as_plain
from planner.export.shopping import left_in_short, left_over, list_told, name_text
from planner.export.sums import per_head_text, till_text
from planner.kitchen.bought import Left, kind_told
from planner.kitchen.errand import Errand, Use
from planner.kitchen.measures import COOKING
from planner.kitchen.shopping import list_shopping
from planner.kitchen.sold import EACH, shelves_of
from planner.plan.plan import Plan
from planner.settings import read_settings
from planner.wire.base import json_text
from planner.wire.kitchen import WrittenTill
from tests import stored
from tests.planner.kitchen.test_shopping import shop
from tests.plates import day

FOODS = stored.foods()
(LINE,) = shop({"beans": 100.0}).lines  # of day 1


def told(*lines):
    """Title → texts of lines that leave something."""
    shopping = replace(shop({"beans": 100.0}), lines=tuple(lines))
    return {one.lead: list(one.items) for one in left_over(shopping)}


def line(name, left, **more):
    return replace(LINE, name=name, left=left, **more)


def test_what_is_left_stands_below_what_is_done_with_it_what_spoils_first_before_the_rest():
    cabbage = line("Cabbage", Left(300.0, "fridge", 9, "salad"), kept_usd=0.5)
    found = told(
        line("Flour", Left(500.0, "cupboard", None, "cooked")),
        line("Spinach", Left(120.0, "fridge", 5, "salad")),
        line("Cucumber", Left(90.0, "fridge", 3, "salad")),
        line("Grapes", Left(90.0, "fridge", 4, "snack")),
        line("Beans", Left(240.0, "freezer", 91, "rinsed, in a bag")),
        line("Pita", Left(120.0, "freezer", None)),
        line("Broccoli", Left(200.0, "fridge", 6, "cooked")),
        line("Kale", Left(200.0, "fridge", 6, "not eaten")),
        cabbage,
    )
    assert found == {
        "Eat up in salads and sandwiches": ["Cucumber 90 g by day 3", "Spinach 120 g by day 5"],
        "Eat up in a soup, an omelet or with pasta": ["Broccoli 200 g by day 6"],
        "Eat up for breakfast or as a snack": ["Grapes 90 g by day 4"],
        "Freeze, give away or throw away: somebody here has limits, and what is eaten beside the "
        "plan isn't counted": ["Kale 200 g by day 6"],
        "Freeze, for later weeks": ["Beans 240 g rinsed, in a bag"],
        "In the refrigerator for next week": ["Cabbage 300 g by day 9"],
        "In the cupboard and freezer for later weeks": ["Flour", "Pita"],
    }


def test_meat_that_is_divided_into_bags_is_frozen_with_the_rest_on_the_day_of_shopping():
    beef = day(3, FOODS, dinner={"ground_beef_lean_raw": 300.0})
    days = (*(day(number, FOODS, dinner={"salt": 1.0}) for number in (1, 2)), beef)
    plan = Plan(days, {}, {}, None, 0.0, 1)
    shopping = list_shopping(plan, FOODS, Errand("us"))
    told = " ".join(as_plain(list_told(shopping)).split())
    assert "Lean ground beef (90 %): 11 oz (300 g) for day 3, the rest for later." in told
    herbs = line("Basil", Left(90.0, "freezer", 9, "chopped, in a bag"), kept_usd=0.5)
    (both,) = left_over(replace(shopping, lines=(herbs, *shopping.lines)))
    assert [text.split()[0] for text in both.items] == ["Lean", "Basil"]  # the dearest first
    (one,) = left_over(shopping)
    assert one.lead == "Freeze, for later weeks"
    assert one.items == ("Lean ground beef (90 %) 1/3 pack (150 g) on the day you shop, in a bag",)


@pytest.mark.parametrize("name", ["woman_55", "pescatarian_man_72_uk", "vegan_woman_35"])
def test_what_is_paid_is_what_is_eaten_kept_and_spoiled_to_the_cent(name):
    shopping = stored.week(name).table.shopping
    told = till_text(shopping)
    assert "a head" not in told
    many = replace(shopping, people=30)
    assert f". {per_head_text(many)} In a stocked" in till_text(many)
    figures = [round(100 * float(one)) for one in re.findall(r"\d+\.\d\d", told.replace(",", ""))]
    paid, eaten, kept, lost, *more = figures
    assert paid == eaten + kept + lost
    assert min(figures) >= 0
    paid_usd = (shopping.total_usd, shopping.kept_usd, shopping.lost_usd)
    rate = shopping.local_per_usd
    assert [paid, kept, lost] == [round(100 * round(rate * usd, 2)) for usd in paid_usd]
    written = json.loads(json_text(WrittenTill.of(shopping)))
    parts = sum(written[key] for key in ("eaten_of_price", "kept", "spoils"))
    assert written["price"] == pytest.approx(parts)
    of_days = rate * (written["eaten"] - written["for_freezer"])
    of_home = [round(100 * of_days)] if of_days > 1.05 * rate * written["eaten_of_price"] else []
    week = round(100 * rate * written["stocked_week"])
    *before, told_week, told_lost, first = more
    assert [*before, told_week, first] == [*of_home, week, paid - week]
    assert told_lost == lost  # of a plan of one week


def test_what_guests_eat_is_said_to_be_in_the_cost_a_head_and_who_always_comes_is_a_head():
    days = [SimpleNamespace(meals=["lunch"])] * 2
    some, every = (((1, "lunch", 9),), ((1, "lunch", 9), (2, "lunch", 9)))
    for guests, is_said in (((), False), (some, True)):
        paid = SimpleNamespace(total_usd=240.0, people=12, guests=guests, days=days, shops="us")
        assert per_head_text(paid).startswith("12 people: $20.00 a head")
        assert ("what their guests eat included" in per_head_text(paid)) == is_said
    paid = SimpleNamespace(total_usd=420.0, people=12, guests=every, days=days, shops="us")
    assert per_head_text(paid).startswith("12 people and 9 guests at each meal: $20.00 a head")


def test_a_list_says_in_at_most_six_lines_what_is_done_with_it_and_counts_the_rest():
    spoiling = [
        line(f"Thing {n}", Left(90.0, "fridge", n, how, "1/2 bag"))
        for n in range(2, 9)
        for how in ("salad", "cooked", "snack")
    ]
    frozen = line("Beans", Left(240.0, "freezer", 91, "rinsed, in a bag"))
    cold = line("Cabbage", Left(300.0, "fridge", 9, "salad"), kept_usd=0.5)
    kept = [line(f"Tin {n}", Left(500.0, "cupboard", None, "cooked")) for n in range(41)]
    shopping = replace(shop({"beans": 100.0}), lines=(*spoiling, frozen, cold, *kept))
    short = [one.text for one in left_in_short(shopping)]
    assert len(short) == 6
    no_freezer = left_over(replace(shopping, lines=tuple(kept), boxes=0))
    assert [one.lead for one in no_freezer] == ["In the cupboard for later weeks"]
    assert short[0].startswith("Eat up in salads and sandwiches: Thing 2 1/2 bag by day 2; Thing 3")
    assert short[0].endswith("; 4 more.")
    assert short[-1] == "In the cupboard and freezer for later weeks: 41 things."
    said = [" ".join(as_plain(list_told(shopping, is_full=full)).split()) for full in (0, 1)]
    assert ["Tin 7; Tin 8;" in one for one in said] == [False, True]


DISHES = read_embedded_dishes()


def line_of(*kinds):
    (line,) = shop({"quinoa_dry": 50.0}).lines
    uses = tuple(Use(day, "dinner", "Dish", kind) for day, kind in enumerate(kinds, start=1))
    return replace(line, name="White pasta", uses=uses)


@pytest.mark.parametrize(
    ("kinds", "name"),
    [
        (("", ""), "White pasta"),
        (("penne", "penne"), "White pasta (penne)"),
        (("penne", ""), "White pasta (penne 1 meal)"),
        (("spaghetti", "penne", "penne"), "White pasta (penne, also in place of spaghetti)"),
    ],
)
def test_a_line_says_which_kinds_its_meals_take(kinds, name):
    assert name_text(line_of(*kinds)) == name


def test_a_shape_that_steps_name_is_one_of_the_list():
    rules = read_settings(COOKING)["measure"]
    untold = []
    for dish in DISHES:
        told = {*" ".join((dish.name, *dish.steps)).casefold().replace(",", " ").split()}
        for one in dish.ingredients:
            food = FOODS[one.food_id]
            known = rules["kinds_of"].get(food.base, ()) if "noodles" in food.base else ()
            shapes = {*rules["one_does"]} if food.base.endswith("pasta") else {*known}
            if shapes & told and not kind_told(dish, food):
                untold.append((dish.name, food.name))
    assert untold == []


@pytest.mark.parametrize("country", ["us", "eu"])
def test_what_recipes_count_in_pieces_of_a_size_is_sold_in_pieces_of_it(country):
    shelves = shelves_of(country)
    unlike = []
    for dish in DISHES:
        for one in dish.ingredients:
            found = re.match(r"(\d+) [a-z ]+ of (\d+) g", one.measure)
            sizes = [each for each in shelves.get(one.food_id, ()) if each.pack == EACH]
            kind = kind_told(dish, FOODS[one.food_id])
            own = [each.size_g for each in sizes if each.label == kind]
            if found and own and abs(own[0] / float(found[2]) - 1) > 0.15:
                unlike.append((dish.name, one.measure, own))
    assert unlike == []
