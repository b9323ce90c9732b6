"""Standards are read with every fault named; an own one loosens nothing."""

from dataclasses import replace
from importlib.resources import files

import pytest

from planner.errors import ConfigError, RefusedError
from planner.request.override import TargetOverride
from planner.request.profile import Profile
from planner.standards.ids import standard_ids
from planner.standards.own import read_own_standard
from planner.standards.read import read_standard
from planner.standards.rows import parse_reference_values
from planner.standards.standard import ReferenceValue, holds, match_value
from planner.targets.derive import derive_targets
from tests.rows import rows

HEADER = (
    "nutrient,kind,sex,age_min_y,age_max_y,state,value,unit,applies_to,condition,source,locator,"
    "confidence"
)
MAGNESIUM = "magnesium,RNI,both,19,120,none,400,mg,total,,clinic,handout,policy"
UPPER = "magnesium,UL,both,19,120,none,250,mg,supplement,,clinic,handout,policy"


def write(folder, *rows, header=HEADER, sources=""):
    path = folder / "mine.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    if sources:
        path.with_suffix(".toml").write_text(sources, encoding="utf-8")
    return str(path)


def test_an_own_standard_sets_the_bands_and_nothing_is_taken_from_another(tmp_path):
    targets = derive_targets(Profile(), write(tmp_path, MAGNESIUM, UPPER))
    magnesium = targets.find("magnesium_mg", "week")
    assert (magnesium.lower, magnesium.rule, magnesium.source) == (400, "RNI", "clinic, handout")
    assert targets.find("magnesium_mg", "day", "supplement").upper == 250
    assert targets.find("calcium_mg", "week") is None
    assert any("mine gives no" in note and "calcium" in note for note in targets.notes)


@pytest.mark.parametrize("row", [None, "calcium,UL,both,19,120,none,9000,mg,total,,clinic,,policy"])
def test_an_own_standard_raises_no_upper_level(tmp_path, row):
    rows = filter(None, [MAGNESIUM, row])
    targets = derive_targets(Profile(age_y=60), write(tmp_path, *rows))
    # calcium above 50: 2000 in the US, 2500 in the EU; iron: 45 in the US alone
    assert targets.find("calcium_mg", "day").upper == 2500
    assert targets.find("iron_mg", "day").upper == 45
    assert targets.find("magnesium_mg", "day", "supplement").upper == 350
    assert any(
        "higher upper level, or none, for calcium" in note and "magnesium" in note
        for note in targets.notes
    )
    raised = [TargetOverride("calcium_mg", None, 2600)]
    path = write(tmp_path, MAGNESIUM)
    with pytest.raises(RefusedError, match="not raised"):
        derive_targets(Profile(age_y=60), path, overrides=raised)


def test_an_own_standard_may_be_stricter(tmp_path):
    stricter = "calcium,UL,both,19,120,none,1500,mg,total,,clinic,,policy"
    targets = derive_targets(Profile(), write(tmp_path, MAGNESIUM, UPPER, stricter))
    assert targets.find("calcium_mg", "day").upper == 1500
    assert targets.find("magnesium_mg", "day", "supplement").upper == 250


def test_its_sources_file_names_it_and_its_papers(tmp_path):
    about = 'name = "Mine"\ntitle = "My clinic"\n[sources.clinic]\nshort = "Clinic 2024"\n'
    standard = read_own_standard(write(tmp_path, MAGNESIUM, sources=about))
    assert (standard.name, standard.title) == ("Mine", "My clinic")
    assert standard.cite(standard.values[0]) == "Clinic 2024, handout"


@pytest.mark.parametrize("standard_id", standard_ids())
def test_every_shipped_standard_keeps_the_rules_for_own_ones(tmp_path, standard_id):
    for ending in ("csv", "toml"):
        text = files("configs").joinpath(f"standards/{standard_id}.{ending}").read_text("utf-8")
        (tmp_path / f"copy.{ending}").write_text(text, encoding="utf-8")
    copy = read_own_standard(str(tmp_path / "copy.csv"))
    assert copy.values == read_standard(standard_id).values


def test_all_faults_of_a_file_come_at_once_with_row_and_column(tmp_path):
    path = write(
        tmp_path,
        "magnesum,RNI,both,19,120,none,400,mg,total,,clinic,,policy",
        "calcium,RNI,x,50,19,none,nan,kcal,total,often,,,policy",
    )
    with pytest.raises(ConfigError) as error:
        read_own_standard(path)
    text = str(error.value)
    assert text.startswith(path)
    assert "row 2, nutrient: unknown 'magnesum', the nearest: magnesium" in text
    for column in ("sex", "age_max_y", "value", "unit", "condition", "source"):
        assert f"row 3, {column}: " in text


@rows(__file__, "a_row_that_would_mislead")
def test_a_row_that_would_mislead_is_a_fault(tmp_path, row, words):
    with pytest.raises(ConfigError, match=words):
        read_own_standard(write(tmp_path, MAGNESIUM, row))


@rows(__file__, "a_header_must_be_the")
def test_a_header_must_be_the_documented_one(tmp_path, header, words):
    with pytest.raises(ConfigError, match=words):
        read_own_standard(write(tmp_path, MAGNESIUM, header=header))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no such file"),
        (b"\xff\xfea", "is encoded as UTF-16"),
        (HEADER.encode(), "no rows"),
        (HEADER.replace(",", ";").encode(), "columns are separated by semicolons"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, words):
    path = tmp_path / "mine.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=words):
        read_own_standard(str(path))


@rows(__file__, "sources_that_are_no_tables_are")
def test_sources_that_are_no_tables_are_refused(tmp_path, sources):
    with pytest.raises(ConfigError, match=r"needs \[sources.ID\] tables"):
        read_own_standard(write(tmp_path, MAGNESIUM, sources=sources))


def test_a_source_must_stand_in_the_sources_file_where_there_is_one(tmp_path):
    about = '[sources.other]\nshort = "Other"\n'
    with pytest.raises(ConfigError, match="row 2, source: unknown 'clinic'"):
        read_own_standard(write(tmp_path, MAGNESIUM, sources=about))


GOOD = "iron,RDA,F,19,50,none,18,mg,total,,dri,table,verified"


def test_a_good_row_is_read():
    (row,) = parse_reference_values(f"{HEADER}\n{GOOD}", "own.csv")
    assert (row.sex, row.age_min_y, row.value, row.unit) == ("f", 19, 18.0, "mg")


def test_every_faulty_row_is_named_at_once():
    text = "\n".join([HEADER, GOOD.replace("18", "x"), GOOD, GOOD.replace("total", "blood")])
    with pytest.raises(ConfigError, match=r"(?s)own.csv.*row 2.*row 4.*basis 'blood'"):
        parse_reference_values(text, "own.csv")


def test_a_row_of_a_nutrient_without_its_key_is_named():
    text = "\n".join([HEADER, GOOD, GOOD.replace("iron", "tin")])
    with pytest.raises(ConfigError, match=r"own.csv: row 3.*'tin': \[key\] of .*targets.toml"):
        parse_reference_values(text, "own.csv")


def test_an_unknown_standard_names_the_known_ones():
    with pytest.raises(ConfigError, match=r"unknown standard 'au'.*us, eu, uk, who"):
        read_standard("au")


ROW = ReferenceValue(
    "zinc", "PRI", "f", 18, 50, "none", 9.3, "mg", "total", "", "source", "table", "verified"
)
PREGNANT = replace(ROW, state="pregnant", age_min_y=19, age_max_y=50, value=11.0)


def test_another_sex_has_another_row():
    assert match_value([ROW], Profile(sex="m", age_y=30), {}) is None


def test_an_age_outside_every_band_has_no_row():
    assert match_value([ROW], Profile(age_y=51), {}) is None


@pytest.mark.parametrize("age_y", [16, 52])
def test_pregnancy_outside_the_ages_takes_the_nearest_row_and_says_so(age_y):
    later = replace(PREGNANT, age_min_y=31, value=12.0)
    rows = [ROW, replace(PREGNANT, age_max_y=30), later]
    match = match_value(rows, Profile(age_y=age_y, state="pregnant"), {})
    assert match.is_nearest
    assert match.value.value == {16: 11.0, 52: 12.0}[age_y]


def test_a_state_without_rows_falls_back_and_says_so():
    match = match_value([ROW], Profile(age_y=30, state="lactating"), {})
    assert (match.value, match.is_fallback) == (ROW, True)


def test_the_row_of_the_state_wins_over_the_plain_one():
    match = match_value([ROW, PREGNANT], Profile(age_y=30, state="pregnant"), {})
    assert match.value is PREGNANT
    assert not match.is_nearest
    assert not match.is_fallback


@rows(__file__, "a_condition_holds_only_when_told")
def test_a_condition_holds_only_when_told_so(condition, expected):
    assert holds(condition, {"trimester": "2", "lactation_month": "6"}) is expected
