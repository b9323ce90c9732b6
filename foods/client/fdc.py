"""Foods of USDA FoodData Central by id or by words; amounts there are per 100 g edible.

The shapes are those of the service's OpenAPI description, version 1.0.0. The key goes in a header,
so that it stands in no address, message or log.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Annotated

import requests
from pydantic import BaseModel, Field

from foods.client.session import ServiceError, get_answer, read_services
from foods.errors import FoodsError
from foods.nutrient import known_nutrients
from foods.own_csv import Figures, clean_name
from foods.units import convert

RELEASE = "fdc"
_US_DATE = "%m/%d/%Y"
BY_VOLUME = ("ml", "mlt")


class _Nutrient(BaseModel):
    id: int
    unitName: str  # noqa: N815 - the service's own name


class _Amount(BaseModel):
    nutrient: _Nutrient
    amount: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


class FoundFood(BaseModel):
    """A food that the service knows, as a search lists it."""

    fdcId: int  # noqa: N815
    description: str
    dataType: str  # noqa: N815
    brandOwner: str | None = None  # noqa: N815


class FoodDetails(FoundFood):
    """A food with its figures, as the service and its downloads in JSON tell it."""

    publicationDate: str  # noqa: N815
    ndbNumber: int | str | None = None  # noqa: N815
    foodCode: int | str | None = None  # noqa: N815
    gtinUpc: str | None = None  # noqa: N815
    servingSize: float | None = None  # noqa: N815
    servingSizeUnit: str | None = None  # noqa: N815
    ingredients: str | None = None
    foodNutrients: list[_Amount]  # noqa: N815


class _Search(BaseModel):
    foods: list[FoundFood]


def food_request(fdc_id: str, url: str | None = None) -> requests.Request:
    """Return the request for all figures of a food; ``url`` is another server of the same kind."""
    return requests.Request("GET", f"{_base(url)}/food/{fdc_id}")


def search_request(words: str, url: str | None = None) -> requests.Request:
    """Return the request for foods that have ``words`` in their description."""
    rule = read_services()[RELEASE]
    params = {"query": words, "pageSize": rule["shown"], "dataType": ",".join(rule["types"])}
    return requests.Request("GET", f"{_base(url)}/foods/search", params=params)


def get_food(request: requests.Request, session: requests.Session, key: str) -> Figures:
    """Ask for a food by ``food_request``; what the service has no figure for is unknown.

    ``release`` names the kind of data with its date of publication, ``fdc_sr_legacy_2019-04-01``.

    Raises
    ------
    ServiceError
        As ``get_answer``, and for a food whose figures are per 100 ml.
    """
    food = get_answer(_with_key(request, key), session, FoodDetails)
    if is_by_volume(food):
        raise ServiceError(
            f"{food.description!r} has its figures per 100 ml, not per 100 g",
            request.url,
            "take a food of another kind, or write a row by hand from its density",
        )
    return figures_of(food, request.url)


def is_by_volume(food: FoodDetails) -> bool:
    """Whether the figures of a food are those of 100 ml."""
    return food.dataType == "Branded" and (food.servingSizeUnit or "").lower() in BY_VOLUME


def figures_of(food: FoodDetails, where: str) -> Figures:
    """Give the names and figures of a food; what the service has no figure for is unknown.

    Raises
    ------
    ServiceError
        When its date of publication is none; ``where`` says whose.
    """
    kind = food.dataType.lower().replace("(", "").replace(")", "").replace(" ", "_")
    own = food.ndbNumber or food.foodCode or food.gtinUpc or ""
    name = clean_name(food.description, food.brandOwner)
    release = f"{RELEASE}_{kind}_{_iso(food.publicationDate, where)}"
    ids = (f"{RELEASE}_{food.fdcId}", name, "", str(food.fdcId), str(own), release)
    amounts = {one.nutrient.id: one for one in food.foodNutrients if one.amount is not None}
    return Figures(*ids, MappingProxyType({}), MappingProxyType(_figures(amounts)))


def search_foods(
    request: requests.Request, session: requests.Session, key: str
) -> Sequence[FoundFood]:
    """Ask for foods by ``search_request``, best first; errors as of ``get_answer``."""
    return get_answer(_with_key(request, key), session, _Search).foods


def _base(url: str | None) -> str:
    return (url or read_services()[RELEASE]["url"]).rstrip("/")


def _with_key(request: requests.Request, key: str) -> requests.Request:
    request.headers["X-Api-Key"] = key
    return request


def _iso(date: str, where: str) -> str:
    """Return a date of the service, month first or already as a standard writes it."""
    try:
        day = datetime.strptime(date, _US_DATE) if "/" in date else datetime.fromisoformat(date)  # noqa: DTZ007
    except ValueError:
        raise ServiceError(f"publicationDate {date!r} is no date", where) from None
    return day.date().isoformat()


def _figures(amounts: dict[int, _Amount]) -> dict[str, float | None]:
    """Return the amount of each nutrient we know; of several ids the preferred one."""
    column = read_services()[RELEASE]["numbers_of"]
    figures: dict[str, float | None] = {}
    for key, nutrient in known_nutrients().items():
        found = [amounts[int(one)] for one in nutrient.numbers[column] if int(one) in amounts]
        figures[key] = _in_unit(found[0], nutrient.unit) if found else None
    return figures


def _in_unit(found: _Amount, unit: str) -> float | None:
    """Return an amount in our unit; unknown where its unit is no mass or energy (IU)."""
    try:
        return convert(found.amount or 0.0, found.nutrient.unitName.lower(), unit)
    except FoodsError:
        return None
