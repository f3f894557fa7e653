"""What the check of an exercise can say of a wrong answer: the slips that it knows.

They are the sentences of its table, where it has one, and of the check's own source: nobody has to
keep a second list of them. Of the texts that stand in the source these are left out: docstrings and
hints; what was asked, came or was expected (all but the first argument of `Wrong`, and what has
such a name); what is said of a right answer; and what only says of which form an answer has to be.

>>> diagnoses("l22_exact")[2]
'this is not the bottom: a step against the slopes would lower the loss'
"""

import ast
import re
import tokenize
from collections.abc import Iterator

from lessons import course
from lessons.grading import checker

HOLE = "…"  # what is worked out only when an answer is there
FEWEST = 4  # words of a sentence
FORM = ("it should be", "it should return", "each guess should be")  # so begins what is none
NO_DIAGNOSIS = ("hints", "asked", "came", "expected")  # how a name begins


def diagnoses(name: str) -> tuple[str, ...]:
    """The sentences that the check of that name may answer with, its table's first."""
    file = course.FOLDER / "grading" / "checks" / f"{name}.py"
    if not file.is_file():  # a lesson of the reader's own
        return ()
    with tokenize.open(file) as source:
        body = ast.parse(source.read())
    names = {part.name for part in body.body if isinstance(part, ast.FunctionDef)}
    texts: list[str] = []
    if exercise := checker.exercise(name):
        texts = [re.sub(r"\{.*?\}", HOLE, each) for each in exercise.sentences]
    if "check" in names:
        texts += _texts(body)
    found = [_trimmed(text) for text in texts]
    return tuple(dict.fromkeys(each for each in found if _is_sentence(each)))


def _texts(node: ast.AST) -> Iterator[str]:
    """The texts in a piece of source that may be diagnoses, with holes."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else HOLE for p in parts)
        case ast.Expr(value=ast.Constant()):  # a docstring
            return
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) \
                | ast.AugAssign(target=ast.Name(id=name)) if name.lower().startswith(NO_DIAGNOSIS):
            return
        case ast.Call(func=ast.Name(id="Wrong"), args=[why, *_]):
            yield from _texts(why)
        case ast.FunctionDef(name="exercise"):  # whose table has been asked
            return
        case ast.FunctionDef(name="check", body=[*steps, ast.Return()]):
            for step in steps:
                yield from _texts(step)
        case _:
            for part in ast.iter_child_nodes(node):
                yield from _texts(part)


def _trimmed(text: str) -> str:
    """The text without what joins it to another one."""
    return text.removesuffix(f": {HOLE}").strip(" ;,")


def _is_sentence(text: str) -> bool:
    """Whether this is said in words, and of a slip."""
    words = re.findall(r"(?<!\S)[A-Za-z]{2,}(?=[.,:;?!]?(?!\S))", text)
    return len(words) >= FEWEST and not text.startswith(FORM)
