"""21. Predict: what will it earn, and how sure are we?

Guess first: what does a film of 100 million earn, and how far off will that be? You will see a
prediction for a few budgets, with the typical error beside each.
"""

import sys

from lessons import films
from lessons.l14_descent import walk
from lessons.page import TerminalPage, start
from mathlab.learning.predict import predict

BUDGETS = (1.0, 10.0, 50.0, 100.0, 200.0)


def main(page: TerminalPage) -> None:
    """The lesson."""
    page.open(__doc__)
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
        was, on the films it has learnt from; on new ones expect a little more. {error:.0f} million
        is one number for all films. Cheap films are missed by less and dear ones by more, which a
        better model would know. No line has a smaller squared error on these films than this one:
        budget alone says only so much, and it is better to say how rough a guess is.""")


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
