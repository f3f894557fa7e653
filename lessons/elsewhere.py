"""The exercises in a folder of the reader's own, so that the course stays as it came.

What is there already stays. Two small files are copied too, by which Python finds the course from
there: so `python -m lessons 3 --check` works in that folder, and so does an editor's Run.
"""

import shutil
from pathlib import Path

from lessons import PACKED, course, notes
from lessons.pages.terminal import TerminalPage

HIDES = ".gitignore"
WAYS_HOME = ("lessons.py", "mathlab.py")
HOME = "Path(__file__).resolve().parents[2]"  # in the first of them, and wrong elsewhere


def copy(folder: str) -> int:
    """Copy what is not there yet, and answer there from now on; return the exit status.

    Raises: OSError.
    """
    page, here = TerminalPage(), Path(folder).absolute()
    source = course.FOLDER / "exercises"
    if not folder or (here.exists() and here.samefile(source)):
        page.say("The exercises are to be answered where they came from.")
        notes.keep("exercises", "folder", None)
        return 0
    if is_the_courses(here):
        raise FileExistsError(f"{folder} is a folder of the course: name a new one")
    here.mkdir(parents=True, exist_ok=True)
    names = [*(f"{name}.py" for name in course.LESSONS.values()), *WAYS_HOME]
    there = {name for name in names if (here / name).exists()}
    for name in names:
        if (source / name).is_file() and name not in there:
            home = f"Path({str(PACKED or course.FOLDER.parent)!r})" if name in WAYS_HOME else HOME
            file = (source / name).read_bytes()  # in whatever letters it is written
            (here / name).write_bytes(file.replace(HOME.encode(), home.encode()))
    if PACKED:  # else they are files that can be opened
        shutil.copytree(course.FOLDER / "answers", here / "answers", dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns("__pycache__"))
    if here.is_relative_to(course.FOLDER.parent) and not (here / HIDES).exists():
        (here / HIDES).write_text("*\n", encoding="utf-8")  # or git would show them as new
    done = len(names) - len(there)
    stay = f" {len(there)} were there already, and stay as they are." if there else ""
    page.say(f"{done} files copied.{stay}")
    if notes.keep("exercises", "folder", str(here)):
        page.say("From now on your answers are read from there. The first thing to do:")
        page.lines(f"    {course.START} --next")
        return 0
    page.say("Where they are cannot be kept in mind: run them there, by your editor's Run.")
    return 1


def is_the_courses(folder: Path) -> bool:
    """Whether a folder is one of the course's, or in one: exercises there would be taken for parts
    of it."""
    home, real = course.FOLDER.parent.resolve(), folder.resolve()
    return real == home or any((each / "__init__.py").exists() for each in (real, *real.parents)
                               if each.is_relative_to(home))


def forget() -> int:
    """Forget what is kept of the reader; return the exit status.

    Raises: OSError.
    """
    page = TerminalPage()
    if notes.forget():
        page.say("Forgotten: guesses, hints seen, and where you answer. Your answers themselves "
                 "stay.")
    else:
        page.say("There was nothing to forget.")
    return 0
