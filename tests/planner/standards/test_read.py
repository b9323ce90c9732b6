import pytest

from planner.errors import ConfigError
from planner.request.diets import find_diet
from planner.standards.read import read_standard
from planner.standards.rows import parse_reference_values

HEADER = (
    "nutrient,kind,sex,age_min_y,age_max_y,state,value,unit,applies_to,condition,source,locator,"
    "confidence"
)
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


def test_an_empty_file_is_refused():
    with pytest.raises(ConfigError, match="no rows"):
        parse_reference_values(HEADER, "own.csv")


def test_a_short_row_is_refused():
    with pytest.raises(ConfigError, match="row 2"):
        parse_reference_values(f"{HEADER}\niron,RDA,F", "own.csv")


def test_an_unknown_standard_names_the_known_ones():
    with pytest.raises(ConfigError, match=r"unknown standard 'au'.*us, eu, uk, who"):
        read_standard("au")


def test_a_standard_is_called_so_in_any_case():
    assert read_standard("UK") is read_standard("uk")


def test_an_unknown_diet_names_the_known_ones():
    with pytest.raises(ConfigError, match=r"unknown diet 'lunar'.*omnivore"):
        find_diet("lunar")
