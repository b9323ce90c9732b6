"""The table ``[profile]`` of a request file and its flags: who eats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from planner.language.spoken import mark, said
from planner.request.joining import NAMES, PAIRS
from planner.request.likely import WITH_UNITS, kept_as_said
from planner.request.limits import assumed_body
from planner.request.measures import (
    names_unit,
    read_height_cm,
    read_serum_magnesium_mg_dl,
    read_weight_kg,
    with_unit,
)
from planner.request.phrases import read_clinic, read_name, read_serum_potassium
from planner.request.profile import (
    ACTIVITIES,
    ENERGY_EQUATIONS,
    SEXES,
    Profile,
    activity_meant,
    sex_meant,
)
from planner.request.request import BODY_FIELDS
from planner.request.values import (
    Activity,
    Height,
    Name,
    Sex,
    StandardId,
    TomlTable,
    Weight,
    above_zero,
    entry,
    in_range,
    in_units,
    plain,
)
from planner.request.wish import TABLE, Flag, Number, OneOf, Typed
from planner.safety.conditions import flags_instead
from planner.safety.medicines import read_medicine
from planner.standards.ids import read_standard_id, standard_ids
from planner.standards.standard import STATES

_FIRST, _HEALTH = mark("Most used"), mark("Body and health")
_TARGETS = mark("Targets, water and supplements")
_AGE = Number("age", is_whole=True, has_units=True)
_KCAL, _EGFR = (Number(name, has_units=True) for name in ("energy_kcal", "egfr"))
_SEX, _ACTIVITY = OneOf(SEXES, sex_meant), OneOf(ACTIVITIES, activity_meant)
_HEIGHT = Typed("HEIGHT", with_unit(read_height_cm))
_WEIGHT = Typed("WEIGHT", with_unit(read_weight_kg))
_STATE = OneOf(STATES)
_POTASSIUM = Typed("MMOL/L", read_serum_potassium)
_BEFORE = Number("vitamin_k_before_ug")
_CLINIC = Typed("NUTRIENT<=X", read_clinic)
_MEDICINE = Typed("NAME[:N[/day|/week[@DAY]]]", read_medicine)


class ProfileTable(TomlTable):
    """Who eats."""

    sex: Annotated[
        Sex, Flag(_FIRST, mark("Whose reference values to use."), _SEX, phrase=_SEX.read)
    ] = entry(None, "f or m: whose reference values to use")
    age: Annotated[
        int | None,
        in_range("age"),
        in_units("age"),
        Flag(_FIRST, mark("Completed years."), _AGE, phrase=_AGE.read),
    ] = entry(None, "completed years")
    height_cm: Annotated[
        Height,
        Flag(
            _FIRST,
            mark('50 to 250 cm; "5 ft 5 in" and "1.65 m" do as well.'),
            _HEIGHT,
            name="height",
            phrase=_HEIGHT.read,
        ),
    ] = entry(None, 'cm; "5 ft 5 in" and "1.65 m" do as well')
    weight_kg: Annotated[
        Weight,
        Flag(
            _FIRST,
            mark('3 to 350 kg, before pregnancy where pregnant; "143 lb" does as well.'),
            _WEIGHT,
            name="weight",
            phrase=_WEIGHT.read,
        ),
    ] = entry(None, 'kg, before pregnancy where pregnant; "143 lb" does as well')
    activity: Annotated[
        Activity, Flag(_FIRST, mark("How much you move."), _ACTIVITY, phrase=_ACTIVITY.read)
    ] = entry(None, "inactive, low_active, active or very_active")
    state: Annotated[
        Literal["none", "pregnant", "lactating"],
        Flag(_HEALTH, mark("Pregnancy or lactation."), _STATE, phrase=_STATE.read),
    ] = entry("none", "none, pregnant or lactating")
    gestation_week: Annotated[
        int | None,
        in_range("gestation_week"),
        Flag(_HEALTH, mark("Week of pregnancy."), Number("gestation_week", is_whole=True)),
    ] = entry(None, "week of pregnancy, 1 to 42", 20)
    lactation_month: Annotated[
        int | None,
        in_range("lactation_month"),
        Flag(_HEALTH, mark("Months since birth."), Number("lactation_month", is_whole=True)),
    ] = entry(None, "months since birth, 0 to 24", 3)
    standard: Annotated[
        StandardId,
        Flag(
            _TARGETS,
            mark("Reference values."),
            Typed(f"{'|'.join(standard_ids())}|FILE.csv", read_standard_id),
            whose=TABLE,
        ),
    ] = entry("us", f"{', '.join(standard_ids())}, or the path of a CSV")
    energy_kcal: Annotated[
        float | None,
        in_range("energy_kcal"),
        in_units("energy_kcal"),
        Flag(_TARGETS, mark("Energy a day."), _KCAL, phrase=_KCAL.read),
    ] = entry(None, "kcal a day; without it, an equation decides", 2000)
    energy_equation: Annotated[
        Literal["nasem_2023", "iom_2005", "mifflin"],
        Flag(
            _TARGETS,
            mark("Equation of the energy need; nasem_2023 without it."),
            OneOf(ENERGY_EQUATIONS),
        ),
    ] = entry("nasem_2023", "nasem_2023, iom_2005 or mifflin")
    egfr: Annotated[
        float | None,
        in_range("egfr"),
        in_units("egfr"),
        Flag(_HEALTH, mark("Kidney function (eGFR), mL/min/1.73 m²."), _EGFR, phrase=_EGFR.read),
    ] = entry(None, "kidney function, mL/min/1.73 m²", 90)
    serum_mg_mg_dl: Annotated[float | None, in_range("serum_mg_mg_dl")] = entry(
        None, "magnesium in serum, mg/dL", 2.0
    )
    serum_mg: Annotated[
        str | None,
        Flag(
            _HEALTH,
            mark('Magnesium in serum: "2.1 mg/dL", "0.85 mmol/L".'),
            Typed("NUMBER UNIT", read_name),
            phrase=read_name,
        ),
    ] = entry(None, "the same with its unit, instead of serum_mg_mg_dl", "0.85 mmol/L")
    serum_k_mmol_l: Annotated[
        float | None,
        in_range("serum_k_mmol_l"),
        Flag(
            _HEALTH,
            mark('Potassium in serum with its unit: "4.6 mmol/L".'),
            _POTASSIUM,
            name="serum_potassium",
            phrase=read_serum_potassium,
        ),
    ] = entry(None, "potassium in serum, mmol/L (mEq/L is the same)", 4.5)
    clinic: Annotated[
        dict[str, Annotated[float, above_zero("target")]],
        Flag(
            _HEALTH,
            mark('The most a day that your clinic allows: "potassium_mg<=2500"; repeatable.'),
            _CLINIC,
            join=PAIRS,
            phrase=read_clinic,
        ),
    ] = entry({}, "the most a day that the clinic allows, by nutrient key", {"potassium_mg": 2500})
    vitamin_k_before_ug: Annotated[
        float | None,
        in_range("vitamin_k_before_ug"),
        Flag(
            _HEALTH,
            mark("Vitamin K eaten before, µg a day; asked beside warfarin and its like."),
            _BEFORE,
            name="vitamin_k_before",
            phrase=_BEFORE.read,
        ),
    ] = entry(None, "vitamin K eaten before, µg a day; asked beside warfarin and its like", 120)
    conditions: Annotated[
        list[Name],
        Flag(
            _HEALTH,
            mark("What a doctor has found; repeatable."),
            Typed("NAME", read_name),
            name="condition",
            join=NAMES,
            phrase=read_name,
        ),
    ] = entry([], "what a doctor has found", ["osteoporosis"])
    clinic_agreed: Annotated[
        bool,
        Flag(
            _HEALTH,
            mark(
                "Your clinic has agreed to an ordinary plan with a condition given as "
                '"other: TEXT".'
            ),
        ),
    ] = entry(False, 'true: a clinic has agreed to an ordinary plan with a condition "other: TEXT"')
    medicines: Annotated[
        list[Name],
        Flag(
            _HEALTH,
            mark(
                'What you take regularly, and how often: levothyroxine, "ciprofloxacin:2" for '
                'twice a day, "alendronate:1/week"; repeatable.'
            ),
            _MEDICINE,
            name="medicine",
            join=NAMES,
            phrase=read_name,
        ),
    ] = entry([], 'what is taken regularly; "ciprofloxacin:2" is twice a day', ["levothyroxine"])
    assumed: list[Literal["sex", "age", "height_cm", "weight_kg", "activity"]] = Field(default=[])
    _confirmed: tuple[str, ...] = PrivateAttr(default=())

    @model_validator(mode="wrap")
    @classmethod
    def _keep_units(
        cls, table: Any, handler: ModelWrapValidatorHandler[ProfileTable]
    ) -> ProfileTable:
        """Remember which figures were written with their unit."""
        checked = handler(table)
        if isinstance(table, Mapping):
            named = (key for key in WITH_UNITS if names_unit(table.get(key)))
            checked._confirmed = tuple(named)
        return checked

    @model_validator(mode="after")
    def _check_state(self) -> ProfileTable:
        for key, state in (("gestation_week", "pregnant"), ("lactation_month", "lactating")):
            if getattr(self, key) is not None and self.state != state:
                raise ValueError(
                    said(
                        "{key} is given, but state is {state!r} — set state to {state_2!r} or "
                        "leave {key} out",
                        key=key,
                        state=self.state,
                        state_2=state,
                    )
                )
        if self.serum_mg is not None and self.serum_mg_mg_dl is not None:
            raise ValueError("serum_mg and serum_mg_mg_dl are both given — keep one")
        plain(lambda _: self.to_profile())(None)
        for text in self.conditions:
            for flag, state in flags_instead(text):
                if self.state != state:
                    raise ValueError(
                        said(
                            "conditions: {text!r} is said by a flag — write --{flag}",
                            text=text,
                            flag=flag,
                        )
                    )
        return self

    def missing(self) -> tuple[str, ...]:
        """Name the keys of ``BODY_FIELDS`` that are not given, or given as assumed."""
        return tuple(
            key for key in BODY_FIELDS if getattr(self, key) is None or key in self.assumed
        )

    def to_profile(self) -> Profile:
        """Fill what is missing from the sample person and the assumed body measures."""
        sample = Profile()
        sex = self.sex or sample.sex
        age_y = sample.age_y if self.age is None else self.age
        height_cm, weight_kg = assumed_body(sex, age_y)
        profile = Profile(
            **self.frozen(Profile)
            | {
                "sex": sex,
                "age_y": age_y,
                "height_cm": self.height_cm or height_cm,
                "weight_kg": self.weight_kg or weight_kg,
                "activity": self.activity or sample.activity,
                "serum_mg_mg_dl": self._serum_mg_dl(),
                "clinic": tuple(sorted(self.clinic.items())),
                "confirmed": self._confirmed,
            }
        )
        return replace(profile, confirmed=tuple(sorted(kept_as_said(profile, self.missing()))))

    def _serum_mg_dl(self) -> float | None:
        """Give magnesium in serum [mg/dL] from whichever of the two keys holds it."""
        if self.serum_mg is None:
            return self.serum_mg_mg_dl
        return read_serum_magnesium_mg_dl(self.serum_mg, self.standard)
