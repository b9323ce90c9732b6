"""The shipped standards: they parse, and what they say hangs together."""

import csv
import itertools

import pytest

from planner.request.profile import Profile
from planner.settings import read_settings, read_text
from planner.standards.amounts import Intake, amount_of, key_of
from planner.standards.ids import standard_ids
from planner.standards.read import read_standard
from planner.standards.standard import match_value

INTAKE = Intake(weight_kg=65, energy_kcal=2000)
CONFIDENCES = {"verified", "computed", "policy", "unconfirmed", "low"}


def _bands(standard_id, sex):
    """Rows that compete for one person, by what they say."""
    rows = [row for row in read_standard(standard_id).values if row.sex in (sex, "both")]

    def place(row):
        return (row.nutrient, row.kind, row.unit, row.applies_to, row.state, row.condition)

    rows.sort(key=lambda row: (place(row), row.age_min_y))
    return [list(group) for _, group in itertools.groupby(rows, key=place)]


@pytest.mark.parametrize("standard_id", standard_ids())
def test_every_kind_and_every_unit_is_known(standard_id):
    kinds = {kind for group in read_settings("targets.toml")["kinds"].values() for kind in group}
    for row in read_standard(standard_id).values:
        assert row.kind in kinds
        if row.unit != "percent_energy" and row.nutrient != "water_total":
            assert amount_of(row, key_of(row), INTAKE) >= 0


@pytest.mark.parametrize("standard_id", standard_ids())
def test_every_value_has_a_source_a_confidence_and_a_state(standard_id):
    standard = read_standard(standard_id)
    for row in standard.values:
        assert row.source in standard.sources
        assert row.confidence in CONFIDENCES
        assert row.state in ("none", "pregnant", "lactating")


@pytest.mark.parametrize("standard_id", standard_ids())
def test_no_row_stands_twice(standard_id):
    lines = read_text(f"standards/{standard_id}.csv").splitlines()
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("standard_id", standard_ids())
@pytest.mark.parametrize("sex", ["f", "m"])
def test_age_bands_neither_overlap_nor_gap(standard_id, sex):
    for bands in _bands(standard_id, sex):
        for band, following in itertools.pairwise(bands):
            if band.kind == "RNI_superseded":  # kept only where the second edition differs
                assert following.age_min_y > band.age_max_y
            else:
                assert following.age_min_y == band.age_max_y + 1, (band, following)


@pytest.mark.parametrize("standard_id", standard_ids())
@pytest.mark.parametrize("sex", ["f", "m"])
def test_a_band_holds_its_first_and_last_year_and_not_the_years_beside_them(standard_id, sex):
    for bands in _bands(standard_id, sex):
        if bands[0].state != "none" or bands[0].condition:
            continue
        for band in bands:
            for age_y, inside in (
                (band.age_min_y - 1, False),
                (band.age_min_y, True),
                (band.age_max_y, True),
                (band.age_max_y + 1, False),
            ):
                found = match_value(bands, Profile(sex=sex, age_y=age_y), {})
                assert (found is not None and found.value is band) == inside


@pytest.mark.parametrize("standard_id", standard_ids())
@pytest.mark.parametrize("age_y", [5, 8, 9, 13, 14, 18, 19, 30, 31, 50, 51, 70, 71, 120])
@pytest.mark.parametrize("sex", ["f", "m"])
def test_ear_is_at_most_rda_and_rda_at_most_ul_on_the_same_basis(standard_id, age_y, sex):
    profile = Profile(sex=sex, age_y=age_y)
    steps = {"EAR": 0, "AR": 0, "RDA": 1, "AI": 1, "PRI": 1, "RNI": 1, "UL": 2, "SUL": 2}
    found: dict[tuple[str, str], dict[int, float]] = {}
    for bands in _bands(standard_id, sex):
        match = match_value(bands, profile, {"phytate_mg": "600"})
        if match and match.value.kind in steps and "water" not in match.value.nutrient:
            row = match.value
            amount = amount_of(row, key_of(row), INTAKE)
            place = (key_of(row) + row.unit[-6:], row.applies_to)
            found.setdefault(place, {})[steps[row.kind]] = amount
    for place, values in found.items():
        amounts = [values[step] for step in sorted(values)]
        assert amounts == sorted(amounts), place


@pytest.mark.parametrize("standard_id", standard_ids())
def test_rows_are_sorted_by_nutrient(standard_id):
    rows = list(csv.DictReader(read_text(f"standards/{standard_id}.csv").splitlines()))
    assert [row["nutrient"] for row in rows] == sorted(row["nutrient"] for row in rows)


@pytest.mark.parametrize("standard_id", standard_ids())
def test_no_magnesium_upper_level_counts_food(standard_id):
    rows = read_standard(standard_id).values
    upper = [row for row in rows if row.nutrient == "magnesium" and row.kind in ("UL", "SUL")]
    assert all(row.applies_to.startswith("supplement") for row in upper)
