"""Where in a file its names, units and rows stand, and what is between its fields."""

import csv
from random import Random

import pytest

from mathlab.errors import DataError
from mathlab.learning.data import layout
from mathlab.learning.data.collect import read_csv


def written(folder, content):
    path = folder / "data.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


XY = {"x": ["1", "3"], "y": ["2", "4"]}
FILES = [
    ("x,y\n1,2\n3,4\n", XY, ()),
    ("x,y\n", {"x": [], "y": []}, ()),
    ("x;y\n1;2\n3;4\n", XY, ("fields are separated by ;",)),
    ("x\ty\n1\t2\n3\t4\n", XY, ("fields are separated by a tab",)),
    ("x|y\r1|2\r3|4\r", XY, ("fields are separated by |",)),
    ("x  y\n1  2\n 3 4\n", XY, ("fields are separated by spaces",)),
    ("sep=;\nx;y\n1;2\n3;4\n", XY, ("fields are separated by ;",)),
    ('"sep=,"\nx,y\n1,2\n3,4\n', XY, ()),
    ("x;y\n1,5;2,5\n", {"x": ["1,5"], "y": ["2,5"]}, ("fields are separated by ;",)),
    ("x;y\n1,5;2\n2,5;3\n", {"x": ["1,5", "2,5"], "y": ["2", "3"]}, ("fields are separated by ;",)),
    ("x;y\n1,5;a,b\n", {"x": ["1,5"], "y": ["a,b"]}, ("fields are separated by ;",)),
    ('x,y\n1,"2;5"\n3,"a;b"\n', {"x": ["1", "3"], "y": ["2;5", "a;b"]}, ()),
    ("# by me\n# 2020, \"unclosed\nx,y\n1,2\n3,4\n", XY, ("lines 1, 2 are comments",)),
    ("x,y\n1,2\n#5,6\n3,4\n", XY, ("line 3 is a comment",)),
    ("x,y\n1,2\n\n# here\n3,4\n", XY, ("line 4 is a comment",)),
    ("# x,y\n1,2\n3,4\n", XY, ("line 1, a comment, names the columns",)),
    ("#a\n#b\n#c\nx,y\n1,2\n3,4\n", XY, ("lines 1 to 3 are comments",)),
    ("tag,y\n#red,2\n#blue,4\n", {"tag": ["#red", "#blue"], "y": ["2", "4"]}, ()),
    ("song,y\nDua,2\n#1 Crush,4\n", {"song": ["Dua", "#1 Crush"], "y": ["2", "4"]}, ()),
    ("#x,#y\n#1,2\n", {"#x": ["#1"], "#y": ["2"]}, ()),
    ("x\na\n# c\nb\n", {"x": ["a", "b"]}, ("line 3 is a comment",)),
    ("x,y\n7,a\nb,c\n#d,e\n", {"x": ["7", "b"], "y": ["a", "c"]}, ("line 4 is a comment",)),
    ("sep=;\n# c\nx;y\n1;2\n3;4\n", XY, ("fields are separated by ;", "line 2 is a comment")),
    ("x,y\n#N/A,2\n3,4\n", {"x": ["#N/A", "3"], "y": ["2", "4"]}, ()),
    ("x,y\n ,2\n3,4\n", {"x": [" ", "3"], "y": ["2", "4"]}, ()),
    ('x,y\n"a\n#b",2\n', {"x": ["a\n#b"], "y": ["2"]}, ()),
    ('x,y\n"a\n\n#b",2\n', {"x": ["a\n\n#b"], "y": ["2"]}, ()),
    ("Sales of 2020\n\nx,y\n1,2\n3,4\n", XY, ("line 1 is a title",)),
    ("Sales,,\nx,y,z\n1,2,3\n", {"x": ["1"], "y": ["2"], "z": ["3"]}, ("line 1 is a title",)),
    ("Sales, 2020, by me\nfor you\nx,y\n1,2\n3,4\n", XY, ("lines 1, 2 are titles",)),
    ('"Source","World Bank",\n\n"Country","1960","1961",\n"Chad","1","2",\n"Peru","3","4",\n',
     {"Country": ["Chad", "Peru"], "1960": ["1", "3"], "1961": ["2", "4"]}, ("line 1 is a title",)),
    ("x,y\nm,s\n1,2\n3,4\n", XY, ("line 2 has the units",)),
    ("x,y\n(m),\n1,2\n3,4\n", XY, ("line 2 has the units",)),
    ("name,y\n,°C\nA,2\nB,4\n", {"name": ["A", "B"], "y": ["2", "4"]}, ("line 2 has the units",)),
    ("day,y\n,mm\n2020-01-01,2\n2020-01-02,4\n",
     {"day": ["2020-01-01", "2020-01-02"], "y": ["2", "4"]}, ("line 2 has the units",)),
    ("T\nx;y\nm;s\n1,5;2\n3;4\n", {"x": ["1,5", "3"], "y": ["2", "4"]},
     ("fields are separated by ;", "line 1 is a title", "line 3 has the units")),
    ("x,y\nNA,NA\n1,2\n3,4\n", {"x": ["NA", "1", "3"], "y": ["NA", "2", "4"]}, ()),
    ("x,y\n?,a\n1,b\n3,c\n", {"x": ["?", "1", "3"], "y": ["a", "b", "c"]}, ()),
    ("x,y\na,1\n2,3\n4,5\n", {"x": ["a", "2", "4"], "y": ["1", "3", "5"]}, ()),
    (" x , y \n1,2\n3,4\n", XY, ()),
    ("x\u200b,\ufeffy\n1,2\n3,4\n", XY, ()),
    ("x,y,\n1,2,\n3,4,\n", XY, ()),
    ("x,y\n1,2,\n3,4,\n", XY, ()),
    ('"","x","y"\n"a",1,2\n"b",3,4\n', {"row": ["a", "b"], **XY},
     ("the first column has no name, and is called row",)),
    ('"x","row"\n"a",1,2\n"b",3,4\n', {"row_": ["a", "b"], "x": ["1", "3"], "row": ["2", "4"]},
     ("the first column has no name, and is called row_",)),
    ("gro\u0308ße,gro\u0308ße in cm\n1,2\n", {"größe": ["1"], "größe in cm": ["2"]}, ()),
    ("\ufeffx,y\n1,2\n3,4\n", XY, ()),
    ("x,y\n1,2\n3,4\n".encode("utf-16"), XY, ("the text is UTF-16",)),
    ("\ufeffx;y\n1;2\n3;4\n".encode("utf-16-be"), XY,
     ("the text is UTF-16", "fields are separated by ;")),
    ("x,y\r\n1,2\r\n3,4\r\n".encode("utf-32"), XY, ("the text is UTF-32",)),
]


@pytest.mark.parametrize(("content", "columns", "reading"), FILES)
def test_layouts(content, columns, reading, tmp_path):
    table = read_csv(written(tmp_path, content))
    assert {name: table[name] for name in table.names} == columns
    assert table.reading == reading


def test_rows_remember_their_lines_below_titles_and_comments(tmp_path):
    table = read_csv(written(tmp_path, "Title\n# a\nx,y\nm,s\n1,2\n\n# b\n3,4\n"))
    assert table.places == ("line 5", "line 8")
    assert read_csv(written(tmp_path, "sep=;\nx;y\n1;2\n")).places == ("line 3",)
    assert table.take([1]).reading == table.select("x").reading == table.reading


REFUSED = [
    ("0.5,2\n1,4\n", "line 1: there are numbers where the names of columns should be"),
    ("a,b;c\n1,2;3\n", "data.csv: between the fields may stand , or ;; pass separator=',' or "
                       "separator=';'"),
    ("x,y\n1,5,2,25\n2,5,4,5\n", "line 2: 4 fields where the header has 2; if the comma is the "
                                 "decimal sign too, so that 1,5 is one number, pass decimal=','"),
    ("x,y\n1,5,2\n2,5,4\n", "line 2: 3 fields where the header has 2; look for a name that is "
                            "missing there; or, if 1,5 is one number, save the file with"),
    ("x;y\n1;2\n3\n", "line 3: 1 fields where the header has 2; look for a semicolon too few"),
    ("x\ty\n1\t2\n3\n", "look for a tab too few"),
    ("x,y\n1,2\n3\n", "look for a comma too few"),
]


@pytest.mark.parametrize(("content", "message"), REFUSED)
def test_what_is_refused(content, message, tmp_path):
    with pytest.raises(DataError) as refusal:
        read_csv(written(tmp_path, content))
    assert message in str(refusal.value)


def test_what_is_said_decides(tmp_path):
    path = written(tmp_path, "a,b;c\n1,2;3\n")
    assert read_csv(path, separator=",").names == ("a", "b;c")
    assert read_csv(path, separator=";").names == ("a,b", "c")
    assert read_csv(written(tmp_path, "sep=;\nx,y\n1,2\n"), separator=",").names == ("x", "y")
    pairs = read_csv(written(tmp_path, "x,y\n1,5,2,25\n2,5,4,5\n"), {"x": float, "y": float},
                     decimal=",")
    assert (pairs["x"], pairs["y"]) == ([1.5, 2.5], [2.25, 4.5])


@pytest.mark.parametrize(("settings", "message"), [
    ({"separator": ";;"}, "the separator is one sign, such as ';', not ';;'"),
    ({"separator": '"'}, "the separator is one sign"),
    ({"decimal": "x"}, "decimal is one of '.', ',', not 'x'"),
    ({"thousands": "x"}, "thousands is one of ',', '.', ' ', \"'\", not 'x'"),
    ({"decimal": ",", "thousands": ","}, "',' cannot be the decimal sign and stand between"),
    ({"encoding": "utf-99"}, "there is no encoding 'utf-99'"),
    ({"encoding": "base64"}, "there is no encoding 'base64'"),
    ({"dates": "soon"}, "'soon' is not the form of a date with a year")])
def test_settings_that_cannot_be(settings, message, tmp_path):
    with pytest.raises(DataError) as refusal:
        read_csv(written(tmp_path, "x\n1\n"), **settings)
    assert message in str(refusal.value)


def test_the_letters_of_an_older_windows(tmp_path):
    path = written(tmp_path, "größe\n5\n".encode("cp1252"))
    with pytest.raises(DataError, match=r"0xf6 is not UTF-8 text; .* pass encoding='cp1252'"):
        read_csv(path)
    table = read_csv(path, encoding="cp1252")
    assert table["größe"] == ["5"] and table.reading == ("the text is CP1252",)
    with pytest.raises(DataError, match="the byte 0xf6 is not ASCII text"):
        read_csv(path, encoding="ascii")


# A table of any content is written in every dialect, and read back


def field(random, end):
    kind = random.randrange(6)
    if kind == 0:
        return ""
    if kind == 1:
        letters = f'a b;c,d|e\tf"g\'#üß€{end}'  # csv quotes the end of a line, and no other
        return "".join(random.choice(letters) for _ in range(random.randrange(9)))
    return f"{random.gauss(0, 100):.{random.randrange(4)}f}"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_in_any_dialect_is_read_back(separator, end, alphabet, tmp_path):
    random = Random(f"{separator}{end}{alphabet}")
    for _ in range(20):
        names = [f"c{i}" for i in range(random.randrange(2, 6))]
        rows = [["7", *(field(random, end) for _ in names[1:])] for _ in range(30)]
        path = tmp_path / "data.csv"
        with path.open("w", encoding=alphabet, newline="") as file:
            csv.writer(file, delimiter=separator, lineterminator=end,
                       quoting=random.choice([0, csv.QUOTE_ALL])).writerows([names, *rows])
        table = read_csv(path, separator=random.choice([separator, ""]))
        assert table.names == tuple(names)
        for i, name in enumerate(names):
            assert table[name] == [row[i] or None for row in rows]


@pytest.mark.parametrize("comment", ["# x y", "# x  y", "#x\ty", "# x   y  "])
def test_names_in_a_comment_above_numbers_between_spaces(comment, tmp_path):
    table = read_csv(written(tmp_path, f"{comment}\n1  2\n3  4\n5  7\n"))
    assert [*table.names] == ["x", "y"] and table["x"] == ["1", "3", "5"]


def test_whole_numbers_as_names_are_told(tmp_path):
    assert read_csv(written(tmp_path, "1,2\n3,4\n5,6\n")).reading == (
        "line 1 names the columns, 1, 2",)
    assert read_csv(written(tmp_path, "2019,2020\n3,4\n5,6\n")).reading == ()
    assert read_csv(written(tmp_path, "2019,7\n3,4\n5,6\n")).reading == (
        "line 1 names the columns, 2019, 7",)


@pytest.mark.parametrize(
    ("content", "message"),
    [("# only\n# comments\n", "has comments alone"), ("# a,b\n# c\n", "has comments alone"),
     ("a,b;c|d\n" * 2, "may stand , or ;"), (",,z\n1,2,3\n", "column 1 has no name"),
     (",y\n", "column 1 has no name"), ('""\n1\n', "column 1 has no name"),
     ("x,y,z\n1,2\n", "a comma too few$"),
     ("x;y\n1;2\n1;2;3\n1;2\n", "a semicolon too many, or one that needs quotes around its text$")])
def test_what_is_wrong_is_what_is_said(content, message, tmp_path):
    with pytest.raises(DataError, match=message):
        read_csv(written(tmp_path, content))


AS_WRITTEN = [
    ('"x", "y"\n1, 2\n3, 4\n', {"x": ["1", "3"], "y": [" 2", " 4"]}),
    ('"x","y"\n"1", "2"\n"3", "a, b"\n', {"x": ["1", "3"], "y": ["2", "a, b"]}),
    ('"x" "y"\n"1" 1 2\n"2" 3 4\n', {"row": ["1", "2"], "x": ["1", "3"], "y": ["2", "4"]}),  # R
    ('x "a b"\n1 2\n3 4\n', {"x": ["1", "3"], "a b": ["2", "4"]}),
    ("sep=\t\nx\ty\n1\t2\n3\t4\n", XY), ("SEP=;\nx;y\n1;2\n3;4\n", XY),
    ("site,x\nA,ND\nB,1\nC,2\n", {"site": ["A", "B", "C"], "x": ["ND", "1", "2"]}),
    ("site,x\n,cm\nB,1\nC,2\n", {"site": ["B", "C"], "x": ["1", "2"]})]


@pytest.mark.parametrize(("content", "columns"), AS_WRITTEN)
def test_files_as_other_programs_write_them(content, columns, tmp_path):
    table = read_csv(written(tmp_path, content))
    assert {name: [*table[name]] for name in table.names} == columns


@pytest.mark.parametrize("hint", ["sep=\\t", "sep=;;", "sep=tab"])
def test_a_hint_that_is_not_one_sign_is_a_line_like_others(hint, tmp_path):
    table = read_csv(written(tmp_path, f"{hint}\nx\ty\n1\t2\n3\t4\n"))
    assert {name: [*table[name]] for name in table.names} == XY


def test_numbers_in_place_of_names_as_numpy_writes_them(tmp_path):
    with pytest.raises(DataError, match="numbers where the names"):
        read_csv(written(tmp_path, "1.0e+00,2.1e+00\n2.0e+00,4.1e+00\n"))


def test_a_marker_for_missing_may_have_spaces_around_it(tmp_path):
    table = read_csv(written(tmp_path, "x, y\n1, 2\n2, -999\n3,-999 \n4,n.d.\n"),
                     missing=("-999", " n.d."))
    assert table["y"] == [" 2", None, None, None]


# One thing each

LINES = [*range(1, 8)]
COMMA, SEMICOLON = ",", ";"


def rows(*texts, first=1):
    return [(line, text.split(",")) for line, text in enumerate(texts, first)]


PARTS = [  # a function, what it is given, and what it finds
    (layout._listed, ([], "is", "are"),              []),
    (layout._listed, ([4], "is", "are"),             ["line 4 is"]),
    (layout._listed, ([4, 5], "is", "are"),          ["lines 4, 5 are"]),
    (layout._listed, ([4, 5, 6], "is", "are"),       ["lines 4 to 6 are"]),
    (layout._listed, ([4, 5, 7], "is", "are"),       ["lines 4, 5, 7 are"]),
    (layout._listed, ([1, 3, 5, 7, 9], "is", "are"), ["lines 1, 3, 5, 7, 9 are"]),
    (layout._listed, ([1, 3, 5, 7, 9, 11], "is", "are"), ["lines 1, 3, 5, 7, 9, ... are"]),
    (layout._is_odd, (["a", "b"], 2),                False),
    (layout._is_odd, (["a", ""], 2),                 True),
    (layout._is_odd, (["a", " ", "b"], 3),           False),
    (layout._is_odd, (["a", "b"], 3),                True),
    (layout._is_sentence, (["of 1 and 2 a", " b c"],),         True),   # 7 words in two fields
    (layout._is_sentence, (["of 1 and a", " b c"],),           False),  # 6 may be names
    (layout._is_sentence, (["of 1 and 2 a", "b c"],),          False),
    (layout._name, (" a \n b\u200b ",),              "a b"),
    (layout._titles, (rows("T", "x,y", "1,2"),),     1),
    (layout._titles, (rows("T", "x,y", "m,s", "1,2"),), 1),             # units may be between
    (layout._titles, (rows("T", "a,b", "x,y", "c,d", "1,2"),), 2),
    (layout._titles, (rows("T", "x,y", "1,2", "3,4", "1,2,3"),), 1),    # most rows have two fields
    (layout._titles, (rows("Sales of 2020, by me and for you", "x,y", "m,s", "1,2"),), 1),
    (layout._titles, (rows("T", "p,q,r", "x,y", "1,2", "3,4"),), 2),
    (layout._titles, (rows("T", "x,y", "7", "a,b"),), 0),               # not below both names
    (layout._titles, (rows("T", "x,,z", "1,2,3"),),  0),
    (layout._titles, (rows("T", "x,x", "1,2"),),     0),
    (layout._titles, (rows("T", ",y", "1,2"),),      0),
    (layout._titles, (rows("T", "x,", "1,2"),),      1),
    (layout._titles, (rows("T", "x,7", "1,2"),),     0),
    (layout._titles, (rows("T", "x,1960", "1,2"),),  1),
    (layout._titles, (rows("T", "x,y", "a,b"),),     0),
    (layout._titles, (rows("a,7", "x,y", "1,2"),),   0),                # no title is so wide
    (layout._titles, (rows("x", "y", "1"),),         0),
    (layout._titles, (rows("x,y", "1,2"),),          0),
    (layout._titles, (rows(*["T"] * 19, *["x,y", "1,2"] * 20),), 19),
    (layout._titles, (rows(*["T"] * 20, *["x,y", "1,2"] * 20),), 0),
    (layout._names_in_comment, ((3, ["1", "2"]), {1: "# a", 2: "# x,y\n", 4: "# b,c"}, COMMA),
                                                     (2, ["x", "y"])),
    (layout._names_in_comment, ((3, ["1", "a"]), {2: "# x,y\n"}, COMMA), None),
    (layout._names_in_comment, ((3, ["1", "2"]), {3: "# x,y\n"}, COMMA), None),
    (layout._names_in_comment, ((3, ["1"]), {2: "# x\n"}, COMMA),        None),
    (layout._names_in_comment, ((3, ["1", "2"]), {2: "# x,y,z\n"}, COMMA), None),
    (layout._names_in_comment, ((3, ["1", "2"]), {2: "#  x   y\r\n"}, " "), (2, ["x", "y"])),
    (layout._is_units, (["x", "y"], rows("m,s", "1,2", "3,4")),      True),
    (layout._is_units, (["x", "y"], rows("m,s", "1,2")),             False),
    (layout._is_units, (["x", "y"], rows("m,5", "1,2", "3,4")),      False),
    (layout._is_units, (["x", "y"], rows("m,s", "1,a", "3,b")),      False),
    (layout._is_units, (["x", "y"], rows("m,", "1,a", "3,b")),       True),
    (layout._is_units, (["x", "y"], rows("m,NA", "1,a", "3,b")),     True),
    (layout._is_units, (["x", "y"], rows("NA,m", "1,2", "3,4")),     False),
    (layout._is_units, (["x", "y"], rows("m,s", "1,2", "3,?")),      True),
    (layout._is_units, (["x", "y"], rows("m,s", "1,?", "3,?")),      False),
    (layout._is_units, (["x", "y"], rows(",", "1,2", "3,4")),        False),
    (layout._is_units, (["x", "y"], rows(f"{'m' * 20},s", "1,2", "3,4")), True),
    (layout._is_units, (["x", "y"], rows(f"{'m' * 21},s", "1,2", "3,4")), False),
    (layout._without_empty_ends, (["x"], rows("1,", "2, ")),         (["x"], rows("1", "2"))),
    (layout._without_empty_ends, (["x"], rows("1,", "2,3")),         (["x"], rows("1,", "2,3"))),
    (layout._without_empty_ends, (["x", ""], rows("1,", "2,")),      (["x"], rows("1", "2"))),
    (layout._without_empty_ends, (["x", ""], rows("1,", "2,3")),   (["x", ""], rows("1,", "2,3"))),
    (layout._without_empty_ends, (["x", "y"], rows("1,", "2,")),     (["x", "y"],
                                                                      rows("1,", "2,"))),
    (layout._without_empty_ends, (["x", "y"], rows("1,2,", "3,4,")), (["x", "y"],
                                                                      rows("1,2", "3,4"))),
    (layout._without_empty_ends, (["x", "y", ""], rows("1,2,", "3,4,")), (["x", "y"],
                                                                      rows("1,2", "3,4"))),
    (layout._without_empty_ends, (["x", "y"], rows("1,2,", "3,")),   (["x", "y"],
                                                                      rows("1,2,", "3,"))),
    (layout._without_empty_ends, (["x", ""], rows("1,", "2,,")),  (["x", ""], rows("1,", "2,,"))),
    (layout._without_empty_ends, ([""], rows("", "")),               ([""], rows("", ""))),
    (layout._without_empty_ends, (["x", ""], []),                    (["x", ""], [])),
    (layout._joined_pairs, (rows("1,5,2,7", "1,2"), 2),  [(1, ["1,5", "2,7"]), (2, ["1", "2"])]),
    (layout._joined_pairs, (rows("1,5,2"), 2),                       rows("1,5,2")),
    (layout._spaced, ('  a  "b c"\td \n',),          ["a", "b c", "d"]),
    (layout._spaced, ("  \n",),                      []),
    (layout._spaced, ("a b\rc",),                    ["a", "b", "c"]),  # what csv refuses
    (layout._separator, (["a,b\n", "1,2\n"], ""),    ","),
    (layout._separator, (["a;b\n", "1,5;2\n", "1;2,5\n"], ""), ";"),
    (layout._separator, (["a b\n", "1 2\n"], ""),    " "),
    (layout._separator, (["a b\n", "1 c\n"], ""),    ","),    # text
    (layout._separator, (["a 7\n", "1 2\n"], ""),    ","),    # a number among the names
    (layout._separator, (["a b\n", "1 2\n", "1 2 3\n"], ""), ","),
    (layout._separator, (["a b\n"], ""),             ","),
    (layout._separator, (["a b\n", "1 2 3\n"], ""),  " "),    # the rows have names
    (layout._separator, (["a b\n", "1 2 3 4\n"], ""), ","),
    (layout._separator, (["a\n", "1 2\n"], ""),      ","),
    (layout._separator, (["# a b\n", "1 2\n", "3 4\n"], ""), " "),
    (layout._separator, (["# a\n", "1 2\n", "3 4\n"], ""), ","),
    (layout._separator, (["# a,b\n", "x;y\n", "1;2\n"], ""), ";"),  # comments do not count
    (layout._separator, (["a,b;c\n", "1;2\n", "1;3\n"], ""), ";"),
    (layout._separator, (["T\n", "U\n", "V\n", "a;b\n", "1;2\n"], ""), ";"),
    (layout._separator, (["x,y;z\n", "1,2;3\n", "a,b\n", "1,2,3\n"], ""), ","),  # 3 of 4, not 2
    (layout._separator, (["a b c\n", "1 2\n"], ""), ","),    # a name without a number
    (layout._separator, (["a b\n", "1 2\n", "# c d\n"], ""), " "),
]


@pytest.mark.parametrize(("function", "given", "found"), PARTS)
def test_what_is_found(function, given, found):
    assert function(*given) == found


@pytest.mark.parametrize(("fields", "separator", "said"), [
    ("1,5,2,7", ",", "4 fields where the header has 2; if the comma is the decimal sign too, so "
                     "that 1,5 is one number, pass decimal=','"),
    ("1,5,2", ",", "look for a name that is missing there; or, if 1,5 is one number, save"),
    ("1,5,2,7,3", ",", "look for a comma too many, or one that needs quotes"),
    ("1,a,2,7", ",", "look for a comma too many"),
    ("1,5,2,7", ";", "look for a semicolon too many"),
    ("1", "\t", "1 fields where the header has 2; look for a tab too few"),
    ("1", "^", "look for a '^' too few")])
def test_what_is_said_of_a_row_of_another_length(fields, separator, said):
    assert said in layout._ragged(fields.split(","), ["x", "y"], separator)


@pytest.mark.parametrize(("names", "said"), [
    (["x", ""], "here: column 2 has no name"), (["x", "y", "x"], "columns 1 and 3 are both called"),
    (["gro\u0308\u00dfe", "gr\u00f6\u00dfe"], "columns 1 and 2 are both called")])
def test_names_that_cannot_be(names, said):
    layout.check_names(["x", "y"], "here")
    with pytest.raises(DataError, match=said):
        layout.check_names(names, "here")


def test_what_a_separator_is_shows_in_500_lines():
    lines = ["a,b\n"] * 500
    assert layout._separator([*lines, *["1;2;3\n"] * 5000], "") == ","
    assert layout._separator(["1;2\n", *lines[1:]], "") == ","
    with pytest.raises(DataError, match="may stand , or ;"):
        layout._separator(["a,b;c\n"] * 500 + ["1;2\n"] * 500, "")
    assert layout._separator(["a,b;c\n"] * 499 + ["1;2\n"] * 500, "") == ";"


@pytest.mark.parametrize(("line", "fields"), [(20, ["3", "4"]), (21, ["3", ' "4"'])])
def test_spaces_before_quotes_show_in_20_lines(line, fields):
    lines = ["x,y\n", *["1,2\n"] * (line - 2), '"3", "4"\n']
    assert layout.layout(lines, "data.csv").rows[-1] == (line, fields)


def test_names_in_a_comment_have_no_titles_below():
    numbers = ["1 000 000 000", " 2 000 000 000"]  # eight words, and so perhaps a sentence
    found = layout.layout(["# a,b\n", f"{','.join(numbers)}\n", "x,y\n", "1,2\n"], "data.csv")
    assert found.names == ["a", "b"] and found.rows[0] == (2, numbers)
    assert found.said == ["line 1, a comment, names the columns"]


@pytest.mark.parametrize(("separator", "decimal"), [(",", "."), (";", ","), (",", "")])
def test_pairs_are_joined_where_the_comma_is_both(separator, decimal):
    lines = [f"x{separator}y\n", f"1{separator}5{separator}2{separator}7\n"]
    with pytest.raises(DataError, match="4 fields where the header has 2"):
        layout.layout(lines, "data.csv", separator, decimal)


@pytest.mark.parametrize("hint", ["sep=", '"sep="'])
def test_a_hint_of_nothing_is_a_comma(hint):
    found = layout.layout([f"{hint}\n", "x,y;z\n", "1,2;3\n"], "data.csv")
    assert (found.separator, found.header, found.rows) == (",", 2, [(3, ["1", "2;3"])])
