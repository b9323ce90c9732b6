"""Public services on a server of our own, which answers as their documentation says."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from foods.client import session as sessions
from foods.client.services import food_request, get_food, get_product, product_request
from foods.client.session import ServiceError, open_session, read_services
from foods.nutrient import known_nutrients
from foods.own_csv import parse_figures, read_food_csv
from planner.cli import cli
from tests.loopback import listening

KEY = "a-key-of-mine"


def amount(number, value, unit):
    nutrient = {"id": number, "number": "0", "name": "x", "rank": 1, "unitName": unit}
    return {"type": "FoodNutrient", "id": 1, "nutrient": nutrient, "amount": value}


SEEDS = {
    "fdcId": 170556,
    "description": "Seeds, pumpkin and squash seed kernels, dried",
    "dataType": "SR Legacy",
    "ndbNumber": 12014,
    "publicationDate": "4/1/2019",
    "foodNutrients": [
        amount(1008, 559, "kcal"),
        amount(1062, 2340, "kJ"),
        amount(1090, 592, "mg"),
        amount(1087, 0.046, "g"),
        amount(1103, 9.4, "µg"),
        amount(1114, 12, "IU"),
        {"nutrient": {"id": 1093, "unitName": "mg"}},
    ],
}
WATER = {
    "code": "3057640257773",
    "status": 1,
    "product": {
        "product_name": "  Oat\n drink\x1b bar ",
        "brands": "Acme,Other",
        "nutrition_data_per": "100g",
        "last_modified_t": 1_700_000_000,
        "nutriments": {
            "energy-kcal_100g": 402,
            "energy-kcal_unit": "kcal",
            "magnesium_100g": 0.0123,
            "selenium_100g": "0.000055",
            "sodium_100g": 0,
            "carbohydrates_100g": 60,
            "calcium_100g": "",
        },
    },
}


class Service:
    """What the server does: answers one after another, and what it was asked."""

    def __init__(self):
        self.answers, self.asked = [], []

    def say(self, *answers):
        self.answers = list(answers)


def answering(service):
    """Let a service give its answers one after another, and keep what it was asked."""

    def answer(_, path, headers, __):
        service.asked.append((path, headers))
        at = min(len(service.asked), len(service.answers)) - 1
        status, body, more = service.answers[at]
        return status, body if isinstance(body, bytes) else json.dumps(body).encode(), more

    return answer


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def url(service, monkeypatch):
    rule = read_services()
    quick = {**rule, "http": {**rule["http"], "backoff_s": 0.0, "connect_s": 2, "read_s": 0.5}}
    monkeypatch.setattr(sessions, "read_services", lambda: quick)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("FDC_API_KEY", KEY)
    with listening(answering(service)) as address:
        yield address


def ok(body, **headers):
    return 200, body, headers


def run(*words):
    return CliRunner().invoke(cli, ["foods", *words])


def test_a_food_comes_with_its_figures_units_source_and_what_is_unknown(service, url):
    service.say(ok(SEEDS))
    food = get_food(food_request("170556", url), open_session("1"), KEY)
    assert (food.food_id, food.fdc_id, food.ndb_no) == ("fdc_170556", "170556", "12014")
    assert food.release == "fdc_sr_legacy_2019-04-01"
    assert food.per_100g["energy_kcal"] == 559
    assert food.per_100g["magnesium_mg"] == 592
    assert food.per_100g["calcium_mg"] == 46  # grams there
    assert food.per_100g["selenium_ug"] == 9.4
    assert food.per_100g["vitamin_d_ug"] is None  # international units are no mass
    assert food.per_100g["sodium_mg"] is None  # named without an amount
    assert set(food.per_100g) == set(known_nutrients())


def test_the_key_stands_in_a_header_and_in_no_address(service, url):
    service.say(ok(SEEDS))
    get_food(food_request("170556", url), open_session("7"), KEY)
    ((path, headers),) = service.asked
    assert path == "/food/170556"
    assert headers["X-Api-Key"] == KEY
    assert headers["User-Agent"].startswith("magplan-meals/7 ")


def test_a_product_comes_in_our_units_without_what_a_label_counts_otherwise(service, url):
    service.say(ok(WATER))
    food = get_product(product_request("3057640257773", url), open_session("1"))
    assert (food.food_id, food.name) == ("off_3057640257773", "Oat drink bar, Acme")
    assert food.release == "off_2023-11-14"
    known = {key: value for key, value in food.per_100g.items() if value is not None}
    assert known == {"energy_kcal": 402, "magnesium_mg": 12.3, "selenium_ug": 55, "sodium_mg": 0}
    (path, _) = service.asked[0]
    assert urlsplit(path).path == "/product/3057640257773"
    assert "nutriments" in parse_qs(urlsplit(path).query)["fields"][0].split(",")


def test_a_service_that_stumbles_is_asked_again_and_one_that_says_no_is_not(service, url):
    service.say((503, {}, {}), ok(SEEDS))
    assert get_food(food_request("1", url), open_session("1"), KEY).fdc_id == "170556"
    assert len(service.asked) == 2
    service.say((429, {}, {"Retry-After": "3600"}))
    with pytest.raises(ServiceError, match=r"too many requests — wait an hour"):
        get_food(food_request("1", url), open_session("1"), KEY)
    assert len(service.asked) == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, {}, {}), "does not know it"),
        ((403, {"error": {"code": "API_KEY_INVALID"}}, {}), r"refuses the request \(403\)"),
        ((500, {}, {}), "answers with status 500"),
        ((302, {}, {"Location": "http://127.0.0.1:9/"}), "sends the request on to"),
        (ok(b"<html>"), "not as documented: no JSON"),
        (ok(b"[" * 100_000), "not as documented: no JSON"),
        (ok([]), "not as documented: the whole"),
        (ok({**SEEDS, "foodNutrients": None}), "not as documented: foodNutrients"),
        (ok({**SEEDS, "foodNutrients": [amount(1090, -1, "mg")]}), r"foodNutrients\.0\.amount"),
        (ok({**SEEDS, "publicationDate": "soon"}), "'soon' is no date"),
        (ok({**SEEDS, "dataType": "Branded", "servingSizeUnit": "MLT"}), "per 100 ml"),
        (ok(b" " * 9_000_000), "far too large"),
    ],
)
def test_an_answer_that_is_none_is_said_in_one_line(service, url, answer, said):
    service.say(answer)
    with pytest.raises(ServiceError, match=said) as caught:
        get_food(food_request("170556", url), open_session("1"), KEY)
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)


def test_what_is_fetched_can_be_imported_and_laid_over_the_shipped_table(service, url, tmp_path):
    service.say(ok(SEEDS))
    mine, table = tmp_path / "mine.csv", tmp_path / "table.csv"
    result = run("fetch", "170556", "--id", "tahini", "--server", url, "--out", str(mine))
    assert result.exit_code == 0, result.exception
    assert result.stdout == ""
    assert "tahini: Seeds, pumpkin and squash seed kernels, dried" in result.stderr
    assert read_food_csv(mine)["tahini"].per_100g["magnesium_mg"] == 592
    result = run("import", str(mine), "--out", str(table))
    assert result.exit_code == 0, result.exception
    assert "in place of 'Tahini'" in result.stderr
    whole = read_food_csv(table)
    assert whole["tahini"].per_100g["magnesium_mg"] == 592
    assert len(whole) == len(parse_figures(run("export").stdout, "shipped"))


def test_all_faults_of_all_files_are_said_at_once(tmp_path):
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    header = "food_id,name,group,fdc_id,ndb_no,release,overlay,magnesium_mg\n"
    one.write_text(f"{header}a,A,,,,own,,x\n,B,,,,own,,1\n")
    other.write_text(f"{header}c,C,,,,own,,-3\n")
    said = str(run("import", str(one), str(other)).exception)
    for fault in ("row 2, magnesium_mg: 'x'", "row 3, food_id: blank", "row 2, magnesium_mg: '-3'"):
        assert fault in said
    other.write_text(one.read_text().replace("x", "1").replace(",B", "b,B"))
    one.write_text(other.read_text())
    assert "'a' stands in another file too" in str(run("import", str(one), str(other)).exception)
