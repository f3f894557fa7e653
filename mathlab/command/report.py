r"""The report of a fit: what is wrong, what was found, how sure that is, and how good it is.

On the page: `print(f"\n{target} = {a / spread:.5g}*{feature}`, in five digits whatever they are
worth. What is wrong is said first. Error bars that would mislead are left out. A number has as many
digits as its standard error allows, and a formula as many as it takes to predict the same:

>>> text_of(2003570000.123456, error=0.25), text_of(0.5, error=0.25)
('2003570000.123', '0.5')

Read `report` first.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.graph.operations import constant, sigmoid
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numbers.kinds import as_decimal
from mathlab.command.options import say, width
from mathlab.command.pictures import in_short
from mathlab.errors import DataError, MathlabError
from mathlab.learning.data.table import Table, in_parts
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.goodness import (
    adjusted_r_squared,
    aic,
    compare_models,
    has_constant,
    held,
    likelihood_ratio,
    log_likelihood,
    r_squared,
)
from mathlab.learning.inference.predict import residuals, typical_error
from mathlab.learning.inference.proof import first_digits, prove
from mathlab.learning.inference.uncertainty import Estimates, Interval, Uncertainty
from mathlab.learning.model.loss import as_probability

FEWEST_DIGITS, MOST_DIGITS = 6, 17  # of a parameter; with 17 a float is itself
BEYOND = 3  # digits of a number from the first of its standard error on
ROWS_CHECKED = 200  # for which a rounded formula has to predict the same
ROUNDING = 1e-9  # of R squared: where a parameter is at its bound 0, the mean is the fit itself
SAME = 5e-6  # of a prediction: half of its sixth digit
ALIKE = 0.01  # of the lowest loss: a short walk, on some of the rows, that ends so near was right
ABOUT_AIC = ("An AIC less than about 2 above the lowest decides hardly anything (Burnham and "
             "Anderson, 2002).")
FAILED = (MathlabError, ArithmeticError, ValueError)  # after a fit: told, and the report goes on


class Asked(NamedTuple):
    """What the report is to have: the share of cases that intervals hold, whether the spread is
    known, whether to show all digits, and, if known, the standard deviation of a new row."""

    level: float = 0.95
    known_spread: bool = False
    all_digits: bool = False
    sigma: float = 1.0

    @property
    def percent(self) -> str:
        """The share of cases, such as 95%."""
        return f"{100 * self.level:.12g}%"


def report(trainer: Trainer, asked: Asked) -> Uncertainty | None:
    """Print what is wrong, the formula, its parameters, and how good it is. Returns how sure the
    parameters are, if that is known."""
    wrong = what_is_wrong(trainer)
    for sentence in wrong:
        say(sentence)
    if wrong:
        print()
    sure, reason = how_sure(trainer, asked)
    say(formula(trainer, sure))
    print()
    print(_parameters(trainer, sure, asked))
    if reason:
        say(f"no error bars and no standard errors: {reason}")
    for line in _all_digits(trainer, sure) if asked.all_digits else ():
        say(line)
    for line in _measures(trainer, sure, asked):
        say(line)
    return sure


def what_is_wrong(trainer: Trainer) -> list[str]:
    """What a reader has to know before all else, in sentences."""
    found = []
    if trainer.interrupted:
        found.append(f"Interrupted after {len(trainer.history) - 1:,} steps; this is the best so "
                     "far.")
    elif not trainer.at_the_bottom:
        other = "" if trainer.bounds else "--optimizer, "
        found.append("No lowest point was found: this is the best place of the walk. Take more "
                     f"--steps, or another {other}--start or --seed, or a simpler model.")
    if is_worse_than_nothing(trainer):
        simplest = "the mean" if has_constant(trainer) else "0"
        found.append(f"This is worse than predicting {simplest} for every row: R squared is below "
                     "0. Try another --start, or another model.")
    if wants_the_log_loss(trainer):
        found.append(f"{trainer.model.target} is 0 or 1 in every row, and the model a sigmoid: "
                     f"--loss log is made for that. This is a fit by {trainer.loss}.")
    for name, bound in trainer.at_bounds.items():
        found.append(f"{name} ended at its bound {bound:g}: without it the fit would be better.")
    return found


def wants_the_log_loss(trainer: Trainer) -> bool:
    """Whether a chance is fitted to yeses and noes by a loss that does not take it for one."""
    return (not trainer.loss.takes_shares
            and as_probability(trainer.model.prediction).operation is sigmoid
            and {*trainer.model.actual_numbers(trainer.table)} <= {0.0, 1.0})


def is_worse_than_nothing(trainer: Trainer) -> bool:
    """Whether R squared is below 0, if it is known."""
    try:
        return r_squared(trainer) < -ROUNDING
    except FAILED:
        return False


def how_sure(trainer: Trainer, asked: Asked) -> tuple[Uncertainty | None, str]:
    """What intervals are made of, and ""; or None, and why there are none."""
    if trainer.at_the_bottom and is_worse_than_nothing(trainer):
        simplest = "the mean" if has_constant(trainer) else "0"
        return None, f"they say nothing of a fit that is worse than {simplest}"
    try:
        return Uncertainty(trainer, asked.known_spread), ""
    except FAILED as error:
        return None, str(error)


def formula(trainer: Trainer, sure: Estimates | None) -> str:
    """The text of the fitted model, in enough digits to predict the same."""
    model, found = trainer.model, trainer.parameters
    errors = sure.errors if sure else {}
    least = {name: digits(value, errors.get(name)) for name, value in found.items()}
    table = trainer.table.head(ROWS_CHECKED)
    rounded = found
    for more in range(MOST_DIGITS):
        rounded = {name: float(f"{value:.{min(least[name] + more, MOST_DIGITS)}g}")
                   for name, value in found.items()}
        try:
            if _predict_the_same(model.predict(found, table), model.predict(rounded, table)):
                break
        except FAILED:
            continue
    numbers: dict[Any, Any] = {
        model.symbols[name]: _whole(value) for name, value in rounded.items()}
    numbers |= {leaf: _whole(leaf.data) for leaf in inputs_first(model.prediction)
                if leaf.operation is constant and isinstance(leaf.data, float) and not leaf.name}
    text = model.shown(str(substitute(model.prediction, numbers)))
    return f"{model.target} = {text.replace('+ -', '- ').replace('- -', '+ ')}"


def _predict_the_same(exact: Sequence[float], rounded: Sequence[float]) -> bool:
    least = 1e-3 * max(map(abs, exact))
    return all(abs(x - y) <= SAME * max(abs(x), least)
               for x, y in zip(exact, rounded, strict=True))


def _whole(number: float) -> float | int:
    """A whole number as an int, which prints without a point."""
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def digits(value: float, error: float | None = None) -> int:
    """How many digits of a value to show: to the third digit of its error, but at least 6."""
    if not value or not error or not math.isfinite(value):
        return FEWEST_DIGITS
    wanted = math.floor(math.log10(abs(value))) - math.floor(math.log10(error)) + BEYOND
    return min(max(wanted, FEWEST_DIGITS), MOST_DIGITS)


def text_of(value: float, error: float | None = None) -> str:
    """A value in the digits that its error allows; in six, if there is no error."""
    text = f"{value:.{digits(value, error)}g}"
    return f"{value:.0f}" if "e" in text and value.is_integer() and abs(value) < 1e15 else text


def error_text(error: float) -> str:
    """A standard error in two digits, of which the second may be a 0.

    >>> error_text(75.24), error_text(0.7998), error_text(1234.5), error_text(1.5e-9)
    ('75', '0.80', '1200', '1.5e-09')
    """
    text = f"{error:.1e}"
    digits, power = float(text), int(text.partition("e")[2])
    return f"{digits:.{max(0, 1 - power)}f}" if -5 < power < 6 else text


def p_text(p: float) -> str:
    """A p-value in two digits; the smallest have no float, and are not 0.

    >>> p_text(0.0123), p_text(0.0)
    ('0.012', '<1e-300')
    """
    return f"{p:.2g}" if p else "<1e-300"


def _parameters(trainer: Trainer, sure: Estimates | None, asked: Asked) -> str:
    """The table of the parameters."""
    known = held(trainer)
    found = {**trainer.parameters, **known}
    if not sure:
        values = [*map(text_of, found.values())]
        return in_parts(["parameter", "value"], [[*found], values], width())
    errors: Mapping[str, Any] = sure.errors
    values = [text_of(value, errors.get(name)) for name, value in found.items()]
    shown = {name: error_text(error) for name, error in errors.items()}
    bounds = {name: _tried(sure.interval, name, asked.level) for name in errors}
    ends = {name: [_end(end, bound.error) for end in bound[2:]] if bound else ["-", "-"]
            for name, bound in bounds.items()}
    columns = {
        "parameter": [*found],
        "value": values,
        "standard error": [shown.get(name, "-") for name in found],
        f"{asked.percent} from": [ends[name][0] if name in ends else "-" for name in found],
        "to": [ends[name][1] if name in ends else "-" for name in found],
        "p-value": [p_text(sure.p_value(name)) if name in errors else "-" for name in found],
    }
    table = in_parts([*columns], [*columns.values()], width())
    for name, value in trainer.fixed.items():
        table += f"\n{name} is fixed at {value:g}: it has no error"
    return table


def _end(end: float, error: float) -> str:
    """An end of an interval: five digits, or as many as its error says."""
    wanted = digits(end, error)
    return f"{end:.{wanted if wanted > FEWEST_DIGITS else 5}g}"


def _all_digits(trainer: Trainer, sure: Uncertainty | None) -> list[str]:
    """The parameters and their errors in the digits of Decimals, where they are known, else in
    those of the floats."""
    exact: dict[str, Any] = {name: repr(value) for name, value in trainer.parameters.items()}
    if trainer.bottom:
        for name, value in zip(trainer.surface.parameters, trainer.bottom.position, strict=True):
            exact[name] = f"{as_decimal(value):.28g}"
    errors = sure.exact_errors if sure else {}
    return [f"{name} = {text}" + (f", standard error {as_decimal(errors[name]):.17g}"
                                  if name in errors else "") for name, text in exact.items()]


def _measures(trainer: Trainer, sure: Uncertainty | None, asked: Asked) -> list[str]:
    """How good the fit is, a line for each measure that is known for the loss."""
    lines = []
    if sure and trainer.loss.is_square:
        if asked.known_spread:
            lines.append(f"chi squared {sure.chi_squared:.5g}")
        else:
            lines.append(f"residual standard deviation {sure.residual_spread:.5g}")
        lines.append(f"degrees of freedom {sure.freedom:,}")
    if (share := _tried(r_squared, trainer)) is not None:
        against = "" if has_constant(trainer) else (
            " (against 0 and not the mean, since no constant of the model was estimated)")
        lines.append(f"R squared {_share(share)}{against}")
        if (adjusted := _tried(adjusted_r_squared, trainer)) is not None:
            lines.append(f"adjusted R squared {_share(adjusted)}")
    measures: dict[str, Callable[[Trainer, bool], float]] = {
        "log-likelihood": log_likelihood, "AIC": aic}
    for name, measure in measures.items():
        number = _tried(measure, trainer, asked.known_spread)
        if number is not None:
            lines.append(f"{name} {number:,.2f}")
    return [*lines, in_short(trainer) + _other_walks(trainer)]


def _other_walks(trainer: Trainer) -> str:
    """How many short walks looked for a start, and how many of them came as low as the best."""
    ends = [end.loss for end in trainer.walks]
    if not ends:
        return ""
    walks = "1 short walk" if len(ends) == 1 else f"{len(ends)} short walks"
    higher = sum(not end - trainer.best.loss <= ALIKE * abs(trainer.best.loss) for end in ends)
    if higher == len(ends):  # as those for another loss do, and those that were cut short
        return f"; {walks} looked for its start"
    return (f"; {walks} looked for its start: {len(ends) - higher} came within {ALIKE:.0%} of this "
            f"lowest loss, {higher or 'none'} ended higher")


def _share(share: float) -> str:
    """R squared in four digits, or as many as it takes to tell it from 1."""
    share = round(share, 15) + 0.0  # and not -0.0
    rest = 1 - share
    return f"{share:.{min(15, max(4, 1 - math.floor(math.log10(rest)))) if rest > 0 else 4}f}"


def _tried(function: Callable[..., Any], *given: Any) -> Any:
    """What the function gives; None if it cannot be known."""
    try:
        return function(*given)
    except FAILED:
        return None


def beyond(trainer: Trainer, features: Mapping[str, float]) -> list[str]:
    """A sentence for each feature that is outside of what the data have."""
    found = []
    for name, x in features.items():
        low, high = min(trainer.table[name]), max(trainer.table[name])
        if not low <= x <= high:
            found.append(f"{trainer.model.column(name)} {x:g} is outside of the data, which go "
                         f"from {low:g} to {high:g}: nothing tells whether the model holds there.")
    return found


def predicted(trainer: Trainer, sure: Estimates | None, told: str, features: Mapping[str, float],
              asked: Asked) -> list[str]:
    """What is predicted for these features, and how sure that is; `told` is what they are."""
    target = trainer.model.target
    try:
        (value,) = trainer.predict({name: [x] for name, x in features.items()})
    except FAILED as error:
        return [f"{told}: no prediction: {error}"]
    if sure is None:
        return [f"{told}: {target} = {text_of(value)}"]
    of_mean, one_row = "the mean", "one new row"
    if asked.known_spread:
        one_row += f" of standard deviation {asked.sigma:g}"
    elif trainer.weights:
        one_row += " of weight 1"
    if trainer.loss.takes_shares:
        of_mean = "the probability"
    kinds = {one_row: True, of_mean: False} if trainer.loss.is_square else {of_mean: False}
    if not sure.errors:  # nothing was estimated
        del kinds[of_mean]
    bounds: dict[str, Interval] = {}
    reason = ""
    for what, single in kinds.items():
        try:
            bounds[what] = sure.prediction(features, asked.level, single,
                                           asked.sigma ** -2 if asked.known_spread else 1.0)
        except FAILED as error:
            reason = str(error)
    if not bounds:
        return [f"{told}: {target} = {text_of(value)} (no interval: {reason})"]
    of_value = bounds[of_mean].error if of_mean in bounds else None
    inside = "; ".join(_between(what, bound, asked, first=i == 0)
                       for i, (what, bound) in enumerate(bounds.items()))
    if reason:
        inside += f"; no other interval: {reason}"
    lines = [f"{told}: {target} = {text_of(value, of_value)} ({inside})"]
    if trainer.model.actual.operation is not None:
        led_back = {what: _tried(sure.way_back, bound)
                    for what, bound in bounds.items()}
        known = {what: bound for what, bound in led_back.items() if bound}
        if known:
            (name,) = trainer.model.observed
            one = next(iter(known.values()))
            what_of = {of_mean: "the median"}
            inside = "; ".join(_between(what_of.get(what, what), bound, asked, first=i == 0)
                               for i, (what, bound) in enumerate(known.items()))
            lines.append(f"  so the median of {trainer.model.shown(name)} = {text_of(one.value)} "
                         f"({inside})")
    return lines


def _between(what: str, bound: Interval, asked: Asked, first: bool) -> str:
    before = f"{asked.percent} interval for" if first else "for"
    low, high = (text_of(end, bound.error) for end in bound[2:])
    return f"{before} {what}: {low} to {high}"


def derived(sure: Estimates | None, text: str, asked: Asked) -> list[str]:
    """What a formula makes of the parameters, with its error and how that was found."""
    if sure is None:
        return [f"{text}: no error bars, as for the parameters"]
    try:
        found = sure.derived(text, asked.level)
    except FAILED as error:
        return [f"{text}: {error}"]
    if not found.slopes:
        return [f"{text} = {text_of(found.value)}: of fixed parameters alone, it has no error"]
    low, high = (text_of(end, found.error) for end in (found.low, found.high))
    slopes = ", ".join(map(str, found.slopes.values()))
    return [f"{text} = {text_of(found.value, found.error)}, standard error {found.error:.3g} "
            f"({asked.percent} interval: {low} to {high})",
            f"  by sqrt(J C J') with J = ({slopes}), the slopes by {', '.join(found.slopes)}, and "
            "C their covariance"]


def proved(trainer: Trainer, known_spread: bool = False) -> list[str]:
    """What is proved of the fit, and what is not, in four lines; or why nothing is. Where all
    parameters have bounds, it is also asked whether a lower point lies within these."""
    asked = {name: ends for name, ends in trainer.bounds.items() if max(map(abs, ends)) < math.inf}
    try:
        proof = prove(trainer, within=asked if {*asked} == {*trainer.parameters} else None,
                      known_spread=known_spread)
    except FAILED as error:
        return [f"Not proved: {error}"]
    names, least = [*proof.parameters], min(proof.digits.values())
    found = ", ".join(f"{name} = {first_digits(x)}" for name, x in proof.parameters.items())
    errors = ", ".join(f"of {name} {first_digits(x)}" for name, x in proof.errors.items())
    if proof.box is None:
        how = (f"Proved, in Fractions: {'this is' if len(names) == 1 else 'these are'} the lowest "
               "point, and the only one there is.")
        rest = "All digits are certain: these are the first."
    else:
        room = min(float(x.width / abs(x.middle)) / 2 if x.middle else 0.0
                   for x in proof.box.values())
        how = (f"Proved, by intervals: there is a lowest point, and {least} digits of each "
               "parameter are certain, of which these are the first.")
        rest = f"No other place within {100 * room:.2g}% of each parameter has slopes of 0. "
        rest += {0.0: "No lower point lies within the bounds.",
                 1.0: "Not proved: that no lower point lies farther away."}.get(
            proof.open, f"Not proved: that none is lower in {proof.open:.2g} of the bounds' range.")
    return [how, f"  {found}", *([f"  standard errors {errors}"] if errors else []), rest]


def compared(trainers: Sequence[Trainer], asked: Asked, nested: bool) -> None:
    """Print several models of the same rows in one table, the best first."""
    try:
        rows = compare_models(trainers, asked.known_spread)
    except FAILED as error:
        say(f"the models cannot be compared: {error}")
        return
    for number, trainer in enumerate(trainers, 1):
        say(f"model {number}: {trainer.model}")
    columns: dict[str, list[Any]] = {
        "model": [1 + trainers.index(row.trainer) for row in rows],
        "AIC": [f"{row.aic:.2f}" for row in rows],
        "above lowest": [f"{row.difference:.2f}" for row in rows],
        "chance": [f"{row.weight:.3f}" for row in rows],
        "estimated": [row.parameters for row in rows],
    }
    shares = [_tried(r_squared, row.trainer) for row in rows]
    if None not in shares and len({has_constant(row.trainer) for row in rows}) == 1:
        columns["R squared"] = [_share(share) for share in shares]
    columns["log-likelihood"] = [f"{row.log_likelihood:.2f}" for row in rows]
    print(f"\n{in_parts([*columns], [*columns.values()], width())}\n")
    say(f"chance: how probable it is that this one of these models predicts new rows best (the "
        f"Akaike weight); estimated: how many numbers were found from the data. {ABOUT_AIC}")
    for row in rows:
        if not row.trainer.at_the_bottom:
            say(f"{row.trainer.model}: no lowest point was found, so its AIC is too high")
    if nested:
        for smaller, larger in pairwise(trainers):
            if len(smaller.parameters) > len(larger.parameters):
                smaller, larger = larger, smaller
            try:
                ratio = likelihood_ratio(smaller, larger, asked.known_spread)
            except FAILED as error:
                say(str(error))
                continue
            say(f"likelihood ratio of {smaller.model} and {larger.model}: {ratio.statistic:.4g}, "
                f"degrees of freedom {ratio.freedom}, p-value {p_text(ratio.p_value)}")


def off(trainer: Trainer, seen: Table, unseen: Table) -> list[str]:
    """How far off the predictions are on the rows trained on, and on those held back; for a
    target of 0 and 1 also how many are right, if the more probable one is taken."""
    lines = []
    for rows, what in ((seen, "trained on"), (unseen, "held back")):
        try:
            actual = trainer.model.actual_numbers(rows)
            predicted = trainer.predict(rows)
        except FAILED as error:
            lines.append(f"the rows {what}: {error}")
            continue
        typical = typical_error(residuals(actual, predicted))
        lines.append(f"typical error on the {len(rows):,} rows {what}: {typical:.5g}")
        if trainer.loss.takes_shares and {*actual} <= {0.0, 1.0}:
            right = sum((p > 0.5) == (y == 1) for p, y in zip(predicted, actual, strict=True))
            lines.append(f"right on {right:,} of the {len(rows):,} rows {what} "
                         f"({right / len(rows):.1%})")
    return lines


def check_level(level: float) -> float:
    """Return the level; a DataError if it is not a share between 0 and 1."""
    if not 0 < level < 1:
        raise DataError(f"the level is a share between 0 and 1, such as 0.95, not {level:g}")
    return level
