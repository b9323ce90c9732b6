"""Patterns of meals, shipped and of ones own, and what is drunk with a meal."""

import pytest

from planner.errors import ConfigError
from planner.meals.drinks import drinks_at
from planner.meals.patterns import (
    DEFAULT_PATTERN,
    parse_pattern,
    pattern_ids,
    read_pattern,
    read_pattern_id,
)
from planner.meals.rules import read_meal_rules
from planner.request.profile import Profile
from planner.request.read import request_from_dict
from tests.rows import rows

OWN = """
name = "Mine"
sentence = "Two meals."
[energy]
lunch = [0.4, 0.6]
dinner = [0.4, 0.6]
[[place]]
id = "lunch.main"
slot = "lunch"
required = true
dishes = ["main"]
[[place]]
id = "dinner.main"
slot = "dinner"
required = true
dishes = ["main"]
meals = ["lunch", "dinner"]
"""


def test_ten_patterns_are_shipped_and_the_usual_one_comes_first():
    assert pattern_ids()[0] == DEFAULT_PATTERN
    assert set(pattern_ids()) == {
        "three_meals_two_snacks", "main_meal_at_noon", "mediterranean", "south_asian",
        "east_asian", "latin_american", "children", "six_small_meals",
        "ramadan", "big_breakfast",
    }  # fmt: skip


@pytest.mark.parametrize("name", pattern_ids())
def test_a_shipped_pattern_has_all_four_meals_but_for_a_fast_and_says_what_it_is(name):
    pattern = read_pattern(name)
    lunch = [] if name == "ramadan" else ["lunch"]
    assert list(pattern.energy) == ["breakfast", *lunch, "dinner", "snack"]
    assert pattern.sentence.endswith(".")
    assert len({place.place_id for place in pattern.places}) == len(pattern.places)


def test_the_main_meal_at_noon_takes_what_others_have_in_the_evening():
    noon = {place.place_id: place for place in read_pattern("main_meal_at_noon").places}
    assert noon["lunch.main"].takes(("dinner",))
    assert not noon["lunch.main"].takes(("lunch",))
    assert not noon["dinner.main"].takes(("dinner",))
    energy = read_pattern("main_meal_at_noon").energy
    assert energy["lunch"][1] > energy["dinner"][1]


def test_rules_carry_the_energy_and_the_leftovers_of_the_pattern():
    rules = read_meal_rules("main_meal_at_noon").rules
    assert rules["meal_energy"]["lunch"] == (0.32, 0.5)
    assert (rules["leftover"]["place"], rules["leftover"]["cooked_on"]) == (
        "dinner.main",
        "lunch.main",
    )
    assert read_meal_rules().rules["leftover"]["place"] == "lunch.main"


def test_a_pattern_of_ones_own_is_read_from_its_file(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(OWN, encoding="utf-8")
    pattern = read_pattern(str(file))
    assert (pattern.name, len(pattern.places)) == ("Mine", 2)
    assert pattern.energy["lunch"] == (0.4, 0.6)


def test_an_unknown_pattern_is_answered_with_the_nearest():
    with pytest.raises(ConfigError, match="did you mean mediterranean"):
        read_pattern_id("mediteranean")


def test_all_faults_of_a_pattern_are_told_at_once():
    text = OWN.replace('"Mine"', '""').replace('["main"]\nmeals', '["mains"]\nmeals')
    text = text.replace('slot = "lunch"', 'slot = "brunch"') + "\ncolour = 1\n"
    with pytest.raises(ConfigError) as raised:
        parse_pattern(text, "mine.toml")
    for part in ("name must be", "'mains' is not one of", "slot 'brunch'", "unknown key 'colour'"):
        assert part in str(raised.value)


@rows(__file__, "a_fault_of_a_pattern_is")
def test_a_fault_of_a_pattern_is_named(old, new, fault):
    with pytest.raises(ConfigError) as raised:
        parse_pattern(OWN.replace(old, new), "mine.toml")
    assert fault in str(raised.value)


def test_a_request_names_its_pattern_and_the_default_stays():
    assert request_from_dict({"week": {"pattern": "east_asian"}}).week.pattern == "east_asian"
    assert request_from_dict({}).week.pattern == DEFAULT_PATTERN
    with pytest.raises(ConfigError, match=r"\[week\] pattern: no meal pattern is called 'asian'"):
        request_from_dict({"week": {"pattern": "asian"}})


LIKE = """
like = "ramadan"
without_places = ["snack.second"]
name = "Mine"
sentence = "Two meals."
[energy]
dinner = [0.4, 0.6]
[[place]]
id = "snack.first"
slot = "snack"
foods = ["fruit"]
[[place]]
id = "dinner.nuts"
slot = "dinner"
foods = ["nut_seed"]
"""


def test_a_pattern_like_another_says_only_what_differs():
    usual, own = read_pattern("ramadan"), parse_pattern(LIKE, "mine.toml")
    by_id = {place.place_id: place for place in own.places}
    assert {place.place_id for place in usual.places} - set(by_id) == {"snack.second"}
    assert own.places[-1].place_id == "dinner.nuts"
    assert by_id["snack.first"].dishes == ()
    assert own.energy == {**usual.energy, "dinner": (0.4, 0.6)}
    assert (own.without_tags, own.hours) == (usual.without_tags, usual.hours)
    assert (own.note, own.is_dry) == ("", False)


@rows(__file__, "a_fault_of_a_pattern_like")
def test_a_fault_of_a_pattern_like_another_is_named(old, new, fault):
    with pytest.raises(ConfigError) as raised:
        parse_pattern(LIKE.replace(old, new), "mine.toml")
    assert fault in str(raised.value)


MAN, CHILD = Profile(sex="m", age_y=40), Profile(age_y=9)
PREGNANT = Profile(sex="f", age_y=30, state="pregnant")
COFFEE, ADULT = "2 cups of coffee", "water (coffee or tea between meals)"


@pytest.mark.parametrize(
    ("people", "own", "text"),
    [
        ([MAN], {}, ADULT),
        ([CHILD], {}, "water"),
        ([MAN, CHILD], {}, f"{ADULT}; children water"),
        ([], {COFFEE: [""]}, COFFEE),
        ([CHILD], {COFFEE: ["Tom"]}, "Tom 2 cups of coffee; others water"),
        ([CHILD], {COFFEE: ["Tom"], "water": ["Ann"]}, "Tom 2 cups of coffee; others water"),
        ([CHILD], {"water": ["Tom"]}, "water"),
        ([], {COFFEE: ["Tom", "Ann"], "water": ["Mia"]}, "Tom and Ann 2 cups of coffee; Mia water"),
        (
            [MAN, CHILD],
            {COFFEE: ["Tom"]},
            f"Tom 2 cups of coffee; others {ADULT}; children water",
        ),
    ],
)
def test_who_asked_for_drinks_is_named_beside_the_others(people, own, text):
    assert drinks_at("breakfast", people, own) == text


def test_the_limit_in_pregnancy_is_said():
    assert "two cups a day at most" in drinks_at("breakfast", [PREGNANT])
