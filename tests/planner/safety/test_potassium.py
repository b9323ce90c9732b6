"""Who holds potassium back, and what holds for each of them."""

from dataclasses import replace

import pytest

from planner.errors import RefusedError
from planner.request.override import TargetOverride
from planner.request.profile import Profile
from planner.safety.patient import read_patient
from planner.targets.derive import derive_targets

WOMAN = Profile(age_y=60)  # US: an AI of 2600 mg
MAN = Profile(sex="m", age_y=60, height_cm=178, weight_kg=80)  # 3400 mg
CLINIC = (("potassium_mg", 2500.0),)


def upper(person, key="potassium_mg", period="day", **more):
    target = derive_targets(person, **more).find(key, period)
    return (target.upper, target.hard) if target else None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"egfr": 44.9}, "kidneys below 45"),
        ({"conditions": ("CKD stage 3",)}, "kidneys below 45"),
        ({"conditions": ("hyperkalaemia",)}, "High potassium in blood"),
        ({"serum_k_mmol_l": 5.1}, "5.1 mmol/L is above 5"),
        ({"medicines": ("spironolactone", "ramipril")}, "spironolactone, ramipril"),
        ({"medicines": ("lisinopril/Kerendia",)}, "lisinopril, kerendia"),
        ({"medicines": ("lisinopril", "losartan")}, "lisinopril, losartan"),
        ({"medicines": ("co-trimoxazole", "Slow-K"), "egfr": 95}, "co-trimoxazole, Slow-K"),
        ({"medicines": ("tacrolimus", "ibuprofen")}, "tacrolimus, ibuprofen"),
        ({"medicines": ("Yasmin", "enoxaparin")}, "Yasmin, enoxaparin"),
    ],
)
def test_without_the_clinics_figure_there_is_no_plan(change, why):
    person = replace(WOMAN, **change)
    with pytest.raises(RefusedError, match=f"no plan.*{why}.*--clinic") as refused:
        derive_targets(person)
    assert refused.value.exit_code == 3
    assert upper(replace(person, clinic=CLINIC)) == (2500, True)


@pytest.mark.parametrize(
    "change",
    [
        {"egfr": 45},
        {"egfr": 59.9},
        {"conditions": ("CKD G3a",)},
        *({"medicines": (name,)} for name in ("lisinopril", "spironolactone", "Entresto")),
        *({"medicines": (name,)} for name in ("trimethoprim", "LoSalt", "heparin", "naproxen")),
        *({"medicines": (name,)} for name in ("drospirenone", "ciclosporin", "potassium citrate")),
        {"medicines": ("ramipril", "Altace", "Ramipril 5 mg")},  # one ingredient counts once
    ],
)
@pytest.mark.parametrize(("person", "recommended"), [(WOMAN, 2600), (MAN, 3400)])
def test_each_day_holds_at_most_the_recommended_intake(change, person, recommended):
    if "Entresto" in change.get("medicines", ()):
        assert read_patient(replace(person, **change)).potassium.raisers == ("Entresto",)
    assert upper(replace(person, **change)) == (recommended, True)
    notes = " ".join(derive_targets(replace(person, **change)).notes)
    assert "at most the recommended intake of potassium" in notes


@pytest.mark.parametrize(("standard", "recommended"), [("eu", 3500), ("uk", 3500), ("who", 3510)])
def test_the_recommended_intake_is_the_standards_own(standard, recommended):
    assert upper(replace(WOMAN, egfr=50), standard_id=standard) == (recommended, True)


def test_nobody_else_is_held():
    assert upper(WOMAN) == (None, True)
    assert upper(replace(WOMAN, serum_k_mmol_l=4.7)) == (None, True)
    assert upper(replace(WOMAN, egfr=60)) == (None, True)
    # With kidneys known to be well one medicine is no reason for a cap; nothing is pushed up.
    assert upper(replace(WOMAN, medicines=("lisinopril",), egfr=60)) == (None, True)


@pytest.mark.parametrize("most", [4701, 9000])
def test_a_figure_that_holds_nothing_back_is_no_figure(most):
    with pytest.raises(RefusedError, match="holds nothing back"):
        derive_targets(replace(WOMAN, egfr=38, clinic=(("potassium_mg", most),)))


def test_the_clinics_word_stands_above_a_floor():
    # RDA of phosphorus: 700 mg
    found = derive_targets(replace(WOMAN, egfr=50, clinic=(("phosphorus_mg", 650.0),)))
    day = found.find("phosphorus_mg", "day")
    assert (day.lower, day.upper, day.hard) == (None, 650, True)
    assert found.find("phosphorus_mg", "week") is None
    assert any("Phosphorus: at most 650 mg each day" in note for note in found.notes)


@pytest.mark.parametrize(
    "wish",
    [
        TargetOverride("magnesium_mg", 800, None),
        TargetOverride("protein_g", 120, None),
        TargetOverride("phosphorus_mg", 1500, None),
        TargetOverride("potassium_mg", 3000, None),
        TargetOverride("potassium_mg", None, 3000),
        TargetOverride("calcium_mg", None, 1500),
    ],
)
def test_own_targets_do_not_undo_what_weak_kidneys_ask_for(wish):
    with pytest.raises(RefusedError):
        derive_targets(replace(WOMAN, egfr=50), overrides=[wish])


def test_what_is_recommended_may_be_asked_for_and_a_lower_most_too():
    wishes = [
        TargetOverride("magnesium_mg", 320, None),
        TargetOverride("potassium_mg", None, 2000, period="day"),
    ]
    found = derive_targets(replace(WOMAN, egfr=50), overrides=wishes)
    assert found.find("magnesium_mg", "week").lower == 320
    assert found.find("potassium_mg", "day").upper == 2000


@pytest.mark.parametrize("egfr", [30, 45, 59.9])
def test_protein_is_held_to_1_3_g_per_kg_each_day_from_stage_3_on(egfr):
    person = replace(WOMAN, egfr=egfr, clinic=CLINIC)
    assert upper(person, "protein_g") == (pytest.approx(1.3 * 65), True)
    assert upper(replace(person, egfr=60), "protein_g")[0] is None
