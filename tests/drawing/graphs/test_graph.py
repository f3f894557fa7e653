import io
import math
import random
import re
from fractions import Fraction
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from mathlab import Value, sin, symbols
from mathlab.calculus.graph.chain_rule import local_slopes
from mathlab.drawing.graphs import graph
from mathlab.drawing.graphs.graph import dot, outline, svg, terminal
from mathlab.drawing.graphs.nodes import Told, in_order
from mathlab.drawing.paper.ink import COLOURS
from tests.thinned import thinned


def leaf(name="", data=1.0, grad=0.0):
    return SimpleNamespace(inputs=(), operation=None, name=name, data=data, grad=grad)


def made(operation, *inputs, name="", data=1.0, grad=0.0):
    operation = SimpleNamespace(name=operation)
    return SimpleNamespace(inputs=inputs, operation=operation, name=name, data=data, grad=grad)


def constant(data):
    return made("constant", data=data)


def chain(length):
    node = leaf("x")
    for _ in range(length):
        node = made("sin", node)
    return node


def diamond():
    """The graph of b = a + a; c = b * b at a = 3: c = 4 a**2, dc/db = 12, dc/da = 24."""
    a = leaf("a", 3.0, 24.0)
    b = made("+", a, a, name="b", data=6.0, grad=12.0)
    return made("*", b, b, name="c", data=36.0, grad=1.0)


def test_an_outline_names_shared_nodes_once():
    assert outline(diamond()).splitlines() == [
        "a           data 3    grad 24",
        "b = a + a   data 6    grad 12",
        "c = b * b   data 36   grad 1",
    ]


X, Y = leaf("x"), leaf("y")


@pytest.mark.parametrize(
    ("node", "line"),
    [
        (made("+", X, Y), "v1 = x + y"),
        (made("-", X, Y), "v1 = x - y"),
        (made("*", X, Y), "v1 = x * y"),
        (made("/", X, Y), "v1 = x / y"),
        (made("**", X, constant(2)), "v1 = x ** 2"),
        (made("negate", X), "v1 = -x"),
        (made("sin", X, name="height"), "height = sin(x)"),
        (made("hypot", X, Y), "v1 = hypot(x, y)"),
        (leaf("x"), "x"),
        (leaf(), "v1"),
        (constant(2.5), "2.5"),
    ],
)
def test_a_line_reads_like_arithmetic(node, line):
    assert outline(node).splitlines()[-1].split("   ")[0] == line


def test_inputs_come_before_what_is_made_of_them():
    deep = made("+", leaf("p"), made("exp", leaf("q"), name="r"), name="s")
    top = made("*", deep, deep.inputs[1], name="t")
    order = in_order(top)
    assert [node.name for node in order] == ["p", "q", "r", "s", "t"]
    position = {id(node): i for i, node in enumerate(order)}
    assert all(
        position[id(source)] < position[id(node)] for node in order for source in node.inputs
    )


def test_no_two_nodes_share_a_name():
    nodes = [leaf("x"), leaf("x"), leaf("v1"), leaf(), leaf("x_2"), leaf()]
    lines = outline(made("sum", *nodes, name="x")).splitlines()
    names = [line.split()[0] for line in lines]
    assert len(set(names)) == 7
    assert names[0] == "x" and names[2] == "v1" and names[4] == "x_2"
    assert lines[-1].split("   ")[0] == f"{names[-1]} = sum({', '.join(names[:-1])})"


def test_given_names_are_kept_and_found_names_go_around_them():
    lines = outline(made("sum", leaf(), leaf("v1"), leaf(), name="total")).splitlines()
    assert lines[-1].split("   ")[0] == "total = sum(v2, v1, v3)"


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (1 / 3, "0.333333"),
        (1e300, "1e+300"),
        (2, "2"),
        (Fraction(1, 3), "1/3"),
        (2 + 3j, "(2+3j)"),
        (float("nan"), "nan"),
        (10**50, "100000000000000000000..."),
        (Fraction(10**5000), "(too long to write)"),
    ],
)
def test_numbers_are_short(data, shown):
    assert outline(leaf("x", data)) == f"x   data {shown}   grad 0"


# lengths of a chain, and how many of its lines are left out
LENGTHS = [(39, 0), (40, 21), (100, 81), *thinned([(10_000, 9_981), (100_000, 99_981)], keep=1)]


@pytest.mark.parametrize(("length", "left_out"), LENGTHS)
def test_a_long_outline_shows_both_ends_and_says_how_much_is_missing(length, left_out):
    lines = outline(chain(length)).splitlines()
    if not left_out:
        assert len(lines) == length + 1
        return
    assert len(lines) == 21
    assert lines[10] == f"... {left_out:,} more ..."
    assert lines[0].split()[0] == "x"
    assert lines[-1].startswith(f"v{length} = sin(v{length - 1})")


def test_a_slope_that_nobody_asked_for_is_not_made_up():
    node = SimpleNamespace(inputs=(), operation=None, name="x", data=1.0)
    assert outline(node) == "x   data 1   no grad yet"


def test_an_outline_in_ascii_is_ascii():
    node = leaf("\u03b1\n\x1b[31m")
    assert outline(node, unicode=True).startswith("\u03b1 [31m ")
    assert outline(node, unicode=False).startswith("? [31m ")


def test_an_outline_suits_standard_output_by_default(monkeypatch):
    monkeypatch.setattr(graph.sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp1252"))
    assert outline(leaf("\u03b1")).startswith("? ")


def test_columns_are_aligned():
    lines = outline(made("*", leaf("long name", 1e-7), leaf("y", 123456.0))).splitlines()
    assert len({line.index("data") for line in lines}) == 1
    assert len({line.index("grad") for line in lines}) == 1


def test_dot_has_each_node_once_and_an_edge_for_each_use():
    lines = dot(diamond()).splitlines()
    assert lines[0] == "digraph {" and lines[-1] == "}"
    assert sorted(line.strip() for line in lines if "->" in line) == [
        "n0 -> n1", "n0 -> n1", "n1 -> n2", "n1 -> n2",
    ]
    assert [line.strip() for line in lines if "label" in line] == [
        r'n0 [label="a\ndata 3\ngrad 24"]',
        r'n1 [label="b = a + a\ndata 6\ngrad 12"]',
        r'n2 [label="c = b * b\ndata 36\ngrad 1"]',
    ]


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ('say "x"', r"say \"x\""),
        ("back\\slash", r"back\\slash"),
        ('"]; evil [label="', r"\"]; evil [label=\""),
        ("two\nlines", "two lines"),
        ("a &lt; b", "a &amp;lt; b"),
        ("\\", r"\\"),
    ],
)
def test_names_cannot_leave_their_quotes(name, quoted):
    line = next(line for line in dot(leaf(name)).splitlines() if "n0" in line)
    assert line == f'    n0 [label="{quoted}\\ndata 1\\ngrad 0"]'
    assert re.fullmatch(r'    n0 \[label="([^"\\]|\\.)*"\]', line)


def test_constants_look_different_in_dot():
    lines = dot(made("**", leaf("x"), constant(2))).splitlines()
    assert [line for line in lines if "plaintext" in line] == [
        r'    n1 [label="2\ndata 2\ngrad 0", shape=plaintext]'
    ]


def test_a_chain_of_any_length_is_drawn():
    length = max(thinned((10_000, 100_000), keep=1))
    assert dot(chain(length)).count("->") == length


def numbered_slopes(node):
    """Slopes that tell in the picture which input of which node they belong to."""
    return [(source, f"{node.name}.{i}") for i, source in enumerate(node.inputs)]


def each(*slopes):
    """These slopes for the inputs of whatever node; None for one that is left out."""
    return lambda node: [(x, s) for x, s in zip(node.inputs, slopes, strict=False) if s is not None]


UP, DOWN, LEFT, RIGHT = (-1, 0), (1, 0), (0, -1), (0, 1)
TURNS = {
    (UP, "\u2510"): LEFT, (UP, "\u250c"): RIGHT, (LEFT, "\u2514"): UP, (RIGHT, "\u2518"): UP,
    (UP, "\u2502"): UP, (LEFT, "\u2500"): LEFT, (RIGHT, "\u2500"): RIGHT,
    **{(way, "\u253c"): way for way in (UP, LEFT, RIGHT)},
}


def seen(picture):
    """What a reader sees: the lines of each box, and (from, to, slope) for each arrow.

    Every arrow is followed from its head back to the box it comes from, as an eye would.
    """
    rows = [line.ljust(100) for line in picture.splitlines()]

    def box(row, column, corner, down):
        while rows[row][column] != corner:
            assert rows[row][column] in "\u2500\u252c\u25bc"
            column -= 1
        right = rows[row + down].index("\u2502", column + 1)
        inside = [rows[row + down * i][column + 1 : right].strip() for i in (1, 2, 3)]
        return tuple(inside[::down])

    arrows, boxes = [], []
    for row, line in enumerate(rows):
        for column, sign in enumerate(line):
            if sign == "\u25bc":
                slope = re.split(r"  |\u2502", rows[row - 1][column + 1 :])[0].strip()
                y, x, way = row - 1, column, UP
                while rows[y][x] != "\u252c":
                    way = TURNS[way, rows[y][x]]
                    y, x = y + way[0], x + way[1]
                arrows.append((box(y, x, "\u2514", -1), box(row, column, "\u250c", 1), slope))
            if re.match(r"\u250c[\u2500\u25bc]+\u2510", line[column:]) and (
                rows[row + 2][column] == "\u2502" and "data" in rows[row + 2][column : column + 30]
            ):
                boxes.append(box(row, column, "\u250c", 1))
    return boxes, arrows


def first(lines):
    return lines[0].split(" = ")[0]


def test_the_picture_of_a_diamond():
    assert (
        terminal(diamond(), lambda node: [(x, x.data) for x in node.inputs], 40, unicode=False)
        == """\
 +---------+
 |    a    |
 | data 3  |
 | grad 24 |
 +-+----+--+
   | 3  | 3
+--v----v---+
| b = a + a |
|  data 6   |
|  grad 12  |
+--+----+---+
   | 6  | 6
+--v----v---+
| c = b * b |
|  data 36  |
|  grad 1   |
+-----------+"""
    )


def test_pictured_slopes_are_right_where_a_number_is_used_twice():
    a = Value(3.0, "a")
    b = a + a
    c = b * b
    b.name, c.name = "b", "c"
    c.backward()
    boxes, arrows = seen(terminal(c, local_slopes, 40, unicode=True))
    assert sorted(boxes) == [
        ("a", "data 3", "grad 24"),
        ("b = a + a", "data 6", "grad 12"),
        ("c = b * b", "data 36", "grad 1"),
    ]
    slopes = [(first(start), first(end), slope) for start, end, slope in arrows]
    assert sorted(slopes) == [("a", "b", "1"), ("a", "b", "1"), ("b", "c", "6"), ("b", "c", "6")]


@pytest.mark.parametrize("width", [40, 80, 100])
def test_along_the_pictured_slopes_the_chain_rule_gives_the_pictured_grads(width):
    x, y = Value(2.0, "x"), Value(3.0, "y")
    result = x * y + sin(x)
    result.backward()
    boxes, arrows = seen(terminal(result, local_slopes, width, unicode=True))
    by_name = {(first(start), first(end)): float(slope) for start, end, slope in arrows}
    assert by_name == pytest.approx({
        ("x", "v1"): 3, ("y", "v1"): 2, ("x", "v2"): math.cos(2), ("v1", "v3"): 1, ("v2", "v3"): 1,
    }, rel=1e-5)
    grads = {first(box): float(box[2].split()[1]) for box in boxes}
    for name in ("x", "y", "v1", "v2"):
        paths = [s * grads[end] for (start, end), s in by_name.items() if start == name]
        assert sum(paths) == pytest.approx(grads[name], rel=1e-5)


def tangle(seed):
    """A random graph, of nodes with names."""
    chance = random.Random(seed)
    nodes = [leaf(f"n{i}") for i in range(chance.randint(1, 3))]
    for i in range(len(nodes), chance.randint(4, 14)):
        inputs = chance.choices(nodes[-5:], k=chance.choice([1, 2, 2, 2, 3]))
        nodes.append(made("f", *inputs, name=f"n{i}", data=i))
    return nodes[-1]


@pytest.mark.parametrize("seed", thinned(range(120), keep=24))
@pytest.mark.parametrize("width", [100, 1000])
def test_whoever_follows_the_arrows_of_a_tangle_finds_the_graph(seed, width):
    result = tangle(seed)
    order = in_order(result)
    picture = terminal(result, numbered_slopes, width, unicode=True)
    assert max(map(len, picture.splitlines())) <= width
    if "\u250c" not in picture:  # an outline: only what has no room
        wide = terminal(result, numbered_slopes, 1000, unicode=True)
        assert width < max(map(len, wide.splitlines()))
        return
    boxes, arrows = seen(picture)
    assert sorted(map(first, boxes)) == sorted(node.name for node in order)
    assert sorted((first(start), first(end), slope) for start, end, slope in arrows) == sorted(
        (source.name, node.name, f"{node.name}.{i}")
        for node in order
        for i, source in enumerate(node.inputs)
    )
    in_ascii = str.maketrans("\u2502\u2500\u253c\u252c\u250c\u2510\u2514\u2518\u25bc", "|-|+++++v")
    assert terminal(result, numbered_slopes, width, unicode=False) == picture.translate(in_ascii)


def squares():
    """(x - y) * (x + y) / (x * y), which has no room in 40 columns."""
    x, y = leaf("x", 2.0, 1.08333), leaf("y", 3.0, -0.722222)
    top = made("*", made("-", x, y, data=-1.0), made("+", x, y, data=5.0), data=-5.0)
    return made("/", top, made("*", x, y, data=6.0), data=-5 / 6, grad=1.0)


def test_what_is_too_wide_is_outlined_with_its_slopes():
    assert "\u250c" in terminal(squares(), width=80, unicode=True)
    assert terminal(squares(), each(0.5, 0.5), width=40, unicode=True).splitlines() == [
        "x              data 2",
        "    grad 1.08333",
        "y              data 3",
        "    grad -0.722222",
        "v1 = x - y     data -1",
        "    grad 0   slopes 0.5, 0.5",
        "v2 = x + y     data 5",
        "    grad 0   slopes 0.5, 0.5",
        "v3 = v1 * v2   data -5",
        "    grad 0   slopes 0.5, 0.5",
        "v4 = x * y     data 6",
        "    grad 0   slopes 0.5, 0.5",
        "v5 = v3 / v4   data -0.833333",
        "    grad 1   slopes 0.5, 0.5",
    ]


def oddities():
    long_name = leaf("a rather long name, longer than any box should be")
    bare = SimpleNamespace(inputs=(), operation=None, name="x", data=1.0)
    x, y = symbols("x y")
    return {
        "one number": leaf("x"),
        "one constant": constant(2.5),
        "no grad": bare,
        "no inputs but constants": made("+", constant(1), constant(2)),
        "nan": made("sin", leaf("x", math.nan), data=math.nan, grad=math.inf),
        "huge": made("+", leaf("n", 10**5000), leaf("m", -(10**50))),
        "fractions": made("+", leaf("p", Fraction(1, 3)), leaf("q", Fraction(10**50, 3))),
        "symbols": sin(x * y) / (x + y),
        "long names": made("*", long_name, long_name, name="another name that is long too"),
        "no names": made("hypot", leaf(), leaf()),
        "two of one name": made("+", leaf("x"), leaf("x")),
        "wide letters": made("exp", leaf("\u65e5\u672c"), name="\u03b1"),
        "controls": made("\x1b[31m\n", leaf("\x00\x1b[2J"), name="a\nb"),
        "markup": made("<&>", leaf("</svg>"), leaf("\"quoted\" & 'so'"), name="a < b"),
        "many inputs": made("total", *(leaf(f"x{i}") for i in range(39)), name="sum"),
        "many uses": made("total", *[leaf("x")] * 39, name="sum"),
        "chain of 40": chain(39),
        "chain of 41": chain(40),
        "long chain": chain(2_000),
        "many of many": made("total", *(made("exp", leaf()) for _ in range(500))),
    }


ODDITIES = oddities()


@pytest.mark.parametrize("slopes", [None, each(*[1.25] * 99)])
@pytest.mark.parametrize("result", ODDITIES.values(), ids=ODDITIES)
@pytest.mark.parametrize("width", thinned([1, 40, 60, 100], keep=2))
def test_every_picture_keeps_to_its_width_and_its_characters(result, width, slopes):
    for unicode in (True, False):
        picture = terminal(result, slopes, width, unicode)
        for line in picture.splitlines():
            assert len(line) <= max(40, width)
            assert line == line.rstrip() and line.isprintable()
            assert unicode or line.isascii()
        assert "data" in picture


@pytest.mark.parametrize(
    ("result", "lines"),
    [
        (leaf("x", 2.0), ["x", "data 2", "grad 0"]),
        (constant(2.5), ["2.5", "data 2.5", "grad 0"]),
        (ODDITIES["no grad"], ["x", "data 1", "no grad yet"]),
        (symbols("x")[0], ["x", "data unknown", "grad 0"]),
        (leaf("x", math.nan, math.inf), ["x", "data nan", "grad inf"]),
        (leaf("x", Fraction(1, 3)), ["x", "data 1/3", "grad 0"]),
        (leaf("x", 10**5000), ["x", "data (too long to write)", "grad 0"]),
        (made("**", constant(3), constant(2), data=9), ["v1 = 3 ** 2", "data 9", "grad 0"]),
    ],
)
def test_one_box_says_all(result, lines):
    inside = [line.strip("| ") for line in terminal(result, width=40, unicode=False).splitlines()]
    assert inside[1:-1] == [line if len(line) <= 24 else line[:21] + "..." for line in lines]


def test_words_in_boxes_are_short_and_plain():
    picture = terminal(ODDITIES["long names"], each("\u03b1\n1", "2"), 60, unicode=False)
    assert "| a rather long name, l... |" in picture.splitlines()[1]
    assert "| ? 1" in picture


def test_constants_stand_in_the_formula_and_not_in_boxes():
    picture = terminal(made("**", leaf("x"), constant(2)), each(6, None), unicode=True)
    boxes, arrows = seen(picture)
    assert [first(box) for box in boxes] == ["x", "v1"]
    assert boxes[1][0] == "v1 = x ** 2"
    assert [slope for *_, slope in arrows] == ["6"]


def test_pictures_suit_standard_output_by_default(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    for encoding, corner in (("cp1252", "+"), ("utf-8", "\u250c")):
        monkeypatch.setattr(graph.sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
        assert terminal(leaf("x")).startswith(corner)
        picture = terminal(squares())
        assert ("|" in picture) is (corner == "+")
        assert max(map(len, picture.splitlines())) <= 60
    monkeypatch.setenv("COLUMNS", "500")
    wide = made("total", *(leaf(f"x{i}") for i in range(20)))
    assert "\u250c" in terminal(wide, width=500)
    assert "\u250c" not in terminal(wide)  # 100 columns, however wide the terminal is


@pytest.mark.parametrize("draw", [terminal, svg, dot, lambda x, slopes: outline(x, True, slopes)])
def test_slopes_have_to_go_with_an_input(draw):
    with pytest.raises(ValueError, match="slopes gave 1 that go with no input of a node with 2:"):
        draw(diamond(), lambda node: [(node, 1)])


def test_a_large_graph_is_summarised_before_its_outline():
    x = leaf("x")
    node = x
    for _ in range(30):
        node = made("*", made("+", node, x), constant(2))
    assert terminal(node, width=40, unicode=False).splitlines()[:5] == [
        "91 nodes: 1 input, 30 constants, 60",
        "operations",
        "operations: + 30, * 30",
        "depth 60",
        "x               data 1   grad 0",
    ]
    assert "... 41 more ..." in terminal(node, width=40)


def test_an_outline_and_dot_say_the_slopes():
    assert outline(diamond(), slopes=each(1, None)).splitlines()[1:] == [
        "b = a + a   data 6    grad 12   slope 1",
        "c = b * b   data 36   grad 1    slope 1",
    ]
    lines = dot(diamond(), lambda node: [(node.inputs[0], node.inputs[0].data)]).splitlines()
    assert [line.strip() for line in lines if "->" in line] == [
        'n0 -> n1 [label="3"]', "n0 -> n1", 'n1 -> n2 [label="6"]', "n1 -> n2",
    ]
    assert r'[label="a\"b"]' in dot(made("sin", leaf("x")), each('a"b'))


def drawn(result, slopes=None):
    """The elements of the SVG file, without the namespace in their names."""
    root = ElementTree.fromstring(svg(result, slopes))
    for element in root.iter():
        element.tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
    return root


def frames(root):
    """The sides of each box (left, top, right, bottom), and the lines of text inside."""
    found = []
    for box in root.iter("rect"):
        if box.get("class") == "axis":
            x, y, width, height = (float(box.get(key)) for key in ("x", "y", "width", "height"))
            inside = [
                text.text
                for text in root.iter("text")
                if x < float(text.get("x")) < x + width and y < float(text.get("y")) < y + height
            ]
            found.append(((x, y, x + width, y + height), inside))
    return found


@pytest.mark.parametrize("slopes", [None, each(*[1.25] * 99)])
@pytest.mark.parametrize("result", [*ODDITIES.values(), *map(tangle, thinned(range(40), keep=10))])
def test_every_svg_file_is_xml_whose_parts_lie_on_its_paper_and_not_on_each_other(result, slopes):
    root = drawn(result, slopes)
    width, height = float(root.get("width")), float(root.get("height"))
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert [child.tag for child in root][:3] == ["title", "desc", "style"]
    assert root.get("role") == "img"
    for text in root.iter("text"):
        long = 6 * len(text.text)  # most letters are narrower
        left = float(text.get("x")) - (long / 2 if text.get("text-anchor") == "middle" else 0)
        assert left >= 0 and left + long <= width
        assert 12 <= float(text.get("y")) <= height
    boxes = [sides for sides, _ in frames(root)]
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0 and top >= 0 and right <= width and bottom <= height
        for its_left, its_top, its_right, its_bottom in boxes[:i]:
            assert right < its_left or its_right < left or bottom < its_top or its_bottom < top
    curves = [path.get("d") for path in root.iter("path") if "C" in path.get("d")]
    heads = [path.get("d") for path in root.iter("path") if "z" in path.get("d")]
    assert len(curves) == len(heads)
    if slopes:
        assert [text.text for text in root.iter("text")].count("1.25") == len(curves)
    for curve, head in zip(curves, heads, strict=True):
        x, y = map(float, re.match(r"M([\d.]+),([\d.]+) C", curve).groups())
        assert [box for box in boxes if box[0] < x < box[2] and box[3] == y]  # leaves a box
        x, y = map(float, re.match(r"M([\d.]+),([\d.]+) l", head).groups())
        assert [box for box in boxes if box[0] < x < box[2] and box[1] == y]  # enters one
        assert float(curve.rpartition("V")[2]) < y


def test_an_svg_file_shows_each_node_once_and_each_slope_at_its_arrow():
    root = drawn(tangle(7), numbered_slopes)
    order = in_order(tangle(7))
    boxes = dict((first(inside), sides) for sides, inside in frames(root))
    assert boxes.keys() == {node.name for node in order} and len(frames(root)) == len(order)
    ends = [
        tuple(map(float, re.match(r"M([\d.]+),([\d.]+) l", path.get("d")).groups()))
        for path in root.iter("path")
        if "z" in path.get("d")
    ]
    for node in order:
        left, top, right, _ = boxes[node.name]
        for source in node.inputs:
            assert boxes[source.name][3] < top  # from above to below
        for i in range(len(node.inputs)):
            (slope,) = (text for text in root.iter("text") if text.text == f"{node.name}.{i}")
            assert left < float(slope.get("x")) < right and 0 < top - float(slope.get("y")) < 18
        assert sum(left < x < right and y == top for x, y in ends) == len(node.inputs)


def test_words_in_svg_are_text_and_safe_and_heard():
    root = drawn(ODDITIES["markup"], each("<1>", '"2"'))
    texts = [text.text for text in root.iter("text")]
    assert {"</svg>", "\"quoted\" & 'so'", "<1>", '"2"'} <= set(texts)
    assert root.find("title").text == "Expression graph of a < b"
    assert root.find("desc").text == (
        "</svg>, data 1, grad 0; \"quoted\" & 'so', data 1, grad 0; "
        'a < b = </svg> <&> "quoted" & \'so\', data 1, grad 0, slopes <1>, "2".'
    )


def test_constants_are_neither_drawn_nor_missed_in_the_svg_file_of_a_large_graph():
    node = leaf("x")
    for _ in range(100):
        node = made("*", constant(2), node)
    root = drawn(node)
    assert [first(inside) for _, inside in frames(root)] == [f"v{i}" for i in range(81, 101)]
    texts = [text.text for text in root.iter("text")]
    assert "Not drawn: 81 nodes that are further from the result" in texts
    assert [text for text in texts if "input not drawn" in text] == ["1 input not drawn"]


def test_the_first_line_of_a_box_is_bold():
    bold = [text.text for text in drawn(diamond()).iter("text") if text.get("font-weight")]
    assert sorted(bold) == ["a", "b = a + a", "c = b * b"]


def test_given_numbers_have_rounder_corners():
    corners = {
        first(inside): int(box.get("rx"))
        for box, (_, inside) in zip(
            [box for box in drawn(diamond()).iter("rect") if box.get("rx")],
            frames(drawn(diamond())),
            strict=True,
        )
    }
    assert corners["a"] > corners["b"] == corners["c"]


def test_of_a_large_graph_the_svg_file_shows_the_end_and_says_what_is_missing():
    root = drawn(chain(1000))
    texts = [text.text for text in root.iter("text")]
    assert texts[:4] == [
        "1,001 nodes: 1 input, 0 constants, 1,000 operations",
        "operations: sin 1,000",
        "depth 1,000",
        "Not drawn: 981 nodes that are further from the result",
    ]
    boxes = frames(root)
    assert [first(inside) for _, inside in boxes] == [f"v{i}" for i in range(981, 1001)]
    (left, top, right, _), inside = boxes[0]
    assert inside[-1] == "1 input not drawn"
    assert abs(left + right - float(root.get("width"))) <= 2  # in the middle
    assert max(float(text.get("y")) for text in root.iter("text") if text.text in texts[:4]) < top
    assert all("not drawn" not in " ".join(inside) for _, inside in boxes[1:])


def test_what_has_too_many_inputs_is_drawn_without_them():
    root = drawn(ODDITIES["many of many"])
    ((_, inside),) = frames(root)
    assert inside[-1] == "500 inputs not drawn"
    assert not list(root.iter("path"))


@pytest.mark.parametrize(("most", "names"), [
    (5, "x a b c"), (4, "x a b c"), (3, "a b c"), (2, "c"), (1, "c")])
def test_of_the_nearest_nodes_each_counts_once(most, names):
    a, x = leaf("a"), leaf("x")
    b = made("+", x, a, name="b")
    told = Told(made("+", b, a, name="c"))  # a is one step from c, and two
    assert [told.called[id(node)] for node in told.nearest(most)] == names.split()


def test_a_number_that_was_given_is_an_input_wherever_it_comes_from():
    given = SimpleNamespace(inputs=(leaf("a"),), operation=None, name="g", data=1.0)
    assert Told(given).summary[0] == "2 nodes: 2 inputs, 0 constants, 0 operations"
    assert Told(given).describe(given) == ["g", "data 1", "no grad yet"]


def test_where_everything_stands_in_an_svg_file():
    # A letter is 7 wide, a line 18 high, and 14 lie between: 7 * len("data -3") + 14 = 63.
    picture = svg(made("negate", leaf("a", 3.0), name="b", data=-3.0), each(-1))
    (x, bend, end), = re.findall(r"M(\d+),75 C(\d+),93 \d+,93 (\d+),111 V121", picture)
    assert x == bend == end and abs(int(x) - 45) <= 1  # upright, in the middle
    for part in ('width="91" height="204"', 'y="14" width="56" height="61" rx="18"',
                 'x="14" y="129" width="63" height="61" rx="3"', f"M{x},129 l-4,-8 h8 z",
                 f'x="{int(x) + 7}.00" y="122.00"', 'x="45.50" y="183.00"',
                 f'<g fill="{COLOURS[0]}"', f'<g fill="none" stroke="{COLOURS[0]}"'):
        assert part in picture
