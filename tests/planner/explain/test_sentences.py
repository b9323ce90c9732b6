"""What reports say: what is used up or short, who shares, own bounds, pills, water, absorption."""

import csv
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from foods.embedded import read_data_text, read_embedded_foods
from planner.candidates.used_up import UsedUp
from planner.check.judge import CheckResult, Finding
from planner.cli.options import build_request
from planner.explain.absorption import (
    absorb_view,
    absorption_text,
    magnesium_fractions,
    written_absorption,
)
from planner.explain.asked import notes_on_rates, notes_on_uses
from planner.explain.beside import added_supplements, notes_beside_meals
from planner.explain.days import asked_by_day, facts_sentence, notes_on_days, small_guests_told
from planner.explain.reasons import explain_plan
from planner.explain.table_report import knives_told
from planner.plan.plan import Day, DayFacts, Item, Plan
from planner.request.eater import Guests
from planner.request.phrases import read_macros, read_target
from planner.request.profile import Profile
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest, WeekOptions
from planner.settings import read_settings, read_text
from planner.standards.read import read_standard
from planner.targets.absorbable import (
    free_calcium_mg,
    inhibitors_of,
)
from planner.targets.derive import targets_of
from tests.plates import day, food, item, table
from tests.reports import FOODS as FOUR_FOODS
from tests.reports import make_plan, make_report
from tests.rows import rows

PLATES = table(food("pumpkin_seeds_raw"), food("salmon_raw"), food("chard_raw"))
FOODS = read_embedded_foods()


def asked_told(food_id, mass_g, eaten_g):
    days = tuple(day(number, PLATES, snack={food_id: eaten_g}) for number in (1, 2))
    use = UsedUp("a bag", {food_id: 1.0}, mass_g, frozenset({food_id}))
    plan = Plan(days, {}, {}, None, 0.0, 1)
    (note,) = notes_on_uses([("", use)], {"": plan}, FOODS)
    return note, " ".join(notes_on_rates([("", use)], plan, FOODS))


def test_a_bag_that_keeps_says_how_much_a_day_how_long_and_why_not_more():
    text, first_screen = asked_told("pumpkin_seeds_raw", 500.0, 20.0)
    assert "40 of 500 g are eaten, some 20 g a day (" in text
    assert "lasts 25 days in all, and 460 g keep for later: no meal was found" in text
    assert "lasts 25 days" in first_screen
    assert asked_told("pumpkin_seeds_raw", 40.0, 20.0)[1] == ""


@rows(__file__, "what_spoils_is_left_over")
def test_what_spoils_is_left_over(food_id, mass_g, told):
    assert told in asked_told(food_id, mass_g, 20.0)[0]


SHORT = Finding("vitamin_d_ug", "week", None, 9.0, 15.0, None, False, 1.0, False, "total", 1)


def reasons_told(days, *findings):
    report = make_report(days)
    check = CheckResult(True, findings, ())
    return [*explain_plan(make_plan(days), check, report.targets, FOUR_FOODS, {}, ()).short]


def test_what_several_weeks_lack_is_said_once_as_it_is_in_the_worst():
    less, enough = replace(SHORT, week=2, value=6.0), replace(SHORT, week=3, holds=True, value=16.0)
    (line,) = reasons_told(21, SHORT, less, enough)
    assert line.startswith("Weeks 1, 2, most of all 2: Vitamin D: 6 µg a day from food, 40 % of 15")
    assert "none was found" in line
    (line,) = reasons_told(14, replace(SHORT, week=2))
    assert line.startswith("Week 2: Vitamin D: 9 µg")
    (line,) = reasons_told(7, SHORT)
    assert line.startswith("Vitamin D: 9 µg")
    much = Finding("sodium_mg", "week", None, 2400.0, None, 2300.0, False, 1.0, False, "total", 1)
    (line,) = reasons_told(14, replace(much, value=2350.0), replace(much, week=2))
    assert line.startswith("Weeks 1, 2, most of all 2: Sodium: 2,400 mg a day, above the advised")


def asked(*without):
    request = PlanRequest()
    guests = (Guests(1, "lunch", 9, without=without),)
    return replace(request, week=replace(request.week, guests=guests))


def test_the_part_of_a_day_is_of_what_is_recommended_at_their_ages():
    told = small_guests_told(asked("choking hazards"))["small_children_lunch"]
    rows = read_standard("us").values
    days = [
        next(row.value for row in rows if (row.nutrient, row.kind, row.age_min_y) == key)
        for key in (("magnesium", "RDA", 1), ("magnesium", "RDA", 4))
    ]
    assert days == [80, 130]
    assert "of the 80 to 130 mg of magnesium" in told
    assert "24 to 40 mg" in told  # 30 %
    assert "no promise" in told


def test_other_guests_are_told_nothing():
    assert small_guests_told(asked()) == small_guests_told(asked("nuts")) == {}


DAYS = (
    {"fibre_g": 31.6, "fat_g": 70.0, "protein_g": 100.0, "energy_kcal": 2000.0},
    {"fibre_g": 40.2, "fat_g": 81.0, "protein_g": 125.0, "energy_kcal": 2000.0},
)


OWN_DAYS = [replace(day, totals=own) for day, own in zip(make_plan(2).days, DAYS, strict=True)]


def own_bounds_told(*words, overrides=()):
    asked = overrides or tuple(map(read_target, words))
    request = PlanRequest(week=WeekOptions(days=2), overrides=asked)
    return list(asked_by_day(request, targets_of(request), OWN_DAYS))


def test_what_somebody_set_bounds_on_is_said_of_each_day_with_days_outside():
    assert own_bounds_told("fibre_g>=35", "fibre_g<=60", "energy_kcal>=1950") == [
        "Fiber by day: 32, 40 g.",
        "Fiber, 35 to 60 g asked for in the mean of the week; outside it: day 1 (3.4 under).",
        "Each day is within what you asked for: energy.",
    ]
    assert not own_bounds_told()


def test_shares_of_energy_stand_beside_their_grams_with_the_distance():
    # 20 and 25 %, 31.5 and 36.45 % of energy
    assert own_bounds_told(overrides=read_macros("45/25/30")) == [
        "Protein by day: 100, 125 g.",
        "Protein by day, in % of energy: 20, 25.",
        "Fat by day: 70, 81 g.",
        "Fat by day, in % of energy: 32, 36.",
        "Fat, 25 to 35 % of energy asked for in the mean of the week; outside it: "
        "day 2 (1.5 over).",
        "Each day is within what you asked for: protein (share of energy).",
    ]


def test_days_before_a_bound_was_asked_for_are_told_as_such():
    request = build_request(days=2, start=date(2026, 11, 29), target=(read_target("fibre_g>=45"),))
    wanted = replace(request.preferences, since={"fibre_g": "2026-11-30"})
    request = replace(request, preferences=wanted)
    band = "Fiber, at least 45 g asked for in the mean of the week"
    assert list(asked_by_day(request, targets_of(request), OWN_DAYS)) == [
        "Fiber by day: 32, 40 g.",
        f"{band}; outside it: day 2 (4.8 under).",
        f"{band} from 2026-11-30 on; before it was asked for: day 1.",
    ]


THURSDAY = Day(4, date(2026, 11, 26), (), {}, None, 0.0, facts=DayFacts(is_holiday=True))
NOT_WEEKS = SimpleNamespace(weeks=())  # one week: nothing is said of how it was made


@rows(__file__, "a_holiday_is_called")
def test_a_holiday_is_called_by_its_name_where_one_shops(when, shops, says):
    assert facts_sentence(replace(THURSDAY, date=when and date.fromisoformat(when)), shops) == says


def notes(week, shops):
    """The notes on a week whose fourth day is Thanksgiving."""
    report = make_report(days=1)
    days = (Day(number, date(2026, 11, 22 + number), (), {}, None, 0.0) for number in range(1, 5))
    plan = replace(report.plan, days=tuple(days))
    return [one for one in notes_on_days(plan, week, NOT_WEEKS, shops) if "--holiday" in one]


def test_a_holiday_that_nobody_asked_for_is_named_with_its_flag():
    week = WeekOptions(days=4, start=date(2026, 11, 23))
    assert notes(week, "us") == [
        "Day 4 is Thanksgiving Day: --holiday us plans it as a day off, on which nobody shops."
    ]
    assert notes(week, "uk") == []
    assert notes(replace(week, holidays=(2,)), "us") == []


@rows(__file__, "whom_traces_harm")
def test_who_shares_a_table_with_an_allergy_is_told_of_knives(conditions, guests, others, whom):
    child = {"sex": "f", "age": 7, "height_cm": 122, "weight_kg": 23, "conditions": conditions}
    table = {"week": {"days": 1, "guests": guests}}
    if others:
        table["eaters"] = [{"name": "Mia", "profile": child}, *({"name": one} for one in others)]
    else:
        table["profile"] = child
    told = list(knives_told(request_from_dict(table)))
    assert [text.startswith(f"Traces harm {whom}: ") for text in told] == [True] * bool(whom)


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
    for own in plan.days:
        meals = tuple(
            replace(meal, items=(*meal.items, *(
                item for slot, item in zip(slots, items, strict=True) if slot == meal.slot)))
            for meal in own.meals
        )  # fmt: skip
        days.append(replace(own, meals=meals, supplement_totals={"magnesium_mg": pills}))
    return replace(plan, days=tuple(days))


def test_a_pill_is_told_with_element_compound_and_meals():
    # Mg3(C6H5O7)2: 16.16 % magnesium, so 200 mg are in 1237 mg of it
    plan = plan_with(("breakfast", "dinner"), citrate(100.0), citrate(100.0))
    notes = notes_beside_meals(plan, ASKED, FOUR_FOODS)
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
    note = notes_beside_meals(plan, asked, FOUR_FOODS)[0]
    assert note.endswith("one dose, at the hour that keeps it apart from medicines.")


def test_folic_acid_is_said_to_stand_beside_the_folate_of_food():
    # 1 µg with food is 1.7 µg DFE: 400 µg are 680
    folic_acid = pill("folic_acid", "folic_acid_ug", 400.0, "taken already")
    said = " ".join(notes_beside_meals(plan_with(("dinner",), folic_acid), ASKED, FOUR_FOODS))
    assert "Folic acid of 400 µg with a meal would be 680 µg of folate" in said
    without = " ".join(
        notes_beside_meals(plan_with(("dinner",), citrate(100.0)), ASKED, FOUR_FOODS)
    )
    assert "would be" not in without


def test_why_nothing_is_added_is_said():
    notes = notes_beside_meals(make_plan(2), ASKED, FOUR_FOODS)
    assert notes == (
        "No supplement is added: food meets the targets, or gets closer to them at lower cost.",
    )
    old = replace(ASKED, profile=Profile(age_y=70))
    (why,) = notes_beside_meals(make_plan(2), old, FOUR_FOODS)
    assert why.startswith("No supplement is added. From age 65 on")
    assert "--egfr" in why


def test_the_unknown_sodium_of_a_mineral_water_is_said():
    hepar = food("water_hepar", group="water", magnesium_mg=11.9, calcium_mg=54.9)
    content = {"magnesium_mg": 119.0, "calcium_mg": 549.0}
    drunk = item("water_hepar", {"water_hepar": 1000.0}, "food")
    drunk = replace(drunk, measure="1 L (4 glasses)", nutrients=content, beside="drunk")
    foods = table(*FOUR_FOODS, hepar)
    notes = notes_beside_meals(plan_with(("breakfast",), drunk), PlanRequest(), foods)
    assert (
        "Water hepar, 1 L (4 glasses) a day, brings 119 mg of magnesium, 549 mg of calcium."
        in notes
    )
    assert any("its sodium is in no table here" in note for note in notes)


def test_iron_that_is_added_in_pregnancy_says_who_to_ask_and_nothing_of_magnesium():
    asked = PlanRequest(profile=Profile(age_y=30, state="pregnant"), allow_supplements=True)
    plan = plan_with(("lunch",), pill("ferrous_fumarate", "iron_mg", 27.0))
    notes = " ".join(notes_beside_meals(plan, asked, FOUR_FOODS))
    assert "Iron is added: an iron pill is for a doctor to advise" in notes
    assert "show every pill that is added here to your midwife or doctor" in notes
    assert "No supplement of magnesium is added." in notes
    assert "20 to 40 weeks" not in notes


SPINACH = food("spinach_cooked", magnesium_mg=80.0, calcium_mg=136.0)
KALE = food("kale_cooked", magnesium_mg=20.0, calcium_mg=72.0)
LENTILS = food("lentils_cooked", group="legumes", magnesium_mg=36.0, calcium_mg=19.0)
BEEF = food("beef", group="red_meat", magnesium_mg=20.0, calcium_mg=10.0)
BEEF = replace(BEEF, origin=frozenset({"meat"}))
RADISH = food("radish", magnesium_mg=10.0, calcium_mg=25.0)
PLAIN_FOODS = table(SPINACH, KALE, LENTILS, BEEF, RADISH)


def view(*days, foods=PLAIN_FOODS):
    made = tuple(
        day(number, foods, **({"lunch": masses} if "lunch" not in masses else masses))
        for number, masses in enumerate(days, start=1)
    )
    return absorb_view(Plan(made, {}, {}, None, 0.0, 0), foods)


@pytest.mark.parametrize(
    ("eaten", "share"),
    [
        (KALE, 1.0),
        (SPINACH, 27 / 37),  # by the ratio of the trial; the upper end stays
        (LENTILS, 13 / 33),  # by the ratio of the bread trial
        (FOODS["almonds"], 13 / 33),  # where both are rich the stronger counts, not their product
    ],
)
def test_a_food_is_counted_at_30_to_70_per_cent_the_lower_end_cut_by_what_binds(eaten, share):
    assert magnesium_fractions(eaten) == pytest.approx((0.30 * share, 0.70))


def test_oxalate_of_spinach_binds_all_of_its_calcium_at_the_lower_end():
    # 1000 mg oxalate bind 455 mg of 136; 320 mg bind 145.7 mg: nothing is left at either end
    assert free_calcium_mg(SPINACH, 136) == (0, 0)
    # kale: 125 mg bind 56.9 mg, 2 mg bind 0.9 mg of 72
    assert free_calcium_mg(KALE, 72) == pytest.approx((15.08, 71.09), abs=0.01)


def test_the_mean_of_days_and_their_totals():
    seen = view({"spinach_cooked": 100}, {"kale_cooked": 100})
    assert [own_day.oxalate_mg[1] for own_day in seen.days] == [650, 10]
    assert seen.mean.oxalate_mg == pytest.approx((161, 330, 562.5))
    assert seen.mean.magnesium_mg == pytest.approx(50)
    assert seen.mean.calcium_mg == pytest.approx(104)
    # counted cautiously: (80 * 27/37 + 20) / 2 mg; of kale 10 mg oxalate bind 4.55 of 72 mg calcium
    cautious = written_absorption(seen).json_values()["cautious"]
    assert cautious["magnesium_mg"] == pytest.approx(39.19, abs=0.01)
    assert cautious["calcium_mg"] == pytest.approx(33.72, abs=0.01)


def test_what_has_nothing_of_plants_is_free_of_both_and_what_is_unknown_is_not_counted_as_zero():
    assert inhibitors_of(BEEF).phytate_mg == (0, 0, 0)
    assert inhibitors_of(RADISH).oxalate_mg is None
    seen = view({"beef": 100, "kale_cooked": 100, "radish": 200})
    assert seen.coverage == {"phytate_mg": 0.5, "oxalate_mg": 0.5}
    assert "known for 50 % of the food" in absorption_text(seen)[1]


def test_tips_fit_what_is_eaten():
    names = [name for name, _, _ in view({"lentils_cooked": 100}).tips]
    assert names[0] == "soak"
    tips = view({"coffee": 100}, foods=FOODS).tips
    assert "coffee" in [name for name, _, _ in tips]
    assert all(cite for _, _, cite in tips)


@pytest.mark.parametrize("drinks", [("coffee",), ("beer",), ("red_wine", "coffee")])
def test_coffee_and_alcohol_are_told_of_in_print_before_all_other_tips(drinks):
    beside = {"lentils_cooked": 200, "bread_whole_wheat": 60, "spinach_cooked": 90}
    seen = view({**beside, **dict.fromkeys(drinks, 240)}, foods=FOODS)
    told = {"coffee" if drink == "coffee" else "alcohol" for drink in drinks}
    assert {name for name, _, _ in seen.tips[: len(told)]} == told
    assert len(seen.tips) > 3
    assert all(text in absorption_text(seen) for name, text, _ in seen.tips if name in told)


def test_every_tip_fits_a_line_and_every_number_has_a_source():
    settings = read_settings("absorption.toml")
    tips = [tip for tip in settings["tips"].values() if isinstance(tip, dict)]
    assert all(len(tip["text"]) <= 80 for tip in tips)
    named = [*tips, *(settings[n] for n in ("magnesium", "oxalate", "phytate", "calcium_oxalate"))]
    assert {entry["source"] for entry in named} <= set(settings["sources"])


def test_shipped_contents_are_ordered_known_and_the_same_as_in_the_food_table():
    for row in csv.DictReader(read_text("absorption.csv").splitlines()):
        assert row["food_id"] in FOODS
        for name in ("phytate", "oxalate"):
            low, usual, high = (float(row[f"{name}_{s}_mg"]) for s in ("low", "typical", "high"))
            assert low <= usual <= high
            own = FOODS[row["food_id"]].per_100g[f"{name}_mg"]
            assert own in (None, usual)
    ranged = {row["food_id"] for row in csv.DictReader(read_text("absorption.csv").splitlines())}
    typical = csv.DictReader(read_data_text("phytate_oxalate.csv").splitlines())
    assert {row["food_id"] for row in typical} <= ranged
