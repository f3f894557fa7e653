'''3. The order: inputs first

The slope of a result is found by walking back through all that it was made from. In which order?
Take b = a + a, and then c = a * b. A walk back from c meets a at once, as an input of c. But a has
to wait, for b has something to tell it, too. So the walk needs a list in which each Value stands
after all those it was made from. Here that is a, b, c; read from its end, c, b, a.

Write inputs_first(result). It gives back such a list: the result itself stands last, and each Value
stands there once, however often it was used.

The obvious way is a function that calls itself for each input. Python lets functions call each
other only 1,000 deep, and a sum over a few thousand films is deeper. So keep a list of your own of
what is still to be done, a stack: things are put on its end and taken from its end.

    order = []
    stack = [result]
    while stack:
        node = stack.pop()
        ...

stack.pop() takes the last one off. Is there an input that is not in the order yet? Then the node
has to wait: put it back, and those inputs on top of it. If there is none, its turn has come: it
goes to the end of the order, unless it is there already (it may have been put on the stack twice).

What is tested: inputs_first(result), also for a result that is 2,000 operations deep.
'''

from lessons.grading.answer import Answer
from lessons.workshop.asking import Engine

HINTS = (
    "With pencil and paper: b = a + a, c = a * b. Write down the stack after each turn of the "
    "loop. It begins with [c].",
    "waiting = [x for x in node.inputs if x not in order] are the inputs that have to come first. "
    "If there are any, the node goes back on the stack, and then they.",
    "stack += [node, *waiting] puts the node back and its waiting inputs on top. Else, and only if "
    "node is not in order, order.append(node). After the loop, return order.",
)
LATE = ("A node that has to wait must lie below its inputs: if it lies above them, it is the next "
        "to be taken off, and has to wait again, for ever. Does every turn of the loop take "
        "something off the stack? If a set says what has been met, is each node put into it? A "
        "walk that does not look whether a Value has been met goes every path anew: here there "
        "are 2**40 of them.")
WORDS = {
    "RecursionError": "this result is 2,000 operations deep, and functions may call each other "
    "only 1,000 deep: keep a stack of your own, a list",
}
CASES = (  # each has one order only
    ("a = Value(2.0)", "a"),
    ("a = Value(2.0); b = a + a; c = a * b", "abc"),
    ("a = Value(2.0); b = a + a; c = b * a", "abc"),
    ("a = Value(2.0); b = a * a; c = a + b; d = b * c", "abcd"),
    ("a = Value(2.0); b = a * a; c = a + b; d = c * b; e = d + a", "abcde"),
)
DEEP = "a = Value(1.0); x = a\nfor _ in range(2000):\n    x = x * a"
DOUBLED = "x = Value(1.0)\nfor _ in range(40):\n    x = x + x"


def check(answer: Answer) -> str:
    """Small graphs with shared parts, then a deep one, then one with very many paths."""
    engine = Engine(answer, WORDS)
    for program, names in CASES:
        in_order(engine, program, [*names])
    why = "each Value is to stand there once, and none is to be missing"
    engine.gives(DEEP, "len(inputs_first(x))", 2001, why=why)
    engine.gives(DOUBLED, "len(inputs_first(x))", 41, why=why)
    return "2,000 operations deep does not matter, nor that 2**40 paths lead through 40 doublings"


def in_order(engine: Engine, program: str, names: list[str]) -> None:
    """Check the order of the Values of a program, the last of which is the result."""
    came = engine.called(engine.listed(program, f"inputs_first({names[-1]})"))
    if came == names:
        return
    if len(set(came)) < len(came):
        why = "each Value is to stand there once: look whether it is in the order already"
    elif came == names[::-1]:
        why = "that is the wrong way round: inputs first, and the result last"
    elif missing := [name for name in names if name not in came]:
        why = f"{missing[0]} is missing"
    elif sorted(came) == names:
        early = next(name for name, right in zip(came, names, strict=True) if name != right)
        why = (f"{early} comes too early: something that it was made from stands after it. Taken "
               "as soon as it was met?")
    else:
        why = "something stands there that the result was not made from"
    engine.wrong(why, f"[{', '.join(came)}]", f"[{', '.join(names)}]")
