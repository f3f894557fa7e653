"""21. Predict: what will it earn, and how sure are we?

Guess first: what does a film of 100 million earn, and how far off will that be? You will see a
prediction for a few budgets, with the typical error beside each, and the band that is meant to hold
95 of 100 films.
"""

import statistics
import sys

from lessons import films
from lessons.l14_descent import walk
from lessons.page import Page
from lessons.run import start
from mathlab.drawing import Band, Chart, Line, Points
from mathlab.learning.predict import predict
from mathlab.learning.uncertainty import Uncertainty

BUDGETS = (1.0, 10.0, 50.0, 100.0, 200.0)
PLACES = 60  # at which the band is worked out


def main(page: Page) -> None:
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
    budgets, revenues = table["budget"], table["revenue"]
    sure = Uncertainty(trainer)
    places = [max(budgets) * i / PLACES for i in range(PLACES + 1)]
    bounds = [sure.prediction({"budget": z}) for z in scale.standard(places)]
    page.picture(
        Chart(
            Band(places, [b.low for b in bounds], [b.high for b in bounds], "95 % of new films"),
            Points(budgets, revenues, "films"),
            Line(places, [b.value for b in bounds], "the line"),
            title="How sure are we of one film?",
            x_label="budget, million dollars",
            y_label="revenue, million dollars",
        )
    )
    bounds = [sure.prediction({"budget": z}) for z in scale.standard(budgets)]
    outside = [
        budget
        for budget, revenue, b in zip(budgets, revenues, bounds, strict=True)
        if not b.low <= revenue <= b.high
    ]
    half = statistics.median(budgets)
    page.say(f"""The band is where 95 % of new films should lie, if all are missed by about as much,
        and too high as often as too low. Of the films that it was made from it holds
        {1 - len(outside) / len(budgets):.1%}. But see where it fails: half of all films cost less
        than {half:.0f} million, yet of the {len(outside)} films outside only
        {sum(budget < half for budget in outside)} do. A band that is right on the whole can be too
        wide here and too narrow there.""")


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
