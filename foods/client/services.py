"""Foods of public services: FoodData Central by id or words, Open Food Facts by barcode.

The shapes are those of the service's OpenAPI description, version 1.0.0. The key goes in a header,
so that it stands in no address, message or log.

The shape is that of the service's API, version 2. Few labels state magnesium: what the product has
no figure for is unknown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Annotated, Any

import requests
from pydantic import BaseModel, Field

from foods.client.session import ServiceError, as_amount, get_answer, open_session, read_services
from foods.errors import FoodsError
from foods.nutrient import convert, known_nutrients
from foods.own_csv import Figures, clean_name

FDC = "fdc"
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
    rule = read_services()[FDC]
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
    """Return the names and figures of a food; what the service has no figure for is unknown.

    Raises
    ------
    ServiceError
        When its date of publication is none; ``where`` says whose.
    """
    kind = food.dataType.lower().replace("(", "").replace(")", "").replace(" ", "_")
    own = food.ndbNumber or food.foodCode or food.gtinUpc or ""
    name = clean_name(food.description, food.brandOwner)
    release = f"{FDC}_{kind}_{_iso(food.publicationDate, where)}"
    ids = (f"{FDC}_{food.fdcId}", name, "", str(food.fdcId), str(own), release)
    amounts = {one.nutrient.id: one for one in food.foodNutrients if one.amount is not None}
    return Figures(*ids, MappingProxyType({}), MappingProxyType(_figures(amounts)))


def search_foods(
    request: requests.Request, session: requests.Session, key: str
) -> Sequence[FoundFood]:
    """Ask for foods by ``search_request``, best first; errors as of ``get_answer``."""
    return get_answer(_with_key(request, key), session, _Search).foods


def _base(url: str | None) -> str:
    return (url or read_services()[FDC]["url"]).rstrip("/")


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
    column = read_services()[FDC]["numbers_of"]
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


OFF = "off"
_FIELDS = ("product_name", "brands", "nutriments", "nutrition_data_per", "last_modified_t")
_DIGITS = 10  # beyond them only binary noise of the conversion


class _Product(BaseModel):
    product_name: str = ""
    brands: str = ""
    nutrition_data_per: str = ""
    last_modified_t: int
    nutriments: dict[str, Any] = {}


class _Found(BaseModel):
    product: _Product | None = None


def product_request(barcode: str, url: str | None = None) -> requests.Request:
    """Return the request for a product; ``url`` is another server of the same kind."""
    base = (url or read_services()[OFF]["url"]).rstrip("/")
    return requests.Request(
        "GET", f"{base}/product/{barcode}", params={"fields": ",".join(_FIELDS)}
    )


def get_product(request: requests.Request, session: requests.Session) -> Figures:
    """Ask for a product by ``product_request``.

    ``release`` names the day on which the product was last edited, ``off_2026-03-01``.

    Raises
    ------
    ServiceError
        As ``get_answer``, and for a product that is unknown or counted per 100 ml.
    """
    barcode, product = request.url.rsplit("/", 1)[1], get_answer(request, session, _Found).product
    if product is None:
        raise ServiceError("does not know it", request.url, "look at the digits of the barcode")
    if product.nutrition_data_per == "100ml":
        raise ServiceError(
            f"{product.product_name!r} has its figures per 100 ml, not per 100 g",
            request.url,
            "write a row by hand from the label and the density",
        )
    day = datetime.fromtimestamp(product.last_modified_t, UTC).date().isoformat()
    name = clean_name(product.product_name, product.brands.split(",")[0]) or barcode
    ids = (f"{OFF}_{barcode}", name, "", "", barcode, f"{OFF}_{day}")
    figures, faults = label_figures(product.nutriments)
    for name, held in faults.items():
        as_amount(held, name, request.url)
    return Figures(*ids, MappingProxyType({}), MappingProxyType(figures))


def label_figures(
    nutriments: Mapping[str, Any],
) -> tuple[dict[str, float | None], dict[str, object]]:
    """Return the figures of a label, and names with what they hold that is no amount.

    What is per 100 g is in grams, and energy is in kcal or else in kJ, whatever unit stands beside.
    """
    keys, figures = read_services()[OFF]["keys"], dict[str, float | None]()
    faults: dict[str, object] = {}
    for key, nutrient in known_nutrients().items():
        figures[key] = None
        units = [(keys.get(key), "g")]
        if nutrient.unit == "kcal":
            units = [(keys.get(key), "kcal"), ("energy", "kJ")]
        names = [(f"{name}_100g", unit) for name, unit in units]
        name, unit = next(
            (pair for pair in names if nutriments.get(pair[0]) not in (None, "")), ("", "")
        )
        if not name:
            continue
        try:
            amount = as_amount(nutriments[name], name, "")
        except ServiceError:
            faults[name] = nutriments[name]
            continue
        figures[key] = float(f"{convert(amount, unit, nutrient.unit):.{_DIGITS}g}")
    return figures, faults


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the services.

    Parameters
    ----------
    words
        What to search FoodData Central for, where nothing is named by number.
    numbers, barcodes
        Ids of FoodData Central, and codes of Open Food Facts.
    server
        Another server with answers of the same form.
    """

    words: str = ""
    numbers: Sequence[str] = ()
    barcodes: Sequence[str] = ()
    server: str | None = None

    @property
    def requests(self) -> list[requests.Request]:
        """What would be sent: a request per food, or the one of a search."""
        found = [food_request(number, self.server) for number in self.numbers]
        found += [product_request(barcode, self.server) for barcode in self.barcodes]
        return found or [search_request(self.words, self.server)]


def fetch_foods(wanted: Wanted, version: str) -> list[Figures]:
    """Ask for all figures of the foods that are named by number.

    Raises
    ------
    FoodsError
        When there is no key, or a service does not give what was asked.
    """
    session = open_session(version)
    key = _key() if wanted.numbers else ""
    numbers = (food_request(number, wanted.server) for number in wanted.numbers)
    barcodes = (product_request(barcode, wanted.server) for barcode in wanted.barcodes)
    return [
        *(get_food(number, session, key) for number in numbers),
        *(get_product(barcode, session) for barcode in barcodes),
    ]


def find_foods(wanted: Wanted, version: str) -> Sequence[FoundFood]:
    """Ask which foods have the words, best first; errors as of ``fetch_foods``."""
    (request,) = wanted.requests
    found = search_foods(request, open_session(version), _key())
    if not found:
        raise FoodsError("no food there has these words", request.url, "try fewer or plainer ones")
    return found


def _key() -> str:
    rule = read_services()["fdc"]
    name = rule["key"]
    key = os.environ.get(name, "").strip()
    if not (key and key.isascii() and key.isprintable()):
        raise FoodsError(
            f"FoodData Central wants a key, and {name} holds none",
            "environment",
            "get one for nothing at {place}, or try a few foods with {name}=DEMO_KEY".format(
                place=rule["sign_up"], name=name
            ),
        )
    return key
