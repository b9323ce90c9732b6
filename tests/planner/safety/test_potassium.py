"""Who holds potassium back, and what holds for each of them."""

from dataclasses import replace

import pytest

from planner.errors import ConfigError, RefusedError
from planner.request.override import TargetOverride
from planner.request.profile import Profile
from planner.safety.gate import judge_supplements
from planner.safety.patient import check_understood, read_patient
from planner.safety.sentences import read_safety_settings
from planner.safety.stops import banner_of, rules_for
from planner.targets.derive import derive_targets
from tests.rows import rows

WOMAN = Profile(age_y=60)  # US: an AI of 2600 mg
MAN = Profile(sex="m", age_y=60, height_cm=178, weight_kg=80)  # 3400 mg
CLINIC = (("potassium_mg", 2500.0),)


def upper(person, key="potassium_mg", period="day", **more):
    target = derive_targets(person, **more).find(key, period)
    return (target.upper, target.hard) if target else None


@rows(__file__, "without_the_clinics_figure_there_is")
def test_without_the_clinics_figure_there_is_no_plan(change, told):
    person = replace(WOMAN, **change)
    with pytest.raises(RefusedError, match=f"no plan.*{told}.*--clinic") as refused:
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
    with pytest.raises(RefusedError, match="limits nothing"):
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


@pytest.mark.parametrize(
    ("serum", "change", "rule", "words", "supplement"),
    [
        (2.4, {}, "B01", "emergency department now", "refused"),
        (2.5, {}, "B02", "call your doctor .* today", "refused"),
        (3.4, {"egfr": 90}, "B02", "call your doctor .* today", "refused"),
        (3.0, {"medicines": ("digoxin",)}, "B03", "emergency department now", "refused"),
        (6.0, {}, "B06", "call your doctor .* today", "refused"),
        (6.4, {"clinic": CLINIC}, "B06", "call your doctor .* today", "refused"),
        (6.2, {"conditions": ("dialysis",)}, "B06", "call your doctor .* today", "refused"),
        (6.5, {}, "B07", "emergency department now", "refused"),
        (7.1, {"medicines": ("spironolactone",), "egfr": 90}, "B07", "emergency", "refused"),
        (6.2, {"serum_mg_mg_dl": 7.5}, "M05", "emergency department now", "refused"),
        (5.6, {"medicines": ("ramipril",)}, "B05", "within 3 days.*--clinic", "ask"),
        (5.1, {}, "B04", "measured again.*--clinic", "ask"),
    ],
)
def test_potassium_in_blood_says_how_soon_to_ask_whom(serum, change, rule, words, supplement):
    patient = read_patient(replace(MAN, serum_k_mmol_l=serum, **change))
    with pytest.raises(RefusedError, match=f"no plan.*{words}") as refused:
        derive_targets(patient.person)
    assert refused.value.exit_code == 3
    verdict = judge_supplements(patient)
    assert verdict.allowed == supplement
    assert rule in {finding.code for finding in verdict.findings}
    assert "allowed" not in verdict.nutrients.values()
    # No figure of the clinic is asked for where somebody must be called today.
    asks = any("No plan is made without the clinic's" in one.text for one in verdict.findings)
    assert asks is (5.0 < serum < 6.0)


@pytest.mark.parametrize("serum", [3.5, 4.2, 5.0])
def test_normal_potassium_in_blood_alarms_nobody(serum):
    patient = read_patient(replace(MAN, serum_k_mmol_l=serum, egfr=90))
    assert not [rule.rule_id for rule in rules_for(patient) if rule.category == "serum_k"]
    derive_targets(patient.person)


@pytest.mark.parametrize("name", ["Lokelma", "Veltassa", "Resonium", "calcium resonium", "Kionex"])
def test_a_potassium_binder_counts_as_high_potassium(name):
    for change in ({}, {"clinic": CLINIC}):  # the eGFR is asked for, whatever the clinic's figure
        with pytest.raises(RefusedError, match="--egfr"):
            derive_targets(replace(MAN, medicines=(name,), **change))
    with pytest.raises(RefusedError, match=f"{name}.* is a potassium binder.*--clinic"):
        derive_targets(replace(MAN, medicines=(name,), egfr=70))
    assert upper(replace(MAN, medicines=(name,), egfr=70, clinic=CLINIC)) == (2500, True)
    assert judge_supplements(read_patient(replace(MAN, medicines=(name,)))).allowed == "refused"


@pytest.mark.parametrize(
    ("change", "most"),
    [
        ({"medicines": ("spironolactone",), "egfr": 95}, 4700),
        ({"medicines": ("trimethoprim",), "egfr": 60}, 4700),
        ({"serum_k_mmol_l": 5.0, "medicines": ("ramipril",), "egfr": 70}, 4700),
        ({"serum_k_mmol_l": 4.8, "egfr": 95}, 4700),
        ({"serum_k_mmol_l": 4.8}, 3400),  # no eGFR
        ({"serum_k_mmol_l": 4.9, "egfr": 50}, 3400),
        ({"medicines": ("spironolactone",), "egfr": 95, "clinic": CLINIC}, 2500),
        ({"medicines": ("ramipril",), "egfr": 95}, None),
        ({"serum_k_mmol_l": 4.7, "egfr": 95}, None),
    ],
)
def test_a_ceiling_holds_though_the_kidneys_work_and_the_banner_says_which(change, most):
    person = replace(MAN, **change)
    assert upper(person) == (most, True)
    banner = banner_of(read_patient(person))
    says = {
        4700: "each day at most 4,700 mg of potassium",
        3400: "each day at most the recommended potassium",
        2500: "at most 2,500 mg of potassium each day",
        None: "can rise; ask how often" if person.medicines else "",
    }
    assert says[most] in banner
    assert "pushed up" not in banner


@pytest.mark.parametrize(
    ("change", "most"),
    [
        ({"medicines": ("lisinopril",)}, 2.6),
        ({"medicines": ("lisinopril", "losartan"), "clinic": CLINIC}, 2.6),
        ({"medicines": ("lisinopril",), "egfr": 85}, 2.0),
        ({"medicines": ("spironolactone",), "egfr": 85}, 2.0),
        ({}, 2.0),
    ],
)
def test_the_ratio_gives_way_where_potassium_is_capped(change, most):
    person = replace(WOMAN, **change)
    found = derive_targets(person)
    assert {found.find("ca_mg_ratio", period).upper for period in ("day", "week")} == {most}
    assert found.find("ca_mg_ratio", "day").preferred_upper == 2.0
    assert found.find("magnesium_mg", "day").lower == 320
    assert found.find("calcium_mg", "week").lower == 1200
    assert ("up to 2.6" in banner_of(read_patient(person))) is (most == 2.6)
    wish = TargetOverride("ca_mg_ratio", None, 2.0)
    assert derive_targets(person, overrides=[wish]).find("ca_mg_ratio", "week").upper == 2.0


def test_sodium_of_weak_kidneys_is_held_each_day():
    assert upper(replace(WOMAN, egfr=38, clinic=CLINIC), "sodium_mg") == (2300, True)


@pytest.mark.parametrize("clinic", [(), CLINIC])
def test_a_child_with_weak_kidneys_is_for_a_childrens_kidney_clinic(clinic):
    child = Profile(age_y=10, height_cm=140, weight_kg=33, egfr=50, clinic=clinic)
    with pytest.raises(RefusedError, match="paediatric nephrologist") as refused:
        derive_targets(child)
    assert refused.value.exit_code == 3
    derive_targets(replace(child, egfr=95, clinic=()))


@pytest.mark.parametrize("name", ["blood pressure tablets", "acne tablets", "Blutdrucksenker"])
def test_a_word_for_medicines_that_differ_in_potassium_is_asked_about(name):
    person = replace(WOMAN, medicines=(name,))
    with pytest.raises(ConfigError, match=r"which of them.*the name on the box"):
        check_understood(read_patient(person))
    check_understood(read_patient(replace(WOMAN, medicines=("lisinopril", "ACE inhibitor"))))
    unclear = replace(WOMAN, medicines=(f"other: {name}",))
    with pytest.raises(RefusedError, match=f"{name} may be two medicines"):
        derive_targets(unclear)


@pytest.mark.parametrize("name", ["water pill", "Entwässerungstablette", "diuretics"])
def test_a_word_for_medicines_that_hold_or_lose_potassium_is_asked_about(name):
    with pytest.raises(ConfigError, match=r"which of them.*the name on the box"):
        check_understood(read_patient(replace(WOMAN, medicines=(name,))))
    for known in ("loop diuretic", "spironolactone", "HCTZ", "Dyazide", f"other: {name}"):
        check_understood(read_patient(replace(WOMAN, medicines=(known,))))


ROWS = (
    "bounds", "no_deficit", "daily_spread", "meal_upper", "meal_carbohydrate_spread_g",
    "meal_carbohydrate_times", "steady", "ratio_upper", "without", "left_out", "not_lowered",
)  # fmt: skip
NAMES_ONLY = {  # says who somebody is, or whom to ask, and nothing about the days of the plan
    "pregnancy",
    "potassium_under_18",
    "addison",
    "weak_kidneys",
    "transplant",
    "heart_failure",
    "cirrhosis",
    "wilson",
}
CLINIC_ONLY = {"bariatric", "bowel_surgery"}  # says when a plan is none  # fmt: skip
BY_TARGETS = {"potassium_raisers"}  # {potassium} is held against the targets above
NOT_CHECKED = {  # says of a medicine what is known of it, and nothing of the plan
    "pregnancy_medicine", "pregnancy_unchecked", "breastfeeding_medicine",
}  # fmt: skip


def test_potassium_tablets_under_18_are_for_whom_a_doctor_prescribed_them():
    tablets = Profile(age_y=17, height_cm=165, weight_kg=60, medicines=("potassium chloride",))
    told = "potassium chloride under 18 only as the child's doctor prescribed it"
    assert told in banner_of(read_patient(tablets))
    assert "under 18" not in banner_of(read_patient(replace(tablets, age_y=18)))


def test_each_banner_has_a_row_of_the_model_or_says_nothing_of_the_plan():
    for row in read_safety_settings("effects")["effect"]:
        if "banner" not in row or row["id"] in NAMES_ONLY | BY_TARGETS | NOT_CHECKED | CLINIC_ONLY:
            continue
        held = [name for name in (*ROWS, "bound") if row.get(name)]
        assert held, row["id"]
    for row in read_safety_settings("effects")["effect"]:
        if row["id"] in NAMES_ONLY:
            assert ":" not in row["banner"], row["id"]
