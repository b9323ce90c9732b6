"""Each fact is where the register says; each entry of a data file ends at a row and a citation."""

import csv
import re
import shlex
import tomllib
from functools import cache
from importlib import import_module
from importlib.resources import files

import pytest
from click.testing import CliRunner

from foods.embedded import read_embedded_foods
from foods.nutrient import known_nutrients
from foods.supplement import find_supplement
from planner.cli import cli
from planner.errors import ConfigError
from planner.explain.absorption import absorb_view, absorption_text
from planner.explain.facts import (
    KINDS,
    TOLD_ONLY,
    FactPlace,
    conflicts_in,
    facts_on,
    place_text,
    read_facts,
)
from planner.explain.trace import entries, trace_entry, trace_food, trace_nutrient
from planner.export.week import week_blocks
from planner.export.why import facts_told
from planner.plan.plan import Plan
from planner.request.override import RATIO, SHARE_KEYS
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.settings import read_settings, read_text
from planner.standards.ids import standard_ids
from planner.standards.read import read_standard
from planner.targets.derive import derive_targets
from tests.plates import day
from tests.reports import make_report
from tests.rows import rows
from tests.told import printed, week_of

BESIDE = {"lentils_cooked": 200.0, "bread_whole_wheat": 60.0, "spinach_cooked": 90.0}  # with tips
AGES = (5, 9, 14, 19, 31, 51, 71)
STEP = re.compile(r"(\w+)(?:\[(?:(\w+)=)?(\w+)\])?")


def lesson(fact):
    return fact.statement in " ".join(printed(facts_told([fact])).split())


def setting(_fact, file, key, value):
    found = lookup(file, key)
    if isinstance(found, list):
        return value in found
    return float(found) == float(value) if isinstance(found, float | int) else found == value


def words(_fact, file, key, text):
    return text in lookup(file, key)


def lookup(file, key):
    """Walk ``cap[oxalate_greens].portions_per_week``; ``[ID]`` picks the entry with that id."""
    found = read_settings(file)
    for step in key.split("."):
        name, field, wanted = STEP.fullmatch(step).groups()
        found = found[name]
        if wanted:
            found = next(entry for entry in found if entry.get(field or "id") == wanted)
    return found


def row(_fact, file, conditions, column, value):
    wanted = dict(condition.split("=") for condition in conditions.split(","))
    rows = csv.DictReader(read_text(file).splitlines())
    found = [record for record in rows if all(record[key] == text for key, text in wanted.items())]
    return bool(found) and found[0][column] == value


def target(_fact, who, nutrient, period, basis, field, value):
    found = targets_of(who).find(nutrient, period, basis)
    bound = getattr(found, field)
    if value == "none":
        return bound is None
    return bound is True if value == "true" else bound == float(value)


def note(_fact, who, text):
    return any(text in sentence for sentence in targets_of(who).notes)


@cache
def targets_of(who):
    standard, sex, age, *state = who.split()
    profile = Profile(sex=sex, age_y=int(age), state=state[0] if state else "none")
    return derive_targets(profile, standard)


def silent(_fact, standard, nutrient, kind, age):
    rows = [value for value in read_standard(standard).values if value.nutrient == nutrient]
    assert rows
    return not any(reference.kind == kind and reference.covers_age(int(age)) for reference in rows)


def never(_fact, nutrient, value):
    bounds = {
        bound
        for standard in standard_ids()
        for sex in ("f", "m")
        for age in AGES
        for own_target in targets_of(f"{standard} {sex} {age}").targets
        if own_target.nutrient == nutrient
        for bound in (own_target.lower, own_target.upper)
    }
    return bool(bounds) and float(value) not in bounds


def without(_fact, file, word):
    return word not in read_text(file)


def food(_fact, food_id, column, word):
    found = getattr(read_embedded_foods()[food_id], column)
    return found == word if isinstance(found, str) else word in found


def figure(_fact, food_id, nutrient, value):
    return read_embedded_foods()[food_id].per_100g[nutrient] == float(value)


def compound(_fact, name, column, value):
    return str(getattr(find_supplement(name), column)) == value


def option(_fact, command, name):
    options = import_module(f"planner.cli.{command}").command.params
    return any(name in flag.opts for flag in options)


def page(_fact, text):
    return text in printed_week()


@cache
def printed_week():
    return " ".join(printed(week_blocks(week_of(make_report()), "full")).split())


def page_with(_fact, food_id, text):
    foods = read_embedded_foods()
    plan = Plan((day(1, foods, lunch={**BESIDE, food_id: 240.0}),), {}, {}, None, 0.0, 0)
    return text in " ".join(absorption_text(absorb_view(plan, foods)))


def answer(_fact, options, text):
    return text in safety_answer(options)


@cache
def safety_answer(options):
    result = CliRunner().invoke(cli, ["safety", *shlex.split(options)])
    assert result.exit_code in (0, 3), result.output
    return " ".join(result.output.split())


WAYS = {
    "lesson": lesson, "setting": setting, "words": words, "row": row, "target": target,
    "note": note, "silent": silent, "never": never, "without": without, "food": food,
    "figure": figure, "compound": compound, "option": option, "page": page,
    "page_with": page_with, "answer": answer,
}  # fmt: skip


def is_there(fact, place):
    """Whether a fact is at a place."""
    return WAYS[place.way](fact, *place.arguments)


TELLING = frozenset({"lesson", "food", "figure"})  # ways of a place that show no effect

FACTS = read_facts()
PLACES = [(fact, place) for fact in FACTS.values() for place in fact.places]


@pytest.mark.parametrize(
    ("fact", "place"), PLACES, ids=[f"{fact.fact_id}-{place.way}" for fact, place in PLACES]
)
def test_every_fact_is_found_where_the_register_says(fact, place):
    assert is_there(fact, place), place_text(place)


def test_all_107_facts_stand_in_the_register_and_none_is_untested():
    assert list(FACTS) == [f"AF{number:03d}" for number in range(1, 108)]
    assert all(fact.places for fact in FACTS.values())
    assert {place.way for _, place in PLACES} <= set(WAYS)


def test_every_fact_has_a_kind_a_use_a_rule_and_a_source_with_a_title():
    sources = read_settings("facts.toml")["sources"]
    for fact in FACTS.values():
        assert fact.kind in KINDS
        assert fact.does
        assert fact.rule
        assert set(fact.sources) <= set(sources)
    assert all(about["title"] and about["publisher"] for about in sources.values())


def test_a_fact_that_is_told_only_hangs_on_no_rule_and_names_no_effect():
    for fact in FACTS.values():
        is_told_only = fact.kind == TOLD_ONLY
        has_effect = any(place.way not in TELLING for place in fact.places)
        assert fact.kind != "refused" or fact.check or fact.disagreement
        assert is_told_only == (fact.rule == "lesson") == (not has_effect), fact.fact_id


@rows(__file__, "a_place_that_does_not")
def test_a_place_that_does_not_hold_is_found_out(place):
    way, *arguments = place.split("|")
    assert not is_there(FACTS["AF038"], FactPlace(way, tuple(arguments)))


def test_facts_in_conflict_are_paired_once_and_known():
    pairs = conflicts_in(FACTS.values())
    assert len(pairs) == len(set(pairs)) > 15
    assert all(other in FACTS for fact in FACTS.values() for other in fact.against)
    ids = {(pair.fact_id, other.fact_id) for pair, other in pairs}
    assert ("AF010", "AF052") in ids  # 1800 mg against diarrhoea from 400 on
    assert ("AF022", "AF083") in ids  # above 1.7 against 1:1


@pytest.mark.parametrize("words", ["leg cramps", "cramp in the calf", "xyzzy cramps"])
def test_of_several_words_the_thing_itself_is_meant(words):
    assert facts_on(words) == facts_on("cramps")
    assert 0 < len(facts_on(words)) < 10


@pytest.mark.parametrize(
    "words",
    ["low carb", "blood pressure", "low xyzzy", "blood xyzzy", "panic attack", "leg xyzzy"],
)
def test_words_beside_the_thing_and_of_another_meaning_find_nothing(words):
    with pytest.raises(ConfigError, match=f"no facts on '{words}' — the nearest: "):
        facts_on(words)


@pytest.mark.parametrize(("said", "told"), read_settings("facts.toml")["called"].items())
def test_what_people_call_otherwise_is_found(said, told):
    assert facts_on(said.upper()) == facts_on(told) != ()


FOODS = read_embedded_foods()


def trace(key, standard="us", **profile):
    return trace_nutrient(key, derive_targets(Profile(**profile), standard), Preferences())


def line_of(row):
    """Return the row of the shipped file that a trace names, read by itself."""
    folder, _, rest = row.file.partition("/")
    lines = files(folder).joinpath(rest).read_text("utf-8").splitlines()
    return dict(
        zip(next(csv.reader([lines[0]])), next(csv.reader([lines[row.row - 1]])), strict=True)
    )


def test_magnesium_leads_to_standard_table_row_and_citation():
    found = trace("magnesium_mg")
    rda = next(row for row in found.rows if row.cells["kind"] == "RDA")
    assert found.standard == "Dietary Reference Intakes of the United States and Canada"
    assert rda.file == "configs/standards/us.csv"
    assert (rda.cells["value"], rda.cells["age_min_y"], rda.cells["sex"]) == ("320", "51", "F")
    assert "National Academies of Sciences" in rda.cite
    assert "10.17226/25353" in rda.cite


@pytest.mark.parametrize("standard", standard_ids())
@pytest.mark.parametrize(
    "profile", [{}, {"sex": "m", "age_y": 10}, {"age_y": 29, "state": "pregnant"}]
)
def test_every_nutrient_is_traced_to_a_row_that_stands_there(standard, profile):
    targets = derive_targets(Profile(**profile), standard)
    bands = {target.nutrient for target in targets.targets}
    for key in (*known_nutrients(), *SHARE_KEYS, RATIO):
        found = trace_nutrient(key, targets, Preferences())
        assert found.definition.cite
        assert all(rule.row > 0 and rule.text for rule in found.rules)
        assert all(row.cite and line_of(row) == dict(row.cells) for row in found.rows), key
        assert key not in bands or (found.targets and (found.rows or found.rules)), key


@rows(__file__, "the_rule_that_makes_the")
def test_the_rule_that_makes_the_band_is_named(key, place, text):
    rules = {rule.place: rule.text for rule in trace(key).rules}
    assert rules[place] == text


def test_fat_is_traced_to_its_share_and_a_thin_standard_to_the_us_row_that_shapes_it():
    found = trace("fat_g", "who")
    assert found.nutrient == "fat_pct_energy"
    assert {row.file for row in found.rows} == {"configs/standards/us.csv"}


@rows(__file__, "energy_hangs_on_the_rows")
def test_energy_hangs_on_the_rows_of_the_equation_that_add_up(profile, states):
    rows = trace("energy_kcal", **profile).rows
    assert [row.cells["state"] for row in rows] == states
    assert all(line_of(row) == dict(row.cells) for row in rows)


def test_a_condition_that_changes_a_band_is_a_rule_of_the_trace():
    rules = {rule.place: rule for rule in trace("sodium_mg", conditions=("hypertension",)).rules}
    rule = rules["[[effect]] hypertension"]
    assert rule.file == "configs/safety/effects.toml"
    assert rule.text.startswith("upper bound, day, hard; upper bound, week, soft. Source: National")
    assert any(
        rule.text.startswith("no floor") for rule in trace("potassium_mg", egfr=50, age_y=40).rules
    )


def test_an_overlaid_figure_names_both_analyses_and_an_estimate_its_rule_and_source():
    found = trace_food(FOODS["tahini"], "magnesium_mg")
    assert found.origin == "overlay"
    assert "foundation_2024-10" in found.cite
    assert found.cite.endswith("id 2262073")
    # Standard Reference prints 95 mg; the newer analysis is the one used
    assert any("has 95 mg: kept, not used" in note for note in found.notes)
    found = trace_food(FOODS["almonds"], "oxalate_mg")
    assert found.origin == "estimate"
    assert "Chai W, Liebman M (2005)" in found.cite
    assert any("rule oxalate_typical" in note for note in found.notes)
    assert any("range in secondary sources" in note for note in found.notes)


def test_every_figure_of_the_catalogue_can_be_traced():
    for food in FOODS:
        for key in ("magnesium_mg", "calcium_mg", "phytate_mg", "niacin_ne_mg"):
            found = trace_food(food, key)
            assert found.cite
            assert found.value == food.per_100g.get(key)
            assert (found.origin == "unknown") == (found.value is None)


TABLES = read_settings("trace.toml")["table"]
FILES = sorted({table["file"] for table in TABLES})


def lines_of(file):
    folder, _, rest = file.partition("/")
    return files(folder).joinpath(rest).read_text("utf-8").splitlines()


def rows_in(file):
    """Count the entries of a file, read by itself."""
    if file.endswith(".csv"):
        return len(lines_of(file)) - 1
    values = tomllib.loads("\n".join(lines_of(file)))
    kinds = [table["entry"] for table in TABLES if table["file"] == file]
    if kinds == ["*"]:
        return sum(isinstance(value, dict) for name, value in values.items() if name != "sources")
    return sum(len(values[kind]) for kind in kinds)


@pytest.mark.parametrize("file", FILES)
def test_every_entry_of_a_table_has_its_row_and_a_citation_and_is_found_by_its_names(file):
    found = [entry for entry in entries() if entry.row.file == file]
    assert len(found) == rows_in(file)
    for entry in found:
        assert entry.row.cite.strip(". "), entry.place
        assert entry.kind
        assert entry.row.cells
        for name in (*entry.names, entry.full_place):
            places = [(row.file, row.row) for row in trace_entry(name).rows]
            assert (entry.row.file, entry.row.row) in places, name


@rows(__file__, "a_name_leads_to")
def test_a_name_leads_to_all_that_hangs_on_it(name, places):
    found = {row.file.rpartition("/")[2] for row in trace_entry(name).rows}
    assert {*places.split()} <= found
