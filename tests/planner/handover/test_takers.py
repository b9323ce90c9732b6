"""What is handed over, read back as those read it who take it; servers of our own that take it."""

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from cooklang_py import Recipe
from recipe_scrapers import scrape_html

from foods.client import session as sessions
from foods.client.session import ServiceError, read_services
from planner.candidates.equipment import appliance_of
from planner.cli import cli
from planner.export.files import write_files
from planner.export.recipe_text import recipe_steps
from planner.handover import servers as servers_room
from planner.handover.cooked import count_and_kind, handed_over, ingredient_text
from planner.handover.formats import TAKERS, file_names, handover_rules
from tests import stored
from tests.documents import golden_week, make_week, renamed
from tests.loopback import listening
from tests.reports import make_plan
from tests.rows import rows

MONDAY = date(2026, 3, 2)
HOSTILE = [
    "=cmd()", "@salt{1%kg}", "# a ~ b {c}", "-- gone", "[- gone -]", "> note", "x done", "(A) no",
    "due:2026-01-01", "</script><b>&amp;", "two\nlines", "a/../../b", "con", "🥦 שלום",
    '"quoted" \\', "a" * 300, "bell\x07 \u202eleft",
]  # fmt: skip


@cache
def handed():
    return handed_over(golden_week(MONDAY))


@cache
def files(taker):
    return TAKERS[taker](handed())


def members(content):
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_each_dish_is_handed_over_once_as_it_is_cooked():
    week, book = golden_week(MONDAY), golden_week(MONDAY).table.book
    cooked = {
        (item.name, book.pot(day, meal, item).servings)
        for day in week.plan.days
        for meal in day.meals
        for item in meal.items
        if item.kind == "dish" and item.leftover_of is None
    }
    found = [(recipe.name.partition(" (")[0], recipe.servings) for recipe in handed().recipes]
    assert set(found) == cooked
    assert len({recipe.name for recipe in handed().recipes}) == len(found)
    for recipe in handed().recipes:  # for as much as is cooked, second meals among it
        steps = recipe_steps(book.dishes[recipe.dish_id], recipe.servings, "us")
        plain = [step for step in steps if not re.search("salt|eftovers", step)]
        plain = [step for step in plain if not appliance_of(step)]
        assert [step for step in recipe.steps if step in plain] == plain


@rows(__file__, "what_is_bought_is_a_number")
def test_what_is_bought_is_a_number_of_something(buy, parts):
    assert count_and_kind(buy) == parts


def test_mealie_gets_a_recipe_of_schema_org_in_each_folder():
    found = members(files("mealie")["mealie.zip"])
    assert len(found) == len(handed().recipes)
    for (name, content), own_recipe in zip(found.items(), handed().recipes, strict=True):
        assert name.endswith("/recipe.json")
        page = f'<script type="application/ld+json">{content.decode()}</script>'
        read = scrape_html(page, org_url="https://a.example", supported_only=False)
        assert read.title() == own_recipe.name
        assert read.ingredients() == [ingredient_text(line) for line in own_recipe.lines]
        assert read.instructions_list() == list(own_recipe.steps)
        assert read.yields() == f"{own_recipe.servings:g} serving{'s' * (own_recipe.servings != 1)}"
        assert read.total_time() == own_recipe.minutes


def test_tandoor_gets_grams_that_sum_to_what_is_taken():
    found = members(files("tandoor")["tandoor.zip"])
    for content, own_recipe in zip(found.values(), handed().recipes, strict=True):
        recipe = json.loads(members(content)["recipe.json"])
        assert recipe["name"] == own_recipe.name
        first, *rest = recipe["steps"]
        assert sum(row["amount"] for row in first["ingredients"]) == pytest.approx(
            sum(line.mass_g for line in own_recipe.lines)
        )
        assert {row["unit"]["name"] for row in first["ingredients"]} == {"g"}
        assert not [row for step in rest for row in step["ingredients"]]
        assert isinstance(recipe["servings"], int)
        assert len(recipe["description"]) <= 512
        assert len(recipe["servings_text"]) <= 32


def test_kitchenowl_gets_recipes_with_items_and_writes_over_none():
    found = json.loads(files("kitchenowl")["kitchenowl.json"])
    assert found["recipe_overwrite"] is False
    for recipe, one in zip(found["recipes"], handed().recipes, strict=True):
        assert recipe["name"] == one.name
        assert [item["name"] for item in recipe["items"]] == [line.name for line in one.lines]
        assert all(f"{n}. {step}" in recipe["description"] for n, step in enumerate(one.steps, 1))
    bought = {line.name for _, _, line in handed().bought()}
    assert {item["name"] for item in found["items"]} == bought


def test_cooklang_reads_foods_with_their_grams_and_the_steps():
    found = {name: text for name, text in files("cooklang").items() if name.endswith(".cook")}
    for text, own_recipe in zip(found.values(), handed().recipes, strict=True):
        recipe = Recipe(text)
        assert str(recipe.metadata["title"]) == own_recipe.name
        taken = recipe.steps[0].ingredients
        assert [float(str(ingredient.quantity.amount)) for ingredient in taken] == pytest.approx(
            [line.mass_g for line in own_recipe.lines]
        )
        assert len(recipe.steps) == 1 + len(own_recipe.steps)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("taker", TAKERS)
def test_hostile_names_are_whole_or_have_a_visible_substitute(taker, name, tmp_path):
    out = tmp_path / "out"
    found = TAKERS[taker](handed_over(make_week(renamed(make_plan(2), name))))
    write_files(out, found)
    assert {path.resolve().parent for path in tmp_path.rglob("*.*")} <= {
        tmp_path, out, out / "cooklang",
    }  # fmt: skip
    if taker == "mealie":
        recipes = [json.loads(member) for member in members(found["mealie.zip"]).values()]
        assert {one["name"].partition(" (1 serv")[0] for one in recipes} >= {name}
    if taker == "cooklang":
        text = next(text for path, text in found.items() if path.endswith(".cook"))
        recipe = Recipe(text)
        assert [ingredient.name for ingredient in recipe.steps[0].ingredients] == ["Oats", "Milk"]
        assert json.loads(text.split("title: ")[1].splitlines()[0]).startswith(name)
    if taker in ("grocy", "kitchenowl"):
        assert json.loads(found[f"{taker}.json"])["recipes"][0]["name"].startswith(name)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_thing_to_buy_stays_one_line_and_no_order(name):
    first, shopping = handed().shopping.lines[0], handed().shopping
    bad = replace(handed(), shopping=replace(shopping, lines=(replace(first, name=name),)))
    (line,) = TAKERS["todo.txt"](bad)["todo.txt"].splitlines()
    assert line.startswith("Buy ")
    words = line.split()
    assert [word for word in words if word[0] in "@+"] == ["+shopping", "@fruit_and_vegetables"]
    tags = [word for word in words if re.fullmatch(r"[^\s:]+:[^\s:]+", word)]
    assert tags == ["trip:1", "from:magplan/handover"]
    page = TAKERS["bring"](bad)["bring.html"]
    assert page.count("</script>") == 1
    listed = json.loads(page.split('ld+json">')[1].split("</script>")[0])
    assert listed["recipeIngredient"] == [f"{first.buy} {name}"]
    _, row = TAKERS["cooklang"](bad)["cooklang/.shopping-list"].splitlines()
    assert re.fullmatch(r"[^{}]+\{[^{}]+\}", row)
    assert "--" not in row


def test_lists_have_each_thing_that_is_bought_and_nothing_that_is_at_home():
    bought = [line for _, _, line in handed().bought()]
    home = {line.name for line in handed().shopping.lines if line.is_pantry}
    assert home
    assert not home & {line.name for line in bought}
    page = files("bring")["bring.html"]
    read = scrape_html(page, org_url="https://a.example", supported_only=False)
    assert read.title() == "Shopping for Mon 2 Mar"
    assert read.ingredients() == [f"{line.buy} {line.name}" for line in bought]
    lines = files("todo.txt")["todo.txt"].splitlines()
    assert len(lines) == len(bought)
    assert lines[0] == (
        f"Buy {bought[0].name}, {bought[0].buy} +shopping @fruit_and_vegetables trip:1 "
        "from:magplan/handover"
    )


def test_names_of_files_are_taken_by_every_system_and_differ():
    assert file_names(["a/b:c", "A B C", "", "con", "aux.txt", ".hidden.", "é" * 200]) == [
        "a b c", "A B C 2", "recipe", "con dish", "aux.txt dish", "hidden", "é" * 60,
    ]  # fmt: skip


TOKEN = "a-token-of-mine"
HANDED = handed_over(stored.week("woman_55"))
PLAN = str(stored.folder("woman_55") / "plan.json")
NAMES = [recipe.name for recipe in HANDED.recipes]
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
                hits = sum(bool(re.fullmatch(pattern, request)) for request in self.asked)
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
    few = {**handover_rules(), "pages": {"size": 2, "most": 50}}  # what is there has many pages
    monkeypatch.setattr(servers_room, "handover_rules", lambda: few)
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
    return [recipe["name"] for recipe in service.recipes.values()]


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
    assert {request.split()[0] for request in service.asked[asked:]} == {"GET"}


def test_a_recipe_has_its_list_steps_and_servings_there(program, service, url):
    push(program, url, "--only", "recipes")
    for found, recipe in zip(service.recipes.values(), HANDED.recipes, strict=True):
        assert found["description"].endswith(f"(magplan {recipe.mark})")
        if program == "mealie":
            assert [step["text"] for step in found["recipeInstructions"]] == list(recipe.steps)
            assert len(found["recipeIngredient"]) == len(recipe.lines)
            assert found["recipeServings"] == recipe.servings
        else:
            assert [step["instruction"] for step in found["steps"]] == list(recipe.steps)
            masses = [row["amount"] for row in found["steps"][0]["ingredients"]]
            assert masses == [line.mass_g for line in recipe.lines]
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
    monkeypatch.setattr(servers_room, "get_answer", stop)
    result = push("mealie", address)
    assert ("can be read on its way" in result.stderr) == is_told


@pytest.mark.parametrize(
    "address", ["mealie.example", "ftp://a", "https://me:secret@a", "https://a?token=x", "https://"]
)
def test_an_address_with_more_than_an_address_is_refused(address):
    result = push("mealie", address)
    assert result.exit_code == 2
    assert "write it like" in result.output
