"""A declared type is built from values, written, read back and described by the same lines."""

from dataclasses import dataclass
from typing import Annotated

import pytest
from pydantic import Field, ValidationError

from planner.wire.base import (
    ABSENT,
    OPTIONAL,
    TOLD,
    Date,
    Figure,
    Many,
    Record,
    Sorted,
    Wire,
    json_text,
    numbered,
    shown,
)
from tests.schemas import schema_of


class Part(Record):
    food_id: str
    mass_g: Figure


class Plate(Wire):
    """What is on a plate.

    Parameters
    ----------
    plate_id
        Its number.
    """

    plate_id: int = Field(alias="id")
    parts: Many[Part] = Field([])
    words: Sorted[str] = Field([])
    on: Date | None = None
    beside: Annotated[str, OPTIONAL] = ""
    asked: Annotated[Many[str] | None, ABSENT] = None
    notes: Annotated[Many[str], TOLD] = Field([])


class Plates(Wire):
    plates: Annotated[Many[Plate], numbered("plate_id")]
    share: Annotated[Figure, shown(maximum=1)] = 0.5


@dataclass(frozen=True)
class Dish:
    plate_id: int
    parts: tuple = ()
    words: tuple = ()


def test_it_is_built_from_attributes_and_what_is_told_goes_first():
    plate = Plate.of(Dish(1, (("oats", 2),), ("b", "a")), Dish(9), beside="salt")
    assert plate.json_values() == {
        "id": 1,
        "parts": [{"food_id": "oats", "mass_g": 2}],
        "words": ["a", "b"],
        "on": None,
        "beside": "salt",
        "notes": [],
    }


def test_a_number_that_was_counted_is_written_without_a_point():
    assert '"mass_g": 2\n' in json_text(Part.of(food_id="oats", mass_g=2))
    assert '"mass_g": 2.0\n' in json_text(Part.of(food_id="oats", mass_g=2.0))


def test_what_is_not_asked_is_left_out_and_nothing_found_is_told():
    assert "asked" not in Plate.of(Dish(1)).json_values()
    assert Plate.of(Dish(1), asked=()).json_values()["asked"] == []


def test_reading_knows_keys_of_the_file_alone_and_names_the_place():
    assert Plate.read({"id": 1}).plate_id == 1
    assert Plate.read({"id": 1, "notes": 5}).notes == 5  # what is only told is not looked at
    with pytest.raises(ValidationError) as caught:
        Plate.read({"plate_id": 1, "parts": [{"food_id": "oats", "mass_g": "2"}]})
    assert [fault["loc"] for fault in caught.value.errors()] == [("id",), ("parts", 0, "mass_g")]


def test_lists_count_their_entries():
    found = Plates.of(plates=[Dish(7), Dish(7)])
    assert [one.plate_id for one in found.plates] == [1, 2]


def test_a_schema_tells_what_the_type_says():
    schema = schema_of(Plates, "plates:1")
    assert schema["properties"]["share"] == {"default": 0.5, "maximum": 1, "type": "number"}
    plate = schema["$defs"]["Plate"]
    assert plate["description"] == "What is on a plate."
    assert plate["properties"]["id"] == {"type": "integer", "description": "Its number."}
    assert set(plate["required"]) == {"id", "parts", "words", "on", "notes"}
