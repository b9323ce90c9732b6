"""A workbench that is served, a browser that came with its key, and a week that is planned once."""

from functools import cache

import pytest

from planner.web.asking import read_answers
from tests import stored
from tests.browser import browser
from tests.one_eater import plan_everybody
from tests.planner.web.actors import ACTORS
from tests.workbench import opened, serving


@pytest.fixture(scope="session")
def bench():
    with serving() as bench:
        yield bench


@pytest.fixture(scope="session")
def page(tmp_path_factory, bench):
    with browser(tmp_path_factory.mktemp("browser")) as page:
        page.open(bench.address)
        yield page


@pytest.fixture
def home(bench):
    """The address of the first page."""
    return f"http://127.0.0.1:{bench.port}"


@pytest.fixture
def actor(page, home, tmp_path):
    """Return somebody at the page, by the kind that they are of."""
    return lambda who: ACTORS[who](page, home, tmp_path)


@pytest.fixture(scope="session")
def planned():
    """Return a function: number of days → their week, planned once."""
    return cache(lambda days: plan_everybody(read_answers({"days": str(days)}).request))


@pytest.fixture
def shown(bench, home):
    """Return a function: a report and its answers → the address of a week of the test's own."""
    weeks = []

    def address(report, answers):
        weeks.append(opened(bench, report, answers).week_id)
        return f"{home}/week/{weeks[-1]}"

    yield address
    for week_id in weeks:
        bench.desk.forget(week_id)
        bench.shelf.close(week_id)


@pytest.fixture
def week_of(shown, planned):
    """Return a function: number of days → the address of a week that is the test's own."""
    return lambda days: shown(planned(days), {"days": str(days)})


@pytest.fixture
def week(shown):
    return shown(stored.report("woman_55"), {"days": "7"})
