"""What is asked for by name at a table: who may have it, whose it is, how food is shared out."""

import re
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import read_embedded_dishes
from planner.cli.options import build_request
from planner.errors import CandidatesError
from planner.explain.asked import notes_on_uses
from planner.kitchen.shopping import list_asked
from planner.model.days import PutDish
from planner.plan.plan import Plan
from planner.request.eater import Eater
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.put import Put, read_put
from planner.request.request import BODY_FIELDS, AtHome, PlanRequest, WeekOptions
from planner.rhythm.plan import left_to_use
from planner.table.prepare import prepare_table
from tests import plates
from tests.rows import rows

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
ANN, BEN = Profile("f", 40, 168, 64), Profile("m", 42, 180, 80)
PIZZA = Put("fri", "dinner", "pizza_margherita")


def prepared(*puts, days=7, use=None, wishes=None, ben=None):
    """The table of Ann and Ben, or of one where ``ben`` is nobody."""
    week, all_ = WeekOptions(days, put=puts), Preferences(use=use or {}, **(wishes or {}))
    eaters = (Eater("Ann", ANN), Eater("Ben", BEN, Preferences(**ben))) if ben is not None else ()
    request = PlanRequest(week=week, preferences=all_, assumed=BODY_FIELDS, eaters=eaters)
    return prepare_table(request, FOODS, DISHES)


def test_each_week_of_each_eater_knows_what_is_put_on_its_days():
    every = replace(PIZZA, day="every fri", eater="ben")
    table = prepared(every, Put(9, "lunch", "greek village salad"), days=14, ben={})
    pizza = PutDish("dinner", "pizza_margherita", "Ben")
    for name, own in table.weeks.items():
        first, second = own.weeks
        assert (own.source, first.eater) == (first, name)
        assert [put for put in first.puts if put] == [(pizza,)]
        assert first.puts[4] == second.puts[4] == (pizza,)
        assert second.puts[1] == (PutDish("lunch", "greek_village_salad_side"),)
        assert bool(first.own_puts(first.puts[4])) == (name == "Ben")


@pytest.mark.parametrize(
    ("put", "wishes", "fault"),
    [
        (PIZZA, {"diet": "vegan"}, "fri:dinner: Pizza Margherita is left out: not in a vegan diet"),
        (PIZZA, {"max_minutes": 20}, "takes 110 minutes, more than 20"),
        (replace(PIZZA, slot="breakfast"), {}, "does not belong to breakfast, it is for dinner"),
        (
            replace(PIZZA, dish="pizza"),
            {"diet": "vegan"},
            "none of the 4 dishes called 'pizza' can",
        ),
        (replace(PIZZA, dish="pizza"), {"max_minutes": 10}, "takes [0-9]+ minutes, more than"),
    ],
)
def test_what_cannot_be_put_is_said_with_its_reason(put, wishes, fault):
    with pytest.raises(CandidatesError, match=fault):
        prepared(put, wishes=wishes)


def test_who_shares_the_dinner_must_be_allowed_it_too():
    vegan = {"diet": "vegan"}
    with pytest.raises(CandidatesError, match="fri:dinner: Ben: Pizza Margherita is left out"):
        prepared(PIZZA, ben=vegan)
    with pytest.raises(CandidatesError, match="Ben shares this dinner: Pizza Margherita is left"):
        prepared(replace(PIZZA, eater="Ann"), ben=vegan)


def test_a_word_of_several_dishes_means_one_of_those_that_all_may_have():
    pizza = replace(PIZZA, dish="pizza")
    (put,) = prepared(pizza).weeks[""].source.puts[4]
    assert (put.name, len(put.ids)) == ("pizza", 4)
    (put,) = prepared(pizza, ben={"diet": "vegetarian"}).weeks["Ann"].source.puts[4]
    assert put.ids == (
        "naan_pizza_spinach_ricotta",
        "pizza_margherita",
        "whole_wheat_pizza_artichoke",
    )
    (put,) = prepared(replace(pizza, dish="ham pizza")).weeks[""].source.puts[4]
    assert put == PutDish("dinner", "pizza_ham_mushrooms")


def test_two_main_dishes_of_one_dinner_are_told_before_anything_is_solved():
    other = replace(PIZZA, dish="ham and mushroom pizza")
    both = "day 5, dinner: Ham and mushroom pizza and Pizza Margherita are for the same place"
    with pytest.raises(CandidatesError, match=both):
        prepared(PIZZA, other)
    with pytest.raises(CandidatesError, match=both):  # they share their dinners
        prepared(replace(PIZZA, eater="Ann"), replace(other, eater="Ben"), ben={})
    beside = Put("fri", "dinner", "greek village salad")
    assert len(prepared(PIZZA, beside).weeks[""].source.puts[4]) == 2


def test_food_of_the_table_is_shared_by_need_among_those_who_may_have_it():
    uses = {
        name: week.source.wishes.uses
        for name, week in prepared(use={"beef": 600.0}, ben={}).weeks.items()
    }
    ann, ben = uses["Ann"][0].mass_g, uses["Ben"][0].mass_g
    assert ann + ben == pytest.approx(600.0)
    assert ann < ben
    alone = prepared(use={"beef": 600.0}, ben={"without": ("meat",)})
    assert alone.weeks["Ann"].source.wishes.uses[0].mass_g == pytest.approx(600.0)
    assert alone.weeks["Ben"].source.wishes.uses == ()


@rows(__file__, "food_that_cannot_be_used")
def test_food_that_cannot_be_used_up_is_said_with_its_reason(name, fault):
    with pytest.raises(CandidatesError, match=fault):
        prepared(use={name: 300.0}, wishes={"diet": "vegan"})


def test_what_is_cooked_already_counts_as_what_was_bought_for_it_for_some_days():
    (use,) = prepared(use={"leftover rice": 300.0}).weeks[""].source.wishes.uses
    assert use.kinds >= {"white_rice_dry", "basmati_rice_dry", "brown_rice_dry"}
    assert use.mass_g == pytest.approx(300 * use.per_g["white_rice_cooked"])
    assert use.days == 4


def test_what_is_cooked_already_is_eaten_while_it_is_good_and_cooked_anew_by_no_dish_until_then():
    source = prepared(Put(5, "dinner", "sushi_bowl"), use={"leftover rice": 300.0}).weeks[""].source
    named = {meaning.name: meaning for meaning in source.wishes.off}
    (again, anew), (late,) = ([named[name] for _, name in source.off[at]] for at in (3, 6))
    assert (again.is_again, again.food_ids) == (True, late.food_ids)
    assert {"mushroom_risotto_parmesan", "mexican_tomato_rice"} <= anew.dish_ids
    assert "fluffy_basmati_rice_butter" not in anew.dish_ids
    assert {"white_rice_cooked", "brown_rice_cooked"} <= late.food_ids
    assert source.off[4] == ()  # what is put on a day stays
    (use,) = source.wishes.uses
    assert use.taken_by("mushroom_risotto_parmesan", [("white_rice_cooked", 100.0)]) == 0.0
    assert left_to_use([use], [()] * 4) == ()


def at_home(*rows, **more):
    """The uses of a table whose pantry is eaten first, of (food, amount, unit, days)."""
    week = WeekOptions(pantry=tuple(AtHome(*row) for row in rows), from_pantry=True, **more)
    request = PlanRequest(week=week, assumed=BODY_FIELDS)
    return request, prepare_table(request, FOODS, DISHES).weeks[""].source.wishes.uses


def test_a_pantry_that_is_eaten_first_is_used_up_while_it_is_good():
    request, uses = at_home(
        ("chicken_breast_raw", 500, "g", 2), ("spinach_raw", 250, "g", 4),
        ("white_rice_dry", 2, "kg"), ("salt", 500, "g"), ("egg_raw", 6, "large", 30),
    )  # fmt: skip
    found = {next(iter(use.kinds)): (use.mass_g, use.days, use.freeze_by) for use in uses}
    assert found == {
        "chicken_breast_raw": (500.0, None, 2),  # what is not eaten by then is frozen
        "spinach_raw": (250.0, 4, None),
        "white_rice_dry": (500.0, None, None),  # of what keeps so much a week
        "egg_raw": (pytest.approx(342.0, abs=1.0), None, None),
    }
    dinners = {3: {"spinach_raw": 80.0}, 5: {"spinach_raw": 50.0, "chicken_breast_raw": 100.0}}
    days = (plates.day(n, FOODS, dinner=dinners.get(n, {"tap_water": 200.0})) for n in range(1, 6))
    plan = Plan(tuple(days), {}, {}, None, 0.0, 0)
    (text,) = notes_on_uses([("", use) for use in uses], {"": plan}, FOODS)
    assert text == (
        "Eaten from your pantry, as bought: Chicken breast, skinless 100 g; Fresh spinach 88 g. "
        "No meal was found for: White long-grain rice, dry; Eggs. Freeze what is not eaten while "
        "it is good: Chicken breast, skinless."
    )
    # the list counts on what is frozen, and not on spinach that is past its days
    bought = list_asked(plan, request, FOODS, DISHES, None).lines
    assert {line.food_id: line.is_pantry for line in bought} == {
        "chicken_breast_raw": True, "spinach_raw": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("put", "way"),
    [
        (Put(1, "dinner", "pancakes"), "1:breakfast=pancakes"),
        (Put(2, "snack", "hummus"), "2:snack=90 g Hummus"),
        (Put(1, "dinner", "cooked fennel"), "1:dinner=.*"),
    ],
)
def test_what_cannot_be_put_is_answered_with_a_way_that_works(put, way):
    with pytest.raises(CandidatesError, match=f'--put "{way}"') as raised:
        looked_up(put)
    (flag,) = re.findall('--put "(.*?)"', str(raised.value))
    assert looked_up(read_put(flag)).weeks[""].source.puts[1 if put.day == 2 else 0]


def looked_up(put):
    request = build_request(sex="m", age=40, days=3, put=(put,))
    return prepare_table(request, foods_at_hand(request), DISHES)
