"""Fetch foods by number, barcode or words, from whichever service knows such."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import requests

from foods.client.fdc import FoundFood, food_request, get_food, search_foods, search_request
from foods.client.off import get_product, product_request
from foods.client.session import open_session, read_services
from foods.errors import FoodsError
from foods.own_csv import Figures


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
        found = [food_request(one, self.server) for one in self.numbers]
        found += [product_request(one, self.server) for one in self.barcodes]
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
    numbers = (food_request(one, wanted.server) for one in wanted.numbers)
    barcodes = (product_request(one, wanted.server) for one in wanted.barcodes)
    return [
        *(get_food(one, session, key) for one in numbers),
        *(get_product(one, session) for one in barcodes),
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
