"""24. Your own file: can one command do it all?

Guess first: a line says how many miles a car of 3,000 pounds goes on a gallon. How far to each side
of that must an interval reach, to hold 95 of 100 such cars? You will see one command answer from a
file, and what each line of its report means; two errors, and what they ask for; and a model that is
kept for tomorrow.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from lessons.data.sources import FOLDER, cars
from lessons.pages.live.live import Drag, Guess, Lever, Live, Moving, Number
from lessons.pages.page import Page
from lessons.run import finished, start
from mathlab import substitute, symbols
from mathlab.__main__ import main as mathlab
from mathlab.drawing import Chart, Line, Points
from mathlab.errors import DataError
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty

FILE = "cars.csv"
MODEL = "miles_per_gallon = a*weight + b"
WEIGHTS = (2000, 3000, 4000)  # pounds, of cars that are not in the file
MISSPELLED = ("weight", "wieght")
BROKEN = "width,price\n10,100\n12,12O\n15,150\n"  # an O where a 0 should be
COLUMNS = 80  # of the report, on whatever page it is shown
CTRL_C = 130  # what the command returns then

# How each line of the report begins, or, of the first three, what stands in it; and what it says.
MEANINGS = {
    "rows read": "How many rows the file has, below its first line.",
    "is missing": """How many rows were left out, why, and where the first of them is. Look at it:
        were they left out for a reason that has to do with your question? (Lesson 1.)""",
    "rows kept": "The rows that the fit has seen.",
    "miles_per_gallon =": """The model with its parameters (levers), in as many digits as it needs.
        This line can be copied and used.""",
    "parameter": """'value' is what makes the loss smallest. 'standard error' is how far such a
        value typically is from the true one, from sample to sample. '95% from' and 'to' are the
        ends of an interval that holds the true one in 95 of 100 samples (lesson 21). 'p-value' is
        how often chance alone would bring a value at least as far from 0 as this one, if the
        true one were 0.""",
    "residual standard deviation": """How far off the model is, typically: nearly the RMSE (typical
        error), but divided by the degrees of freedom and not by the rows.""",
    "degrees of freedom": "Rows less parameters.",
    "R squared": """R squared, the coefficient of determination: which share of the squared
        differences from the mean the model explains. 0 is no better than the mean, 1 is
        perfect.""",
    "adjusted R squared": """The same, but each parameter costs something, so that a useless
        one looks less like a gain.""",
    "log-likelihood": """The log-likelihood: how likely these rows are if the model is true, as a
        logarithm. Alone it says nothing; it is for the next line.""",
    "AIC": """Akaike's information criterion. For two models of the same rows: take the one with the
        lower AIC; but a difference below about 2 decides hardly anything (Burnham and Anderson,
        Model Selection and Multimodel Inference, 2002). Each parameter adds 2 to it, and so does
        the residual standard deviation, which was found from the data too. (Some programs,
        statsmodels among them, do not count that one: theirs is lower by 2, for every model.)""",
    "The way down": """How many steps were taken, which loss it was, and its mean before and after
        (lesson 14).""",
}
ANYWHERE = 3  # of them, the first ones, begin with a number
# What statsmodels, which many people use with pandas, calls the same.
ELSEWHERE = {
    "rows kept": "No. Observations", "value": "coef", "standard error": "std err",
    "95% from, to": "[0.025, 0.975]", "p-value": "P>|t|", "degrees of freedom": "Df Residuals",
    "R squared": "R-squared", "adjusted R squared": "Adj. R-squared",
    "log-likelihood": "Log-Likelihood", "AIC": "AIC",
}


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    with TemporaryDirectory() as folder:
        report = ran(folder, "fit", str(FOLDER / FILE), MODEL)
        trainer = finished(Trainer(MODEL).fit(cars("weight")[0]))
        the_report(page, report, trainer)
        in_words(page, trainer, ran(folder, "fit", str(FOLDER / FILE), MODEL, "--at",
                                    f"weight={WEIGHTS[1]}"), len(report))
        go_wrong(page, folder)
        kept(page, folder)
    page.title("Now yours")
    page.say("""Any table will do that your program for tables can save as CSV, with the names of
        its columns in the first line. Commas, semicolons and tabs are all read, and so are 1,5 and
        1.5; what is unusual about a file is told in a line of its own. In the model every name that
        is not a column is a parameter. So write your target (the dependent variable; in machine
        learning, the label), =, and a formula with your columns and names of your own. `python -m
        mathlab fit --help` lists the rest: pictures, several models side by side, other losses. For
        a target of yes and no (1 and 0) take a sigmoid, as in "distress = sigmoid(a*temperature +
        b)", and --loss log (lesson 19).""")
    page.say("""And to read on: `python -m lessons --glossary` lists the words of these lessons with
        those of the field, and ends with a page in the manner of two manuals, of PyTorch and of
        scikit-learn. You can read it now.""")
    page.change("""let MODEL be "miles_per_gallon = a/weight + b". What does AIC say about the two
        models? And which of them would you trust with a car of 6,000 pounds?""")
    page.exercise()


def ran(folder: str, *words: str, refused: bool = False) -> list[str]:
    """The lines that `python -m mathlab` prints for these words, here and now; files are named
    without their folder.

    Raises: DataError, with what the command says, if it refuses and should not.
    """
    said = StringIO()
    with as_wide_as(COLUMNS), redirect_stdout(said), redirect_stderr(said):
        status = mathlab(words)
    if status == CTRL_C:
        raise KeyboardInterrupt
    text = said.getvalue().replace(f"{folder}{os.sep}", "")
    if bool(status) is not refused:
        raise DataError(text.strip().removeprefix("error: ") or "the command refuses nothing here")
    return text.splitlines()


@contextmanager
def as_wide_as(columns: int) -> Iterator[None]:
    """For this time the terminal is taken to be so wide: the report is shown on other pages too."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(columns)
    try:
        yield
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before


def the_report(page: Page, report: list[str], trainer: Trainer) -> None:
    """The command, its whole report, and then the report line by line."""
    with (FOLDER / FILE).open(encoding="utf-8") as file:
        first = [next(file).rstrip() for _ in range(3)]
    page.say(f"""So far programs did the work, and you could read them. If all that you want is an
        answer, there is a command. This is how {FILE} begins:""")
    page.lines(shown(first))
    page.say("""The question: how do miles per gallon go with the weight, in pounds?""")
    page.live(on_the_curve(trainer))
    page.say("""The line comes from the command. It takes the file and a model. Names that are
        columns are columns; the others, a and b, are parameters to be found:""")
    page.lines(f'  python -m mathlab fit lessons/data/{FILE} "{MODEL}"')
    page.say("It prints:")
    page.lines(shown(report))
    page.title("Line by line")
    for lines, meaning in explained(report):
        page.lines(shown(lines))
        page.say(meaning)
    page.say("""Other programs print the same numbers under other names. Who uses pandas often takes
        statsmodels for this:""")
    page.table({"here": [*ELSEWHERE], "in statsmodels": [*ELSEWHERE.values()]})


def explained(report: list[str]) -> list[tuple[list[str], str]]:
    """The lines of a report, each with what is said of it; rows of the parameters stand with the
    heads of their table, and a line that goes on with its beginning.

    Raises: DataError for a line of which nothing is known.
    """
    found: list[tuple[list[str], str]] = []
    for line in filter(str.strip, report):
        marks = [mark for i, mark in enumerate(MEANINGS)
                 if (mark in line if i < ANYWHERE else line.startswith(mark))]
        if marks:
            found.append(([line], MEANINGS[marks[0]]))
        elif found and (line.startswith("  ") or found[-1][0][0].startswith("parameter")):
            found[-1][0].append(line)
        else:
            raise DataError(f"nothing is known of the line {line!r}")
    return found


def on_the_curve(trainer: Trainer) -> Live:
    """The cars and the model, with a weight to turn."""
    table, model = trainer.table, trainer.model
    weight, along = symbols("weight along")
    miles = substitute(model.prediction, trainer.parameters)
    low, high = min(table["weight"]), max(table["weight"])
    sure = Uncertainty(trainer).prediction({"weight": WEIGHTS[1]})
    places = [low + (high - low) * i / 60 for i in range(61)]
    return Live(
        "weight", f"""The model gives a car of {WEIGHTS[1]:,} pounds {sure.value:.1f} miles per
        gallon. How far to each side of that must an interval reach, to hold 95 of 100 such
        cars?""",
        [Chart(
            Points(table["weight"], table["miles_per_gallon"], "cars"),
            Line(places, [predicted(trainer, place) for place in places], "the model"),
            title="Miles per gallon, by weight", x_label="weight, pounds",
            y_label="miles per gallon",
        )],
        [Lever(weight, low, high, 1, WEIGHTS[1])],
        [Number("the model says", miles, "miles per gallon")],
        [Moving("line", (along, substitute(miles, {weight: along})), {"along": places},
                label="the model"),
         Moving("dots", (weight, miles))],
        Guess("Miles per gallon to each side:", sure.high - sure.value, near=2.5),
        hides=[(0, 2)], drag=Drag(x="weight"),
        hint="Drag the dot, or turn the lever: how far off are the cars near it?",
    )


def in_words(page: Page, trainer: Trainer, report: list[str], known: int) -> None:
    """What the answer says of some weights; `known` lines of the report were shown before."""
    page.title("What it means")
    light, middle, heavy = (predicted(trainer, weight) for weight in WEIGHTS)
    falls = page.claim(light > middle > heavy, "The heavier, the fewer miles.")
    page.say(f"""{falls} For {WEIGHTS[0]:,} pounds the model says {light:.1f} miles per gallon, for
        {WEIGHTS[2]:,} pounds {heavy:.1f}. And for a car in between? Add --at weight={WEIGHTS[1]} to
        the command, and the report ends with:""")
    page.lines(shown(report[known:]).strip("\n"))
    page.say("""That answers the question, if the cars are missed by about as much at every weight
        (lesson 21 says what to look for): the first interval is for one such car, the other one
        for the mean of many of them. The first hardly narrows with more rows, the second does
        (lesson 21).""")


def predicted(trainer: Trainer, weight: float) -> float:
    """What the model says of a car of this weight."""
    return trainer.model.predict(trainer.parameters, trainer.table.head(1).with_column(
        "weight", [weight]))[0]


def go_wrong(page: Page, folder: str) -> None:
    """A misspelled name, and a file with a slip in it."""
    page.title("When it refuses")
    misspelled = MODEL.replace(*MISSPELLED)
    page.say(f'An error is one line, and says what to do. Let the model be "{misspelled}":')
    page.lines(shown(ran(folder, "fit", str(FOLDER / FILE), misspelled, refused=True)))
    page.say("""A name that is not a column would be a parameter; but this one looks like a slip, so
        it asks. And here is a file, mine.csv, that somebody typed:""")
    mine = Path(folder) / "mine.csv"
    mine.write_text(BROKEN, encoding="utf-8")
    page.lines(shown(BROKEN.splitlines()))
    page.say('With the model "price = a*width + b" the command says:')
    page.lines(shown(ran(folder, "fit", str(mine), "price = a*width + b", refused=True)))
    page.say("""Look at line 3: the last letter is an O, and no 0. Nothing is guessed, and no row is
        dropped in silence: either you correct the file, or you say which text means that a number
        is missing.""")


def shown(lines: list[str]) -> str:
    """Lines of the command, moved in."""
    return "\n".join(f"    {line}".rstrip() for line in lines)


def kept(page: Page, folder: str) -> None:
    """A model in a file, and what it says of other rows."""
    page.title("Tomorrow, for other rows")
    new = Path(folder) / "new.csv"
    new.write_text("\n".join(["weight", *map(str, WEIGHTS)]) + "\n", encoding="utf-8")
    saved = str(Path(folder) / "line.json")
    *_, last = ran(folder, "fit", str(FOLDER / FILE), MODEL, "--save", saved)
    page.say("Add --save line.json to the command, and its last line is:")
    page.lines(f"    {last}")
    page.say("""The file is text: the model, its parameters in all their digits, and how sure they
        are. With it you need the old rows no more. Three new cars stand in new.csv, with a column
        weight:""")
    page.lines("    python -m mathlab predict line.json new.csv")
    page.say("prints:")
    page.lines(shown(ran(folder, "predict", saved, str(new))))
    page.say("""Add --level 0.95 for an interval beside each. And if you let it print into a file,
        as in `... > told.csv`, it writes CSV with all columns of yours, for the next program.""")


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
