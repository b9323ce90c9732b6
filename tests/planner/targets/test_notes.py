import pytest

from planner.request.override import TargetOverride
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.targets.derive import derive_targets
from planner.targets.notes import implied_magnesium_mg


def notes(profile=None, standard_id="us", diet="omnivore"):
    targets = derive_targets(profile or Profile(), standard_id, Preferences(diet=diet))
    return "\n".join(targets.notes)


def test_the_magnesium_that_calcium_and_ratio_imply_is_said():
    # 1200 / 2
    assert "together ask for 600 mg magnesium a day (Ca / 2), above the 320 mg" in notes()
    assert implied_magnesium_mg(derive_targets(Profile()).targets) == 600


def test_nothing_is_implied_where_the_ratio_is_only_shown():
    pregnant = derive_targets(Profile(age_y=29, state="pregnant"))
    assert implied_magnesium_mg(pregnant.targets) is None


@pytest.mark.parametrize(
    ("profile", "text"),
    [
        (Profile(age_y=16), "Ca:Mg is shown, not planned for, under 19"),
        (Profile(age_y=29, state="pregnant"), "Ca:Mg is shown, not planned for, in pregnancy"),
        (Profile(age_y=29, state="lactating"), "not planned for, while breastfeeding"),
    ],
)
def test_a_ratio_without_band_says_why(profile, text):
    assert text in notes(profile)


def test_what_a_thin_standard_lacks_is_listed():
    text = notes(standard_id="who")
    assert "WHO gives no " in text
    assert "vitamin C" in text
    assert "the US range shapes the plan as a soft rule" in text


def test_the_magnesium_limit_of_the_who_is_applied_to_supplements_and_says_so():
    assert "applied to supplements only, never to food" in notes(standard_id="who")


def test_iron_in_pregnancy_is_said_to_be_seldom_met():
    assert "Iron of 27 mg in pregnancy is seldom met" in notes(Profile(age_y=29, state="pregnant"))


def test_an_age_that_a_state_does_not_reach_is_flagged():
    assert "the nearest age stands in for 52 years" in notes(Profile(age_y=52, state="pregnant"))


def test_the_diet_at_which_zinc_is_read_is_said():
    assert "The zinc target assumes 1200 mg of phytate" in notes(standard_id="eu", diet="vegan")


def test_what_is_published_but_not_planned_is_said():
    text = notes()
    assert "Sodium: the AI of 1500 mg is no goal of the plan" in text
    assert "Water: the AI of 2.7 L is no goal of the plan" in text


def test_a_pregnant_girl_is_told_which_of_two_values_holds():
    text = notes(Profile(age_y=16, state="pregnant", gestation_week=20), "eu")
    assert "EFSA asks for less in pregnancy than it does otherwise at 16 years" in text
    assert "the stricter of the two values applies" in text


def test_figures_without_confirmation_are_named():
    assert "Not checked yet against the original publication: fat (share of energy)" in notes()


@pytest.mark.parametrize(
    ("profile", "when"),
    [(Profile(age_y=16), "under 19"), (Profile(age_y=29, state="pregnant"), "in pregnancy")],
)
def test_a_ratio_that_was_asked_for_is_called_a_wish_and_not_only_shown(profile, when):
    asked = derive_targets(profile, overrides=[TargetOverride("ca_mg_ratio", None, 2.6)])
    text = " ".join(asked.notes)
    assert f"Ca:Mg is a wish {when}, as asked for" in text
    assert "shown, not planned for" not in text
