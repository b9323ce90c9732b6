"""Recipes of a week as they are cooked, what is cooked twice, their allergens, and what is left."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.candidates.equipment import appliance_of, slow_hours
from planner.document.blocks import Recipe, Section
from planner.document.fonts import DOCUMENTS
from planner.document.terminal import as_plain
from planner.export.dish import diets_of, dish_answer, dish_told
from planner.export.documents import PageLayout
from planner.export.meals import allergen_blocks
from planner.export.recipe_text import (
    in_freezer_texts,
    note_text,
    recipe_book,
)
from planner.export.shopping import left_in_short, left_over, list_told, name_text
from planner.export.sums import per_head_text, till_text
from planner.export.week import ToldWeek
from planner.kitchen.batch import plan_batch
from planner.kitchen.bought import Left, kind_told, share_in_words
from planner.kitchen.errand import Errand, Use, errand_for
from planner.kitchen.measures import COOKING
from planner.kitchen.openings import LEFT, package_hints, track_packages
from planner.kitchen.shopping import list_shopping
from planner.kitchen.sold import EACH, shelves_of
from planner.plan.plan import Plan
from planner.request.diets import read_allergens
from planner.settings import read_settings
from planner.wire.base import json_text
from planner.wire.kitchen import WrittenBatch, WrittenTill
from tests import stored
from tests.papers import papers
from tests.planner.kitchen.test_shopping import shop
from tests.plates import day, food, item, table
from tests.rows import rows
from tests.told import WIDTH

FOODS = stored.foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
PASTA = {"whole_wheat_pasta_cooked": 114.0, "chickpeas_cooked": 144.0}


def book_and_days(start=None, units="us"):
    """Pasta e ceci for dinner on day 1, and again for lunch on day 2."""
    first = item("pasta_e_ceci", PASTA)
    days = [
        day(1, FOODS, dinner=first), day(2, FOODS, lunch=replace(first, leftover_of=1)),
    ]  # fmt: skip
    if start:
        days = [replace(own_day, date=date(2026, 3, 1 + own_day.day)) for own_day in days]
    batch = plan_batch(plan_of(days), DISHES.values())
    return book_of(days, units, batch), days


def plan_of(days):
    return Plan(tuple(days), {}, {}, None, 0.0, 1)


def book_of(days, units="us", batch=None, **more):
    plan = plan_of(days)
    shopping = list_shopping(plan, FOODS, Errand(units, recipes=tuple(DISHES.values())), batch)
    return recipe_book(plan, FOODS, units, DISHES.values(), batch, shopping, **more)


def entry(book, one):
    (meal,) = one.meals
    return book.entry(one, meal, meal.items[0])


def test_what_is_cooked_for_two_meals_is_told_where_it_is_cooked_and_where_it_is_eaten():
    book, (first, second) = book_and_days()
    assert entry(book, first).at_once.startswith(
        "Cook 2 servings: 1 now, 1 for the lunch of day 2."
    )
    again = entry(book, second)
    assert again.title.endswith("made on day 1, from the refrigerator")
    assert "165 °F (74 °C)" in again.again
    assert (again.takes, again.steps, again.at_once) == ((), (), "")


def test_list_and_steps_are_for_all_that_is_cooked():
    # 228 g of boiled pasta from 42 g dry per 100 g; 1.1 l of water for 4, so 550 ml for 2
    book, (first, _) = book_and_days(units="metric")
    told = entry(book, first)
    assert ("Chickpeas, canned, drained", "", "288 g") in told.takes
    assert next(row for row in told.takes if "pasta" in row[0])[2] == "96 g"
    assert any("550 ml water" in step for step in told.steps)


def test_what_stands_overnight_is_told_on_the_evening_before():
    dinner = item("pasta_e_ceci", PASTA)
    oats = item("peanut_banana_overnight_oats", {"banana": 118})
    days = [day(1, FOODS, dinner=dinner), day(2, FOODS, breakfast=oats)]
    book = book_of(days)
    (told,) = book.tonight[1]
    minutes = DISHES["peanut_banana_overnight_oats"].active_minutes
    assert told.startswith("This evening: make Peanut butter and banana overnight oats")
    assert told.endswith(f"(for tomorrow's breakfast, {minutes} min).")
    assert entry(book, days[1]).at_once == "Make it the evening before."
    assert entry(book, days[0]).at_once == ""


def test_every_breakfast_that_stands_overnight_is_known():
    words = ("evening before", "refrigerator overnight", "cold overnight", "until morning")
    breakfasts = [dish for dish in DISHES.values() if dish.kind == "breakfast"]
    said = [one for one in breakfasts if any(w in " ".join(one.steps) for w in words)]
    assert len(said) > 4
    assert [dish.dish_id for dish in said if not dish.ahead] == []


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (None, "On the evening before day 1: make Blueberry overnight oats with almonds"),
        (date(2026, 3, 2), "Sunday evening, before it begins: make Blueberry overnight oats"),
    ],
)
def test_what_the_first_day_needs_is_told_before_it(start, said):
    oats = item("blueberry_almond_overnight_oats", {"blueberries": 111})
    again = replace(oats, leftover_of=1)
    days = [day(1, FOODS, breakfast=oats), day(2, FOODS, breakfast=again)]
    days = [replace(own_day, date=start and date(2026, 3, 1 + own_day.day)) for own_day in days]
    book = book_of(days)
    (told,) = book.before(days[0])
    assert told.startswith(said)
    assert (book.before(days[1]), dict(book.tonight).keys()) == ((), {0})
    made = "Sunday" if start else "the evening before day 1"
    assert entry(book, days[1]).title.endswith(f"made on {made}, from the refrigerator")


def test_a_packed_lunch_is_made_before_where_it_travels_and_says_what_is_packed_apart():
    lunches = {
        "chicken_caesar_wrap": {"caesar_dressing": 22, "tortilla_whole_wheat": 72},
        "rye_bread_dill_butter": {"bread_rye": 64},
        "garlicky_white_beans_eggs_sourdough": {"egg_poached": 100},
        "frozen_broccoli_olive_oil": {"broccoli_frozen_cooked": 92},
    }
    days = [
        day(number, FOODS, lunch=replace(item(dish, parts), name=DISHES[dish].name))
        for number, (dish, parts) in enumerate(lunches.items(), start=1)
    ]
    book = book_of(days, boxed={1, 2, 3, 4})
    made = [chore.what for own in book.chores.values() for chore in own if chore.kind == "make"]
    assert made == [DISHES["chicken_caesar_wrap"].name, DISHES["rye_bread_dill_butter"].name]
    before = "Make it the evening before."
    told = f"{before} Pack caesar dressing separately, to add when you eat it."
    assert [entry(book, own_day).at_once for own_day in days] == [told, before, "", ""]


def recipes_of(blocks):
    for block in blocks:
        if isinstance(block, Section):
            yield from recipes_of(block.blocks)
        elif isinstance(block, Recipe):
            yield block


@pytest.mark.parametrize("name", ["woman_55", "man_25_very_active"])
def test_a_printed_week_tells_the_steps_of_each_dish_once_and_then_where_they_stand(name):
    week = stored.week(name)
    assert "each_day" in read_settings(DOCUMENTS)["shown"]["full"]["parts"]
    made = [recipe for recipe in recipes_of(ToldWeek(week).told("each_day")) if recipe.mark]
    told = [(recipe.title, recipe.hint, recipe.steps) for recipe in made if recipe.steps]
    cooked = {item.item_id for day in week.plan.days for item in day.items() if item.kind == "dish"}
    assert len({title for title, _hint, _steps in told}) == len(cooked)
    assert len(set(told)) == len(told)
    places = {recipe.mark for recipe in made if not recipe.same_as}
    again = [recipe for recipe in made if recipe.same_as]
    assert again
    assert {recipe.mark for recipe in again} <= places
    assert not any(recipe.steps for recipe in again)


def test_what_is_wanted_out_of_the_slow_cooker_says_its_hours_and_who_fills_it_when():
    chili = item("chili_con_carne_pinto_beans", PASTA)
    days = tuple(day(number, FOODS, dinner=chili) for number in (1, 2))
    book = book_of(days, slow=frozenset({(2, "dinner")}))
    (first,), (second,) = (own_day.meals for own_day in days)
    assert book.slow_text(days[0], first, chili) == ""
    assert book.slow_text(days[1], second, chili) == "start in the morning, 7-8 h on low"
    assert [book.slow_slots(own_day) for own_day in days] == [set(), {"dinner"}]
    assert "fill the slow cooker with chili_con_carne_pinto_beans for dinner" in book.tonight[1][-1]


def test_every_recipe_for_a_slow_cooker_says_its_hours_on_low():
    made = [dish for dish in DISHES.values() if "slow_cooker" in dish.tags]
    assert made
    assert [dish.dish_id for dish in made if not slow_hours(dish)] == []


FRIED = next(dish for dish in DISHES.values() if "air_fryer" in dish.tags)


def test_the_own_way_of_an_appliance_is_no_step_and_is_told_where_there_may_be_one():
    parts = {line.food_id: line.mass_g for line in FRIED.ingredients}
    days = (day(1, FOODS, dinner=item(FRIED.dish_id, parts)),)
    book = book_of(days)
    told = entry(book, days[0])
    assert [way[:16] for way in told.ways] == ["In an air fryer:"]
    assert not any(map(appliance_of, told.steps))
    assert not entry(replace(book, absent=frozenset({"air fryer"})), days[0]).ways


@pytest.mark.parametrize("name", ["woman_55", "man_25_very_active"])
def test_what_a_day_leaves_last_is_what_the_list_says_is_left(name):
    week = stored.week(name).table
    errand = errand_for(week.request, week.dishes, week.foods)
    hints = package_hints(track_packages(week.plan, week.foods, errand, week.batch))
    lines = {line.food_id: line for line in week.shopping.lines}
    told = [(hint, lines[hint.food_id]) for hint in hints if hint.kind == LEFT]
    last = [(hint, line) for hint, line in told if hint.day >= max(u.day for u in line.uses)]
    assert last
    for hint, line in last:
        assert share_in_words(hint.share, hint.package) == line.left.words


KALE_ALONE = table(food("kale"))
KALE = {"kale": 300.0}
LONG = "chili_sin_carne_cocoa"


def batch_of(dish_ids, start=None):
    """Each dish cooked on its day, the first one eaten again on day 2."""
    days = []
    for number, dish_id in enumerate(dish_ids, start=1):
        again = replace(item(dish_ids[0], KALE), leftover_of=1)
        meals = {"lunch": again} if number == 2 else {}
        one = day(number, KALE_ALONE, dinner=item(dish_id, KALE), **meals)
        when = date.fromordinal(start.toordinal() + number - 1) if start else None
        days.append(replace(one, date=when))
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    return plan_batch(plan, read_embedded_dishes())


def test_the_json_says_what_the_page_says():
    batch = batch_of(["pasta_e_ceci", LONG], date(2026, 3, 2))
    made = WrittenBatch.of(batch, note=note_text(batch)).json_values()
    assert [pot["servings_frozen"] for pot in made["cook"]] == [0.0, 1.0]
    assert made["cook"][1]["ingredients_frozen"] == [{"food_id": "kale", "mass_g": 300.0}]
    assert made["labels"][0]["eat_on"] == {"day": 2, "slot": "lunch"}
    assert made["labels"][1]["use_by"] == "2026-06-03"


def test_portions_that_no_meal_takes_are_named_with_their_day_and_how_to_have_them():
    first, command = in_freezer_texts(batch_of(["pasta_e_ceci", LONG], date(2026, 3, 2)))
    assert first == f"In the freezer: 1 serving of {LONG}, eat by 3 Jun 2026."
    assert f'--use "1 portion of {LONG}"' in command
    assert list(in_freezer_texts(batch_of(["pasta_e_ceci"]))) == []
    assert "within 3 months" in next(in_freezer_texts(batch_of(["pasta_e_ceci", LONG])))


@pytest.mark.parametrize("units", ["us", "metric"])
def test_every_recipe_fits_the_page(units):
    for dish in DISHES.values():
        for line in as_plain(dish_told(dish, FOODS, 3, units)).splitlines():
            assert len(line) <= WIDTH, dish.dish_id


def test_other_servings_scale_the_ingredients_and_not_the_content():
    dish = next(iter(DISHES.values()))
    one, two = (dish_answer(dish, FOODS, count).json_values() for count in (1, 2))
    assert two["ingredients"][0]["mass_g"] == pytest.approx(2 * one["ingredients"][0]["mass_g"])
    assert one["per_serving"] == two["per_serving"]


def test_a_diet_fits_only_where_nothing_in_the_dish_is_excluded():
    for dish in DISHES.values():
        if dish.protein in ("fish", "beef", "poultry"):
            assert not {"vegan", "vegetarian"} & set(diets_of(dish, FOODS))


(LINE,) = shop({"beans": 100.0}).lines  # of day 1


def told(*lines):
    """Title → texts of lines that leave something."""
    shopping = replace(shop({"beans": 100.0}), lines=tuple(lines))
    return {block.lead: list(block.items) for block in left_over(shopping)}


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
    assert f". {per_head_text(many)}" in till_text(many)
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
    assert more == [*of_home, paid]  # the first shop
    assert f"about {re.sub('[0-9].*', '', told)}{rate * written['stocked_week']:,.0f}." in told


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
    short = [block.text for block in left_in_short(shopping)]
    assert len(short) == 6
    no_freezer = left_over(replace(shopping, lines=tuple(kept), boxes=0))
    assert [block.lead for block in no_freezer] == ["In the cupboard for later weeks"]
    assert short[0].startswith("Eat up in salads and sandwiches: Thing 2 1/2 bag by day 2; Thing 3")
    assert short[0].endswith("; 4 more.")
    assert short[-1] == "In the cupboard and freezer for later weeks: 41 things."
    said = [" ".join(as_plain(list_told(shopping, is_full=full)).split()) for full in (0, 1)]
    assert ["Tin 7; Tin 8;" in text for text in said] == [False, True]


def line_of(*kinds):
    (line,) = shop({"quinoa_dry": 50.0}).lines
    uses = tuple(Use(day, "dinner", "Dish", kind) for day, kind in enumerate(kinds, start=1))
    return replace(line, name="White pasta", uses=uses)


@rows(__file__, "a_line_says_which_kinds")
def test_a_line_says_which_kinds_its_meals_take(kinds, name):
    assert name_text(line_of(*kinds)) == name


def test_a_shape_that_steps_name_is_one_of_the_list():
    rules = read_settings(COOKING)["measure"]
    untold = []
    for dish in DISHES.values():
        told = {*" ".join((dish.name, *dish.steps)).casefold().replace(",", " ").split()}
        for ingredient in dish.ingredients:
            food = FOODS[ingredient.food_id]
            known = rules["kinds_of"].get(food.base, ()) if "noodles" in food.base else ()
            shapes = {*rules["one_does"]} if food.base.endswith("pasta") else {*known}
            if shapes & told and not kind_told(dish, food):
                untold.append((dish.name, food.name))
    assert untold == []


@pytest.mark.parametrize("country", ["us", "eu"])
def test_what_recipes_count_in_pieces_of_a_size_is_sold_in_pieces_of_it(country):
    shelves = shelves_of(country)
    unlike = []
    for dish in DISHES.values():
        for ingredient in dish.ingredients:
            found = re.match(r"(\d+) [a-z ]+ of (\d+) g", ingredient.measure)
            sizes = [each for each in shelves.get(ingredient.food_id, ()) if each.pack == EACH]
            kind = kind_told(dish, FOODS[ingredient.food_id])
            own = [each.size_g for each in sizes if each.label == kind]
            if found and own and abs(own[0] / float(found[2]) - 1) > 0.15:
                unlike.append((dish.name, ingredient.measure, own))
    assert unlike == []


def rows_of(plan):
    _told, table = allergen_blocks(plan, FOODS)
    return table.rows


def test_each_thing_eaten_stands_there_with_all_that_it_holds_and_no_more():
    plan = stored.plan("woman_55")
    found = {
        (name, when): set(filter(None, held.split(", "))) for name, when, held in rows_of(plan)
    }
    labels = {one.name: one.words for one in read_allergens().values() if one.eu or one.us}
    for served, meal, eaten in plan.served():
        words = {word for food_id, _ in eaten.ingredients for word in FOODS[food_id].allergens}
        expected = {name for name, own in labels.items() if own & words} or {"none"}
        place = f"Day {served.day} {meal.slot}"
        assert any(
            name == eaten.name and held == expected and place in when
            for (name, when), held in found.items()
        ), eaten.name


def test_a_dish_cooked_in_two_ways_stands_there_twice_and_else_once():
    plan = stored.plan("vegan_woman_35")
    rows = [(name, held) for name, _when, held in rows_of(plan)]
    assert len(rows) == len(set(rows)) < sum(1 for _ in plan.served())
    first = plan.days[0]
    meal = first.meals[0]
    dish = meal.items[0]
    other = replace(dish, ingredients=(*dish.ingredients, ("milk_lowfat", 50.0)))
    day = replace(first, meals=(*first.meals, replace(meal, items=(other,))))
    twice = [
        held for name, _when, held in rows_of(replace(plan, days=(day, *plan.days[1:])))
        if name == dish.name
    ]  # fmt: skip
    assert ["Milk" in held for held in twice] == [False, True]


def test_the_paper_is_written_when_it_is_asked_for_and_else_not():
    for name in ("allergens", "list"):
        week = replace(stored.week("woman_55"), layout=PageLayout(documents=(name,)))
        (paper,) = papers(week).values()
        assert paper.has("Allergens of each dish") == (name == "allergens")
