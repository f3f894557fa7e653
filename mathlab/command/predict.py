"""`python -m mathlab predict`: what a saved model says of the rows of a file.

On the page: `slope * x + intercept`, tomorrow, for other rows.
"""

import argparse

from mathlab.command.options import add_missing, collected, width
from mathlab.learning.data.table import aligned
from mathlab.learning.inference.saved import load


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Say what the command takes."""
    parser = commands.add_parser("predict", help="predict with a model that was saved")
    parser.add_argument("saved", metavar="MODEL.json")
    parser.add_argument("file", help="a CSV file with the model's features among its columns")
    add_missing(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Print the features and the prediction of each row."""
    saved = load(options.saved)
    features = [name for name in saved.model.symbols if name not in saved.parameters]
    table, report = collected(options, features)
    print(f"{report}\n")
    columns = [*(table[name] for name in features), [f"{y:.6g}" for y in saved.predict(table)]]
    print(aligned([*features, f"predicted {saved.model.target}"], columns, width()))
