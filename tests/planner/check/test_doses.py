"""What the judge says about the hours of medicines and pills in a plan file."""

from tests.planner.check.test_forged import faults, printed

ASKED = {
    "profile": {"age": 55, "medicines": ["levothyroxine@07:00"]},
    "supplements": [
        {"name": "magnesium citrate", "amount_mg": 100.0, "kind": "elemental", "per_day": 1.0}
    ],
    "week": {"days": 2},
}


def test_a_pill_that_stands_beside_the_medicine_it_binds_is_found():
    raw = printed(ASKED)
    assert faults(raw) == ()
    medicine, pill = sorted(raw["schedule"], key=lambda one: one["item"] != "levothyroxine")
    pill |= {key: medicine[key] for key in ("earliest", "latest", "best")}
    assert any("are taken nearer to each other" in one for one in faults(raw))


def test_an_hour_that_nobody_gave_a_medicine_is_found():
    raw = printed(ASKED)
    (medicine,) = (one for one in raw["schedule"] if one["item"] == "levothyroxine")
    medicine |= dict.fromkeys(("earliest", "latest", "best"), "06:00")
    assert any("nobody gave levothyroxine the hour 06:00" in one for one in faults(raw))
