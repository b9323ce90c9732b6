"""The workbench in a real browser: by mouse, by keyboard alone, on a phone."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser import DESK, FAINT, NAMELESS_TABLES, PHONE, browser
from tests.workbench import serving

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NAMELESS_FIELDS = """[...document.querySelectorAll('input,select,textarea,button')].filter(one =>
  one.type !== 'hidden' && !one.textContent.trim() && !one.labels?.length
  && !one.getAttribute('aria-label')).map(one => one.outerHTML)"""
TWICE = """[...document.querySelectorAll('[id]')].map(one => one.id)
  .filter((id, at, all) => all.indexOf(id) !== at)"""
SMALL = """[...document.querySelectorAll('button,select,summary,input:not([type=hidden])')]
  .filter(one => one.offsetParent && one.getBoundingClientRect().height < 24
    && !one.closest('label')).map(one => one.outerHTML)"""


@pytest.fixture(scope="module")
def bench():
    with serving() as bench:
        yield bench


@pytest.fixture(scope="module")
def page(tmp_path_factory, bench):
    with browser(tmp_path_factory.mktemp("browser")) as page:
        page.open(bench.address)
        yield page


@pytest.fixture
def start(page, bench):
    """The first page, with nothing typed."""

    def opened(size=DESK, scheme="light"):
        page.open(f"http://127.0.0.1:{bench.port}/", size, scheme)
        return page

    return opened


def find(page, css):
    return page.driver.find_element(By.CSS_SELECTOR, css)


def click(page, css):
    """Click on something, scrolled to at once."""
    one = find(page, css)
    page.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", one)
    one.click()


def shown(page, css, within_s=300):
    """Wait until something is there."""
    WebDriverWait(page.driver, within_s).until(
        lambda driver: driver.find_elements(By.CSS_SELECTOR, css)
    )
    return find(page, css)


def hold_for_everybody(page):
    """What holds of each page for whoever reads it."""
    assert page.barriers() == []
    assert page.run(FAINT) == []
    assert page.run(NAMELESS_TABLES) == 0
    assert page.run(NAMELESS_FIELDS) == []
    assert page.run(TWICE) == []
    assert page.run(SMALL) == []
    assert page.run(WIDER) <= 0
    assert page.run("document.querySelectorAll('h1').length") == 1


def tabbed_to(page, css, most=80):
    """Press Tab until something is reached."""
    wanted = find(page, css)
    for _ in range(most):
        if page.driver.switch_to.active_element == wanted:
            return wanted
        ActionChains(page.driver).send_keys(Keys.TAB).perform()
    raise AssertionError(css)


@pytest.mark.parametrize("size", [DESK, PHONE, (320, 640)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_questions_can_be_read_and_reached(start, size, scheme):
    hold_for_everybody(start(size, scheme))


def test_a_day_is_planned_by_mouse_and_the_page_asks_nobody_else(start, bench):
    page = start()
    find(page, "#days").send_keys("1")
    find(page, "#without").send_keys("peanut")
    click(page, "button.main")
    shown(page, "#week")
    settled(page)
    hold_for_everybody(page)
    assert page.complaints() == []
    assert {url.split("/")[2] for url in page.requests() if url.startswith("http")} == {
        f"127.0.0.1:{bench.port}"
    }


def test_a_day_is_planned_by_keyboard_on_a_phone(start):
    page = start(PHONE)
    tabbed_to(page, "#age").send_keys("x")
    tabbed_to(page, "#days").send_keys("1", Keys.ENTER)
    shown(page, "[role=alert] a").send_keys(Keys.ENTER)
    assert page.run("document.activeElement.id || location.hash") in ("age", "#age")
    find(page, "#age").clear()
    find(page, "#age").send_keys("61", Keys.ENTER)
    shown(page, "#week")
    hold_for_everybody(page)


def test_the_first_page_is_light(start):
    page = start()
    sizes = "performance.getEntries().reduce((sum, one) => sum + (one.transferSize || 0), 0)"
    assert page.run(sizes) < 60_000


@pytest.fixture(scope="module")
def week(page, bench):
    """The address of a week of two days."""
    page.open(f"http://127.0.0.1:{bench.port}/")
    find(page, "#days").send_keys("2", Keys.ENTER)
    shown(page, "#week")
    settled(page)
    return page.driver.current_url.partition("#")[0]


def settled(page):
    """Wait until nothing is being worked on."""
    gone = WebDriverWait(page.driver, 300)
    gone.until(lambda driver: not driver.find_elements(By.CSS_SELECTOR, "[data-events]"))


@pytest.mark.parametrize("size", [DESK, PHONE, (320, 640)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_week_can_be_read_by_everybody(page, week, size, scheme):
    page.open(week, size, scheme)
    page.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    hold_for_everybody(page)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_what_a_slider_costs_is_drawn_by_keyboard(page, week, size):
    page.open(f"{week}/curve", size)
    tabbed_to(page, "#low").send_keys("1.6")
    find(page, "#slider").send_keys("Most calcium to magnesium")
    tabbed_to(page, "#high").send_keys("2.2", Keys.ENTER)
    shown(page, "#result img")
    settled(page)
    hold_for_everybody(page)
    drawn = "return document.querySelector('#result img').naturalWidth > 200"
    WebDriverWait(page.driver, 60).until(lambda driver: driver.execute_script(drawn))
    page.open(f"{week}/curve", size)
    assert page.complaints() == []


def test_a_dinner_is_swapped_by_mouse_and_back(page, week):
    page.open(week)
    before = find(page, "#d1-dinner .dish").text
    click(page, "#acts-1-dinner")
    click(page, "#d1-dinner .button")
    shown(page, ".offers")
    hold_for_everybody(page)
    click(page, "button[name=rank]")
    shown(page, "#d1-dinner.changed")
    assert find(page, "#d1-dinner .dish").text != before
    click(page, "#undo")
    shown(page, "#redo:not([disabled])")
    assert find(page, "#d1-dinner .dish").text == before
    assert page.complaints() == []


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_meal_is_kept_by_keyboard_and_the_cursor_stays(page, week, size):
    page.open(week, size)
    first = tabbed_to(page, "#acts-1-breakfast")
    first.send_keys(Keys.ARROW_DOWN)
    page.driver.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    at = page.driver.switch_to.active_element
    assert at.get_attribute("id") == "acts-2-lunch"
    at.send_keys(Keys.ENTER)
    tabbed_to(page, "#keep-2-lunch").send_keys(Keys.ENTER)
    shown(page, "#keep-2-lunch[aria-pressed=true]")
    assert page.run("document.activeElement.id") == "keep-2-lunch"
    assert page.run("document.getElementById('acts-2-lunch').parentElement.open")
    page.driver.switch_to.active_element.send_keys(Keys.ENTER)
    shown(page, "#keep-2-lunch[aria-pressed=false]")


def test_tab_passes_the_grid_in_one_step(page, week):
    page.open(week)
    stops = "[...document.querySelectorAll('.grid summary')].filter(one => one.tabIndex === 0)"
    assert page.run(f"{stops}.length") == 1


def test_something_is_left_out_while_the_week_before_can_still_be_read(page, week):
    page.open(week)
    gone = find(page, "#d2-dinner .dish").text
    click(page, "#acts-2-dinner")
    click(page, "#d2-dinner button[value^=leave]")
    settled(page)
    shown(page, "#undo:not([disabled])")
    assert find(page, "#d2-dinner .dish").text != gone
    assert page.run("document.activeElement.closest('td').id") == "d2-dinner"
    click(page, "#undo")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_week_that_was_kept_is_opened_by_keyboard(page, week, bench, tmp_path, size):
    kept = tmp_path / "plan.json"
    kept.write_text(bench.shelf.get(week.rpartition("/")[2]).step.text, encoding="utf-8")
    page.open(f"http://127.0.0.1:{bench.port}/", size)
    tabbed_to(page, "#keep-open").send_keys(Keys.ENTER)
    tabbed_to(page, "#file").send_keys(str(kept))
    tabbed_to(page, "#open").send_keys(Keys.ENTER)
    shown(page, "#week")
    assert page.driver.current_url not in (week, f"http://127.0.0.1:{bench.port}/")
    assert page.complaints() == []


def test_without_script_each_click_is_a_page(page, week):
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.driver.get(week)
        find(page, "#version-name").send_keys("mine", Keys.ENTER)
        shown(page, "#versions")
    finally:
        page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_diary_is_typed_by_keyboard_and_what_it_holds_is_told(page, week, size):
    page.open(week, size)
    tabbed_to(page, ".bar a[href^='/diary']").send_keys(Keys.ENTER)
    shown(page, "#diary").send_keys("2 eggs", Keys.ENTER, "1 cup of milk", Keys.TAB)
    tabbed_to(page, "button.main").send_keys(Keys.ENTER)
    assert "Magnesium" in shown(page, ".figures").text
    hold_for_everybody(page)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_week_after_is_asked_for_by_mouse_and_by_touch(page, week, bench, size):
    page.open(week, size)
    click(page, "a[href$='/next']")
    assert page.run("document.querySelectorAll('[name^=grade]').length") > 2
    page.run("document.querySelector('[name^=grade]').value = '3'")
    click(page, "#plan")
    shown(page, "[data-events], #week")
    at = bench.shelf.get(page.driver.current_url.rpartition("/")[2].partition("#")[0])
    assert at.number == 2
    assert at.request.preferences.like
    bench.desk.drop(at.week_id)


def test_a_week_is_printed_and_its_documents_can_be_taken(page, week):
    page.open(week)
    assert page.printed().startswith(b"%PDF")
    page.open(f"{week}/documents", PHONE)
    links = page.driver.find_elements(By.CSS_SELECTOR, "a[download]")
    got = "fetch(arguments[0]).then(one => one.headers.get('content-disposition'))"
    assert len(links) > 12
    assert "attachment" in page.run(got, links[0].get_attribute("href"))


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("rest", ["/day/1", "/list", "/nutrients", "/documents", "/next"])
def test_the_other_pages_can_be_read_by_everybody(page, week, rest, size):
    page.open(week + rest, size)
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
    assert find(page, "#time").text == "Time is up: Day 1: Boil 0 minutes."
    assert page.driver.title == find(page, "#time").text
    timer, other = simmer.find_elements(By.CSS_SELECTOR, "button")
    assert other.text == "Timer: 3 min"
    timer.send_keys(Keys.ENTER)
    assert timer.text in ("20:00", "19:59")
    timer.send_keys(Keys.ENTER)
    assert timer.text in ("20:00, go on", "19:59, go on", "19:58, go on")
    timer.send_keys(Keys.ENTER)
    assert timer.text in ("20:00", "19:59", "19:58")
    timer.send_keys(Keys.ENTER)
    assert page.complaints() == []


def test_a_box_that_is_ticked_on_a_phone_stays_ticked(page, week):
    page.open(f"{week}/list", PHONE)
    tabbed_to(page, ".ticks input").send_keys(Keys.SPACE)
    assert page.run("getComputedStyle(document.querySelector('.save')).display") == "none"
    WebDriverWait(page.driver, 10).until(lambda _: ticked_after_all(page, week))


def ticked_after_all(page, week):
    page.open(f"{week}/list", PHONE)
    return page.run("document.querySelectorAll('.ticks input:checked').length") == 1


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_panel_can_be_read_by_everybody(page, week, size):
    page.open(f"{week}/tune", size)
    page.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    hold_for_everybody(page)
    assert page.complaints() == []


def test_a_slider_is_moved_by_keyboard_and_the_week_follows_it(page, week):
    page.open(f"{week}/tune")
    slider = tabbed_to(page, "input[data-for='band.magnesium_mg']")
    for _ in range(15):
        slider.send_keys(Keys.ARROW_RIGHT)
    wanted = int(find(page, "[id='band.magnesium_mg']").get_property("value"))
    assert wanted > 400
    settled(page)
    shown(page, "#undo:not([disabled])")
    settled(page)
    assert f"at least {wanted}" in find(page, ".verdict").text
    assert page.driver.switch_to.active_element == slider
    assert page.complaints() == []


def test_the_panel_makes_room_on_a_phone(page, week):
    page.open(f"{week}/tune", PHONE)
    assert not page.run("document.querySelector('.drawer').open")
    tabbed_to(page, "#drawer").send_keys(Keys.ENTER)
    tabbed_to(page, "[id='band.calcium_mg']").send_keys("1000", Keys.TAB)
    told = "document.querySelector('.first').textContent.includes('calcium at least 1000 mg')"
    WebDriverWait(page.driver, 300).until(lambda _: page.run(told))
