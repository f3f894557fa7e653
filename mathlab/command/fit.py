"""`python -m mathlab fit`: collect, explore, train, predict, with a file and a formula.

On the page: `slope * x + intercept`, for any model, with error bars and pictures. Read `run` first.
"""

import argparse
from collections.abc import Callable
from contextlib import suppress

from mathlab import names
from mathlab.calculus.algebra.differentiate import substitute
from mathlab.command.options import FORM, add_missing, collected, completed, numbers, say, width
from mathlab.command.pictures import charts, way_down
from mathlab.drawing.charts import svg, terminal
from mathlab.drawing.paper import album
from mathlab.errors import DataError, FormulaError, MathlabError
from mathlab.learning.data.collect import read_csv
from mathlab.learning.data.explore import correlation, summary_table
from mathlab.learning.data.split import split
from mathlab.learning.data.table import Table, aligned
from mathlab.learning.descent.batches import MiniBatches
from mathlab.learning.descent.optimizers import OPTIMIZERS, Optimizer
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.goodness import aic, log_likelihood, r_squared
from mathlab.learning.inference.predict import residuals, typical_error
from mathlab.learning.inference.saved import check_target, load, save
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.loss import LOSSES
from mathlab.learning.model.model import Model, trainable
from mathlab.learning.model.surface import METHODS

MEASURES: dict[str, tuple[Callable[[Trainer], float], str]] = {
    "R squared": (r_squared, ".4f"), "log-likelihood": (log_likelihood, ",.2f"),
    "AIC": (aic, ",.2f")}
FEWEST = 2  # rows to train on


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Say what the command takes."""
    parser = commands.add_parser("fit", help="fit a model to the rows of a CSV file")
    add = parser.add_argument
    add("file", help="with the names of its columns in the first line")
    add("model", help="such as 'revenue = slope*budget + intercept'")
    add_missing(parser)
    add("--at", nargs="+", action="append", default=[], metavar=FORM,
        help="features to predict for; may be given again")
    add("--loss", choices=LOSSES, default="squared")
    add("--weights", default="", type=names.form, metavar="COLUMN", help="how much each row counts")
    add("--ridge", type=float, default=0.0, metavar="NUMBER",
        help="what the square of each parameter adds to the loss")
    add("--train-share", type=float, metavar="SHARE",
        help="train on this share of the rows, such as 0.8, and test on the others")
    add("--seed", type=int, default=0, help="of all that is drawn at random")
    add("--start", nargs="+", action="extend", default=[], metavar=FORM,
        help="where the parameters start")
    add("--resume", metavar="MODEL.json", help="start where a saved model ended")
    add("--optimizer", choices=OPTIMIZERS,
        help="instead of the best one for the loss")
    add("--learning-rate", type=float, metavar="NUMBER", help="of the optimizer; alone: of descent")
    add("--batch", type=int, metavar="ROWS", help="rows looked at for a step; alone: with adam")
    add("--standardize", action="store_true", default=None,
        help="walk over features of mean 0 and spread 1; a ridge is then for these")
    add("--steps", type=int, default=1000, help="of the walk, at most")
    add("--method", choices=METHODS, default="compiled", help="how slopes are found")
    add("--save", action="append", default=[], metavar="PATH",
        help="keep the model in a file that ends in .json, or pictures in a folder")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Print what was dropped, what the data look like, what was found, and how sure that is."""
    model = Model(_completed(options.model))
    models = [path for path in options.save if path.endswith(".json")]
    folders = [path for path in options.save if not path.endswith(".json")]
    for path in models:
        check_target(path)
    for folder in folders:
        album.check_folder(folder)
    places = [numbers(place) for place in options.at]
    start = numbers(options.start)
    if options.resume:
        start = _saved_place(model, options.resume) | start
    trainer = Trainer(
        model, options.loss, _optimizer(options), options.method, weights=options.weights,
        ridge=options.ridge, standardize=options.standardize, seed=options.seed)
    seen, unseen = _explored(model, options)
    for place in places:
        _check_features(place, model.features(seen.names), model)
    trainer.fit(seen, start, options.steps)
    for path in models:
        save(trainer, path)
    picture = terminal.render(way_down(trainer), width=min(width(), 72), height=14)
    print(f"{picture}\n")
    _print_report(trainer)
    _print_errors(trainer, seen, unseen)
    for place in places:
        print()
        say(_prediction(trainer, place))
    saved = [*models]
    for folder in folders:
        for name, chart in charts(trainer, seen, unseen).items():
            saved.append(str(album.keep(svg.render(chart, animate=True), folder, name)))
    for path in saved:
        say(f"saved in {path}")
    if trainer.interrupted:
        raise KeyboardInterrupt


def _completed(model: str) -> str:
    """The text of a model with the signs that were left out on its right side."""
    target, equals, formula = model.partition("=")
    if not formula.strip() or "=" in formula:
        return model  # it is not a model, as Model says
    return f"{target}{equals} {completed(formula, f'{target.strip()} = ').strip()}"


def _optimizer(options: argparse.Namespace) -> Optimizer | None:
    """The optimizer that was asked for; None for the one that suits the loss."""
    name, rate = options.optimizer, options.learning_rate
    if name is None and (rate is not None or options.batch is not None):
        name = "adam" if options.batch is not None else "descent"
    if name is None:
        return None
    kind = OPTIMIZERS[name]
    if rate is not None and not hasattr(kind, "learning_rate"):
        raise FormulaError(f"{name} has no learning rate: it finds how far to go by itself")
    optimizer = kind() if rate is None else kind(rate)
    if options.batch is None:
        return optimizer
    return MiniBatches(optimizer, options.batch, options.seed)


def _saved_place(model: Model, path: str) -> dict[str, float]:
    """The parameters in a file of the same model."""
    saved = load(path)
    there, here = ((m.target, str(m.prediction)) for m in (saved.model, model))
    if there != here:
        raise DataError(f"{path} has another model: {saved.model}")
    return saved.parameters


def _explored(model: Model, options: argparse.Namespace) -> tuple[Table, Table | None]:
    """The rows to train on, and those held back, after a look at the columns in use."""
    table = read_csv(options.file)
    names = table.names
    features = model.features(names)
    if not features:
        trainable(model, table)  # may know why
        raise FormulaError(f"the right side of {model} has no column of {options.file} in it; "
                           f"its columns are {', '.join(names)}")
    used = [*features, *(name for name in model.observed if name in names)]
    counted = [options.weights] if options.weights else []
    table, report = collected(options, [*dict.fromkeys([*used, *counted])])
    print(f"{report}\n")
    if len(table) < FEWEST:
        raise DataError(f"{options.file} has {len(table)} rows to train on; collect more")
    print(f"{summary_table({name: table[name] for name in used}, width=width())}\n")
    if model.target in names:
        for name in features:
            try:
                r = correlation(table[name], table[model.target])
            except DataError:
                continue  # a column that is all one value moves with nothing
            say(f"correlation of {name} with {model.target}: {r:.3f}")
        print()
    if options.train_share is None:
        return table, None
    return split(table, options.train_share, options.seed)


def _print_report(trainer: Trainer) -> None:
    """The fitted formula; its parameters, with standard errors if there are any; how good it is."""
    found = trainer.parameters
    if trainer.interrupted:
        say(f"Interrupted after {len(trainer.history) - 1:,} steps; this is the best so far.")
        print()
    elif not trainer.at_the_bottom:
        say("No lowest point was found: this is the best place of the walk. Take more --steps, or "
            "another --optimizer, --start or --seed.")
        print()
    rounded = {trainer.model.symbols[name]: _rounded(p) for name, p in found.items()}
    formula = str(substitute(trainer.model.prediction, rounded))
    say(f"{trainer.model.target} = {formula.replace('+ -', '- ').replace('- -', '+ ')}")
    print()
    columns = {"parameter": [*found], "value": [f"{value:.6g}" for value in found.values()]}
    lines = []
    try:
        sure = Uncertainty(trainer)
    except MathlabError as error:
        lines.append(f"no standard errors: {error}")
    else:
        columns["standard error"] = [f"{error:.2g}" for error in sure.errors.values()]
        bounds = [sure.interval(name) for name in found]
        columns["95% from"] = [f"{bound.low:.5g}" for bound in bounds]
        columns["to"] = [f"{bound.high:.5g}" for bound in bounds]
        if trainer.loss.is_square:
            lines.append(f"residual standard deviation {sure.residual_spread:.5g}")
            lines.append(f"degrees of freedom {sure.freedom:,}")
    for name, (measure, form) in MEASURES.items():
        with suppress(DataError):  # it is not known for every loss
            lines.append(f"{name} {measure(trainer):{form}}")
    print(aligned([*columns], [*columns.values()], width()))
    for line in lines:
        say(line)


def _rounded(number: float) -> float | int:
    """Six digits, and without a point if it is whole."""
    short = float(f"{number:.6g}")
    return int(short) if short.is_integer() and abs(short) < 1e15 else short


def _check_features(place: dict[str, float], features: list[str], model: Model) -> None:
    """Make sure, before long work, that there will be a prediction for this place."""
    for name in place:
        if name not in features:
            raise FormulaError(f"there is no feature {name!r} in {model} to predict for")
    for name in features:
        if name not in place:
            raise FormulaError(f"to predict, {model} needs a number for {name} too")


def _print_errors(trainer: Trainer, seen: Table, unseen: Table | None) -> None:
    """How far off the predictions are on the rows trained on, and on those held back."""
    if unseen is None:
        return
    for rows, what in ((seen, "trained on"), (unseen, "held back")):
        actual = trainer.model.actual_numbers(rows)
        error = typical_error(residuals(actual, trainer.predict(rows)))
        say(f"typical error on the {len(rows):,} rows {what}: {error:.5g}")


def _prediction(trainer: Trainer, features: dict[str, float]) -> str:
    """What is predicted for these features, and how sure that is, if it is known."""
    (value,) = trainer.predict({name: [x] for name, x in features.items()})
    where = ", ".join(f"{name} = {x:g}" for name, x in features.items())
    text = f"{where}: {trainer.model.target} = {value:.6g}"
    try:
        bounds = Uncertainty(trainer).prediction(features, single=trainer.loss.is_square)
    except MathlabError:
        return text
    mean = "the probability" if trainer.loss.takes_shares else "the mean"
    what = "one new row" if trainer.loss.is_square else mean
    return f"{text} (95% interval for {what}: {bounds.low:.6g} to {bounds.high:.6g})"
