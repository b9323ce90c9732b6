from planner.search.units import Seat, units_of


def spots_of(units):
    return [units.spot[a:b].tolist() for a, b in zip(units.start, units.start[1:], strict=False)]


def test_a_place_changes_with_the_same_place_of_another_day_and_so_does_a_meal():
    # spots 0-2 on the first day, 3-5 on the second
    places = ("lunch.main", "lunch.bread", "snack.first")
    units = units_of([Seat(0, day, place, -1) for day in (0, 1) for place in places])
    assert spots_of(units) == [[0], [3], [1], [4], [2], [5], [0, 1], [3, 4]]
    assert units.singles == 6
    assert units.like.tolist() == [2] * 8
    assert units.like_start.tolist() == [0, 0, 2, 2, 4, 4, 6, 6]


def test_what_is_shared_moves_with_the_meal_of_all_who_share_it():
    # two eaters, two days, a main dish in one pot a day, a side of one's own
    seats = [
        Seat(eater, day, place, day if place == "dinner.main" else -1)
        for eater in (0, 1)
        for day in (0, 1)
        for place in ("dinner.main", "dinner.bread")
    ]
    units = units_of(seats)
    assert spots_of(units) == [[1], [3], [5], [7], [0, 1, 4, 5], [2, 3, 6, 7]]


def test_days_on_which_others_share_exchange_nothing_shared():
    # the second day only eater 0 and 1 share, the first all three
    pots = {0: (0, 1, 2), 1: (0, 1)}
    seats = [
        Seat(eater, day, place, day if place == "dinner.main" and eater in pots[day] else -1)
        for eater in (0, 1, 2)
        for day in (0, 1)
        for place in ("dinner.main", "dinner.bread")
    ]
    units = units_of(seats)
    assert units.singles == len(spots_of(units)) == 6
    assert {len(unit) for unit in spots_of(units)} == {1}


def test_one_day_alone_exchanges_nothing():
    units = units_of([Seat(0, 0, "lunch.main", -1), Seat(0, 0, "lunch.bread", -1)])
    assert spots_of(units) == []
    assert units.singles == 0
