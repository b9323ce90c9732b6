"""Who eats: sex, age, life stage, body measures, activity."""

from __future__ import annotations

from dataclasses import dataclass

from planner.errors import TargetsError

SEXES = ("f", "m")
ACTIVITIES = ("inactive", "low_active", "active", "very_active")
STATES = ("none", "pregnant", "lactating")
STANDARDS = ("us", "eu", "uk", "who")


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

    def __post_init__(self) -> None:
        for field, value, known in (
            ("sex", self.sex, SEXES),
            ("activity", self.activity, ACTIVITIES),
            ("state", self.state, STATES),
        ):
            if value not in known:
                raise TargetsError(
                    f"unknown {field} {value!r}",
                    where=f"profile, {field}",
                    remedy=f"use one of {', '.join(known)}",
                )
        if self.state != "none" and self.sex != "f":
            raise TargetsError(
                f"state {self.state!r} does not fit sex 'm'",
                where="profile, state",
                remedy="use `--sex f` or `--state none`",
            )
