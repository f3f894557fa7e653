'''1. A number that remembers

Numbers forget. After 3.0 * 4.0 there is 12.0, and nothing in it says that it came from a 3 and a 4.
An engine that is to find slopes needs numbers that remember how they were made.

Your file has the beginning of one: a class. A class is a plan by which things are made. Value(3.0)
makes one of them and hands it to __init__ under the name `self`, together with the 3.0. What is
stored there as self.data can be asked for later:

    a = Value(3.0)
    a.data          # 3.0
    a.inputs        # (), as it was made from nothing else

Now let + work. For a + b Python looks into the class for a method called __add__ (two underscores
on each side) and calls it with a as `self` and b as `other`. So write one, below __init__
and indented as it is:

    def __add__(self, other):
        return ...

It is to give back a new Value. Its data is the sum of the two numbers. Its inputs are the two
Values themselves, (self, other): they may have inputs of their own, and so the memory goes back to
the very beginning. Then do the same for *, in __mul__.

Lines to try things with, and print, may stand at the end of your file. They are run, too.

What is tested: a + b and a * b for two Values, and of the result .data and .inputs.
'''

from lessons.grading.answer import Answer
from lessons.workshop.asking import Engine

HINTS = (
    "What should `return` be followed by? Not a number: numbers forget. Make a new Value, as "
    "Value(3.0) does.",
    "The number of the one is self.data, that of the other is other.data. The second argument of "
    "Value(...) is what it was made from.",
    "return Value(self.data + other.data, (self, other)), and in __mul__ the same with *.",
)
WORDS = {
    "RecursionError": "self + other asks __add__, which asks self + other again, for ever: add the "
    "two numbers, self.data + other.data",
    "'NoneType' object": "the method gives nothing back: it needs a `return`",
    "object has no attribute 'data'": "what it gives back is a plain number, and numbers forget: "
    "put it into Value(...)",
}
PAIR = "a = Value(3.0); b = Value(4.0); "


def check(answer: Answer) -> str:
    """Sums and products, what they were made from, and that nothing else has changed."""
    engine = Engine(answer, WORDS)
    engine.gives("a = Value(3.0)", "a.data", 3.0, why="a Value keeps its number as .data")
    for sign, result in (("+", 7.0), ("*", 12.0)):
        program = f"{PAIR}c = a {sign} b"
        engine.gives(program, "c.data", result, {
            12.0: "that is the product, and + is to add",
            7.0: "that is the sum, and * is to multiply",
        })
        engine.gives(program, "a.data", 3.0, why="a itself was changed: leave it as it is, and "
                     "make a new Value")
        made_from(engine, program, ["a", "b"])
    made_from(engine, "a = Value(3.0); c = a * a", ["a", "a"])
    made_from(engine, f"{PAIR}c = a * b; d = c + a", ["c", "a"], "d.inputs")
    return "from d = a*b + a the way leads back to a and b"


def made_from(engine: Engine, program: str, names: list[str], question: str = "c.inputs") -> None:
    """Check what a result was made from."""
    inputs = engine.ask(program, question)
    expected = f"({', '.join(names)}): the Values themselves"
    if not isinstance(inputs, tuple | list):
        engine.wrong("it should be a pair, (self, other); a set keeps no order, and nothing twice",
                     inputs, expected)
    came = engine.called(inputs)
    if came == names:
        return
    if not came:
        why = "the result does not know what it was made from: give Value(...) its second argument"
    elif any(isinstance(x, int | float) for x in inputs):
        why = "these are numbers, and numbers forget: keep the Values, (self, other)"
    else:
        why = "it should be the two Values, the left one first"
    engine.wrong(why, f"({', '.join(came)})", expected)
