"""Every entry of the data files that are followed ends at a table, a row and a citation."""

import csv
import json
import tomllib
from importlib.resources import files

import pytest

from foods.nutrient import known_nutrients
from planner.errors import ConfigError
from planner.explain.trace import trace_nutrient
from planner.explain.trace_entry import entries, trace_entry
from planner.export.trace import entry_trace_told
from planner.request.override import SHARE_KEYS
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.shares import RATIO
from planner.settings import read_settings
from planner.standards.ids import standard_ids
from planner.targets.derive import derive_targets
from planner.wire.base import json_text
from tests.told import printed

TABLES = read_settings("trace.toml")["table"]
FILES = sorted({table["file"] for table in TABLES})
KEYS = [*known_nutrients(), *SHARE_KEYS, RATIO]


def lines_of(file):
    folder, _, rest = file.partition("/")
    return files(folder).joinpath(rest).read_text("utf-8").splitlines()


def entries_of(file):
    return [entry for entry in entries() if entry.row.file == file]


def rows_in(file):
    """Count the entries of a file, read by itself."""
    if file.endswith(".csv"):
        return len(lines_of(file)) - 1
    values = tomllib.loads("\n".join(lines_of(file)))
    kinds = [table["entry"] for table in TABLES if table["file"] == file]
    if kinds == ["*"]:
        return sum(isinstance(one, dict) for name, one in values.items() if name != "sources")
    return sum(len(values[kind]) for kind in kinds)


@pytest.mark.parametrize("file", FILES)
def test_every_entry_of_a_table_has_its_row_and_a_citation(file):
    found = entries_of(file)
    assert len(found) == rows_in(file)
    assert not [entry.place for entry in found if not entry.row.cite.strip(". ")]
    assert all(entry.kind and entry.row.cells for entry in found)


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(".csv")])
def test_the_cells_are_those_of_the_line_that_is_named(file):
    lines = lines_of(file)
    head = next(csv.reader([lines[0]]))
    for entry in entries_of(file):
        cells = next(csv.reader([lines[entry.row.row - 1]]))
        assert dict(zip(head, cells, strict=True)) == dict(entry.row.cells)


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(".toml")])
def test_the_line_that_is_named_begins_the_table(file):
    lines = lines_of(file)
    assert all(lines[entry.row.row - 1].startswith("[") for entry in entries_of(file))


@pytest.mark.parametrize("file", FILES)
def test_every_entry_is_found_by_each_of_its_names_and_by_its_place(file):
    for entry in entries_of(file):
        for name in (*entry.names, entry.full_place):
            places = [(row.file, row.row) for row in trace_entry(name).rows]
            assert (entry.row.file, entry.row.row) in places, name


@pytest.mark.parametrize("standard", standard_ids())
@pytest.mark.parametrize("key", KEYS)
def test_every_nutrient_share_and_ratio_ends_at_a_row_and_a_citation(key, standard):
    targets = derive_targets(Profile(age_y=40), standard)
    found = trace_nutrient(key, targets, Preferences())
    rows = (*found.rows, found.definition)
    assert all(row.file and row.row > 0 and row.cells and row.cite for row in rows)
    assert not found.targets or found.rows or found.rules
    assert all(rule.row > 0 and rule.text for rule in found.rules)


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("R05", {"rules.csv", "findings.toml"}),
        ("magnesium citrate", {"supplements.csv", "supplement_prices.csv", "atomic_masses.csv"}),
        ("warfarin", {"interactions.csv", "effects.toml"}),
        ("brittle bones", {"conditions.toml", "effects.toml"}),
        ("coeliac disease", {"conditions.toml", "effects.toml"}),
        ("caffeine_mg", {"caps.toml", "nutrients.csv"}),
        ("us.csv:17", {"us.csv"}),
        ("tahini", {"catalogue.csv"}),
        ("warfarin, lisinopril", {"interactions.csv", "effects.toml"}),
    ],
)
def test_a_name_leads_to_all_that_hangs_on_it(name, places):
    assert places <= {row.file.rpartition("/")[2] for row in trace_entry(name).rows}


def test_the_share_of_an_element_is_said_with_its_formula():
    # 24.305 / 40.304 = 0.60304
    (note,) = trace_entry("magnesium oxide").notes
    assert "0.60304" in note
    assert "MgO" in note


def test_text_and_json_say_the_same_rows():
    trace = trace_entry("R05")
    text = " ".join(printed(entry_trace_told(trace)).split())
    rows = json.loads(json_text(trace))["rows"]
    assert len(rows) == 2
    assert all(f"{row['file']}, row {row['row']}" in text and row["cite"] in text for row in rows)


def test_an_unknown_name_offers_the_nearest():
    with pytest.raises(ConfigError, match=r"nothing is called 'R99'.*the nearest"):
        trace_entry("R99")
