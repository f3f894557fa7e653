"""Pictures in a folder: whole or not at all, and nothing of anybody else's overwritten."""

import os
from pathlib import Path

import pytest

from mathlab.drawing.charts import svg
from mathlab.drawing.charts.chart import Chart
from mathlab.drawing.paper import album

PICTURE = svg.render(Chart(title="é"))


def test_a_picture_is_kept_and_replaced(tmp_path):
    folder = tmp_path / "a" / "b"
    for picture in (PICTURE, svg.render(Chart(title="other"))):
        path = album.keep(picture, folder, "One: two")
        assert path == folder / "one-two.svg"
        assert path.read_bytes().decode("utf-8") == picture
    assert [file.name for file in folder.iterdir()] == ["one-two.svg"]


@pytest.mark.parametrize("other", ["precious", "", '<svg class="other">', "\xff"])
def test_other_files_are_left_alone(tmp_path, other):
    path = tmp_path / "name.svg"
    path.write_text(other, encoding="latin-1")
    with pytest.raises(FileExistsError, match=r"name\.svg was not made by mathlab"):
        album.keep(PICTURE, tmp_path, "name")
    assert path.read_text(encoding="latin-1") == other


def test_a_file_is_no_folder(tmp_path):
    path = tmp_path / "file"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(FileExistsError, match="is a file, and no folder"):
        album.keep(PICTURE, path, "name")
    with pytest.raises(FileExistsError, match="is a file"):
        album.check_folder(path)


def test_what_cannot_be_finished_leaves_no_trace(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        album.keep(PICTURE, tmp_path, "name")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("../../etc/passwd", "etc-passwd"), ("CON", "con"), ("a" * 99, "a" * 60), ("", "picture"),
     ("日本", "picture"), ("Cost curve: 2*x", "cost-curve-2-x"), ("é\n", "e")],
)
def test_names_that_any_system_takes(name, expected):
    assert album.simple(name) == expected


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_what_is_no_file_of_ours_is_left_alone(tmp_path):
    os.mkfifo(tmp_path / "pipe.svg")  # to read from it would wait for ever
    (tmp_path / "link.svg").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.svg").mkdir()
    for name in ("pipe", "link", "folder"):
        with pytest.raises(FileExistsError, match=r"\.svg was not made by mathlab"):
            album.keep(PICTURE, tmp_path, name)
    assert sorted(path.name for path in tmp_path.iterdir()) == (
        ["folder.svg", "link.svg", "pipe.svg"]
    )


def test_a_folder_has_a_name():
    with pytest.raises(FileNotFoundError, match="the folder has no name"):
        album.check_folder("")


def test_a_file_of_a_name_that_stays_as_it_is(tmp_path):
    path = tmp_path / "new" / "My Sheet.HTML"
    for text in ("<!-- ours -->\n1", "<!-- ours -->\n2"):
        assert album.write(text, path, "ours") == path
        assert path.read_text(encoding="utf-8") == text
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="was not made by mathlab"):
        album.write("<!-- ours -->", path, "ours")
    assert [each.name for each in path.parent.iterdir()] == ["My Sheet.HTML"]


def test_an_error_names_the_file_that_was_asked_for(tmp_path, monkeypatch):
    def full(part, *_, **__):
        raise OSError(28, "No space left on device", str(part))

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match=r"No space left on device: '.*sheet\.html'"):
        album.write("", tmp_path / "sheet.html", "ours")
