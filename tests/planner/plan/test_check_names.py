from types import SimpleNamespace

from planner.plan.check_names import find_named


def served(item_id, name, kind="dish"):
    return SimpleNamespace(item_id=item_id, name=name, kind=kind, minutes=10)


def test_a_dish_of_ones_own_is_known_once_it_is_served():
    item = served("own_bean_bowl", "Bean bowl")
    assert find_named("bean bowl", ()) is None
    named = find_named("bean bowl", (), [item])
    assert named.dish_ids == {"own_bean_bowl"}
    assert named.is_dish(item)


def test_a_shipped_dish_is_known_served_or_not():
    assert find_named("chana masala with kale", ()).dish_ids == {"chana_masala_kale"}
