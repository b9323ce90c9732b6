"""Which sentence is recomputed how, and which says nothing about the plan that it stands beside."""

import re
import tomllib
from collections import Counter
from pathlib import Path

from tests import bands_checks as checks
from tests import bands_more as more
from tests.bands_printed import eaters_of

SENTENCES = Path(__file__).parents[1] / "configs" / "safety" / "sentences.toml"
N = r"([\d.]+)"

# words in which a sentence promises something of the amounts of a plan
PROMISE = re.compile(
    r"(each|every) day (holds|has|stays)|of each day stays|is held to|are held to|are left out"
    r"|at most [\d{][^ ]* m?g (each|a) day|stays within|stay within|no plan below"
    r"|not a minimum|no minimum is set"
)

# id of sentences.toml → how it reads in print, and what recomputes it
RECOMPUTED = {
    "warfarin_even": (rf"Vitamin K of each day stays within {N} % of the mean of all days",
                      checks.warfarin_even),
    "warfarin_told": (rf"Vitamin K of each day stays within {N} % of the {N} µg that you ate before"
                      rf": {N} to (\d+(?:\.\d+)?) µg", checks.warfarin_told),
    "warfarin_not_told": (rf"How many greens .* held to {N} to {N} µg a day",
                          checks.warfarin_not_told),
    "insulin_carbohydrate": (rf"The carbohydrate in a given meal differs by at most {N} g .* twice",
                             checks.insulin_carbohydrate),
    "oxalate_cap": (rf"Foods rich in oxalate are left out, .* held to {N} mg at most on each day",
                    checks.oxalate_cap),
    "oxalate_known": (rf"Oxalate: {N} % of this plan's food by weight", checks.oxalate_known),
    "oxalate_calcium": ("Calcium is not cut and comes with meals", checks.oxalate_calcium),
    "potassium_by_day": (r"([A-Z][\w ]+) by day, for the clinic: (.+) (?:mg|µg|g)\.",
                         checks.by_day),
    "asked_by_day": (r"([A-Z][\w ]+) by day: (.+) (?:mg|µg|g)\.", checks.by_day),
    "clinic_figure": (rf"(\w+): at most {N} m?g each day, as your clinic", checks.clinic_figure),
    "kidney_caps": ("A figure of the clinic .* is kept each day", checks.clinic_kept),
    "potassium_no_floor": ("Kidneys or medicines hold .* not a minimum here",
                           checks.potassium_no_floor),
    "conflict_potassium_dash": ("High blood pressure calls for plenty .* no minimum",
                                checks.potassium_no_floor),
    "potassium_capped": (".*no figure of the clinic is given: each day holds at most the recommen",
                         checks.potassium_capped),
    "potassium_sound_kidneys": ("A medicine here holds potassium back, or .* at most 4,700 mg",
                                checks.potassium_sound_kidneys),
    "potassium_ratio": (rf"Food rich in magnesium .* up to {N} instead of",
                        checks.ratio_of_capped_potassium),
    "potassium_egfr": ("Potassium is held to the recommended intake", checks.potassium_capped),
    "kidney_protein": (rf"With kidney disease .* at most {N} g of protein per kg",
                       checks.kidney_protein),
    "conflict_kidney_protein": (rf"Bones and age .* each day has at most {N} g per kg",
                                checks.conflict_kidney_protein),
    "kidney_calcium": (rf"With kidney .* is {N} to {N} mg in the mean of a week and {N} to {N} mg "
                       "on each day", checks.kidney_calcium),
    "conflict_kidney_stones": (rf"Stones call for not cutting .* kidneys for {N} to {N} mg",
                               checks.conflict_kidney_calcium),
    "conflict_kidney_calcium": (rf"After 50, bones .* weak kidneys for {N} to {N} mg in all",
                                checks.conflict_kidney_calcium),
    "kidney_ratio_off": ("With kidney disease Ca:Mg is no goal", checks.ratio_off),
    "no_salt_substitute": ("No salt substitutes", checks.no_salt_substitute),
    "named_additive_phosphate": (r"Phosphate is usually added to: (.+)\. It is absorbed",
                                 checks.additive_phosphate),
    "dash": (rf"With high blood pressure sodium is at most {N} mg every day",
             checks.sodium_each_day),
    "heart_failure_clinic": (rf"Heart failure: sodium is held to {N} mg each day",
                             checks.sodium_each_day),
    "lithium_sodium": (rf"Lithium .* within {N} % .* average is {N} mg", checks.lithium_sodium),
    "active_bowel_fibre": (
        rf"While the bowel is active, .* at most {N} g of fiber and {N} g more for each",
        checks.active_bowel_fibre),
    "lactose_limit": (rf"Lactose stays within {N} g at a sitting and {N} g a day",
                      checks.lactose_limit),
    "other_steady": (rf"Something here is unknown .* within {N} % of the mean of the plan's days",
                     checks.other_steady),
    "other_condition": (".* is not known to this program: no supplement is planned",
                        checks.no_pill_chosen),
    "refeeding": ("No plan below the need", checks.not_below_need),
    "gestational_diabetes_clinic": ("Gestational diabetes: no plan below the need",
                                    checks.not_below_need),
    "hypercalcaemia_clinic": (rf"High calcium in blood: each day holds at most {N} mg",
                              more.calcium_held),
    "sarcoidosis_vitamin_d": ("Sarcoidosis can make", more.no_vitamin_d_aim),
    "ileostomy_salt": ("Ileostomy: .* sodium has no upper limit", more.no_sodium_ceiling),
    "acute_porphyria": (rf"Acute porphyria: .* at least {N} % of the energy", more.porphyria),
    "hyperemesis_clinic": ("Hyperemesis: .* fiber has no minimum", more.no_fibre_floor),
    "favism_beans": ("With G6PD deficiency fava beans", checks.nothing_called("fava")),
    "fructose_malabsorption_foods": (
        "Fructose malabsorption: honey and the fruits", checks.nothing_called(
            r"honey|\bapples?\b|\bpears?\b|mango|watermelon|cherries|\bfigs?\b|dates|raisin|grapes")),
    "low_fodmap_lists": ("Foods and portions go by published lists", checks.nothing_called(
        r"onion|garlic|cauliflower|mushroom|\bapples?\b|\bpears?\b|honey\b|chickpea|yogurt|cashew")),
    "histamine_foods": ("Histamine intolerance: aged cheese", checks.nothing_called(
        r"cheddar|parmesan|gouda|blue cheese|sauerkraut|miso|soy sauce|smoked salmon|sardine|tuna"
        r"|bacon|\bham\b|vinegar|wine|beer|tomato|spinach|eggplant|avocado")),
    "haemochromatosis_iron": ("Iron overload: no alcohol", checks.haemochromatosis),
    "gout_drink": ("No table here tells purines", checks.nothing_called(
        "liver|anchov|herring|mussel|sardine|scallop")),
    "latex_fruit": ("Latex-fruit syndrome", checks.nothing_called(
        "banana|avocado|guacamole|kiwi|chestnut")),
    "alpha_gal_milk": ("Alpha-gal syndrome: milk is left out too", checks.nothing_called(
        r"\bmilk\b(?!.*(?:coconut|almond|oat))|cheese|yogurt|beef|pork|lamb|bacon|\bham\b")),
    "pregnancy_oily_fish": ("Oily fish at most twice a week", checks.oily_fish_twice),
    "wilson_clinic": ("Wilson's disease: liver, shellfish, nuts", checks.nothing_called(
        r"\bliver\b|shrimp|oyster|clam|mussel|almond|cashew|walnut|pecan|peanut|mushroom|chocolate|cocoa")),
    "cirrhosis_clinic": ("Cirrhosis: no plan below the need and no alcohol", checks.cirrhosis),
    "hypoglycaemia_meals": ("A medicine here can lower .* no meal is skipped",
                            checks.no_meal_skipped),
    "transplant_clinic": ("After a transplant, raw egg", checks.transplant),
    "retinoid_vitamin_a": ("With a retinoid, no liver", checks.retinoid),
    "maoi_tyramine": ("Aged cheese, fermented soy", checks.tyramine),
    "immune_medicine": (".*: raw and cold-smoked fish, .* are left out", checks.immune_medicine),
    "caffeine_medicine": (rf".*: caffeine is held to {N} mg a day", checks.caffeine_held),
    "levodopa_protein": (rf"Levodopa: no meal holds more than {N} g of protein",
                         checks.protein_by_meal),
    "coeliac_gluten": ("Wheat, barley, rye", checks.coeliac),
    "fibre_above_38": (rf"{N} g of fiber a day is much", more.fibre_much),
    "calcium_per_kg": (rf"Calcium of {N} mg a day is above {N} mg \({N} mg per kg",
                       more.calcium_much),
    "ratio_above_4": (rf"Ca:Mg of {N} is above {N}", more.ratio_high),
    "iron_before_menopause": ("Your iron target is the one", more.iron_before_menopause),
    "calcium_pills_split": ("Calcium pills, .* stays within its upper level", more.calcium_upper),
    "hypercalcaemia_food": ("Calcium in food is planned", more.no_calcium_pill),
    "folic_acid_pregnancy": ("Beside folate from food, .* no plan chooses it",
                             checks.no_folic_acid_chosen),
}  # fmt: skip

# what else is printed beside a plan, from elsewhere than sentences.toml
OTHERS = {
    "eating disorder": ("Eating disorder or a body mass index .*: no plan below the need",
                        checks.not_below_need),
    "tyramine of a medicine": (".*: Aged cheese, fermented soy .* left out", checks.tyramine),
    "ratio asks": (rf"Calcium of {N} mg and Ca:Mg of at most {N} together ask for {N} mg",
                   more.ratio_asks),
    "salted lightly": (r"Salted lightly.*: .* at most ([\d,]+) mg of sodium", more.sodium_aim),
    "supplement UL": (rf"Magnesium .* of {N} mg: counts supplements", more.magnesium_upper),
    "no target": (r"(Sodium|Potassium): the .* is no goal of the plan", more.no_target),
    "stricter": (r"([A-Z][\w ,]+?): .*(at most|at least) .*; the stricter holds", more.stricter),
}  # fmt: skip

# ids whose text, though it may hold figures, is no statement about the amounts of a plan
SAYS_NOTHING = {
    "of pills that are taken": (
        "serum_test", "weeks_to_normal", "excess_and_bone", "no_drug_replacement", "zinc_dose",
        "aluminium_antacid", "toxic_dose", "pills_over", "pills_held", "pills_far_over",
        "pills_far_over_child", "potassium_pills", "potassium_child", "potassium_under_18",
        "kelp_iodine", "licorice_pregnant", "raw_milk", "wild_mushrooms", "kombucha",
        "star_fruit", "salt_substitute_held", "iodine_drops", "salt_tablets", "raw_meat_eaten",
        "licorice_pressure", "st_johns_wort", "food_unbounded", "calcium_pills_above_4",
        "read_leaflet", "weak_kidneys_taken", "ask_antacids", "no_upper_level",
        "folic_acid_beside_folate", "pills_in_pregnancy", "own_standard_capped",
        "above_upper_level", "asked_condition", "avoided_compound", "forbidden_nutrient",
        "fewer_pills", "two_anticoagulants",
    ),
    "of hours": (
        "keeps_bounds", "keeps_none", "stricter_half",
        "no_time_of_day", "assumed_once", "hours_apart", "on_some_days", "any_time",
        "schedule_not_allowed", "schedule_prescribed", "bisphosphonate_first", "unknown_medicine",
        "never_with", "pill_refused", "meals_assumed", "name_its_day", "daily_on_purpose",
        "rest_of_day", "rarely_daily", "with_water", "no_hour_in_calendar", "words_unused",
        "no_medicine", "hour_moved", "at_hours", "with_food_against", "without_food_against",
        "before_its_meal",
    ),
    "why a request is not planned": (
        "not_understood", "not_understood_remedy", "potassium_kidneys", "potassium_condition",
        "potassium_serum", "potassium_binder", "potassium_raisers", "potassium_raisers_in_one",
        "potassium_no_plan", "potassium_clinic",
        "potassium_figure", "nothing_there", "other_list", "how_often", "figures",
        "entry_too_long", "one_entry", "rhythm_asked", "rhythm_each", "rhythm_daily",
        "not_understood_condition", "other_stop", "other_stop_remedy", "food_two_ways",
        "sglt2_carbohydrate",  # which a request is held to: ``tests/rule_cases.py``
    ),
    "how a word was read": (
        "other_reading", "medicine_without_rule", "changes_nothing", "not_used", "other_agreed",
        "other_left_out", "given_for", "medicine_which",
    ),
    "general, or for somebody to do": (
        "no_menopause_bonus", "alcohol_loses", "kidney_rich", "bone_food_first", "bone_evidence",
        "mg_d_together", "older_men", "diabetes_no_treatment", "diabetes_kidneys",
        "insulin_prescriber", "sglt2_ketoacidosis", "sglt2_diabetes", "coeliac_clinic",
        "lactose_calcium", "dash_medicines",
        "bowel_fibre", "stoma_block", "gastroparesis_meals", "bariatric_portions",
        "warfarin_clinic", "warfarin_before",
        "thyroid_breakfast", "vegan_b12", "pregnancy_medicine", "addison_clinic",
        "pregnancy_unchecked", "breastfeeding_medicine", "absorbed_well", "cystic_fibrosis_clinic",
        "pre_eclampsia_clinic", "pregnancy_iodine", "vegan_iodine", "vitamin_d_deficiency",
        "choking", "salt_held_down",
        "ibs_meals", "low_fodmap_phase", "low_fodmap_labels", "low_fodmap_fiber", "low_fodmap_few",
    ),
    "which of two rules holds; that rule has its own sentence": (
        "conflict_calcium", "conflict_lactose_calcium", "conflict_oxalate_calcium",
        "conflict_menopause", "conflict_calcium_pills", "conflict_warfarin_greens",
    ),
    "parts of the banner, which is recomputed below": (
        "banner", "banner_potassium", "banner_potassium_clinic", "banner_potassium_capped",
        "banner_potassium_sound_kidneys", "banner_potassium_not_held",
    ),
}  # fmt: skip

BANNER = {
    r"kidneys \((.*?)\)": more.kidneys_shown,
    r".*: at most ([\d,]+) mg of potassium each day": checks.banner_clinic,
    ".*: each day at most the recommended potassium": checks.potassium_capped,
    ".*: each day at most 4,700 mg of potassium": checks.potassium_sound_kidneys,
    ".*: potassium in blood can rise; ask how often to have it measured": None,
    rf"calcium to magnesium up to {N} because of it": checks.ratio_of_capped_potassium,
    "(?:potassium|magnesium) in blood is (?:above normal|high|low): ": None,  # of no bound
    "pregnant": more.pregnant_shown,
    ".*: vitamin K is kept even": lambda eaten, _: checks.even(eaten, "vitamin_k_ug"),
    "insulin: carbohydrate of each meal is kept even": lambda eaten, _: checks.insulin(eaten, 15),
    ".*: nothing aged, cured, smoked or fermented": checks.tyramine,
    ".*: salt is kept even": lambda eaten, _: checks.even(eaten, "sodium_mg"),
    "eating disorder or low weight: no plan below the need": checks.not_below_need,
    "bowel or stomach disease: fiber is held down": checks.active_bowel_fibre_held,
    r"high calcium in blood: at most ([\d,]+) mg of calcium each day": more.calcium_held,
    "acute porphyria: no plan below the need, no meal skipped": checks.not_below_need,
    "hyperemesis: ring your maternity|surgery of the (?:stomach|bowel): in the first": None,
    r"unknown to this program \(": checks.unknown_held,
    ".*: no raw or unpasteurized food": checks.immune_medicine,
    ".*: not for breastfeeding|any other medicine: not checked for pregnancy": None,
    r"pre-eclampsia: ring your maternity unit|gestational diabetes: show this plan": None,
    ".*: no fasting and no low-carbohydrate diet without your clinic": None,
    "cystic fibrosis: energy and salt are an ordinary person's": None,
    r".*: not for pregnancy|organ transplant|heart failure|cirrhosis|adrenal failure": None,
    "Wilson's disease": None,
}


def read_sentences():
    """Read the text of every sentence, by id."""
    return {key: row["text"] for key, row in tomllib.loads(SENTENCES.read_text("utf-8")).items()}


def hold(eaten):
    """Hold a plan to every sentence that it prints for an eater; gives how often each was held."""
    held = Counter()
    for note in eaten.notes:
        read = [(name, check, found) for name, (pattern, check) in {**RECOMPUTED, **OTHERS}.items()
                if (found := re.match(pattern, note))]  # fmt: skip
        assert read or not PROMISE.search(note.lower()), f"nothing recomputes this: {note}"
        for name, check, found in read:
            checked(name, check, eaten, found)
            held[name] += 1
    held.update(hold_banner(eaten))
    held["stated band"] += more.check_bands(eaten)
    held["state or age"] += more.check_person(eaten)
    held["left out"] += more.check_left_out(eaten)
    more.check_phosphate(eaten)
    more.check_banner_first(eaten)
    return held


def hold_banner(eaten):
    """Hold a plan to each part of its banner."""
    held = Counter()
    subjects = eaten.banner.partition(": ")[2].rstrip(".")
    for subject in filter(None, re.split(r"; (?![^(]*\))", subjects)):
        fitting = [(one, check) for one, check in BANNER.items() if re.match(one, subject)]
        assert fitting, f"a part of the banner that nothing recomputes: {subject}"
        for pattern, check in fitting:
            if check:
                checked(f"banner {pattern}", check, eaten, re.match(pattern, subject))
            held["banner"] += 1
    return held


def checked(name, check, eaten, found):
    """Run a check; what it finds wrong names the sentence."""
    try:
        check(eaten, found)
    except AssertionError as error:
        raise AssertionError(f"{name}: {found.string[:160]!r}: {error}") from error


def hold_all(plan, text=""):
    """Hold a plan to all that it prints; gives what was held, by eater."""
    assert not plan.get("eaters") or "by_meal" not in plan
    return {one.name: hold(one) for one in eaters_of(plan, text)}
