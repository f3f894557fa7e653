"""Files as people have them, on the command line: read once, as people write, and said."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mathlab.__main__ import main
from mathlab.command.options import in_one_line, in_order

FOUND = Path(__file__).parents[1] / "learning" / "as_found"


def said(capsys, *arguments):
    assert main(arguments) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def parameters(out):
    """The parameters of a report by their names."""
    lines = out.split("\nparameter ")[1].splitlines()[1:]
    rows = [line.split() for line in lines if re.match(r"(?!AIC)\w+ +[-\d]", line)]
    return {name: float(value) for name, value, *_ in rows}


def words(out):
    return " ".join(out.split())


@pytest.fixture
def file(tmp_path):
    def write(content, name="data.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


# file, model, options; what is said, and the parameters by least squares (numpy's lstsq)
AS_FOUND = [
    ("thousands", "price = a*size + b", [], "read: price: 1,050 is 1050",
     {"a": 13.3891, "b": 276.536}),
    ("thousands", "price = a*size + b", ["--thousands", ","], "1,050 is 1050",
     {"a": 13.3891, "b": 276.536}),
    ("decimal_comma", "y = a*x", ["--decimal", ","], "read: decimal commas", {"a": 1.73373}),
    ("comment", "y = a*x", [], "read: lines 1, 2 are comments", {"a": 2.05714}),
    ("decomposed_header", "y = a*größe", [], "", {"a": 2.02667}),
    ("units_in_header", "`Temp [°C]` = a*`Time (s)` + b", [], "", {"a": -1.46, "b": 87.4}),
    ("semicolon", "Male = a*`Daily Time Spent on Site` + b", [],
     "read: decimal commas; fields are separated by ;", {"a": 0.0293469, "b": -1.42421}),
    ("mtcars", "mpg = a*wt + b + C(cyl)", [], "cyl: base 4; rows: 4 11, 6 7, 8 14",
     {"a": -3.20561, "b": 33.9908, "cyl_6": -4.25558, "cyl_8": -6.07086}),
    ("puromycin", "rate = a*conc + b + k*state", [],
     "state: base treated; rows: treated 12, untreated 11",
     {"a": 102.16, "b": 106.338, "k_untreated": -23.8441}),
]


@pytest.mark.parametrize(("name", "model", "options", "told", "expected"), AS_FOUND)
def test_files_as_found(name, model, options, told, expected, capsys):
    out = said(capsys, "fit", str(FOUND / f"{name}.csv"), model, *options)
    assert told in words(out)
    assert ("read: " in out) == told.startswith(("read", "1,050"))
    assert parameters(out) == pytest.approx(expected, rel=1e-5)


def test_a_date_as_a_feature_and_a_category_at_a_place(capsys, file):
    path = file("day;kind;y\n2016-03-13;a;1,5\n2016-03-14;b;2,6\n2016-03-16;a;4,4\n"
                "2016-03-20;b;8,5\n2016-03-21;a;9,6\n")
    out = said(capsys, "fit", path, "y = a*day + b + kind", "--at", "day=2016-03-23", "kind=b",
               "--at", "kind=a", "day=0")
    assert "day: days since 2016-03-13" in out and "kind: base a" in out
    assert "day = 2016-03-23, kind = b: y = 11.5" in words(out)
    assert "kind = a, day = 0: y = 1.4" in words(out)


def test_a_saved_model_reads_tomorrows_file_as_todays(capsys, file, tmp_path):
    path = file("day;kind;y\n2016-03-13;a;1,5\n2016-03-14;b;2,5\n2016-03-16;a;4,5\n"
                "2016-03-20;b;8,5\n")
    model = str(tmp_path / "model.json")
    said(capsys, "fit", path, "y = a*day + b + kind", "--save", model)
    new = file("id,kind,day\n7,b,2016-04-01\n8,a,2016-03-01\n9,a,\n", "new.csv")
    out = said(capsys, "predict", model, new)
    assert "day is missing (line 4" in words(out)
    rows = [line.split() for line in out.splitlines()]
    assert [row[-1] for row in rows if row and row[-1] in ("20.5", "-10.5")] == ["20.5", "-10.5"]
    assert main(["predict", model, file("kind,day\nz,2016-04-01\n", "z.csv")]) == 1
    assert "'z' in column 'kind' is none of the levels" in capsys.readouterr().err
    assert main(["predict", model, file("kind,day\na,12\n", "n.csv")]) == 1
    assert "'12' in column 'day' is a number, where dates are expected" in capsys.readouterr().err


BILLS = ("bill,tip,smoker\n16,1.1,No\n10,1.6,Yes\n21,3.5,No\n23,3.3,Yes\n24,3.6,No\n"
         "8,2,Yes\n")


@pytest.mark.parametrize(("model", "name"), [
    ("tip = a*bill + b + k*smoker", "k"), ("tip = a*bill + b + smoker", "smoker_1"),
    ("tip = smoker + a*bill + b", "smoker_1"), ("tip = a*bill + b + C(smoker)", "smoker_Yes"),
    ("tip = a*bill + b + c*C(smoker)", "c_Yes")])
def test_a_yes_or_no_always_has_a_parameter(model, name, capsys, file):
    out = said(capsys, "fit", file(BILLS), model, "--at", "bill=10", "smoker=Yes")
    found = parameters(out)
    assert found.keys() == {"a", "b", name}
    plain = parameters(said(capsys, "fit", file(BILLS.replace("Yes", "1").replace("No", "0")),
                            "tip = a*bill + b + k*smoker"))
    assert found[name] == pytest.approx(plain["k"], rel=1e-5)
    at_ten = found["a"] * 10 + found["b"] + found[name]
    assert f"smoker = Yes: tip = {at_ten:.4g}"[:-1] in words(out)


MISSING = "x,y\n1,2\n2,NA\n3,?\n4,8\n5,-\n6,12.5\n7,\n"


@pytest.mark.parametrize("content", [MISSING, MISSING.replace("NA", "null").replace("?", "N/A")])
def test_usual_words_for_missing_are_counted(content, capsys, file):
    out = said(capsys, "fit", file(content), "y = a*x")
    assert "- 4 y is missing" in words(out) and "= 3 rows kept" in words(out)
    assert re.search(r"read: y: missing are '(NA|null)' \(1\), '(\?|N/A)' \(1\), '-' \(1\)", out)


# What is ambiguous, or not readable: the advice is followed literally, and leads to the answer

ADVICE = [
    ("x;y\n1;1,050\n2;2,040\n3;3,060\n", ["--thousands ,"], {"a": 1022.142857}),
    ("x;y\n1;1,050\n2;2,040\n3;3,060\n", ["--decimal ,"], {"a": 1.022142857}),
    ("x;y\n1;1.050\n2;2.040\n3;3.060\n", ["--thousands .", "--decimal ."], {"a": 1022.142857}),
    ("x,y\n1,5,2,5\n2,5,4,5\n", ["--decimal ,"], {"a": 1.76471}),
    ("x,y\n1,2\n2,4\nTotal,60\n3,6\n", ["--missing Total"], {"a": 2}),
    ("x,y\n1,2\n2,4\n#REF!,60\n3,6\n", ["--missing '#REF!'"], {"a": 2}),
    ("x,y\n1,2\n2,below limit\n3,6\n", ["--missing 'below limit'"], {"a": 2}),
    ("x,y\n01/02/2020,0\n02/02/2020,2\n05/03/2020,66\n", ["--dates %d/%m/%Y"], {"a": 2}),
    ("x,y,größe\n1,2,é\n2,4,é\n3,6,é\n".encode("cp1252"), ["--encoding cp1252"], {"a": 2}),
    ("x,y|z\n1,2|1\n2,4|2\n3,6|3\n", ["--separator ,", "--separator '|'"], None),
]


@pytest.mark.parametrize(("content", "advice", "expected"), ADVICE)
def test_advice_speaks_of_options_and_leads_to_the_answer(content, advice, expected, capsys, file):
    path = file(content)
    assert main(["fit", path, "y = a*x"]) == 1
    error = capsys.readouterr().err
    assert "=(" not in error and "types=" not in error and "clean(" not in error
    for option in advice:
        assert option in error
    if expected:
        name, value = advice[0].split(" ", 1)
        out = said(capsys, "fit", path, "y = a*x", name, value.strip("'"))
        assert parameters(out) == pytest.approx(expected, rel=1e-5)


REFUSED = [
    ("x,y\n1,2\n2,4\n", "Y = a*x", "no column 'Y'; did you mean 'y'?"),
    ("wt,hp,y\n1,2,3\n2,3,5\n3,4,8\n", "y = a*wt + b*HP", "HP is not a column; did you mean hp?"),
    ("weight,hp,y\n1,2,3\n2,3,5\n", "y = a*wieght + b*hp", "did you mean weight?"),
    ("x,y\n1,2\n2,0\n", "log(y) = a*x + b", "line 3: log(y) has no value where y is 0"),
    ("x,y\n1,2\n2,3\n", "y = a*x + b*(x==2)", "a formula compares by step or where"),
    ("air flow,y\n1,2\n2,3\n", "y = a*air flow", "stands in backticks"),
    ("x.y,y\n1,2\n2,3\n", "y = a*x.y", "stands in backticks"),
    ("x,y\n1,male\n2,female\n3,male\n", "y = a*x", "'male' in column 'y' is text, and no field"),
    ("π,y\n1,2\n2,3\n", "y = a*π", "give the column 'pi' another name, or write `pi`"),
    ("e,y\n1,2\n2,3\n", "y = a*e", "give the column 'e' another name, or write `e`"),
    ("x,y\n1,2\n2,3\n", "y = a*x + C(kind)", "no column 'kind'"),
    ("x,y\n1,2\n2,3\n", "y = a*x + `x 2`", "no column 'x 2'"),
]


@pytest.mark.parametrize(("content", "model", "message"), REFUSED)
def test_what_is_refused_in_words(content, model, message, capsys, file):
    assert main(["fit", file(content), model]) in (1, 2)
    captured = capsys.readouterr()
    assert message in captured.err and captured.err.count("\n") == 1
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(("place", "message"), [
    (["conc=1", "state=mars"], "'mars' in column 'state' is none of the levels"),
    (["conc=1"], "needs a level of state too"), (["state=treated"], "needs a number for conc too"),
    (["conc=low", "state=treated"], "conc: 'low' is not a number"),
    (["conc=1", "state=treated", "x=1"], "there is no feature 'x'"),
    (["conc=1", "conc=2", "state=treated"], "each name once")])
def test_places_that_cannot_be(place, message, capsys):
    path = str(FOUND / "puromycin.csv")
    assert main(["fit", path, "rate = a*conc + state", "--at", *place]) in (1, 2)
    assert message in capsys.readouterr().err


# Standard input, and a pipe


class Once(io.BytesIO):
    """What comes in on standard input: it cannot be read twice."""

    def seekable(self):
        return False

    def seek(self, *_):
        raise OSError("a pipe")


def test_standard_input_is_read_once(capsys, monkeypatch, tmp_path):
    for content in (b"x;y\n1;2,5\n2;5\n3;7,5\n", "x,y\n1,2.5\n2,5\n3,7.5\n".encode("utf-16")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Once(content)))
        model = str(tmp_path / "model.json")
        out = said(capsys, "fit", "-", "y = a*x", "--save", model)
        assert parameters(out) == {"a": 2.5} and "rows read from standard input" in out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Once(b"x\n4\n")))
    assert "10" in said(capsys, "predict", model, "-").splitlines()[-1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_read_once(capsys, tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    if not os.fork():
        path.write_bytes(b"x,y\n1,2.5\n2,5\n3,7.5\n")
        os._exit(0)
    out = said(capsys, "fit", str(path), "y = a*x")
    os.wait()
    assert parameters(out) == {"a": 2.5}


# The order of words, and what is shown

TAKES = {"--missing": "+", "--at": "+", "--start": "+", "--loss": 1, "--standardize": 0}
ORDERS = [
    "fit --missing NA ? FILE MODEL", "fit FILE MODEL --missing NA ?",
    "fit --missing NA --missing ? FILE MODEL", "fit FILE --missing NA ? MODEL",
    "fit --missing NA ? FILE --loss log MODEL", "fit --standardize FILE --missing NA ? MODEL",
    "fit --at x=1 k=b --missing NA ? FILE MODEL", "fit --missing NA ? --at x=1 k=b FILE MODEL",
    "fit --at x=1 k=b FILE --missing NA ? MODEL", "fit --missing NA ? --loss=log FILE MODEL",
]


@pytest.mark.parametrize("order", ORDERS)
def test_no_word_of_the_command_is_taken_for_a_value(order):
    ordered = in_order(order.split(), TAKES, 2)
    others = ordered[: next(i for i, text in enumerate(ordered) if text in ("--missing", "--at"))]
    assert [text for text in others if text.isupper()] == ["FILE", "MODEL"]
    assert {*others} <= {"fit", "FILE", "MODEL", "--loss", "log", "--loss=log", "--standardize"}
    assert {*ordered} == {*order.split()}


def test_the_order_of_the_usage_line(capsys, file):
    path = file("x,y\n1,2\n2,none of it\n3,?\n4,8\n5,gone\n")
    for arguments in (["--missing", "none of it", "gone", path, "y = a*x"],
                      ["--missing", "none of it", "--missing", "gone", path, "y = a*x"],
                      [path, "--missing", "none of it", "gone", "--start", "a=1", "y = a*x"],
                      [path, "y = a*x", "--start", "a=1", "--missing", "gone", "none of it"]):
        assert parameters(said(capsys, "fit", *arguments)) == {"a": 2}


def test_starts_that_are_given_apart_add_up(capsys, file):
    path = file("x,y\n0,1\n1,3\n2,7\n3,18\n")
    for starts in (["--start", "a=1", "--start", "b=0.7"], ["--start", "b=0.7", "--start", "a=1"]):
        out = said(capsys, "fit", path, "y = a*exp(b*x)", *starts, "--steps", "0")
        assert parameters(out)["b"] == 0.7  # the other may be solved for


@pytest.mark.parametrize(("text", "shown"), [
    ("x\x1b[31m\ny", r"x\x1b[31m y"), ("pass missing=('', 'a b') to", "pass --missing 'a b' to"),
    ("pass separator='\\t' or decimal=','", "pass --separator tab or --decimal ,"),
    ("pass missing=('', \"it's\")", "pass --missing 'it'\"'\"'s'"),
    ("dates='%d/%m/%Y'", "--dates %d/%m/%Y"), ("1" * 500, "111111111..."),
    ("a decimal comma, x=3", "a decimal comma, x=3")])
def test_errors_in_the_language_of_the_command_line(text, shown):
    assert in_one_line(ValueError(text)) == shown


def test_no_error_is_endless_and_no_code_reaches_the_terminal(capsys, file):
    wide = ",".join(f"column_{i}" for i in range(40_000))
    bad = "x\x1b[2J,y\x07\n1\x1b[2J,2\n"
    for content, model in ((f"{wide}\n{wide}\n", "y = a*x"), (bad, "y = a*x"), (bad, "z = q*x"),
                           ("x,y\n1\x1b[2J,2\n2,3\n", "y = a*x"), ("x" * 99_999, "y = a*x"),
                           ("x,y\n1,2\n2,3\n", f"y = a*x + {'z' * 500}(x)"),
                           ("x,y\n1,2\n2,3\n", "y = a*`" + "\x1b[2J" * 999 + "`")):
        assert main(["fit", file(content), model]) in (1, 2)
        captured = capsys.readouterr()
        assert len(captured.err) < 1_100 and captured.err.count("\n") == 1
        shown = captured.out + captured.err
        assert all(letter.isprintable() or letter == "\n" for letter in shown)


def test_notes_on_the_formula_are_printed(capsys, file):
    path = file("x,y\n" + "".join(f"{x},{1 + x + x**4}\n" for x in range(8)))
    out = said(capsys, "fit", path, "y = a + b*x + c*x**2 + d*x**3 + e*x**4")
    assert "e is a parameter here, like its neighbours; Euler's number is exp(1)" in words(out)
    assert parameters(out)["e"] == pytest.approx(1)


@pytest.mark.parametrize(("model", "shown"), [
    ("`y z` = 2a*`x 1`", "read as `y z` = 2*a*`x 1`"),
    ("`y z` = 2 C(kind)", "read as `y z` = 2*C(kind)"),
    ("`y z` = a(`x 1` + 1)", None)])
def test_signs_that_are_left_out_beside_backticks(model, shown, capsys, file):
    path = file("x 1,y z,kind\n1,2,a\n2,4,b\n3,6.5,a\n")
    status = main(["fit", path, model])
    captured = capsys.readouterr()
    assert status == (0 if shown else 2)
    assert (shown or "a is not a function") in words(captured.out + captured.err)


def test_a_printed_formula_has_its_backticks(capsys, file):
    path = file("Time (s),Temp [°C]\n0,90\n10,70\n20,56\n30,46\n")
    out = said(capsys, "fit", path, "`Temp [°C]` = a*exp(-b*`Time (s)`)", "--at", "Time (s)=10")
    assert re.search(r"^`Temp \[°C\]` = [-\d.]+\*exp\(-[\d.]+\*`Time \(s\)`\)$", out, re.M)
    assert "Time (s) = 10: `Temp [°C]` = 71.0655" in words(out)


# A file that is written in another way than the one before


OTHER_WAYS = [("wt;cyl\n3,5;4\n2,5;6\n", []), ("wt;cyl\n3,5;4\n2,5;6\n", ["--decimal", ","]),
              ("wt\tcyl\n3.5\t4\n2.5\t6\n", []), ("cyl,wt\n4,3.5\n6,2.5\n", ["--decimal", "."]),
              ("wt|cyl\n3,5|4\n2,5|6\n", ["--decimal", ",", "--thousands", "."])]


@pytest.mark.parametrize(("content", "options"), OTHER_WAYS)
@pytest.mark.parametrize("way", ["points", "commas"])
def test_a_saved_model_predicts_for_files_that_are_written_in_another_way(
        way, content, options, file, tmp_path, capsys):
    rows = ["wt;y", "1.5;3", "2.5;5", "3.75;7.5"]
    text = "\n".join(rows).replace(*((".", ",") if way == "commas" else (".", ".")))
    model = str(tmp_path / "model.json")
    said(capsys, "fit", file(text), "y = a*wt", "--save", model)
    out = said(capsys, "predict", model, file(content, "new.csv"), "--csv", *options)
    assert [float(line.rpartition(",")[2]) for line in out.splitlines()[1:]] == [7.0, 5.0]


def test_dates_in_another_form_are_counted_from_the_same_day(file, tmp_path, capsys):
    model = str(tmp_path / "model.json")
    said(capsys, "fit", file("when,y\n2020-03-01,0\n2020-03-03,4\n2020-03-05,8\n"), "y = a*when",
         "--save", model)
    for text in ("11 Mar 2020", "2020-03-11", "03/11/2020"):
        out = said(capsys, "predict", model, file(f"when\n{text}\n", "new.csv"), "--csv", "--dates",
                   {"1": "%d %b %Y", "2": "%Y-%m-%d", "0": "%m/%d/%Y"}[text[0]])
        assert out.splitlines()[1].endswith(",20.0")


def test_the_texts_for_missing_numbers_are_kept_with_the_model(file, tmp_path, capsys):
    model, data = str(tmp_path / "model.json"), file("x,y\n1,2\n2,4\n-999,7\n3,6\n")
    said(capsys, "fit", data, "y = a*x", "--missing", "-999", "--save", model)
    out = said(capsys, "predict", model, data, "--csv")
    assert [line.rpartition(",")[2] for line in out.splitlines()[1:]] == ["2.0", "4.0", "", "6.0"]
    again = file(out, "predicted.csv")  # what was predicted can be predicted for again
    assert said(capsys, "predict", model, again, "--csv") == out


@pytest.mark.parametrize(("content", "predicted"), [
    ("id,x,z\n1,1.250,0.5\n2,2.500,0.7\n", [2.5, 5.0]),  # z shows a decimal point
    ("id;x\n1;1,250\n2;2,5\n", [2.5, 5.0])])
def test_a_file_shows_its_decimal_sign_by_itself(content, predicted, file, tmp_path, capsys):
    for trained in ("x;y\n0,5;1,0\n1,5;3,0\n2,5;5\n", "x,y\n0.5,1.0\n1.5,3.0\n2.5,5\n"):
        model = str(tmp_path / "model.json")
        said(capsys, "fit", file(trained), "y = a*x", "--save", model)
        out = said(capsys, "predict", model, file(content, "new.csv"), "--csv")
        assert [float(line.rpartition(",")[2]) for line in out.splitlines()[1:]] == predicted


def test_letters_of_two_kinds_are_a_category(file, capsys):
    rows = [("F", 1.0), ("M", 2.0), ("F", 1.5), ("M", 3.0), ("F", 1.0), ("M", 2.5)]
    for one, other in (("F", "M"), ("T", "C"), ("N", "S")):
        names = {"F": one, "M": other}
        text = "sex,y\n" + "".join(f"{names[sex]},{y}\n" for sex, y in rows)
        out = said(capsys, "fit", file(text), "y = a + sex")
        (value,) = re.findall(r"\nsex_\w +(\S+)", out)
        assert abs(float(value)) == pytest.approx(2.5 - 3.5 / 3, rel=1e-5)


def test_yes_and_no_are_1_and_0_later_on(file, tmp_path, capsys):
    model = str(tmp_path / "model.json")
    said(capsys, "fit", file("x,y\nyes,3\nno,1\nyes,3\nno,1.5\n"), "y = a*x + b", "--save", model)
    outs = [said(capsys, "predict", model, file(f"x\n{yes}\n{no}\n", "n.csv"), "--csv")
            for yes, no in (("yes", "no"), ("1", "0"), ("TRUE", "FALSE"))]
    assert len({re.sub(r"(?m)^\w+,", "", out.partition("\n")[2]) for out in outs}) == 1


@pytest.mark.parametrize(("texts", "days"), [
    (["15.06.68", "15.06.69"], 365), (["2020-1-1", "2020-10-10"], 283),
    (["01/03/99", "01/03/2000"], None), (["30.12.99", "01.01.00"], 2)])
def test_years_of_two_digits_are_of_one_century_where_they_can_be(texts, days, file, capsys):
    path = file("when,y\n" + "".join(f"{text},{k}\n" for k, text in enumerate(texts)))
    if days is None:
        assert main(("fit", path, "y = a*when")) == 1
    else:
        assert parameters(said(capsys, "fit", path, "y = a*when"))["a"] == pytest.approx(
            1 / days, rel=1e-5)


def test_a_time_of_day_is_not_counted_from_a_date(file, tmp_path, capsys):
    model = str(tmp_path / "model.json")
    said(capsys, "fit", file("t,y\n2020-01-01,1\n2020-01-03,3\n2020-01-04,4\n"), "y = a*t + b",
         "--save", model)
    assert main(("predict", model, file("t\n10:00\n", "new.csv"))) == 1
    assert "10:00" in capsys.readouterr().err


def test_letters_that_the_output_cannot_have_are_an_error(file, tmp_path):
    model = str(tmp_path / "model.json")
    assert main(("fit", file("x,y\n1,2\n2,4.5\n3,6\n"), "y = a*x", "--save", model)) == 0
    data = file("x,name\n1,日本\n", "new.csv")
    done = subprocess.run([sys.executable, "-m", "mathlab", "predict", model, data],
                          env={**os.environ, "PYTHONIOENCODING": "latin-1"}, capture_output=True,
                          cwd=FOUND.parents[2])
    assert done.returncode == 1 and b"PYTHONIOENCODING=utf-8" in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(("given", "ordered"), [
    (["fit", "-", "y = a*x"], ["fit", "-", "y = a*x"]), (["derive", "-x"], ["derive", " -x"]),
    (["fit", "--loss", "-", "FILE"], ["fit", "--loss", "-", "FILE"]),
    (["fit", "--missing", "-", "?", "FILE", "MODEL"],
     ["fit", "FILE", "MODEL", "--missing", "-", "?"])])
def test_a_lonely_minus_is_a_file_or_a_text(given, ordered):
    assert in_order(given, TAKES, 1 if given[0] == "derive" else 2) == ordered
