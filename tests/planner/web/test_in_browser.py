"""The workbench in a real browser: what holds of its pages for everybody, and what script does."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser import DESK, PHONE, hold_for_everybody

UNFOLDED = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


@pytest.mark.parametrize("size", [DESK, PHONE, (320, 640)])
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


@pytest.mark.parametrize("who", ["keyboard", "phone"])
def test_what_a_slider_costs_is_drawn(actor, week, who):
    somebody = actor(who)
    somebody.open(f"{week}/curve")
    somebody.write("#low", "1.6")
    somebody.choose("#slider", "ratio_max")
    somebody.write("#high", "2.2")
    somebody.press("button.main")
    somebody.wait_for("#result img")
    somebody.settle()
    hold_for_everybody(somebody.page)
    drawn = "document.querySelector('#result img').naturalWidth > 200"
    WebDriverWait(somebody.page.driver, 60).until(lambda _: somebody.page.run(drawn))
    assert somebody.page.complaints() == []


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


STEPS = """(() => {
  const cook = document.querySelector('.cook');
  const steps = cook.insertBefore(document.createElement('ol'), cook.lastElementChild);
  steps.className = 'steps';
  for (const text of ['Wash it.', 'Boil 0 minutes.', 'Simmer for 20–25 min, then 3 min.']) {
    steps.append(Object.assign(document.createElement('li'), {textContent: text}));
  }
  cook.querySelectorAll('.timer').forEach(one => one.remove());
  timers(cook);
})()"""


def test_a_step_that_takes_a_while_has_a_timer(page, week):
    page.open(f"{week}/day/1", PHONE)
    page.run(STEPS)
    nothing, boil, simmer = page.driver.find_elements(By.CSS_SELECTOR, "ol.steps > li")
    assert nothing.find_elements(By.CSS_SELECTOR, "button") == []
    boil.find_element(By.CSS_SELECTOR, "button").send_keys(Keys.ENTER)
    assert page.find("#time").text == "Time is up: Day 1: Boil 0 minutes."
    assert page.driver.title == page.find("#time").text
    timers = simmer.find_elements(By.CSS_SELECTOR, "button")
    assert [one.text for one in timers] == ["Timer: 20 min", "Timer: 3 min"]
    assert page.complaints() == []
