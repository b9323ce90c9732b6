"""Errors as sentences: English as ``str`` has them, and said anew in another language."""

from foods.errors import raise_collected
from planner.errors import ConfigError
from planner.language.errors import error_said
from planner.language.spoken import said, speaking, spoken


def collected(*faults):
    try:
        raise_collected(ConfigError, faults, "week.toml")
    except ConfigError as error:
        return error


def in_german(error):
    with speaking("de"):
        return spoken(error_said(error))


def test_an_error_is_said_in_the_language_that_is_spoken():
    error = ConfigError(said("{text!r} is no day", text="fry"), "--day", "keep one")
    assert error_said(error) == str(error) == "--day: 'fry' is no day — keep one"
    assert in_german(error) == "--day: 'fry' ist kein Tag — eines behalten"


def test_several_faults_are_said_each():
    error = collected(said("{text!r} is no day", text="fry"), "is empty")
    assert error_said(error) == str(error)
    assert in_german(error) == "week.toml: \n  'fry' ist kein Tag\n  ist leer"


def test_an_error_keeps_its_faults_at_another_place():
    assert in_german(collected("is empty").at("Ben")) == "Ben: ist leer"


def test_what_somebody_wrote_is_not_translated():
    assert in_german(ConfigError(said("{text!r} is no day", text="day {x}"))).startswith(
        "'day {x}'"
    )
