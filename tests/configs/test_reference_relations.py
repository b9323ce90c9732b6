"""Reference values held to one another: how they run with age, sex, state, and across standards.

No value stands here, only what is known of how such values hang together, so a figure that slipped
in one row is found by its neighbours.
"""

import csv
from pathlib import Path

import pytest

import configs

FOLDER = Path(configs.__file__).parent / "standards"
STANDARDS = ("us", "eu", "uk", "who")
AGES = (2, 6, 12, 16, 25, 40, 60, 75)
ADULT = AGES[4:]
FLOORS = ("RDA", "AI", "PRI", "RNI")
UPPER = ("UL", "SUL")
MICROGRAMS = {"ug": 1.0, "mg": 1e3, "g": 1e6, "ug_RAE": 1.0, "ug_RE": 1.0, "ug_DFE": 1.0}
# of adults: after the menopause, as bones and kidneys age, and as less is eaten
RUN_WITH_AGE = {
    "us": {"calcium", "fibre", "iron", "linoleic_acid", "magnesium", "phosphorus", "vitamin_b6",
           "vitamin_d"},
    "eu": {"iron"},
    "uk": {"iron", "protein"},
    "who": {"calcium", "iron", "magnesium", "selenium"},
}  # fmt: skip
MEN_ALONE_KEEP = {"us": {"iron"}, "eu": {"iron"}, "uk": {"iron"}, "who": {"iron"}}
# men are heavier and eat more; women lose iron; a bone grows longer in boys
DIFFER_BY_SEX = {
    "us": {"alpha_linolenic_acid", "calcium", "choline", "fibre", "iron", "linoleic_acid",
           "magnesium", "manganese", "niacin", "potassium", "protein", "riboflavin", "thiamin",
           "vitamin_a", "vitamin_b6", "vitamin_c", "vitamin_k", "water_total", "zinc"},
    "eu": {"copper", "iron", "magnesium", "vitamin_a", "vitamin_b6", "vitamin_c", "vitamin_e",
           "water_total", "zinc"},
    "uk": {"calcium", "iron", "magnesium", "phosphorus", "protein", "riboflavin", "selenium",
           "vitamin_a", "vitamin_b6", "zinc"},
    "who": {"calcium", "iron", "magnesium", "selenium", "zinc"},
}  # fmt: skip
MORE_FOR_WOMEN = {"iron", "calcium"}
SAME_AS_ADULT_MAN = {("uk", "calcium"), ("uk", "phosphorus"), ("us", "calcium")}
# what a pregnancy or milk takes out of the body, where the standard gives whole values
MORE_IN = {
    ("us", "pregnant"): {"choline", "copper", "folate", "iron", "magnesium", "niacin", "protein",
                         "riboflavin", "selenium", "thiamin", "vitamin_a", "vitamin_b12",
                         "vitamin_b6", "vitamin_c", "zinc"},
    ("us", "lactating"): {"choline", "copper", "folate", "niacin", "protein", "riboflavin",
                          "selenium", "thiamin", "vitamin_a", "vitamin_b12", "vitamin_b6",
                          "vitamin_c", "vitamin_e", "zinc"},
    ("eu", "pregnant"): {"choline", "copper", "folate", "riboflavin", "vitamin_a", "vitamin_b12",
                         "vitamin_b6", "vitamin_c"},
    ("eu", "lactating"): {"choline", "copper", "folate", "potassium", "riboflavin", "selenium",
                          "vitamin_a", "vitamin_b12", "vitamin_b6", "vitamin_c"},
}  # fmt: skip


def read(standard):
    with (FOLDER / f"{standard}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {standard: read(standard) for standard in STANDARDS}


def series(standard, kinds, state="none"):
    """Give (nutrient, kind, unit, basis, condition) → sex → age → value."""
    found = {}
    for row in ROWS[standard]:
        if row["kind"] not in kinds or row["state"] != state:
            continue
        key = tuple(row[name] for name in ("nutrient", "kind", "unit", "applies_to", "condition"))
        for sex in "FM" if row["sex"] == "both" else row["sex"]:
            for age in AGES:
                if int(row["age_min_y"]) <= age <= int(row["age_max_y"]):
                    found.setdefault(key, {}).setdefault(sex, {})[age] = float(row["value"])
    return found


@pytest.mark.parametrize("standard", STANDARDS)
def test_an_adult_needs_the_same_at_every_age_but_of_what_runs_with_it(standard):
    for key, by_sex in series(standard, (*FLOORS, "EAR", "AR", *UPPER)).items():
        for sex, by_age in by_sex.items():
            adult = {by_age[age] for age in ADULT if age in by_age}
            runs = key[0] in RUN_WITH_AGE[standard] and key[0] not in (
                MEN_ALONE_KEEP[standard] if sex == "M" else ()
            )
            assert runs or len(adult) <= 1, (key, sex, by_age)


@pytest.mark.parametrize("standard", STANDARDS)
def test_both_sexes_need_the_same_but_of_what_hangs_on_the_body(standard):
    for key, by_sex in series(standard, (*FLOORS, "EAR", "AR")).items():
        women, men = by_sex.get("F", {}), by_sex.get("M", {})
        for age in set(women) & set(men):
            if key[0] not in DIFFER_BY_SEX[standard]:
                assert women[age] == men[age], (key, age)
            elif key[0] not in MORE_FOR_WOMEN:
                assert women[age] <= men[age], (key, age)
            elif age == ADULT[1] and (standard, key[0]) in SAME_AS_ADULT_MAN:
                assert women[age] == men[age], (key, age)


@pytest.mark.parametrize("standard", STANDARDS)
def test_upper_levels_are_the_same_for_both_sexes_and_rise_until_adult(standard):
    for key, by_sex in series(standard, UPPER).items():
        assert by_sex.get("F") == by_sex.get("M"), key
        growing = [by_sex["F"][age] for age in AGES[:5] if age in by_sex["F"]]
        is_bone = key[0] in ("calcium", "phosphorus")  # the young build it, so they may have more
        assert is_bone or growing == sorted(growing), (key, growing)


@pytest.mark.parametrize("standard", STANDARDS)
def test_needs_rise_through_childhood_but_of_iron_which_growth_takes_early(standard):
    for key, by_sex in series(standard, (*FLOORS, "EAR", "AR")).items():
        if key[0] == "iron" or "_per_" in key[2]:
            continue
        for sex, by_age in by_sex.items():
            growing = [by_age[age] for age in AGES[:3] if age in by_age]
            assert key[2].startswith("percent") or growing == sorted(growing), (key, sex, growing)


@pytest.mark.parametrize(("standard", "state"), MORE_IN)
def test_a_child_that_is_carried_or_fed_needs_more_of_what_it_is_built_from(standard, state):
    plain, own = series(standard, FLOORS), series(standard, FLOORS, state)
    known = set()
    for key, by_sex in own.items():
        for age in (25, 40):
            if age in by_sex["F"] and key[0] in MORE_IN[standard, state]:
                assert by_sex["F"][age] > plain[key]["F"][age], (key, age)
                known.add(key[0])
    assert known == MORE_IN[standard, state]


def test_a_recommended_intake_stands_some_deviations_above_the_average_need():
    checked = 0
    for state in ("none", "pregnant", "lactating"):
        average, recommended = series("us", ("EAR",), state), series("us", ("RDA",), state)
        for (nutrient, _, *rest), by_sex in average.items():
            for sex, by_age in by_sex.items():
                for age, need in by_age.items():
                    ratio = recommended[nutrient, "RDA", *rest][sex][age] / need
                    skewed = nutrient in ("iron", "vitamin_d")  # no bell, or set by a blood level
                    assert 1.1 <= ratio <= (2.5 if skewed else 1.46), (nutrient, state, sex, age)
                    checked += 1
    assert checked > 300


def test_no_upper_level_is_below_what_is_recommended_on_the_same_basis():
    for standard in STANDARDS:
        upper = {
            (key[0], key[2], key[3]): by_sex for key, by_sex in series(standard, UPPER).items()
        }
        for key, by_sex in series(standard, FLOORS).items():
            for sex, by_age in by_sex.items():
                for age, value in by_age.items():
                    most = upper.get((key[0], key[2], key[3]), {}).get(sex, {}).get(age)
                    assert most is None or value < most, (standard, key, sex, age)


def test_europe_allows_no_more_than_the_united_states_but_of_what_it_judged_later():
    later = {"vitamin_d", "calcium", "folate", "magnesium", "niacin", "vitamin_e", "manganese"}
    american = {(key[0], key[3]): (key, by) for key, by in series("us", UPPER).items()}
    compared = set()
    for key, by_sex in series("eu", UPPER).items():
        if (key[0], key[3]) in american and key[0] not in later:
            other, by_other = american[key[0], key[3]]
            for age in ADULT:
                own = by_sex["F"][age] * MICROGRAMS[key[2]]
                assert own <= by_other["F"][age] * MICROGRAMS[other[2]], (key, age)
            compared.add(key[0])
    assert {"copper", "selenium", "vitamin_a", "vitamin_b6", "zinc"} <= compared


def test_adults_are_recommended_about_the_same_everywhere():
    far = {"selenium", "vitamin_b12", "vitamin_c", "iron", "zinc", "vitamin_e", "vitamin_d"}
    by_nutrient = {}
    for standard in STANDARDS:
        for key, by_sex in series(standard, FLOORS).items():
            if key[2] in MICROGRAMS:
                for sex, by_age in by_sex.items():
                    place = by_nutrient.setdefault((key[0], sex), {})
                    place[standard, key[4]] = by_age.get(40, 0.0) * MICROGRAMS[key[2]]
    compared = 0
    for (nutrient, sex), found in by_nutrient.items():
        values = [value for value in found.values() if value]
        if len(values) > 1 and nutrient not in far:
            assert max(values) <= 2.1 * min(values), (nutrient, sex, found)
            compared += 1
    assert compared >= 20
