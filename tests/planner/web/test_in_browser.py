"""The workbench in a real browser: what holds of its pages for everybody, and what script does."""

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser import DESK, PHONE, hold_for_everybody

UNFOLDED = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("is_planned", [False, True])
def test_the_questions_and_a_week_can_be_read_by_everybody(
    page, home, week, size, scheme, is_planned
):
    page.open(week if is_planned else home, size, scheme)
    page.run(UNFOLDED)
    hold_for_everybody(page)


def test_a_week_without_safety_notes_begins_on_the_first_screen_of_a_phone(page, week):
    page.open(week, PHONE)
    assert page.run("document.querySelector('.grid').getBoundingClientRect().top") < PHONE[1]


def test_the_first_page_is_light(page, home):
    page.open(home)
    sizes = "performance.getEntries().reduce((sum, one) => sum + (one.transferSize || 0), 0)"
    assert page.run(sizes) < 60_000


def test_tab_passes_the_grid_in_one_step(page, week):
    page.open(week)
    stops = "[...document.querySelectorAll('.grid summary')].filter(one => one.tabIndex === 0)"
    assert page.run(f"{stops}.length") == 1


def test_without_script_each_click_is_a_page(page, week):
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.driver.get(week)
        page.find("#version-name").send_keys("mine", Keys.ENTER)
        page.shown("#versions")
    finally:
        page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_week_is_printed(page, week):
    page.open(week)
    assert page.printed().startswith(b"%PDF")


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize(
    "rest", ["/tune", "/day/1", "/list", "/nutrients", "/documents", "/next", "instead"]
)
def test_the_other_pages_can_be_read_by_everybody(page, week, rest, size):
    page.open(week)
    swap = page.find("#d1-dinner .button").get_attribute("href")
    page.open(swap if rest == "instead" else week + rest, size)
    page.run(UNFOLDED)
    hold_for_everybody(page)
    assert page.complaints() == []
    assert page.run("[...document.images].filter(one => !one.naturalWidth).length") == 0
