"""Defects planted on purpose, each in a copy of the project, each caught by its own guard.

A defect that no test catches is a hole in the tests. Every case replaces one text in one file of a
copy and runs one test there: it must fail by an assertion. The same tests must pass in a clean
copy. When a case says that its text is gone, plant the defect anew where the code now stands.
"""

import compileall
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.quickness import is_slow

ROOT = Path(__file__).parents[1]
PARTS = ("planner", "foods", "configs", "tests")
CAUGHT = re.compile(
    r"^E\s+(assert |AssertionError|Failed: DID NOT RAISE"
    r"|ValueError: .* values to unpack"  # `(one,) = answers` asserts too
    r"|planner\.errors\.SolverError: .*outside its band)",  # the basket's own recount
    re.MULTILINE,
)


@dataclass(frozen=True)
class Fault:
    """One defect: replace ``old`` by ``new`` in ``file``; the test ``caught_by`` must fail."""

    name: str
    file: str
    old: str
    new: str
    caught_by: str


JUDGE = "tests/planner/check/test_judge.py::test_"
JUDGE_FOODS = "tests/planner/check/test_foods.py::test_"
WISHES = "tests/planner/check/test_wishes.py::test_"
JUDGE_WEEK = "tests/planner/check/test_week.py::test_"
BESIDE = "tests/planner/candidates/test_beside.py::test_"
JUDGE_BESIDE = "tests/planner/check/test_beside.py::test_"
DERIVE = "tests/planner/targets/test_derive.py::test_"
ENERGY = "tests/planner/targets/test_energy.py::test_"
JUDGED = (
    "tests/planner/model/test_judged.py::test_the_week_that_goes_furthest_against_a_band_keeps_it"
)
LEFT_OUT = "tests/planner/candidates/test_left_out.py::test_"
BASKET = "tests/planner/basket/test_solve.py::test_"
ABSENCES = "tests/planner/solve/test_absences.py::test_"
CHECK, AMOUNTS = "planner/check/judge.py", "planner/check/amounts.py"
US, EU = "configs/standards/us.csv", "configs/standards/eu.csv"

GATE = "tests/planner/safety/test_gate.py::test_"
SCHEDULE = "tests/planner/safety/test_schedule.py::test_"
FAULTS = (
    # the judge
    Fault(
        "a value is rounded before it is compared",
        CHECK,
        "or amount.value <= upper * (1 + tolerance)",
        "or round(amount.value, 1) <= upper * (1 + tolerance)",
        f"{JUDGE}a_ratio_is_compared_before_it_is_rounded",
    ),
    Fault(
        "hours of a pill beside a medicine are not asked",
        "planner/check/doses.py",
        "if a.is_medicine or b.is_medicine)",
        "if a.is_medicine and b.is_medicine)",
        "tests/planner/check/test_doses.py"
        "::test_a_pill_that_stands_beside_the_medicine_it_binds_is_found",
    ),
    Fault(
        "a pill is no part of an even day",
        "planner/check/clinical.py",
        "sum_served(table.lines_on(day), table.supplements_on(day), nutrient)",
        "sum_served(table.lines_on(day), (), nutrient)",
        "tests/planner/check/test_clinical.py::test_a_day_is_kept_even_with_its_pills_counted",
    ),
    Fault(
        "a dish may stand on another meal than the one that it was put on",
        "planner/check/week.py",
        "for meal in day.meals if meal.slot == put.slot for one in meal.items",
        "for meal in day.meals for one in meal.items",
        "tests/planner/check/test_asked.py::test_what_was_put_elsewhere_is_missed",
    ),
    Fault(
        "one egg is as much as three that were put",
        "planner/check/put_amounts.py",
        "    return math.isclose(item.mass_g, asked_g, **slack)",
        "    return item.mass_g < asked_g or math.isclose(item.mass_g, asked_g, **slack)",
        f"{WISHES}a_wish_that_a_plan_breaks_is_found_and_nothing_else[as_much]",
    ),
    Fault(
        "a hot dish of a child is found only where it was put",
        "planner/check/foods.py",
        "if is_hot and not any(one and one.dish_ids == {place.item.item_id} for one in named):",
        "if is_hot and any(one and one.dish_ids == {place.item.item_id} for one in named):",
        f"{WISHES}a_dish_that_a_wish_keeps_out_is_found[child]",
    ),
    Fault(
        "the model does not hold a meal to what was put on it",
        "planner/model/asked.py",
        "serving_at(plate.table, put)) >= 1",
        "serving_at(plate.table, put)) >= 0",
        "tests/planner/solve/test_asked.py::test_two_main_dishes_on_one_meal_collide_and_are_named",
    ),
    Fault(
        "the tolerance of sums forgives a shortfall",
        "configs/check.toml",
        "sum = 1e-9",
        "sum = 1e-3",
        f"{JUDGE}a_shortfall_of_one_in_a_million_breaks_a_band",
    ),
    Fault(
        "the ratio of a week is the mean of daily ratios",
        AMOUNTS,
        "    if key == RATIO_KEY:\n",
        "    if key == RATIO_KEY and day is None:\n"
        "        daily = [find_amount(table, key, basis, one + 1) for one in range(table.days)]\n"
        "        return Amount(sum(one.value or 0.0 for one in daily) / table.days, 1.0)\n"
        "    if key == RATIO_KEY:\n",
        f"{JUDGE}the_ratio_of_a_week_is_a_sum_over_a_sum",
    ),
    Fault(
        "the mean of a week is its sum",
        AMOUNTS,
        "total.value / days",
        "total.value",
        f"{JUDGE}a_week_is_the_mean_per_day",
    ),
    Fault(
        "a missing figure counts as known",
        AMOUNTS,
        "fsum(line.mass_g for line, content in solid if content is not None)",
        "fsum(line.mass_g for line, content in solid)",
        f"{JUDGE}a_nutrient_unknown_for_more_than_a_tenth_of_the_food_cannot_hold",
    ),
    Fault(
        "the threshold of coverage is too low",
        "configs/check.toml",
        "least = 0.90",
        "least = 0.80",
        f"{JUDGE}a_nutrient_unknown_for_more_than_a_tenth_of_the_food_cannot_hold",
    ),
    Fault(
        "the upper level of supplements counts magnesium from food",
        AMOUNTS,
        "    if basis == SUPPLEMENT_BASIS:\n        return 0.0\n",
        "",
        f"{JUDGE}the_upper_level_of_supplements_does_not_count_food",
    ),
    Fault(
        "fat counts with the energy of carbohydrate",
        "configs/shares.toml",
        'nutrient = "fat_g"\nkcal_per_g = 9.0',
        'nutrient = "fat_g"\nkcal_per_g = 4.0',
        f"{JUDGE}a_share_counts_energy_by_its_factor",
    ),
    Fault(
        "milligrams per litre of tap water are taken as per kilogram of food",
        "planner/plan/water.py",
        "_PORTIONS_PER_L = 10 ",
        "_PORTIONS_PER_L = 1 ",
        f"{JUDGE}the_persons_own_tap_water_counts",
    ),
    Fault(
        "a wrong mass is not held to its ingredients",
        "planner/check/lines.py",
        "item.mass_g, rel_tol=tolerance",
        "item.mass_g, rel_tol=1",
        f"{JUDGE}amounts_that_cannot_be_are_faults",
    ),
    Fault(
        "a trace of an allergen does not count",
        "planner/check/foods.py",
        "if line.food.food_id in excluded.food_ids:",
        "if line.food.food_id in excluded.food_ids and line.mass_g >= least_line_g():",
        f"{JUDGE_FOODS}a_trace_of_what_was_excluded_is_a_fault",
    ),
    Fault(
        "three Brazil nuts a day are allowed",
        "configs/safety/caps.toml",
        "pieces_per_day = 2",
        "pieces_per_day = 3",
        f"{JUDGE_FOODS}two_brazil_nuts_a_day_are_the_most",
    ),
    Fault(
        "greens rich in oxalate may bring a third of the calcium",
        "configs/safety/caps.toml",
        "calcium_mg = 0.25",
        "calcium_mg = 0.33",
        f"{JUDGE_FOODS}more_than_a_quarter_of_a_days_calcium_from_greens_is_a_fault",
    ),
    Fault(
        "days between servings are counted one short",
        "planner/check/week.py",
        "next_one.day - one.day < least_days",
        "next_one.day - one.day < least_days - 1",
        f"{JUDGE_WEEK}servings_keep_the_days_between_that_were_asked_for",
    ),
    # standards and targets
    Fault(
        "the upper level of magnesium counts all of it",
        US,
        "magnesium,UL,F,51,70,none,350,mg,supplement,",
        "magnesium,UL,F,51,70,none,350,mg,total,",
        f"{DERIVE}the_magnesium_upper_level_never_counts_food",
    ),
    Fault(
        "the European level of magnesium leaves out fortified food",
        EU,
        "magnesium,UL,both,18,120,none,250,mg,supplement_and_fortified,",
        "magnesium,UL,both,18,120,none,250,mg,supplement,",
        f"{DERIVE}the_magnesium_upper_level_never_counts_food",
    ),
    Fault(
        "the upper level of folic acid counts folate of food",
        US,
        "folate,UL,F,51,70,none,1000,ug,folic_acid,",
        "folate,UL,F,51,70,none,1000,ug,total,",
        f"{DERIVE}upper_levels_of_retinol_and_folic_acid_have_keys_of_their_own",
    ),
    Fault(
        "the upper level of retinol counts carotenes",
        "configs/targets.toml",
        'preformed_retinol = { vitamin_a = "retinol_ug" }',
        'preformed_retinol = { vitamin_a = "vitamin_a_ug_rae" }',
        f"{DERIVE}upper_levels_of_retinol_and_folic_acid_have_keys_of_their_own",
    ),
    Fault(
        "a band of age ends a year early",
        "planner/standards/standard.py",
        "self.age_min_y <= age_y <= self.age_max_y",
        "self.age_min_y <= age_y < self.age_max_y",
        "tests/configs/test_standards.py::"
        "test_a_band_holds_its_first_and_last_year_and_not_the_years_beside_them",
    ),
    Fault(
        "the last year of a band of calcium is off by one",
        US,
        "calcium,RDA,F,51,70,",
        "calcium,RDA,F,52,70,",
        "tests/configs/test_standards.py::test_age_bands_neither_overlap_nor_gap",
    ),
    Fault(
        "an upper level of phosphorus of pregnant girls is 12 % more",
        US,
        "phosphorus,UL,F,14,18,pregnant,3500,",
        "phosphorus,UL,F,14,18,pregnant,3920,",
        "tests/configs/test_reference_second_reading.py::"
        "test_a_value_read_again_is_the_one_in_the_file",
    ),
    Fault(
        "micrograms of copper are taken as milligrams",
        "foods/units.py",
        '"ug": 1e-6',
        '"ug": 1e-3',
        "tests/planner/targets/test_reference.py::test_micrograms_of_copper_become_milligrams",
    ),
    Fault(
        "the week has no bound on sodium",
        "configs/targets.toml",
        "reduction_level_week = 1.0",
        "reduction_level_week = 10.0",
        f"{DERIVE}the_sample_person_is_held_to_the_table",
    ),
    Fault(
        "height counts in metres",
        "planner/targets/energy.py",
        "self.height_kcal_per_cm * profile.height_cm",
        "self.height_kcal_per_cm * profile.height_cm / 100",
        f"{ENERGY}the_need_is_that_of_the_equation",
    ),
    Fault(
        "children do not grow",
        "planner/targets/energy.py",
        "            + self.add_kcal\n",
        "",
        f"{ENERGY}growth_is_added_at_every_level_of_activity",
    ),
    Fault(
        "an intercept in pregnancy has lost its sign",
        "configs/energy.csv",
        ",pregnant,19,51,active,18.5,25,,,-223.84,",
        ",pregnant,19,51,active,18.5,25,,,223.84,",
        f"{ENERGY}pregnancy_keeps_the_negative_intercepts",
    ),
    Fault(
        "vegetarians are served fish",
        "configs/diets/diets.toml",
        '["fish", "gelatine", "meat", "poultry", "rennet", "shellfish"]',
        '["gelatine", "meat", "poultry", "rennet", "shellfish"]',
        f"{JUDGE_FOODS}each_diet_leaves_out_what_its_name_says",
    ),
    # foods
    Fault(
        "a compound is taken as its element",
        "foods/supplement.py",
        "else compound_mg * fraction",
        "else compound_mg",
        "tests/foods/test_supplement.py::test_400_mg_of_magnesium_oxide_hold_241_mg_of_magnesium",
    ),
    Fault(
        "soy sauce has lost its wheat",
        "foods/data/catalogue.csv",
        ",soy;gluten;wheat,soybeans;wheat_flour;yeast,plant,added_salt;legume;histamine_rich,1\n"
        "soy_sauce_reduced_salt,",
        ",soy,soybeans;wheat_flour;yeast,plant,added_salt;legume;histamine_rich,1\n"
        "soy_sauce_reduced_salt,",
        "tests/foods/test_embedded.py::test_derived_allergens_are_named",
    ),
    Fault(
        "dry chickpeas count with their cooked mass",
        "foods/data/dishes/plant_curries.toml",
        '{food = "chickpeas_cooked", mass_g = 740',
        '{food = "chickpeas_dry", mass_g = 740',
        "tests/foods/test_cooked_mass.py::"
        "test_no_dish_counts_dry_grains_or_pulses_by_their_cooked_mass",
    ),
    Fault(
        "boiled lentils have the water of dry ones",
        "foods/data/foods.csv",
        ",69.64,",
        ",8.26,",
        "tests/foods/test_cooked_mass.py::test_grains_and_pulses_hold_the_water_of_their_state",
    ),
    Fault(
        "a food may stand in a table twice",
        "foods/sheet.py",
        "            elif name in first:\n",
        "            elif name in self.columns:\n",
        "tests/foods/test_own_csv.py::test_all_faults_of_a_file_are_named_at_once",
    ),
    Fault(
        "the digest depends on the order of rows",
        "foods/catalogue.py",
        "*sorted(rows)",
        "*rows",
        "tests/foods/test_catalogue.py::"
        "test_the_digest_changes_with_a_figure_and_not_with_the_order",
    ),
    # candidates and model
    Fault(
        "a food without a figure is planned as if it held none",
        "planner/candidates/select.py",
        "if share > most and key in asked",
        "if share > 1 and key in asked",
        f"{LEFT_OUT}a_food_that_lacks_a_constrained_nutrient_is_left_out_with_the_reason",
    ),
    Fault(
        "contents per 100 g are taken per gram",
        "planner/candidates/portions.py",
        "self.contents[rows] * (masses / 100)",
        "self.contents[rows] * masses",
        f"{LEFT_OUT}a_portion_holds_what_the_judge_finds_in_its_grams",
    ),
    Fault(
        "the row of the ratio is flipped",
        "planner/model/nutrients.py",
        'row = content("calcium_mg") - bound * content("magnesium_mg")',
        'row = content("magnesium_mg") - bound * content("calcium_mg")',
        JUDGED,
    ),
    Fault(
        "a share of energy has lost its factor",
        "planner/model/nutrients.py",
        "row = factor * content(nutrient) -",
        "row = content(nutrient) -",
        JUDGED,
    ),
    Fault(
        "the bound of a week is that of a day",
        "planner/model/nutrients.py",
        "total = limit * days",
        "total = limit",
        JUDGED,
    ),
    Fault(
        "a day that is partly eaten elsewhere keeps its whole band",
        "planner/model/nutrients.py",
        "limit = full * part",
        "limit = full",
        ABSENCES + "a_meal_eaten_elsewhere_takes_its_share_of_the_bands_and_a_skipped_one_none",
    ),
    Fault(
        "a place that a day must fill may stay empty",
        "planner/search/evaluate.py",
        "for place in sorted(arrays.needed[d] - {arrays.places[column] for column in staying}):",
        "for place in ():",
        ABSENCES + "a_week_with_an_empty_place_or_a_meal_too_many_is_broken",
    ),
    Fault(
        "a lower bound of a day is an upper one",
        "planner/model/nutrients.py",
        'row = expression >= limit if side == "min" else expression <= limit',
        'row = expression >= limit if side == "max" else expression <= limit',
        JUDGED,
    ),
    # pills and water
    Fault(
        "a pill of a compound counts with the whole of its mass",
        "planner/candidates/beside.py",
        "_dose(compound, intake.nutrient_per_day, max(1.0, intake.per_day))",
        "_dose(compound, intake.amount_mg * intake.per_day, max(1.0, intake.per_day))",
        f"{BESIDE}what_is_taken_counts_as_the_element_in_it",
    ),
    Fault(
        "the judge takes a compound for its element",
        "planner/check/beside.py",
        "amounts.get(key, 0.0) + one.nutrient_per_day",
        "amounts.get(key, 0.0) + one.amount_mg * one.per_day",
        f"{JUDGE_BESIDE}what_is_taken_counts_in_totals_and_in_its_own_level",
    ),
    Fault(
        "the upper level of supplements is a row on the total",
        "planner/model/board.py",
        "            return content * self.supplements\n",
        "            return content\n",
        "tests/planner/model/test_beside.py::test_the_upper_level_of_supplements_never_counts_food",
    ),
    Fault(
        "calcium pills allow more of the greens rich in oxalate",
        "planner/model/meals.py",
        'table.counted("calcium_mg", "food")',
        'table.content("calcium_mg")',
        "tests/planner/model/test_beside.py::"
        "test_the_share_of_calcium_from_greens_leaves_calcium_pills_out",
    ),
    Fault(
        "a supplement is offered where a rule would have it asked about",
        "planner/candidates/beside.py",
        "if not verdict.allows_compound(compound.name):",
        'if verdict.nutrients[compound.nutrient] == "refused":',
        f"{BESIDE}nobody_is_offered_a_supplement_unless_every_rule_allows_it",
    ),
    Fault(
        "the judge does not ask the safety rules about a pill",
        "planner/check/beside.py",
        "        if not verdict.allows_nutrient(compound.nutrient):\n",
        "        if False:\n",
        f"{JUDGE_BESIDE}no_supplement_is_added_against_a_safety_rule",
    ),
    Fault(
        "micrograms of a vitamin are taken as milligrams",
        "planner/safety/intake.py",
        'convert(self.elemental_mg_per_day, "mg", known_nutrients()[self.nutrient].unit)',
        "self.elemental_mg_per_day",
        "tests/planner/safety/test_intake.py::"
        "test_a_vitamin_is_counted_in_the_unit_of_its_nutrient",
    ),
    Fault(
        "a rule about magnesium in pregnancy is read as one about nothing",
        "planner/safety/nutrients.py",
        "is_silent = nutrient != MAGNESIUM and is_only_about_magnesium(finding.code)",
        "is_silent = is_only_about_magnesium(finding.code)",
        f"{GATE}the_limit_of_magnesium_in_pregnancy_says_nothing_about_other_nutrients",
    ),
    Fault(
        "an own standard decides how much magnesium a plan adds",
        "planner/safety/gate.py",
        '({} if is_shipped else settings["own_standard_upper_mg"])',
        "{}",
        f"{GATE}a_plan_adds_no_more_under_an_own_standard_than_the_safety_rules_allow",
    ),
    Fault(
        "the hours from magnesium to a medicine are not kept",
        "planner/safety/clock.py",
        "hours += [rule.after_h for rule in other.apart if _is_meant(rule, other, one)]",
        "hours += [0.0]",
        f"{SCHEDULE}a_medicine_taken_twice_stands_twice_in_the_day",
    ),
    Fault(
        "the night between two days is forgotten",
        "planner/safety/clock.py",
        "        and keeps_night(second, first)\n",
        "",
        "tests/planner/safety/test_clock.py::test_hours_are_kept_today_and_over_the_night",
    ),
    Fault(
        "what a meal holds binds no medicine",
        "planner/safety/clock.py",
        "return rule.kind == FOOD or _holds(other, rule.kind, rule.meal_from)",
        "return rule.kind == FOOD",
        "tests/planner/safety/test_clock.py::test_a_meal_counts_from_what_it_holds",
    ),
    Fault(
        "a weekly medicine is taken every day",
        "planner/plan/times.py",
        "due = [one for one in weekly if on is not None and on in one.weekdays]",
        "due = [*weekly]",
        "tests/planner/plan/test_times.py::"
        "test_a_named_day_has_the_weekly_medicine_and_no_other_day_its_hours",
    ),
    Fault(
        "a refused pill keeps its hour",
        "planner/safety/fit_day.py",
        "taken = [one for one in every if one.kind not in contents.refused]",
        "taken = list(every)",
        f"{SCHEDULE}a_refused_pill_has_no_hour_and_is_named",
    ),
    Fault(
        "a tablet that is taken already is split",
        "planner/plan/doses.py",
        "    if one.taken_dose is not None:\n",
        "    if False:\n",
        "tests/planner/plan/test_doses.py::test_a_tablet_that_is_taken_already_is_never_split",
    ),
    Fault(
        "weak kidneys get the calcium of bones",
        "planner/targets/clinical.py",
        "no_floor.union(*(one.instead_of_floor for one in effects))",
        "no_floor",
        "tests/planner/targets/test_clinical.py::"
        "test_the_calcium_of_weak_kidneys_is_for_grown_ups_from_stage_3_on",
    ),
    # the basket
    Fault(
        "an equality is an inequality",
        "planner/basket/model.py",
        '"=": operator.eq',
        '"=": operator.ge',
        f"{BASKET}an_equality_gives_way_to_the_nearer_side",
    ),
    Fault(
        "an open package spoils a day early",
        "foods/openings.py",
        "        stale = day - since > last\n",
        "        stale = day - since >= last\n",
        "tests/planner/model/test_packages.py::"
        "test_an_open_can_that_keeps_two_days_is_used_before_the_next",
    ),
    Fault(
        "a second meal opens its packages on the day that it is eaten, too",
        "planner/model/packages.py",
        "is_own = (self.needs[columns] < 0) & (np.asarray(columns) >= 0)",
        "is_own = np.asarray(columns) >= 0",
        "tests/planner/model/test_packages.py::"
        "test_a_second_meal_uses_packages_on_the_day_that_its_dish_is_cooked",
    ),
    Fault(
        "the list opens a can for a second meal on the day that it is eaten",
        "planner/kitchen/batch.py",
        "        on = day.day if item.leftover_of is None else item.leftover_of\n",
        "        on = day.day\n",
        "tests/planner/kitchen/test_openings.py::"
        "test_a_second_meal_takes_its_beans_on_the_day_that_it_is_cooked",
    ),
    Fault(
        "a list leaves out what is peeled off",
        "planner/kitchen/counter.py",
        "        return self.food.sold_g_per_100g / 100\n",
        "        return 1.0\n",
        "tests/planner/kitchen/test_shopping.py::"
        "test_peel_is_added_to_what_a_cooked_food_is_bought_as",
    ),
    Fault(
        "a list buys a package less than it opens",
        "planner/kitchen/till.py",
        "(parts[day] + past[-1] + rest - before) // PARTS",
        "(parts[day] + past[-1] + rest - before) // PARTS - (day == 0)",
        "tests/planner/kitchen/test_shopping.py::"
        "test_no_list_buys_too_little_and_each_sums_back_to_the_plan",
    ),
    Fault(
        "a relaxation is half of what it takes",
        "planner/basket/conflict.py",
        "        return scaled / model.scales.nutrient[row.name]\n",
        "        return scaled / model.scales.nutrient[row.name] / 2\n",
        f"{BASKET}the_conflict_and_the_smallest_changes_by_hand",
    ),
    # the score of realism
    Fault(
        "one part may take a whole day",
        "planner/realism/score.py",
        'found[part_id] = (min(rule["most"], cost), faults)',
        "found[part_id] = (cost, faults)",
        "tests/planner/realism/test_score.py::test_a_part_costs_its_most_and_not_more",
    ),
    Fault(
        "what is wrong between days costs nothing",
        "planner/realism/score.py",
        "sum(scores) / len(scores) - lost",
        "sum(scores) / len(scores)",
        "tests/planner/realism/test_planted.py::test_one_day_eaten_seven_times_is_no_week",
    ),
)


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """Copy what runs and its tests, and compile it once, which saves half of the time."""
    folder = tmp_path_factory.mktemp("clean")
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part)
        compileall.compile_dir(folder / part, quiet=1)
    shutil.copy2(ROOT / "pyproject.toml", folder)
    return folder


RUNNER = """
import os, sys
import click, hypothesis, numba, numpy, pulp, pydantic, pytest, tomlkit
OPTIONS = ["-q", "--tb=short", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:anyio"]
for line in sys.stdin:
    folder, *names = line.rstrip().split("|")
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        sys.path.insert(0, folder)
        told = os.open("told", os.O_WRONLY | os.O_CREAT)
        os.dup2(told, 1), os.dup2(told, 2)
        code = pytest.main([*OPTIONS, *names])
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def run_tests():
    """Run tests of a copy in a process that has read what is of others, and nothing of ours."""
    ours = ("PYTEST_", "PYTHONDONTWRITEBYTECODE")
    own = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    with subprocess.Popen(
        [sys.executable, "-c", RUNNER],
        cwd="/",
        env=own,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as runner:

        def run(folder: Path, *names: str) -> tuple[int, str]:
            runner.stdin.write("|".join([str(folder), *names]) + "\n")
            runner.stdin.flush()
            code = int(runner.stdout.readline())
            return code, (folder / "told").read_text(encoding="utf-8")

        yield run


def plant(folder: Path, fault: Fault) -> None:
    path = folder / fault.file
    text = path.read_text(encoding="utf-8")
    assert fault.old in text, f"{fault.file} no longer holds {fault.old!r}: plant it anew"
    path.unlink()  # a link to the clean one
    path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        compiled.unlink()


def test_the_guards_pass_where_nothing_is_planted(run_tests, clean):
    names = sorted({fault.caught_by for fault in FAULTS})
    code, told = run_tests(clean, *names)
    assert code == 0, told


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "_"))
def test_a_planted_defect_is_caught(fault, run_tests, clean, tmp_path):
    folder = tmp_path / "planted"
    shutil.copytree(clean, folder, copy_function=os.link)
    plant(folder, fault)
    # what shortens searches takes longer to load than a test that plans nothing
    needed = () if is_slow(fault.caught_by) else ("-p", "no:tests.short_search")
    code, told = run_tests(folder, *needed, fault.caught_by)
    assert code == 1, told
    assert CAUGHT.search(told), told


def test_at_least_twenty_defects_are_planted():
    assert len({(fault.file, fault.old, fault.new) for fault in FAULTS}) >= 20
