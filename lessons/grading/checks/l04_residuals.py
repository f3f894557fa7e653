"""Exercise 4: residuals with the right sign, and the title of the film that is furthest off."""

from contextlib import suppress
from statistics import fmean

from lessons.data import films
from lessons.grading.answer import Answer, NotYet, Wrong, call_text, short
from mathlab.learning.model.model import Model

HINTS = (
    "A film that earned more than the line says has a residual above 0. Try it with one film.",
    "How wrong the line is about a film, without the sign, is abs(residual). First find the place "
    "of the largest of these in the list; the title stands at the same place.",
    "A loop will do: keep the place of the worst film so far, and change it whenever "
    "abs(errors[i]) is larger than abs(errors[worst]). Return titles[worst].",
)
ABOUT = {"farthest": 2}  # the first hint about each
LINE = {"slope": 3.0, "intercept": 0.0}
SMALL = (  # titles, residuals
    (["A", "B", "C"], [5.0, -8.0, 2.0]),
    (["A", "B", "C"], [-5.0, -8.0, 9.0]),
    (["Low", "Lower"], [-1.0, -2.0]),
    (["Alone"], [-3.0]),
)


def check(answer: Answer) -> str:
    """Small cases, then all films beside the line by eye; the sign comes last."""
    table, _ = films.cleaned()
    predicted = Model("revenue = slope*budget + intercept").predict(LINE, table)
    revenues = table["revenue"]
    left = [revenues[i] - predicted[i] for i in range(len(table))]
    signs = [([5.0, 2.0, 3.0], [3.0, 2.0, 7.0], [2.0, 0.0, -4.0]), ([10.0], [40.0], [-30.0]),
             (revenues, predicted, left)]
    try:
        for titles, errors in (*SMALL, (table["title"], left)):
            check_farthest(answer, titles, errors)
    except NotYet as still:
        with suppress(Wrong):
            for each in signs:
                check_residuals(answer, *each)
            still = NotYet(f"residuals is mended; {still}")
        raise still from None
    for each in signs:
        check_residuals(answer, *each)
    worst = max(range(len(left)), key=lambda i: abs(left[i]))
    return (
        f"of {len(left):,} films {table['title'][worst]} is furthest off the line by eye, by "
        f"{left[worst]:+,.0f} million, and the mean of all residuals is {fmean(left):+.1f}: there "
        "the signs cancel out, which is why the furthest is looked for without them"
    )


def check_farthest(answer: Answer, titles: list[str], errors: list[float]) -> None:
    """One call of farthest, and a word on the likely mistakes."""
    by_size = sorted(range(len(errors)), key=lambda i: abs(errors[i]))
    came = answer.call("farthest", titles, errors)
    expected = titles[by_size[-1]]
    if came == expected:
        return
    if not isinstance(came, str):
        why = "it should return a title: the one at the same place as the largest residual"
    elif came == titles[errors.index(max(errors))]:
        why = "that is the film furthest above the line; one below it is further away"
    elif came == titles[errors.index(min(errors))]:
        why = "that is the film furthest below the line; one above it is further away"
    elif came == titles[by_size[0]]:
        why = "that is the film nearest to the line"
    else:
        why = "another film has a larger residual; mind that the signs do not count"
    raise Wrong(why, call_text("farthest", (titles, errors)), short(came), short(expected))


def check_residuals(
    answer: Answer, actual: list[float], predicted: list[float], expected: list[float]
) -> None:
    """One call of residuals, and a word on the likely mistakes."""
    came = answer.call("residuals", actual, predicted)
    asked = call_text("residuals", (actual, predicted))
    if not isinstance(came, (list, tuple)):
        why = "it should be a list, with one residual for each film"
        raise Wrong(why, asked, short(came), expected)
    mistakes = (
        ([-e for e in expected], "the sign is the wrong way round: residual = actual - predicted"),
        ([abs(e) for e in expected], "the sign is lost: a film below the line has one below 0"),
    )
    whys = [why for mistake, why in mistakes if list(came) == mistake]
    whys.append("each film has one residual, and it is actual - predicted")
    answer.gives("residuals", actual, predicted, expected=expected, why=whys[0])
