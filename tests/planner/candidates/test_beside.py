"""Supplements and water beside the meals: what is taken, what may be chosen, and by whom."""

import csv
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foods.embedded import read_embedded_foods
from foods.errors import FoodNotFoundError
from foods.nutrient import known_nutrients
from foods.supplement import find_supplement
from planner.candidates.beside import (
    beside_the_meals,
    supplement_candidates,
    taken_candidates,
)
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest, Water
from planner.safety.gate import judge_supplements
from planner.safety.intake import SupplementIntake
from planner.safety.patient import read_patient
from planner.standards.ids import standard_ids
from tests.medicine_names import is_asked

KEYS = tuple(known_nutrients())
HEALTHY = PlanRequest(profile=Profile(egfr=95.0), allow_supplements=True)


def rows(name: str) -> list[dict[str, str]]:
    text = files("configs").joinpath("safety", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def words(name: str, column: str) -> list[str]:
    return sorted({word.strip("* ") for row in rows(name) for word in row[column].split(";")})


CONDITIONS = [
    *(word for word in words("rules.csv", "condition") if word != "normal"),
    "kidney disease", "osteoporosis", "diabetes", "dialysis",
    "other: something that no table names",
]  # fmt: skip
NAMES = set(words("interactions.csv", "examples")) - {"methotrexate", ""}  # is asked how often
EXAMPLES = {name for name in NAMES if not is_asked(name)}
MEDICINES = [*sorted(EXAMPLES), "spironolactone", "other: never heard of it"]


def amount_of(candidate, nutrient: str) -> list[float]:
    at = KEYS.index(nutrient)
    return [float(serving.amounts[at]) for serving in candidate.servings]


@st.composite
def requests(draw):
    """Draw a person of any age and state with some conditions and medicines."""
    age_y = draw(st.integers(5, 95))
    sex = draw(st.sampled_from("fm"))
    may_bear = sex == "f" and 15 <= age_y <= 49
    state = draw(st.sampled_from(("none", "pregnant", "lactating"))) if may_bear else "none"
    profile = Profile(
        sex=sex,
        age_y=age_y,
        state=state,
        egfr=draw(st.none() | st.floats(1, 130)),
        serum_mg_mg_dl=draw(st.none() | st.floats(0.5, 16)),
        conditions=tuple(draw(st.lists(st.sampled_from(CONDITIONS), max_size=3, unique=True))),
        medicines=tuple(draw(st.lists(st.sampled_from(MEDICINES), max_size=3, unique=True))),
    )
    taken = draw(st.sampled_from((0, 100, 249, 250, 300, 350, 400)))
    supplements = (SupplementIntake("magnesium citrate", taken),) if taken else ()
    standard = draw(st.sampled_from(standard_ids()))
    return PlanRequest(profile, standard, supplements=supplements, allow_supplements=True)


@settings(max_examples=400, deadline=None)
@given(requests())
def test_nobody_is_offered_a_supplement_unless_every_rule_allows_it(request_):
    verdict = judge_supplements(
        read_patient(request_.profile),
        supplements=request_.supplements,
        standard_id=request_.standard,
    )
    offered = supplement_candidates(request_)
    for candidate in offered:
        assert verdict.nutrients[find_supplement(candidate.source_id).nutrient] == "allowed"
        assert not verdict.avoids(candidate.source_id)
        assert max(amount_of(candidate, "magnesium_mg")) <= verdict.most_elemental_mg
    nutrients = {KEYS[int(candidate.servings[0].amounts.argmax())] for candidate in offered}
    assert not nutrients & verdict.forbidden_nutrients
    assert "iron_mg" not in nutrients or request_.profile.state == "pregnant"


def test_a_healthy_adult_may_be_offered_magnesium_calcium_and_vitamins_d_and_b12():
    places = {candidate.places[0] for candidate in supplement_candidates(HEALTHY)}
    assert places == {
        "supplement.magnesium", "supplement.calcium", "supplement.vitamin_d",
        "supplement.vitamin_b12",
    }  # fmt: skip


def test_nothing_is_offered_that_was_not_allowed():
    assert supplement_candidates(replace(HEALTHY, allow_supplements=False)) == ()


@pytest.mark.parametrize(
    ("profile", "why"),
    [
        (Profile(age_y=70), "older people whose eGFR is unknown"),
        (Profile(age_y=10), "children"),
        (Profile(egfr=50.0), "weak kidneys"),
        (Profile(conditions=("myasthenia gravis",)), "a muscle disease"),
        (Profile(medicines=("other: never heard of it",)), "an unknown medicine is asked about"),
    ],
)
def test_who_must_ask_first_is_offered_nothing(profile, why):
    assert supplement_candidates(replace(HEALTHY, profile=profile)) == (), why


def test_in_pregnancy_iron_is_offered_and_magnesium_is_not():
    pregnant = replace(HEALTHY, profile=Profile(age_y=29, state="pregnant"))
    found = supplement_candidates(pregnant)
    assert {candidate.places[0] for candidate in found} == {
        "supplement.calcium", "supplement.iron", "supplement.vitamin_d", "supplement.vitamin_b12"
    }  # fmt: skip
    (iron,) = [candidate for candidate in found if candidate.places[0] == "supplement.iron"]
    assert amount_of(iron, "iron_mg") == [14, 27]


@pytest.mark.parametrize("name", ["kidney disease", "haemochromatosis", "myasthenia gravis"])
def test_in_pregnancy_what_a_rule_refuses_or_nobody_knows_keeps_iron_away(name):
    profile = Profile(age_y=29, state="pregnant", conditions=(name,))
    assert supplement_candidates(replace(HEALTHY, profile=profile)) == ()


def test_doses_stay_within_what_is_left_of_the_upper_level():
    # US: 350 mg - 240 mg taken leave 110 mg
    request_ = replace(HEALTHY, supplements=(SupplementIntake("magnesium citrate", 240),))
    offered = [one for one in supplement_candidates(request_) if "magnesium" in one.places[0]]
    assert {amount for candidate in offered for amount in amount_of(candidate, "magnesium_mg")} == {
        64, 84, 100
    }  # fmt: skip


def test_vegans_are_offered_vitamin_d_without_wool():
    vegan = replace(HEALTHY, preferences=Preferences(diet="vegan"))
    found = {candidate.source_id for candidate in supplement_candidates(vegan)}
    assert "vitamin_d2_ergocalciferol" in found
    assert "vitamin_d3_cholecalciferol" not in found


def test_calcium_and_vitamin_d_are_left_out_with_hypercalcaemia():
    person = replace(HEALTHY.profile, conditions=("hypercalcaemia",))
    found = supplement_candidates(replace(HEALTHY, profile=person))
    assert not {"supplement.calcium", "supplement.vitamin_d"} & {one.places[0] for one in found}


def test_what_is_taken_counts_as_the_element_in_it():
    # 400 mg of magnesium oxide hold 400 x 24.305 / 40.304 = 241.2 mg of magnesium
    request_ = PlanRequest(supplements=(SupplementIntake("magnesium oxide", 400, "compound"),))
    (oxide,) = taken_candidates(request_)
    assert amount_of(oxide, "magnesium_mg") == [pytest.approx(241.2, abs=0.05)]
    assert oxide.servings[0].food_g == 0.0
    (place,) = beside_the_meals(request_, read_embedded_foods()).places
    assert (place.place_id, place.required) == ("supplement.taken_1", True)


def test_iron_is_counted_and_outside_pregnancy_never_chosen():
    request_ = replace(HEALTHY, supplements=(SupplementIntake("ferrous fumarate", 27),))
    assert amount_of(taken_candidates(request_)[0], "iron_mg") == [27.0]
    chosen = supplement_candidates(request_)
    assert not any(sum(amount_of(candidate, "iron_mg")) for candidate in chosen)


def test_water_counts_with_its_minerals_and_no_mass_of_food():
    # Hepar, Ciqual 2017: 11.9 mg magnesium and 54.9 mg calcium in 100 g
    request_ = PlanRequest(water=Water(drink="hepar", litres_per_day=1.5))
    beside = beside_the_meals(request_, read_embedded_foods())
    (hepar,) = beside.candidates
    assert amount_of(hepar, "magnesium_mg") == [pytest.approx(178.5)]
    assert amount_of(hepar, "calcium_mg") == [pytest.approx(823.5)]
    assert hepar.servings[0].portion.measure == "1.5 L (6 glasses)"
    assert hepar.servings[0].food_g == 0.0
    assert beside.places[0].required


def test_water_that_nobody_sells_is_refused():
    with pytest.raises(FoodNotFoundError, match="no water 'evjan'"):
        beside_the_meals(PlanRequest(water=Water(drink="evjan")), read_embedded_foods())
