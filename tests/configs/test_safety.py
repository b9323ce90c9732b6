"""The shipped safety rules."""

import re
from pathlib import Path

from planner.safety.sentences import (
    read_safety_rows,
    read_safety_rules,
    read_safety_settings,
    read_safety_sources,
)

CONFIGS = Path(__file__).parents[2] / "configs"


def test_all_rules_are_kept():
    # M 9, B 8, R 8, C 25, P 10, K 6, E 4, W 4
    assert len(read_safety_rules()) == 9 + 8 + 8 + 25 + 10 + 6 + 4 + 4


def test_every_rule_has_an_action_and_cited_sources():
    cited = read_safety_sources()
    for rule in read_safety_rules().values():
        assert all(rule.actions)
        assert set(rule.sources) <= set(cited)


def test_exclusions_stops_and_caps_name_rules_and_sources_that_exist():
    stops = list(read_safety_settings("stops").values())
    caps = read_safety_settings("caps")
    rows = [*stops, *read_safety_settings("exclusions")["exclusion"]]
    rows += [*caps["cap"], *caps["nutrient_cap"]]
    for row in rows:
        assert set(row.get("rules", ())) <= {*read_safety_rules(), "own_food"}
        assert row["source"] in read_safety_sources()


def test_serum_bands_follow_one_another_without_overlap():
    rules = read_safety_rules()
    bands = [(rules[key].lower, rules[key].upper) for key in ("M01", "M02", "M04", "M05", "M06")]
    assert bands == [(None, 1.7), (1.7, 2.4), (2.4, 7.0), (7.0, 12.0), (12.0, None)]
    bands = [(rules[key].lower, rules[key].upper) for key in ("B01", "B02", "B04", "B05", "B06")]
    assert bands == [(None, 2.5), (2.5, 3.5), (5.0, 5.5), (5.5, 6.0), (6.0, 6.5)]
    assert (rules["B07"].lower, rules["B07"].upper) == (6.5, None)


def test_every_row_of_what_to_keep_apart_is_whole_and_cited():
    rows, cited = read_safety_rows("apart"), read_safety_sources()
    kinds = {*read_safety_settings("schedule")["meal"]["amounts"], "dairy", "soy", "fortified"}
    kinds |= {"magnesium_mg", "zinc_mg", "food", "anything", "medicine", "water"}
    for row in rows:
        assert row["kind"] in kinds
        assert row["confidence"] in {"verified", "unconfirmed", "policy"}
        assert set(row["source"].split(";")) <= set(cited)
        assert bool(row["hours_before"]) is bool(row["hours_after"])
        assert row["note"]
    keys = [(row["interaction_id"], row["names"], row["kind"]) for row in rows]
    assert len(set(keys)) == len(keys)


def test_hours_from_what_a_class_names_are_no_shorter_than_those_from_magnesium():
    # each word of `applies_to` that names more than magnesium, and the kind that it means
    kinds = {"calcium": "calcium_mg", "dairy": "dairy", "dairy(calcium)": "dairy",
             "iron": "iron_mg", "soy": "soy", "high fibre": "fibre", "mineral water": "water",
             "calcium-fortified drink": "fortified"}  # fmt: skip
    hours = {(row["interaction_id"], row["kind"]): row for row in read_safety_rows("apart")}
    named = [
        (row, kinds[word])
        for row in read_safety_rows("interactions")
        if row["hours_before_mg"]
        for word in row["applies_to"].split(";")
        if word in kinds
    ]
    assert len(named) >= 9
    for row, kind in named:
        own = hours[row["interaction_id"], kind]
        assert float(own["hours_before"]) >= float(row["hours_before_mg"])
        assert float(own["hours_after"]) >= float(row["hours_after_mg"])


CITED = re.compile(r'^(?:cite|source|kitchens|practice) = "(.*)"$', re.M)
NOT_CITED = re.compile(r"\b(web|blog|wiki\w*|klarity|consumerlab|site|pages?|n\.d\.)\b", re.I)


def test_a_patients_page_cites_authorities_guidelines_labels_and_papers_alone():
    """Nothing that a plan or a safety answer prints rests on a web site of unknown author."""
    files = [path for path in sorted(CONFIGS.rglob("*.toml")) if path.name != "facts.toml"]
    cites = [cite for file in files for cite in CITED.findall(file.read_text("utf-8"))]
    assert len(cites) > 500
    assert [cite for cite in cites if NOT_CITED.search(cite)] == []
