"""A workbench that is served, a browser that came with its key, and a week that is planned once."""

import pytest

from planner.pipeline import plan_meals
from planner.web.asking import read_answers
from tests.actors import ACTORS
from tests.browser import browser
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
    """Give somebody at the page, by the kind that they are of."""
    return lambda who: ACTORS[who](page, home, tmp_path)


@pytest.fixture(scope="session")
def two_days():
    return plan_meals(read_answers({"days": "2"}).request)


@pytest.fixture
def week(bench, home, two_days):
    """The address of a week of two days, which is the test's own."""
    week = opened(bench, two_days, {"days": "2"})
    yield f"{home}/week/{week.week_id}"
    bench.desk.forget(week.week_id)
    bench.shelf.close(week.week_id)
