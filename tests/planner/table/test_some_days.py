"""Who is at the table on some days: planned, checked, listed and planned again."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.bound.conflict import find_shared_conflict
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.export.as_json import as_json
from planner.export.documents import TableDocument
from planner.export.menu import figures_table
from planner.export.wishes import own_wishes_text
from planner.pipeline import plan_meals
from planner.plan.plan import ABSENT
from planner.plan.shares import own_plan
from planner.request.eater_phrases import read_eater
from planner.request.read import request_from_dict, request_to_dict
from planner.request.write import write_table
from planner.table.prepare import prepare_table
from planner.table.replan import replan_table
from planner.targets.eaters import energy_shares
from planner.wire.document import parse_plan_document

FOODS = read_embedded_foods()
ANN, BEN = "name=Ann,sex=f,age=40", "name=Ben,sex=m,age=40,diet=vegetarian,days=2-3"


def asked_of(*eaters, days=3):
    return build_request(eater=tuple(map(read_eater, eaters)), days=days)


@pytest.fixture(scope="module")
def report():
    return plan_meals(asked_of(ANN, BEN))


@pytest.fixture(scope="module")
def document(report):
    return parse_plan_document(as_json(report), "plan.json")


def mains(plan, name):
    return [
        next((meal.items[0].item_id for meal in day.meals if meal.slot == "dinner"), "")
        for day in own_plan(plan, name).days
    ]


def with_days(document, *days):
    ann, ben = document.request.eaters
    return replace(document.request, eaters=(ann, replace(ben, days=days)))


def test_nothing_is_planned_for_who_is_away_and_dinners_are_shared_on_the_other_days(report):
    ann, ben = (mains(report.plan, name) for name in ("Ann", "Ben"))
    assert ben[0] == ""
    assert ann[0] != ""
    assert ann[1:] == ben[1:]
    away, *here = report.reports["Ben"].plan.days
    assert (away.cost, away.facts) == (0.0, ABSENT)
    assert all(day.facts != ABSENT for day in here)
    assert all(item.shares[0].eater == "Ann" for item in report.plan.days[0].items())


def test_averages_are_over_the_days_at_the_table(report, document):
    ben = report.reports["Ben"]
    energy = [day.totals["energy_kcal"] for day in ben.plan.days[1:]]
    assert ben.plan.means["energy_kcal"] == pytest.approx(sum(energy) / 2)
    assert own_plan(document.plan, "Ben").means == pytest.approx(ben.plan.means, nan_ok=True)
    (week,) = (
        one for one in ben.check.findings if (one.nutrient, one.period) == ("energy_kcal", "week")
    )
    assert week.value == pytest.approx(sum(energy) / 2)
    assert week.lower == pytest.approx(0.97 * ben.targets.energy.kcal)
    assert len(figures_table(TableDocument.of(report).eaters["Ben"]).rows) == 3


def test_the_check_passes_and_finds_other_days(document):
    assert check_document(document, FOODS).passed
    for days in ((), ("2",), ("1", "2"), ("1-2",)):
        forged = replace(document, request=with_days(document, *days))
        assert not check_document(forged, FOODS).passed, days


def test_replan_moves_the_days(document):
    again = replan_table(document, with_days(document, "1-2")).report
    assert again.passed
    ann, ben = (mains(again.plan, name) for name in ("Ann", "Ben"))
    assert ben[2] == ""
    assert ann[:2] == ben[:2]


def test_who_is_away_narrows_nothing_on_the_other_days_and_days_are_alike_for_all(report):
    table = prepare_table(report.request)
    served = [
        {
            own.candidate_id
            for own in one.source.candidates.candidates
            if "dinner.main" in own.places
        }
        for one in table.weeks.values()
    ]
    assert served[1] < served[0]
    sources = {name: one.source for name, one in table.weeks.items()}
    assert len({tuple(map(kind_of, one.day_kinds)) for one in sources.values()}) == 1
    assert find_shared_conflict(sources, table.shared) is None


def kind_of(kind):
    return kind.weekend, kind.puts, kind.off


def test_days_are_read_and_written_and_said():
    request = asked_of(ANN, "name=Ben,sex=m,age=40,away=mon", days=7)
    table = request_to_dict(request)
    assert request_from_dict(table) == request
    assert 'days = ["every day but mon"]' in write_table(table, None)
    assert own_wishes_text(request.eaters[1]).endswith("at the table every day but mon")
    shares = energy_shares(request), energy_shares(asked_of(ANN, "name=Ben,sex=m,age=40", days=7))
    (some, every) = (one["Ben"] / one["Ann"] for one in shares)
    assert some == pytest.approx(every * 6 / 7)


@pytest.mark.parametrize(
    ("eaters", "message"),
    [
        ((ANN, "name=Ben,sex=m,age=40,days=sun"), "Ben, days: 'sun' is no day of the plan"),
        ((f"{ANN},days=1", "name=Ben,sex=m,age=40,days=3"), "nobody is at the table on day 2"),
        ((ANN, f"{BEN},drink=coffee:2"), "Ben is at the table on some days"),
    ],
)
def test_what_does_not_go_with_days_is_said(eaters, message):
    with pytest.raises(ConfigError, match=message):
        asked_of(*eaters)
