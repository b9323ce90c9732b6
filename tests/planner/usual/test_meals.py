"""The meals of a diary as dishes: foods and grams as eaten, and what is no meal of a plan."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.candidate import FoodExclusion
from planner.candidates.names import find_left_out
from planner.candidates.own_dishes import dishes_with_own
from planner.candidates.select import Selection, select_candidates
from planner.diary.read import read_diary
from planner.errors import ConfigError
from planner.language.names import named, short_name
from planner.language.spoken import speaking
from planner.meals.patterns import DEFAULT_PATTERN, pattern_ids
from planner.meals.rules import read_meal_rules
from planner.usual.meals import own_meals
from planner.usual.notes import read_names

FOODS = read_embedded_foods()
DISHES = dishes_with_own((), FOODS)
HEAD = "day,meal,food,amount,unit\n"
TWO_DAYS = HEAD + (
    "mon,breakfast,corn flakes,40,g\n"
    "mon,breakfast,milk_reduced_fat,200.4,g\n"
    "mon,dinner,pasta_cooked,220,g\n"
    "mon,dinner,ground_beef_lean_cooked,90,g\n"
    "mon,dinner,parmesan,4.44,g\n"
    "mon,dinner,pasta_cooked,10,g\n"
    "tue,breakfast,milk_reduced_fat,200,g\n"
    "tue,breakfast,corn flakes,40,g\n"
    "tue,dinner,salmon_cooked,130,g\n"
    "tue,dinner,broccoli_cooked,150,g\n"
)


def usual(tmp_path, text):
    path = tmp_path / "diary.csv"
    path.write_text(text, encoding="utf-8")
    return own_meals(read_diary(path, FOODS, DISHES), FOODS, DISHES)


def grams(meal):
    return {line.food_id: line.mass_g for line in meal.dish.ingredients}


def test_a_meal_holds_its_foods_in_the_grams_that_were_eaten(tmp_path):
    found = {one.dish.dish_id: one for one in usual(tmp_path, TWO_DAYS).meals}
    dinner = found["usual_d1_dinner"]
    assert grams(dinner) == {
        "ground_beef_lean_cooked": 90.0,
        "parmesan": 4.4,  # below ten grams by the tenth, else by the gram
        "pasta_cooked": 230.0,
    }
    assert dinner.dish.name == "Your white pasta, lean ground beef, parmesan cheese"
    assert (dinner.dish.kind, dinner.dish.slots, dinner.slot) == ("main", ("dinner",), "dinner")
    assert (dinner.dish.servings, dinner.dish.portions, dinner.dish.steps) == (
        1,
        (1.0,),
        ("As you make it.",),
    )
    assert (dinner.dish.protein, dinner.dish.starch) == ("beef", "pasta")


def test_the_same_meal_on_two_days_is_one_and_comes_as_often(tmp_path):
    week = usual(tmp_path, TWO_DAYS)
    breakfast = next(one for one in week.meals if one.slot == "breakfast")
    assert breakfast.days == (1, 2)
    # two of two days are seven of seven; one of two days is every other day of seven, rounded up
    assert week.times[breakfast.dish.dish_id] == 7
    assert week.times["usual_d1_dinner"] == 4


def test_a_dinner_with_vegetables_stands_alone_and_another_takes_a_side(tmp_path):
    served = {one.dish.dish_id: one.dish.served for one in usual(tmp_path, TWO_DAYS).meals}
    assert served["usual_d2_dinner"] == "complete"
    assert served["usual_d1_dinner"] == "one_dish"


def test_a_meal_of_an_unknown_food_or_of_no_slot_is_none_and_says_why(tmp_path):
    text = TWO_DAYS + (
        "tue,lunch,grandmother's secret pie,200,g\n"
        "tue,lunch,apple,1,medium\n"
        "tue,brunch,apple,1,medium\n"
    )
    week = usual(tmp_path, text)
    assert "lunch" not in {one.slot for one in week.meals}
    why = {(one.day, one.meal): str(one.why) for one in week.out}
    assert why["tue", "lunch"].startswith("nothing of ours is surely grandmother's secret pie")
    assert "--matches FILE.csv says what it is" in why["tue", "lunch"]
    assert why["tue", "brunch"] == "it is no breakfast, lunch, dinner or snack"


def test_pills_are_no_part_of_a_meal(tmp_path):
    with_pill = usual(tmp_path, TWO_DAYS + "mon,dinner,magnesium oxide,400,mg_compound\n")
    assert [grams(one) for one in with_pill.meals] == [
        grams(one) for one in usual(tmp_path, TWO_DAYS).meals
    ]
    only = usual(tmp_path, TWO_DAYS + "mon,snack,magnesium oxide,400,mg_compound\n")
    assert "snack" not in {one.slot for one in only.meals} | {one.meal for one in only.out}


def test_names_that_were_read_as_others_are_told(tmp_path):
    assert read_names(usual(tmp_path, TWO_DAYS).diary) == {}  # an id, and a name as it stands
    other = usual(tmp_path, TWO_DAYS + "tue,snack,rolled oats,40,g\n")
    assert set(read_names(other.diary)) == {"rolled oats"}


def test_all_faults_of_a_diary_are_told_at_once(tmp_path):
    bad = HEAD + "mon,lunch,,1,g\n,lunch,apple,2,g\nmon,lunch,magnesium oxide,3,mg\n"
    with pytest.raises(ConfigError) as error:
        usual(tmp_path, bad)
    assert all(f"row {number}" in str(error.value).casefold() for number in (2, 3, 4))


def test_the_name_of_an_own_meal_is_said_in_german():
    with speaking("de"):
        assert named("Your white pasta, parmesan cheese") == "Ihre: Nudeln, Parmesan"
    assert short_name("Low-fat milk (1 %)") == "low-fat milk"
    assert short_name("White pasta, cooked") == "white pasta"


def selected(week, pattern=DEFAULT_PATTERN, **more):
    """Choose among the meals of a diary alone."""
    selection = Selection(usual=week.times, made_of=week.made_of, **more)
    return select_candidates(FOODS, week.dishes, read_meal_rules(pattern), selection)


@pytest.mark.parametrize("pattern", pattern_ids())
def test_a_meal_keeps_its_slot_in_every_pattern(tmp_path, pattern):
    week = usual(tmp_path, TWO_DAYS)
    found = {one.source_id: one for one in selected(week, pattern).candidates}
    for meal in week.meals:
        places = found[meal.dish.dish_id].places
        assert {place.split(".")[0] for place in places} == {meal.slot}, meal.dish.name


def test_a_meal_that_was_written_as_a_dish_is_left_out_where_that_is(tmp_path):
    hot = next(one for one in DISHES if "spicy" in one.tags and "dinner" in one.slots)
    week = usual(tmp_path, HEAD + f"mon,dinner,{hot.dish_id},1,serving\n")
    (meal,) = week.meals
    assert (meal.made_of, meal.dish.tags) == ({hot.dish_id}, {"spicy"})
    without = (find_left_out(hot.name, FOODS, DISHES),)
    out = {one.candidate_id: one.code for one in selected(week, without=without).left_out}
    assert out[meal.dish.dish_id] == "wish"
    young = (FoodExclusion(frozenset({"spicy"}), "hot", "safety"),)
    out = {one.candidate_id: one.code for one in selected(week, exclusions=young).left_out}
    assert out[meal.dish.dish_id] == "safety"


def test_a_meal_without_a_name_is_told_as_one(tmp_path):
    (out,) = usual(tmp_path, HEAD + "mon,,apple,150,g\n").out
    assert out.meal == "meal without a name"
