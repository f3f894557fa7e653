"""The workshop: write an engine of your own, in ten stages and one file.

    python -m lessons.workshop                        what it is, and the stages
    python -m lessons.workshop --start my_engine.py   make your file, where you are
    python -m lessons.workshop my_engine.py           how far you are, what is next
    python -m lessons.workshop my_engine.py --hint    a hint, and then the next one
    python -m lessons.workshop --stage 4              a page; with FILE, its test too
    python -m lessons.workshop --show 4               the whole after stage 4
    python -m lessons.workshop --skip 4 other.py      the same, as a new file

Nothing that is there already is ever overwritten. How far your engine has come is kept in a file of
your own, which `python -m lessons --fresh` removes.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from lessons import course, notes
from lessons.grading import checker
from lessons.grading.checker import NOT_YET, RIGHT, WRONG, Verdict
from lessons.pages.terminal import TerminalPage, somebody_waits
from lessons.run import guarded
from lessons.workshop import whole
from lessons.workshop.stages import STAGES, stage
from mathlab.command.options import OneLine, shown

FINISH = "lessons.workshop.finish"
COMMAND = f"{course.START}.workshop"
TAKEN = {*sys.stdlib_module_names, "lessons", "mathlab"}  # a file of that name would stand before
PART, ENTRIES = "workshop", ("passed", "page")  # of the reader's notes, for each engine
ON_THE_PAGE = {  # the parts of mathlab/tiny.py, and where the reader has them
    "yours": ["TABLE, apply", "Value", "backward, sweep", "inputs_first", "derivative",
              "central_difference", "train"],
    "tiny.py": ["1. Row", "2. Value", "3. backward", "4. inputs_first", "5. derivative",
                "6. central_difference", "7. train"],
}


def main(arguments: list[str] | None = None) -> int:
    """Say where the reader stands, or write or show what was asked for; return the exit status."""
    parser = OneLine(prog=course.typed(COMMAND), description=course.typed(__doc__ or ""))
    parser.add_argument("file", nargs="?", metavar="FILE", help="your engine")
    parser.add_argument("--start", action="store_true", help="make the file to begin with")
    parser.add_argument("--stage", type=int, choices=STAGES, metavar="N", help="one stage alone")
    parser.add_argument("--hint", nargs="?", type=int, const=0, metavar="N",
                        help="show the next hint, or the one of that number")
    parser.add_argument("--show", type=int, choices=STAGES, metavar="N",
                        help="show the whole after a stage")
    parser.add_argument("--skip", type=int, choices=STAGES, metavar="N",
                        help="make a file that stands as after a stage")
    parser.add_argument("--all", action="store_true", help="do not stop after each screen")
    chosen = parser.parse_args(arguments)
    writes = chosen.start or chosen.skip is not None
    if sum([chosen.start, *(n is not None for n in (chosen.stage, chosen.show, chosen.skip))]) > 1:
        parser.error("one of --start, --stage, --show and --skip at a time")
    needs_file = writes or (chosen.hint is not None and chosen.stage is None)
    if chosen.file is None and needs_file:
        parser.error(f"give the name of your file, too: {parser.prog} my_engine.py ...")
    if writes and Path(chosen.file).stem in TAKEN:
        parser.error(f"Python would take {chosen.file} for a part of itself: give another name")
    if chosen.file is not None and chosen.show is not None:
        parser.error("--show only shows; to have it as a file: --skip N FILE")
    page = TerminalPage(waits=somebody_waits() and not chosen.all)

    def work() -> int:
        try:
            return do(page, chosen)
        finally:
            page.turn()

    return guarded(work)


def do(page: TerminalPage, chosen: argparse.Namespace) -> int:
    """What the command line asks for."""
    if chosen.show is not None:
        page.write(whole.after(chosen.show).removesuffix("\n"))
        return 0
    if chosen.file is None:
        if chosen.stage is None:
            overview(page)
        elif chosen.hint is None:
            show(page, chosen.stage)
        else:
            hint(page, chosen.stage, chosen.hint)
        return 0
    file = Path(chosen.file)
    if chosen.start or chosen.skip is not None:
        return write(page, file, chosen.skip or 0)
    if not file.is_file():
        print(f"error: there is no file {shown(str(file))} here. To make it:\n\n"
              f"    {course.typed(COMMAND)} --start {shown(typed(file))}", file=sys.stderr)
        return 1
    if chosen.stage is not None:
        return alone(page, file, chosen.stage, chosen.hint)
    return standing(page, file, chosen.hint)


def overview(page: TerminalPage) -> None:
    """What the workshop is, and how to begin."""
    page.title("Build it yourself")
    page.say("""In ten stages you write your own engine, in one file: from a number that remembers
        how it was made to a line that learns on the films, and a derivative as a formula. Each
        stage has one idea, a page to read, and a test that says what came and what was expected.
        The first five fit an evening. You need Python's functions, lists and loops, and lessons 8
        to 10; what else is needed is said where it comes up.""")
    page.lines("\n".join(title(number) for number in STAGES))
    page.say("""Begin with a file of your own, by any name, in the folder you are in. Then write
        into it with any editor, and ask where you stand as often as you like:""")
    page.lines(f"    {COMMAND} --start my_engine.py\n    {COMMAND} my_engine.py")


def write(page: TerminalPage, file: Path, number: int) -> int:
    """Make a file that stands as after a stage, unless there is one of that name."""
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(whole.after(number))
    except FileExistsError:
        print(f"error: {file} is there already, and stays as it is. To go on with it:\n\n    "
              f"{course.typed(COMMAND)} {typed(file)}\n\nor give another name.", file=sys.stderr)
        return 1
    after = f", as it may stand after stage {number}" if number else ""
    page.say(f"{file} is made{after}. Nothing here will ever write into it again: it is yours.")
    if number + 1 in STAGES:
        show(page, number + 1)
    keep(file, number, number + 1)
    following(page, {"next": f"{COMMAND} {typed(file)}"})
    return 0


def standing(page: TerminalPage, file: Path, wanted: int | None) -> int:
    """Run the tests, stage by stage, until one is not passed; say what came, and what is next."""
    found = checker.in_another_python([*STAGES.values(), FINISH], file)
    verdicts = list(found.values())
    done = sum(v.state == RIGHT for v in verdicts[: len(STAGES)])
    printed(page, [verdicts[0], *verdicts[1:][-1:]])
    if of_the_whole(1, verdicts[0]):
        page.lines(f"{file}: no stage can be tested")
    else:
        page.lines(f"{file}: {done} of {len(STAGES)} stages   {'#' * done:.<{len(STAGES)}}")
    passed, seen = kept(file)
    if done:
        page.say(f"Stage {done} is passed: {verdicts[done - 1].why}.")
    if done == len(STAGES):
        keep(file, done, seen)
        return finished(page, verdicts[-1])
    here = done + 1
    if verdicts[done].state == NOT_YET or here == max(STAGES):  # which asks for no new name
        if seen != here and wanted is None:
            show(page, here)
            seen = here
        elif verdicts[done].state == NOT_YET:
            page.lines(f"Stage {title(here)}")
    tell(page, here, verdicts[done], here <= passed)
    keep(file, max(done, passed), seen)
    next_commands(page, file, here, hint(page, here, wanted))
    return 1


def kept(file: Path) -> tuple[int, int]:
    """How many stages an engine has passed at most, and the last whose page was shown for it."""
    entry = notes.part(PART).get(str(file.absolute()))
    passed, page = (entry.get(name) if isinstance(entry, dict) else 0 for name in ENTRIES)
    return passed if isinstance(passed, int) else 0, page if isinstance(page, int) else 0


def keep(file: Path, *numbers: int) -> None:
    """Keep both in the reader's notes."""
    notes.keep(PART, str(file.absolute()), dict(zip(ENTRIES, numbers, strict=True)))


def alone(page: TerminalPage, file: Path, number: int, wanted: int | None) -> int:
    """The page of one stage, and its test alone."""
    if wanted is None:
        show(page, number)
    verdict = checker.in_another_python([STAGES[number]], file)[STAGES[number]]
    printed(page, [verdict])
    tell(page, number, verdict, number <= kept(file)[0])
    if verdict.state == RIGHT:
        following(page, {"next": f"{COMMAND} {typed(file)}"})
        return 0
    next_commands(page, file, number, hint(page, number, wanted), f" --stage {number}")
    return 1


def finished(page: TerminalPage, verdict: Verdict) -> int:
    """What is said of an engine that has passed all stages."""
    page.title("Your engine, beside others")
    if verdict.state != RIGHT:
        particulars(page, verdict)
        return 1
    for paragraph in verdict.why.rstrip(".").split("\n\n"):
        if paragraph.startswith("    "):
            page.lines(paragraph)
        else:
            page.say(paragraph.rstrip(".") + ("" if paragraph.endswith(":") else "."))
    page.say("""It is done. Now read mathlab/tiny.py beside your own: it is the same engine, by
        another hand, in seven parts that are numbered there:""")
    page.table(ON_THE_PAGE)
    page.say("""Three things it does in another way. A row is an object that can be called, where
        yours is a tuple. The sweep always looks at .data; for a formula the graph is built anew
        with the old nodes as its data, where yours has `seen`. And put_away leaves out zeros and
        ones, where yours keeps them. Which do you like better? Every other chapter of mathlab is
        that page with one line made better. Which line of yours would you begin with?""")
    following(page, {"next": "python -m mathlab.tiny"})
    return 0


def title(number: int) -> str:
    """The number and name of a stage."""
    return text_of(number).partition("\n")[0]


def text_of(number: int) -> str:
    """The page of a stage, as its file has it."""
    return course.docstring(Path(str(stage(number).__file__)))


def show(page: TerminalPage, number: int) -> None:
    """The page of a stage."""
    head, _, text = text_of(number).partition("\n\n")
    page.title(f"Stage {head}")
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("    "):
            page.lines(paragraph)
        else:
            page.say(paragraph)


def printed(page: TerminalPage, verdicts: Sequence[Verdict]) -> None:
    """What the reader's file has printed while it was run and tested."""
    text = "".join(verdict.printed for verdict in verdicts)
    if text.strip():
        page.lines(f"Your file has printed:\n\n{text.rstrip()}")


def tell(page: TerminalPage, number: int, verdict: Verdict, passed_before: bool) -> None:
    """A verdict on a stage."""
    if verdict.state == RIGHT:
        page.say(f"Stage {number} is passed: {verdict.why}.")
    elif verdict.state == NOT_YET:
        page.say(f"Not yet: {verdict.why}.")
    else:
        if not of_the_whole(number, verdict):
            page.lines(f"Stage {title(number)}: {verdict.state}")
        particulars(page, verdict)
        if passed_before and not of_the_whole(number, verdict):
            page.say("(This stage was passed before: what you have written since has changed it.)")
        late = getattr(stage(number), "LATE", "")
        if late and verdict.why.startswith(checker.LATE):
            page.say(late)


def of_the_whole(number: int, verdict: Verdict) -> bool:
    """Whether a verdict is on the file as it is run, before anything of it was asked."""
    return number == 1 and verdict.state == WRONG and not verdict.asked


def particulars(page: TerminalPage, verdict: Verdict) -> None:
    """What was asked, what came, what was expected, and a word on why."""
    if verdict.asked:
        page.formula(verdict.asked)
    rows = [(word, getattr(verdict, word)) for word in ("came", "expected")]
    if any(text for _, text in rows):
        page.lines("\n".join(f"{word + ':':9} {text}" for word, text in rows if text))
    if verdict.why:
        page.say(sentence(verdict.why))


def sentence(text: str) -> str:
    """The text as a sentence; a name of a program, such as b, keeps its small letter.

    >>> sentence("b comes too early"), sentence("does it ever end?")
    ('b comes too early.', 'Does it ever end?')
    """
    first = text.split()[0]
    if len(first) > 1 and first.isalpha() and first != "self":
        text = f"{text[0].upper()}{text[1:]}"
    return text if text[-1] in ".?!" else f"{text}."


def hint(page: TerminalPage, number: int, wanted: int | None) -> str:
    """One of the hints for a stage, if one is wanted, and the next one if that is 0; return the
    option for one more, "" if all have been seen."""
    hints, name, option = stage(number).HINTS, f"workshop {number}", "--hint"
    seen = notes.part("hints").get(name)
    seen = seen if isinstance(seen, int) else 0
    if wanted is not None:
        which = min(max(wanted or seen + 1, 1), len(hints))
        page.say(f"Hint {which} of {len(hints)}: {hints[which - 1]}")
        seen = max(seen, which)
        if not notes.keep("hints", name, seen):
            option = f"--hint {which + 1}"
    return option if seen < len(hints) else ""


def next_commands(page: TerminalPage, file: Path, number: int, option: str,
                  more: str = "") -> None:
    """How to go on from a stage that is not passed yet; `option` asks for a hint."""
    again = f"{COMMAND} {typed(file)}{more}"
    following(page, {
        "again": again,
        **({"a hint": f"{again} {option}"} if option
           else {"the whole": f"{COMMAND} --show {number}"}),
        **({} if more else {"its page": f"{COMMAND} --stage {number}"}),
    })


def typed(file: Path) -> str:
    """A file's name as it is typed: in quotes if it has spaces."""
    return f'"{file}"' if " " in str(file) else str(file)


def following(page: TerminalPage, commands: Mapping[str, str]) -> None:
    """The commands that come next, each on its line, after what it is for."""
    page.lines("\n".join(f"{what + ':':10} {command}" for what, command in commands.items()))


if __name__ == "__main__":
    sys.exit(main())
