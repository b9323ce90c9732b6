import pytest

from planner.request.profile import Profile
from planner.safety.patient import read_patient
from planner.safety.stops import exclusions_for, food_caps, nutrient_caps_for, safety_sentence
from tests.rows import rows

ADULT = Profile(age_y=30)
PREGNANT = Profile(age_y=30, state="pregnant")
PREGNANCY_FLAGS = {
    "liver", "high_mercury", "alcohol", "raw_sprouts", "raw_egg", "raw_fish", "raw_meat",
    "unpasteurised", "mould_ripened", "cold_cuts",
    "unknown",  # a food of one's own that nobody knows
}  # fmt: skip


def flags(person, alcohol_wanted=False):
    return {one.flag for one in exclusions_for(read_patient(person), alcohol_wanted) if one.flag}


def test_pregnancy_leaves_out_what_the_rules_p02_to_p06_name():
    assert flags(PREGNANT) == PREGNANCY_FLAGS
    rules = {rule for one in exclusions_for(read_patient(PREGNANT)) for rule in one.rules}
    assert rules == {"P02", "P04", "P05", "P06", "own_food"}


def test_every_exclusion_has_a_reason_and_a_source():
    for exclusion in exclusions_for(read_patient(PREGNANT)):
        assert exclusion.reason
        assert exclusion.source
        assert exclusion.confidence


def test_alcohol_is_in_nobodys_plan_unless_asked_for():
    assert flags(ADULT) == {"alcohol"}
    assert flags(ADULT, alcohol_wanted=True) == set()


@pytest.mark.parametrize(
    "person", [PREGNANT, Profile(age_y=30, state="lactating"), Profile(age_y=17)]
)
def test_asking_for_alcohol_moves_nobody_whom_a_rule_names(person):
    assert "alcohol" in flags(person, alcohol_wanted=True)


@pytest.mark.parametrize(("age_y", "left_out"), [(17, True), (18, False)])
def test_coffee_is_for_adults(age_y, left_out):
    exclusions = exclusions_for(read_patient(Profile(age_y=age_y)))
    assert any(one.covers(frozenset({"caffeine"}), "coffee") for one in exclusions) is left_out


def test_an_exclusion_by_flag_covers_flagged_foods_only():
    liver = next(one for one in exclusions_for(read_patient(PREGNANT)) if one.flag == "liver")
    assert liver.covers(frozenset({"liver"}), "beef")
    assert not liver.covers(frozenset(), "")


def test_oxalate_greens_and_brazil_nuts_are_capped():
    greens, nuts = food_caps()
    assert (greens.flag, greens.portions_per_week) == ("oxalate_green", 2)
    assert dict(greens.share_of_day) == {"calcium_mg": 0.25}
    assert (nuts.flag, nuts.pieces_per_day) == ("brazil_nut", 2)


@pytest.mark.parametrize(
    ("person", "caffeine_mg"), [(PREGNANT, 200), (Profile(age_y=10, weight_kg=33), 99)]
)
def test_caffeine_has_a_most_in_pregnancy_and_childhood(person, caffeine_mg):
    caps = {cap.nutrient: cap.upper for cap in nutrient_caps_for(person)}
    assert caps["caffeine_mg"] == caffeine_mg


@rows(__file__, "a_day_of_a_child_has")
def test_a_day_of_a_child_has_a_most_of_fibre_and_potassium(sex, age_y, fibre_g, potassium_mg):
    caps = nutrient_caps_for(Profile(sex=sex, age_y=age_y))
    amounts = [(cap.nutrient, cap.upper) for cap in caps if cap.nutrient != "caffeine_mg"]
    assert sorted(amounts) == [("fibre_g", fibre_g), ("potassium_mg", potassium_mg)]


def test_caffeine_of_other_adults_has_a_most_only_beside_drinks_asked_for():
    assert nutrient_caps_for(ADULT) == ()
    assert [(cap.nutrient, cap.upper) for cap in nutrient_caps_for(ADULT, True)] == [
        ("caffeine_mg", 400)
    ]
    caps = nutrient_caps_for(PREGNANT, True)
    assert [cap.upper for cap in caps if cap.nutrient == "caffeine_mg"] == [200]


def test_the_kidney_sentence_stands_as_agreed():
    assert safety_sentence("kidney") == (
        "The food in this plan is rich in potassium and magnesium. With kidney disease or a "
        "potassium-sparing medicine (some water pills and blood pressure pills), do not follow it "
        "unless your clinic agrees."
    )


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (ADULT, True),
        (PREGNANT, False),
        (Profile(age_y=30, state="lactating"), False),
        (Profile(age_y=17), False),
        (Profile(age_y=40, conditions=("alcohol dependence",)), False),
        (Profile(age_y=40, medicines=("disulfiram",)), False),
        (Profile(age_y=40, medicines=("metronidazole",)), False),
    ],
)
def test_vanilla_extract_is_for_whom_no_rule_keeps_from_alcohol(person, may):
    exclusions = exclusions_for(read_patient(person))
    assert any(one.covers(frozenset({"alcohol"}), "vanilla") for one in exclusions) is not may
    assert any(exclusion.covers(frozenset({"alcohol"}), "wine") for exclusion in exclusions)
