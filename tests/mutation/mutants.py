"""The mutants of a source text: each is the text with one small mistake in it.

    kind        a line                  and what becomes of it
    operator    a + b                   a - b
    comparison  a < b                   a <= b; a >= b
    constant    2                       3
    condition   if a and b:             if True:; if False:; if a or b:; if a:; if b:
    deleted     total += x              pass
    swapped     pow(a, b)               pow(b, a)

Left alone are texts, docstrings, annotations, decorators, imports and base classes; and asserts and
`strict=True`, which are checks of what never happens.

>>> for mutant in mutants("def f(a):\\n    return a - 1\\n"):
...     print(mutant)
2: return a - 1 -> return None
2: a - 1 -> a + 1
2: 1 -> 2
"""

import ast
from collections.abc import Iterator
from copy import copy
from itertools import pairwise
from typing import NamedTuple

OPERATORS: dict[type, type] = {
    ast.Add: ast.Sub,       ast.Sub: ast.Add,       ast.Mult: ast.Div,      ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,  ast.Mod: ast.Mult,      ast.Pow: ast.Mult,      ast.BitXor: ast.BitAnd,
    ast.BitAnd: ast.BitOr,  ast.BitOr: ast.BitAnd,  ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}
COMPARISONS: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),  ast.GtE: (ast.Gt, ast.Lt),  ast.Eq: (ast.NotEq,),
    ast.Gt: (ast.GtE, ast.LtE),  ast.LtE: (ast.Lt, ast.Gt),  ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),        ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),        ast.NotIn: (ast.In,),
}
SYMMETRIC = ("min", "max", "hypot", "dist", "isclose", "close", "gcd")  # in any order
ALONE = ast.Assert | ast.Import | ast.ImportFrom
FIELDS_ALONE = ("annotation", "returns", "decorator_list", "bases", "type_params", "format_spec")
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
STORE = ast.Assign | ast.AnnAssign | ast.AugAssign

Change = tuple[str, ast.AST, ast.AST]  # its kind, the node, and what takes its place


class Mutant(NamedTuple):
    """One mistake: the bytes from `start` to `end` become `text`.

    Who runs one of the lines from `first` to `last` may notice.
    """

    line: int
    kind: str
    before: str
    after: str
    start: int
    end: int
    text: str
    first: int
    last: int
    table: str = ""  # the name that the module gives to what this is part of, if it is data

    def __str__(self) -> str:
        return f"{self.line}: {self.before} -> {self.after}"

    def planted(self, source: str) -> str:
        """The source with this mistake in it."""
        data = source.encode()
        return (data[: self.start] + self.text.encode() + data[self.end :]).decode()


def mutants(source: str) -> list[Mutant]:
    """All mutants of a source text, in the order of their places."""
    tree = ast.parse(source)
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found: dict[tuple[int, int, str], Mutant] = {}
    for node, above in walk(tree):
        for kind, old, new in changes(node, above):
            # Places within an f-string are true from Python 3.12 on: all of it is written anew.
            place = next((each for each in above if isinstance(each, ast.JoinedStr)), old)
            text = written(place, old, new, [*above, node])
            if isinstance(place, ast.expr):
                text = f"({text})"
            start, end = (starts[place.lineno - 1] + place.col_offset,
                          starts[place.end_lineno - 1] + place.end_col_offset)
            first, last = lines([*above, node, old])
            found.setdefault((start, end, text), Mutant(
                place.lineno, kind, ast.unparse(old), ast.unparse(new), start, end, text, first,
                last or len(starts), table_of([*above, node])))
    return sorted(found.values(), key=lambda mutant: (mutant.start, -mutant.end))


def walk(tree: ast.Module) -> Iterator[tuple[ast.AST, list[ast.AST]]]:
    """The nodes in which something may be changed, each with those that it is in."""
    waiting: list[tuple[ast.AST, list[ast.AST]]] = [(tree, [])]
    while waiting:
        node, above = waiting.pop()
        yield node, above
        for name, field in ast.iter_fields(node):
            if name not in FIELDS_ALONE and not (name == "test" and guard(node)):
                waiting += [(each, [*above, node])
                            for each in (field if isinstance(field, list) else [field])
                            if isinstance(each, ast.AST) and not isinstance(each, ALONE)
                            and getattr(each, "arg", "") != "strict"]


def guard(node: ast.AST) -> bool:
    """Whether this is `if TYPE_CHECKING` or `if __name__ == "__main__"`."""
    return isinstance(node, ast.If) and any(
        isinstance(each, ast.Name) and each.id in ("TYPE_CHECKING", "__name__")
        for each in ast.walk(node.test))


def changes(node: ast.AST, above: list[ast.AST]) -> Iterator[Change]:
    """What may be changed of a node itself."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in OPERATORS:
        yield "operator", node, but(node, op=OPERATORS[type(node.op)]())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield "operator", node, node.operand
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            for other in COMPARISONS[type(op)]:
                ops = [*node.ops[:i], other(), *node.ops[i + 1:]]
                yield "comparison", node, but(node, ops=ops)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float | complex):
        yield "constant", node, but(node, value=another(node.value))
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "condition", node, but(node, op=other)
        for i in range(len(node.values)):
            rest = node.values[:i] + node.values[i + 1:]
            yield "condition", node, but(node, values=rest) if rest[1:] else rest[0]
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not guard(node):
        tests = [node.test]
    else:
        tests = node.ifs if isinstance(node, ast.comprehension) else []
    for test in tests:
        for value in (True, False)[isinstance(node, ast.While):]:
            if not isinstance(test, ast.Constant):
                yield "condition", test, ast.Constant(value)
    if isinstance(node, ast.Return) and not is_constant(node.value, None):
        yield "deleted", node, ast.Return(ast.Constant(None))
    elif isinstance(node, ast.stmt) and may_go(node, above):
        yield "deleted", node, ast.Pass()
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] not in SYMMETRIC:
        for i, (one, two) in enumerate(pairwise(node.args)):
            if not any(isinstance(each, ast.Starred) for each in (one, two)):
                args = [*node.args[:i], two, one, *node.args[i + 2:]]
                if ast.dump(one) != ast.dump(two):
                    yield "swapped", node, but(node, args=args)


def but(node: ast.AST, **fields: object) -> ast.AST:
    """A copy of a node that differs in these fields."""
    other = copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def another(value: bool | int | float | complex) -> bool | int | float | complex:
    """The value that takes the place of a constant."""
    if isinstance(value, bool):
        return not value
    return value + 1 if value + 1 != value else 2 * value


def is_constant(node: ast.AST | None, value: object) -> bool:
    """Whether a node is this constant, or nothing."""
    return node is None or (isinstance(node, ast.Constant) and node.value is value)


def may_go(node: ast.stmt, above: list[ast.AST]) -> bool:
    """Whether Python would still know all names if the statement were not there."""
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Constant)  # a docstring, or `...`
    if not isinstance(node, STORE):
        return isinstance(node, ast.Raise | ast.Continue | ast.Break | ast.Delete)
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [each.id for target in targets for each in ast.walk(target)
             if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]
    home = next((each for each in reversed(above) if isinstance(each, FUNCTION)), None)
    if home is None or (isinstance(node, ast.AnnAssign) and node.value is None):
        return False
    bound = [each.arg for each in ast.walk(home.args) if isinstance(each, ast.arg)]
    bound += [each.id for each in ast.walk(home)
              if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]
    return all(bound.count(name) > 1 for name in names)


def table_of(path: list[ast.AST]) -> str:
    """The name of the table, at the top of a module, that a node stands in; "" if in none."""
    top = path[1] if len(path) > 1 else None
    if not isinstance(top, ast.Assign | ast.AnnAssign) or any(
            isinstance(each, FUNCTION) for each in path):
        return ""
    target = top.targets[0] if isinstance(top, ast.Assign) else top.target
    return ast.unparse(target)


def lines(path: list[ast.AST]) -> tuple[int, int]:
    """The first and the last line to run if the last node is to matter; (1, 0) for all lines."""
    for i in reversed(range(len(path) - 1)):
        home, inner = path[i], path[i + 1]
        if isinstance(home, FUNCTION):
            if isinstance(inner, ast.arguments):
                body = home.body if isinstance(home.body, list) else [home.body]
                return body[0].lineno, home.end_lineno
            place = next((each for each in reversed(path[i + 1:]) if isinstance(each, ast.stmt)),
                         home)
            body = getattr(place, "body", None)
            last = body[0].lineno - 1 if isinstance(body, list) else place.end_lineno
            return place.lineno, max(place.lineno, last)
        if isinstance(home, ast.ClassDef):
            return home.lineno, home.end_lineno
    return 1, 0


def written(place: ast.AST, old: ast.AST, new: ast.AST, above: list[ast.AST]) -> str:
    """The text of a place in which a node is exchanged for another."""
    if place is old:
        return ast.unparse(new)
    parent = next(each for each in reversed(above) if old in children(each))
    for name, field in ast.iter_fields(parent):
        if field is old or (isinstance(field, list) and old in field):
            other = [new if each is old else each for each in field] if field is not old else new
            setattr(parent, name, other)
            try:
                return ast.unparse(place)
            finally:
                setattr(parent, name, field)
    raise AssertionError("a parent has its child")


def children(node: ast.AST) -> list[ast.AST]:
    return list(ast.iter_child_nodes(node))
