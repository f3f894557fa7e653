"""The whole story on real films: collect, explore, train, predict; then what there is to learn.

    python -m lessons          the whole story
    python -m lessons 14       one lesson
    python -m lessons 14 --save pictures
"""

import argparse
import sys
from types import ModuleType

from lessons import (
    l01_collect,
    l02_explore,
    l07_rate_of_change,
    l12_three_ways,
    l14_descent,
    l17_optimizers,
    l21_predict,
)
from lessons.page import TerminalPage, add_save, run

LESSONS: dict[int, ModuleType] = {
    1: l01_collect,
    2: l02_explore,
    7: l07_rate_of_change,
    12: l12_three_ways,
    14: l14_descent,
    17: l17_optimizers,
    21: l21_predict,
}
STORY = (1, 2, 14, 21)


def contents(page: TerminalPage) -> None:
    """The list of lessons and how to run each."""
    page.title("The lessons")
    for lesson in LESSONS.values():
        question = (lesson.__doc__ or "").splitlines()[0]
        page.lines(f"{question}\n    python -m {lesson.__name__}")


def main(arguments: list[str] | None = None) -> int:
    """Run the story, or one lesson; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m lessons", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lesson", nargs="?", type=int, choices=LESSONS, help="its number")
    add_save(parser)
    chosen = parser.parse_args(arguments)
    if chosen.lesson is not None:
        return run(LESSONS[chosen.lesson].main, folder=chosen.save)
    return run(*(LESSONS[number].main for number in STORY), contents, folder=chosen.save)


if __name__ == "__main__":
    sys.exit(main())
