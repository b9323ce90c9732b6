#!/usr/bin/env bash
# Make week.png, the picture in the top README: a planned week as a page, one of its days, its list.
# Needs magplan and Chromium; MAGPLAN is the command where it is not on the path.
set -euo pipefail
cd "$(dirname "$0")"
magplan=${MAGPLAN:-magplan}
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
