from planner.cli.options import build_request
from planner.export.wishes import wishes_text


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
