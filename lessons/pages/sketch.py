"""A curve that a reader draws before she sees it: a digit for each place says how high it is there.

>>> import textwrap
>>> squares = Sketch("x*x", "0123", [0, 1, 4, 9], "x", "height")
>>> squares.read("0 1 4 9"), squares.read("0369")
('0149', '0369')
>>> print(textwrap.fill(squares.said("0269"), 100))
Your sketch is off by 0.75 of 9 on average, and most at x = 2, where you drew 6 and it is 4: near
enough.

Kim, Reinecke and Hullman found that readers who first draw what they expect remember the data
better (Explaining the Gap, CHI 2017).
"""

from collections.abc import Sequence
from statistics import mean
from typing import Any, NamedTuple

from mathlab.drawing import Chart, Line, Points

TOP = 9  # a digit is all that one character can say
NEAR = 1.0  # as far off as a right sketch may be, on average


class Sketch(NamedTuple):
    """What a reader draws.

    title    of the picture that shows both
    places   one character each, such as "0123"
    truth    the height at each of them; the lowest is drawn as 0, the highest as 9
    """

    title: str
    places: str
    truth: Sequence[float]
    x_label: str
    y_label: str

    def lines(self) -> list[str]:
        """What a terminal asks, line by line; the last is empty, so that each digit that is typed
        stands below its place."""
        return [
            f"Sketch it: below each {self.x_label} a digit, from 0 for the lowest to {TOP} for the "
            "highest (Enter: just show me).",
            f"{self.x_label} {self.places}",
            " " * len(self.x_label),
        ]

    def read(self, text: str) -> str:
        """The digits that somebody has typed, with or without gaps.

        Raises: ValueError, with what is said of it.
        """
        digits = "".join(text.replace(",", " ").split())
        if not (digits.isascii() and digits.isdigit()) or len(digits) != len(self.places):
            raise ValueError(f"Write {len(self.places)} digits, one for each {self.x_label}")
        return digits

    def digits(self) -> str:
        """The truth, drawn as a reader can draw it."""
        low, high = min(self.truth), max(self.truth)
        return "".join(str(round(TOP * (height - low) / ((high - low) or 1)))
                       for height in self.truth)

    def right(self, drawn: str) -> bool:
        """Whether a sketch has the shape of the truth."""
        return mean(self._apart(drawn)) <= NEAR

    def noted(self, drawn: str) -> dict[str, Any]:
        """What is kept of it."""
        return {"guess": drawn, "truth": self.digits(), "right": self.right(drawn)}

    def said(self, drawn: str | None) -> str:
        """What a sketch came to; if there was none, nothing: the lesson shows the truth."""
        if drawn is None:
            return ""
        apart = self._apart(drawn)
        worst = apart.index(max(apart))
        if not apart[worst]:
            return "Your sketch is right at every place."
        end = "near enough." if self.right(drawn) else "another shape."
        return (f"Your sketch is off by {mean(apart):.2g} of {TOP} on average, and most at "
                f"{self.x_label} = {self.places[worst]}, where you drew {drawn[worst]} and it is "
                f"{self.digits()[worst]}: {end}")

    def chart(self, drawn: str) -> Chart:
        """The sketch and the truth in one picture."""
        places = range(len(self.places))
        return Chart(
            Line(places, [*map(int, self.digits())], "it is"),
            Points(places, [*map(int, drawn)], "you"),
            title=self.title, x_label=self.x_label, y_label=f"{self.y_label}, from 0 to {TOP}",
        )

    def _apart(self, drawn: str) -> list[int]:
        """How far a sketch is from the truth at each place, in digits."""
        return [abs(int(d) - int(t)) for d, t in zip(drawn, self.digits(), strict=True)]
