"""Numbers in sentences that never look like what they are not.

319.6 mg beside a floor of 320 mg does not print as 320, 12.004 g beside a limit of 12 g not as 12,
99.6 % not as 100 %, and 0.4 % not as 0 %.
"""

from __future__ import annotations

import math

_MOST_DIGITS = 9
_SLACK = 1e-9  # of rounding in sums, as a share


def apart_text(value: float, bound: float, digits: int = 3) -> str:
    """Format ``value`` with ``digits`` significant digits, more if it would look like ``bound``.

    From 1000 on whole numbers are not cut.
    """
    digits = max(digits, len(f"{abs(value):.0f}"))
    while value != bound and digits < _MOST_DIGITS and _cut(value, digits) == _cut(bound, digits):
        digits += 1
    return _cut(value, digits)


def percent_below(share: float) -> str:
    """Return a share in per cent, cut: what is not whole never prints as 100 %."""
    return f"{math.floor(100 * (share + _SLACK))} %"


def percent_near(share: float) -> str:
    """Return a share in per cent, rounded; what is not whole is not 100 %, nor what is some 0 %."""
    nearest = math.floor(100 * share + 0.5)
    if share < 1 - _SLACK:
        nearest = min(nearest, 99)
    return f"{max(nearest, 1) if share > _SLACK else nearest} %"


def percent_above(share: float) -> str:
    """Return a share in per cent, rounded up: what is not nothing never prints as 0 %."""
    return f"{math.ceil(100 * (share - _SLACK))} %"


def price_above(price_usd: float) -> str:
    """Return a price rounded up to the cent, so that it never looks like the budget it breaks."""
    return f"{math.ceil(100 * price_usd * (1 - _SLACK)) / 100:.2f}"


def _cut(value: float, digits: int) -> str:
    return f"{float(f'{value:.{digits}g}'):.10g}"
