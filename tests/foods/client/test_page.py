"""The page of a recipe from a server of our own: fetched politely, or refused with a way out."""

import json

import pytest

from foods.client.session import ServiceError, get_page, read_services
from tests.commands import ended
from tests.loopback import listening

HTML = {"Content-Type": "text/html; charset=utf-8"}
RECIPE = {
    "@type": "Recipe",
    "name": "Bean bowl",
    "recipeIngredient": ["200 g chickpeas, canned", "1 tbsp olive oil"],
    "recipeInstructions": "Mix.",
}
PAGE = f'<html><script type="application/ld+json">{json.dumps(RECIPE)}</script></html>'.encode()


def serving(pages, asked=None):
    """Listen with path → (status, content, headers); what is not there is answered with 404."""

    def answer(_method, path, headers, _body):
        if asked is not None:
            asked.append((path, headers.get("User-Agent", "")))
        return pages.get(path, (404, b"none", HTML))

    return listening(answer)


def test_a_page_becomes_a_dish_file(tmp_path):
    asked = []
    with serving({"/bowl": (200, PAGE, HTML)}, asked) as url:
        code, out, err = ended("dishes", "import", f"{url}/bowl", "--out", tmp_path)
    assert code == 0, err
    assert "Bean bowl" in out
    assert (tmp_path / "own_bean_bowl.toml").exists()
    assert [path for path, _ in asked] == ["/robots.txt", "/bowl"]
    assert all(agent.startswith("magplan-meals/") for _, agent in asked)


@pytest.mark.parametrize(
    "robots",
    [
        (200, b"User-agent: *\nDisallow: /bowl", HTML),
        (200, b"User-agent: magplan-meals\nDisallow: /", HTML),
        (403, b"", HTML),
    ],
)
def test_what_robots_may_not_read_is_not_read(robots):
    asked = []
    told = pytest.raises(ServiceError, match="lets no program read it — save the page")
    with serving({"/robots.txt": robots, "/bowl": (200, PAGE, HTML)}, asked) as url, told:
        get_page(f"{url}/bowl", "1")
    assert [path for path, _ in asked] == ["/robots.txt"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, b"", HTML), "answers with status 404 — save the page"),
        ((200, b"%PDF", {"Content-Type": "application/pdf"}), "is no web page"),
        ((302, b"", {"Location": "/bowl"}), "sent on too often"),
        ((302, b"", {"Location": "file:///etc/hostname"}), "sent on too often, or to no web page"),
    ],
)
def test_what_is_no_page_is_told(answer, said):
    with serving({"/bowl": answer}) as url, pytest.raises(ServiceError, match=said):
        get_page(f"{url}/bowl", "1")


def test_it_ends_where_a_page_is_too_large_or_nobody_answers(monkeypatch):
    rule = dict(read_services()["http"], most_bytes=1000, retries=0)
    settings = dict(read_services(), http=rule)
    monkeypatch.setattr("foods.client.session.read_services", lambda: settings)
    told = pytest.raises(ServiceError, match="far too large")
    with serving({"/bowl": (200, b"x" * 200_000, HTML)}) as url, told:
        get_page(f"{url}/bowl", "1")
    with pytest.raises(ServiceError, match="cannot be reached"):
        get_page(f"{url}/bowl", "1")
