"""More energy on some days holds for whoever asks for it: in a plan for two, the check, replan."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.bound.conflict import find_shared_conflict
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.errors import ConfigError, RefusedError
from planner.export.as_json import as_json
from planner.export.documents import TableDocument
from planner.export.menu import figures_table
from planner.export.wishes import wishes_text
from planner.pipeline import plan_meals
from planner.plan.shares import own_plan
from planner.request.days import more_on
from planner.request.eater_phrases import read_eater
from planner.request.meal_hours import read_more_energy
from planner.request.next_week import request_after
from planner.request.read import request_from_dict, request_to_dict
from planner.table.prepare import prepare_table
from planner.table.replan import replan_table
from planner.targets.derive import derive_targets, targets_of
from planner.wire.document import parse_plan_document

FOODS = read_embedded_foods()
ANN, BEN = "name=Ann,sex=f,age=40", "name=Ben,sex=m,age=40,more-energy=2:400 kcal"
MORE = {"preferences": {"more_energy": {"tue,thu": 400, "3": 200.5, "thu": 500}}}


def energy(plan, name, day):
    return own_plan(plan, name).days[day - 1].totals["energy_kcal"]


@pytest.fixture(scope="module")
def report():
    return plan_meals(build_request(eater=(read_eater(ANN), read_eater(BEN)), days=2))


@pytest.fixture(scope="module")
def document(report):
    return parse_plan_document(as_json(report), "plan.json")


def test_who_asks_has_more_on_that_day_and_the_other_does_not(report, document):
    need = {name: one.targets.energy.kcal for name, one in report.reports.items()}
    for name, day, more in (("Ann", 1, 0), ("Ann", 2, 0), ("Ben", 1, 0), ("Ben", 2, 400)):
        wide = 0.03 if name == "Ben" else 0.1
        assert energy(report.plan, name, day) == pytest.approx(
            need[name] + more, abs=wide * need[name] + 0.01
        )
    assert check_document(document, FOODS).passed
    (finding,) = (
        one
        for one in report.reports["Ben"].check.findings
        if (one.nutrient, one.day) == ("energy_kcal", 2)
    )
    assert finding.lower == pytest.approx(0.97 * need["Ben"] + 400)


@pytest.mark.parametrize("asked", [{}, {"1": 400.0}, {"2": 900.0}])
def test_a_forged_plan_is_found(document, asked):
    ann, ben = document.request.eaters
    ben = replace(ben, preferences=replace(ben.preferences, more_energy=asked))
    forged = replace(document, request=replace(document.request, eaters=(ann, ben)))
    assert not check_document(forged, FOODS).passed


def test_the_days_of_all_at_a_table_are_of_the_same_classes(report):
    table = prepare_table(report.request)
    kinds = [one.source.day_kinds for one in table.weeks.values()]
    assert [len(set(own)) for own in kinds] == [2, 2]
    sources = {name: one.source for name, one in table.weeks.items()}
    assert find_shared_conflict(sources, table.shared) is None


def test_replan_gives_the_day_more(document):
    ann, ben = document.request.eaters
    ben = replace(ben, preferences=replace(ben.preferences, more_energy={"1": 400.0}))
    asked = replace(document.request, eaters=(ann, ben))
    again = replan_table(document, asked).report
    assert again.passed
    assert energy(again.plan, "Ben", 1) > energy(again.plan, "Ben", 2) + 200


def test_days_and_energy_are_read_and_written_and_those_of_weekdays_go_on():
    assert read_more_energy("tue and thu: +400 kcal more") == ("tue,thu", 400.0)
    assert read_more_energy("sat=1600 kJ")[1] == pytest.approx(382.4, abs=0.1)
    for text in ("tue", "=400", "tue=much", "tue=5000", "someday=400"):
        with pytest.raises(ConfigError):
            read_more_energy(text)
    request = request_from_dict(MORE)
    assert request_from_dict(request_to_dict(request)) == request
    wanted = request.preferences.more_energy
    assert [more_on(wanted, request.week, day) for day in range(1, 6)] == [0, 400, 200.5, 500, 0]
    after = request_after(request, None, "plan.json", None)
    assert after.preferences.more_energy == {"tue,thu": 400, "thu": 500}


def test_the_lines_of_goals_and_wishes_say_it(report):
    asked = request_from_dict(MORE)
    told = "400 kcal more on tue, thu; 200 kcal more on 3; 500 kcal more on thu"
    assert told in wishes_text(asked)
    ann, ben = (figures_table(one).below for one in TableDocument.of(report).eaters.values())
    assert "kcal (400 kcal more on 2)." in ben
    assert "more" not in ann


def test_the_week_has_more_and_shares_of_energy_follow():
    plain = derive_targets(request_from_dict({}).profile)
    asked = targets_of(request_from_dict(MORE))
    assert plain.find("energy_kcal", "week") == asked.find("energy_kcal", "week")
    assert plain.find("fat_pct_energy", "day") == asked.find("fat_pct_energy", "day")


@pytest.mark.parametrize("who", [{"age": 12}, {"state": "pregnant", "age": 30}])
def test_more_than_is_needed_is_a_clinics_to_plan_with_some(who):
    request = request_from_dict({"profile": {"sex": "f", **who}, **MORE})
    with pytest.raises(RefusedError, match="no plans above the need"):
        targets_of(request)


def test_who_is_heavy_and_trains_may_have_more():
    heavy = {"sex": "m", "age": 40, "height_cm": 180, "weight_kg": 95}
    assert targets_of(request_from_dict({"profile": heavy, **MORE}))
