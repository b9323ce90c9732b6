"""Pushing to servers of our own, which answer as Mealie and Tandoor document."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from foods.client import session as sessions
from foods.client.session import ServiceError, read_services
from planner.cli import cli
from planner.handover import push as push_room
from planner.handover.cooked import handed_over
from tests import stored
from tests.loopback import listening
from tests.rows import rows

TOKEN = "a-token-of-mine"
HANDED = handed_over(stored.week("woman_55"))
PLAN = str(stored.folder("woman_55") / "plan.json")
NAMES = [one.name for one in HANDED.recipes]
BOUGHT = [line for _, _, line in HANDED.bought()]


class Service:
    """What is kept on a server, who asked for what, and from which request on it stumbles."""

    def __init__(self):
        self.recipes, self.lists, self.items = {}, {}, []
        self.asked, self.keys, self.fails = [], [], {}

    def answer(self, method, path, query, body):
        """Return (status, body) of a request."""
        said = f"{method} {path}"
        self.asked.append(said)
        for pattern, (after, status, detail) in self.fails.items():
            if re.fullmatch(pattern, said):
                hits = sum(bool(re.fullmatch(pattern, one)) for one in self.asked)
                if hits > after:
                    return status, detail
        return self.serve(method, path, query, body)


class MealieService(Service):
    """Mealie, version 2: what its OpenAPI description says of these paths."""

    def page(self, items, query):
        number, size = int(query["page"][0]), int(query["perPage"][0])
        pages = -(-len(items) // size)
        own = items[(number - 1) * size : number * size]
        told = {"page": number, "per_page": size, "total": len(items), "total_pages": pages}
        return 200, {**told, "items": own, "next": None, "previous": None}

    def serve(self, method, path, query, body):
        slug = path.rpartition("/")[2]
        if path == "/api/recipes" and method == "GET":
            return self.page(list(self.recipes.values()), query)
        if path == "/api/recipes" and method == "POST":
            slug = re.sub(r"\W+", "-", body["name"].lower()).strip("-")
            if slug in self.recipes:
                return 400, {"detail": {"message": "Recipe already exists", "error": True}}
            self.recipes[slug] = {"name": body["name"], "slug": slug, "description": ""}
            return 201, slug
        if path.startswith("/api/recipes/") and method == "PATCH":
            self.recipes[slug] |= body
            return 200, self.recipes[slug]
        if path.startswith("/api/recipes/") and method == "DELETE":
            return 200, self.recipes.pop(slug)
        if path == "/api/households/shopping/lists" and method == "GET":
            return self.page([{**one, "listItems": None} for one in self.lists.values()], query)
        if path == "/api/households/shopping/lists":
            new = {"id": f"uuid-{len(self.lists)}", "extras": {}, **body, "listItems": []}
            self.lists[new["id"]] = new
            return 201, new
        if path.startswith("/api/households/shopping/lists/"):
            return 200, self.lists[slug]
        assert path == "/api/households/shopping/items/create-bulk"
        for item in body:
            self.lists[item["shoppingListId"]]["listItems"].append(item)
        return 201, {"createdItems": body, "updatedItems": [], "deletedItems": []}


class TandoorService(Service):
    """Tandoor, version 2: likewise."""

    def page(self, items, query):
        number, size = int(query["page"][0]), int(query["page_size"][0])
        rest = len(items) > number * size
        own = items[(number - 1) * size : number * size]
        told = {"count": len(items), "next": "http://next" if rest else None, "previous": None}
        return 200, {**told, "results": own}

    def serve(self, method, path, query, body):
        if method == "GET":
            kept = {
                "/api/recipe/": list(self.recipes.values()),
                "/api/shopping-list-recipe/": list(self.lists.values()),
                "/api/shopping-list-entry/": self.items,
            }
            return self.page(kept[path], query)
        if path == "/api/recipe/":
            assert all(len(row["food"]["name"]) <= 128 for row in body["steps"][0]["ingredients"])
            self.recipes[len(self.recipes) + 1] = {"id": len(self.recipes) + 1, **body}
            return 201, self.recipes[len(self.recipes)]
        if path == "/api/shopping-list-recipe/":
            assert len(body["name"]) <= 32
            self.lists[7] = {"id": 7, **body}
            return 201, self.lists[7]
        if method == "PATCH":
            self.lists[int(path.split("/")[-2])] |= body
            return 200, self.lists[7]
        self.items.append({"id": len(self.items) + 1, **body})
        return 201, self.items[-1]


def answering(service):
    """Let a service answer in JSON, and keep the keys that it was shown."""

    def answer(method, path, headers, body):
        parts = urlsplit(path)
        service.keys.append(headers.get("Authorization"))
        told = json.loads(body) if body else None
        status, content = service.answer(method, parts.path, parse_qs(parts.query), told)
        return status, json.dumps(content).encode(), {}

    return answer


@pytest.fixture(params=["mealie", "tandoor"])
def program(request):
    return request.param


@pytest.fixture
def service(program):
    return {"mealie": MealieService, "tandoor": TandoorService}[program]()


@pytest.fixture
def url(service, monkeypatch):
    rule = read_services()
    quick = {**rule, "http": {**rule["http"], "backoff_s": 0.0, "connect_s": 2, "read_s": 2}}
    monkeypatch.setattr(sessions, "read_services", lambda: quick)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("MEALIE_TOKEN", "TANDOOR_TOKEN"):
        monkeypatch.setenv(name, TOKEN)
    with listening(answering(service)) as address:
        yield address


def push(program, url, *more):
    return CliRunner().invoke(cli, ["push", program, PLAN, "--url", url, *more])


def listed(service):
    """Name what is on the list of a server."""
    if isinstance(service, MealieService):
        (own,) = service.lists.values()
        return [item["note"].partition(",")[0] for item in own["listItems"]]
    return [item["food"]["name"] for item in service.items]


def names(service):
    return [one["name"] for one in service.recipes.values()]


def test_recipes_and_list_are_there_afterwards_and_a_second_push_sends_nothing(
    program, service, url
):
    result = push(program, url)
    assert result.exit_code == 0, result.output
    assert names(service) == NAMES
    assert listed(service) == [
        line.name.partition(",")[0] if program == "mealie" else line.name for line in BOUGHT
    ]
    assert result.stdout.startswith(f"Sent ({len(NAMES) + 1}): ")
    assert set(service.keys) == {f"Bearer {TOKEN}"}
    assert TOKEN not in result.output
    asked = len(service.asked)
    result = push(program, url)
    assert result.stdout.startswith(f"There already ({len(NAMES) + 1}): ")
    assert {one.split()[0] for one in service.asked[asked:]} == {"GET"}


def test_a_recipe_has_its_list_steps_and_servings_there(program, service, url):
    push(program, url, "--only", "recipes")
    for found, one in zip(service.recipes.values(), HANDED.recipes, strict=True):
        assert found["description"].endswith(f"(magplan {one.mark})")
        if program == "mealie":
            assert [step["text"] for step in found["recipeInstructions"]] == list(one.steps)
            assert len(found["recipeIngredient"]) == len(one.lines)
            assert found["recipeServings"] == one.servings
        else:
            assert [step["instruction"] for step in found["steps"]] == list(one.steps)
            masses = [row["amount"] for row in found["steps"][0]["ingredients"]]
            assert masses == [line.mass_g for line in one.lines]
    assert not service.lists


def test_an_error_midway_says_what_is_there_and_the_next_push_goes_on(program, service, url):
    service.fails = {r"POST /api/recipes?/?": (3, 500, {"detail": "disk full"})}
    result = push(program, url)
    assert isinstance(result.exception, ServiceError)
    assert "disk full" in str(result.exception)
    assert names(service) == NAMES[:3]
    assert f"Sent (3): {'; '.join(NAMES[:3])}" in result.stderr
    assert f"Not sent ({len(NAMES) - 2}): {NAMES[3]}; " in result.stderr
    service.fails = {}
    result = push(program, url)
    assert names(service) == NAMES
    assert "There already (3): " in result.stdout
    assert len(listed(service)) == len(BOUGHT)


@pytest.mark.parametrize("program", ["mealie"], indirect=True)
def test_a_recipe_without_its_content_does_not_stay(program, service, url):
    service.fails = {r"PATCH /api/recipes/.*": (0, 422, {"detail": "no"})}
    result = push(program, url)
    assert "answers with status 422" in str(result.exception)
    assert names(service) == []
    service.fails |= {r"DELETE /api/recipes/.*": (0, 500, {})}
    result = push(program, url)
    assert "is there without its content" in str(result.exception)


@pytest.mark.parametrize(
    ("status", "told"),
    [(401, "look at the key"), (404, "does not know it"), (302, "answers with status 302")],
)
def test_a_server_that_refuses_is_told_plainly(program, service, url, status, told):
    service.fails = {".*": (0, status, {})}
    result = push(program, url)
    assert told in str(result.exception)
    assert TOKEN not in result.output + str(result.exception)


@rows(__file__, "a_token_that_could_be_read")
def test_a_token_that_could_be_read_on_its_way_is_told(address, is_told, monkeypatch):
    def stop(*_):
        raise ServiceError("cannot be reached", address)

    monkeypatch.setenv("MEALIE_TOKEN", TOKEN)
    monkeypatch.setattr(push_room, "get_answer", stop)
    result = push("mealie", address)
    assert ("can be read on its way" in result.stderr) == is_told


@pytest.mark.parametrize(
    "address", ["mealie.example", "ftp://a", "https://me:secret@a", "https://a?token=x", "https://"]
)
def test_an_address_with_more_than_an_address_is_refused(address):
    result = push("mealie", address)
    assert result.exit_code == 2
    assert "write it like" in result.output
