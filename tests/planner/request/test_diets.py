"""Diets and what is left out, as people write them: understood, or asked about, never guessed."""

import re
import shlex

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out
from planner.cli.options import build_request
from planner.cli.plan import command
from planner.errors import CandidatesError, ConfigError, RefusedError
from planner.request.diets import diet_called, find_diet, name_left_out
from planner.request.presets import read_preset
from planner.request.read import request_from_dict
from planner.settings import read_settings
from planner.table.faults import check_request
from tests.commands import ended

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
ASKS = read_settings("diets/diets.toml")["asks"]
_LISTS = re.compile("`magplan (dishes list [^`]+)`")
_FLAG = re.compile(r"--[a-z-]+ (?:\"[^\"]+\"|[\w]+)")


def asked_of(name):
    with pytest.raises(ConfigError) as told:
        find_diet(name)
    return told.value.remedy


def given(*words):
    """Give the request that words of a command line ask for."""
    with command.make_context("plan", list(words)) as context:
        keys = (
            "request_path", "alternatives", "accept", "step", "day", "full",
            "json_wanted", "out", "force", "lang",
        )  # fmt: skip
        return build_request(**{k: v for k, v in context.params.items() if k not in keys})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Vegan diet", "vegan"), ("vegetarian diet", "vegetarian"), ("VEGETARIAN", "vegetarian"),
        ("normal", "omnivore"), ("lacto-ovo vegetarian", "vegetarian"),
        ("vegetarisch", "vegetarian"),
    ],
)  # fmt: skip
def test_a_diet_is_known_by_what_people_write(written, meant):
    assert find_diet(written).diet_id == meant


@pytest.mark.parametrize("word", [*ASKS, *(one for row in ASKS.values() for one in row["also"])])
def test_a_word_that_may_mean_several_diets_is_asked_about(word):
    assert diet_called(word) is None
    assert asked_of(word) in [row["ask"] for row in ASKS.values()]
    assert asked_of(f"{word} diet") == asked_of(word)


def test_plant_based_is_not_taken_for_vegan():
    for written in ("plant-based", "plant based", "Plant-based diet", "mostly plant-based"):
        assert "--diet vegan, --diet vegetarian" in asked_of(written)


@pytest.mark.parametrize("ask", [row["ask"] for row in ASKS.values()])
def test_every_flag_of_a_question_works(ask):
    for listed in _LISTS.findall(ask):
        assert ended(*shlex.split(listed))[0] == 0
    for flag in _FLAG.findall(_LISTS.sub("", ask)):
        check_request(given("--days", "1", *shlex.split(flag)))


@pytest.mark.parametrize(
    ("written", "ways"),
    [
        ("gluten free", 'write --without "gluten"'),
        ("gluten", 'write --without "gluten"'),
        ("vegan gluten free", 'write --diet vegan --without "gluten"'),
        ("vegan, gluten-free", 'write --diet vegan --without "gluten"'),
        ("vegetarian without eggs", 'write --diet vegetarian --without "eggs"'),
        ("vegetarian diet and no nuts", 'write --diet vegetarian --without "nuts"'),
        ("mediterranean", "--pattern mediterranean"),
        ("vegeterian", "did you mean 'vegetarian'?"),
    ],
)
def test_what_is_no_diet_is_answered_with_how_it_is_written(written, ways):
    assert ways in asked_of(written)


@pytest.mark.parametrize(
    ("diets", "told"),
    [
        (("vegetarian", "keto"), r"unknown diet 'keto' — no plan is that low"),
        (("vegetarian", "vegetarain"), r"unknown diet 'vegetarain' — did you mean 'vegetarian'"),
        (("vegetarian", "halal"), r"vegetarian, halal are several diets, and a plan has one"),
        (("vegan", "gluten free"), 'write --diet vegan --without "gluten"'),
    ],
)
def test_of_several_diets_each_is_read(diets, told):
    code, _, err = ended("plan", *(word for diet in diets for word in ("--diet", diet)))
    assert code == 1
    assert told in err


@pytest.mark.parametrize(
    "written",
    [
        "vegan with fish", "vegan and fish", "vegetarian, chicken", "vegetarian, any fish",
        "vegetarian, all dairy", "vegan, everything with milk", "fish", "meat", "any fish", "eggs",
    ],
)  # fmt: skip
def test_what_may_be_eaten_beside_a_diet_is_not_left_out(written):
    assert "--without" not in asked_of(written)


def test_one_flag_holds_one_diet():
    for written in ("vegan, vegetarian", "vegan and pescatarian, no nuts"):
        assert "write" not in asked_of(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gluten free", "gluten"), ("gluten-free", "gluten"), ("Gluten Free", "gluten"),
        ("dairy free", "milk"), ("no nuts", "nuts"), ("lactose free", "lactose"),
        ("shell fish", "shellfish"), ("sea food", "seafood"), ("nut-free", "nuts"),
        ("allergic to peanuts", "peanut"), ("nut allergies", "nuts"), ("free from eggs", "egg"),
        ("everything with milk", "milk"), ("soya beans", "soy"), ("cashew nuts", "cashew"),
        ("pistachio nuts", "pistachio"), ("any fish", "fish"), ("no meat", "meat"),
        ("all pork", "pork"), ("peanut allergy", "peanut"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_known_by_what_people_write(written, meant):
    found = find_left_out(name_left_out(written), FOODS, DISHES).food_ids
    assert found == find_left_out(meant, FOODS, DISHES).food_ids != frozenset()
    (asked,) = given("--without", written).preferences.without
    assert find_left_out(asked, FOODS, DISHES).food_ids == found


@pytest.mark.parametrize(
    "written",
    [
        "no gluten free", "sugar free", "fat-free", "free", "no", "all", "nuts except almonds",
        "allergic to bees", "meat but not chicken", "gluten-free white bread", "free range eggs",
        "no bake bars", "salt free",
    ],
)  # fmt: skip
def test_a_word_that_is_not_known_stays_as_it_is(written):
    assert name_left_out(written) == written


@pytest.mark.parametrize(
    "written", ["no gluten free", "sugar free", "nuts except almonds", "allergic to bees"]
)
def test_what_is_not_understood_is_refused(written):
    with pytest.raises(CandidatesError):
        find_left_out(name_left_out(written), FOODS, DISHES)


@pytest.mark.parametrize(
    ("written", "flags"),
    [
        ("nuts and dairy", '--without "nuts" --without "dairy"'),
        ("milk & eggs", '--without "milk" --without "eggs"'),
        ("milk/eggs", '--without "milk" --without "eggs"'),
        ("no nuts, no dairy", '--without "nuts" --without "dairy"'),
        ("rice or beans", '--without "rice" --without "beans"'),
        ("coeliac disease", '--condition "coeliac disease"'),
        ("lactose intolerance", '--condition "lactose intolerance"'),
        ("pregnant", "--state pregnant"),
        ("breastfeeding", "--state lactating"),
    ],
)
def test_several_names_in_one_and_conditions_are_asked_for_by_their_flags(written, flags):
    with pytest.raises(CandidatesError) as told:
        find_left_out(written, FOODS, DISHES)
    assert flags in told.value.remedy


def test_the_body_is_told_in_words_too():
    asked = given("--sex", "Woman", "--activity", "very active").profile
    assert (asked.sex, asked.activity) == ("f", "very_active")
    eaters = given("--eater", "name=Ben,sex=male,age=40,activity=sedentary").eaters
    assert (eaters[0].profile.sex, eaters[0].profile.activity) == ("m", "inactive")
    assert given("--target", "magnesium >= 450 mg").overrides[0].lower == 450.0
    for unit in ("ug", "\N{MICRO SIGN}g", "\N{GREEK SMALL LETTER MU}g", "mcg"):
        assert given("--target", f"selenium>=55 {unit}").overrides[0].lower == 55.0
    with pytest.raises(Exception, match="write a number of mg"):
        given("--target", "magnesium>=0.45 g")
    with pytest.raises(Exception, match="write one from 1 to 28"):
        given("--days", "three")


def test_what_meat_eggs_and_butter_hold_of_magnesium_is_what_the_catalogue_says():
    own = [
        food.per_100g
        for food in FOODS
        if food.group in {"red_meat", "processed_meat", "poultry", "egg"} or food.base == "butter"
    ]
    keys = ("magnesium_mg", "energy_kcal", "protein_g")
    rows = [[one[key] for key in keys] for one in own if one["energy_kcal"]]
    protein_g = 0.35 * 1000 / 4

    def most(one, two):
        """Magnesium of the two in 1000 kcal with so much protein: of such mixes one is the best."""
        (mg, kcal, held), (mg_2, kcal_2, held_2) = one, two
        under = kcal * held_2 - kcal_2 * held
        first = (1000 * held_2 - kcal_2 * protein_g) / under if under else -1.0
        second = (kcal * protein_g - 1000 * held) / under if under else -1.0
        return first * mg + second * mg_2 if min(first, second) >= 0 else 0.0

    best = max(most(one, two) for one in rows for two in rows)
    assert round(best) == 115
    assert "at most 115 mg of magnesium in 1,000 kcal" in asked_of("carnivore")
    pumpkin, almonds = (FOODS[one].per_100g["magnesium_mg"] for one in ("pumpkin_seeds", "almonds"))
    assert (round(pumpkin * 0.25, -1), round(almonds * 0.5, -1)) == (140, 130)
    assert asked_of("keto") != asked_of("low carb") != asked_of("carnivore")


def test_what_is_no_food_is_answered_as_the_diet_of_that_name():
    told = r'--without "green beans".*same_main_a_week<=2'
    with pytest.raises(CandidatesError, match=told):
        find_left_out("kitniyot", FOODS, DISHES, "--without")


def test_a_diet_low_in_fodmaps_in_one_word_is_sent_to_its_condition():
    with pytest.raises(ConfigError) as fault:
        find_diet("lowfodmap")
    assert '--condition "low fodmap"' in str(fault.value.remedy)


@pytest.mark.parametrize("flags", [["--egfr", "40"], ["--medicine", "spironolactone"]])
def test_the_dash_preset_is_what_the_question_says_and_raises_no_potassium_where_that_harms(flags):
    assert "--preset dash" in asked_of("dash")
    asked = request_from_dict(read_preset("dash"))
    assert {one.nutrient for one in asked.overrides} >= {"potassium_mg", "sodium_mg"}
    check_request(asked)
    with pytest.raises(RefusedError, match=r"[Pp]otassium.*(may not be raised|no plan)"):
        check_request(given("--preset", "dash", *flags))
