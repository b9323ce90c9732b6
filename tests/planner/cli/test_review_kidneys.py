"""Commands of people whom potassium, protein or magnesium can hurt, as they are typed."""

import pytest

from planner.errors import ConfigError, RefusedError
from tests.bands_printed import Eaten, magplan, planned
from tests.bands_sentences import hold_all

RETIRED = ("--sex", "m", "--age", 62, "--height", 180, "--weight", 85, "--activity", "active",
           "--egfr", 32, "--medicine", "spironolactone", "--medicine", "ramipril",
           "--condition", "hyperkalaemia")  # fmt: skip
ATHLETE = ("--sex", "m", "--age", 25, "--activity", "very_active", "--height", 203,
           "--weight", 110, "--medicine", "spironolactone")  # fmt: skip
PRESSURE = ("--sex", "m", "--age", 55, "--height", 178, "--weight", 88,
            "--condition", "hypertension", "--medicine", "lisinopril")  # fmt: skip
VEGAN = ("--sex", "f", "--age", 35, "--height", 165, "--weight", 62, "--egfr", 31,
         "--diet", "vegan", "--medicine", "spironolactone", "--medicine", "lisinopril")  # fmt: skip
OLD = ("--sex", "m", "--age", 70, "--height", 175, "--weight", 80)
TWO = ("--medicine", "spironolactone", "--medicine", "lisinopril")
WOMAN = ("--sex", "f", "--age", 68, "--height", 160, "--weight", 64, "--egfr", 38)
CLINIC = ("--clinic", "potassium_mg<=2800")
NAMED = 'potassium_mg<=2500" (its figure'


def refused(*words):
    """Give what a command is refused with; it ends with 3."""
    with pytest.raises(RefusedError) as found:
        magplan("plan", *words)
    assert found.value.exit_code == 3
    return f"{found.value} {found.value.remedy}"


def potassium(folder, *words):
    """Plan, hold the plan to all it prints, and give the potassium of each day [mg]."""
    plan, text = planned(folder, *words)
    hold_all(plan, text)
    return Eaten(plan, None).days("potassium_mg")


@pytest.mark.parametrize(
    "who",
    [RETIRED, VEGAN, (*OLD, *TWO), ("--condition", "hyperkalaemia"), WOMAN,
     (*OLD, "--serum-potassium", "5.2 mmol/L")],
    ids=["egfr 32 and two", "vegan and two", "two", "hyperkalaemia", "egfr 38", "serum"],
)  # fmt: skip
def test_there_is_no_plan_without_the_clinics_figure(who):
    assert NAMED in refused(*who, "--days", 1)


@pytest.mark.parametrize(
    ("who", "most"), [(RETIRED, 2800), (VEGAN, 3200), ((*OLD, *TWO), 2600), (WOMAN, 2500)],
    ids=["egfr 32 and two", "vegan and two", "two", "egfr 38"],
)  # fmt: skip
def test_no_day_holds_more_than_the_clinics_figure(who, most, tmp_path):
    days = potassium(tmp_path, *who, "--clinic", f"potassium_mg<={most}", "--days", 2)
    assert len(days) == 2
    assert max(days) <= most


def test_one_raiser_with_unknown_kidneys_is_held_to_the_recommended_intake(tmp_path):
    assert max(potassium(tmp_path, *PRESSURE, "--days", 2)) <= 3400


def test_who_needs_more_food_than_the_recommended_potassium_allows_is_told_so(tmp_path):
    code, text = magplan("plan", *ATHLETE, "--days", 1)
    assert code == 3
    assert text.startswith("No plan fits everything you asked for")
    assert "Potassium: at most 3,400 mg each day" in text
    smaller = (*ATHLETE, "--height", 190, "--weight", 95)
    less = (*smaller, "--energy-kcal", 3700, "--days", 1)  # less than 500 below the need
    assert max(potassium(tmp_path, *less)) <= 3400


def test_a_man_on_two_raisers_gets_no_more_than_without_them(tmp_path):
    plain = potassium(tmp_path / "plain", *OLD, "--days", 2)
    on_two = potassium(tmp_path / "two", *OLD, *TWO, *CLINIC, "--days", 2)
    assert max(on_two) <= 2800 < min(plain)


def test_each_day_is_held_and_not_the_mean_alone(tmp_path):
    days = potassium(tmp_path, *RETIRED, "--clinic", "potassium_mg<=3000", "--days", 4)
    assert len(days) == 4
    assert max(days) <= 3000


@pytest.mark.parametrize(
    "words",
    ["Dialysed three times a week", "ESRF", "CAPD", "AKI", "CRF", "eGFR below 30", "CKD stage 3-4",
     "chronic kidney disease with calcium oxalate stones", "hyperoxaluria with renal failure",
     "SBO", "blocked bowel", "intestinal blockage", "PKD", "ADPKD", "FSGS"],
)  # fmt: skip
def test_words_for_failing_kidneys_or_a_blocked_bowel_end_without_a_plan(words):
    refused("--sex", "f", "--age", 60, "--condition", words, "--days", 1)


def test_a_misspelt_kidney_is_asked_about():
    with pytest.raises(ConfigError, match="kidny") as found:
        magplan("plan", "--sex", "f", "--age", 60, "--condition", "kidny disease", "--days", 1)
    assert found.value.exit_code == 1
    assert "did you mean kidney" in str(found.value)
    assert 'write --condition "other: kidny disease"' in str(found.value)


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (("--target", "magnesium_mg>=800"), "Magnesium may not be raised"),
        (("--target", "protein_g>=120"), "Protein may not be raised"),
        (("--target", "potassium_mg>=3500"), "Potassium may not be raised"),
        (("--target", "phosphorus_mg>=1500"), "Phosphorus may not be raised"),
        (("--supplement", "milk of magnesia:800mg_compound"), "[Mm]agnesium|weak"),
    ],
)
def test_own_wishes_do_not_undo_what_weak_kidneys_ask_for(wish, why):
    with pytest.raises(RefusedError, match=why) as found:
        magplan("plan", *WOMAN, *CLINIC, *wish, "--days", 1)
    assert found.value.exit_code == 3


def test_printed_sentences_about_weak_kidneys_hold(tmp_path):
    words = (*WOMAN, "--condition", "osteoporosis", *CLINIC, "--clinic", "phosphorus_mg<=1200")
    plan, text = planned(tmp_path, *words, "--days", 3)
    (held,) = hold_all(plan, text).values()
    said = {"kidney_calcium", "kidney_protein", "conflict_kidney_protein", "clinic_figure",
            "potassium_by_day", "conflict_kidney_calcium"}  # fmt: skip
    assert said <= set(held)
    assert "1.0 to 1.2 g per kg" not in text
    assert "eGFR 38" in "\n".join(text.splitlines()[:3])
    eaten = Eaten(plan, None)
    assert max(eaten.days("phosphorus_mg")) <= 1200
    assert max(eaten.days("protein_g")) <= 1.3 * 64
    assert max(eaten.days("calcium_mg")) <= 1100
