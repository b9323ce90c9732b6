"""What is asked on the start page is read on the page of its week."""

import re
from dataclasses import replace
from html import unescape

import pytest

from planner.web.asking import asked_names, read_answers
from tests.one_eater import plan_everybody
from tests.workbench import Visitor, opened

FIRST = {"days": "1", "start": "2026-03-02"}
ASKED = (
    {
        "pantry": ("oats,901,g", "What your pantry has"),
        "allow_supplements": ("yes", "supplement is added"),
        "days": ("1", "Meals for 1 day"), "start": ("2026-03-02", "Mon 2 Mar"),
        "condition": ("ckd 3", "ckd 3: Kidney disease"), "medicine": ("warfarin", "warfarin: "),
        "clinic": ("potassium_mg<=3100", "Potassium: at most 3100 mg each day"),
        "put": ("1:breakfast=oatmeal", "atmeal"),
        "vitamin_k_before": ("123", "123 µg that you ate before"),
    },
    {
        "sex": ("m", "man"), "age": ("61", ", 61, "), "height": ("181", "181 cm"),
        "weight": ("83", "83 kg"), "activity": ("very_active", "very active"),
        "egfr": ("92", "eGFR 92"), "serum_mg": ("2.05 mg/dL", "magnesium 2.05 mg/dL"),
        "serum_potassium": ("4.6 mmol/L", "potassium 4.6 mmol/L"), "standard": ("uk", ", UK"),
        "energy_kcal": ("2750", "2,750 kcal a day"), "diet": ("vegetarian", "; vegetarian;"),
        "like": ("lentils", "likes lentils"), "dislike": ("kale", "dislikes kale"),
        "without": ("peanut", "without peanut"), "without_on": ("soy:mon", "without soy on mon"),
        "max_minutes_weekday": ("31", "at most 31 minutes on weekdays"),
        "max_minutes_breakfast": ("9", "at most 9 minutes to make breakfast"),
        "max_minutes_on": ("mon:dinner=22", "dinner on mon in at most 22 minutes"),
        "budget_per_week": ("151", "at most £151 a week"),
        "pattern": ("mediterranean", "meals: Mediterranean"),
        "meal_at": ("dinner=19:05", "dinner at 19:05"),
        "skip": ("1:snack", "not eaten Mon 2 Mar:snack"),
        "eat_out": ("1:lunch", "eaten out Mon 2 Mar:lunch"),
        "holiday": ("1", "with the time of a weekend Mon 2 Mar"),
        "trips": ("1", "trips to the store for all of it: 1"),
        "drink": ("coffee:2", "2 × coffee a day"), "more_energy": ("mon=411 kcal", "411 kcal more"),
        "lunch": ("packed", "from a box, warmed up there"),
        "guests": ("1:dinner=3,vegan,without soy", "3 guests at Mon 2 Mar:dinner (vegan, without"),
        "macros": ("40/30/30", "protein 25 to 35 % of energy"),
        "target": ("calcium_mg>=1011", "calcium at least 1011 mg"),
        "habit": ("desserts a day<=0", "desserts at most 0 a day"),
        "per_week": ("eggs>=2", "eggs at least 2 a week"), "kitchen": ("stove", "Without oven, "),
        "max_ingredients": ("8", "at most 8 ingredients a dish"),
        "supplement": ("magnesium citrate:51mg_elemental", "magnesium citrate taken"),
        "use": ("lentils, dry:301g", "301 g of lentils, dry"),
        "max_minutes": ("67", "dishes of at most 67 minutes"),
        "packages": ("food_id,pack,size_g,price\nrolled oats,bag,512,1.17", "is your own"),
    },
    {"state": ("pregnant", "pregnant, "), "gestation_week": ("20", "week 20"),
     "sex": ("f", "woman"), "age": ("30", ", 30, ")},
    {"state": ("lactating", "breastfeeding, "), "lactation_month": ("3", "3 months after birth"),
     "sex": ("f", "woman"), "age": ("30", ", 30, ")},
    {"only": ("dinner", "eaten out Mon 2 Mar:breakfast"),
     "cook_on": ("tue", "dinner on every day but tue not cooked"),
     "shops": ("ch", "CHF")},
    {"goal": ("gain", "to gain weight"), "condition": ("other: rare thing", "rare thing"),
     "clinic_agreed": ("yes", "your clinic has agreed")},
)  # fmt: skip


@pytest.fixture(scope="module")
def read_of():
    """Return a function: fields → what their week says; the first of them are planned."""
    visitor = Visitor()
    report = plan_everybody(
        read_answers({name: text for name, (text, _) in ASKED[0].items()}).request
    )

    def words(values):
        request = read_answers(values).request
        own = {name: replace(one, request=request) for name, one in report.reports.items()}
        told = replace(report, request=request, reports=own)
        week = opened(visitor.bench, told, values)
        pages = [visitor.get(f"/week/{week.week_id}{one}").text for one in ("", "/list")]
        main = " ".join(one[one.index("<main") : one.index("</main>")] for one in pages)
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))

    return words


def test_every_field_is_in_some_week():
    assert {name for fields in ASKED for name in fields} == {*asked_names()}


@pytest.mark.parametrize("fields", ASKED)
def test_what_is_asked_in_any_field_is_read_of_its_week(read_of, fields):
    told = read_of(FIRST | {name: text for name, (text, _) in fields.items()})
    assert [words for _, words in fields.values() if words not in told] == []
