"""Small plans that rooms share: each is planned once a test run and read from disk."""

import pytest

from planner.wire.document import read_plan_document

QUICK = ("--effort", "quick")
# Two evenings that are cooked for, so that what goes from one leaves the other as it is.
LONE = ("--days", 2, "--seed", 2, "--habit", "second_meals_a_week<=0")
# With room for salt and calcium: what stands beside a dinner leaves few others in its place.
PAIR = (
    *("--eater", "name=Ann,sex=f,age=40,height=168,weight=64,activity=active"),
    *("--eater", "name=Tom,sex=m,age=30,height=178,weight=75,activity=active,without=peanut"),
    *("--days", 3, "--guests", "2:dinner=2", "--ratio-max", 2.6, "--target", "sodium_mg<=4000"),
)
HOUSE = (
    *("--eater", "name=Ann,sex=f,age=40,height=168,weight=64,activity=active,diet=vegan"),
    *("--eater", "name=Ben,sex=m,age=42,without=peanut,days=2-3,more-energy=3:400 kcal"),
    *("--days", 3, "--guests", "2:dinner=3", "--max-minutes-on", "2:dinner=25"),
    *("--skip", "3:lunch"),
)


def small_plan(words):
    """Make a fixture of the plan of some words: the path of its file."""

    @pytest.fixture(scope="session")
    def path(planned_once):
        return planned_once(*words, *QUICK) / "plan.json"

    return path


lone_path, pair_path, house_path = map(small_plan, (LONE, PAIR, HOUSE))


@pytest.fixture(scope="session")
def lone(lone_path):
    return read_plan_document(lone_path)


@pytest.fixture(scope="session")
def pair(pair_path):
    return read_plan_document(pair_path)


@pytest.fixture(scope="session")
def house(house_path):
    return read_plan_document(house_path)
