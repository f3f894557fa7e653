"""Random commands: files, models and options as nobody would write them, the same by a seed."""

import contextlib
import io

from lessons.__main__ import main as of_lessons
from mathlab.__main__ import main
from mathlab.learning.descent.optimizers import OPTIMIZERS
from mathlab.learning.model.loss import LOSSES
from tests.fuzz.changes import changed

PARAMETERS = ["a", "b", "c", "k", "n", "x0"]
RANGES = ("0..1", "0..", "..5", "-1..1", "1..0", "1e-9..1e9", "x..y", "..")
COLUMNS = ["x", "y", "w", "u", "group", "Temp [C]", "rate per hour", "day", "pi", "e", "X", "ß"]
FUNCTIONS = ["exp", "log", "sqrt", "sin", "cos", "tanh", "sigmoid", "abs", "relu", "atan", "erf",
             "gamma", "log10", "cbrt", "nothing"]
MODELS = ["a*x + b", "a*x", "a*x + b*x**2 + c", "a*exp(b*x)", "a*exp(-b*x) + c", "a*x**b",
          "a/(1 + exp(-(x - b)/c))", "a*x/(b + x)", "a*x**n/(b**n + x**n)", "a*sin(b*x + c) + k",
          "c + (k - c)/(1 + (x/a)**b)", "a*exp(-(x - b)**2/(2*c**2)) + k", "sigmoid(a*x + b)",
          "1/(1 + exp(-(a*x + b)))", "sqrt(2*x/a)", "a + b*x + c*u", "a*log(x) + b", "a**(b*x)",
          "a/(b + x)", "a*(x - x0)", "a", "a + 0*x", "a*relu(x - b) + c", "a*x0*x", "2*x",
          "C(group)", "a*x + C(group) + b", "a*`Temp [C]` + b", "a*x + group",
          "a*exp(b*x) + c*exp(k*x)"]


def formula(random, depth=3):
    """A random formula of the columns and parameters."""
    if depth == 0 or random.random() < 0.2:
        return random.choice([*PARAMETERS, "x", "u", "x", "2", "0", "0.5", "1e3", "1e-9", "pi",
                              "e"])
    if random.random() < 0.3:
        return f"{random.choice(FUNCTIONS)}({formula(random, depth - 1)})"
    sign = random.choice(["+", "-", "*", "*", "/", "**", " "])
    return f"({formula(random, depth - 1)}{sign}{formula(random, depth - 1)})"


def model(random):
    """A random model: mostly one of the usual ones, now and then nonsense."""
    target = random.choice(["y"] * 24 + ["log(y)", "y/w", "x", "group", "z", ""])
    right = random.choice(MODELS) if random.random() < 0.85 else formula(random)
    if random.random() < 0.05:
        cut = random.randrange(len(right))
        right = right[:cut] + random.choice("()`=*#, \\") + right[cut:]
    return f"{target} = {right}" if random.random() < 0.98 else right


def column(random, rows):
    """The fields of a random column: numbers of one size, or words, with holes now and then."""
    size = 10.0 ** random.choice([0] * 12 + [1, 2, 3, -3, -18, 15, 140, -140, 300, -310])
    kinds = {
        "numbers": lambda i: repr(size * random.gauss(0, 1)),
        "positive": lambda i: repr(size * random.random()),
        "rows": lambda i: str(i),
        "years": lambda i: str(1900 + i),
        "whole": lambda i: str(random.randrange(-2, 4)),
        "yes or no": lambda i: random.choice("01"),
        "zeros": lambda i: "0",
        "constant": lambda i: repr(size),
        "words": lambda i: random.choice(["red", "green", "blue", "a b", ""]),
        "thousands": lambda i: f'"{random.randrange(9000):,}"',
        "percent": lambda i: f"{random.randrange(100)}%",
        "dates": lambda i: f"2020-0{random.randrange(1, 10)}-1{random.randrange(10)}",
        "bad": lambda i: random.choice(["nan", "inf", "1e999", "-", "?", "NA", "1,5", "0x1f", "½"])}
    kind = random.choice([*kinds] + ["numbers", "positive", "rows"] * 15)
    holes = random.choice([0] * 12 + [0.1])
    return [random.choice(["", "NA", "?"]) if random.random() < holes else kinds[kind](i)
            for i in range(rows)]


def file(random):
    """The bytes of a random file, mostly a table that can be read."""
    names = ["x", "y", *random.sample(COLUMNS[2:], random.randrange(4))]
    rows = random.choice([0, 1, 2, 3, 4, 5, 5, 8, 8, 8, 12, 12, 12, 30])
    columns = [column(random, rows) for _ in names]
    if random.random() < 0.3 and rows:  # a target that has something to do with the feature
        with contextlib.suppress(ValueError, OverflowError):
            columns[1] = [repr(2 * float(x) + random.gauss(0, 0.1)) for x in columns[0]]
    if random.random() < 0.1:
        names[random.randrange(len(names))] = random.choice(["", "x", "1", "a", "Y "])
    separator = random.choice([","] * 12 + [";", "\t", "|"])
    lines = [separator.join(names), *map(separator.join, zip(*columns, strict=True))]
    if random.random() < 0.05:
        lines.insert(random.randrange(len(lines) + 1),
                     random.choice(["", "# a comment", "A title", "m,s", '"', ",,,,,", "x" * 500]))
    text = random.choice(["\n"] * 9 + ["\r\n", "\r"]).join(lines) + random.choice(["\n", ""])
    encoding = random.choice(["utf-8"] * 24 + ["utf-8-sig", "utf-16", "latin-1"])
    return text.encode(encoding, errors="replace")


def number(random):
    """The text of a number, now and then of none."""
    return random.choice(["0", "1", "-1", "0.5", "1e-3", "2", "0.1"] * 6
                         + ["1e9", "nan", "inf", "-1e300", "pi", "1/0", "x", ""])


def options_of_reading(random):
    """Random options that say how a file is read, mostly none."""
    known = [
        ("--missing", ["NA", "?", "", "0"]), ("--separator", [",", ";", "tab", "|", "x", ""]),
        ("--decimal", [".", ",", "x"]), ("--thousands", [",", ".", "'", " "]),
        ("--encoding", ["utf-8", "latin-1", "cp1252", "utf-16", "rot13", "hex", "nothing"]),
        ("--dates", ["%Y-%m-%d", "%d/%m/%Y", "%", "%Q", "x"])]
    return [word for option, texts in known if random.random() < 0.03
            for word in (option, random.choice(texts))]


def options(random, folder):
    """Random options of `fit`, each with a chance of its own."""
    known = [
        (0.2, lambda: ["--steps", random.choice(["0", "1", "2", "10", "20", "-1"])]),
        (0.2, lambda: ["--loss", random.choice([*LOSSES])]),
        (0.1, lambda: ["--at", f"x={number(random)}"]
         + [f"u={number(random)}"] * (random.random() < 0.1)),
        (0.05, lambda: ["--start", f"a={number(random)}"]),
        (0.02, lambda: ["--start", *(f"{p}={number(random)}" for p in random.sample(PARAMETERS,
                                                                                    2))]),
        (0.1, lambda: ["--optimizer", random.choice([*OPTIMIZERS])]),
        (0.05, lambda: ["--method", random.choice(["numeric", "backward", "compiled", "magic"])]),
        (0.03, lambda: ["--weights", random.choice(["w", "u", "y", "nothing"])]),
        (0.04, lambda: ["--ridge", number(random)]),
        (0.04, lambda: ["--train-share", random.choice(["0", "0.5", "0.8", "1", "2"])]),
        (0.04, lambda: ["--seed", random.choice(["1", "-1", "x"])]),
        (0.03, lambda: ["--learning-rate", number(random)]),
        (0.03, lambda: ["--batch", random.choice(["0", "1", "3", "99"])]),
        (0.05, lambda: ["--standardize"]),
        (0.08, lambda: ["--fix", f"{random.choice(PARAMETERS)}={number(random)}"]),
        (0.08, lambda: ["--bounds", f"{random.choice(PARAMETERS)}={random.choice(RANGES)}"]),
        (0.05, lambda: ["--derive-from", random.choice(["a*b", "a/b", "exp(c)", "x*a", "1"])]),
        (0.03, lambda: ["--sigma", random.choice(["w", "0.5", "0", "y", "-1"])]),
        (0.05, lambda: ["--against", random.choice(["y = a*x", "y = a + b*x**2", "y = q", "z"])]),
        (0.02, lambda: ["--nested"]),
        (0.05, lambda: ["--export", random.choice(["python", "javascript", "excel"])]),
        (0.03, lambda: ["--level", random.choice(["0.9", "0", "1", "0.999999"])]),
        (0.03, lambda: ["--details"]), (0.02, lambda: ["--digits", "all"]),
        (0.04, lambda: ["--prove"]),
        (0.2, lambda: ["--save", str(folder / "fit.json")]),
        (0.02, lambda: ["--save", str(folder / "pictures")]),
        (0.02, lambda: ["--resume", str(folder / "fit.json")])]
    often = random.choice([0.2, 0.5, 1])
    return [word for chance, words in known if random.random() < often * chance
            for word in words()] + options_of_reading(random)


def lesson(random):
    """Random words for `python -m lessons`, none of which waits for somebody, or keeps anything."""
    if random.random() < 0.5:
        return [random.choice(["0", "99", "-1", "x", "1.5", "", "٣", "--html", "--to", "--what",
                               "--hint", "--next=1", "practice=", "Tiny"]),
                *random.choice([["--seed", number(random)], ["--teacher"], ["--save"]])]
    columns = [random.choice(COLUMNS) for _ in range(random.randrange(4))]
    return random.choice([["tiny", "data.csv", *columns], ["--glossary"],
                          ["derive", formula(random)], ["fit", "lessons/data/movies.csv", "x"]])


def command(random, folder):
    """A random command, and the files that it needs, written into the folder; now and then there is
    a change in the bytes of one of its words."""
    data = folder / "data.csv"
    data.write_bytes(file(random))
    kind = random.random()
    if kind < 0.75:
        words, more = [str(data), model(random)], options(random, folder)
        made = ["fit", *words, *more] if random.random() < 0.97 else ["fit", *more, *words]
    elif kind < 0.85:
        more = [["--level", number(random)], ["--of-mean"], ["--csv"]]
        chosen = [word for words in more if random.random() < 0.1 for word in words]
        made = ["predict", str(folder / "fit.json"), str(data), *chosen,
                *options_of_reading(random)]
    elif kind < 0.95:
        at = ["--at", f"x={random.choice(['0', '1', '-2', '1e300', 'nan'])}"] * random.randrange(2)
        by = ["--by", random.choice(["x", "a", "z", "x+1", ""])] * (random.random() < 0.2)
        made = ["derive", formula(random), *at, *by]
    else:
        made = ["lessons", *(str(data) if word == "data.csv" else word for word in lesson(random))]
    if random.random() < 0.1:
        i = random.randrange(1, len(made))
        if str(folder) not in made[i]:
            made[i] = changed(random, made[i].encode()).decode("utf-8", "surrogateescape")
    return made


def run(words):
    """Run a command: its status, what it printed, and what it said of errors."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = of_lessons(words[1:]) if words[0] == "lessons" else main(words)
        except SystemExit as end:  # argparse ends so
            status = end.code
    return status, out.getvalue(), err.getvalue()


def fault(words, status, out, err):
    """What is wrong with how a command ended, in a few words; "" if nothing is.

    The status is 0, and then something was printed; or it is 1 or 2, and then the last line on
    standard error says why, and is the only one.
    """
    lines = err.splitlines()
    if status not in (0, 1, 2):
        return f"status {status}"
    if status == 0:
        return "" if out.strip() else "nothing was printed"
    if len(lines) != 1 or not lines[0].startswith("error: "):
        return f"{len(lines)} lines of errors"
    return "an error without end" if len(lines[0]) > 1000 else ""
