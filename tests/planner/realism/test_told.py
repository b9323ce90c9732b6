"""How the realism score is told: in the JSON file, and in no print."""

from dataclasses import replace

import pytest

from planner.realism.score import Realism, score_plan
from planner.wire.told import WrittenRealism
from tests.one_eater import as_text, report_as_json
from tests.reports import FOODS, make_report
from tests.schemas import schema_of


@pytest.fixture(scope="module")
def report():
    plain = make_report()
    return replace(plain, realism=score_plan(plain.plan, FOODS, ()))


def test_a_print_tells_no_score_since_it_says_nothing_about_people(report):
    assert "realism" not in as_text(replace(report, realism=Realism(8.6, ())))


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
