"""What is at home, what is open, and what is read on a label."""

import re
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from foods.errors import FoodNotFoundError
from foods.food import Measure
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out, find_meaning
from planner.errors import ConfigError
from planner.kitchen.batch import BatchPlan, Cooking
from planner.kitchen.carried import dishes_of, home_besides, pantry_after
from planner.kitchen.errand import Errand
from planner.kitchen.openings import package_hints, track_packages
from planner.kitchen.pantry import (
    Pantry,
    PantryEntry,
    added,
    as_csv,
    foods_meant,
    is_staple,
    pantry_of,
    parse_pantry,
    read_said,
    taken,
)
from planner.kitchen.sold import (
    LABELS,
    OpenedKept,
    Stock,
    allergens_avoided,
    bought_as_words,
    from_home,
    is_amount_held,
    labels_to_read,
    parse_packages,
    shelves_of,
)
from planner.plan.plan import GuestShare, Plan
from planner.request.diets import read_allergens
from planner.request.override import TargetOverride
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_from_dict
from planner.request.request import Eater, PlanRequest
from planner.settings import read_settings
from tests.planner.kitchen.test_shopping import shop
from tests.plates import day, food, item, table
from tests.rows import rows

FOODS = read_embedded_foods()
SHELVES = shelves_of("us")


def read(*rows):
    return parse_pantry("\n".join(["food,amount,unit,days", *rows, ""]), "p.csv", FOODS, SHELVES)


def grams(name, mass_g, days=None):
    return PantryEntry(name, mass_g, "g", 1.0, days)


def test_every_faulty_row_is_told_at_once():
    with pytest.raises(ConfigError) as error:
        read("unicorn,1,g,", "egg_raw,-2,large,", "egg_raw,2,barrel,", "egg_raw,2,large,soon")
    for part in ("row 2: no food 'unicorn'", "row 3: amount: '-2'", "row 4: unit: 'barrel'",
                 "write one of g, kg, oz, lb, large", "row 5: days: 'soon'"):  # fmt: skip
        assert part in str(error.value)


def test_what_is_written_is_read_again():
    entries = read("egg_raw,4,large,7", "salt,0.5,kg,")
    assert parse_pantry(as_csv(entries), "p.csv", FOODS, SHELVES) == entries


def test_more_of_the_same_is_one_entry_and_what_spoils_first_is_used_first():
    entries = added(added((grams("milk", 100, 2),), grams("milk", 500)), grams("milk", 50, 2))
    assert entries == (grams("milk", 150, 2), grams("milk", 500))
    assert taken(entries, grams("milk", 200)) == (grams("milk", 450),)
    with pytest.raises(ConfigError, match="milk: 650 g are there, not 700 g"):
        taken(entries, grams("milk", 700))


def test_what_a_week_leaves_is_at_home_for_the_next_one():
    known = (grams("beans", 120), grams("carrot", 67.2, 3), grams("salt", 80))
    shopping = shop({"beans": 200.0, "quinoa": 100.0}, {"passata": 100.0}, pantry=Pantry(known))
    after = {stock.food_id: stock for stock in pantry_after(known, shopping, range(1, 3))}
    # beans: 120 g were there, a can of 400 g for the other 80 g is open until day 4, two more days
    assert (after["beans"].mass_g, after["beans"].days) == (320.0, 2)
    assert (after["carrot"].mass_g, after["carrot"].days) == (67.2, 1)
    assert (after["salt"].mass_g, after["salt"].days) == (80, None)
    # 35 g of a bag of 200 g; passata was opened on day 2 and is frozen for 90 days
    assert (after["quinoa_dry"].mass_g, after["quinoa_dry"].days) == (165.0, None)
    assert (after["passata"].mass_g, after["passata"].days) == (600.0, 90)
    assert [key for key, stock in after.items() if stock.is_frozen] == ["passata"]


def asked(**week):
    return request_from_dict({"week": week})


def test_a_request_says_what_is_at_home_and_whether_the_usual_is_there_too():
    oats = {"food": "rolled oats", "amount": 2, "unit": "cup", "days": 30}
    own = pantry_of(asked(pantry=[oats]), FOODS)
    assert (own.kind, own.get("rolled_oats").mass_g, own.get("salt").mass_g) == ("as told", 162, 0)
    assert own.get("rolled_oats").days == 30
    both = pantry_of(asked(pantry=[oats], cupboard="usual"), FOODS)
    assert (both.kind, both.get("rolled_oats").mass_g, both.get("salt").mass_g) == (
        "usual", 162, 300,
    )  # fmt: skip
    assert pantry_of(asked(cupboard="empty"), FOODS) == Pantry()
    assert pantry_of(asked(), FOODS).kind == "usual"


def test_the_country_is_decided_once_by_what_is_asked_else_standard_and_units():
    def shops(standard="us", **week):
        return request_from_dict({"profile": {"standard": standard}, "week": week}).shops

    assert [shops(), shops("eu"), shops("uk"), shops("who", units="us")] == ["us", "eu", "uk", "us"]
    assert shops("uk", shops="us") == "us"
    with pytest.raises(ConfigError, match="'mars' are no shops that are known"):
        shops(shops="mars")


@pytest.mark.parametrize(("home_g", "taken_g"), [(500.0, 501.6), (470.0, 470.0), (480.0, 501.6)])
def test_what_is_at_home_is_enough_for_a_little_more(home_g, taken_g):
    assert sum(from_home((251.6, 250.0), Stock(home_g))) == pytest.approx(taken_g)


@rows(__file__, "pantry_words")
def test_what_is_said_is_a_food_as_it_is_bought_and_its_mass(words, food_id, mass_g):
    entry = read_said(words, "", FOODS, SHELVES)
    assert entry.food_id == food_id
    assert mass_g is None or entry.mass_g == pytest.approx(mass_g, abs=0.1)


@rows(__file__, "pantry_refused")
def test_what_is_no_stock_or_not_known_is_answered_with_what_a_plan_takes(words, told):
    with pytest.raises((ConfigError, FoodNotFoundError), match=re.escape(told)):
        read_said(words, "", FOODS, SHELVES)


@rows(__file__, "a_pantry_of_other_heads_order")
def test_a_pantry_of_other_heads_order_or_separators_is_read(text):
    (entry,) = parse_pantry(text, "p.csv", FOODS, SHELVES)
    (pasted,) = home_besides(text, FOODS, SHELVES)
    assert (entry.food_id, entry.amount) == (pasted.food, pasted.amount) == ("white_rice_dry", 500)


DISHES = read_embedded_dishes()


def meanings(*names):
    return [find_meaning(name, FOODS, ()) for name in names]


@rows(__file__, "a_food_at_home_is_none")
def test_a_food_at_home_is_none_that_is_made_of_it(name, means, not_meant):
    found = foods_meant(name, FOODS, DISHES)
    assert means in found
    assert not_meant not in found


def test_nothing_at_hand_and_nothing_that_most_kitchens_have_is_bought():
    for dish in dishes_of(DISHES, FOODS, meanings("eggs", "oats")):
        staples = {food.name for food in FOODS if is_staple(food.food_id)}
        assert not staples & set(dish.missing)
        assert "Eggs" not in dish.missing
        assert not any(name.startswith("Rolled oats") for name in dish.missing)


BEANS, LENTILS = (
    replace(food(name, group=group), aisle="canned_dry_beans", measures=(Measure("can", 400.0),))
    for name, group in (("beans", "vegetables"), ("lentils", "legumes"))
)
WARM = replace(food("beans_warm"), bought_as="beans", bought_g_per_100g=125.0)
DRIED = replace(food("beans_dry"), aisle="canned_dry_beans")
CANS = "beans,can,400 g,400\nlentils,can,400 g,400\n"
SHOP = parse_packages(f"food_id,pack,label,size_g\n{CANS}", "by hand")
CANS_AND_WATER = table(BEANS, LENTILS, WARM, DRIED, food("tap_water", group="water"))


def plan_of(*dinners):
    """A plan of dinners: masses of beans [g], or what is on the table."""
    days = [
        day(number, CANS_AND_WATER, dinner={"beans": one} if isinstance(one, (int, float)) else one)
        for number, one in enumerate(dinners, start=1)
    ]
    return Plan(tuple(days), {}, {}, None, 0.0, 0)


def tracked(plan, people=1, batch=None):
    errand = Errand(own=SHOP, pantry=Pantry(), people=people)
    return track_packages(plan, CANS_AND_WATER, errand, batch)


def opened(*dinners, **options):
    """Cans opened on each day."""
    (one,) = tracked(plan_of(*dinners), **options)
    return [row.opened for row in one.days]


@rows(__file__, "cans_are_counted_as_they_are")
def test_cans_are_counted_as_they_are_opened(dinners, cans):
    assert opened(*dinners) == cans


def test_a_second_meal_takes_its_beans_on_the_day_that_it_is_cooked():
    again = replace(item("stew", {"beans": 200.0}), leftover_of=1)
    # day 1 cooks 400 g, a whole can; eaten on their own days the 200 g of day 5 would open another
    assert opened(item("stew", {"beans": 200.0}), 0, 0, 0, again) == [1, 0, 0, 0, 0]


def test_everybody_guests_and_the_freezer_use_the_same_cans():
    guests = GuestShare(2, 2.0, (("beans", 200.0),))
    stew = replace(item("stew", {"beans": 100.0}), guests=guests)
    frozen = Cooking(1, None, "dinner", "stew", "Stew", 1.0, (), 1.0, (("beans", 160.0),), 0.0)
    batch = BatchPlan((frozen,), ())
    # 100 + 200 g, with the freezer 460 g; for three people 3 x 100 + 200 + 3 x 160 = 980 g
    assert opened(stew) == [1]
    assert opened(stew, batch=batch) == [2]
    assert opened(stew, batch=batch, people=3) == [3]


def test_what_is_frozen_is_used_after_its_days_and_the_cook_is_told_both_times():
    days = ({"lentils": mass_g} for mass_g in (200.0, 0.0, 0.0, 0.0, 0.0, 100.0, 100.0))
    (one,) = found = tracked(plan_of(*days))
    assert [row.opened for row in one.days] == [1, 0, 0, 0, 0, 0, 0]
    hints = package_hints(found)
    # half a can goes into the freezer by day 4; days 6 and 7 take from it
    assert [(hint.day, hint.kind, hint.good_until_day, round(hint.share, 2)) for hint in hints] == [
        (1, "left", 4, 0.5), (6, "frozen", 4, 0.5), (7, "frozen", 4, 0.25),
    ]  # fmt: skip
    assert {hint.how for hint in hints} == {"rinsed, in a bag"}


def told(*dinners):
    """(day, kind, day of opening, last good day, share) of every hint."""
    return [
        (hint.day, hint.kind, hint.opened_day, hint.good_until_day, round(hint.share, 3))
        for hint in package_hints(tracked(plan_of(*dinners)))
    ]


@rows(__file__, "hints")
def test_a_cook_is_told_what_stays_over_what_to_use_up_and_what_is_past_its_days(dinners_g, hints):
    assert told(*dinners_g) == hints


ROWS = read_settings(LABELS)["may_hold"]


def avoided_by(*without, others=()):
    eaters = tuple(
        Eater(name, Profile(sex="m", age_y=40), Preferences(without=own)) for name, own in others
    )
    asked = PlanRequest(
        profile=Profile(sex="f", age_y=40), preferences=Preferences(without=without), eaters=eaters
    )
    return allergens_avoided(asked, FOODS, DISHES)


@rows(__file__, "who_has_limits_is_not_told")
def test_who_has_limits_is_not_told_to_eat_up_what_is_left(person, is_held):
    ann = Profile(sex="f", age_y=60, **person)
    assert is_amount_held(PlanRequest(profile=ann)) is is_held
    table = (Eater("Tom", Profile(sex="m", age_y=60)), Eater("Ann", ann))
    assert is_amount_held(PlanRequest(eaters=table)) is is_held
    (line,) = shop({"beans": 100.0}, kept=OpenedKept(eats_up=not is_held)).lines
    assert (line.left.how == "not eaten") is is_held


def test_who_asks_for_a_most_oneself_is_not_either():
    most = TargetOverride("potassium_mg", None, 2500.0)
    assert is_amount_held(PlanRequest(overrides=(most,)))


def test_every_allergen_has_a_row_of_foods_and_groups_that_are_known():
    groups = {food.group for food in FOODS}
    assert ROWS.keys() == read_allergens().keys()
    for row in ROWS.values():
        assert set(row["groups"]) <= groups
        assert all(food_id in FOODS for food_id in row["foods"])


def test_who_leaves_out_an_allergen_by_any_of_its_names_reads_labels_for_it():
    assert avoided_by() == ()
    assert avoided_by("fish") == ("fish",)
    assert avoided_by("dairy") == ("milk",)
    assert avoided_by("gluten") == ("gluten",)  # and wheat with it
    assert avoided_by("nuts") == ("peanut", "tree_nut")
    assert avoided_by("cheddar") == ()
    assert avoided_by("kimchi") == ()  # no food of the catalogue


def test_a_table_reads_labels_for_all_who_sit_there():
    assert avoided_by(others=[("Ann", ("sesame",)), ("Ben", ("egg",))]) == ("egg", "sesame")


def test_who_has_a_condition_reads_labels_for_what_it_leaves_out():
    ill = Profile(sex="f", age_y=40, conditions=("celiac disease",))
    assert allergens_avoided(PlanRequest(profile=ill), FOODS, DISHES) == ("gluten",)
    table = PlanRequest(profile=Profile(sex="m", age_y=41), eaters=(Eater("Ann", ill),))
    assert allergens_avoided(table, FOODS, DISHES) == ("gluten",)


def test_the_list_names_what_may_hold_it_and_nothing_that_does():
    bought = ["bread_sourdough", "spinach_raw", "vegetable_stock", "cheddar"]
    assert labels_to_read(bought, ["milk"], FOODS) == {
        "milk": ("bread_sourdough", "vegetable_stock")
    }
    assert labels_to_read(bought, [], FOODS) == {}
    assert labels_to_read(["spinach_raw"], ["milk"], FOODS) == {}


def test_a_diet_reads_labels_for_what_is_no_allergen_and_buys_its_meat_by_a_word():
    def asked(**said):
        return PlanRequest(preferences=Preferences(**said))

    halal = asked(diet="halal")
    assert allergens_avoided(halal, FOODS, DISHES) == ("alcohol", "gelatine", "rennet")
    assert allergens_avoided(asked(diet="kosher"), FOODS, DISHES)[-2:] == (
        "gelatine",
        "rennet",
    )
    plain = asked(without=("gelatin", "wine"))
    assert allergens_avoided(plain, FOODS, DISHES) == ("alcohol", "gelatine")
    assert labels_to_read(["cheddar", "yogurt_lowfat"], ["gelatine", "rennet"], FOODS) == {
        "gelatine": ("yogurt_lowfat",),
        "rennet": ("cheddar",),
    }
    assert bought_as_words(halal)["poultry"] == "halal"
    assert bought_as_words(plain) == {}


def test_who_cannot_chop_gets_nothing_hard_and_buys_the_rest_ready_cut():
    request = request_from_dict({"preferences": {"without": ["peeling", "chopping"]}}, "a test")
    assert request.preferences.without == ("hard chopping",)
    gone = find_left_out("hard chopping", FOODS, DISHES).food_ids
    assert {"carrot_raw", "potato_boiled", "cabbage_raw"} <= gone
    assert not gone & {"beets_canned", "baby_carrots", "mixed_vegetables_frozen", "onion_raw"}
    assert bought_as_words(request)["onion_raw"] == "ready-cut or frozen"
    assert all(key in FOODS for key in bought_as_words(request))
