"""Why a plan in a rhythm is as it is: sources, at its bounds, without a thing, with another."""

from dataclasses import replace

import pytest

from planner.errors import CandidatesError, ConfigError
from planner.explain.account import Account
from planner.export.why import account_told
from planner.rhythm.account import RoleAccount
from planner.table.account import Asked, account_of
from planner.table.session import open_table
from planner.wire.document import read_plan_document
from tests import stored
from tests.told import printed


@pytest.fixture(scope="module")
def document(planned_once):
    words = ("--days", 7, "--diet", "vegetarian", "--without", "peanut", "--effort", "quick")
    return read_plan_document(planned_once(*words) / "plan.json")


@pytest.fixture(scope="module")
def roles(document):
    return RoleAccount.of_table(open_table(document).roles)[""]


@pytest.fixture(scope="module")
def account(document) -> Account:
    return account_of(document, Asked(day=2))


def test_the_week_has_the_points_of_the_plan_and_what_holds_the_day(document, account):
    (week,) = account.eaters[""].weeks
    assert week.plan.points == pytest.approx(document.points[""])
    assert sum(week.plan.terms.values()) == pytest.approx(week.plan.points)
    text = printed(account_told(account, {}))
    assert "average days" not in text
    assert "What holds the day" in text


def test_rows_that_are_at_their_bound_would_break_beyond_it(roles, account):
    change = roles.weeks[0]
    assert not change.held.broken(change.held.taking(change.standing))
    rooms = account.eaters[""].weeks[0].rooms
    assert all(0 <= room.tight <= room.rows and room.sentence for room in rooms)
    whole = change.week.whole
    missed = whole.missed(whole.taking(change.standing))
    soft = sum(missed[at] * whole.price[at] for at in range(len(missed)) if missed[at])
    assert sum(room.points for room in rooms) == pytest.approx(soft)


def test_sources_are_those_of_the_day_and_what_each_thing_brings_adds_up_to_it(document, account):
    day, own = document.plan.days[1], account.eaters[""]
    assert list(own.sources) == ["magnesium_mg", "calcium_mg"]
    for key, sources in own.sources.items():
        assert own.means[key] == pytest.approx(day.totals[key])
        assert sources[0].amount == pytest.approx(sources[0].share * day.totals[key])
        assert sum(item.amounts[key] or 0.0 for item in own.items) == pytest.approx(day.totals[key])
    assert sum(item.cost_usd for item in own.items) == pytest.approx(day.cost)


def test_some_eater_meal_or_missing_thing_alone_is_asked_for(document):
    with pytest.raises(ConfigError, match="one eater"):
        account_of(document, Asked(eater="Ann"))
    found = account_of(document, Asked(why_not=("salmon",)))
    assert not found.eaters
    assert [reason.kind for reason in found.why_not[""]] == ["left_out"]
    told = account_of(document, Asked(day=2, slot="dinner"))
    assert {item.slot for item in told.eaters[""].items if item.is_looked_at} == {"dinner"}
    with pytest.raises(CandidatesError, match="banana"):
        account_of(document, Asked(why_not=("bananana",)))


def test_of_a_plan_without_a_rhythm_it_is_said_what_to_do():
    request = stored.request("woman_55")
    older = replace(request, week=replace(request.week, rhythm=None))
    without_rhythm = replace(stored.document("woman_55"), request=older)
    with pytest.raises(ConfigError, match="before weeks had a rhythm"):
        account_of(without_rhythm, Asked())


def test_what_could_stand_there_costs_what_its_swap_says(roles, account):
    own = account.eaters[""]
    assert {item.day for item in own.items} == {2}
    assert all(item.is_looked_at for item in own.items if item.points)
    others = [item for item in own.items if item.instead is not None]
    assert others
    for other in others:
        assert other.instead.source_id != other.source_id
        more = other.instead.change
        assert sum(more.terms.values()) == pytest.approx(more.points)
    assert any(item.holds for item in own.items)


def test_what_is_missed_is_planned_banned_elsewhere_or_dearer(document, roles):
    days = tuple(day.day for day in document.plan.days)
    dinner = next(meal for meal in document.plan.days[1].meals if meal.slot == "dinner").items[0]
    assert roles.why_not(dinner.name, days).kind == "planned"
    assert "vegetarian" in roles.why_not("salmon", days).sentences[0]
    oats = next(item for meal in document.plan.days[1].meals[:1] for item in meal.items)
    assert roles.why_not(oats.name, days, "dinner").kind == "no_place"
    found = roles.why_not("tofu", days, "dinner")
    if found.kind == "dearer":
        assert found.change.points > 0.0
    assert found.kind in ("planned", "dearer", "better", "rules")
