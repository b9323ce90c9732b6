from planner.plan.doses import DailyAmount, place_doses
from planner.request.request import SLOTS
from tests.medicine_names import read_medicines


def dose(nutrient, amount, taken_dose=None):
    return DailyAmount(nutrient, nutrient, nutrient, amount, taken_dose)


def slots_of(*amounts, medicines=(), slots=SLOTS):
    """Give slot → (nutrient, amount) of the doses."""
    placed = place_doses(amounts, slots, read_medicines(medicines))
    return {
        slot: [pair for item in items for pair in item.nutrients.items()]
        for slot, items in placed.items()
    }


def test_200_mg_of_magnesium_are_one_dose_with_dinner():
    assert slots_of(dose("magnesium_mg", 200.0)) == {"dinner": [("magnesium_mg", 200.0)]}


def test_more_than_200_mg_of_magnesium_are_split():
    placed = slots_of(dose("magnesium_mg", 350.0))
    assert placed == {
        "breakfast": [("magnesium_mg", 175.0)],
        "dinner": [("magnesium_mg", 175.0)],
    }


def test_a_calcium_pill_holds_500_mg_at_most():
    placed = slots_of(dose("calcium_mg", 1200.0))
    assert [amount for doses in placed.values() for _, amount in doses] == [400.0] * 3


def test_doses_that_somebody_takes_anyway_stay_apart():
    assert set(slots_of(dose("magnesium_mg", 120.0, 60.0))) == {"breakfast", "dinner"}


def test_a_tablet_that_is_taken_already_is_never_split():
    # 400 mg of magnesium oxide in one tablet hold 241 mg, more than a plan would add at once
    assert slots_of(dose("magnesium_mg", 241.0, 241.0)) == {"dinner": [("magnesium_mg", 241.0)]}
    twice = slots_of(dose("calcium_mg", 1200.0, 600.0))
    assert [pair for doses in twice.values() for pair in doses] == [("calcium_mg", 600.0)] * 2


def test_a_tablet_and_a_half_are_a_tablet_and_half_of_one():
    placed = slots_of(dose("magnesium_mg", 360.0, 240.0))
    assert sorted(amount for doses in placed.values() for _, amount in doses) == [120.0, 240.0]


def test_large_calcium_and_large_magnesium_are_not_taken_at_one_meal():
    placed = slots_of(dose("calcium_mg", 1000.0), dose("magnesium_mg", 300.0))
    assert all(len({key for key, _ in doses}) == 1 for doses in placed.values())
    small = slots_of(dose("calcium_mg", 250.0), dose("magnesium_mg", 300.0))
    assert len(small["breakfast"]) == 2


def test_iron_is_apart_from_any_calcium_or_magnesium():
    placed = slots_of(dose("magnesium_mg", 300.0), dose("iron_mg", 27.0), dose("calcium_mg", 100.0))
    (with_iron,) = [doses for doses in placed.values() if ("iron_mg", 27.0) in doses]
    assert len(with_iron) == 1


def test_thyroid_tablets_keep_magnesium_and_calcium_away_from_breakfast():
    medicines = ["levothyroxine"]
    placed = slots_of(dose("magnesium_mg", 300.0), dose("calcium_mg", 500.0), medicines=medicines)
    assert "breakfast" not in placed
    assert set(slots_of(dose("vitamin_d_ug", 20.0), medicines=medicines)) == {"breakfast"}
