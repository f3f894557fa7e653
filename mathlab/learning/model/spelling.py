"""Spelling: names of columns that no formula can spell, and names that are misspelt.

On the page: `slope * x + intercept`, whose names are words. The columns of a file are often called
`Temp [°C]` or `Petal.Width`. In the text of a model such a name stands in backticks; in its formula
a word stands for it:

>>> spelled = spell("`Temp [°C]` = a*exp(-b*time)")
>>> spelled.target, spelled.columns
('Temp_C', {'Temp_C': 'Temp [°C]'})

`C(origin)` is a category; each gets a word of its own:

>>> spell("mpg = a*weight + C(origin)").categories
{'C_origin': 'origin'}

A name that is nearly that of a column is probably a typing error; `Near` finds the column:

>>> near = Near(["weight", "hp", "date"])
>>> near("wieght"), near("HP"), near("rate"), near("slope")
('weight', 'hp', '', '')
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from keyword import iskeyword
from typing import NamedTuple

from mathlab.calculus.graph.operations import functions
from mathlab.errors import FormulaError
from mathlab.learning.data.table import short
from mathlab.names import FAMOUS, LONGEST, composed, fault, form

EQUALS = re.compile(r"(?<![=<>!:+*/-])=(?!=)")  # one that is not part of a comparison
QUOTED = re.compile(r"`([^`]*)`")
CATEGORY = re.compile(r"(?<![\w.])C\s*\(\s*(?:`([^`]*)`|([^\W\d]\w*))\s*\)")
SHORTEST_SLIP = 5  # letters: date and rate are two words, and so are mass and mask
NEIGHBOURS = ("a", "b", "c", "d")  # of e, where e is a parameter


class Spelled(NamedTuple):
    """The two sides of a model, in which words stand for backticks and categories; the names of the
    `columns` and `categories` by these words."""

    target: str
    formula: str
    columns: Mapping[str, str]
    categories: Mapping[str, str]

    def shown(self, text: str) -> str:
        """The text with backticks and categories in place of their words, as in the model."""
        names = {**{word: f"`{name}`" for word, name in self.columns.items()},
                 **{word: f"C({quoted(name)})" for word, name in self.categories.items()}}
        return in_place_of(text, names)


def spell(text: str) -> Spelled:
    """Return the sides of a model with words in place of backticks and categories.

    Raises: FormulaError unless there are two sides with one =, or for backticks without a name.
    """
    text = composed(text, "NFC")  # an e and its accent become one letter
    target, *formulas = sides(text)
    if len(formulas) != 1 or not target.strip() or not formulas[0].strip():
        several = "; a model has one =, and a formula has none" if len(formulas) > 1 else ""
        raise FormulaError(
            f"{short(text.strip())} is not a model: write 'y = slope*x + intercept'{several}")
    taken = {*re.findall(r"\w+", QUOTED.sub(" ", text)), *map(form, QUOTED.findall(text))}
    columns: dict[str, str] = {}
    categories: dict[str, str] = {}

    def word(quoted: re.Match[str]) -> str:
        name = form(" ".join(quoted[1].split()))
        if not name:
            raise FormulaError(f"{short(text.strip())}: there is no name between the backticks")
        known = next((w for w, column in columns.items() if column == name), "")
        if not known and not fault(name) and name not in FAMOUS and name not in functions():
            columns[name] = name  # already a word; the backticks say that it is a column
            return str(name)
        if not known:
            known = free_word(name, taken)
            columns[known] = name
        return known

    def category(found: re.Match[str]) -> str:
        name = form(" ".join((found[1] or found[2]).split()))
        new = free_word(f"C_{name}", taken)
        categories[new] = name
        return new

    spelled = [QUOTED.sub(word, CATEGORY.sub(category, side)) for side in (target, formulas[0])]
    if any("`" in side for side in spelled):
        raise FormulaError(f"{short(text.strip())}: a backtick is not closed")
    return Spelled(form(spelled[0].strip()), spelled[1], columns, categories)


def sides(text: str) -> list[str]:
    """Return the texts around the = of a model; an = in backticks is part of a name.

    >>> sides("y = a*`m=1`")
    ['y ', ' a*`m=1`']
    """
    hidden = QUOTED.sub(lambda name: "`" * len(name[0]), text)
    ends = [found.start() for found in EQUALS.finditer(hidden)]
    return [text[i + 1 : j] for i, j in zip([-1, *ends], [*ends, None], strict=True)]


def free_word(name: str, taken: set[str]) -> str:
    """Return a word like the name that is not `taken`, and add it there.

    >>> free_word("Temp [°C]", {"Temp_C"}), free_word("2nd", set())
    ('Temp_C_', '_2nd')
    """
    plain = composed(name)
    letters = (letter if f"_{letter}".isidentifier() else " " for letter in plain)
    word = "_".join("".join(letters).split())[: LONGEST - 20] or "column"
    word = re.sub("^_+", "_", word if not word[:1].isdigit() else f"_{word}")
    while fault(word) or word in taken or word in FAMOUS or word in functions():
        word = f"{word}_" if not fault(f"{word}_") else "column"
    taken.add(word)
    return word


def quoted(name: str) -> str:
    """Return a name as it stands in the text of a model, in backticks if it needs them.

    >>> quoted("speed"), quoted("Petal.Width")
    ('speed', '`Petal.Width`')
    """
    is_word = not fault(name) and name not in FAMOUS and name not in functions()
    return name if is_word else f"`{name}`"


def in_place_of(text: str, names: Mapping[str, str]) -> str:
    """Return a text with these names in place of their words.

    >>> in_place_of("a*t + b", {"t": "`Time (s)`"})
    'a*`Time (s)` + b'
    """
    if not names:
        return text
    words = "|".join(map(re.escape, names))
    return re.sub(rf"\b(?:{words})\b", lambda word: names[word[0]], text)


def hint_of_backticks(text: str) -> str:
    """Return a hint for an error in a text that may lack backticks; "" if it does not."""
    bare = QUOTED.sub("", text)
    if compared := re.search(r"\b([^\W\d]\w*)\s*==", bare):
        return (f"; if {compared[1]} is a category, C({compared[1]}) has a parameter for each of "
                "its levels but the first")
    for word in re.findall(r"\b[^\W\d]\w*\b(?! *\()", bare):
        if iskeyword(word) or word in functions():
            return f"; if {word} is a column, write `{word}`, in backticks"
    if re.search(r"\b[^\W\d]\w*(?:\.| +)[^\W\d]", bare):
        return "; the name of a column that is not one word stands in backticks, `so`"
    return ""


class Near:
    """A function that finds the column that a misspelt word was probably meant for.

    The column differs only in capitals, spaces or signs, or, if it is long, by one letter that is
    missing, added, wrong or exchanged with its neighbour. Digits are not letters: x1 and x2 are
    different names. The columns are indexed once, so a table may have thousands.
    """

    def __init__(self, columns: Iterable[str]):
        self.plain: dict[str, str] = {}
        self.shorter: dict[str, list[str]] = {}
        for column in columns:
            key = _key(column)
            self.plain.setdefault(key, column)
            if len(key) >= SHORTEST_SLIP:
                for part in _with_one_letter_less(key):
                    self.shorter.setdefault(part, []).append(key)

    def __call__(self, word: str) -> str:
        """The column; "" if there is none."""
        key = _key(word)
        if key in self.plain:
            return self.plain[key] if len(key) > 1 else ""
        if len(key) < SHORTEST_SLIP:
            return ""
        longer = self.shorter.get(key, ())
        others = [near for part in _with_one_letter_less(key)
                  for near in (part, *self.shorter.get(part, ())) if near in self.plain]
        return next((self.plain[near] for near in (*longer, *others) if _is_slip(key, near)), "")


def _key(name: str) -> str:
    """The letters and digits of a name, without capitals."""
    return "".join(filter(str.isalnum, composed(str(name)).casefold()))


def _with_one_letter_less(key: str) -> Iterator[str]:
    return (key[:i] + key[i + 1 :] for i in range(len(key)))


def _is_slip(one: str, other: str) -> bool:
    """Whether two words that differ by about one letter are probably the same one."""
    if min(len(one), len(other)) < SHORTEST_SLIP - (len(one) != len(other)):
        return False
    if one[0] != other[0] and one[:2] != other[1::-1]:  # a first letter is seldom wrong
        return False
    if [c for c in one if c.isdigit()] != [c for c in other if c.isdigit()]:
        return False
    if len(one) == len(other):
        places = [i for i in range(len(one)) if one[i] != other[i]]
        return len(places) == 1 or (len(places) == 2 and places[1] == places[0] + 1
                                    and one[places[0]] == other[places[1]]
                                    and one[places[1]] == other[places[0]])
    return abs(len(one) - len(other)) == 1
