"""What is found in a diary: sums, bounds, pills, weeks and gaps."""

from dataclasses import replace
from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest

from foods.embedded import read_lookup_foods
from planner.diary.analysis import analyse_diary, judge_value, said_first
from planner.diary.diary import DiaryEntry
from planner.diary.gap import GapFigures, Gaps
from planner.diary.pills import read_pill
from planner.diary.read import read_diary
from planner.diary.sums import Coverage, trend_of
from planner.document.terminal import as_plain
from planner.export.diary import analysis_told
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.safety.intake import SupplementIntake
from planner.settings import read_settings
from planner.targets.derive import targets_of
from planner.wire.diary import AnalysisAnswer
from tests.planner.diary.eaten import FOODS, WOMAN, diary, eaten, pill
from tests.planner.safety.test_reviews import answer
from tests.rows import rows

FULL = Coverage(10, ())


def analysed(one, request=WOMAN):
    return analyse_diary(one, request, targets_of(request, for_plan=False), FOODS)


def found(analysis, nutrient, day=None, basis="total"):
    places = {(one.target.nutrient, one.target.basis, one.day): one for one in analysis.findings}
    return places[nutrient, basis, day]


def test_days_and_their_mean_are_sums_over_foods_and_pills():
    citrate = pill("magnesium citrate", "magnesium_mg", 100)
    one = analysed(diary([eaten("seeds", 40)], [eaten("cheese", 100), citrate]))
    first, second = one.days
    assert first.totals["magnesium_mg"] == pytest.approx(200)  # 40 g at 5 mg/g
    assert second.totals["magnesium_mg"] == pytest.approx(130)  # 30 in cheese, 100 in the pill
    assert second.supplement_totals == {"magnesium_mg": 100}
    assert first.supplement_totals == {}
    assert one.mean.totals["magnesium_mg"] == pytest.approx(165)
    assert one.mean.supplement_totals == {"magnesium_mg": 50}


def test_the_ratio_of_several_days_is_sum_over_sum():
    one = analysed(diary([eaten("seeds", 40)], [eaten("cheese", 100)]))
    assert [day.ca_mg_ratio for day in one.days] == pytest.approx([20 / 200, 700 / 30])
    assert one.mean.ca_mg_ratio == pytest.approx(720 / 230)  # and no mean of 0.1 and 23.3


def test_a_food_without_a_figure_is_counted_and_named():
    one = analysed(diary([eaten("seeds", 40), eaten("salt", 5)]))
    assert one.mean.coverage["magnesium_mg"] == Coverage(2, ("salt",))
    assert one.mean.coverage["energy_kcal"].share == 1.0
    assert one.mean.coverage["magnesium_mg"].share == 0.5


def test_what_is_unmatched_lacks_every_figure_but_those_that_the_file_states():
    lost = DiaryEntry(2, "stew", "1 pot", "unmatched", "", "stew", stated={"magnesium_mg": 80.0})
    one = analysed(diary([eaten("seeds", 40), lost]))
    assert one.mean.totals["magnesium_mg"] == pytest.approx(280)
    assert one.mean.coverage["magnesium_mg"].without == ()
    assert one.mean.coverage["calcium_mg"].without == ("stew",)


@rows(__file__, "a_lower_bound_holds_where_what")
def test_a_lower_bound_holds_where_what_is_known_is_enough(value, share_known, holds):
    target = targets_of(WOMAN).find("magnesium_mg", "day")
    coverage = Coverage(10, ("x",) * round(10 * (1 - share_known)))
    assert judge_value(replace(target, upper=None), value, coverage) is holds


@pytest.mark.parametrize(
    ("value", "lost", "holds"),
    [(3000, 0, False), (3000, 5, False), (1000, 0, True), (1000, 5, None)],
)
def test_an_upper_bound_that_is_exceeded_is_so_whatever_else_there_was(value, lost, holds):
    target = replace(targets_of(WOMAN).find("sodium_mg", "day"), lower=None, upper=2300.0)
    assert judge_value(target, value, Coverage(10, ("x",) * lost)) is holds


def test_a_ratio_is_not_judged_where_much_is_unknown():
    target = targets_of(WOMAN).find("ca_mg_ratio", "day")
    assert judge_value(target, 3.0, FULL) is False
    assert judge_value(target, 3.0, Coverage(10, ("x",) * 2)) is None


def test_magnesium_of_pills_counts_against_the_upper_level_and_that_of_food_does_not():
    one = analysed(diary([eaten("seeds", 200), pill("magnesium oxide", "magnesium_mg", 400)]))
    total, pills = found(one, "magnesium_mg", 1), found(one, "magnesium_mg", 1, "supplement")
    assert (total.value, total.holds) == (pytest.approx(1400), True)
    assert (pills.value, pills.holds) == (400, False)
    assert pills.share == pytest.approx(400 / 350)
    assert any(advice.code == "above_upper_level" for advice in one.advice)


def test_what_is_taken_each_day_is_added_once():
    taken = replace(WOMAN, supplements=(SupplementIntake("magnesium citrate", 100),))
    without = analysed(diary([eaten("seeds", 40)], [eaten("seeds", 40)]), taken)
    assert without.mean.totals["magnesium_mg"] == pytest.approx(300)
    citrate = pill("magnesium citrate", "magnesium_mg", 50)
    own = analysed(diary([eaten("seeds", 40), citrate]), taken)
    assert own.mean.totals["magnesium_mg"] == pytest.approx(250)
    assert any("not once more" in note for note in own.notes)


def test_calcium_pills_that_lift_the_ratio_above_four_are_said_with_their_source():
    one = analysed(diary([eaten("seeds", 40), pill("calcium carbonate", "calcium_mg", 1500)]))
    (advice,) = [hint for hint in one.advice if hint.code == "ratio_above_4"]
    assert "7.6 is above 4" in advice.text  # 1,520 to 200
    assert advice.source
    assert "calcium_pills_above_4" in {each.code for each in one.advice}


def test_magnesium_lies_in_a_span_where_amounts_are_guessed():
    vague = replace(eaten("seeds", 60), is_usual_amount=True)  # 40 to 80 g, 5 mg/g
    one = analysed(diary([vague, eaten("cheese", 100)], [eaten("cheese", 100)]))
    first, second = one.days
    assert first.magnesium_span == pytest.approx((230, 430))
    assert second.magnesium_span == ()
    assert one.mean.magnesium_span == pytest.approx((130, 230))


POINTS = read_settings("next_food.toml")["points"]
# 200 of 400 mg of magnesium; calcium at four times it, twice the upper bound; 800 of 1,000 mg
BEFORE = GapFigures(200.0, 800.0, 1500.0, 4.0, 5.0)
GAPS = Gaps(400.0, 1000.0, (1.0, 2.0), 2000.0, BEFORE)


def test_points_are_for_what_is_closed_of_what_is_recommended_less_energy_and_money():
    assert [GAPS.magnesium(BEFORE), GAPS.calcium(BEFORE)] == pytest.approx([0.5, 0.2])
    assert GAPS.outside(BEFORE) == 1.0
    after = GapFigures(300.0, 900.0, 1600.0, 3.0, 6.0)
    closed = POINTS["magnesium"] * 0.25 + POINTS["ratio"] * 0.5 + POINTS["calcium"] * 0.1
    assert GAPS.points(after) == pytest.approx(closed + POINTS["energy"] * 0.05 + POINTS["cost"])
    gaps = Gaps.of(targets_of(WOMAN), BEFORE)
    assert (gaps.magnesium_mg, gaps.calcium_mg, gaps.ratio) == (320.0, 1000.0, (1.0, 2.0))


def analysed_of_weeks(*grams, planned=(), days=None):
    """Return a diary of so many grams of seeds each day, of which 1 g has 5 mg of magnesium."""
    written = diary(*([eaten("seeds", gram)] for gram in grams))
    if days:
        dated = zip(written.days, days, strict=True)
        written = replace(written, days=tuple(replace(own_day, day=day) for own_day, day in dated))
    return analyse_diary(written, WOMAN, targets_of(WOMAN, for_plan=False), FOODS, planned)


def test_each_week_has_its_mean_and_the_direction_is_said():
    found = analysed_of_weeks(*[20] * 7, *[40] * 7, *[60] * 3)
    assert [len(week.days) for week in found.weeks] == [7, 7, 3]
    means = [week.mean.totals["magnesium_mg"] for week in found.weeks]
    assert means == pytest.approx([100, 200, 300])
    assert trend_of(found.weeks).per_week_mg == pytest.approx(100)
    text = " ".join(as_plain(analysis_told(found)).split())
    assert "Day 8 to Day 14 7 200" in text
    assert "going up: 100 mg a day in the first week, 300 mg in the last, some 100 mg more" in text
    assert len(AnalysisAnswer.of_analysis(found).weeks) == 3


def test_what_was_planned_stands_beside_what_was_eaten_on_the_same_dates():
    plan = [
        SimpleNamespace(day=1, date=when, totals={"magnesium_mg": mg})
        for when, mg in ((date(2026, 11, 2), 400.0), (date(2026, 11, 3), 500.0))
    ]
    (week,) = analysed_of_weeks(20, days=["2026-11-02"], planned=plan).weeks
    assert week.planned_mg == pytest.approx(450)
    assert week.mean.totals["magnesium_mg"] == pytest.approx(100)


PILLS_FOODS = read_lookup_foods()
PILLS_WOMAN = {"sex": "f", "age_y": 35, "height_cm": 164.0, "weight_kg": 62.0}
BOY = {"sex": "m", "age_y": 6, "height_cm": 116.0, "weight_kg": 21.0}


def analysed_of_pills(text, who=PILLS_WOMAN, **more):
    request = PlanRequest(Profile(**{**who, **more}))
    diary = read_diary(StringIO(text), PILLS_FOODS, ())
    return analyse_diary(diary, request, targets_of(request, for_plan=False), PILLS_FOODS)


def said_of(text, who=PILLS_WOMAN, **more):
    return {advice.code: str(advice.text) for advice in analysed_of_pills(text, who, **more).advice}


@rows(__file__, "a_pill_with_its_dose_counts")
def test_a_pill_with_its_dose_counts(line, nutrient, amount):
    pill = read_pill(line)
    assert not pill.why
    assert pill.nutrients[nutrient] == pytest.approx(amount, rel=1e-3)


@rows(__file__, "another_line_that_looks_like_a")
def test_another_line_that_looks_like_a_pill_is_asked_about_and_no_food(line):
    assert read_pill(line).why
    (entry,) = read_diary(StringIO(f"{line}\n"), PILLS_FOODS, ()).entries()
    assert (entry.kind, entry.is_pill) == ("unmatched", True)


@rows(__file__, "a_food_stays_a_food")
def test_a_food_stays_a_food(line):
    assert read_pill(line) is None


def test_pills_above_a_level_are_said_first_and_over():
    one = analysed_of_pills("oatmeal 1 cup\nzinc 50 mg\nvitamin D3 250 µg\ncopper 20 mg\n")
    told = as_plain(analysis_told(one))
    first = told.partition("Each day")[0].partition("A day")[0]
    for name in ("Zinc: pills hold 50.0 mg", "Vitamin D: pills hold 250.0", "Copper: pills hold"):
        assert name in " ".join(first.split())
    assert all(row.count("over") for row in told.splitlines() if row.startswith("Zinc, mg"))


@rows(__file__, "for_a_child_much_more_calls")
def test_for_a_child_much_more_calls_a_poison_center_now(line, code):
    assert code in said_of(f"banana\n{line}\n", BOY)


@rows(__file__, "what_is_dangerous_is_said_first")
def test_what_is_dangerous_is_said_first(line, code):
    assert code in said_first()
    assert code in said_of(f"banana\n{line}\n")


def test_what_harms_some_is_not_said_to_others():
    assert not {"licorice_pregnant", "licorice_pressure"} & {*said_of("liquorice 100 g\n")}
    told = said_of("banana\nmagnesium for sleep gummies 2\n", BOY)
    assert any("paediatrician" in text for text in told.values())


@rows(__file__, "what_harms_is_said")
def test_what_harms_is_said_of_the_line_as_it_is_written(line, who, code):
    assert code in said_of(f"banana\n{line}\n", **who)
    assert code not in said_of("1 glass milk\n", **who)


HEAD = "Day,Group,Food Name,Amount,Energy (kcal),Magnesium (mg),Vitamin C (mg),Category\n"
OATS = '2026-03-02,Breakfast,"Oats, rolled",100 g,380,138,0,Cereals\n'


@rows(__file__, "a_pill_of_an_export")
def test_a_pill_of_an_export_counts_by_its_own_nutrient(tmp_path, monkeypatch, row, said, unsaid):
    path = tmp_path / "servings.csv"
    path.write_text(f"{HEAD}2026-03-02,Breakfast,{row}\n{OATS}", encoding="utf-8")
    code, text = answer(f"analyse {path} M ", monkeypatch)
    assert code == 0
    assert said in text
    assert unsaid not in text
