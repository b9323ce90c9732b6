#!/usr/bin/env bash
# Make the pictures of the top README: week.png, a week as a document, one of its days and its list;
# page.png, the same week in `magplan serve`. Needs magplan, Chromium and, for the page, selenium.
# MAGPLAN and PYTHON are the commands where they are not on the path.
set -euo pipefail
cd "$(dirname "$0")"
magplan=${MAGPLAN:-magplan}
python=${PYTHON:-python3}
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

$magplan plan --start 2026-11-30 --out "$made/week" >/dev/null
$magplan export "$made/week/plan.json" --to html --out "$made/page"

# show NAME PART...: the page with these parts alone
show() {
    local name=$1; shift
    sed "s|</head>|<style>header,nav,main>*{display:none}$*</style></head>|" \
        "$made/page/week.html" >"$made/$name.html"
}
show week 'header,#week{display:block}'
show day '#days{display:block}#days>*{display:none}#days>#day-1{display:block}'
show list '#shopping{display:block}'

cat >"$made/all.html" <<'PAGE'
<!doctype html><meta charset="utf-8"><title>A week of meals</title>
<style>body{margin:0;display:flex;gap:16px;padding:16px}
div{width:520px;height:720px;overflow:hidden;border:1px solid #ccc;border-radius:6px}
iframe{border:0;width:800px;height:1108px;transform:scale(.65);transform-origin:0 0}</style>
<div><iframe src="week.html"></iframe></div>
<div><iframe src="day.html"></iframe></div>
<div><iframe src="list.html"></iframe></div>
PAGE
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --virtual-time-budget=5000 \
    --window-size=1630,754 --screenshot="$PWD/week.png" "file://$made/all.html" 2>/dev/null

$magplan serve --demo --no-open --port 0 >"$made/address.txt" 2>/dev/null &
trap 'kill %1; rm -rf "$made"' EXIT
until grep -q "key=" "$made/address.txt"; do sleep 0.5; done
"$python" - "$(grep -o 'http://[^ ]*' "$made/address.txt")" page.png <<'PYTHON'
import shutil
import sys

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

options = webdriver.ChromeOptions()
for flag in ("headless=new", "no-sandbox", "disable-background-networking", "hide-scrollbars", "window-size=1280,1000"):
    options.add_argument(f"--{flag}")
browser = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
browser.get(sys.argv[1])
browser.find_elements(By.CSS_SELECTOR, "a[href^='/week/']")[-1].click()
WebDriverWait(browser, 180).until(lambda page: "Day 7" in page.page_source)
WebDriverWait(browser, 180).until(lambda page: not page.find_elements(By.TAG_NAME, "progress"))
browser.save_screenshot(sys.argv[2])
browser.quit()
PYTHON
