"""Small plans that rooms share, read from disk: meals chosen one by one, in no rhythm.

``lone``: one eater, two days of which each dinner leaves the other as it is. ``pair``: Ann and Tom,
who has no peanut, three days with guests at the second dinner. ``house``: Ann, vegan, and Ben, who
is there on days 2 and 3, with three guests.
"""

from pathlib import Path

import pytest

from planner.wire.document import read_plan_document

SMALL = Path(__file__).parents[1] / "golden" / "small"


def small_plan(name):
    """Make fixtures of a plan: the path of its file, and what that holds."""

    @pytest.fixture(scope="session")
    def path():
        return SMALL / name / "plan.json"

    @pytest.fixture(scope="session")
    def document():
        return read_plan_document(SMALL / name / "plan.json")

    return path, document


lone_path, lone = small_plan("lone")
pair_path, pair = small_plan("pair")
house_path, house = small_plan("house")
