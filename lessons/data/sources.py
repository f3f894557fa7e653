"""The other data of the lessons: cars, shuttle launches, and Anscombe's four series.

cars.csv        406 cars of 1970 to 1982. StatLib (1983), by way of the Vega data sets
challenger.csv  23 launches before the Challenger accident: the temperature of the joint in degrees
                Fahrenheit, and whether an O-ring showed distress (1) or none did (0).
                S. R. Dalal, E. B. Fowlkes and B. Hoadley, "Risk Analysis of the Space Shuttle",
                Journal of the American Statistical Association 84 (1989)
anscombe.csv    four series of eleven rows. F. J. Anscombe, "Graphs in Statistical Analysis", The
                American Statistician 27 (1973)
"""

from functools import cache
from pathlib import Path

from mathlab.learning.data.clean import CleaningReport, clean, is_missing
from mathlab.learning.data.collect import number, read_csv
from mathlab.learning.data.table import Table

FOLDER = Path(__file__).parent


@cache
def cars(*features: str) -> tuple[Table, CleaningReport]:
    """The cars whose miles per gallon and features are known, and the account of the others."""
    names = ("miles_per_gallon", *features)
    table = read_csv(FOLDER / "cars.csv", types=dict.fromkeys(names, number))
    return clean(table.select(*names), *map(is_missing, names))


@cache
def shuttle() -> Table:
    """The launches: temperature, and distress."""
    return read_csv(FOLDER / "challenger.csv", types={"temperature": number, "distress": number})


@cache
def anscombe() -> dict[str, Table]:
    """The four series by their names, each with the columns x and y."""
    table = read_csv(FOLDER / "anscombe.csv", types={"x": number, "y": number})
    rows = {name: [i for i, each in enumerate(table["series"]) if each == name]
            for name in dict.fromkeys(table["series"])}
    return {name: table.take(chosen).select("x", "y") for name, chosen in rows.items()}
