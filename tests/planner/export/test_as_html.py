"""The page in a real browser: what it asks for, how wide it is, what it shows of hostile names."""

import re
from itertools import pairwise

import pytest
from selenium.webdriver.common.keys import Keys

from planner.document.page import shipped_template
from planner.export.formats import week_page
from tests.browser import DESK, FAINT, NAMELESS_TABLES, PHONE, browser, served
from tests.documents import make_week, renamed
from tests.papers import table_of
from tests.reports import make_plan

ANN = "=<script>x()</script>'\"😀"
TOM = "שלום <b>טום</b> &amp;"
WEEK = table_of((ANN, TOM), make_plan(1), apart=True)
LETTER = "[0 0 612 792]"  # points


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A page of two eaters with the worst of names."""
    out = tmp_path_factory.mktemp("page")
    (out / "week.html").write_text(week_page(WEEK), encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def page(opened, folder):
    opened.open((folder / "week.html").as_uri())
    return opened


def test_a_page_asks_for_nothing_and_the_browser_has_nothing_to_complain_of(opened, folder):
    with served(folder) as (address, asked):
        opened.open(f"{address}/week.html")
        assert opened.requests() == [f"{address}/week.html"]
        assert opened.complaints() == []
        assert asked == ["/week.html"]


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_nothing_is_wider_than_the_screen(opened, folder, size):
    opened.open((folder / "week.html").as_uri(), size)
    assert opened.run("document.documentElement.scrollWidth") <= size[0]
    assert opened.run("getComputedStyle(document.body).fontSize") == "16px"


def test_hostile_names_stand_there_as_names(page):
    text = page.run("document.body.textContent")
    assert ANN in text
    assert TOM in text
    assert page.run("document.title") == "Meals for 1 day"
    assert page.run("document.querySelectorAll('b, iframe, object, img').length") == 0
    scripts = page.run("[...document.querySelectorAll('script')].map(one => one.textContent)")
    assert scripts == [shipped_template("ticks.js")]  # by its hash; the page lets no other run
    assert page.run("[...document.querySelectorAll('svg title')].map(one => one.textContent)")[
        0
    ].startswith(ANN)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read_on_what_is_behind_it(opened, folder, scheme):
    opened.open((folder / "week.html").as_uri(), scheme=scheme)
    assert opened.run(FAINT) == []


def test_the_page_can_be_walked_by_headings_landmarks_and_tables(page):
    levels = page.run("[...document.querySelectorAll('h1,h2,h3,h4,h5')].map(e => +e.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    landmarks = "['header', 'nav', 'main', 'footer'].map(e => document.querySelectorAll(e).length)"
    assert page.run(landmarks) == [1, 1, 1, 1]
    assert page.run("document.documentElement.lang") == "en"
    assert page.run(NAMELESS_TABLES) == 0


def test_every_link_leads_somewhere_and_no_id_stands_twice(page):
    ids = page.run("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))
    links = page.run("[...document.querySelectorAll('a')].map(one => one.getAttribute('href'))")
    named = page.run("[...document.querySelectorAll('[aria-labelledby]')].map("
                     "one => one.getAttribute('aria-labelledby'))")  # fmt: skip
    asked = {link.removeprefix("#") for link in links} | set(" ".join(named).split())
    assert asked <= set(ids)


def test_the_list_is_ticked_by_key(page):
    boxes = page.driver.find_elements("css selector", "li label input[type=checkbox]")
    assert len(boxes) == sum(not line.is_pantry for line in WEEK.table.shopping.lines)
    boxes[0].send_keys(Keys.SPACE)
    assert boxes[0].is_selected()
    line = "getComputedStyle(document.querySelector('input:checked ~ .what')).textDecorationLine"
    assert page.run(line) == "line-through"
    page.driver.refresh()  # the page alone keeps it, with no server behind it
    kept = page.driver.find_elements("css selector", "li label input[type=checkbox]")
    assert [one.is_selected() for one in kept] == [True, *[False] * (len(kept) - 1)]
    kept[0].send_keys(Keys.SPACE)


def test_a_page_prints_on_the_paper_of_its_units_with_nothing_cut(page):
    content = page.printed()
    sizes = {one.decode() for one in re.findall(rb"/MediaBox\s*(\[[^\]]*\])", content)}
    assert sizes == {LETTER}
    assert page.run("document.querySelectorAll('.scroll').length") > 0


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "<!-- a", "</style>", '" onload="x', "{{ 7 * 7 }}", "a\x00b"],
)
def test_no_name_becomes_markup(name):
    plain, text = (week_page(make_week(renamed(make_plan(2), one))) for one in ("Oats", name))
    assert text.count("<") == plain.count("<")
    assert "49" not in set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", plain))
