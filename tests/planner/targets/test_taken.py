from importlib.resources import files

import pytest

from planner.errors import RefusedError
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.safety.intake import SupplementIntake
from planner.targets.derive import derive_targets
from planner.targets.taken import check_taken_allowed, taken_per_day

PREGNANT = Profile(sex="f", age_y=30, state="pregnant", gestation_week=20)


def check(*taken, profile=None, standard="us"):
    person = profile or Profile()
    request = PlanRequest(person, standard, supplements=taken)
    check_taken_allowed(request, derive_targets(person, standard, for_plan=False).targets)


def test_the_upper_level_of_magnesium_may_be_reached_and_not_passed():
    check(SupplementIntake("magnesium citrate", 350))
    with pytest.raises(RefusedError, match=r"351 mg a day, the upper level is 350 mg.*pharmacist"):
        check(SupplementIntake("magnesium citrate", 351))


def test_an_upper_level_counts_all_pills_together_and_no_food():
    both = (SupplementIntake("magnesium citrate", 200), SupplementIntake("magnesium oxide", 200))
    with pytest.raises(RefusedError, match="400 mg a day"):
        check(*both)


def test_each_standard_has_its_own_level():
    check(SupplementIntake("magnesium citrate", 250), standard="eu")
    with pytest.raises(RefusedError, match="the upper level is 250 mg"):
        check(SupplementIntake("magnesium citrate", 300), standard="eu")


def test_600_mg_of_oxide_are_no_600_mg_of_magnesium():
    # 580 mg x 0.60304 = 349.8 mg of magnesium
    check(SupplementIntake("magnesium oxide", 580, "compound"))
    with pytest.raises(RefusedError):
        check(SupplementIntake("magnesium oxide", 580, "elemental"))


def test_vitamin_d_alone_may_not_exceed_its_level():
    check(SupplementIntake("vitamin D3", 0.1))
    with pytest.raises(RefusedError, match=r"Vitamin D: .* 125.0 µg a day, .* 100 µg"):
        check(SupplementIntake("vitamin D3", 0.125))


@pytest.mark.parametrize(("standard", "upper_mg"), [("us", 40), ("eu", 25), ("uk", 25)])
def test_zinc_of_pills_counts_toward_its_upper_level(standard, upper_mg):
    check(SupplementIntake("zinc picolinate", upper_mg), standard=standard)
    with pytest.raises(RefusedError, match=rf"Zinc: .* the upper level is {upper_mg} mg"):
        check(SupplementIntake("zinc gluconate", 150), standard=standard)


def test_calcium_pills_alone_may_not_pass_the_band_of_weak_kidneys():
    kidneys = Profile(egfr=50)
    check(SupplementIntake("calcium citrate", 500, per_day=2), profile=kidneys)
    with pytest.raises(RefusedError, match=r"1,200 mg a day, the upper level is 1000 mg.*KDOQI"):
        check(SupplementIntake("calcium citrate", 400, per_day=3), profile=kidneys)


def test_a_rule_that_forbids_magnesium_refuses_the_plan_around_it():
    person = Profile(conditions=("myasthenia gravis",))
    with pytest.raises(RefusedError, match=r"Myasthenia gravis.*neurologist"):
        check(SupplementIntake("magnesium citrate", 100), profile=person)
    check(SupplementIntake("vitamin D3", 0.02), profile=person)


def test_a_rule_that_forbids_calcium_refuses_it():
    person = Profile(conditions=("sarcoidosis",))
    with pytest.raises(RefusedError, match="Calcium: a rule allows no supplement"):
        check(SupplementIntake("calcium citrate", 250), profile=person)


def test_a_rule_that_asks_does_not_refuse_what_is_taken():
    check(SupplementIntake("magnesium citrate", 100), profile=Profile(age_y=70))


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
        (PREGNANT, 350),
        (Profile(sex="m", age_y=40), 350),
    ],
)
def test_an_own_standard_does_not_loosen_what_may_be_taken(tmp_path, level_mg, person, allowed_mg):
    path = own_standard(tmp_path, level_mg)
    check(SupplementIntake("magnesium citrate", allowed_mg), profile=person, standard=path)
    for amount_mg in (allowed_mg + 1, 600, 1000):
        taken = SupplementIntake("magnesium oxide", amount_mg)
        with pytest.raises(RefusedError, match=f"the upper level is {allowed_mg} mg"):
            check(taken, profile=person, standard=path)


def test_what_the_safety_rules_block_is_refused_under_every_standard():
    # 400 mg in the UK, but pregnancy leaves 350
    with pytest.raises(RefusedError, match="the upper level is 350 mg"):
        check(SupplementIntake("magnesium citrate", 380), profile=PREGNANT, standard="uk")


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
