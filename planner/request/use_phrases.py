"""Food to be used up: ``lentils:300g``, ``2 chicken breasts``; portions of a dish that are left."""

from __future__ import annotations

import re

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.find import looked_up_alone
from foods.food import Food
from foods.packages import bought_for
from foods.recipe_line import parse_line, read_words
from foods.recipe_match import match_answered, match_line
from foods.usual import usual_id
from planner.errors import ConfigError
from planner.faults import fault
from planner.request.day_words import find_day
from planner.request.leftover_dish import (
    LeftDish,
    beside_said,
    cooked_name,
    is_beside,
    leftover_by_flag,
    made_from,
    portions_left,
)
from planner.request.limits import known_ranges
from planner.request.measures import read_mass_g
from planner.request.phrases import read_name
from planner.request.put import kept_day
from planner.settings import read_rows, read_settings

GRAMS = ":300g"
USE_FOOD, USE_DISH = f"{{name}}{GRAMS}", "{name}:2 portions"
FROZEN, GOOD_UNTIL = "{name}, frozen", "{name} by {day}"
PACK, SLICE, LOAF = "pack", "slice", "loaf"
_SHOP, _PACKAGES = "shop/shop.toml", "shop/us.csv"
_AMOUNT_LAST = re.compile(r"^(\D+?)[\s,]+(\d.*)")  # black beans 6 tins
_ALSO = re.compile(r"^.*\d.*[^\W\d].*(?:[,;&]|\band\b|\bund\b)\s*\d")  # 2 bananas, 3 apples
_PACKED = re.compile(r"(\d+(?:[.,]\d+)?|\w+) (?:an? )?(\w+) (?:of )?(\S.*)")  # 1 bag of edamame
_USE, _DAY = r"(?P<use>.*[^\s,])[,\s]+", r"(?P<day>[^:]+)(?P<mass>:.*)?"
_BY = re.compile(rf"{_USE}(?:(?:use|best|eat) )?(?:by|until|till|for|bis|für) {_DAY}")
_ON = re.compile(rf"{_USE}(?=[^\W\d]){_DAY}")  # 1 kg potatoes, tomorrow


def read_use(text: str) -> tuple[str, float] | LeftDish:
    """Read what ``read_food_use`` does, or portions of a dish: ``"3 portions lentil stew"``."""
    return _dish_left(text) or read_food_use(text)


def read_food_use(text: str) -> tuple[str, float]:
    """Read ``"lentils, dry:300g"`` as a food that is to be used up and its mass as bought [g].

    Raises
    ------
    ConfigError
        When the text has another form, as portions of a dish have, or the mass is out of range.
    """
    whole, day = use_by(text)
    if day:
        name, mass_g = read_food_use(whole)
        meant = _one_meant(name)  # a date is of just that
        return GOOD_UNTIL.format(name=meant.name if meant else name, day=day), mass_g
    if left := _dish_left(text):
        raise ConfigError(leftover_by_flag(left))
    name, colon, mass = text.rpartition(":")
    if not colon:
        return _use_of_line(text)
    try:
        mass_g = read_mass_g(mass)
    except ConfigError:
        if not mass.strip()[:1].isalnum():
            raise
        return _use_of_line(f"{mass} {name}")
    is_few = mass.strip().isdecimal() and mass_g in known_ranges()["few_pieces"]
    pieces = _line_meant(f"{mass} {name}") if is_few else None  # eggs:6
    if is_few and not pieces and (bare := made_from(name.strip(), read_embedded_foods())):
        return read_name(name), read_food_use(f"{bare}:{mass}")[1]  # leftover eggs:3
    return pieces or (read_name(name), _in_range(text, mass.strip(), mass_g))


def _in_range(text: str, mass: str, mass_g: float) -> float:
    likely = known_ranges()["use_g"]
    if not mass_g or mass_g not in likely:
        raise fault(ConfigError, "use_outside", text=text, mass=mass, use_g=likely)
    return mass_g


def use_by(text: str) -> tuple[str, str]:
    """Split what is to be eaten by a day, ``"spinach:300g by wed"``; an empty day without one."""
    found = _BY.fullmatch(text.strip()) or _ON.fullmatch(text.strip())
    word = find_day(found["day"]) if found else None
    if found is None or word is None:
        return text, ""
    return f"{found['use']}{found['mass'] or ''}", str(kept_day(word))


def of_one_food(text: str) -> str:
    """Give a text back; raise ``ConfigError`` where it has amounts of several foods."""
    if _ALSO.match(text):
        raise fault(ConfigError, "several_to_use", text=text)
    return text


def amount_first(text: str) -> str:
    """Turn ``tofu 400g`` around, as a line of a recipe has it."""
    return _AMOUNT_LAST.sub(r"\2 \1", text).strip()


def usually_bought(name: str) -> str:
    """Give the food that people mean by a name, as it is bought; the name where that is open."""
    meant = _one_meant(name)
    return meant.food_id if meant else name


def frozen_name(name: str) -> str:
    """Give the name of what is in the freezer without the words that say so; empty without them."""
    words = "|".join(read_settings(_SHOP)["in_freezer"]["words"])
    around = rf"^(?:{words}),?\s+|,?\s+\(?(?:{words})\)?$"
    bare = re.sub(around, "", name.strip(), flags=re.IGNORECASE)
    return bare if bare != name.strip() else ""


def _dish_left(text: str) -> LeftDish | None:
    """Read portions of a dish; ``None`` where none are named, or a raw food is."""
    left = portions_left(text)
    if left is None or not (left.is_dish or _line_meant(text) is None):
        return None
    if is_beside(left.name):
        raise ConfigError(beside_said(left.dish))
    if (example := _example_of(left.name)).endswith(GRAMS):  # green beans are no bean salad
        told = example.format(name=left.dish)
        raise fault(ConfigError, "no_mass_to_use", text=text, use_example=told)
    return left


def _use_of_line(text: str) -> tuple[str, float]:
    """Read a line as of a recipe, ``"2 chicken breasts"``: the food as bought, and its mass [g]."""
    found = _found_in(of_one_food(text))
    if found is None:
        raise _no_amount(text)
    return found


def _found_in(text: str) -> tuple[str, float] | None:
    """Read such a line, also by what is frozen or cooked in it; ``None`` where no mass is known."""
    found = _line_or_packs(text) or _line_or_packs(text)
    if found is None and (bare := frozen_name(text)):
        thawed = _found_in(bare)
        return thawed and (FROZEN.format(name=thawed[0]), thawed[1])
    found = (
        found
        or _measured(amount_first(text))
        or _measured(amount_first(text))
        or _packs_meant(f"1 {text}")  # loaf of bread
    )
    name = parse_line(text).name
    if found is None and name != text and (raw := made_from(name, read_embedded_foods())):
        made = _found_in(text.replace(name, raw))
        return made and (name, made[1])
    return found


def _no_amount(text: str) -> ConfigError:
    """Say that no amount is said, or that nobody knows what the one that is said weighs."""
    opened = rf"^(?:{'|'.join(read_settings(_SHOP)['leftovers']['opened'])})\s+"
    line = parse_line(re.sub(opened, "1 ", text.strip(), flags=re.IGNORECASE))
    foods, name = read_embedded_foods(), cooked_name(text) or text.strip()
    is_made = _one_meant(made_from(name, foods)) is not None
    is_cooked = cooked_name(text) or is_made or looked_up_alone(name, foods)
    bare = name if is_cooked else ""
    pattern = _example_of(bare) if bare else USE_FOOD
    if not pattern and is_beside(bare):
        return ConfigError(beside_said(text))
    if not pattern:
        return fault(ConfigError, "left_over_no_amount", text=text)
    words = " ".join(
        one for one in line.name.split() if one.casefold() not in read_words()["parts"]
    )
    example = pattern.format(name=words if line.amount else text.strip())
    if line.amount:
        return fault(ConfigError, "no_mass_to_use", text=text, use_example=example)
    return fault(ConfigError, "no_amount_to_use", text=text, use_example=example)


def _example_of(left: str) -> str:
    """Give how an amount is said of what is left over; empty where no plan takes any of it.

    What a cook did to a food ("steamed broccoli") is left away: it is known by its own name.
    """
    known, rule = read_lookup_foods(), read_settings(_SHOP)["leftovers"]
    food = _one_meant(left) or _one_meant(made_from(left, read_embedded_foods()))
    put = read_settings("meals/portions.toml")["put"]
    apart = {*rule["eaten_whole"], *put["held"]["apart"]}
    is_apart = food is not None and (food.group in apart or food.base in rule["not_used"])
    if left.casefold() in put["no_dish"] or is_apart:
        return ""
    if food is not None and left.casefold() not in rule["dish_words"]:
        own = rule["called"].get(food.base, food.base.replace("_", " "))
        return USE_FOOD if _is_called(left, food) else f"{rule['words'][0]} {own}{GRAMS}"
    if is_beside(left):
        return ""
    dish = looked_up_alone(left, read_embedded_foods())
    is_dish = food or usual_id(left) in known or (dish and _is_called(left, dish))
    return USE_DISH if is_dish else ""


def _is_called(left: str, food: Food) -> bool:
    """Whether all words of what is left over are of a food's name."""
    own, said = (
        {word.strip(",()").removesuffix("s") for word in words.casefold().split()}
        for words in (f"{food.name} {food.base.replace('_', ' ')}", left)
    )
    return said <= own


def _line_or_packs(text: str) -> tuple[str, float] | None:
    turned = amount_first(text)
    amount, packs = parse_line(turned).amount, _packs_meant(turned)
    if packs and not (amount and amount.unit):  # "1 loaf sourdough" is no slice
        return packs
    return _line_meant(text) or _line_meant(turned) or packs


def _measured(text: str) -> tuple[str, float] | None:
    """Read how much there is of what may be any of several foods: ``400 g tofu``, ``1 l milk``."""
    foods, line = read_embedded_foods(), parse_line(text)
    usual, words = usual_id(line.name), read_words()
    if line.amount is None or not line.name or line.doubts:
        return None
    if line.amount.unit in words["mass_g"]:
        mass_g = line.amount.count * words["mass_g"][line.amount.unit]
        return line.name, _in_range(text, f"{mass_g:g} g", mass_g)
    is_volume = line.amount.unit in words["volume_ml"] and usual in foods
    found = match_answered(text, foods[usual], foods) if is_volume else None
    if found is None or not found.mass_g or found.food_id is None:
        return None
    share = bought_for(foods[found.food_id], foods)[1]  # a cup of dry beans is told as cooked
    return line.name, round(found.mass_g * share, 1)


def _one_meant(name: str) -> Food | None:
    """Give the one food that a name means as it is bought; ``None`` where it means none."""
    foods = read_embedded_foods()
    line = match_line(f"1 g {name}", foods)
    own_id = line.food_id if line.is_sure and line.food_id else usual_id(name)
    return bought_for(foods[own_id], foods)[0] if own_id in foods else None


def _packs_meant(text: str) -> tuple[str, float] | None:
    """Read packages as shops of the US sell them: ``"1 bag of edamame"``, ``"a jar of tahini"``."""
    found, words = _PACKED.fullmatch(text), read_words()
    numbers = words["numbers"] | words["parts"]
    count = numbers.get(found[1].lower(), found[1].replace(",", ".")) if found else "-"
    food = _one_meant(found[3]) if found and re.fullmatch(r"[\d.]+", str(count)) else None
    if found is None or food is None:
        return None
    pack = found[2].lower()
    kinds = {pack, pack.removesuffix("s"), words["units"].get(pack, pack)}
    said_as: dict[str, str] = read_settings(_SHOP)["packs"]["said_as"]
    kinds |= {said_as.get(one, one) for one in kinds}
    own = [one for one in read_rows(_PACKAGES) if one["food_id"] == food.food_id]
    fit = [one for one in own if one["pack"] in kinds] or (own if PACK in kinds else [])
    sizes = [float(one["size_g"]) for one in fit]
    return (food.name, round(float(count) * min(sizes), 1)) if sizes else None


def _line_meant(text: str) -> tuple[str, float] | None:
    foods = read_embedded_foods()
    line = match_line(text, foods)
    if not line.is_sure or line.food_id is None or line.mass_g is None:
        return None
    amount = line.line.amount
    if amount and not amount.unit and amount.count not in known_ranges()["pieces"]:
        return None  # 200 of spinach are no leaves
    is_sliced = foods[line.food_id].serving.measure.name == SLICE
    if amount and not amount.unit and is_sliced:  # half a bread is half a loaf
        return _packs_meant(f"{amount.count:g} {LOAF} {line.line.name}")
    if made_from(line.line.name, foods):
        return line.line.name, round(line.mass_g, 1)
    food, gross_g = bought_for(foods[line.food_id], foods)
    is_mass = amount is not None and amount.unit in read_words()["mass_g"]
    is_weighed = is_mass and food.food_id == line.food_id
    return food.name, round(line.mass_g * (1.0 if is_weighed else gross_g), 1)
