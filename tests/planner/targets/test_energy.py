"""Energy by equation and goal, and what is drunk or taken already."""

from dataclasses import replace
from importlib.resources import files

import pytest

from foods.errors import FoodNotFoundError
from planner.errors import ConfigError, RefusedError, TargetsError
from planner.request.preferences import Preferences
from planner.request.profile import GAIN, GOALS, LOSE, LOSE_SLOWLY, Profile
from planner.request.request import PlanRequest, WeekOptions
from planner.safety.intake import SupplementIntake
from planner.settings import read_settings
from planner.targets.derive import derive_targets, targets_of
from planner.targets.energy import estimate_energy, plan_energy, trimester
from planner.targets.taken import (
    check_drinks_allowed,
    check_taken_allowed,
    cups_by_meal,
    taken_per_day,
)
from tests.plates import food, table
from tests.rows import rows

WOMAN = Profile(sex="f", age_y=30, height_cm=165, weight_kg=60, activity="low_active")
PREGNANT = replace(WOMAN, state="pregnant", gestation_week=30)


def kcal(profile):
    return estimate_energy(profile).kcal


@pytest.mark.parametrize(
    ("week", "expected"), [(1, 1), (13, 1), (14, 2), (27, 2), (28, 3), (42, 3)]
)
def test_trimesters_begin_in_weeks_14_and_28(week, expected):
    assert trimester(replace(PREGNANT, gestation_week=week)) == expected


def test_a_pregnancy_without_week_is_in_its_twentieth_and_says_so():
    energy = estimate_energy(replace(PREGNANT, gestation_week=None))
    assert energy.kcal == kcal(replace(PREGNANT, gestation_week=20))
    assert "week 20 (second trimester) is assumed" in energy.notes[0]


def test_energy_asked_for_is_planned_and_the_equation_noted():
    energy = plan_energy(replace(WOMAN, energy_kcal=1800))
    assert (energy.kcal, energy.equation) == (1800, "as asked for")
    assert "NASEM 2023 EER" in energy.notes[0]


def test_a_need_below_the_floor_is_raised_to_it():
    # 584.90 - 7.01*90 + 5.72*140 + 11.71*35 = 1164.65
    energy = plan_energy(Profile("f", 90, 140, 35, "inactive"))
    assert energy.kcal == 1200
    assert "1165 kcal" in energy.notes[0]


def test_the_oldest_age_has_an_equation_and_the_next_has_none():
    assert kcal(replace(WOMAN, age_y=120)) > 0
    with pytest.raises(TargetsError, match="no energy equation for age 121"):
        estimate_energy(replace(WOMAN, age_y=121))


@pytest.mark.parametrize(
    "change", [{"age_y": 18}, {"age_y": 79}, {"state": "pregnant"}, {"state": "lactating"}]
)
def test_an_alternative_is_not_stretched_to_whom_it_does_not_reach(change):
    with pytest.raises(TargetsError, match=r"mifflin does not reach.*nasem_2023"):
        kcal(replace(WOMAN, energy_equation="mifflin", **change))


GOAL_WOMAN = Profile(age_y=40, height_cm=170, weight_kg=85)


def less_kcal(person):
    return estimate_energy(person).kcal - derive_targets(person).energy.kcal


def test_a_goal_plans_so_much_less_and_says_so():
    assert less_kcal(GOAL_WOMAN) == 0
    assert less_kcal(replace(GOAL_WOMAN, goal=LOSE_SLOWLY)) == pytest.approx(250)
    found = derive_targets(replace(GOAL_WOMAN, goal=LOSE))
    assert estimate_energy(GOAL_WOMAN).kcal - found.energy.kcal == pytest.approx(500)
    assert any("500 less than the need" in note for note in found.notes)
    assert set(read_settings("energy.toml")["goals"]["less_kcal"]) == set(GOALS)


def test_it_never_goes_below_the_floor():
    small = Profile(age_y=75, height_cm=150, weight_kg=45, activity="inactive")
    need_kcal = estimate_energy(small).kcal
    assert 1200 < need_kcal < 1700
    assert plan_energy(replace(small, goal=LOSE)).kcal == pytest.approx(1200)


@rows(__file__, "whom_it_could_harm_it_is")
def test_whom_it_could_harm_it_is_refused(change):
    derive_targets(replace(GOAL_WOMAN, **change))
    for goal in (LOSE, LOSE_SLOWLY):
        with pytest.raises(RefusedError, match="no plans below the need"):
            derive_targets(replace(GOAL_WOMAN, **change, goal=goal))


def test_to_gain_more_is_planned_and_said():
    thin = replace(GOAL_WOMAN, weight_kg=52, goal=GAIN)
    found = derive_targets(thin)
    assert found.energy.kcal - estimate_energy(thin).kcal == pytest.approx(300)
    assert any("300 more than the need" in note for note in found.notes)


@rows(__file__, "whom_more_could_harm_it_is")
def test_whom_more_could_harm_it_is_refused(change, who):
    with pytest.raises(RefusedError, match=f"no plans above the need .*{who}"):
        derive_targets(replace(GOAL_WOMAN, **{"weight_kg": 58, **change}, goal=GAIN))


def test_energy_is_said_once():
    with pytest.raises(TargetsError, match="both say how much is eaten"):
        replace(GOAL_WOMAN, energy_kcal=1800, goal=LOSE)


# cups of 100 g: 40 mg of caffeine in one of coffee, 20 mg in one of tea
COFFEE = food("coffee", group="drink", words=("flag:caffeine",), caffeine_mg=40.0)
TEA = food("black_tea", group="drink", words=("flag:caffeine",), caffeine_mg=20.0)
COCOA = food("hot_cocoa", group="drink", words=("origin:dairy",), caffeine_mg=2.0)
MATE = food("mate", group="drink")  # nobody knows its caffeine
FOODS = table(COFFEE, TEA, COCOA, MATE, food("juice", group="fruit_juice"))
DRUNK_PREGNANT = Profile(sex="f", age_y=30, state="pregnant")
DAY = ("breakfast", "lunch", "dinner", "snack")
ADULT, WEEK = Profile(), WeekOptions()


def asked(profile=ADULT, diet="omnivore", week=WEEK, **drinks):
    wanted = Preferences(diet=diet, drinks=drinks)
    return PlanRequest(profile=profile, preferences=wanted, week=week)


def check(request):
    check_drinks_allowed(request, targets_of(request).targets, FOODS)


def at(*slots):
    return replace(COFFEE, serving=replace(COFFEE.serving, slots=frozenset(slots)))


@rows(__file__, "cups_go_one_by_one_to")
def test_cups_go_one_by_one_to_the_meals_of_a_drink(cups, shared):
    assert cups_by_meal(at("snack", "breakfast"), cups, DAY) == shared


def test_a_juice_is_food_and_no_drink_by_the_cup():
    with pytest.raises(FoodNotFoundError, match="'juice' is no drink"):
        check(asked(juice=1))


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        # 200 / 40 = 5 cups, 400 / 40 = 10
        (
            asked(DRUNK_PREGNANT, coffee=6),
            r"240 mg .* most allowed is 200 mg \(EFSA.*at most 5 cups of coffee a",
        ),
        (asked(coffee=11), r"440 mg .* most allowed is 400 mg .*at most 10 cups of coffee a day\."),
        (asked(coffee=8, tea=5), "at most 10 cups of coffee or 20 cups of black tea a day, each"),
        (asked(mate=1), "caffeine is in mate is not known"),
        (asked(Profile(age_y=17), black_tea=1), "black tea .* not planned for children"),
        (asked(Profile(age_y=8), coffee=1), "coffee is not planned for children"),
    ],
)
def test_what_a_person_may_not_have_is_refused_with_what_would_fit(request_, said):
    with pytest.raises(RefusedError, match=said) as caught:
        check(request_)
    assert caught.value.exit_code == 3


def test_up_to_the_most_is_no_fault():
    check(asked(DRUNK_PREGNANT, coffee=5))
    check(asked(coffee=10))
    check(asked(Profile(age_y=8, height_cm=128, weight_kg=26), hot_cocoa=1))


def test_what_is_eaten_out_is_left_its_share_of_the_most():
    week = WeekOptions(days=2, skip=((2, "lunch"),))
    with pytest.raises(RefusedError, match=r"mg are left on day 2 beside what is eaten out"):
        check(asked(DRUNK_PREGNANT, week=week, coffee=5))
    check(asked(DRUNK_PREGNANT, week=replace(week, not_eaten=((2, "lunch"),)), coffee=5))


def test_a_drink_that_the_diet_has_not_is_refused():
    with pytest.raises(ConfigError, match="Hot cocoa is not vegan"):
        check(asked(diet="vegan", hot_cocoa=1))


TAKEN_PREGNANT = Profile(sex="f", age_y=30, state="pregnant", gestation_week=20)


def check_of_taken(*taken, profile=None, standard="us"):
    person = profile or Profile()
    request = PlanRequest(person, standard, supplements=taken)
    check_taken_allowed(request, derive_targets(person, standard, for_plan=False).targets)


def test_the_upper_level_of_magnesium_may_be_reached_and_not_passed():
    check_of_taken(SupplementIntake("magnesium citrate", 350))
    with pytest.raises(RefusedError, match=r"351 mg a day, the upper level is 350 mg.*pharmacist"):
        check_of_taken(SupplementIntake("magnesium citrate", 351))


def test_an_upper_level_counts_all_pills_together_and_no_food():
    both = (SupplementIntake("magnesium citrate", 200), SupplementIntake("magnesium oxide", 200))
    with pytest.raises(RefusedError, match="400 mg a day"):
        check_of_taken(*both)


def test_each_standard_has_its_own_level():
    check_of_taken(SupplementIntake("magnesium citrate", 250), standard="eu")
    with pytest.raises(RefusedError, match="the upper level is 250 mg"):
        check_of_taken(SupplementIntake("magnesium citrate", 300), standard="eu")


def test_600_mg_of_oxide_are_no_600_mg_of_magnesium():
    # 580 mg x 0.60304 = 349.8 mg of magnesium
    check_of_taken(SupplementIntake("magnesium oxide", 580, "compound"))
    with pytest.raises(RefusedError):
        check_of_taken(SupplementIntake("magnesium oxide", 580, "elemental"))


def test_vitamin_d_alone_may_not_exceed_its_level():
    check_of_taken(SupplementIntake("vitamin D3", 0.1))
    with pytest.raises(RefusedError, match=r"Vitamin D: .* 125.0 µg a day, .* 100 µg"):
        check_of_taken(SupplementIntake("vitamin D3", 0.125))


@pytest.mark.parametrize(("standard", "upper_mg"), [("us", 40), ("eu", 25), ("uk", 25)])
def test_zinc_of_pills_counts_toward_its_upper_level(standard, upper_mg):
    check_of_taken(SupplementIntake("zinc picolinate", upper_mg), standard=standard)
    with pytest.raises(RefusedError, match=rf"Zinc: .* the upper level is {upper_mg} mg"):
        check_of_taken(SupplementIntake("zinc gluconate", 150), standard=standard)


def test_calcium_pills_alone_may_not_pass_the_band_of_weak_kidneys():
    kidneys = Profile(egfr=50)
    check_of_taken(SupplementIntake("calcium citrate", 500, per_day=2), profile=kidneys)
    with pytest.raises(RefusedError, match=r"1,200 mg a day, the upper level is 1000 mg.*KDOQI"):
        check_of_taken(SupplementIntake("calcium citrate", 400, per_day=3), profile=kidneys)


def test_a_rule_that_forbids_magnesium_refuses_the_plan_around_it():
    person = Profile(conditions=("myasthenia gravis",))
    with pytest.raises(RefusedError, match=r"Myasthenia gravis.*neurologist"):
        check_of_taken(SupplementIntake("magnesium citrate", 100), profile=person)
    check_of_taken(SupplementIntake("vitamin D3", 0.02), profile=person)


def test_a_rule_that_forbids_calcium_refuses_it():
    person = Profile(conditions=("sarcoidosis",))
    with pytest.raises(RefusedError, match="Calcium: a rule allows no supplement"):
        check_of_taken(SupplementIntake("calcium citrate", 250), profile=person)


def test_amounts_add_up_in_the_unit_of_the_nutrient():
    request = PlanRequest(
        supplements=(
            SupplementIntake("vitamin D3", 0.01, per_day=2),
            SupplementIntake("vitamin D2", 0.01),
            SupplementIntake("calcium carbonate", 1000, "compound"),
        )
    )
    # 1000 mg x 40.078 / 100.086 = 400.4 mg of calcium
    assert taken_per_day(request) == pytest.approx(
        {"vitamin_d_ug": 30.0, "calcium_mg": 400.4}, abs=0.05
    )


@pytest.mark.parametrize("level_mg", [None, "5000"])
@pytest.mark.parametrize(
    ("person", "allowed_mg"),
    [
        (Profile(sex="m", age_y=7, height_cm=122, weight_kg=24), 110),
        (TAKEN_PREGNANT, 350),
        (Profile(sex="m", age_y=40), 350),
    ],
)
def test_an_own_standard_does_not_loosen_what_may_be_taken(tmp_path, level_mg, person, allowed_mg):
    path = own_standard(tmp_path, level_mg)
    check_of_taken(SupplementIntake("magnesium citrate", allowed_mg), profile=person, standard=path)
    for amount_mg in (allowed_mg + 1, 600, 1000):
        taken = SupplementIntake("magnesium oxide", amount_mg)
        with pytest.raises(RefusedError, match=f"the upper level is {allowed_mg} mg"):
            check_of_taken(taken, profile=person, standard=path)


def test_what_the_safety_rules_block_is_refused_under_every_standard():
    # 400 mg in the UK, but pregnancy leaves 350
    with pytest.raises(RefusedError, match="the upper level is 350 mg"):
        check_of_taken(
            SupplementIntake("magnesium citrate", 380), profile=TAKEN_PREGNANT, standard="uk"
        )


def own_standard(folder, level_mg):
    """Copy the US standard without its upper levels of magnesium, or with another level."""
    rows = files("configs").joinpath("standards/us.csv").read_text("utf-8").splitlines()
    kept = []
    for row in rows:
        cells = row.split(",")
        if cells[:2] == ["magnesium", "UL"]:
            row = ",".join([*cells[:6], level_mg, *cells[7:]]) if level_mg else ""
        kept.append(row)
    path = folder / "own.csv"
    path.write_text("\n".join(filter(None, kept)) + "\n", encoding="utf-8")
    return str(path)


@rows(__file__, "energy_needs")
def test_the_need_of_a_person_is_that_of_the_equation(person, kcal):
    """Worked out by hand; the reason of each row says how."""
    assert estimate_energy(Profile(**person)).kcal == pytest.approx(kcal, abs=0.01)
