"""The shipped safety rules."""

from planner.safety.read import read_safety_rules, read_safety_settings, read_safety_sources


def test_all_46_rules_are_kept():
    # M 7, R 8, C 13, P 8, K 6, E 4
    assert len(read_safety_rules()) == 7 + 8 + 13 + 8 + 6 + 4


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
        assert set(row.get("rules", ())) <= set(read_safety_rules())
        assert row["source"] in read_safety_sources()


def test_serum_bands_follow_one_another_without_overlap():
    rules = read_safety_rules()
    bands = [(rules[key].lower, rules[key].upper) for key in ("M01", "M02", "M04", "M05", "M06")]
    assert bands == [(None, 1.7), (1.7, 2.4), (2.4, 7.0), (7.0, 12.0), (12.0, None)]
