"""Safety at the prompt: who is stopped or asked, weak kidneys, and hours of medicines."""

import json
import re

import pytest

from tests.commands import ended
from tests.prepared import answer

DIARY = "day,meal,food,amount,unit\n1,breakfast,oats_rolled_dry,60,g\n1,lunch,white_bread,100,g\n"
STOPPED = [
    (("--egfr", "12"), "R06: no plan"),
    (("--condition", "dialysis"), "R06: no plan"),
    (("--condition", "PKU"), "C12: no plan"),
    (("--serum-mg", "12.5 mg/dL"), "M06: no plan"),
    (("--sex", "f", "--age", "24", "--height", "168", "--weight", "36"), "13 is an emergency"),
    (("--sex", "f", "--age", "24", "--height", "168", "--weight", "43"), "index under 16"),
    (("--sex", "f", "--age", "13", "--height", "160", "--weight", "30"), "less than 70 %"),
    (("--sex", "m", "--age", "17", "--height", "175", "--weight", "43.5"), "less than 70 %"),
    (("--sex", "m", "--age", "7", "--height", "122", "--weight", "12"), "less than 70 %"),
    (("--age", "4"), "under 5"),
    (("--energy-kcal", "700"), "below 1200 kcal"),
]
ASKED = [
    (("--sex", "f", "--height", "57"), '"5 ft 7 in"'),
    (("--sex", "m", "--height", "175", "--weight", "11"), '"11 kg"'),
    (("--height", "250", "--weight", "40"), '"250 cm"'),
    (("--height", "170", "--weight", "150"), '"150 lb" or "150 kg"'),
    (("--age", "8", "--height", "128", "--weight", "60"), '"60 lb" or "60 kg"'),
    (("--height", "205"), "give --weight too"),
    (("--energy-kcal", "8400"), '"8400 kJ" or "8400 kcal"'),
    (("--sex", "m", "--age", "40", "--energy-kcal", "4600"), '"4600 kJ"'),
    (("--egfr", "250"), "above 150"),
    (("--age", "62", "--state", "pregnant", "--gestation-week", "20"), "pregnant at 62"),
    (("--age", "70", "--state", "lactating"), "breastfeeding at 70"),
]


RETIRED = ("--sex", "m", "--age", 62, "--height", 180, "--weight", 85, "--activity", "active",
           "--egfr", 32, "--medicine", "spironolactone", "--medicine", "ramipril",
           "--condition", "hyperkalaemia")  # fmt: skip
VEGAN = ("--sex", "f", "--age", 35, "--height", 165, "--weight", 62, "--egfr", 31,
         "--diet", "vegan", "--medicine", "spironolactone", "--medicine", "lisinopril")  # fmt: skip
OLD = ("--sex", "m", "--age", 70, "--height", 175, "--weight", 80)
TWO = ("--medicine", "spironolactone", "--medicine", "lisinopril")
WOMAN = ("--sex", "f", "--age", 68, "--height", 160, "--weight", 64, "--egfr", 38)
PRESSURE = ("--sex", "m", "--age", 55, "--height", 178, "--weight", 88,
            "--condition", "hypertension", "--medicine", "lisinopril")  # fmt: skip
CLINIC = ("--clinic", "potassium_mg<=2800")


@pytest.fixture
def commands(tmp_path):
    path = tmp_path / "diary.csv"
    path.write_text(DIARY, encoding="utf-8")
    return {
        "plan": ["plan", "--days", "1"],
        "targets": ["targets"],
        "safety": ["safety"],
        "analyse": ["analyse", path],
        "improve": ["improve", path],
        "sweep": ["sweep", "--vary", "ratio_max=1.6..2.0", "--days", "1"],
    }


def said(*words):
    """Return how a command ends, and what it says wherever it says it."""
    code, out, err = ended(*words)
    return code, " ".join(f"{out} {err}".split())


@pytest.mark.parametrize(("person", "why", "code"), [
    *((*one, 3) for one in STOPPED), *((*one, 1) for one in ASKED),
])  # fmt: skip
def test_every_command_refuses_and_asks_the_same_people(commands, person, why, code):
    for name, words in commands.items():
        found, text = said(*words, *person)
        assert (name, found) == (name, code)
        assert why in text, name


def test_a_pregnancy_at_11_is_asked_about_and_never_planned(commands):
    for name, words in commands.items():
        code, text = said(*words, "--age", "11", "--state", "pregnant")
        assert code in (1, 3), name
        assert ("before 15" if code == 3 else "pregnant at 11") in text, name


@pytest.mark.parametrize(
    "person",
    [
        ("--height", "170", "--weight", "150 kg"),
        ("--height", "170", "--weight", "150 lb"),
        ("--height", "98 cm", "--weight", "25"),
        ("--energy-kcal", "8400 kJ"),
        ("--sex", "m", "--age", "25", "--energy-kcal", "5200 kcal"),
        ("--egfr", "160 mL/min"),
        ("--age", "58 years", "--state", "pregnant"),
    ],
)
def test_who_writes_the_unit_means_it(person):
    assert said("targets", *person)[0] == 0


def test_a_figure_once_meant_stays_so_in_a_request(tmp_path):
    path = tmp_path / "request.toml"
    path.write_text('[profile]\nheight_cm = 170\nweight_kg = "150 kg"\n', encoding="utf-8")
    assert said("targets", path)[0] == 0
    assert said("targets", path, "--weight", "151")[0] == 1


@pytest.mark.parametrize("person", [("--egfr", "12"), ("--condition", "PKU")])
def test_who_gets_no_plan_is_told_so_first_and_not_to_eat_more_magnesium(commands, person):
    found = json.loads(ended(*commands["analyse"], "--next", "--json", *person)[1])
    assert "no plan" in found["stop"]
    assert "no plan" in found["next"]["why"]
    assert {target["lower"] for target in found["targets"]
            if target["nutrient"] == "magnesium_mg"} == {None}  # fmt: skip
    for words in (["targets"], commands["analyse"]):
        assert re.match(r"safety rule \w+: no plan\.", ended(*words, *person)[1])
    text = ended("targets", "--egfr", "12")[1]
    assert "Potassium, mg" not in text
    assert "Phosphorus, mg" not in text
    assert re.search(r"^Magnesium from +<= 0 ", text, re.M)


def test_children_are_judged_as_children_and_a_thin_one_is_sent_to_a_doctor():
    thin = ("--sex", "f", "--age", "16", "--height", "160", "--weight", "38.7")  # 72 % of 20.89
    for command in ("safety", "targets"):
        code, text = said(command, *thin)
        assert code == 0
        assert "low for this age and height" in text
    child = ("--sex", "f", "--age", "8", "--height", "128", "--weight", "25")  # 15.3; median 15.9
    assert "18.5" not in said("targets", *child)[1]
    five = ("--age", "5", "--standard", "eu")
    assert "Upper level: 110 mg" in said("safety", *five)[1]
    found = json.loads(ended("targets", *five, "--json")[1])
    assert {
        target["upper"]
        for target in found["targets"]
        if target["nutrient"] == "magnesium_mg" and target["basis"] != "total"
    } == {110}
    assert "UL of 250" not in " ".join(found["notes"])


def test_a_vitamin_d_deficiency_asks_for_the_figure_and_the_pill():
    person = ("--age", "40", "--condition", "vitamin D deficiency")
    found = json.loads(ended("targets", *person, "--json")[1])["targets"]
    assert 20 in {target["lower"] for target in found if target["nutrient"] == "vitamin_d_ug"}
    assert "25-OH vitamin D" in said("safety", *person)[1]


@pytest.mark.parametrize(
    "who",
    [RETIRED, VEGAN, (*OLD, *TWO), ("--condition", "hyperkalaemia"), WOMAN,
     (*OLD, "--serum-potassium", "5.2 mmol/L")],
)  # fmt: skip
def test_there_is_no_plan_without_the_clinics_figure(who):
    found = answer("plan", *who, "--days", 1)
    assert found.code == 3
    assert 'potassium_mg<=2500" (its figure' in found.text


@pytest.mark.parametrize(
    ("who", "most"),
    [(RETIRED, 2800), (VEGAN, 3200), ((*OLD, *TWO), 2600), (WOMAN, 2500), (PRESSURE, 3400)],
)
def test_no_day_may_hold_more_than_the_clinics_figure_or_the_recommended_intake(who, most):
    figure = () if who is PRESSURE else ("--clinic", f"potassium_mg<={most}")
    found = answer("plan", *who, *figure, "--days", 2)
    assert found.week.upper("potassium_mg") <= most
    assert "otassium" in found.text


def test_each_day_of_a_plan_holds_what_weak_kidneys_ask_for():
    bone = ("--condition", "osteoporosis", "--clinic", "phosphorus_mg<=1200")
    code, out, err = ended("plan", *WOMAN, *CLINIC, *bone, "--days", 2, "--json")
    assert code == 0, err
    for day in json.loads(out)["days"]:
        assert day["totals"]["potassium_mg"] <= 2800
        assert day["totals"]["phosphorus_mg"] <= 1200
        assert day["totals"]["calcium_mg"] <= 1100
        assert day["totals"]["protein_g"] <= 1.3 * 64


@pytest.mark.parametrize(
    "words",
    ["Dialysed three times a week", "ESRF", "CAPD", "AKI", "CRF", "eGFR below 30", "CKD stage 3-4",
     "chronic kidney disease with calcium oxalate stones", "hyperoxaluria with renal failure",
     "SBO", "blocked bowel", "intestinal blockage", "PKD", "ADPKD", "FSGS"],
)  # fmt: skip
def test_words_for_failing_kidneys_or_a_blocked_bowel_end_without_a_plan(words):
    assert said("plan", "--sex", "f", "--age", 60, "--condition", words, "--days", 1)[0] == 3


def test_a_misspelt_kidney_is_asked_about():
    code, text = said("plan", "--condition", "kidny disease", "--days", 1)
    assert code == 1
    assert "did you mean kidney" in text
    assert 'write --condition "other: kidny disease"' in text


@pytest.mark.parametrize(
    ("person", "wish", "why"),
    [
        ((*WOMAN, *CLINIC), ("--target", "magnesium_mg>=800"), "Magnesium may not be raised"),
        ((*WOMAN, *CLINIC), ("--target", "protein_g>=120"), "Protein may not be raised"),
        ((*WOMAN, *CLINIC), ("--target", "potassium_mg>=3500"), "Potassium may not be raised"),
        ((*WOMAN, *CLINIC), ("--target", "phosphorus_mg>=1500"), "Phosphorus may not be raised"),
        ((*WOMAN, *CLINIC), ("--supplement", "milk of magnesia:800mg_compound"), "agnesium"),
        (("--age", 50, "--condition", "myasthenia gravis"), ("--medicine", "milk of magnesia"),
         "Myasthenia gravis: magnesium weakens"),
        (("--age", 50, "--condition", "myasthenia gravis"),
         ("--supplement", "milk of magnesia:400mg_compound"),
         "Myasthenia gravis: magnesium weakens"),
        (("--age", 40, "--medicine", "raltegravir:2"),
         ("--supplement", "magnesium hydroxide:400mg_compound"),
         "must not be taken along with raltegravir at all"),
    ],
)  # fmt: skip
def test_own_wishes_do_not_undo_what_a_rule_asks_for(person, wish, why):
    code, text = said("plan", *person, *wish, "--days", 1)
    assert code == 3
    assert why in text


@pytest.mark.parametrize(
    ("person", "item", "hours"),
    [
        (("--age", "40", "--medicine", "moxifloxacin:3@08:00,14:00,20:00",
          "--supplement", "magnesium citrate:200mg_elemental"), "moxifloxacin",
         ["08:00", "14:00", "20:00"]),
        (("--age", "40", "--medicine", "moxifloxacin:3@08:00,14:00,20:00",
          "--supplement", "magnesium citrate:200mg_elemental"), "magnesium citrate", []),
        (("--sex", "f", "--age", "72", "--egfr", "25", "--medicine", "alendronate:1/week",
          "--supplement", "magnesium citrate:200mg_elemental"), "magnesium citrate", []),
        (("--age", "72", "--medicine", "gabapentin:1", "--condition", "myasthenia gravis",
          "--supplement", "magnesium citrate:200mg_elemental"), "magnesium citrate", []),
        (("--sex", "f", "--age", "40", "--medicine", "raltegravir:2",
          "--supplement", "magnesium hydroxide:400mg_compound"), "magnesium hydroxide", []),
    ],
)  # fmt: skip
def test_a_dose_has_the_hour_its_person_gave_and_a_refused_pill_none(person, item, hours):
    found = json.loads(ended("safety", *person, "--json")[1])
    assert [line["earliest"] for line in found["schedule"] if line["item"] == item] == hours
    assert (item in found["no_time_for"]) == (hours == [])
    assert bool(re.search(rf"\d\d:\d\d +{item}", said("safety", *person)[1])) == bool(hours)


def test_the_text_holds_every_sentence_and_answer_of_the_json():
    words = (
        "safety", "--age", "70", "--medicine", "warfarin", "--medicine", "alendronate:sun",
        "--condition", "ulcerative colitis", "--condition", "sarcoidosis",
        "--supplement", "vitamin D3:1000 IU",
    )  # fmt: skip
    found, text = json.loads(ended(*words, "--json")[1]), said(*words)[1]
    for finding in found["findings"]:
        assert finding["text"] in text
        assert finding["source"] in text
    for told in (*found["questions"], *found["schedule_notes"], found["upper_level_source"]):
        assert told in text
    for line in found["schedule"]:
        assert line["earliest"] in text
        assert line["latest"] in text
    assert f"Compounds to avoid: {', '.join(found['avoided_compounds'])}" in text


def test_an_emergency_is_said_first():
    first = ended("safety", "--serum-mg", "12.5")[1].splitlines()[0]
    assert "This is an emergency: get help now." in first
