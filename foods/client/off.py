"""Products of Open Food Facts by barcode: what a label says, in grams per 100 g.

The shape is that of the service's API, version 2. Few labels state magnesium: what the product has
no figure for is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import requests
from pydantic import BaseModel

from foods.client.session import ServiceError, as_amount, get_answer, read_services
from foods.nutrient import known_nutrients
from foods.own_csv import Figures, clean_name
from foods.units import convert

RELEASE = "off"
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
    base = (url or read_services()[RELEASE]["url"]).rstrip("/")
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
    ids = (f"{RELEASE}_{barcode}", name, "", "", barcode, f"{RELEASE}_{day}")
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
    keys, figures = read_services()[RELEASE]["keys"], dict[str, float | None]()
    faults: dict[str, object] = {}
    for key, nutrient in known_nutrients().items():
        figures[key] = None
        units = [(keys.get(key), "g")]
        if nutrient.unit == "kcal":
            units = [(keys.get(key), "kcal"), ("energy", "kJ")]
        names = [(f"{name}_100g", unit) for name, unit in units]
        name, unit = next(
            (one for one in names if nutriments.get(one[0]) not in (None, "")), ("", "")
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
