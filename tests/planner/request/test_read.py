"""A request file is read, written and edited; every fault says where and what."""

import json
import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.nutrient import known_nutrients
from foods.supplement import read_supplements
from planner.cli.options import build_request
from planner.errors import ConfigError
from planner.request.day_words import find_day
from planner.request.diets import read_diets
from planner.request.edit import edit_request
from planner.request.equipment import refuse_not_known
from planner.request.measures import Money
from planner.request.override import SHARE_KEYS, TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import ACTIVITIES, ENERGY_EQUATIONS, Profile
from planner.request.read import read_request, request_from_dict, request_to_dict, write_request
from planner.request.request import (
    BODY_FIELDS,
    SLOTS,
    AtHome,
    Package,
    PlanRequest,
    SolveOptions,
    Water,
    WeekOptions,
    Weights,
)
from planner.safety.intake import INTAKE_KINDS, SupplementIntake
from planner.shops import known_shops
from planner.standards.ids import standard_ids
from tests.rows import rows

SAMPLES = sorted(
    (each for each in files("configs").joinpath("profiles").iterdir() if each.name[-4:] == "toml"),
    key=lambda each: each.name,
)
names = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="<>=≤≥"), min_size=1
)
grades = st.dictionaries(names, st.integers(1, 3), max_size=3).map(MappingProxyType)
optional_mg = st.none() | st.floats(0, 2000)


def is_medicine(name):
    """Whether no number of doses, such as ``x2`` or what follows a colon, nor a day is meant."""
    return ":" not in name and " x" not in name.casefold() and find_day(name) is None


def is_in_kitchens(name):
    """Whether plans go by it: ``without`` refuses a pot, or what else no recipe is written for."""
    try:
        refuse_not_known(name)
    except ConfigError:
        return False
    return True


@st.composite
def profiles(draw):
    return Profile(
        sex="f",
        age_y=draw(st.integers(0, 120)),
        height_cm=draw(st.floats(50, 250)),
        weight_kg=draw(st.floats(3, 350)),
        activity=draw(st.sampled_from(ACTIVITIES)),
        state="pregnant",
        gestation_week=draw(st.none() | st.integers(1, 42)),
        energy_kcal=draw(st.none() | st.floats(1, 10000)),
        energy_equation=draw(st.sampled_from(ENERGY_EQUATIONS)),
        egfr=draw(st.none() | st.floats(60, 250)),
        serum_mg_mg_dl=draw(st.none() | st.floats(0.1, 30)),
        conditions=tuple(draw(st.lists(st.sampled_from(["osteoporosis", "gout"]), unique=True))),
        medicines=tuple(draw(st.lists(names.filter(is_medicine), max_size=2))),
    )


cents = st.integers(100, 1_000_000).map(lambda number: number / 100)


@st.composite
def preferences(draw):
    like, dislike = draw(grades), draw(grades)
    rules = st.builds(FrequencyRule, names, st.sampled_from([">=", "<="]), st.integers(0, 42))
    return Preferences(
        diet=draw(st.sampled_from(sorted(read_diets()))),
        without=tuple(draw(st.lists(names.filter(is_in_kitchens), max_size=3))),
        like=like,
        dislike={name: grade for name, grade in dislike.items() if name not in like},
        per_week=tuple(draw(st.lists(rules, max_size=3))),
        min_days_between=draw(st.dictionaries(names, st.integers(1, 28), max_size=2)),
        max_minutes=draw(st.none() | st.integers(1, 600)),
        budget_per_week=draw(st.none() | cents),
        alcohol=draw(st.booleans()),
    )


@st.composite
def overrides(draw):
    keys = draw(st.lists(st.sampled_from([*known_nutrients(), *SHARE_KEYS]), unique=True))
    hard, period = st.none() | st.booleans(), st.sampled_from([None, "day", "week"])
    bands = [sorted((draw(st.floats(0, 1e6)), draw(st.floats(0, 1e6)))) for _ in keys]
    return tuple(
        TargetOverride(key, low, draw(st.sampled_from([None, high])), draw(period), draw(hard))
        for key, (low, high) in zip(keys, bands, strict=True)
    )


intakes = st.builds(
    SupplementIntake,
    st.sampled_from(sorted(read_supplements())),
    st.floats(0, 1e5, exclude_min=True),
    st.sampled_from(INTAKE_KINDS),
    st.floats(0, 24, exclude_min=True),
)
days_left = st.none() | st.integers(0, 40)
FIRST_DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
weeks = st.builds(
    WeekOptions,
    days=st.integers(1, 7),
    start=st.none() | FIRST_DAYS,
    slots=st.sets(st.sampled_from(SLOTS), min_size=1).map(
        lambda slots: tuple(slot for slot in SLOTS if slot in slots)
    ),
    units=st.sampled_from([None, "us", "metric"]),
    holidays=st.lists(st.integers(1, 3).filter(lambda day: day == 1), max_size=1).map(tuple),
    shops=st.sampled_from([None, *known_shops()]),
    pantry=st.lists(
        st.builds(AtHome, names, st.floats(0.5, 900), st.just("g"), days_left), max_size=2
    ).map(tuple),
    cupboard=st.sampled_from([None, "usual", "empty"]),
    packages=st.lists(
        st.builds(
            Package,
            food_id=names,
            pack=names,
            label=st.just("") | names,
            size_g=st.floats(1, 900),
            price_usd=st.none() | st.floats(0.01, 90),
            name=st.just("") | names,
            aisle=st.just("") | names,
        ),
        max_size=2,
    ).map(tuple),
) | st.builds(
    WeekOptions,
    days=st.sampled_from([14, 28]),
    start=FIRST_DAYS,
    skip=st.just(((3, "dinner"), (5, "lunch"))),
    not_eaten=st.sampled_from([(), ((5, "lunch"),)]),
    cycle=st.sampled_from([None, 14]),
    holidays=st.lists(st.integers(1, 14) | st.dates(), unique=True, max_size=3).map(tuple),
)


def in_money_of_shops(request):
    """Take the budget for an amount of the money of the shops."""
    amount = request.preferences.budget_per_week
    usd = amount and Money(amount).in_usd(request.shops)
    return replace(request, preferences=replace(request.preferences, budget_per_week=usd))


requests = st.builds(
    PlanRequest,
    profile=profiles(),
    standard=st.sampled_from(standard_ids()),
    preferences=preferences(),
    week=weeks,
    weights=st.builds(Weights, *[st.floats(0, 100)] * 6),
    solve=st.builds(
        SolveOptions,
        st.integers(0, 2**32 - 1),
        st.sampled_from(["quick", "usual", "thorough"]),
    ),
    overrides=overrides(),
    water=st.builds(
        Water,
        optional_mg,
        optional_mg,
        optional_mg,
        st.none() | st.sampled_from(["tap", "hepar"]),
        st.none() | st.floats(0, 6, exclude_min=True),
    ),
    supplements=st.lists(intakes, max_size=2).map(tuple),
    allow_supplements=st.booleans(),
).map(in_money_of_shops)


def read_text(tmp_path, text):
    path = tmp_path / "request.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_request(path)


@given(request_=requests)
def test_a_request_written_and_read_is_the_same(request_, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "request.toml"
    path.write_text(write_request(request_), encoding="utf-8")
    assert read_request(path) == request_


@given(request_=requests)
def test_a_request_in_json_and_back_is_the_same(request_):
    assert request_from_dict(json.loads(json.dumps(request_to_dict(request_)))) == request_


def test_a_file_without_keys_is_the_sample_person(tmp_path):
    request = read_text(tmp_path, "# nothing asked for\n")
    assert request == PlanRequest(assumed=BODY_FIELDS)
    assert request.is_sample_profile


def test_assumed_figures_are_written_as_comments_and_stay_assumed(tmp_path):
    request = request_from_dict({"profile": {"sex": "m", "age": 10}})
    text = write_request(request)
    assert "# height_cm = 139" in text
    assert '\nsex = "m"' in text
    assert read_text(tmp_path, text) == request
    assert request.assumed == ("height_cm", "weight_kg", "activity")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_sample_request_can_be_read(sample):
    assert not read_request(sample).is_sample_profile


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    text = '[profile]\nage = 130\nsex = "x"\n[week]\ndays = 0\n[solve]\nseed = nan\n'
    with pytest.raises(ConfigError) as caught:
        read_text(tmp_path, text)
    for fault in ("[profile] age", "[profile] sex", "[week] days", "[solve] seed"):
        assert fault in str(caught.value)
    assert "request.toml" in str(caught.value)


@rows(__file__, "each_fault_says_where_and_what")
def test_each_fault_says_where_and_what(tmp_path, text, words):
    with pytest.raises(ConfigError, match=words):
        read_text(tmp_path, text)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty — write a new one with `magplan request new"),
        (b" \n\t\n", "is empty"),
        ("[week]\ndays = 3".encode("utf-16"), "is encoded as UTF-16 — save it as UTF-8"),
        (b"# ok\n# caf\xe9\n", "line 2 is not encoded as UTF-8"),
        (b"[week]\ndays 3\n", r"is not TOML: .*line 2"),
        (b'{"week": 3}', "a request is TOML"),
        (b"[week]\ndays = 3\ndays = 4\n", "is not TOML"),
        (b"a = " + b"[" * 5000, "is nested too deeply|is not TOML"),
        (b"#" * 1_100_000, "far too large"),
        (b"\x00\x01\x02", "is not TOML"),
    ],
)
def test_a_damaged_file_is_one_clear_message(tmp_path, content, words):
    with pytest.raises(ConfigError, match=words):
        read_text(tmp_path, content)


def test_eaters_are_read_written_and_read_again(tmp_path):
    text = """
        [[eaters]]
        name = "Ann"
        slots = ["lunch", "dinner"]
        profile = { sex = "f", age = 40, height_cm = "1.68 m" }
        preferences = { diet = "vegan", like = { tofu = 3 } }
        [[eaters.supplements]]
        name = "magnesium citrate"
        amount_mg = 100
        kind = "elemental"
        [[eaters]]
        name = "Tom"
    """
    request = read_text(tmp_path, text)
    ann, tom = request.eaters
    assert (ann.slots, ann.profile.height_cm, ann.assumed) == (
        ("lunch", "dinner"), 168.0, ("weight_kg", "activity"),
    )  # fmt: skip
    assert (ann.preferences.diet, ann.supplements[0].amount_mg, tom.slots) == (
        "vegan", 100, ("dinner",),
    )  # fmt: skip
    assert read_text(tmp_path, write_request(request)) == request


def test_what_a_condition_forbids_is_left_out_of_the_request(tmp_path):
    text = '[profile]\nconditions = ["coeliac disease", "peanut allergy"]\n'
    request = read_text(tmp_path, text + '[preferences]\nwithout = ["gluten"]\n')
    assert request.preferences.without == ("gluten", "peanut")


def test_paths_in_a_request_file_count_from_its_folder(tmp_path, monkeypatch):
    (tmp_path / "home" / "mine").mkdir(parents=True)
    file = tmp_path / "home" / "request.toml"
    file.write_text(
        '[preferences]\ndishes = ["mine", "gone"]\nhistory = ["week.json"]\n', encoding="utf-8"
    )
    (tmp_path / "week.json").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)  # what is not beside the file is taken from here
    wanted = read_request("home/request.toml").preferences
    assert wanted.dishes == (str(tmp_path / "home" / "mine"), str(tmp_path / "home" / "gone"))
    assert wanted.history == (str(tmp_path / "week.json"),)


TEXT = """\
# For Ann, who likes it simple.
schema = "magplan/request/1"

[profile]
sex = "f"      # asked on Monday
age = 40
height_cm = "5 ft 5 in"

[preferences]
without = [
    "peanut",  # since 2019
]
like = { oats = 2 }
max_minutes = 30 # no longer!

[targets.magnesium_mg]
lower = 400  # the clinic's wish

[week]
days = 5
skip = [{ day = 1, slot = "dinner" }]
"""


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "me.toml"
    found.write_text(TEXT, encoding="utf-8")
    return found


def test_without_a_change_every_character_stays(path):
    assert edit_request(path, read_request(path)) == TEXT


def test_what_changes_takes_its_value_and_keeps_its_comment(path):
    request = build_request(path, age=41, max_minutes=25, start=date(2026, 3, 2), days=3)
    edited = edit_request(path, request)
    changed = set(edited.splitlines()) ^ set(TEXT.splitlines())
    assert changed == {
        *("age = 40", "age = 41"),
        *("max_minutes = 30 # no longer!", "max_minutes = 25 # no longer!"),
        *("days = 5", "days = 3", "start = 2026-03-02"),
    }


def test_a_new_table_is_added_and_a_wish_taken_back_goes(path, tmp_path):
    asked = read_request(path)
    preferences = replace(asked.preferences, max_minutes=None, like={})
    weights = replace(asked.weights, cost=2.5)
    request = replace(asked, preferences=preferences, weights=weights, overrides=())
    edited = tmp_path / "edited.toml"
    edited.write_text(edit_request(path, request), encoding="utf-8")
    assert "max_minutes" not in edited.read_text()
    assert "# For Ann, who likes it simple.\n" in edited.read_text()
    assert tomllib.loads(edited.read_text())["weights"] == {"cost": 2.5}
    assert read_request(edited) == request


def test_eaters_are_edited_one_by_one(tmp_path):
    text = (
        '# the family\n[[eaters]]\nname = "Ann" # me\nprofile = { age = 40 }\n'
        '[[eaters]]\nname = "Tom"\n[eaters.profile]\nage = 10 # in May\n'
    )
    path = tmp_path / "us.toml"
    path.write_text(text, encoding="utf-8")
    asked = read_request(path)
    ann, tom = asked.eaters
    vegan = replace(tom, preferences=replace(tom.preferences, diet="vegan"))
    edited = edit_request(path, replace(asked, eaters=(ann, vegan)))
    assert edited.startswith("# the family")
    assert "age = 10 # in May" in edited
    assert tomllib.loads(edited)["eaters"][1]["preferences"] == {"diet": "vegan"}
    alone = edit_request(path, replace(asked, eaters=(ann, tom, replace(ann, name="Lea"))))
    assert alone.startswith("# What you are asking magplan for.")


@given(one=requests, other=requests)
def test_whatever_changes_the_text_reads_back_as_what_is_asked(one, other, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "edited.toml"
    path.write_text(write_request(one), encoding="utf-8")
    edited = edit_request(path, other)
    path.write_text(edited, encoding="utf-8")
    assert read_request(path) == other


@rows(__file__, "however_a_file_is_laid_out")
@pytest.mark.parametrize(
    "flags",
    [
        {"age": 41},
        {"like": {"tofu": 3}},
        {"dislike": {"kale": 2}, "budget_per_week": 80.0},
        {"target": [TargetOverride("magnesium_mg", 450.0, None)], "days": 5},
    ],
)
def test_however_a_file_is_laid_out_its_comments_stay(tmp_path, text, flags):
    path = tmp_path / "me.toml"
    path.write_text(text, encoding="utf-8")
    asked = build_request(path, **flags)
    path.write_text(edit_request(path, asked), encoding="utf-8")
    assert "# kept\n" in path.read_text(encoding="utf-8")
    assert read_request(path) == asked
