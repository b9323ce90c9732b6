"""A week on the page: what is done to a meal is what the command of its name does."""

from html import unescape

import pytest

from planner.request.days import NOTHING
from planner.table.swap import rank_replacements
from planner.web.weeks import ItemPlace, left_out
from tests import stored
from tests.rows import rows
from tests.workbench import Visitor
from tests.workbench import opened as open_week


@pytest.fixture(scope="module")
def visitor():
    return Visitor()


@pytest.fixture(scope="module")
def opened(visitor):
    """A stored week; each test begins with its first step."""
    return open_week(visitor.bench, stored.report("woman_55"), {"days": "7", "name": "Ann"})


@pytest.fixture
def week(opened):
    first, opened.steps, opened.stays = opened.steps[0], [], []
    opened.add(first, ())
    opened.versions, opened.refused = {}, None
    return opened


@pytest.fixture
def at(visitor, week):
    """Ask for a page of the week, and wait for what it does."""

    def ask(rest="", **fields):
        path = f"/week/{week.week_id}"
        if not fields and not rest.startswith("/"):
            return unescape(visitor.get(path + rest).text)
        assert visitor.post(path + rest, **fields).status_code == 303
        return unescape(visitor.ended(path).text)

    return ask


def dinner(step, day=1):
    (meal,) = [one for one in step.report.plan.days[day - 1].meals if one.slot == "dinner"]
    return meal.items[0]


def served(step):
    """What stands there, and how much of it: another portion of the same is a swap too."""
    return dinner(step).item_id, dinner(step).measure


def swapped(at, week):
    fields = {"item": dinner(week.step).item_id, "of": week.step.mark}
    return at("/swap", day="1", slot="dinner", rank="1", **fields)


def test_a_week_is_shown_that_holds_and_those_on_the_way_make_room_for_it(visitor):
    path = visitor.post("/plan", days="1", name="Tom").headers["location"]
    week, shown = visitor.bench.shelf.get(path.split("/")[2]), []
    job = visitor.bench.desk.of(week.week_id)
    plain = job.then
    job.then = lambda result: (plain(result), shown.append((week.step, len(week.steps))))
    page = visitor.ended(path).text
    assert all(step.report.passed and count == 1 for step, count in shown)
    points = [step.report.outcome.objective for step, _ in shown]
    assert points  # a week in a rhythm is there in seconds, so that none is shown before it
    assert points[-1] <= points[0]
    assert "still being searched" not in page


def test_what_could_be_served_instead_is_what_the_command_lists(visitor, week):
    item = dinner(week.step)
    query = f"day=1&slot=dinner&item={item.item_id}"
    page = unescape(visitor.get(f"/week/{week.week_id}/swap?{query}").text)
    offers = rank_replacements(week.step.session, 1, "dinner", item.item_id).offers
    assert offers
    assert offers[0].first.column.candidate.name in page
    assert page.count('name="rank"') == min(12, len(offers))


def test_a_swap_is_made_checked_shown_and_undone(week, at):
    item, page = dinner(week.step), at()
    assert all(one.name in page for day in week.step.report.plan.days for one in day.items())
    page = swapped(at, week)
    assert len(week.steps) == 2
    assert week.step.report.passed
    assert served(week.step) != (item.item_id, item.measure)
    assert (1, "dinner") in week.changed
    assert 'class="changed"' in page
    at("/undo", x="")
    assert served(week.step) == (item.item_id, item.measure)
    assert week.request == week.step.report.request
    at("/undo", x="")  # there is nothing before the first
    assert served(week.step) == (item.item_id, item.measure)


def test_a_note_is_kept_with_its_dish_shown_downloaded_and_undone(week, at, visitor):
    item, path = dinner(week.step), f"/week/{week.week_id}"
    fields = {f"note.{item.item_id}": "half the <i>salt</i> =1+1", "note:plan": "Grandma comes"}
    assert visitor.post(f"{path}/notes", day="1", **fields).headers["location"].endswith("#notes")
    page = visitor.get(f"{path}/day/1").text
    assert "Note: half the &lt;i&gt;salt&lt;/i&gt; =1+1" in page
    assert "Note: Grandma comes" in at()
    assert "Grandma comes" in visitor.get(f"{path}/file/json").text
    assert "half the" in visitor.get(f"{path}/file/request.toml").text
    assert visitor.post(f"{path}/notes", day="1", **{"note:plan": "x" * 201}).status_code == 422
    visitor.post(f"{path}/notes", day="1", **{"note:plan": ""})
    assert [*week.request.week.notes.values()] == ["half the <i>salt</i> =1+1"]
    at("/undo", x="")
    assert "Note: Grandma comes" in at()


def test_a_day_of_which_nothing_would_be_left_is_told(visitor, week):
    for slot in ("breakfast", "lunch", "snack"):
        week.request = left_out(week.request, ItemPlace(1, slot), NOTHING)
    fields = {"day": "1", "slot": "dinner", "do": "skip:"}
    answer = visitor.post(f"/week/{week.week_id}/change", **fields)
    assert answer.status_code == 422
    assert "This cannot be done" in answer.text


@rows(__file__, "what_no_page_sends_changes")
def test_what_no_page_sends_changes_nothing(visitor, week, rest, fields):
    assert visitor.post(f"/week/{week.week_id}{rest}", **fields).status_code in (400, 404)
    assert len(week.steps) == 1


def test_a_swap_of_another_week_or_of_nothing_is_told(visitor, week):
    path = f"/week/{week.week_id}/swap"
    fields = {"item": dinner(week.step).item_id, "of": "another"}
    old = visitor.post(path, day="1", slot="dinner", rank="1", **fields)
    gone = visitor.get(f"{path}?day=9&slot=dinner&item=x")
    for answer, told in ((old, "has changed since"), (gone, "cannot be done")):
        assert answer.status_code == 422
        assert told in answer.text
