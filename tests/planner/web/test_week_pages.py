"""A week on the page: what is done to a meal is what the command of its name does."""

import re
from html import unescape

import pytest

from planner.explain.table_report import TableReport
from planner.plan.locks import LockWish
from planner.request.days import NOTHING
from planner.table.swap import rank_replacements
from planner.web.asking import answers_now
from planner.web.changes import ItemPlace, WeekStep, left_out
from planner.web.grid import week_grid
from tests.workbench import PAGES, Visitor

ANN, TOM = "<b>Ann</b>", "Tom & 'x'"


@pytest.fixture(scope="module")
def visitor():
    return Visitor()


@pytest.fixture(scope="module")
def opened(visitor):
    """A week of two days, planned once; each test begins with its first step."""
    path = visitor.post("/plan", days="2", name="Ann").headers["location"]
    visitor.ended(path)
    return visitor.bench.shelf.get(path.split("/")[2])


@pytest.fixture
def week(opened):
    opened.steps, opened.stays, opened.at = opened.steps[:1], [()], 0
    opened.go(0)
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


def test_a_week_is_shown_before_the_best_one_and_makes_room_for_it(visitor):
    path = visitor.post("/plan", days="1", name="Tom").headers["location"]
    week, shown = visitor.bench.shelf.get(path.split("/")[2]), []
    job = visitor.bench.desk.of(week.week_id)
    plain = job.then
    job.then = lambda result: (plain(result), shown.append((week.step, len(week.steps))))
    page = visitor.ended(path).text
    assert all(step.report.passed and count == 1 for step, count in shown)
    points = [step.report.outcome.objective for step, _ in shown]
    assert len(points) > 1
    assert points[-1] <= points[0]
    assert "still being searched" not in page


def test_a_replacement_is_of_the_week_that_it_was_shown_for(visitor, week):
    fields = {"item": dinner(week.step).item_id, "of": "another"}
    answer = visitor.post(f"/week/{week.week_id}/swap", day="1", slot="dinner", rank="1", **fields)
    assert answer.status_code == 422
    assert "has changed since" in answer.text


def test_the_grid_shows_each_thing_of_each_meal(week, at):
    page = at()
    for day in week.step.report.plan.days:
        for item in day.items():
            assert item.name in page
    assert page.count('class="gauge"') == 2


def test_what_could_be_served_instead_is_what_the_command_lists(visitor, week):
    item = dinner(week.step)
    query = f"day=1&slot=dinner&item={item.item_id}"
    page = unescape(visitor.get(f"/week/{week.week_id}/swap?{query}").text)
    offers = rank_replacements(week.step.session, 1, "dinner", item.item_id).offers
    assert offers
    assert offers[0].first.column.candidate.name in page
    assert page.count('name="rank"') == min(12, len(offers))


def test_a_swap_is_made_checked_shown_undone_and_made_again(week, at):
    item = dinner(week.step)
    page = swapped(at, week)
    assert len(week.steps) == 2
    assert week.step.report.passed
    assert served(week.step) != (item.item_id, item.measure)
    assert (1, "dinner") in week.changed
    assert 'class="changed"' in page
    at("/undo", x="")
    assert served(week.step) == (item.item_id, item.measure)
    at("/redo", x="")
    assert served(week.step) != (item.item_id, item.measure)


def test_what_is_kept_stays_while_something_else_goes(week, at):
    kept, gone = dinner(week.step, 1), dinner(week.step, 2)
    page = at("/change", day="1", slot="dinner", do=f"keep:{kept.item_id}")
    assert week.locks == (LockWish(1, "dinner", kept.item_id),)
    assert 'aria-pressed="true"' in page
    page = at("/change", day="2", slot="dinner", do=f"leave:{gone.item_id}")
    names = {item.item_id for day in week.step.report.plan.days for item in day.items()}
    assert dinner(week.step, 1).item_id == kept.item_id
    assert gone.item_id not in names
    assert gone.name in week.answers["without"]
    assert f"Without {gone.name}" in page or f"without {gone.name}" in page
    at("/change", day="1", slot="dinner", do=f"keep:{kept.item_id}")
    assert week.locks == ()


def test_a_mark_is_undone_like_any_other_change_and_before_it(week, at):
    swapped(at, week)
    changed = week.step
    at("/change", day="1", slot="dinner", do="keep:")
    assert week.locks == (LockWish(1, "dinner", None),)
    at("/undo", x="")
    assert (week.locks, week.step) == ((), changed)  # the mark goes, the change stays
    at("/redo", x="")
    assert (week.locks, week.step) == ((LockWish(1, "dinner", None),), changed)
    at("/undo", x="")
    at("/undo", x="")
    assert week.step is week.steps[0]


def test_a_note_is_kept_with_its_dish_shown_downloaded_and_undone(week, at, visitor):
    item, path = dinner(week.step), f"/week/{week.week_id}"
    fields = {f"note.{item.item_id}": "half the <i>salt</i> =1+1", "note:plan": "Grandma comes"}
    assert visitor.post(f"{path}/notes", day="1", **fields).headers["location"].endswith("#notes")
    page = visitor.get(f"{path}/day/1").text
    assert "Note: half the &lt;i&gt;salt&lt;/i&gt; =1+1" in page
    assert "Note: Grandma comes" in at()
    assert "Grandma comes" in visitor.get(f"{path}/file/json").text
    assert "half the" in visitor.get(f"{path}/file/request.toml").text
    changed = at("/change", day="2", slot="dinner", do="keep:") and at("/replan", x="")
    assert "Note: Grandma comes" in changed
    assert visitor.post(f"{path}/notes", day="1", **{"note:plan": "x" * 201}).status_code == 422
    visitor.post(f"{path}/notes", day="1", **{"note:plan": ""})
    assert [*week.request.week.notes.values()] == ["half the <i>salt</i> =1+1"]
    at("/undo", x="")
    assert "Note: Grandma comes" in at()


def test_the_page_is_told_in_words_of_a_kitchen(visitor, week, at):
    swapped(at, week)
    swap = f"/swap?day=1&slot=dinner&item={dinner(week.step).item_id}"
    for rest in (*PAGES, swap):
        answer = visitor.get(f"/week/{week.week_id}{rest}")
        assert answer.status_code == 200
        words = set(re.findall(r"\w+", re.sub("<[^>]*>", " ", answer.text).lower()))
        assert words & {"point", "points", "knee", "solver", "gap"} == set(), rest


def test_who_hates_the_main_food_of_a_dish_leaves_it_out_in_one_step(week, at):
    page = at()
    item = next(one for day in week_grid(week.step.report, (), ()) for meal in day.meals
                for one in meal.items if len(one.wider) > 1)  # fmt: skip
    kind, said = item.wider[-1]
    assert f'value="all:{kind}"' in page
    page = at("/change", day="1", slot="dinner", do=f"all:{kind}")
    assert week.request.preferences.without == (kind,)
    assert week.answers["without"] == kind
    names = {one.item_id for day in week.step.report.plan.days for one in day.items()}
    assert item.item_id not in names
    assert said


def test_a_meal_that_is_eaten_out_is_planned_no_more(week, at):
    page = at("/change", day="2", slot="lunch", do="out:")
    assert [meal.slot for meal in week.step.report.plan.days[1].meals if meal.slot == "lunch"] == []
    assert "eaten out" in page
    form = answers_now(week.request, week.answers)  # as the form is shown now
    assert form["eat_out"] == "2:lunch"
    page = at("/ask", **{**form, "max_minutes_weekday": "40"})
    assert "eaten out" in page
    assert week.request.preferences.max_minutes_weekday == 40


def test_a_day_of_which_nothing_would_be_left_is_told(visitor, week):
    for slot in ("breakfast", "lunch", "snack"):
        week.request = left_out(week.request, ItemPlace(1, slot), NOTHING)
    fields = {"day": "1", "slot": "dinner", "do": "skip:"}
    answer = visitor.post(f"/week/{week.week_id}/change", **fields)
    assert answer.status_code == 422
    assert "This cannot be done" in answer.text


def test_versions_stand_side_by_side_and_come_back(week, at):
    first = week.step
    at("/keep", name="<i>first</i>")
    swapped(at, week)
    page = at("/keep", name="")
    assert [*week.versions] == ["<i>first</i>", "Version 2"]
    assert "Versions side by side" in page
    assert "Their meals side by side" in page
    assert re.search(r"Dinner(?:<[^>]*>|\s)*\(differs\)", page)
    assert page.count("(differs)") <= 2  # the dinner that was swapped, and the snack beside it
    at("/version", name="<i>first</i>")
    assert week.step is first


@pytest.mark.parametrize(
    ("rest", "fields"),
    [
        ("/change", {"day": "x", "slot": "dinner", "do": "keep:"}),
        ("/change", {"day": "1", "slot": "brunch", "do": "keep:"}),
        ("/change", {"day": "1", "slot": "dinner", "do": "burn:"}),
        ("/change", {"day": "1", "slot": "dinner", "do": "leave:nothing"}),
        ("/change", {"day": "1", "slot": "dinner", "do": "all:of it"}),
        ("/accept", {"way": "1"}),
        ("/version", {"name": "../etc"}),
    ],
)
def test_what_no_page_sends_changes_nothing(visitor, week, rest, fields):
    assert visitor.post(f"/week/{week.week_id}{rest}", **fields).status_code in (400, 404)
    assert len(week.steps) == 1


def test_a_swap_of_something_that_is_not_there_is_told(visitor, week):
    answer = visitor.get(f"/week/{week.week_id}/swap?day=9&slot=dinner&item=x")
    assert answer.status_code == 422
    assert "cannot be done" in answer.text


def test_no_week_for_a_change_is_told_in_full_above_the_week_before(week, at):
    page = at("/ask", days="2", budget_per_week="3", name="Ann")
    assert page.index("What conflicts") < page.index('id="week"')
    assert "Below is the week as it was before" in page
    assert len(week.steps) == 1
    conflicts = page[page.index("What conflicts") : page.index('id="week"')]
    said = re.sub(r"<[^>]*>", "", conflicts)  # ids may have any signs
    assert "--" not in said


def test_a_table_shows_who_has_what_and_what_each_day_brings_each():
    visitor = Visitor()
    sent = visitor.post("/plan", days="1", name=ANN, diet="vegan", **{"eater1.name": TOM})
    page = visitor.ended(sent.headers["location"]).text
    assert "<b>Ann" not in page
    assert "&lt;b&gt;Ann&lt;/b&gt;" in page
    assert len(re.findall('class="gauge"', page)) == 2
    (week,) = visitor.bench.shelf
    assert isinstance(week.step, WeekStep)
    assert isinstance(week.step.report, TableReport)
    (day,) = week_grid(week.step.report, (), ())
    assert [one.name for one in day.strips] == [ANN, TOM]
    own = [item for meal in day.meals for item in meal.items if item.who]
    assert {item.who for item in own} <= {ANN, TOM}


def mains(step):
    days = step.report.plan.days
    return {(day.day, meal.slot): meal.items[0].item_id for day in days for meal in day.meals}


def test_other_answers_move_what_they_must(week, at):
    before, gone = mains(week.step), dinner(week.step)
    at("/ask", **{**week.answers, "without": gone.name})
    assert gone.item_id not in mains(week.step).values()
    assert len(before.items() - mains(week.step).items()) < len(before) / 2


def test_what_does_not_stay_is_planned_with_other_dishes(week, at):
    before, kept = mains(week.step), dinner(week.step)
    week.toggle(LockWish(1, "dinner", kept.item_id))
    at("/replan")
    assert dinner(week.step).item_id == kept.item_id
    assert len(before.items() - mains(week.step).items()) >= len(before) / 2
