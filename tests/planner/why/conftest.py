"""One small plan, and what its account is made from, shared by the tests of this room."""

import pytest

from planner.request.request import NAMELESS
from planner.table.session import open_table
from planner.why.ledger import Ledger
from planner.wire.document import read_plan_document

# with this seed no recipe takes a little more for a whole package
WORDS = (
    *("--diet", "vegetarian", "--without", "mushroom", "--without", "peanut"),
    *("--dislike", "kale:2", "--days", 2, "--seed", 1, "--effort", "quick"),
)


@pytest.fixture(scope="package")
def document(planned_once):
    return read_plan_document(planned_once(*WORDS) / "plan.json")


@pytest.fixture(scope="package")
def session(document):
    return open_table(document).eaters[NAMELESS]


@pytest.fixture(scope="package")
def ledgers(session):
    return [Ledger.of_week(one.parts) for one in session.weeks]
