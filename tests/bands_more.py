"""Recompute what every plan says of amounts, upper levels, names left out and safety of a state."""

import re

from tests.bands_checks import KEYS, at_most, name_of, need_is_right
from tests.bands_printed import FIGURES, SLACK, allergens_of, figures, near

REL = 1e-4
COLUMNS = set(next(iter(FIGURES.values()))) - {"food_id", "name", "group", "fdc_id", "ndb_no"}
NOT_PREGNANT = (
    "liver", "high_mercury", "alcohol", "raw_egg", "raw_fish", "raw_meat", "raw_sprouts",
    "unpasteurised", "mould_ripened", "cold_cuts",
)  # fmt: skip
MEANS = {
    "nuts": {"tree_nut", "peanut"}, "nut allergy": {"tree_nut", "peanut"}, "gluten": {"gluten"},
    "milk": {"milk"}, "egg": {"egg"}, "soy": {"soy"}, "fish": {"fish"}, "sesame": {"sesame"},
    "shellfish": {"crustaceans", "molluscs"}, "peanut": {"peanut"}, "coeliac": {"gluten"},
}  # fmt: skip
UNDER_9, UNDER_14 = 3450, 3750  # mg of potassium, half more than is recommended


def fibre_much(eaten, found):
    got = eaten.days("fibre_g")
    assert near(float(found[1]), sum(got) / len(got))
    assert sum(got) / len(got) > 38


def calcium_much(eaten, found):
    stated, limit, per_kg = map(float, found.groups())
    got = eaten.days("calcium_mg")
    mean = sum(got) / len(got)
    assert near(stated, mean)
    assert near(limit, per_kg * eaten.profile["weight_kg"])
    assert mean > per_kg * eaten.profile["weight_kg"]


def ratio_high(eaten, found):
    ratio, limit = map(float, found.groups())
    got = sum(eaten.days("calcium_mg")) / sum(eaten.days("magnesium_mg"))
    assert near(ratio, got, 0.0501)
    assert got > limit


def sodium_aim(eaten, found):
    bands = [one for one in eaten.owner["targets"] if one["nutrient"] == "sodium_mg"]
    uppers = {one[side] for one in bands for side in ("upper", "preferred_upper")} - {None}
    assert near(float(found[1].replace(",", "")), min(uppers), 0.501)


def ratio_asks(eaten, found):
    calcium, ratio, magnesium = map(float, found.groups())
    assert near(magnesium, calcium / ratio)
    pairs = zip(eaten.weeks("calcium_mg"), eaten.weeks("magnesium_mg"), strict=True)
    assert all(ca <= ratio * mg * (1 + REL) and ca >= calcium * (1 - REL) for ca, mg in pairs)


def magnesium_upper(eaten, found):
    assert max(eaten.pills("magnesium_mg")) <= float(found[1]) + SLACK


def no_target(eaten, found):
    """An intake that is named beside a plan and is no floor of it."""
    key = KEYS[found[1]][0]
    assert eaten.floors(key) == [], key


def stricter(eaten, found):
    key, side = KEYS[found[1]][0], found[2]
    values = [float(one) for one in re.findall(rf"{side} ([\d.]+)", found[0])]
    strict = min(values) if side == "at most" else max(values)
    which = "upper" if side == "at most" else "lower"
    stated = [one[which] for one in eaten.bands(key) if one[which]]
    assert any(one <= strict if side == "at most" else one >= strict for one in stated), stated


def iron_before_menopause(eaten, _found):
    assert max(eaten.floors("iron_mg")) >= 14


def calcium_upper(eaten, _found):
    at_most(eaten, "calcium_mg", 2500)


def no_calcium_pill(eaten, _found):
    if not eaten.asked["supplements"]:
        assert not any(eaten.pills("calcium_mg"))


def calcium_held(eaten, found):
    at_most(eaten, "calcium_mg", float(found[1].replace(",", "")))
    assert eaten.floors("calcium_mg") == []
    no_vitamin_d_aim(eaten, found)


def no_vitamin_d_aim(eaten, found):
    assert eaten.floors("vitamin_d_ug") == []
    if not eaten.asked["supplements"]:
        assert not any(eaten.pills("vitamin_d_ug"))
    no_calcium_pill(eaten, found)


def no_sodium_ceiling(eaten, _found):
    held = {"high blood pressure", "heart failure"}
    if not any(one in str(eaten.profile["conditions"]) for one in held):
        assert [one for one in eaten.bands("sodium_mg") if one["upper"]] == []


def porphyria(eaten, found):
    assert eaten.flagged("alcohol") == []
    grams = eaten.weeks("carbohydrate_g")
    energy = eaten.weeks("energy_kcal")
    least = float(found[1]) / 100 * (1 - REL)
    assert all(4 * g >= least * kcal for g, kcal in zip(grams, energy, strict=True))


def no_fibre_floor(eaten, _found):
    assert eaten.floors("fibre_g") == []


def check_bands(eaten):
    """Add up every band that the plan states in a nutrient of the table; gives how many."""
    count = 0
    for band in eaten.owner["targets"]:
        key = band["nutrient"]
        if band["basis"] == "total" and key in COLUMNS and key != "folate_ug_dfe":
            count += 1
            got = eaten.whole(key) if band["period"] == "day" else eaten.weeks(key)
            if band["hard"]:
                assert band["upper"] is None or max(got) <= band["upper"] * (1 + REL), (band, got)
                assert band["lower"] is None or min(got) >= band["lower"] * (1 - REL), (band, got)
    return count


def check_person(eaten):
    """Hold a plan to what is true of everybody in a state or at an age, though no note says it."""
    need_is_right(eaten)
    who, kinds = eaten.profile, 1
    if who["state"] == "pregnant":
        assert eaten.flagged(*NOT_PREGNANT) == []
        kinds += 1
    if who["state"] in ("pregnant", "lactating"):
        at_most(eaten, "caffeine_mg", 200)
    if who["age"] < 14:
        at_most(eaten, "fibre_g", max(35, who["age"] + 25))
        at_most(eaten, "potassium_mg", UNDER_9 if who["age"] < 9 else UNDER_14)
    if who["age"] < 18:
        assert eaten.flagged("alcohol") == []
    return kinds


def check_left_out(eaten):
    """Hold the foods to each name that was asked to be left out; gives how many."""
    names = [one for one in eaten.asked["preferences"]["without"] if one in MEANS]
    names += [one for one in eaten.profile["conditions"] if one in MEANS]
    for name in names:
        assert not [one for one in eaten.masses if MEANS[name] & allergens_of(one)], name
    return len(names)


def check_phosphate(eaten):
    """Weak kidneys: whatever holds additive phosphate is named."""
    egfr = eaten.profile["egfr"]
    if egfr is not None and egfr < 60:
        said = eaten.the("Phosphate is usually added to: ") or ""
        unsaid = [one for one in eaten.flagged("additive_phosphate") if name_of(one) not in said]
        assert unsaid == []


def check_banner_first(eaten):
    """The banner stands above all else."""
    if eaten.banner and eaten.text and eaten.name is None:
        assert " ".join(eaten.text.split()).startswith(" ".join(eaten.banner.split()))


def kidneys_shown(eaten, found):
    egfr = eaten.profile["egfr"]
    assert egfr is None or figures(found[1].split("eGFR")[-1]) == [egfr]


def pregnant_shown(eaten, _found):
    assert eaten.profile["state"] == "pregnant"
