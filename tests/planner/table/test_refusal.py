"""A refusal names what collides and offers the least changes, each of which was planned with."""

from dataclasses import replace

import pytest

from planner.errors import ConfigError
from planner.explain.days import offers_of_meals
from planner.explain.offers import ALLOW_SUPPLEMENTS, asked_with, parts_of
from planner.explain.refusal import (
    offer_apart,
    offer_of_band,
    offer_of_budget,
    offer_of_put,
    offer_of_rule,
)
from planner.explain.report import HARDEST, Collision, Concession
from planner.explain.table_report import TableReport
from planner.export.as_json import answer_to, as_json
from planner.export.printed import TRIED, TRIED_ONE, refusal_blocks
from planner.plan.outcome import Outcome
from planner.request.eater import Eater
from planner.request.override import RATIO, TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.put import Put
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest, WeekOptions
from planner.settings import read_settings
from planner.table.accepted import accepted_offer
from planner.table.held import judged_by, tried
from planner.table.kept import report_kept
from planner.table.may_open import offer_of_supplement, offers_unproven
from planner.table.prepare import prepare_table
from planner.table.remedies import with_ways_out
from planner.table.ways import ladders_of, of_eater
from planner.targets.derive import targets_of
from planner.wire.document import parse_plan_document
from tests import stored
from tests.one_eater import plan_everybody
from tests.reports import make_refusal
from tests.told import headings, printed

NO_WISH = PlanRequest()
DEAR = {"week": {"days": 2}, "preferences": {"budget_per_week": 20}}


def refused(**asked):
    request = stored.quick(request_from_dict({"week": {"days": 3}} | asked))
    return request, plan_everybody(request)


@pytest.mark.parametrize(
    "asked",
    [
        DEAR,
        {"week": {"days": 1}, "targets": {"magnesium_mg": {"lower": 1200}}},
    ],
)
def test_each_way_out_that_is_offered_plans(asked, dear):
    request, report = dear if asked is DEAR else refused(**asked)
    offers = report.alone.refusal.relaxations
    assert report.plan is None
    assert offers
    for offer in offers:
        assert offer.is_tried
        assert plan_everybody(asked_with(request, offer)).passed
    told = headings(refusal_blocks(report))
    assert (TRIED if len(offers) > 1 else TRIED_ONE) in told


def test_what_collides_is_said_as_it_was_asked_for(dear):
    _, report = dear
    ((_, value, text),) = report.alone.refusal.conflict
    assert value == "at most $20.00 a week"
    assert text.startswith("the budget of what is eaten: of the weeks tried, the cheapest comes")


def test_offers_are_rounded_so_that_they_ask_for_less():
    assert offer_of_budget(31.531).flag == "--budget-per-week 31.54"
    assert offer_of_budget(31.53).flag == "--budget-per-week 31.53"
    assert offer_of_band("magnesium_mg", "lower", 606.6).flag == '--target "magnesium_mg>=606"'
    assert offer_of_band("sodium_mg", "upper", 1231.0).flag == '--target "sodium_mg<=1240"'
    assert offer_of_band("vitamin_b12_ug", "lower", 2.4).flag == '--target "vitamin_b12_ug>=2.4"'


def refusal_of(request, *offers, **more):
    """A refusal that offers something, of a request that nobody planned."""
    report = replace(make_refusal(), request=request)
    refusal = replace(report.refusal, relaxations=offers, **more)
    return TableReport.of_one(replace(report, refusal=refusal))


def bounds_of(request, offer):
    """The steps of the only way out that is about a band."""
    (ladder,) = ladders_of(refusal_of(request, offer, is_proven=True))
    return [step.band.lower or step.band.upper for step in ladder]


def test_a_band_gives_way_as_far_as_that_of_a_week_without_the_wish():
    wished = replace(NO_WISH, overrides=(TargetOverride("magnesium_mg", 1000.0, None),))
    assert bounds_of(wished, offer_of_band("magnesium_mg", "lower", 820.0)) == [320.0]


def test_a_band_of_the_standard_gives_way_as_far_again_as_an_average_week_asks_and_then_further():
    # 2300 mg is held: 2300 + 2 * 100, and + 5 * 100
    assert bounds_of(NO_WISH, offer_of_band("sodium_mg", "upper", 2400.0)) == [2500.0, 2800.0]


def test_the_ratio_goes_up_to_what_the_literature_names_and_no_further():
    offer = offer_of_band("ca_mg_ratio", "upper", 2.6)
    assert bounds_of(NO_WISH, offer) == [2.3, 2.6]
    wished = replace(NO_WISH, overrides=(TargetOverride("ca_mg_ratio", None, 1.4),))
    assert bounds_of(wished, offer) == [2.0, 2.6]
    most = replace(NO_WISH, overrides=(TargetOverride("ca_mg_ratio", None, 2.6),))
    assert ladders_of(refusal_of(most, offer, is_proven=True)) == []


def test_energy_gives_way_by_a_tenth_at_most():
    kcal = targets_of(NO_WISH).energy.kcal
    (value,) = bounds_of(NO_WISH, offer_of_band("energy_kcal", "upper", kcal * 1.05))
    assert kcal * 1.095 < value <= kcal * 1.105  # three figures
    far = offer_of_band("energy_kcal", "upper", kcal * 1.2)
    assert ladders_of(refusal_of(NO_WISH, far, is_proven=True)) == []


def test_ways_come_in_the_order_of_concession():
    week = WeekOptions(put=(Put(1, "dinner", "pizza"),))
    wishes = replace(NO_WISH.preferences, max_minutes=20, budget_per_week=30.0)
    asked = replace(NO_WISH, preferences=wishes, week=week)
    kcal = targets_of(asked).energy.kcal
    offers = (
        offer_of_band("sodium_mg", "upper", 2400.0),
        offer_of_band("calcium_mg", "lower", 1100.0),
        Concession("a supplement", "--allow-supplements"),
        offer_of_band("energy_kcal", "upper", kcal * 1.05),
        offer_of_budget(60.0),
        offer_of_band("ca_mg_ratio", "upper", 2.6),
    )
    first = [ladder[0] for ladder in ladders_of(refusal_of(asked, *offers, is_proven=True))]
    named = [step.band.nutrient if step.band else step.flag.split()[0] for step in first]
    assert named[0] == "ca_mg_ratio"
    assert set(named[1:4]) == {"--budget-per-week", "--put", "--max-minutes"}
    assert named[4:] == ["energy_kcal", "--allow-supplements", "calcium_mg", "sodium_mg"]
    order = read_settings("concessions.toml")["order"]
    assert order == ["ratio", "wish", "energy", "supplement", "calcium", "other"]


def test_what_one_eater_wishes_gives_way_for_that_eater_alone():
    rule = FrequencyRule("salmon", ">=", 7)
    ben = Eater("Ben", Profile(), preferences=replace(NO_WISH.preferences, per_week=(rule,)))
    band = TargetOverride("magnesium_mg", 900.0, None)
    request = PlanRequest(eaters=(Eater("Ann", Profile()), replace(ben, overrides=(band,))))
    less = of_eater(offer_of_rule(replace(rule, count=0)), "Ben")
    assert (less.text, less.whose) == ("Ben: no wish for salmon", "Ben")
    asked = asked_with(request, less)
    assert asked.eaters[0] == request.eaters[0]
    assert asked.eaters[1].preferences.per_week == (replace(rule, count=0),)
    assert asked.preferences == request.preferences
    lower = asked_with(request, of_eater(offer_of_band("magnesium_mg", "lower", 500.0), "Ben"))
    assert lower.eaters[1].overrides == (replace(band, lower=500.0),)
    assert lower.overrides == ()


def test_what_is_put_shared_or_not_eaten_gives_way_in_the_request():
    put = Put(1, "dinner", "pizza")
    ann = Eater("Ann", Profile(), slots=("lunch", "dinner"))
    week = WeekOptions(
        days=3, put=(put,), skip=((1, "lunch"), (2, "lunch")), not_eaten=((1, "lunch"),)
    )
    request = PlanRequest(week=week, eaters=(ann,))
    no_put = offer_of_put(put)
    assert no_put.flag == '--put "1:dinner=none"'
    assert asked_with(request, no_put).week == replace(week, put=())
    assert asked_with(request, offer_apart("Ann", ["dinner"])).eaters[0].slots == ("lunch",)
    (eaten,) = offers_of_meals(week)  # the lunch of day 2 is eaten out, and stays so
    assert asked_with(request, eaten).week == replace(week, skip=((2, "lunch"),), not_eaten=())


def test_of_several_wishes_that_give_way_as_many_stay_as_may_and_one_alone_is_enough(day):
    bounds = (("magnesium_mg", 900.0), ("fibre_g", 60.0), ("zinc_mg", 30.0))
    request = replace(NO_WISH, overrides=tuple(TargetOverride(*bound, None) for bound in bounds))
    tried = []

    def plan(asked, offer):  # whatever gives way, there is a plan
        stays = [one.nutrient for one in asked.overrides if (one.nutrient, one.lower) in bounds]
        tried.append(stays)
        return day

    told = with_ways_out(refusal_of(request, is_proven=True), plan)
    assert tried[:3] == [[], ["magnesium_mg"], ["magnesium_mg", "fibre_g"]]
    assert tried[3] == ["magnesium_mg", "fibre_g", "zinc_mg"]  # zinc at a price
    (offer,) = told.offers
    assert offer.band.nutrient == "zinc_mg"
    assert offer.also == ()


def conflict_told(request, plan):
    hardest = Collision("one starch at most in a meal", HARDEST, "hardest to keep: one starch")
    told = with_ways_out(refusal_of(request, conflict=(hardest,)), plan)
    return told.offers, [collision.text for collision in told.alone.refusal.conflict]


def test_each_wish_that_opens_a_way_is_named_with_its_least_change(day):
    preferences = Preferences(max_minutes=10, max_minutes_breakfast=5, max_ingredients=4)
    habits = {"nuts_a_day_g": 10}
    request, none = replace(NO_WISH, preferences=preferences, habits=habits), refusal_of(NO_WISH)

    def plan(asked, offer):  # any of three is enough; more time at breakfast is not
        wanted = asked.preferences
        is_enough = wanted.max_minutes >= 30 or wanted.max_ingredients >= 10
        return day if is_enough or asked.habits["nuts_a_day_g"] >= 15 else none

    offers, (text,) = conflict_told(request, plan)
    flags = " ".join(concession.flag for concession in offers)
    assert "--max-minutes 30" in flags
    assert "--max-ingredients 10" in flags
    assert "--max-minutes-breakfast" not in flags
    assert len(offers) == 3
    assert "one of these changes: dishes of up to 30 minutes; dishes of up to 10" in text


@pytest.fixture(scope="module")
def day():
    """A week that was found, whatever was asked for."""
    return stored.report("woman_55")


def table_in_vain(broken_of, *offers):
    """A table whose search was in vain: eater → rows that stayed broken; what may open a way."""
    reports = {}
    for name, broken in broken_of.items():
        own = replace(make_refusal(), request=NO_WISH)
        outcome = replace(own.outcome, status="no_plan_in_time", broken=broken)
        mine = tuple(offer for offer in offers if offer.whose == name)
        refusal = replace(own.refusal, relaxations=mine)
        reports[name] = replace(own, outcome=outcome, refusal=refusal)
    request = PlanRequest(eaters=tuple(Eater(name, Profile()) for name in broken_of))
    one = next(iter(reports.values()))
    return TableReport(request, {}, reports, one.outcome, one.foods)


@pytest.fixture(scope="module")
def table_day(day):
    return replace(day, reports=dict.fromkeys(("Ann", "Ben"), day.alone))


def test_a_table_searched_in_vain_is_offered_the_fewest_needs_that_plan(table_day):
    pills = [of_eater(offer_of_supplement(), name) for name in ("Ann", "Ben")]
    ratio = of_eater(offer_of_band("ca_mg_ratio", "upper", 2.6), "Ann")
    broken = {"Ann": (), "Ben": ("a", "b")}
    refusal, none, tried = table_in_vain(broken, ratio, *pills), refusal_of(NO_WISH), []

    def plan(asked, offer):
        tried.append({(part.whose, bool(part.band)) for part in parts_of(offer)})
        return table_day if ("Ben", False) in tried[-1] else none

    (offer,) = with_ways_out(refusal, plan).offers
    assert (offer.whose, offer.parts) == ("Ben", ())
    assert ALLOW_SUPPLEMENTS in offer.flag
    assert tried == [{("Ann", True), ("Ann", False), ("Ben", False)}, {("Ben", False)}]


def test_what_lies_above_a_guideline_says_which(day):
    salt, ratio, carbohydrate = (
        tried(offer_of_band(key, "upper", most), NO_WISH, day).text
        for key, most in (("sodium_mg", 2440.0), ("ca_mg_ratio", 2.6), ("carbohydrate_g", 240.0))
    )
    named = (
        "sodium at most 2,440 mg, above the guideline of 2,300 mg (DRI sodium and potassium 2019"
    )
    assert salt.startswith(named)
    assert "guideline" not in ratio + carbohydrate
    low = replace(NO_WISH, overrides=(TargetOverride("sodium_mg", None, 1500.0),))
    nearer = tried(offer_of_band("sodium_mg", "upper", 2000.0), low, day)
    assert nearer.text == "sodium at most 2,000 mg"
    once = tried(of_eater(offer_of_band("sodium_mg", "upper", 2440.0), "Ann"), NO_WISH, day)
    assert tried(once, NO_WISH, day) == once  # what was tried beside others is told once


@pytest.fixture(scope="module")
def dear():
    """A budget that no week is paid for with, and the answer."""
    return refused(**DEAR)


def test_the_best_effort_is_the_week_of_the_first_way_judged_by_what_was_asked(dear):
    _, report = dear
    best = report.best_effort
    assert best.plan is not None
    assert not best.passed
    assert any("budget of $20.00" in fault for fault in best.alone.check.faults)
    answer = answer_to(report).json_values()
    assert answer["best_effort"]["check"]["passed"] is False
    assert answer["best_effort"]["days"]
    assert judged_by(best.request, best).passed  # by what it was planned for


def test_an_offer_says_what_it_costs_and_how_it_is_accepted(dear):
    _, report = dear
    (offer,) = answer_to(report).json_values()["relaxations"]
    assert offer["accept"] == "--accept 1"
    assert offer["instead_of"] == "$20.00"
    assert offer["cost"]["usd_per_week"] > 20
    assert set(offer["cost"]) == {
        *("points", "usd_per_week", "counts", "ca_mg_ratio", "magnesium_mg", "energy_kcal"),
    }
    told = " ".join(printed(refusal_blocks(report)).split())
    assert "instead of $20.00: add --accept 1 or --budget-per-week" in told
    closest = told.partition("The closest plan: the week with change 1")[2]
    assert "Goals for the average: magnesium (Mg) at least" in closest  # and each day's figures


def test_a_way_is_accepted_by_its_number_and_said(dear):
    request, report = dear
    offer = accepted_offer(report, 1)
    accepted = plan_everybody(request, accept=1)
    assert accepted.passed
    assert accepted.request.preferences == asked_with(request, offer).preferences
    (told,) = [one for one in accepted.alone.notes if one.startswith("Planned with suggested ch")]
    assert told.startswith("Planned with suggested change 1")
    assert told.endswith(" instead of $20.00.")
    kept = report_kept(parse_plan_document(as_json(accepted), "plan"))  # and it is said again
    assert told in kept.alone.notes
    with pytest.raises(ConfigError, match="no way 2 is offered"):
        accepted_offer(report, 2)


def test_two_eaters_who_each_wish_too_much_give_way_together_and_by_name():
    def eater(name, diet, wish):
        return {"name": name, "preferences": {"diet": diet, "per_week": [f"{wish} >= 7"]}}

    table = [eater("Ann", "vegetarian", "beef"), eater("Ben", "vegan", "salmon")]
    request = request_from_dict({"week": {"days": 1}, "eaters": table})
    report = plan_everybody(request)
    (offer,) = report.offers
    assert {offer.whose, *(concession.whose for concession in offer.also)} == {"Ann", "Ben"}
    assert offer.text == "Ann: no wish for beef and Ben: no wish for salmon"
    assert answer_to(report).json_values()["best_effort"]["eaters"]


SALT, RATIO_ROW = "band.sodium_mg.max", "band.ca_mg_ratio.max"


@pytest.fixture(scope="module")
def week():
    return prepare_table(request_from_dict({"profile": {"sex": "m", "age": 52}})).weeks[""]


def offered(week, *broken):
    outcome = replace(Outcome.without_week(0.0), broken=broken)
    return [offer.band or offer.flag for offer in offers_unproven(week, outcome)]


def test_a_limit_that_alone_stayed_broken_gives_way_and_no_pill_is_tried_for_it(week):
    (band,) = offered(week, SALT, "times.mac_and_cheese.main.max")
    assert band == TargetOverride("sodium_mg", None, pytest.approx(2300 * 1.06, rel=0.01))


def test_a_pill_may_be_what_the_ratio_or_a_floor_lacks(week):
    *bands, flag = offered(week, RATIO_ROW, SALT)
    assert [band.nutrient for band in bands] == [RATIO, "sodium_mg"]
    assert flag == ALLOW_SUPPLEMENTS
    assert ALLOW_SUPPLEMENTS in offered(week, "band.energy_kcal.min")
    assert offered(week) == [ALLOW_SUPPLEMENTS]  # nothing is known to be in the way


def test_no_limit_of_safety_is_offered(week):
    upper_level = "band.manganese_mg.max"
    assert offered(week, upper_level) == []
    ill = {"sex": "m", "age": 52, "conditions": ["hypertension"]}
    other = prepare_table(request_from_dict({"profile": ill})).weeks[""]
    assert offered(other, SALT) == []
