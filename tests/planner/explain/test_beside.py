"""What is said about pills and water."""

from dataclasses import replace

from planner.explain.beside import added_supplements, notes_beside_meals
from planner.plan.plan import Item
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from tests.plates import food, item, table
from tests.reports import FOODS, make_plan

ASKED = PlanRequest(profile=Profile(egfr=95.0), allow_supplements=True)


def pill(name, nutrient, amount, how="added"):
    """Return a pill that the plan adds, or one that is taken already."""
    words, dose = f"{name.capitalize().replace('_', ' ')}, {how}", f"1 dose of {amount:g}"
    made = Item("supplement", name, words, 1.0, dose, 0.0, (), {nutrient: amount}, 0.0, 0)
    return replace(made, beside="added" if how == "added" else "taken")


def citrate(amount_mg, how="added"):
    made = pill("trimagnesium_dicitrate_anhydrous", "magnesium_mg", amount_mg, how)
    return replace(made, name=f"Magnesium citrate, {how}")


def plan_with(slots, *items):
    """Return a plan of two days with ``items``, each at the meal of its slot."""
    plan = make_plan(days=2)
    pills = sum(one.nutrients.get("magnesium_mg") or 0.0 for one in items if one.is_supplement)
    days = []
    for day in plan.days:
        meals = tuple(
            replace(meal, items=(*meal.items, *(
                item for slot, item in zip(slots, items, strict=True) if slot == meal.slot)))
            for meal in day.meals
        )  # fmt: skip
        days.append(replace(day, meals=meals, supplement_totals={"magnesium_mg": pills}))
    return replace(plan, days=tuple(days))


def test_a_pill_is_told_with_element_compound_and_meals():
    # Mg3(C6H5O7)2: 16.16 % magnesium, so 200 mg are in 1237 mg of it
    plan = plan_with(("breakfast", "dinner"), citrate(100.0), citrate(100.0))
    notes = notes_beside_meals(plan, ASKED, FOODS)
    assert notes[0] == (
        "Magnesium citrate, added: 200 mg a day of magnesium, which is 1,237 mg of the compound; "
        "2 doses, with breakfast and dinner."
    )
    assert any("20 to 40 weeks" in note for note in notes)
    assert added_supplements(plan) == ("magnesium citrate 200 mg a day",)
    assert added_supplements(plan_with(("dinner",), citrate(100.0, "taken already"))) == ()


def test_a_pill_beside_a_medicine_is_told_at_its_own_hour_and_with_no_meal():
    plan = plan_with(("dinner",), citrate(200.0))
    asked = replace(ASKED, profile=replace(ASKED.profile, medicines=("doxycycline:2",)))
    note = notes_beside_meals(plan, asked, FOODS)[0]
    assert note.endswith("one dose, at the hour that keeps it apart from medicines.")


def test_folic_acid_is_said_to_stand_beside_the_folate_of_food():
    # 1 µg with food is 1.7 µg DFE: 400 µg are 680
    folic_acid = pill("folic_acid", "folic_acid_ug", 400.0, "taken already")
    said = " ".join(notes_beside_meals(plan_with(("dinner",), folic_acid), ASKED, FOODS))
    assert "Folic acid of 400 µg with a meal would be 680 µg of folate" in said
    without = " ".join(notes_beside_meals(plan_with(("dinner",), citrate(100.0)), ASKED, FOODS))
    assert "would be" not in without


def test_why_nothing_is_added_is_said():
    notes = notes_beside_meals(make_plan(2), ASKED, FOODS)
    assert notes == (
        "No supplement is added: food meets the targets, or gets closer to them at lower cost.",
    )
    old = replace(ASKED, profile=Profile(age_y=70))
    (why,) = notes_beside_meals(make_plan(2), old, FOODS)
    assert why.startswith("No supplement is added. From age 65 on")
    assert "--egfr" in why


def test_the_unknown_sodium_of_a_mineral_water_is_said():
    hepar = food("water_hepar", group="water", magnesium_mg=11.9, calcium_mg=54.9)
    content = {"magnesium_mg": 119.0, "calcium_mg": 549.0}
    drunk = item("water_hepar", {"water_hepar": 1000.0}, "food")
    drunk = replace(drunk, measure="1 L (4 glasses)", nutrients=content, beside="drunk")
    foods = table(*FOODS, hepar)
    notes = notes_beside_meals(plan_with(("breakfast",), drunk), PlanRequest(), foods)
    assert (
        "Water hepar, 1 L (4 glasses) a day, brings 119 mg of magnesium, 549 mg of calcium."
        in notes
    )
    assert any("its sodium is in no table here" in note for note in notes)


def test_iron_that_is_added_in_pregnancy_says_who_to_ask_and_nothing_of_magnesium():
    asked = PlanRequest(profile=Profile(age_y=30, state="pregnant"), allow_supplements=True)
    plan = plan_with(("lunch",), pill("ferrous_fumarate", "iron_mg", 27.0))
    notes = " ".join(notes_beside_meals(plan, asked, FOODS))
    assert "Iron is added: an iron pill is for a doctor to advise" in notes
    assert "show every pill that is added here to your midwife or doctor" in notes
    assert "No supplement of magnesium is added." in notes
    assert "20 to 40 weeks" not in notes
