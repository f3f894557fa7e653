"""The glossary: each word of the house beside the word of the field, from one table.

The lessons say lever where a book of statistics says parameter. Who knows both words can read the
manual of PyTorch, and a paper.

>>> print(WORDS["lever"].field)
parameter (in a network: weight, bias)
>>> first_of_each("A lever turns, and levers turn.", met=set(), link=lambda name, word: f"[{word}]")
'A [lever] turns, and levers turn.'
"""

import re
from collections.abc import Callable
from typing import NamedTuple


class Word(NamedTuple):
    """What the field says, what it means, and in which lesson it comes up."""

    field: str
    meaning: str
    lesson: int


# By the word of the house. A plural with s is found too.
WORDS = {
    "adam": Word("Adam", "an optimizer that steps about as far along every lever", 17),
    "aic": Word("AIC, Akaike information criterion",
                "of models of the same rows, the one where it is lower; a price per parameter", 24),
    "batch": Word("batch, mini-batch", "a few rows, at which a step looks instead of all", 17),
    "bend": Word("second derivative, curvature",
                 "how fast the slope changes: above 0 the curve opens upwards", 11),
    "bottom": Word("minimum", "the lowest place of a curve or a surface; the slope is 0 there", 6),
    "condition number": Word("condition number",
                             "the sharpest bend divided by the flattest", 16),
    "contour line": Word("contour line, level set", "all places with the same height", 13),
    "convergence": Word("convergence",
                         "to come nearer and nearer, and in the end as near as one likes", 16),
    "correlation": Word("correlation coefficient (Pearson's r)",
                        "from -1 to 1: how near the dots are to a straight line", 2),
    "cost curve": Word("cost function, objective", "the loss, as one parameter changes", 6),
    "curvature": Word("curvature, second derivative", "how fast the slope changes", 15),
    "degrees of freedom": Word("degrees of freedom, df",
                               "rows less parameters: what is left to judge the misses by", 24),
    "derivative": Word("derivative, in PyTorch .grad",
                        "the slope at every place, as a rule or as a number", 8),
    "eigenvalue": Word("eigenvalue",
                       "of the Hessian: the curvature in a direction that it only stretches", 15),
    "epoch": Word("epoch", "one pass over all rows, in as many steps as there are batches", 14),
    "extrapolation": Word("extrapolation", "to use a model where there were no data", 19),
    "feature": Word("feature, explanatory variable, independent variable, predictor",
                    "a column that the target is predicted from", 20),
    "gradient": Word("gradient, in PyTorch .grad",
                     "the slopes for all parameters, as one arrow: uphill", 13),
    "graph": Word("computational graph",
                  "a formula as arrows: from each number to what it was used for", 10),
    "height": Word("value of the loss, of a function", "how high a surface is at a place", 13),
    "held back": Word("test set, hold-out", "rows that are kept from the training", 18),
    "hessian": Word("Hessian matrix", "the table of all second derivatives", 15),
    "intercept": Word("intercept, bias", "what a line says where the feature is 0", 3),
    "interval": Word("confidence interval, prediction interval",
                     "from where to where: bounds that hold as often as they say", 21),
    "kink": Word("point where a function is not differentiable",
                 "a corner: the slopes to its left and to its right differ", 8),
    "learning rate": Word("learning rate, step size",
                          "by what the slope is multiplied to make a step", 14),
    "lever": Word("parameter (in a network: weight, bias)",
                  "a number in the model that training turns", 3),
    "local slope": Word("local derivative",
                        "how fast the result of one operation changes with one input", 9),
    "log-likelihood": Word("log-likelihood",
                           "how likely these rows are if the model is true, as a logarithm", 24),
    "log loss": Word("cross-entropy, negative log-likelihood",
                     "the loss of a chance that was given for a yes or a no", 19),
    "loss": Word("loss function, cost, error", "how far the model is from the data, as one number",
                 5),
    "momentum": Word("momentum", "part of the last step is added to the next: a ball that rolls",
                     17),
    "network": Word("network, multilayer perceptron (MLP)",
                    "several units, whose votes are added up", 20),
    "newton": Word("Newton, second-order method",
                   "an optimizer that asks how the surface bends, and steps to its bottom",
                   17),
    "odds": Word("odds", "the chance of a yes divided by the chance of a no", 19),
    "optimizer": Word("optimizer, solver", "who walks: how slopes become steps", 17),
    "overfitting": Word("overfitting",
                        "to learn the luck of the draw by heart: good on the rows trained on alone",
                        18),
    "p-value": Word("p-value, P>|t|",
                    "how often chance alone would bring a value so far from 0", 24),
    "partial derivative": Word("partial derivative",
                                "how fast the result changes with one input, all others still", 13),
    "quotient": Word("difference quotient", "rise over run: (f(x + h) - f(x)) / h", 7),
    "r squared": Word("R squared, coefficient of determination",
                      "the share of the squared differences from the mean that is explained", 24),
    "residual": Word("residual, error", "actual - predicted", 4),
    "ridge": Word("ridge, penalty, L2 regularization, weight decay",
                  "the squares of the levers, added to the loss to keep them small", 18),
    "score": Word("score, log-odds, logit", "any number, which the sigmoid makes a chance of", 19),
    "share": Word("proportion, fraction", "a part of the whole: 0.25 is a quarter", 11),
    "sigmoid": Word("logistic function", "an S from 0 to 1: a score becomes a chance", 19),
    "slope": Word("derivative, rate of change; of a line: coefficient, weight",
                  "how fast the result changes as an input does", 6),
    "spread": Word("standard deviation", "the typical distance from the mean", 2),
    "standard error": Word("standard error, SE",
                           "how far off an estimate typically is, from sample to sample", 21),
    "sweep": Word("backpropagation, reverse-mode automatic differentiation",
                  "the chain rule along a graph, from the result back to all inputs", 10),
    "tangent": Word("tangent, linear approximation",
                    "the straight line that a curve is like, close to a place", 7),
    "target": Word("target, dependent variable, label", "the column that is to be predicted", 24),
    "training loop": Word("training loop",
                          "the program of the walk: find the slopes, make a step, again", 14),
    "typical error": Word("root mean squared error, RMSE",
                          "the root of the mean squared residual, in the target's unit", 18),
    "unit": Word("unit, neuron", "one tanh of a network, with weights of its own", 20),
    "validation rows": Word("validation set",
                             "rows to choose a model by, held back from training", 18),
    "valley": Word("ill-conditioned problem",
                   "a bottom that is steep across and flat along: slow to walk", 16),
    "walk": Word("training, iterations", "the steps from the start to the bottom", 14),
    "witness": Word("gradient check", "a second way that shares no rule with the first", 9),
}
# These mean other things beside, and are not linked.
PLAIN = {"graph", "height", "interval", "quotient", "share", "target", "unit", "walk"}
FOUND = re.compile(r"(?<!\*)\b({})s?\b(?! ?[*=])".format(
    "|".join(sorted(map(re.escape, WORDS.keys() - PLAIN), key=len, reverse=True))), re.I)


def first_of_each(text: str, met: set[str], link: Callable[[str, str], str]) -> str:
    """The text with a link around each word of the glossary that was not `met` before."""

    def linked(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name in met:
            return found[0]
        met.add(name)
        return link(name, found[0])

    return FOUND.sub(linked, text)


def anchor(name: str) -> str:
    """Where on its page a word stands: `typical-error`."""
    return name.replace(" ", "-")
