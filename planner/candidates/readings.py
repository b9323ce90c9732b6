"""What a request leaves out, as it was understood: said with every plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from foods.embedded import read_embedded_foods
from foods.table import FoodTable
from planner.candidates.dish import Dish, read_embedded_dishes
from planner.candidates.name_index import known_words
from planner.candidates.names import Meaning, find_left_out, find_meaning, is_in_name, more_text
from planner.candidates.put_names import served_by
from planner.errors import CandidatesError
from planner.request.diets import find_diet
from planner.request.request import PlanRequest
from planner.safety.patient import read_patient
from planner.shops import named
from planner.targets.left_out import find_reading
from planner.wording import capital

READ = "{said}: {understood} ({count})."
READ_AND_STAYS = "{said}: {understood} ({count}); {stays}."
NOTHING = "{said}: nothing is left out."
NOTHING_BUT = "{said}: nothing is left out; {stays}."
AT_MOST_TIMES = "{name} at most {count} times"
ONE_OF = "one of {count} dishes"
LISTED = '{told}; `magplan dishes list --with "{word}"` lists them'
NAMES_TOLD = "{told}: {names}{more}"
READY = "bought ready, without a recipe"
ONE_OF_BESIDE = "one of {count} dishes; {beside}"
NOTHING_CALLED_SO = "nothing here has that name"
ONE_DISH, DISHES = "that rules out {count} dish", "that rules out {count} dishes"
ONE_FOOD, FOODS = "that rules out {count} food", "that rules out {count} foods"
OF_A_WORD, OF_A_CONDITION = "{known} = {brief}", "{known}: without {brief}"
_WITHOUT = "without "
_SHOWN = 3  # foods that are named where the word is a food or group and no allergen


@dataclass(frozen=True, slots=True)
class WishReading:
    """One name that is left out.

    Parameters
    ----------
    said
        As it was asked for: ``"without nuts"``, or the condition that leaves it out.
    understood, brief
        What it was understood as, and in few words; these are empty where it is what was said.
    stays
        What is not left out though somebody could mean it; may be empty.
    foods, dishes
        How many foods of the table are left out for it, in every dish that holds them; and how
        many dishes by their own name.
    """

    said: str
    understood: str
    brief: str
    stays: str
    foods: int
    dishes: int = 0

    @property
    def sentence(self) -> str:
        """Format it as a full sentence."""
        pattern = READ_AND_STAYS if self.stays else READ
        if not (self.foods or self.dishes or self.understood):
            pattern = NOTHING_BUT if self.stays else NOTHING
        words = {"said": self.heading, "understood": self.understood, "count": self.count}
        return pattern.format(**words, **({"stays": self.stays} if self.stays else {}))

    @property
    def heading(self) -> str:
        """Return the name it was asked for by, as a sentence begins."""
        name = self.said.removeprefix(_WITHOUT)
        if name != self.said:
            return f"Without {named(name)}"
        return capital(self.said)

    @property
    def shortly(self) -> str:
        """Format only what it was understood as, if its name does not say it."""
        name = self.said.removeprefix(_WITHOUT)
        known = f"without {named(name)}" if name != self.said else self.said
        if not self.brief:
            return f"{known}"
        pattern = OF_A_WORD if name != self.said else OF_A_CONDITION
        return pattern.format(known=known, brief=self.brief)

    @property
    def count(self) -> str:
        """Describe how much is left out."""
        if self.dishes and not self.foods:
            count, one, many = self.dishes, ONE_DISH, DISHES
        else:
            count, one, many = self.foods, ONE_FOOD, FOODS
        return (one if count == 1 else many).format(count=count)


def read_left_out(
    request: PlanRequest, foods: FoodTable, dishes: Iterable[Dish]
) -> tuple[WishReading, ...]:
    """Return what the request leaves out and how each name of it was understood."""
    dishes, asked = tuple(dishes), dict(left_out_for(request))
    found, strict = [], request.patient.names_left_out
    for name in request.preferences.names_left_out:
        try:
            meaning = find_left_out(name, foods, dishes, is_allergy=name in strict)
        except CandidatesError:  # an own dish whose folder is not at hand
            meaning = Meaning(name, frozenset(), text=NOTHING_CALLED_SO)
        text = meaning.text or _named(meaning, foods, dishes)
        said_as = asked.get(name, f"{_WITHOUT}{name}")
        brief = meaning.brief or ("" if name in said_as else named(name))
        alone = sum(dish_id in foods for dish_id in meaning.dish_ids)  # foods eaten by themselves
        held, called = len(meaning.food_ids), len(meaning.dish_ids) - alone
        stays = "" if _is_out(name, request) else meaning.stays
        found.append(WishReading(said_as, text, brief, stays, held, called))
    return tuple(found)


def read_puts(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> Iterator[tuple[str, str]]:
    """Return each word put on a meal that means one of several, or what only shops make."""
    shipped = read_embedded_foods()
    bought = {food.food_id for food in foods if not (food.is_kept or food.food_id in shipped)}
    for put in request.week.put:
        try:
            found = served_by(put, foods, dishes)
        except CandidatesError:  # an own dish whose folder is not at hand
            continue
        beside = known_words().get(put.thing.lower(), {}).get("beside", "")
        if len(found) > 1 and beside:
            yield put.dish, ONE_OF_BESIDE.format(count=len(found), beside=str(beside))
        elif len(found) > 1:
            yield put.dish, _one_of(put.thing, found, foods, dishes)
        elif not put.is_out and found[0] in bought:
            yield put.dish, READY


def _one_of(word: str, ids: Sequence[str], foods: FoodTable, dishes: Sequence[Dish]) -> str:
    """Describe of how many dishes one is meant, and how to see them; by name if no command can."""
    told = ONE_OF.format(count=len(ids))
    with suppress(CandidatesError):
        if find_meaning(word, foods, dishes).dish_ids.issuperset(ids):
            return LISTED.format(told=told, word=word)
    own = {**{one.food_id: one.name for one in foods}, **{one.dish_id: one.name for one in dishes}}
    names = sorted({own[item_id] for item_id in ids})
    shown = "; ".join(map(named, names[:_SHOWN]))
    return NAMES_TOLD.format(told=told, names=shown, more=more_text(len(names), _SHOWN))


def read_narrow(request: PlanRequest) -> Iterator[tuple[str, str]]:
    """Return each name that is limited, or left out on some days, and what it does not mean."""
    wanted = request.preferences
    limited = (rule.name for rule in wanted.per_week if rule.sense == "<=")
    for name in dict.fromkeys((*limited, *wanted.without_on)):
        if name in wanted.names_left_out:  # said with what is left out
            continue
        reading, word = find_reading(name), known_words().get(name.lower(), {})
        stays = reading.stays if reading else str(word.get("stays", ""))
        if stays and not _is_out(name, request):
            yield name, stays


def left_out_for(request: PlanRequest) -> Iterator[tuple[str, str]]:
    """Return each name that a frequency, a medicine or a condition leaves out, and which it was."""
    for rule in request.preferences.per_week:
        if rule.name not in request.preferences.without:
            yield rule.name, AT_MOST_TIMES.format(name=rule.name, count=rule.count)
    person, nothing = request.profile, replace(request.profile, conditions=(), medicines=())
    each = [(text, replace(nothing, medicines=(text,))) for text in person.medicines]
    each += [(text, replace(nothing, conditions=(text,))) for text in person.conditions]
    for text, alone in each:
        yield from ((name, text) for name in read_patient(alone).names_left_out)


def left_out_alone(names: Iterable[str]) -> dict[str, int]:
    """Count the shipped dishes that each name leaves out and none of the others, most first."""
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    barred: dict[str, set[str]] = {name: set() for name in names}
    for name, own in barred.items():
        with suppress(CandidatesError):  # an own dish whose folder is not at hand
            meant = find_left_out(name, foods, dishes, "--without-on")
            own |= meant.dish_ids
            own |= {
                dish.dish_id
                for dish in dishes
                if any(line.food_id in meant.food_ids for line in dish.ingredients)
            }
    times = Counter(dish for own in barred.values() for dish in own)
    alone = {name: sum(times[dish] == 1 for dish in own) for name, own in barred.items()}
    return dict(sorted(alone.items(), key=lambda one: -one[1]))


def _is_out(name: str, request: PlanRequest) -> bool:
    """Whether what stays beside a name is left out by the diet."""
    reading = find_reading(name)
    origin = reading.stays_origin if reading else frozenset()
    diet, stays = find_diet(request.preferences.diet), reading.stays if reading else ""
    is_named = any(word != name and is_in_name(word, stays) for word in diet.without)
    return is_named or (bool(origin) and origin <= diet.without_origin)


def _named(meaning: Meaning, foods: FoodTable, dishes: Iterable[Dish]) -> str:
    """Name what a word covers that is no allergen: a few foods, or dishes."""
    own = sorted((food.food_id, food.name) for food in foods if food.food_id in meaning.food_ids)
    own.sort(key=lambda one: not is_in_name(meaning.name, one[1]))
    called = [dish.name for dish in dishes if dish.dish_id in meaning.dish_ids]
    names = [name for _, name in own] or called
    shown = list(map(named, names[:_SHOWN]))
    shown = list(dict.fromkeys(text.partition(",")[0] for text in shown)) if own else shown
    return "".join((", ".join(shown), more_text(len(names), _SHOWN)))
