import json
from dataclasses import replace
from datetime import date
from importlib.resources import files
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.nutrient import known_nutrients
from foods.supplement import read_supplements
from planner.errors import ConfigError
from planner.request.day_words import find_day
from planner.request.diets import read_diets
from planner.request.equipment import refuse_not_known
from planner.request.money import Money
from planner.request.override import SHARE_KEYS, TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import ACTIVITIES, ENERGY_EQUATIONS, Profile
from planner.request.read import (
    read_request,
    request_from_dict,
    request_to_dict,
    write_request,
)
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
        st.none() | st.floats(0, 1, exclude_min=True, exclude_max=True),
        st.none() | st.floats(0, 86400, exclude_min=True),
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


def test_measures_in_other_units_are_converted(tmp_path):
    text = '[profile]\nheight_cm = "5 ft 5 in"\nweight_kg = "143 lb"\n'
    profile = read_text(tmp_path, text).profile
    assert profile.height_cm == pytest.approx(165.1)  # 65 in x 2.54 cm
    assert profile.weight_kg == pytest.approx(64.8637, abs=1e-4)  # 143 x 0.45359237 kg


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    text = '[profile]\nage = 130\nsex = "x"\n[week]\ndays = 0\n[solve]\ngap = nan\n'
    with pytest.raises(ConfigError) as caught:
        read_text(tmp_path, text)
    for fault in ("[profile] age", "[profile] sex", "[week] days", "[solve] gap"):
        assert fault in str(caught.value)
    assert "request.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "[profile]\nheigth_cm = 165",
            r"\[profile\] heigth_cm: unknown key — the nearest: height_",
        ),
        ("[wekk]\ndays = 3", "wekk: unknown key — the nearest: week"),
        ("age = 40", r"age: unknown key here — it belongs into \[profile\]"),
        ("[profile]\nage = true", "must be a whole number, but is True"),
        ("[profile]\nage = 40.5", "must be a whole number, but is 40.5"),
        ("[profile]\nage = -1", "must be at least 0, but is -1"),
        ("[profile]\nage = 121", "must be at most 120, but is 121"),
        ("[profile]\nheight_cm = 1.65", "a height of 1.65 cm is outside 50 to 250 cm"),
        ("[profile]\nheight_cm = nan", "a height of nan cm is outside"),
        ("[profile]\nweight_kg = -65", "a weight of -65 kg is outside 3 to 350 kg"),
        ("[profile]\nweight_kg = " + "9" * 400, "a weight of far too many kg"),
        ('[profile]\nactivity = "lowactive"', "did you mean 'low_active'"),
        ('[profile]\nsex = "m"\nstate = "pregnant"', "does not fit sex 'm'"),
        ("[profile]\ngestation_week = 20", "set state to 'pregnant'"),
        ("[week]\ndays = 400", "must be at most 28, but is 400"),
        ('[week]\nstart = "soon"', "'soon' is not a date — write 2026-03-02"),
        ('[week]\nslots = ["brunch"]', "slots, entry 1: 'brunch' is not known"),
        ('[preferences]\nper_week = ["fish > 2"]', 'entry 1: .* write "fish >= 2"'),
        ("[preferences]\nper_week = [2]", 'must be a text such as "fish >= 2", but is 2'),
        ("[preferences]\nlike = { tofu = 5 }", "like, tofu: must be at most 3, but is 5"),
        ('[preferences]\nwithout = [""]', "an empty name"),
        ("[preferences]\nlike = { a = 1 }\ndislike = { a = 1 }", "liked and disliked at once"),
        ("[preferences]\nbudget_per_week = -3", "'-3' is outside 1 to 10000"),
        ("[targets.magnesum]\nlower = 3", r"unknown nutrient 'magnesum' — the nearest: magnesium"),
        ("[targets.zinc]\nlower = 3\nupper = 2", r"lower 3 is above upper 2"),
        ("[targets.zinc]\nlower = inf", "must be a finite number"),
        ("[targets.zinc]", "neither lower, upper nor hard"),
        ("[targets.zinc]\nlower = 1\n[targets.zinc_mg]\nlower = 2", "zinc_mg given twice"),
        (
            '[[supplements]]\nname = "magnesium citrat"\namount_mg = 1\nkind = "elemental"',
            "no supplement 'magnesium citrat' — the nearest: magnesium citrate",
        ),
        (
            '[[supplements]]\nname = "magnesium oxide"\namount_mg = 400',
            "entry 1, kind: is missing",
        ),
        ("[weights]\ntaste = -1", "must be at least 0, but is -1"),
        ("[solve]\ntime_limit_s = 0", "must be more than 0, but is 0"),
        ("[water]\ncalcium_mg_per_l = 1e9", "must be at most 2000"),
        ('schema = "magplan/request/2"', "use one of magplan/request/1"),
        ("profile = 3", r"\[profile\]: must be a table, but is 3"),
        ("targets = 3", r"\[targets\]: must be a table, but is 3"),
    ],
)
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


def test_a_missing_file_and_a_directory_are_named(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.toml: no such file"):
        read_request(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="is a directory"):
        read_request(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    assert read_text(tmp_path, b"\xef\xbb\xbf[week]\r\ndays = 3\r\n").week.days == 3


def test_several_eaters_may_plan_a_month(tmp_path):
    request = read_text(tmp_path, '[week]\ndays = 28\ncycle = 14\n[[eaters]]\nname = "Ann"')
    assert (request.week.days, request.week.cycle) == (28, 14)


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


def test_the_standard_is_one_for_all_eaters(tmp_path):
    with pytest.raises(ConfigError, match="the standard is one for all"):
        read_text(tmp_path, '[[eaters]]\nname = "Ann"\nprofile = { standard = "eu" }')


def test_what_a_condition_forbids_is_left_out_of_the_request(tmp_path):
    text = '[profile]\nconditions = ["coeliac disease", "peanut allergy"]\n'
    request = read_text(tmp_path, text + '[preferences]\nwithout = ["gluten"]\n')
    assert request.preferences.without == ("gluten", "peanut")


def test_a_pregnancy_among_the_conditions_is_asked_for_as_a_state(tmp_path):
    with pytest.raises(ConfigError, match="write --state pregnant"):
        read_text(tmp_path, '[profile]\nconditions = ["pregnancy"]\n')


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


@pytest.mark.parametrize("text", ['dishes = "mine"', "dishes = [1]", 'dishes = [" "]'])
def test_a_folder_that_is_no_name_is_a_fault(tmp_path, text):
    file = tmp_path / "request.toml"
    file.write_text(f"[preferences]\n{text}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="dishes"):
        read_request(file)


def test_days_without_something_are_given_back_as_they_were():
    request = request_from_dict({"preferences": {"without_on": {"meat": ["mon", "tue"]}}})
    assert request_from_dict(request_to_dict(request)) == request


_PAIR = ("Ann", "f"), ("Ben", "m")


def test_a_body_beside_several_eaters_is_answered_with_the_flag_that_works(tmp_path):
    eaters = (f'[[eaters]]\nname = "{one}"\nprofile.sex = "{sex}"' for one, sex in _PAIR)
    table = "\n".join(('[profile]\nsex = "m"\nage = 38', *eaters))
    with pytest.raises(ConfigError, match=r"write: --eater name=Ben,sex=m,age=38"):
        read_text(tmp_path, table)


def test_what_is_to_be_used_up_may_be_a_list_of_texts():
    told = {"preferences": {"use": ["2 sweet potatoes", "leftover rice:300g"]}}
    use = request_from_dict(told).preferences.use
    assert set(use) == {"Sweet potato", "leftover rice"}
    assert use["leftover rice"] == 300
