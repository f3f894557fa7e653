"""The teacher's pages: whole, valid, standing on their own, with nothing overwritten."""

from types import SimpleNamespace

import pytest

from lessons import __main__ as story
from lessons import course
from lessons.grading import checker
from lessons.grading.diagnoses import diagnoses
from lessons.pages import glossary, printed, teacher
from tests.lessons.pages.test_book import Reader, unmarked
from tests.lessons.record import replay


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The pages, written once."""
    folder = tmp_path_factory.mktemp("teacher")
    with pytest.MonkeyPatch.context() as monkeypatch:
        replay(monkeypatch)
        assert story.main(["--teacher", str(folder)]) == 0
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_there_is_a_page_for_each_lesson_and_the_contents(written):
    assert set(written) == {"teacher.html", *map(teacher.file, course.LESSONS)}
    links = Reader(written["teacher.html"]).links
    assert links[1:] == [teacher.file(number) for number in course.LESSONS]
    for name, page in written.items():
        reader = Reader(page)
        assert set(reader.links) - {"#main"} <= set(written)
        assert reader.tags.count("h1") == reader.tags.count("main") == 1
        assert "<script" not in page and name.startswith("teacher")


@pytest.mark.parametrize("number", course.LESSONS)
def test_all_that_the_course_knows_of_a_lesson_is_there(written, number):
    name = course.LESSONS[number]
    page = unmarked(written[teacher.file(number)])
    page = page.replace("<code>", "`").replace("</code>", "`")
    title, _ = course.exercise(name)
    answer = (course.FOLDER / "answers" / f"{name}.py").read_text(encoding="utf-8")
    said = [title, course.GOALS[number], answer.rstrip(), "Guess first",
            *diagnoses(name), *checker.hints(name)]
    for text in said:
        assert " ".join(text.split()) in " ".join(page.split())


def test_every_lesson_has_a_goal_of_its_own():
    assert list(course.GOALS) == list(course.LESSONS)
    assert len({*course.GOALS.values()}) == len(course.GOALS)
    assert not any(goal.endswith(".") for goal in course.GOALS.values())


def test_a_second_time_it_is_replaced_and_nothing_else_is(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(course, "LESSONS", {3: "l03_line"})
    (tmp_path / "l03-line.html").write_text("a page of the book", encoding="utf-8")
    for _ in range(2):
        assert story.main(["--teacher", str(tmp_path)]) == 0
    assert f"Open this file in a browser:\n{tmp_path / 'teacher.html'}" in capsys.readouterr().out
    (tmp_path / "teacher-l03-line.html").write_text("mine", encoding="utf-8")
    (tmp_path / "teacher.html").unlink()
    assert story.main(["--teacher", str(tmp_path)]) == 1
    assert "was not made by mathlab" in capsys.readouterr().err
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "l03-line.html": "a page of the book", "teacher-l03-line.html": "mine",
    }


@pytest.mark.parametrize("more", [["3"], ["--check"], ["--save", "pictures"], ["--html", "x"]])
def test_it_is_one_thing_to_ask_for(tmp_path, capsys, more):
    with pytest.raises(SystemExit) as stop:
        story.main(["--teacher", str(tmp_path), *more])
    assert stop.value.code == 2
    assert "give it a folder, and no more" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_one(tmp_path, capsys):
    path = tmp_path / "file"
    path.write_text("mine", encoding="utf-8")
    for folder, said in ((path, f"{path} is a file, and no folder"), ("", "the folder has no name"),
                         (path / "in", "is a file, and no folder")):
        assert story.main(["--teacher", str(folder)]) == 1
        assert said in capsys.readouterr().err


def test_words_that_are_new_and_words_that_are_needed(written):
    page = unmarked(written[teacher.file(9)])
    new, needed = page[page.index("New words"):].split("Words that it needs")
    assert "witness (gradient check): a second way" in new
    assert "lever (parameter" in needed.split("<h2>")[0]
    assert "kink (point where" in needed.split("<h2>")[0]  # of lesson 8
    assert "witness (" not in needed.split("<h2>")[0]
    for number in course.LESSONS:
        page = unmarked(written[teacher.file(number)])
        for name, word in glossary.WORDS.items():
            said = f"{name} ({word.field}): {word.meaning}" in page
            assert said == (word.lesson == number), (number, name)


def test_prose_without_links_says_the_same():
    page = printed.PlainPage()
    page.say("In lesson 3 a lever turns; a < b.")
    assert page.parts == ["<p>In lesson 3 a lever turns; a &lt; b.</p>"]
    assert page.met == {"lever"}


def test_a_lesson_of_the_readers_own_has_a_page_too(tmp_path, monkeypatch):
    monkeypatch.setattr(course, "LESSONS", {99: "l99_none"})
    monkeypatch.setattr(course, "lesson", lambda number: SimpleNamespace(main=lambda page: None))
    assert story.main(["--teacher", str(tmp_path)]) == 0
    Reader((tmp_path / "teacher-l99-none.html").read_text(encoding="utf-8"))
