"""21. Predict: what will it earn, and how sure are we?

Guess first: what does a film of 100 million earn, and how far off will that be? You will see a
prediction for a few budgets, with the typical error beside each.
"""

import sys

from lessons import films
from lessons.l14_descent import walk
from lessons.page import TerminalPage, run
from mathlab.learning.predict import predict

BUDGETS = (1.0, 10.0, 50.0, 100.0, 200.0)


def main(page: TerminalPage) -> None:
    """The lesson."""
    page.title("Predict: what will it earn, and how sure are we?")
    table, _ = films.cleaned()
    trainer, scale = walk(table)
    seen = table.with_column("budget", scale.standard(table["budget"]))
    predictions = [predict(trainer, seen, budget=z) for z in scale.standard(BUDGETS)]
    page.say("In million dollars:")
    page.table(
        ["budget", "predicted revenue", "typical error"],
        [
            list(BUDGETS),
            [round(prediction.value) for prediction in predictions],
            [round(prediction.error) for prediction in predictions],
        ],
    )
    error = predictions[0].error
    page.say(f"""The typical error is the root of the mean squared residual: how far off the line
        was, on films it has seen. {error:.0f} million is a lot beside most of these numbers. The
        line is the best line there is, and budget alone says only so much; a model that claims
        more than it knows is worse than a rough one that says how rough it is.""")


if __name__ == "__main__":
    sys.exit(run(main))
