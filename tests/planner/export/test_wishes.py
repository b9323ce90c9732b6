from datetime import date

from planner.cli.options import build_request
from planner.export.wishes import wishes_text
from planner.request.meal_phrases import read_guests, read_meal_of_day


def test_wishes_name_the_pattern_and_the_time_on_weekdays():
    request = build_request(pattern="south_asian", max_minutes_weekday=25)
    assert wishes_text(request) == "meals: South Asian; meals of at most 25 minutes on weekdays"


def test_the_usual_pattern_goes_without_saying_and_an_own_one_is_not_read():
    assert wishes_text(build_request()) == ""
    assert wishes_text(build_request(pattern="gone.toml")) == "meals: a pattern of one's own"


def test_what_is_to_be_used_up_is_said_with_how_much_of_it_is():
    request = build_request(use=(("lentils, dry", 300.0),))
    assert wishes_text(request) == "300 g of lentils, dry to use up"
    used = {"lentils, dry": (164.3, 0.0)}
    assert wishes_text(request, used=used) == "164 of 300 g of lentils, dry used up"
    frozen = {"lentils, dry": (164.3, 50.0)}
    told = "164 of 300 g of lentils, dry used up, and 50 g cooked for the freezer"
    assert wishes_text(request, used=frozen) == told




def test_guests_are_named_with_what_they_eat_and_their_meals_together():
    texts = ("every dinner=2", "1:lunch=1,vegan,without soy", "3:lunch=1,vegan,without soy",
             "5:lunch=3,half servings")  # fmt: skip
    assert wishes_text(build_request(guests=tuple(map(read_guests, texts)))) == (
        "2 guests at every dinner; 1 guest at Monday (day 1):lunch, "
        "Wednesday (day 3):lunch (vegan, without soy); "
        "3 guests at Friday (day 5):lunch (0.5 servings each)"
    )


def test_a_day_of_which_no_meal_is_planned_is_named_once_and_dates_are_spoken():
    skip = tuple(map(read_meal_of_day, ("wed", "tue:snack")))
    assert (
        wishes_text(build_request(skip=skip)) == "eaten out day 3; not eaten Tuesday (day 2):snack"
    )
    dated = build_request(skip=skip, start=date(2026, 3, 2))
    assert wishes_text(dated) == "eaten out Wed 4 Mar; not eaten Tue 3 Mar:snack"
