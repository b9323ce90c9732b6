"""People at a page: each does the same by mouse, by keyboard alone, or with a finger on a phone."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.interaction import POINTER_TOUCH
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser import DESK, PHONE

MOST_KEYS = 200
# how far a meal of the grid is from the one that the cursor is at: rows, columns; or how to get in
WAY = """(() => {
  if (document.activeElement === arguments[0]) return '';
  const cellOf = one => one.matches('.grid summary') && one.closest('td');
  const [cell, to] = [document.activeElement, arguments[0]].map(cellOf);
  if (cell && to) return [to.parentElement.rowIndex - cell.parentElement.rowIndex,
    to.cellIndex - cell.cellIndex];
  const wanted = to ? document.querySelector('.grid summary[tabindex="0"]') : arguments[0];
  return wanted.compareDocumentPosition(document.activeElement) & 4 ? 'back' : 'on';
})()"""
# from the middle of a slider to where its handle stands for a value, which is as wide as it is high
PLACE = """(() => {
  const [one, value] = arguments, {width} = one.getBoundingClientRect(), thumb = 16;
  return ((value - one.min) / (one.max - one.min) - 0.5) * (width - thumb);
})()"""

IN_IT = "document.activeElement === arguments[0]"


class Actor:
    """Somebody at the page: what all do alike."""

    size = DESK

    def __init__(self, page, home, folder):
        self.page, self.home, self.folder = page, home, folder
        allowed = {"behavior": "allow", "downloadPath": str(folder)}
        page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", allowed)

    def open(self, address=""):
        """Open a page; the first one where none is named."""
        self.page.open(address or self.home, self.size)

    def wait_for(self, css, words=""):
        """Wait until something is there that says some words."""
        self.page.shown(css, words)

    def settle(self):
        """Wait until nothing is being worked on."""
        self.page.settled()

    def read(self, css):
        """Read what stands somewhere, or in a field."""
        one = self.page.shown(css)
        return one.get_property("value") or one.text

    def write(self, css, text):
        """Write into a field, instead of what stands there, or hand over a file."""
        self.reach(css)
        self._keys("a", held=Keys.CONTROL)
        self._keys(text)

    def hand(self, css, path):
        """Hand over a file."""
        self.page.shown(css).send_keys(str(path))

    def taken(self, name):
        """Return the file that was downloaded."""
        kept = self.folder / name
        WebDriverWait(self.page.driver, 60).until(lambda _: kept.exists())
        return kept

    def _keys(self, keys, held=""):
        typed = ActionChains(self.page.driver)
        if held:
            typed.key_down(held).send_keys(keys).key_up(held).perform()
        else:
            typed.send_keys(keys).perform()

    def _seen(self, css):
        """Find something that can be seen, in the middle of the screen."""
        one = self.page.shown(css)
        self.page.still(one)
        return one


class Mouse(Actor):
    """With a mouse, at a desk."""

    def press(self, css):
        self._press(self._seen(css))

    def reach(self, css):
        """Press a field until the cursor stands in it."""
        waiting = WebDriverWait(self.page.driver, 20)
        waiting.until(lambda _: self.press(css) or self.page.run(IN_IT, self.page.find(css)), css)

    def choose(self, css, value):
        one = self._seen(css)
        if one.tag_name == "select":
            Select(one).select_by_value(value)
        else:
            self._press(one, round(self.page.run(PLACE, one, value)))

    def _press(self, one, right=0):
        mouse = ActionChains(self.page.driver, duration=0)
        mouse.move_to_element_with_offset(one, right, 0).click().perform()


class Finger(Mouse):
    """With a finger, on a phone."""

    size = PHONE

    def _press(self, one, right=0):
        touch = ActionBuilder(
            self.page.driver, mouse=PointerInput(POINTER_TOUCH, "finger"), duration=0
        )
        touch.pointer_action.move_to(one, right, 0).pointer_down().pointer_up()
        touch.perform()


class Keyboard(Actor):
    """With a keyboard alone, at a desk."""

    def reach(self, css):
        """Go to something by Tab, and in the grid by the arrows."""
        one = self.page.shown(css)
        for _ in range(MOST_KEYS):
            if not (way := self.page.run(WAY, one)):
                return one
            self._go(way)
        raise AssertionError(css)

    def _go(self, way):
        if way == "on":
            self._keys(Keys.TAB)
        elif way == "back":
            self._keys(Keys.TAB, held=Keys.SHIFT)
        else:
            rows, columns = way
            along = Keys.ARROW_RIGHT if columns > 0 else Keys.ARROW_LEFT
            self._keys((Keys.ARROW_DOWN if rows > 0 else Keys.ARROW_UP) if rows else along)

    def press(self, css):
        one = self.reach(css)
        self._keys(Keys.SPACE if one.get_attribute("type") == "checkbox" else Keys.ENTER)

    def choose(self, css, value):
        one = self.reach(css)
        more = Keys.ARROW_DOWN if one.tag_name == "select" else Keys.ARROW_RIGHT
        for _ in range(MOST_KEYS):
            if one.get_property("value") == value:
                return
            self._keys(more)
        raise AssertionError(f"{css}: {value}")

    def hand(self, css, path):
        self.reach(css)
        super().hand(css, path)


ACTORS = {"mouse": Mouse, "keyboard": Keyboard, "phone": Finger}
