"""A browser without a screen, and a server on this machine that counts what it is asked for."""

import base64
import json
import os
import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import matplotlib
from axe_core_python.base import AXE_SCRIPT
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

BROWSERS, DRIVERS = ("chromium", "chromium-browser", "google-chrome"), ("chromedriver",)
FLAGS = (
    "headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-quic",
    "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync",
    "hide-scrollbars", "force-prefers-reduced-motion",
)  # fmt: skip
PHONE, DESK = (360, 740), (1280, 900)
LOOK_S = 0.4  # between two looks whether something is there: each costs three programs a little
# words that are too faint on what is behind them, and tables without a name or heads
FAINT = """(() => {
  const light = text => {
    const [r, g, b] = text.match(/[0-9.]+/g).map(one => one / 255).map(
      one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = one => {
    const own = getComputedStyle(one).backgroundColor;
    return own !== 'rgba(0, 0, 0, 0)' ? own : behind(one.parentElement);
  };
  return [...document.querySelectorAll('body *')].filter(one =>
    [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
    && !['title', 'desc', 'STYLE'].includes(one.tagName)
  ).filter(one => {
    const style = getComputedStyle(one);
    const shades = [one.tagName === 'text' ? style.fill : style.color, behind(one)].map(light);
    return (Math.max(...shades) + 0.05) / (Math.min(...shades) + 0.05) < 4.5;
  }).map(one => one.textContent);
})()"""
NAMELESS_TABLES = """[...document.querySelectorAll('table')].filter(
  one => !one.caption || !one.querySelector('thead th[scope=col]')
    || [...one.tBodies[0].rows].some(row => !row.querySelector('th[scope=row]'))).length"""

# fields without a label, ids that stand twice, what is too small to be hit, and a page too wide
NAMELESS_FIELDS = """[...document.querySelectorAll('input,select,textarea,button')].filter(one =>
  one.type !== 'hidden' && !one.textContent.trim() && !one.labels?.length
  && !one.getAttribute('aria-label')).map(one => one.outerHTML)"""
TWICE = """[...document.querySelectorAll('[id]')].map(one => one.id)
  .filter((id, at, all) => all.indexOf(id) !== at)"""
SMALL = """[...document.querySelectorAll('button,select,summary,input:not([type=hidden])')]
  .filter(one => one.offsetParent && one.getBoundingClientRect().height < 24
    && !one.closest('label')).map(one => one.outerHTML)"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# what a closed list hides is nobody's barrier: axe sees it lie over what stands below the list
BARRIERS = """axe.run({resultTypes: ['violations']}).then(found => arguments[0](found.violations
  .filter(one => ['serious', 'critical'].includes(one.impact))
  .flatMap(one => one.nodes.filter(node => document.querySelector(node.target[0]).checkVisibility())
    .map(node => `${one.id}: ${node.html}`))))"""

# a page that is not read to its end scrolls back to the place that its address names
STILL = """const [one, done] = arguments;
const look = before => {
  one.scrollIntoView({block: 'center', behavior: 'instant'});
  const {x, y} = one.getBoundingClientRect(), at = `${x} ${y}`;
  if (at === before && document.readyState === 'complete') done();
  else requestAnimationFrame(() => look(at));
};
look('');"""


def program(names):
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, (
        f"none of {', '.join(names)} is installed: `bash tests/run` installs it, or "
        "`apt-get install chromium chromium-driver` on Debian"
    )
    return found


class Page:
    """One page in the browser, and what happened while it was opened."""

    def __init__(self, driver):
        self.driver = driver

    def open(self, url, size=DESK, scheme="light"):
        width, height = size
        shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == PHONE}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
        touch = {"enabled": size == PHONE}
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", touch)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        self.driver.get("about:blank")
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)
        self.driver.get(url)

    def run(self, script, *args):
        return self.driver.execute_script(f"return {script}", *args)

    def find(self, css):
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def shown(self, css, words="", within_s=120):
        """Wait until something is there that says some words, and give it."""

        def there(driver):
            found = driver.find_elements(By.CSS_SELECTOR, css)
            return next((element for element in found if words in element.text), None)

        gone = [WebDriverException]  # the page was replaced between a find and a look
        return WebDriverWait(self.driver, within_s, LOOK_S, gone).until(there, f"{css}: {words}")

    def still(self, one):
        """Bring something into the middle of the screen, and wait until the page stands still."""
        self.driver.execute_async_script(STILL, one)

    def settled(self):
        """Wait until nothing is being worked on."""
        self.shown("main:not(:has([data-events]))")

    def barriers(self):
        """Name what axe finds on the page that keeps people out: serious and worse."""
        self.driver.set_script_timeout(120)
        self.driver.execute_script(AXE_SCRIPT)
        return self.driver.execute_async_script(BARRIERS)

    def complaints(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        events = [
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        ]
        asked = [one["params"] for one in events if one["method"] == "Network.requestWillBeSent"]
        return [
            call["request"]["url"] for call in asked if not call["documentURL"].startswith("chrome")
        ]

    def printed(self):
        """Give the page as it is printed, as PDF."""
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        made = self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
        return base64.b64decode(made["data"])


def hold_for_everybody(page):
    """What holds of each page for whoever reads it."""
    barriers = page.barriers()
    assert barriers == [], barriers
    assert page.run(FAINT) == []
    assert page.run(NAMELESS_TABLES) == 0
    assert page.run(NAMELESS_FIELDS) == []
    assert page.run(TWICE) == []
    assert page.run(SMALL) == []
    assert page.run(WIDER) <= 0
    assert page.run("document.querySelectorAll('h1').length") == 1


def letters(folder):
    """Give the environment of a browser with the same letters on each machine: matplotlib's."""
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    usual = "".join(
        f"<alias><family>{name}</family><prefer><family>DejaVu Sans</family></prefer></alias>"
        for name in ("system-ui", "sans-serif")
    )
    kept = f"<cachedir>{folder}</cachedir>"
    told = folder / "fonts.conf"
    told.write_text(f"<fontconfig><dir>{fonts}</dir>{kept}{usual}</fontconfig>", encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(told)}


@contextmanager
def browser(folder, environment=None):
    """Open a browser that keeps everything of itself in ``folder``."""
    options = webdriver.ChromeOptions()
    options.binary_location = program(BROWSERS)
    for flag in (*FLAGS, f"user-data-dir={folder}"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(program(DRIVERS), env=environment))
    try:
        yield Page(driver)
    finally:
        driver.quit()


@contextmanager
def served(folder):
    """Serve a folder; gives its address and the list of paths that were asked for."""
    asked = []

    class Counting(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Counting, directory=folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
