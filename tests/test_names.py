"""Names: one form everywhere, and what is printed is read as the same formula again."""

import csv
import sys
import unicodedata
from random import Random

import pytest

from mathlab import (
    Value,
    compare,
    compile_formula,
    derivative,
    directional_derivative,
    minimize,
    parse,
    sin,
    substitute,
    symbols,
)
from mathlab.__main__ import main
from mathlab.calculus.graph.operations import Operation
from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.clean import clean, is_missing
from mathlab.learning.data.collect import read_csv
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.saved import load, save
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.model import Model
from mathlab.names import LONGEST, by_form, composed, fault, form, similar
from tests.thinned import thinned

# Two spellings of each, and the form that Unicode's tables give: none of it is in ASCII.
SPELLINGS = [
    ("\u00b5", "\u03bc", "\u03bc"),  # the micro sign of a keyboard, the Greek letter
    ("gro\u0308ße", "größe", "größe"),  # as a Mac's files write ö, and as its keyboard does
    ("\u212b", "\u00c5", "\u00c5"),  # the angstrom sign, the Swedish letter
    ("A\u030a", "\u00c5", "\u00c5"),
    ("\ufb01t", "fit", "fit"),  # a ligature, as PDFs have it
    ("\U0001d465", "x", "x"),  # in italics, as word processors have it
    ("ｘ１", "x1", "x1"),  # wide letters
    ("\u2126", "\u03a9", "\u03a9"),  # the ohm sign
    ("\u03d5", "\u03c6", "\u03c6"),  # two shapes of phi
    ("\uac00", "\u1100\u1161", "\uac00"),  # a Korean syllable, and its parts
]
spellings = pytest.mark.parametrize(("one", "other", "name"), SPELLINGS, ids=ascii)


@spellings
def test_both_spellings_are_one_name(one, other, name):
    assert form(one) == form(other) == name
    (x,) = symbols(one)
    assert x is symbols(other)[0] and x.name == name
    f = parse(f"3*{one}**2 + {other}")
    assert str(f) == f"3*{name}**2 + {name}"
    assert str(derivative(f, x)) == f"6*{name} + 1"
    assert f.at(**{one: 2}) == f.at(**{other: 2}) == 14
    assert substitute(f, {one: 2}).data == substitute(f, {x: 2}).data == 14
    assert directional_derivative(f, {one: 1}).at(**{other: 2}) == 13
    assert parse(one, {other: Value(5.0, one)}).data == 5.0
    assert Value(1.0, one).name == name
    assert compile_formula(f, [x])(2) == 14
    assert compare(f, {one: 2.0}, by=other).results["symbolic"] == 13
    assert minimize((x - 3) ** 2, {one: 0.0}).parameters[name] == pytest.approx(3)


@spellings
def test_both_spellings_are_one_column(one, other, name, tmp_path):
    columns = {one: [1.0, 2.0, 3.0, 4.0], "count": [1, 1, 2, 1], "y": [2.1, 3.9, 6.1, 7.9]}
    path = tmp_path / "data.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *zip(*columns.values(), strict=True)])
    for table in (Table(columns), read_csv(path, types={other: float, "count": int, "y": float})):
        assert table.names == (name, "count", "y")
        assert table[one] == table[other] == columns[one]
        assert one in table and other in table
        assert next(table.rows())[one] == next(table.rows())[other] == 1.0
        assert table.with_column(other, [0, 0, 0, 0])[one] == [0, 0, 0, 0]
        assert table.select(other).names == (name,)
        assert len(clean(table, is_missing(other))[0]) == 4
        model = Model(f"y = k*{other}")
        assert model.features([one, "y"]) == [name] and model.parameters([one, "y"]) == ["k"]
        assert Model(f"{other} = k*y").target == name
        trainer = Trainer(model).fit(table)
        weighted = Trainer("y = k*count", weights=other).fit(table)
        assert trainer.parameters["k"] == pytest.approx(59.8 / 30)
        assert weighted.parameters["k"] == pytest.approx((2.1 + 7.8 + 36.6 + 31.6) / (3 + 12 + 4))
        assert trainer.predict({one: [10.0]}) == trainer.predict({other: [10.0]})
        assert Uncertainty(trainer).prediction({one: 1.0}).value == trainer.parameters["k"]
        save(trainer, tmp_path / "model.json")
        assert load(tmp_path / "model.json").predict({one: [1.0]}) == [trainer.parameters["k"]]


@spellings
def test_both_spellings_are_one_parameter(one, other, name):
    table = {"t": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.3]}
    ridge = Trainer(f"y = {one}*t", ridge={other: 1.0}).fit(table, {other: 1.0})
    assert ridge.parameters[name] == pytest.approx(28.9 / (14 + 3))
    trainer = Trainer(f"y = {one}*t").fit(table, {other: 1.0})
    assert [*trainer.parameters] == [name]
    assert Uncertainty(trainer).interval(one).value == trainer.parameters[name]
    assert Model(f"y = {one}*t").predict({other: 2.0}, table) == [2.0, 4.0, 6.0]


@spellings
def test_both_spellings_are_one_name_on_the_command_line(one, other, name, tmp_path, capsys):
    path = tmp_path / "data.csv"
    rows = [f"{one},w,y", "1,1,2.1", "2,2,3.9", "3,1,6.1", "4,3,8"]
    path.write_text("\n".join(rows), encoding="utf-8")
    for weights in ([], ["--weights", "w"], ["--weights", other], ["--weights", one]):
        assert main(["fit", str(path), f"y = k*{other}", "--at", f"{other}=5", *weights]) == 0
        assert f"{name} = 5: y = " in capsys.readouterr().out
    assert main(["derive", f"{one}**2 + z", "--by", other, "--at", f"{one}=3", "z=1"]) == 0
    assert f"d/d{name} = 2*{name}" in capsys.readouterr().out
    saved = str(tmp_path / "model.json")
    assert main(["fit", str(path), f"y = k*{one}", "--save", saved]) == 0
    assert main(["fit", str(path), f"y = k*{other}", "--resume", saved]) == 0
    assert main(["predict", saved, str(path)]) == 0
    assert f"{name}  predicted y" in capsys.readouterr().out
    assert main(["fit", str(path), f"y = k*{other}", "--start", f"{one}=1", f"{other}=2"]) == 2
    assert "each name once" in capsys.readouterr().err


def test_a_row_of_ones_own_has_one_name():
    row = Operation("\u00b5_of", lambda x: 2 * x, lambda x, y: 2)
    assert row.name == "\u03bc_of"
    assert parse("\u00b5_of(3)").data == parse("\u03bc_of(3)").data == 6
    assert compile_formula(row(symbols("x")[0]), symbols("x"))(2.0) == 4.0


# Names that become one


def test_columns_that_are_one_name_are_refused(tmp_path):
    with pytest.raises(DataError, match=r"'\\xb5' and '\\u03bc' are one name, μ"):
        Table({"\u00b5": [1], "\u03bc": [2]})
    path = tmp_path / "data.csv"
    path.write_text("x,\u00b5,\u03bc\n1,2,3\n", encoding="utf-8")
    other = tmp_path / "other.csv"
    other.write_text("x,y\n1,2\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 1: columns 2 and 3 are both called 'μ'"):
        read_csv(path)
    with pytest.raises(DataError, match="are one name, x"):
        read_csv(other, types={"x": float, "𝑥": int})


@pytest.mark.parametrize("use", [
    lambda given: parse("x + 1").at(**given),
    lambda given: parse("x + 1", given),
    lambda given: substitute(parse("x + 1"), given),
    lambda given: minimize(parse("x**2"), given),
    lambda given: Model("y = x*t").predict(given, {"t": [1.0]}),
])
def test_a_name_that_is_given_twice_is_refused(use):
    with pytest.raises(FormulaError, match=r"are one name, x: keep one of them|is given twice"):
        use({"x": 1.0, "𝑥": 2.0})


def test_what_is_not_a_name_stays_as_it_is():
    for text in ("height (m²)", "two words", "xⁿ", "µ (in m)", "", "½", 3):
        assert form(text) == text
    assert form("gro\u0308ße in cm") == "größe in cm"
    assert Table({"height (m²)": [1], "xⁿ": [2], "xn": [3]}).names == ("height (m²)", "xⁿ", "xn")
    assert by_form({3: "a", "x": "b"}) == {3: "a", "x": "b"}


# What is printed is read again, or was refused when it was named


def meaning(name):
    """What a name is read as, after it was printed; None if it cannot be given to a symbol."""
    try:
        (x,) = symbols(name)
    except FormulaError:
        with pytest.raises(FormulaError):
            Value(1.0, name)
        return None
    return parse(str(x)) is x and parse(str(3 * x + 1)).at(**{name: 2}) == 7


@pytest.mark.parametrize("name", [
    *("e", "pi", "inf", "nan", "π", "𝜋", "ϖ", "𝑒", "ｅ"),
    *("sin", "gamma", "where", "sqrt", "ｓin", "absolute", "relu"),
    *("2x", "x-y", "x+1", "lambda", "None", "__x", "x.y", "x()", "x);import os;("),
    *("x" * (LONGEST + 1), "\ufdf2" * (LONGEST // 2)),  # the second: one letter that becomes four
    *("xⁿ", "x₁", "xŀy", "x·y", "x·", "πx", "xπ", "x𝜋", "℘", "℮", "x\u200b", "½", "\ud800"),
])
def test_names_that_would_be_read_as_something_else_are_refused(name):
    assert meaning(name) is None


@pytest.mark.parametrize("name", [
    *("x", "_", "x1", "E", "PI", "Sin", "ln", "abs", "max", "total", "dot", "constant", "negate"),
    *("t1", "größe", "λ", "гамма", "गति", "日本", "Ⅷ", "match", "print", "x" * LONGEST),
])
def test_other_names_are_read_as_themselves(name):
    assert meaning(name)


def test_the_name_of_a_row_of_ones_own_is_taken_while_there_is_one():
    assert meaning("cube")
    Operation("cube", lambda x: x**3, lambda x, y: 3 * x**2)
    assert meaning("cube") is None


def test_every_letter_that_there_is():
    """Symbols named by the letters that Python takes, first and last in a name."""
    letters = [chr(code) for code in range(sys.maxunicode + 1) if f"x{chr(code)}".isidentifier()]
    assert len(letters) > 130_000
    for letter in thinned(letters, 5_000):
        for text in (f"{letter}_1", f"x{letter}"):
            if not fault(text):
                (symbol,) = symbols(text)
                assert parse(str(symbol)) is parse(text) is symbol, ascii(text)
                assert symbol.name == unicodedata.normalize("NFKC", text)


def test_long_texts_are_composed_as_unicode_says():
    """In pieces, whose ends must not matter."""
    dice, signs = Random(5), "aeα한ㄱ\u1112\u1161\u11abﬁ" + "".join(map(chr, range(0x300, 0x330)))
    for size in (1, 50, 400):
        for way in ("NFC", "NFKC"):
            text = "".join(f"{dice.choice(signs)}{dice.choice(signs)}x" for _ in range(size))
            assert composed(text, way) == unicodedata.normalize(way, text)


@pytest.mark.parametrize("read", [parse, Model, lambda text: Model(f"{text} = a*x"),
                                  lambda text: Model(f"y = a*`{text}` + {text}")])
def test_accents_without_end_are_refused(read):
    with pytest.raises(FormulaError):
        read("a" + "\u0300\u0327" * 50_000)


def test_each_pi_is_pi():
    for sign in "π𝛑𝜋𝝅𝝿𝞹ϖ𝛡𝜛𝝕𝞏𝟉":
        assert str(parse(f"sin(2*{sign}*x)")) == "sin(2*pi*x)"
        with pytest.raises(FormulaError, match=r"write 2\*pi"):
            parse(f"2{sign}")


@pytest.mark.parametrize("name", ["π", "pi", "e", "𝜋"])
def test_a_column_called_like_a_number_is_refused_where_it_would_be_ignored(
        name, tmp_path, capsys):
    table = {name: [1.0, 2.0, 3.0], "y": [1.0, 2.0, 4.0]}
    with pytest.raises(FormulaError, match=f"{form(name)} in y = .* give the column"):
        Trainer(f"y = a*{name}").fit(table)
    assert Table(table)[name] == [1.0, 2.0, 3.0]
    path = tmp_path / "data.csv"
    path.write_text(f"{name},y\n1,1\n2,2\n3,4\n", encoding="utf-8")
    assert main(["fit", str(path), f"y = a*{name}"]) == 2
    assert f"give the column {form(name)!r} another name" in capsys.readouterr().err
    Trainer("y = a*x").fit({**table, "x": [1.0, 2.0, 3.0]})  # it does no harm beside others


def test_the_error_says_what_to_write():
    with pytest.raises(FormulaError, match=r"'e' .* is a number in every formula; write e_1"):
        symbols("d e f")
    with pytest.raises(FormulaError, match=r"'gamma' .* a function in every .*; write gamma_1"):
        Value(1.0, "gamma")
    e_1, gamma_1 = symbols("e_1 gamma_1")
    assert parse(str(sin(e_1) + gamma_1)).at(e_1=0, gamma_1=2) == 2


def test_the_names_that_are_spelled_most_alike_come_first():
    assert similar("slpoe", ["level", "slope", "slopes"]) == ["slope", "slopes"]
    assert similar("slpoe", ["level", "slope", "slopes"], 1) == ["slope"]
    assert similar("x", ["level"]) == []
