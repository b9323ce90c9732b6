"""Who eats: sex, age, life stage, body measures, activity."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from foods.table import plain_key
from planner.errors import TargetsError
from planner.faults import fault
from planner.standards.standard import STATES

SEXES = ("f", "m")
ACTIVITIES = ("inactive", "low_active", "active", "very_active")
KEEP, LOSE_SLOWLY, LOSE, GAIN = GOALS = ("keep", "lose_slowly", "lose", "gain")
ENERGY_EQUATIONS = ("nasem_2023", "iom_2005", "mifflin")
_SEX_WORDS = MappingProxyType(
    {"female": "f", "woman": "f", "girl": "f", "male": "m", "man": "m", "boy": "m"}
)
_ACTIVITY_WORDS = MappingProxyType({"sedentary": "inactive"})  # so called until NASEM 2023


def sex_meant(text: str) -> str:
    """Return ``"f"`` or ``"m"`` for a word that means it; any other word stays as it is."""
    word = plain_key(text)
    return word if word in SEXES else _SEX_WORDS.get(word, text)


def goal_meant(text: str) -> str:
    """Return one of ``GOALS`` where a word means it; others stay as they are."""
    word = plain_key(text)
    return word if word in GOALS else text


def activity_meant(text: str) -> str:
    """Return one of ``ACTIVITIES`` where words mean it; others stay as they are."""
    word = plain_key(text)
    return word if word in ACTIVITIES else _ACTIVITY_WORDS.get(word, text)


@dataclass(frozen=True, slots=True)
class Profile:
    """One eater, as reference values and energy equations see them.

    Parameters
    ----------
    sex
        ``"f"`` or ``"m"``: whose reference values to use.
    age_y
        Completed years.
    height_cm, weight_kg
        Body height [cm] and body mass [kg]; before pregnancy where pregnant.
    activity
        One of ``ACTIVITIES`` (NASEM 2023).
    state
        One of ``STATES``.
    gestation_week, lactation_month
        Week of pregnancy (1–42) and month since birth (0–24), where the state asks for them.
    energy_kcal
        Energy asked for [kcal/day]; ``None`` takes the equation's figure.
    energy_equation
        One of ``ENERGY_EQUATIONS``.
    goal
        One of ``GOALS``: how much less, or more, than needed is eaten in a day.
    egfr
        Estimated glomerular filtration rate [mL/min/1.73 m²]; ``None``: not known.
    serum_mg_mg_dl
        Magnesium in serum [mg/dL]; ``None``: not known.
    serum_k_mmol_l
        Potassium in serum [mmol/L]; ``None``: not known.
    clinic
        (Nutrient key, most a day) that the clinic has set [the nutrient's unit].
    vitamin_k_before_ug
        Vitamin K eaten before the plan [µg/day]; ``None``: not told. Asked beside a vitamin K
        antagonist.
    conditions, medicines
        Conditions and medicines, as a person wrote them.
    confirmed
        Keys of figures written with their unit: meant as they are, however unusual.
    clinic_agreed
        Whether a clinic has agreed to an ordinary plan for a condition given as ``other: TEXT``.

    Raises
    ------
    TargetsError
        When a word is unknown or pregnancy and sex do not fit.
    """

    sex: str = "f"
    age_y: int = 55
    height_cm: float = 165.0
    weight_kg: float = 65.0
    activity: str = "low_active"
    state: str = "none"
    gestation_week: int | None = None
    lactation_month: int | None = None
    energy_kcal: float | None = None
    energy_equation: str = "nasem_2023"
    egfr: float | None = None
    serum_mg_mg_dl: float | None = None
    serum_k_mmol_l: float | None = None
    clinic: tuple[tuple[str, float], ...] = ()
    conditions: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    vitamin_k_before_ug: float | None = None
    confirmed: tuple[str, ...] = ()
    clinic_agreed: bool = False
    goal: str = KEEP

    def __post_init__(self) -> None:
        for field, value, known in (
            ("sex", self.sex, SEXES),
            ("activity", self.activity, ACTIVITIES),
            ("state", self.state, STATES),
            ("energy_equation", self.energy_equation, ENERGY_EQUATIONS),
            ("goal", self.goal, GOALS),
        ):
            if value not in known:
                told = {"field": field, "value": value, "names": ", ".join(known)}
                raise fault(TargetsError, "unknown_word", **told)
        if self.goal != KEEP and self.energy_kcal is not None:
            raise fault(TargetsError, "energy_and_goal", goal=self.goal)
        if self.state != "none" and self.sex != "f":
            raise fault(TargetsError, "state_of_men", state=self.state)
