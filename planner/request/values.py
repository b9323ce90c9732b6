"""Single values of a request file: what each may be, read as people write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from foods.errors import UserFacingError
from foods.supplement import find_supplement
from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import read_pattern_id
from planner.request.day_words import DAY_FORM, days_told, read_day
from planner.request.diets import find_diet, name_against, name_left_out
from planner.request.equipment import (
    FREEZER,
    names_freezer,
    names_instead,
    read_equipment,
    refuse_not_known,
)
from planner.request.meal_phrases import (
    check_start,
    holidays_within,
    read_holiday,
    read_hours_table,
    read_minutes_table,
    read_more_table,
    read_start,
)
from planner.request.measures import (
    FigureWithUnit,
    Money,
    check_money,
    check_size,
    known_ranges,
    read_figure,
    read_height_cm,
    read_money,
    read_weight_kg,
)
from planner.request.phrases import (
    FrequencyRule,
    find_target_key,
    read_frequency,
    read_name,
    read_note,
    read_target_key,
)
from planner.request.profile import activity_meant, sex_meant
from planner.request.put import names_days, read_put_day
from planner.settings import names_in
from planner.shops import known_shops
from planner.standards.ids import read_standard_id

Frozen = TypeVar("Frozen")


def plain(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Let a reader's own message pass through pydantic, which collects only ``ValueError``."""

    def checked(value: Any) -> Any:
        try:
            return read(value)
        except UserFacingError as error:
            raise ValueError(str(error)) from None

    return checked


def in_range(name: str) -> Any:
    """Hold a figure to the likely range ``name``."""
    likely = known_ranges()[name]
    return Field(ge=likely.low, le=likely.high)


def in_units(name: str) -> Any:
    """Read a figure that may be written with its unit, in that of its range."""

    def read(value: Any) -> Any:
        figure = read_figure(value, name) if isinstance(value, str) else value
        is_whole = isinstance(value, str | FigureWithUnit) and figure.is_integer()
        return int(figure) if is_whole else figure

    return BeforeValidator(plain(read))


def above_zero(name: str) -> Any:
    """Hold a figure above zero and to the upper end of the likely range ``name``."""
    return Field(gt=0, le=known_ranges()[name].high)


def _measure(read: Callable[[str], float], name: str) -> Any:
    """Read what is written with its unit or without, and hold a bare figure to its range."""

    def measured(value: Any) -> Any:
        if isinstance(value, str):
            return read(value)
        return check_size(name, value) if _is_number(value) else value

    return BeforeValidator(plain(measured))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _date(value: Any) -> Any:
    """Accept ``2026-03-02`` in quotes too, since JSON has no dates, and ``today`` or ``mon``."""
    if isinstance(value, str):
        return read_start(value)
    return check_start(value) if isinstance(value, date) else value


def _day(value: Any) -> Any:
    """Accept the number of a day, which must not be taken for a date, or its name."""
    if isinstance(value, int) and not isinstance(value, bool):
        likely = known_ranges()["days"]
        if value not in likely:
            ends = {"low": likely.low, "high": likely.high}
            raise fault(ConfigError, "day_number_outside", value=value, **ends)
        return value
    if not isinstance(value, str | date):
        raise fault(ConfigError, "no_day_value", value=value, day_form=DAY_FORM)
    return read_day(str(value))


def _holiday(value: Any) -> Any:
    return read_holiday(str(value)) if isinstance(value, str | date) else _day(value)


def _public_holidays(of: tuple[str, date | None, int]) -> list[date]:
    country, start, days = of
    if start is None:
        raise fault(ConfigError, "country_needs_start", country=country)
    return holidays_within(country, start, days)


def _put_day(value: Any) -> Any:
    """Accept the number of a day, its name, or a date in or without quotes."""
    return read_put_day(str(value)) if isinstance(value, str | date) else _day(value)


def _text(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Read what is a text; pydantic says what is wrong with anything else."""
    return lambda value: read(value) if isinstance(value, str) else value


def _money(value: Any) -> Any:
    if isinstance(value, str):
        return read_money(value)
    if _is_number(value):
        return check_money(Money(float(value)), f"{value:g}")
    if value is None or isinstance(value, Money):
        return value
    raise fault(ConfigError, "no_amount_of_money", value=value)


def _shops(value: str) -> str:
    if value.strip() not in known_shops():
        raise fault(ConfigError, "no_shops", value=value, shops=" or ".join(known_shops()))
    return value.strip()


def _rhythm(value: str) -> str:
    known = names_in("rhythms", ".toml")
    if value.strip() not in known:
        raise fault(ConfigError, "no_rhythm", value=value, rhythms=", ".join(known))
    return value.strip()


def _compound(value: str) -> str:
    """Keep the name as written; one that no compound has is answered with the nearest."""
    find_supplement(read_name(value))
    return read_name(value)


def _left_out(value: str) -> str:
    if names_days(value):
        raise fault(ConfigError, "without_some_days", text=value)
    if names_freezer(value):
        return FREEZER
    if names_instead(value) != (value,):
        return value  # laid out where all that is left out is at hand
    refuse_not_known(value)
    return name_left_out(read_name(value))


def _diet(value: str) -> str:
    if names_days(value):
        diet, _, days = value.rpartition(":")
        if name := name_against(diet):
            raise fault(ConfigError, "diet_some_days", days=days, name=name)
        raise fault(ConfigError, "meatless_some_days", days=days)
    return find_diet(read_name(value)).diet_id


def _check_keys(value: Any) -> Any:
    """Refuse two keys of ``[targets]`` that mean the same, such as magnesium, magnesium_mg."""
    keys = [key for key in map(find_target_key, value) if key] if isinstance(value, dict) else []
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise fault(ConfigError, "given_twice", names=", ".join(twice))
    return value


def numbered(entries: Sequence[Any], count: int, start: date | None) -> list[Any]:
    """Return days, or tables with a ``day``, once for each day of a plan that they name.

    Whole dates of holidays stay as they are, since they may lie outside the plan; a country stands
    for its public holidays.

    Raises
    ------
    ValueError
        When a name is that of no day, or a country has no first day to count from; names the first.
    """
    found: list[Any] = []
    for entry in entries:
        if isinstance(entry, date):
            found.append(entry)
            continue
        if isinstance(entry, str):
            found += plain(_public_holidays)((entry, start, count))
            continue
        is_table = isinstance(entry, BaseModel)
        word = entry.day if is_table else entry
        days = plain(lambda one: days_told(one, count, start))(word)
        found += [entry.model_copy(update={"day": day}) if is_table else day for day in days]
    return found


Name = Annotated[str, BeforeValidator(plain(_text(read_name)))]
Sex = Annotated[Literal["f", "m"] | None, BeforeValidator(_text(sex_meant))]
Activity = Annotated[
    Literal["inactive", "low_active", "active", "very_active"] | None,
    BeforeValidator(_text(activity_meant)),
]
Equipment = Annotated[str, BeforeValidator(plain(_text(read_equipment)))]
LeftOut = Annotated[str, BeforeValidator(plain(_text(_left_out)))]
TargetKey = Annotated[str, BeforeValidator(plain(_text(read_target_key)))]
Height = Annotated[float | None, _measure(read_height_cm, "height_cm")]
Weight = Annotated[float | None, _measure(read_weight_kg, "weight_kg")]
DietId = Annotated[str, BeforeValidator(plain(_text(_diet)))]
StandardId = Annotated[str, BeforeValidator(plain(_text(read_standard_id)))]
PatternId = Annotated[str, BeforeValidator(plain(_text(read_pattern_id)))]
Budget = Annotated[Money | None, BeforeValidator(plain(_money))]
RhythmName = Annotated[str, BeforeValidator(plain(_text(_rhythm)))]
Shops = Annotated[str, BeforeValidator(plain(_text(_shops)))]
Compound = Annotated[str, BeforeValidator(plain(_text(_compound)))]
Rule = Annotated[FrequencyRule, BeforeValidator(plain(_text(read_frequency)))]
Start = Annotated[date | None, BeforeValidator(plain(_date))]
DayName = Annotated[Any, BeforeValidator(plain(_day))]
Holiday = Annotated[Any, BeforeValidator(plain(_holiday))]
PutDay = Annotated[int | str, BeforeValidator(plain(_put_day))]
OncePerKey = BeforeValidator(plain(_check_keys))
Grades = dict[Name, Annotated[int, in_range("grade")]]
Cups = dict[Name, Annotated[int, in_range("cups_per_day")]]
ClinicFigures = dict[str, Annotated[float, above_zero("target")]]
DaysBetween = dict[Name, Annotated[int, in_range("days_between")]]
ToUse = dict[Name, Annotated[float, above_zero("use_g")]]
Minutes = Annotated[int | None, in_range("max_minutes")]
MinutesOn = Annotated[dict[str, int], BeforeValidator(plain(read_minutes_table))]
MoreEnergy = Annotated[dict[str, float], BeforeValidator(plain(read_more_table))]
MinutesOrNone = Annotated[int | None, in_range("max_minutes_breakfast")]
Slot = Literal["breakfast", "lunch", "dinner", "snack"]
Notes = dict[Name, Annotated[str, BeforeValidator(plain(_text(read_note)))]]
MealHours = Annotated[dict[str, float], BeforeValidator(plain(read_hours_table))]
Multiplier = Annotated[float, in_range("weight")]
Minerals = Annotated[float | None, in_range("water_mg_per_l")]
Bound = Annotated[float | None, in_range("target")]


class TomlTable(BaseModel):
    """A table of the request file: exact types, no unknown keys, no NaN and no infinity."""

    model_config = ConfigDict(
        strict=True, extra="forbid", allow_inf_nan=False, arbitrary_types_allowed=True
    )

    def to(self, kind: type[Frozen], **made: Any) -> Frozen:
        """Hand over a dataclass with the fields that are here, lists and tables frozen.

        Parameters
        ----------
        kind
            The dataclass.
        made
            Its fields that are not here, or are other values here.
        """
        fields: Mapping[str, Any] = getattr(kind, "__dataclass_fields__", {})
        known = (key for key in fields if key in type(self).model_fields)
        return kind(**{key: _frozen(getattr(self, key)) for key in known} | made)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value
