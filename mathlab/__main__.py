"""`python -m mathlab`: derive a formula, fit a model to a file, predict with it; no program needed.

    python -m mathlab derive "x**2*sin(x)" --at x=1.5
    python -m mathlab fit movies.csv "revenue = slope*budget + intercept" --save line.json
    python -m mathlab predict line.json new.csv
"""

import argparse
import os
import shutil
import sys
from collections.abc import Sequence

from mathlab.calculus.compare import compare
from mathlab.calculus.differentiate import derivative
from mathlab.calculus.order import inputs_first
from mathlab.calculus.parse import parse
from mathlab.calculus.steps import steps
from mathlab.errors import FormulaError, MathlabError
from mathlab.learning.clean import CleaningReport, clean, is_missing
from mathlab.learning.collect import number, read_csv
from mathlab.learning.explore import summary_table
from mathlab.learning.loss import LOSSES
from mathlab.learning.model import Model
from mathlab.learning.saved import load, save
from mathlab.learning.table import Table, aligned
from mathlab.learning.train import Trainer
from mathlab.learning.uncertainty import Uncertainty


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status."""
    options = _parser().parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a name may hold what the terminal cannot
    try:
        options.run(options)
        sys.stdout.flush()
    except (MathlabError, OSError) as error:
        if isinstance(error, BrokenPipeError):  # the reader has seen enough, as with `| head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as the shell does it: 128, and 2 for Ctrl-C
    return 0


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m mathlab", None, __doc__, formatter_class=raw)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    deriving = commands.add_parser("derive", help="the derivative of a formula, step by step")
    deriving.add_argument("formula", help="such as 'x**2*sin(x)'")
    deriving.add_argument("--by", default="", help="the name to differentiate by; else the first")
    deriving.add_argument("--at", nargs="+", default=[], metavar="NAME=NUMBER",
                          help="where to compare the methods")  # fmt: skip
    deriving.set_defaults(run=_derive)

    fitting = commands.add_parser("fit", help="fit a model to the rows of a CSV file")
    fitting.add_argument("file", help="with the names of its columns in the first line")
    fitting.add_argument("model", help="such as 'revenue = slope*budget + intercept'")
    fitting.add_argument("--at", nargs="+", action="append", default=[], metavar="NAME=NUMBER",
                         help="features to predict for; may be given again")  # fmt: skip
    fitting.add_argument("--start", nargs="+", default=[], metavar="NAME=NUMBER",
                         help="where the parameters start; else at 0")  # fmt: skip
    fitting.add_argument("--loss", choices=LOSSES, default="squared")
    fitting.add_argument("--missing", nargs="+", default=[], metavar="TEXT",
                         help="what stands for a missing number, besides nothing")  # fmt: skip
    fitting.add_argument("--save", metavar="MODEL.json", help="keep the trained model in a file")
    fitting.set_defaults(run=_fit)

    predicting = commands.add_parser("predict", help="predict with a model that was saved")
    predicting.add_argument("saved", metavar="MODEL.json")
    predicting.add_argument("file", help="a CSV file with the model's features among its columns")
    predicting.add_argument("--missing", nargs="+", default=[], metavar="TEXT",
                            help="what stands for a missing number, besides nothing")  # fmt: skip
    predicting.set_defaults(run=_predict)
    return parser


def _derive(options: argparse.Namespace) -> None:
    formula = parse(options.formula)
    names = [leaf.name for leaf in inputs_first(formula) if leaf.operation is None]
    if not names:
        raise FormulaError(f"{options.formula} has no unknown to differentiate by")
    by = options.by or names[0]
    (x,) = [leaf for leaf in inputs_first(formula) if leaf.name == by] or [None]
    if x is None:
        raise FormulaError(f"there is no {by} in {options.formula}; it has {', '.join(names)}")
    print(steps(formula, x))
    print(f"\nd/d{by} = {derivative(formula, x)}")
    if options.at:
        print(f"\n{compare(formula, _numbers(options.at), by)}")


def _fit(options: argparse.Namespace) -> None:
    model = Model(options.model)
    names = read_csv(options.file).names
    used = [*model.features(names), *(name for name in model.observed if name in names)]
    if not model.features(names):
        raise FormulaError(f"the right side of {model} has no column of {options.file} in it; "
                           f"its columns are {', '.join(names)}")  # fmt: skip
    table, report = _collected(options, used)
    width = shutil.get_terminal_size().columns - 1
    print(f"{report}\n")
    print(f"{summary_table({name: table[name] for name in used}, width=width)}\n")
    trainer = Trainer(model, options.loss).fit(table, _numbers(options.start))
    print(_report(trainer, width))
    for place in options.at:
        features = _numbers(place)
        (value,) = trainer.predict({name: [x] for name, x in features.items()})
        where = ", ".join(f"{name} = {x:g}" for name, x in features.items())
        print(f"\n{where}: {model.target} = {value:.6g}{_give_or_take(trainer, features)}")
    if options.save:
        save(trainer, options.save)
        print(f"\nsaved in {options.save}")


def _predict(options: argparse.Namespace) -> None:
    saved = load(options.saved)
    features = [name for name in saved.model.symbols if name not in saved.parameters]
    table, report = _collected(options, features)
    print(f"{report}\n")
    columns = [*(table[name] for name in features), [f"{y:.6g}" for y in saved.predict(table)]]
    width = shutil.get_terminal_size().columns - 1
    print(aligned([*features, f"predicted {saved.model.target}"], columns, width))


def _collected(options: argparse.Namespace, used: Sequence[str]) -> tuple[Table, CleaningReport]:
    """The table in the file without the rows that lack a number, and the account of these."""
    missing = ("", *options.missing)
    table = read_csv(options.file, types=dict.fromkeys(used, number), missing=missing)
    return clean(table, *(is_missing(name) for name in used))


def _report(trainer: Trainer, width: int) -> str:
    """The parameters, with their standard errors if the loss has any."""
    names, values = [*trainer.parameters], [*trainer.parameters.values()]
    columns = {"parameter": names, "value": [f"{value:.6g}" for value in values]}
    lines = []
    try:
        sure = Uncertainty(trainer)
    except MathlabError as error:
        lines.append(f"no standard errors: {error}")
    else:
        columns["standard error"] = [f"{error:.2g}" for error in sure.errors.values()]
        bounds = [sure.interval(name) for name in names]
        columns["95 % from"] = [f"{bound.low:.5g}" for bound in bounds]
        columns["to"] = [f"{bound.high:.5g}" for bound in bounds]
        if trainer.loss is LOSSES["squared"]:
            lines.append(f"residual standard deviation {sure.residual_spread:.5g}")
            lines.append(f"degrees of freedom {sure.freedom:,}")
    return "\n".join([str(trainer.model), "", aligned([*columns], [*columns.values()], width),
                      *lines])  # fmt: skip


def _give_or_take(trainer: Trainer, features: dict[str, float]) -> str:
    """The bounds for a single new row, in words; nothing if there are none."""
    if trainer.loss is not LOSSES["squared"]:
        return ""
    try:
        bounds = Uncertainty(trainer).prediction(features)
    except MathlabError:
        return ""
    return f" (95 % of single ones from {bounds.low:.6g} to {bounds.high:.6g})"


def _numbers(assignments: Sequence[str]) -> dict[str, float]:
    """`["x=1.5", "y=2"]` as names and numbers."""
    numbers = {}
    for text in assignments:
        name, _, digits = text.partition("=")
        try:
            numbers[name.strip()] = float(digits)
        except ValueError:
            raise FormulaError(f"write NAME=NUMBER, as in x=1.5, not {text!r:.60}") from None
    return numbers


if __name__ == "__main__":
    sys.exit(main())
