"""The list as a page that Bring and its like import by its address: JSON-LD and the same to read.

Their importers read a recipe off a page and put what it takes on a list; here that is what is
bought. The page must lie where they reach it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape

from planner.document.program import PROGRAM
from planner.export.formats import HANDED_MARK as MAKER
from planner.handover.cooked import Handed


def as_bring(handed: Handed) -> Mapping[str, str]:
    """Give the page."""
    bought = [f"{line.buy} {line.name}" for _, _, line in handed.bought()]
    listed = {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": handed.title,
        "author": {"@type": "Organization", "name": PROGRAM},
        "recipeYield": f"{handed.shopping.people}",
        "recipeIngredient": bought,
    }
    # Nothing within the script may end it.
    script = json.dumps(listed, ensure_ascii=False, indent=2).replace("<", "\\u003c")
    rows = "\n".join(f"<li>{escape(text)}</li>" for text in bought)
    title = escape(handed.title)
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="{MAKER}">
<title>{title}</title>
<script type="application/ld+json">
{script}
</script>
</head>
<body>
<h1>{title}</h1>
<ul>
{rows}
</ul>
</body>
</html>
"""
    return {"bring.html": page}
