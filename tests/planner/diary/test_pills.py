"""Lines of a diary that are pills, and what is said of them first."""

from io import StringIO

import pytest

from foods.embedded import read_lookup_foods
from planner.diary.advice import said_first
from planner.diary.analysis import analyse_diary
from planner.diary.pills import read_pill
from planner.diary.read import read_diary
from planner.document.terminal import as_plain
from planner.export.diary import analysis_told
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.targets.derive import targets_of

FOODS = read_lookup_foods()
WOMAN = {"sex": "f", "age_y": 35, "height_cm": 164.0, "weight_kg": 62.0}
BOY = {"sex": "m", "age_y": 6, "height_cm": 116.0, "weight_kg": 21.0}


def analysed(text, who=WOMAN, **more):
    request = PlanRequest(Profile(**{**who, **more}))
    diary = read_diary(StringIO(text), FOODS, ())
    return analyse_diary(diary, request, targets_of(request, for_plan=False), FOODS)


def said_of(text, who=WOMAN, **more):
    return {one.code: str(one.text) for one in analysed(text, who, **more).advice}


@pytest.mark.parametrize(
    ("line", "nutrient", "amount"),
    [
        ("iron 65 mg tablet", "iron_mg", 65.0),
        ("2 iron tablets 65 mg", "iron_mg", 130.0),
        ("iron 65 mg x2", "iron_mg", 130.0),
        ("magnesium 5 g", "magnesium_mg", 5000.0),
        ("vitamin A 10000 µg", "retinol_ug", 10000.0),
        ("vitamin A 10,000 IU", "retinol_ug", 3000.0),
        ("vitamin D 3 1000 IU", "vitamin_d_ug", 25.0),
        ("natural vitamin E 400 IU", "vitamin_e_mg", 268.0),
        ("synthetic vitamin E 400 IU", "vitamin_e_mg", 360.0),
        ("ferrous sulfate 200 mg compound x 10", "iron_mg", 402.0),
        ("Epsom salts 2 tbsp", "magnesium_mg", 2958.0),
        ("milk of magnesia 30 ml", "magnesium_mg", 1000.0),
        ("Eisen 65 mg", "iron_mg", 65.0),
    ],
)
def test_a_pill_with_its_dose_counts(line, nutrient, amount):
    pill = read_pill(line)
    assert not pill.why
    assert pill.nutrients[nutrient] == pytest.approx(amount, rel=1e-3)


@pytest.mark.parametrize(
    "line",
    [
        "ferrous sulfate 200 mg x 10", "potassium chloride 10 g", "melatonin 10 mg",
        "magnesium for sleep gummies 2", "St. John's wort tea", "Epsom salt bath", "1 multivitamin",
        "calcium 500 mg + vitamin D 400 IU", "iron 65 mg twice a day", "cod liver oil 30 g",
        "magnesium 400", "iron 1.000 mg", "vitamin E 400 IU",
    ],
)  # fmt: skip
def test_another_line_that_looks_like_a_pill_is_asked_about_and_no_food(line):
    assert read_pill(line).why
    (entry,) = read_diary(StringIO(f"{line}\n"), FOODS, ()).entries()
    assert (entry.kind, entry.is_pill) == ("unmatched", True)


@pytest.mark.parametrize(
    "line",
    [
        "vitamin water 500 ml", "milk with vitamin D 1 cup", "coffee capsule 1", "gummies 5",
        "calcium fortified soy milk 200 ml", "salt 2 g", "mineral water 1 glass", "cheddar 30 g",
    ],
)  # fmt: skip
def test_a_food_stays_a_food(line):
    assert read_pill(line) is None


def test_pills_above_a_level_are_said_first_and_over():
    one = analysed("oatmeal 1 cup\nzinc 50 mg\nvitamin D3 250 µg\ncopper 20 mg\n")
    told = as_plain(analysis_told(one))
    first = told.partition("Each day")[0].partition("A day")[0]
    for name in ("Zinc: pills hold 50.0 mg", "Vitamin D: pills hold 250.0", "Copper: pills hold"):
        assert name in " ".join(first.split())
    assert all(row.count("over") for row in told.splitlines() if row.startswith("Zinc, mg"))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("iron 65 mg", "pills_over"),
        ("zinc 50 mg", "pills_far_over_child"),
        ("magnesium 400 mg", "pills_far_over_child"),
    ],
)
def test_for_a_child_much_more_calls_a_poison_center_now(line, code):
    assert code in said_of(f"banana\n{line}\n", BOY)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ferrous sulfate 200 mg x 10", "pills_far_over"),  # though it is asked which mass it is
        ("Epsom salts 2 tbsp", "pills_far_over"),
        ("zinc 5 mg and potassium chloride 10 g", "potassium_pills"),
        ("milk of magnesia 30 ml", "pills_over"),
        ("10 g kelp", "kelp_iodine"),
        ("St John wort tea", "st_johns_wort"),
    ],
)
def test_what_is_dangerous_is_said_first(line, code):
    assert code in said_first()
    assert code in said_of(f"banana\n{line}\n")


def test_the_rule_for_children_speaks_of_gummies_without_a_dose():
    told = said_of("banana\nmagnesium for sleep gummies 2\n", BOY)
    assert any("paediatrician" in text for text in told.values())


def test_licorice_is_named_in_pregnancy_and_with_high_blood_pressure():
    line = "liquorice 100 g\n"
    assert "licorice_pregnant" in said_of(line, state="pregnant", gestation_week=20)
    assert "licorice_pressure" in said_of(line, conditions=("hypertension",))
    assert "licorice_pressure" in said_of(line, medicines=("digoxin",))
    assert not {"licorice_pregnant", "licorice_pressure"} & {*said_of(line)}


@pytest.mark.parametrize(
    ("line", "who", "code"),
    [
        ("1 glass raw milk", {}, "raw_milk"),
        ("1 glass unpasteurized apple cider", {}, "raw_milk"),
        ("150 g wild mushrooms", {}, "wild_mushrooms"),
        ("5 drops iodine drops", {}, "iodine_drops"),
        ("1 bottle kombucha", {"medicines": ("tacrolimus",)}, "kombucha"),
        ("150 g beef tartare", {"medicines": ("tacrolimus",)}, "raw_meat_eaten"),
        ("2 tsp salt substitute", {"medicines": ("spironolactone",)}, "salt_substitute_held"),
        ("2 tsp salt substitute", BOY, "potassium_child"),
        ("1 star fruit", {"conditions": ("kidney disease",), "egfr": 35.0}, "star_fruit"),
        ("2 salt tablets", {"conditions": ("hypertension",)}, "salt_tablets"),
    ],
)
def test_what_harms_is_said_of_the_line_as_it_is_written(line, who, code):
    assert code in said_of(f"banana\n{line}\n", **who)
    assert code not in said_of("1 glass milk\n", **who)
