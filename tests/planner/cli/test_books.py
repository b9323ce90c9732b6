"""What the printed lists buy is what the printed recipes cook, week after week, for that money.

The books are kept by ``tests/shopper.py``, which reads the documents alone.
"""

import json
import re

import pytest

from tests.commands import ended
from tests.shopper import Books, bought_before, frozen_twice

ROUNDED_USD = 0.05  # weighed things of a food are rounded to a cent in each week of their own
HOUSEHOLDS = {
    "one": (28, ()),
    "two": (14, (
        "--eater", "name=Ann,sex=f,age=34,height=168,weight=62",
        "--eater", "name=Ben,sex=m,age=36,height=180,weight=82",
    )),
    "three": (28, (
        "--eater", "name=Ann,sex=f,age=34,height=168,weight=62",
        "--eater", "name=Ben,sex=m,age=36,height=180,weight=82",
        "--eater", "name=Kim,sex=f,age=8,height=128,weight=26",
    )),
}  # fmt: skip


def said(*words):
    code, out, err = ended(*words)
    assert code == 0, err
    return out


def lists_of(path, days):
    weeks = range(1, days // 7 + 1)
    return [json.loads(said("shop", path, "--week", one, "--json")) for one in weeks]


@pytest.mark.parametrize("who", HOUSEHOLDS)
def test_the_lists_of_the_weeks_are_enough_for_their_recipes_and_cost_what_the_plan_says(
    who, planned_once
):
    days, eaters = HOUSEHOLDS[who]
    path = planned_once("--days", days, *eaters) / "plan.json"
    plan, lists = json.loads(path.read_text(encoding="utf-8")), lists_of(path, days)
    books = Books(plan)
    for one in lists:
        books.live(one)
    assert books.faults == []
    assert min(books.there.values()) >= 0.0
    assert books.paid_usd == pytest.approx(plan["till"]["price"], abs=ROUNDED_USD)
    whole = json.loads(said("shop", path, "--json"))
    assert bought_before(whole) == sorted(one for each in lists for one in bought_before(each))
    assert list(frozen_twice(plan, whole)) == []
    at_once = Books(plan)
    at_once.live(whole)
    assert at_once.faults == []
    for key in ("price", "eaten"):
        sums = sum(one["total"][key] for one in lists)
        assert sums == pytest.approx(plan["till"][key], abs=ROUNDED_USD)
    for total in [plan["till"], *(one["total"] for one in lists)]:
        parts = [total[key] for key in ("eaten_of_price", "kept", "spoils")]
        assert min(parts) >= 0.0
        assert sum(parts) == pytest.approx(total["price"])


def test_books_find_a_package_that_is_missing_and_a_price_that_is_not_so(planned_once):
    path = planned_once("--days", 28) / "plan.json"
    plan, (first, *_) = json.loads(path.read_text(encoding="utf-8")), lists_of(path, 28)
    bought = [one for one in first["lines"] if one["packages"] and not one["surplus_g"]]
    line = bought[0] if bought else next(one for one in first["lines"] if one["packages"])
    line |= {"packages": 0, "buy": ""}
    books = Books(plan)
    books.live(first)
    assert any(line["food_id"] in one for one in books.faults)
    assert any(line["name"] in one for one in books.faults)


def test_books_find_what_is_frozen_twice():
    hint = {"food_id": "bacon_raw", "kind": "left", "opened_day": 6, "text": "freeze in slices"}
    plan = {"days": [{"day": 6, "packages": [hint]}, {"day": 26}]}
    line = {"food_id": "bacon_raw", "name": "Bacon", "trip": 1, "packages": 1}
    for bags, count in (([26], 1), ([6], 1), ([], 0)):
        shopping = {"trips": [{"trip": 1, "before_day": 1}]}
        shopping["lines"] = [line | {"freeze_for_days": bags}]
        assert len(list(frozen_twice(plan, shopping))) == count


def test_screen_list_explanation_and_files_say_the_same_sum(planned_once):
    path = planned_once("--days", 1) / "plan.json"
    till = json.loads(path.read_text(encoding="utf-8"))["till"]
    explained = json.loads(said("explain", path, "--json"))["till"]
    assert explained == json.loads(said("shop", path, "--json"))["total"] == till
    price = f"${till['price']:.2f}"
    screen, why = (" ".join(said(one, path).split()) for one in ("show", "explain"))
    (told,) = re.findall(r"\S+ at checkout: .*? spoiled\.", screen)
    assert told in why
    assert told.startswith(price)
    assert f"At checkout: {price} " in " ".join(said("shop", path).split())
