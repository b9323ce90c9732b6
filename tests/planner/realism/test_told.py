"""How the realism score is told: in the trust line, below the days, and in the JSON file."""

from dataclasses import replace

import pytest

from planner.export.week_notes import realism_blocks
from planner.realism.score import Realism, score_plan
from planner.wire.base import schema_of
from planner.wire.told import WrittenRealism
from tests.one_eater import as_text, report_as_json
from tests.reports import FOODS, make_report
from tests.told import WIDTH, printed, trust, week_of


@pytest.fixture(scope="module")
def report():
    plain = make_report()
    return replace(plain, realism=score_plan(plain.plan, FOODS, ()))


def test_the_trust_line_says_the_score_in_one_phrase(report):
    found = replace(report, realism=Realism(8.6, ()))
    assert "Checked without the solver: passed; realism 8.6 of 10." in trust(found)


def test_a_score_is_cut_and_never_rounded_up_to_10(report):
    assert "realism 9.9 of 10" in trust(replace(report, realism=Realism(9.99, ())))


def test_a_plan_that_fails_its_check_shows_no_score(report):
    failed = replace(make_report(passed=False), realism=report.realism)
    assert "realism" not in as_text(failed)


def test_the_block_below_the_days_has_eight_short_lines_at_most(report):
    lines = printed(realism_blocks(week_of(report).table)).splitlines()
    assert 2 <= len(lines) <= 8
    assert all(len(line) <= WIDTH for line in lines)
    # 7 days of the same breakfast, lunch and dinner: far from 10
    assert lines[0].startswith(f"{int(report.realism.score)}.")


def test_what_costs_most_is_told_and_the_rest_is_counted(report):
    text = printed(realism_blocks(week_of(report).table))
    assert "What readers would dislike most:" in text
    assert report.realism.parts[0].sentence[:40] in text
    assert "more: see `realism` in the JSON file" in text


def test_a_report_without_a_score_says_nothing(report):
    assert [*realism_blocks(week_of(replace(report, realism=None)).table)] == []


def test_the_json_file_holds_every_part_and_fits_its_schema(report):
    jsonschema = pytest.importorskip("jsonschema")
    document = report_as_json(report)
    found = document["realism"]
    jsonschema.validate(found, schema_of(WrittenRealism, "realism:1"))
    assert len(found["parts"]) == len(report.realism.parts)
    assert all(one["sentence"].endswith(".") for one in found["parts"])
