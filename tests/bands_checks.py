"""Recompute each sentence about a band, of conditions that ask for one, from what is eaten."""

import re
from itertools import combinations

from tests.bands_printed import (
    CATALOGUE,
    FIGURES,
    MAIN,
    SLACK,
    allergens_of,
    figures,
    flags_of,
    near,
)

KEYS = {
    "Potassium": ("potassium_mg", "potassium"),
    "Phosphorus": ("phosphorus_mg", "phosphorus"),
    "Protein": ("protein_g", "protein"),
    "Sodium": ("sodium_mg", "sodium"),
    "Vitamin K": ("vitamin_k_ug", "vitamin_k"),
    "Oxalate": ("oxalate_mg", "oxalate"),
    "Saturated fat (share of energy)": ("saturated_fat_pct_energy", ""),
}
LINE_G = 5  # from which a food counts as served
WITHOUT_FIGURE_MG = 2600  # potassium, where a standard recommends none
TYRAMINE = re.compile(
    r"cheddar|parmesan|blue cheese|brie|camembert|gouda|gruy|swiss cheese|provolone|feta|miso|natto"
    r"|tempeh|soy sauce|tamari|teriyaki|hoisin|beer|kimchi|sauerkraut"
    r"|pesto|caesar|nutritional yeast|smoked salmon|fava|anchov|\bham\b|bacon|goat cheese",
    re.IGNORECASE,
)
# NASEM (2023), adults: constant, age, height, weight
EER = {
    ("m", "inactive"): (753.07, -10.83, 6.50, 14.10),
    ("m", "low_active"): (581.47, -10.83, 8.30, 14.94),
    ("m", "active"): (1004.82, -10.83, 6.52, 15.91),
    ("m", "very_active"): (-517.88, -10.83, 15.61, 19.11),
    ("f", "inactive"): (584.90, -7.01, 5.72, 11.71),
    ("f", "low_active"): (575.77, -7.01, 6.60, 12.14),
    ("f", "active"): (710.25, -7.01, 6.54, 12.34),
    ("f", "very_active"): (511.83, -7.01, 9.07, 12.56),
}


def at_most(eaten, key, most):
    """Hold every day to at most so much."""
    got = eaten.whole(key)
    assert max(got) <= most + SLACK, (key, most, got)


def at_least(eaten, key, least):
    got = eaten.whole(key)
    assert min(got) >= least - SLACK, (key, least, got)


def even(eaten, key, share=0.25):
    """Hold every day to a share of the mean of the plan's days."""
    got = eaten.whole(key)
    mean = sum(got) / len(got)
    assert all(abs(one - mean) <= share * mean + SLACK for one in got), (key, got)


def most_potassium(eaten):
    """Give what a day holds at most where the clinic gave no figure."""
    return eaten.recommended("potassium") or WITHOUT_FIGURE_MG


def warfarin_even(eaten, found):
    even(eaten, "vitamin_k_ug", float(found[1]) / 100)
    assert eaten.the("Vitamin K by day, for the clinic: ")
    told = eaten.the(r"Vitamin K of each day stays within 25 % of the \d")
    assert (told is None) != (eaten.the("How many greens did you eat before") is None)


def warfarin_told(eaten, found):
    before, low, high = map(float, found.groups()[1:])
    assert before == eaten.profile["vitamin_k_before_ug"]
    assert (low, high) == (float(f"{0.75 * before:.4g}"), float(f"{1.25 * before:.4g}"))
    at_least(eaten, "vitamin_k_ug", 0.75 * before)
    at_most(eaten, "vitamin_k_ug", 1.25 * before)


def warfarin_not_told(eaten, found):
    low, high = map(float, found.groups())
    assert high <= 180  # half more than the adequate intake of a man
    for mean in eaten.weeks("vitamin_k_ug"):
        assert low * 0.999 <= mean <= high * 1.001, mean


def insulin(eaten, most_g):
    """Hold the meals to their spread; none is twice another of its day."""
    days = eaten.by_meal("carbohydrate_g")
    missed = [{one["slot"] for one in day.get("missed", ())} for day in eaten.plan["days"]]
    for slot in {slot for day in days for slot in day} - {None}:
        grams = [day.get(slot, 0.0) for day, out in zip(days, missed, strict=True)
                 if slot not in out]  # fmt: skip
        assert max(grams) - min(grams) <= most_g + SLACK, (slot, grams)
    for day in days:
        for one, other in combinations([day[slot] for slot in MAIN if slot in day], 2):
            assert max(one, other) <= 2 * min(one, other) + SLACK, day


def insulin_carbohydrate(eaten, found):
    insulin(eaten, float(found[1]))
    no_meal_skipped(eaten, found)
    carbohydrate_table(eaten)


def carbohydrate_table(eaten):
    """Compare the amounts by meal, in plan.json and in print, with those of one's own plates."""
    days = eaten.by_meal("carbohydrate_g")
    table = next(one for one in eaten.owner["by_meal"] if one["nutrient"] == "carbohydrate_g")
    for day, stated in zip(days, table["days"], strict=True):
        for slot, grams in stated["meals"].items():
            assert abs((grams or 0.0) - day.get(slot, 0.0)) < 1e-6
    if eaten.text:
        own = table["text"]
        title = own if eaten.name is None else f"{eaten.name}: c{own[1:]}"
        head, *lines = eaten.text.split(f"\n{title}\n")[1].splitlines()[: len(days) + 1]
        heads = [word.lower() for word in head.split()]
        for day, line in zip(days, lines, strict=True):
            for slot, cell in zip(heads, line.split()[-len(heads) :], strict=True):
                assert cell == "-" or near(float(cell), day.get(slot, 0)), (slot, cell)


def no_meal_skipped(eaten, _found):
    days = eaten.by_meal("energy_kcal")
    for day, stated in zip(days, eaten.plan["days"], strict=True):
        elsewhere = {one["slot"] for one in stated.get("missed", ())}
        assert all(day.get(slot) or slot in elsewhere for slot in MAIN)
        assert not elsewhere or stated["planned_share"] < 1


def oxalate_cap(eaten, found):
    at_most(eaten, "oxalate_mg", float(found[1]))
    assert eaten.flagged("oxalate_rich", "oxalate_green") == []
    viewed = [day["oxalate_mg"]["typical"] for day in eaten.owner["absorption"]["days"]]
    assert all(abs(a - b) < 1e-6 for a, b in zip(viewed, eaten.days("oxalate_mg"), strict=True))
    assert eaten.the("Oxalate by day, for the clinic: ")
    assert eaten.the("Oxalate: ")


def oxalate_known(eaten, found):
    masses = eaten.masses
    known = sum(g for one, g in masses.items() if is_known(one)) / sum(masses.values())
    assert near(float(found[1]), 100 * known, 1.0001)


def is_known(food_id):
    """Whether a food has a typical figure of oxalate, or can hold none."""
    from_plants = "plant" in CATALOGUE[food_id]["origin"].split(";")
    return bool(FIGURES[food_id]["oxalate_mg"]) or not from_plants


def oxalate_calcium(eaten, _found):
    held_by_kidneys = eaten.the("With kidney disease from stage 3 on, calcium")
    least = 800 if held_by_kidneys else eaten.recommended("calcium") or 0
    assert max(eaten.floors("calcium_mg")) >= least
    if not eaten.asked["supplements"]:
        assert not any(eaten.pills("vitamin_c_mg"))


def by_day(eaten, found):
    key = KEYS[found[1]][0]
    for shown, got in zip(figures(found[2]), eaten.days(key), strict=True):
        assert near(shown, got), (key, shown, got)


def clinic_figure(eaten, found):
    key, most = KEYS[found[1]][0], float(found[2])
    assert eaten.profile["clinic"][key] == most
    at_most(eaten, key, most)


def clinic_kept(eaten, _found):
    for key, most in eaten.profile["clinic"].items():
        at_most(eaten, key, most)


def potassium_no_floor(eaten, _found):
    assert eaten.floors("potassium_mg") == []
    assert eaten.the("Potassium by day, for the clinic: ")


def potassium_sound_kidneys(eaten, _found):
    assert "potassium_mg" not in eaten.profile["clinic"]
    at_most(eaten, "potassium_mg", 4700)


def ratio_of_capped_potassium(eaten, found):
    for calcium, magnesium in zip(
        eaten.days("calcium_mg"), eaten.days("magnesium_mg"), strict=True
    ):
        assert calcium <= float(found[1]) * magnesium + SLACK


def potassium_capped(eaten, _found):
    assert "potassium_mg" not in eaten.profile["clinic"]
    at_most(eaten, "potassium_mg", most_potassium(eaten))


def banner_clinic(eaten, found):
    most = float(found[1].replace(",", ""))
    assert near(eaten.profile["clinic"]["potassium_mg"], most)
    at_most(eaten, "potassium_mg", eaten.profile["clinic"]["potassium_mg"])


def kidney_protein(eaten, found):
    at_most(eaten, "protein_g", float(found[1]) * eaten.profile["weight_kg"])


def conflict_kidney_protein(eaten, found):
    kidney_protein(eaten, found)
    asked = max(eaten.floors("protein_g"))
    per_kg = {"none": 0.84, "pregnant": 1.1, "lactating": 1.3}[eaten.profile["state"]]
    assert asked <= max(per_kg * eaten.profile["weight_kg"], 53.4) + SLACK, asked


def kidney_calcium(eaten, found):
    low, high, least, most = map(float, found.groups())
    for mean in eaten.weeks("calcium_mg"):
        assert low - SLACK <= mean <= high + SLACK, mean
    at_least(eaten, "calcium_mg", least)
    at_most(eaten, "calcium_mg", most)


def conflict_kidney_calcium(eaten, found):
    low, high = map(float, found.groups())
    for mean in eaten.weeks("calcium_mg"):
        assert low - SLACK <= mean <= high + SLACK, mean


def ratio_off(eaten, _found):
    assert eaten.owner["ratio_mode"] == "off"
    if eaten.name is None:
        lines = [one for one in eaten.text.splitlines() if "Ca:Mg" in one]
        assert all("is no goal" in one for one in lines), lines


def no_salt_substitute(eaten, _found):
    assert eaten.flagged("salt_substitute") == []
    assert not any("substitute" in one and "salt" in one for one in eaten.masses)


def additive_phosphate(eaten, found):
    rest = found[1]
    for one in sorted(eaten.flagged("additive_phosphate"), key=lambda one: -len(name_of(one))):
        assert name_of(one) in rest, one
        rest = rest.replace(name_of(one), "")
    assert not rest.strip(", "), rest


def name_of(food_id):
    """Name a food as the catalogue does."""
    return CATALOGUE[food_id]["name"]


def sodium_each_day(eaten, found):
    at_most(eaten, "sodium_mg", float(found[1]))


def lithium_sodium(eaten, found):
    even(eaten, "sodium_mg", float(found[1]) / 100)
    assert all(mean >= float(found[2]) - SLACK for mean in eaten.weeks("sodium_mg"))


def active_bowel_fibre(eaten, found):
    least_g, more_g = float(found[1]), float(found[2])
    at_most(eaten, "fibre_g", least_g + more_g * eaten.owner["energy"]["kcal"] / 1000)
    assert eaten.floors("fibre_g") == []


def lactose_limit(eaten, found):
    meal_g, day_g = map(float, found.groups())
    at_most(eaten, "lactose_g", day_g)
    days = eaten.by_meal("lactose_g")
    assert all(g <= meal_g + SLACK for day in days for slot, g in day.items() if slot)


def other_steady(eaten, found):
    even(eaten, "potassium_mg", float(found[1]) / 100)
    even(eaten, "vitamin_k_ug", float(found[1]) / 100)


def no_pill_chosen(eaten, _found):
    """Nothing is in the plan that was not taken before."""
    taken = eaten.asked["supplements"]
    if not taken:
        assert not [item["id"] for _, _, item, _ in eaten.parts() if item["kind"] == "supplement"]


def no_folic_acid_chosen(eaten, _found):
    chosen = [item["id"] for _, _, item, _ in eaten.parts() if item["kind"] == "supplement"]
    assert eaten.asked["supplements"] or not any("fol" in one for one in chosen), chosen


def not_below_need(eaten, _found):
    need = eaten.owner["energy"]["kcal"]
    assert all(mean >= need - 1 for mean in eaten.weeks("energy_kcal")), need


def cirrhosis(eaten, found):
    not_below_need(eaten, found)
    assert eaten.flagged("alcohol") == []


def need_is_right(eaten):
    """Whether the energy that is planned for is the need of this adult."""
    who = eaten.profile
    if who["state"] != "none" or who["age"] < 19 or who["energy_kcal"]:
        return
    constant, age, height, weight = EER[who["sex"], who["activity"]]
    need = constant + age * who["age"] + height * who["height_cm"] + weight * who["weight_kg"]
    assert near(eaten.owner["energy"]["kcal"], need, 1.0), need


def transplant(eaten, _found):
    raw = ("raw_egg", "raw_fish", "raw_sprouts", "unpasteurised", "mould_ripened", "cold_cuts")
    assert eaten.flagged(*raw) == []
    assert not any("grapefruit" in one for one in eaten.masses)


def retinoid(eaten, _found):
    assert eaten.flagged("liver") == []
    assert not any(re.search(r"\bliver\b", name_of(one), re.IGNORECASE) for one in eaten.masses)


def tyramine(eaten, _found):
    assert not [one for one in eaten.masses if TYRAMINE.search(name_of(one))]
    assert eaten.flagged("alcohol") == []


def immune_medicine(eaten, _found):
    raw = ("raw_egg", "raw_fish", "raw_meat", "raw_sprouts", "unpasteurised", "mould_ripened")
    assert eaten.flagged(*raw, "cold_cuts") == []


def nothing_called(words):
    """Return a check that no food whose name holds one of ``words`` is eaten."""

    def check(eaten, _found):
        called = re.compile(words, re.IGNORECASE)
        assert not [one for one in eaten.masses if called.search(name_of(one))]

    return check


def oily_fish_twice(eaten, _found):
    oily = {"salmon", "sardine", "mackerel", "herring", "trout"}
    times = sum(
        any(
            CATALOGUE[one["food_id"]]["base"] in oily and one["mass_g"] >= LINE_G
            for one in part.get("ingredients", ())
        )
        for _, _, _, part in eaten.parts()
    )
    assert times <= 2 * -(-len(eaten.plan["days"]) // 7)


def haemochromatosis(eaten, _found):
    assert eaten.flagged("alcohol", "raw_fish") == []
    assert eaten.floors("iron_mg") == []


def caffeine_held(eaten, found):
    at_most(eaten, "caffeine_mg", float(found[1]))


def protein_by_meal(eaten, found):
    days = eaten.by_meal("protein_g")
    assert all(g <= float(found[1]) + SLACK for day in days for slot, g in day.items() if slot)
    assert not any("fava" in one for one in eaten.masses)


def coeliac(eaten, _found):
    assert not [one for one in eaten.masses if "gluten" in allergens_of(one)]
    oats = [one for one in eaten.masses if re.search(r"\boats?\b|\boat ", name_of(one).lower())]
    assert all("gluten_free_label" in flags_of(one) for one in oats), oats


def active_bowel_fibre_held(eaten, _found):
    at_most(eaten, "fibre_g", 8 + 4 * eaten.owner["energy"]["kcal"] / 1000)
    assert not [one for one in eaten.masses if {"whole_nut", "hard_to_pass"} & flags_of(one)]
    assert not {"potato_baked", "tempeh_cooked", "tempeh_raw"} & set(eaten.masses)


def unknown_held(eaten, found):
    even(eaten, "potassium_mg")
    even(eaten, "vitamin_k_ug")
    no_pill_chosen(eaten, found)
