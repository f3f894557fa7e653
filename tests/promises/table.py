"""The promises, each with the command that proves it and whether that takes long.

The figure of a promise is the last line that its command prints; none is written down here.
"""

from typing import NamedTuple


class Promise(NamedTuple):
    """A sentence, and what proves it after `python -m`: the status says whether it holds."""

    sentence: str
    proof: str
    is_long: bool = False

    @property
    def command(self) -> str:
        return f"python -m {self.proof}"


PROMISES = (
    Promise("All ways to a derivative give one answer, or refuse with one reason.",
            "pytest tests/calculus/test_one_answer.py tests/calculus/test_random_ways.py"),
    Promise("A wrong rule in any row of the table is noticed.",
            "pytest tests/calculus/proof/test_check.py"),
    Promise("The error bar of a numeric derivative nearly always holds, and is narrow enough to be "
            "of use.",
            "tests.promises.measures bars"),
    Promise("Fits have the digits that NIST certifies, and their standard errors too.",
            "tests.promises.measures digits"),
    Promise("Enclosures hold: a proved range, root or lowest point is there.",
            "pytest tests/calculus/proof/test_enclose.py tests/calculus/numbers/test_interval.py"),
    Promise("The digits that `--prove` calls certain are those that NIST certifies.",
            "pytest tests/learning/inference/test_proof.py"),
    Promise("No recursion over a graph: a chain of a million operations is an ordinary input.",
            "tests.promises.measures chain"),
    Promise("No text from outside is ever run as a program.",
            "tests.promises.measures programs"),
    Promise("Whatever is typed, read or loaded: there is an answer, or an error in words.",
            "tests.fuzz --count 200"),
    Promise("The same, for all the inputs that can be tried in twenty minutes.",
            "tests.fuzz --minutes 20", is_long=True),
    Promise("Training that is interrupted keeps the best parameters it has seen.",
            "tests.promises.measures interrupted"),
    Promise("Every lesson can be read on every terminal.",
            "pytest tests/lessons/test_lessons.py -k fits_every_terminal", is_long=True),
    Promise("Each exercise knows right answers from wrong ones, and says why.",
            "pytest tests/lessons/test_exercises.py"),
    Promise("A number that a lesson claims is worked out, and a wrong one is noticed.",
            "pytest tests/lessons/test_claims.py", is_long=True),
    Promise("Nothing but the standard library is imported, and no folder imports one that stands "
            "above it.",
            "pytest tests/test_house.py"),
    Promise("Of small mistakes that are planted in the source, the tests notice most.",
            "tests.mutation calculus/graph --count 12"),
    Promise("The same, of 300 mistakes in each folder, and as many as its goal says.",
            "tests.mutation --count 300", is_long=True),
)
