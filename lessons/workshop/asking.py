"""What the reader's engine is asked: a few lines as she might type them, and what should come.

The lines are those of a stage's test, never the reader's. They run with the names of her file, and
whatever goes wrong is said in her words: the lines, what came, what was expected, and why.
"""

import builtins
import re
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from lessons.grading.answer import Answer, NotYet, Wrong, close, hint_for, short, why_no_number

EXPLAINED = {  # what is said of errors that many make
    "RecursionError": "it calls itself again and again, and Python ends that at 1,000 calls deep",
    "'NoneType'": "something gives nothing back: is there a `return` in it?",
    "unhashable type: 'Value'": "a class with an __eq__ of its own cannot be put into a set or a "
    "dict: leave __eq__ out",
    "object has no attribute 'data', in line": "a plain number has no .data: only a Value has",
    "object has no attribute 'data'": "what comes is a plain number, and numbers forget: give back "
    "a Value, as apply makes it",
    "object has no attribute 'inputs'": "a plain number has no .inputs: only a Value has",
    "object has no attribute 'grad'": "it has no .grad: begin with self.grad = 0 in __init__",
    "missing 1 required positional argument": "it takes one thing more than it was given: a `*` "
    "before a list hands its parts over one by one, and in a class the first one is self",
    "positional argument": "it is given more or fewer things than it takes; two in brackets, "
    "(a, b), are one, and in a class the first one is self",
    "object has no attribute 'row'": "a Value has no .row: begin with self.row = row in __init__",
    "name 'data' is not defined": "a Value's own number is self.data",
    "name 'inputs' is not defined": "what a Value was made from is self.inputs",
    "unsupported operand": "Python knows no way to do that with these two",
    "KeyError": "the table has no row of that name",
    "math domain error": "that function has no value there: log wants more than 0",
}
OTHERS = ("mathlab.", "lessons.workshop.")  # where there are engines already
SIGNS = {"+": "add", "*": "mul", "-": "sub", "/": "truediv", "**": "pow"}
METHODS = {"__neg__", *(f"__{side}{name}__" for side in ("", "r") for name in SIGNS.values())}


class Engine:
    """The reader's engine; with a stage's own words on errors, by what stands in them.

    Raises: Wrong if it is not her own.
    """

    def __init__(self, answer: Answer, words: Mapping[str, str] | None = None) -> None:
        if name := borrowed(answer.names):
            raise Wrong(f"`{name}` in your file comes from an engine that is there already, and "
                        "this one is to be yours, from the first line on: take it out. To compare "
                        "the two, use another file")
        self.answer = answer
        self.words = [*(words or {}).items(), *EXPLAINED.items()]  # the first that fits
        self.asked = ""
        self.names: dict[str, Any] = {}  # those of the file, and of the lines run last

    def ask(self, program: str, question: str) -> Any:
        """What the question comes to after the program.

        Raises: NotYet if it needs what the file does not have yet, Wrong if it fails.
        """
        lines = [line.strip() for line in program.split(";") if line.strip()]
        self.asked = "\n".join([*lines, question])
        self.names = dict(self.answer.names)
        try:
            exec(compile("\n".join(lines), "<asked>", "exec"), self.names)
            return eval(compile(question, "<asked>", "eval"), self.names)
        except (NotYet, Wrong):
            raise
        except (Exception, SystemExit) as error:
            if missing := self._missing(error):
                raise NotYet(missing) from None
            said = self.answer.said(error)
            why = next((words for sign, words in self.words if sign in said), "")
            why = why or f"it should not fail{hint_for(error)}"
            raise Wrong(why, self.asked, said) from None

    def _missing(self, error: BaseException) -> str:
        """What the file does not have yet, if that is all that is wrong; else nothing."""
        frames = traceback.extract_tb(error.__traceback__)
        if any(Path(frame.filename) == self.answer.path for frame in frames):
            return ""
        said, names = str(error), self.answer.names
        own = names.get("Value")
        inside = vars(own) if isinstance(own, type) else {}
        if isinstance(error, NameError) and not hasattr(builtins, str(error.name)):
            if error.name in inside:
                return (f"`{error.name}` stands in the class; it is to be a function by itself, "
                        "which begins at the left margin")
            return f"there is no `{error.name}` in the file"
        if isinstance(error, AttributeError) and inside and type(error.obj) is own:
            if error.name in names:
                return f"`{error.name}` stands below the class: indent it, so that it is in it"
            return f"a Value has no `{error.name}`"
        if isinstance(error, TypeError):
            if found := re.search(r"operand type\S* for (?:unary )?([^\s:]+).*'Value'", said):
                return (f"Python finds no way to do {found[1]} here ({said})"
                        f"{misplaced(names) or unfound(found[1], said, inside)}")
            if found := re.search(r"Value\b.*unexpected keyword argument '(\w+)'", said):
                return f"Value(...) does not take `{found[1]}`"
        return ""

    def wrong(self, why: str, came: object, expected: object) -> NoReturn:
        """Say that what was asked last came out wrong."""
        raise Wrong(why, self.asked, came, expected)

    def number(self, program: str, question: str) -> float:
        """The number that the question comes to.

        Raises: NotYet, Wrong.
        """
        came = self.ask(program, question)
        if why := why_no_number(came):
            if came is None:
                why = "it gives nothing back: is there a `return`?"
            elif hasattr(came, "data"):
                why = "that is a Value, and a plain number is asked for: its .data"
            self.wrong(why, short(came), "a number")
        return came  # type: ignore[no-any-return]

    def gives(self, program: str, question: str, expected: float,
              slips: Mapping[float, str] | None = None, why: str = "",
              within: float = 1e-9) -> None:
        """Check that the question comes to a number.

        slips   usual wrong numbers, and what is said of each
        why     what is said of any other

        Raises: NotYet, Wrong.
        """
        came = self.number(program, question)
        if not close(came, expected, within):
            known = [words for slip, words in (slips or {}).items() if close(came, slip, within)]
            self.wrong(next(iter(known), why), came, expected)

    def listed(self, program: str, question: str, what: str = "a list") -> list[Any]:
        """The things that the question lists.

        Raises: NotYet, Wrong.
        """
        came = self.ask(program, question)
        try:
            return list(came)
        except TypeError:
            why = "it gives nothing back: is there a `return`?" if came is None else (
                f"it should be {what}")
            self.wrong(why, short(came), what)

    def called(self, things: Iterable[Any]) -> list[str]:
        """What each thing is called in the lines run last; what has no name, as it is written."""
        hers = self.answer.names  # she may have an a of her own
        ours = {name: thing for name, thing in self.names.items() if thing is not hers.get(name)}
        return [next((name for name, thing in ours.items() if thing is each), short(each))
                for each in things]


def borrowed(names: Mapping[str, Any]) -> str:
    """Which of the names in a file comes from another engine; nothing if none does."""
    for name, thing in names.items():
        for part in thing.__mro__ if isinstance(thing, type) else [thing]:
            where = "__name__" if isinstance(part, ModuleType) else "__module__"
            if f"{getattr(part, where, '')}.".startswith(OTHERS):
                return name
    return ""


def unfound(sign: str, said: str, inside: Mapping[str, Any]) -> str:
    """Which method of the class Python has looked for; nothing if it is there.

    >>> unfound("-", "unsupported operand type(s) for -: 'int' and 'Value'", {})
    '. The number stands on the left, so Value is asked for __rsub__, which it does not have'
    """
    unary, left = "unary" in said, "'Value' and" in said or "unary" in said
    name = "neg" if unary else SIGNS.get(sign, "")
    method = f"__{'' if left else 'r'}{name}__"
    if not name or method in inside:
        return ""
    where = "" if left else "The number stands on the left, so "
    return f". {where}Value is asked for {method}, which it does not have"


def misplaced(names: Mapping[str, Any]) -> str:
    """Which method Python does not find for its name or its place; nothing if there is none."""
    for name in names:
        if name in METHODS:
            return f". {name} stands outside of the class: indent it, so that it is in it"
    for name in vars(names["Value"]):
        full = f"__{name.strip('_')}__"
        if name != full and full in METHODS:
            return f". There is {name}; it takes two underscores on each side, {full}"
    return ""
