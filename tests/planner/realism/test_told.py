"""How the realism score is told: in the trust line and in the JSON file."""

from dataclasses import replace

import pytest

from planner.realism.score import Realism, score_plan
from planner.wire.told import WrittenRealism
from tests.one_eater import as_text, report_as_json
from tests.reports import FOODS, make_report
from tests.schemas import schema_of
from tests.told import trust


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


def test_the_json_file_holds_every_part_and_fits_its_schema(report):
    jsonschema = pytest.importorskip("jsonschema")
    document = report_as_json(report)
    found = document["realism"]
    jsonschema.validate(found, schema_of(WrittenRealism, "realism:1"))
    assert len(found["parts"]) == len(report.realism.parts)
    assert all(one["sentence"].endswith(".") for one in found["parts"])
