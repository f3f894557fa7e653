"""Somebody at a terminal: types keys, and reads what the screen is sent."""

import codecs
import os
import select
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATIENCE = 60  # seconds without a sign of life before a test gives up
CTRL_C, CTRL_D = "\x03", "\x04"

# Python, once more, as the one that the terminal's keys are meant for.
TAKE_OVER = "import os, sys; os.login_tty(0); os.execv(sys.executable, sys.argv[1:])"


def sits_down():
    """What a pseudo-terminal needs; the test is skipped where there is none."""
    return [pytest.importorskip(name) for name in ("pty", "fcntl", "termios")]


class Keyboard:
    """Python run with these arguments on a terminal of its own; `seen` is all it was sent."""

    def __init__(self, *arguments, columns=80, rows=24, cwd=ROOT, **environment):
        pty, self.fcntl, self.termios = sits_down()
        self.ours, theirs = pty.openpty()
        self.resize(columns, rows)
        kept = {name: value for name, value in os.environ.items()
                if name not in ("COLUMNS", "LINES", "NO_COLOR", "PAGER", "MANPAGER", "LESS",
                                "LESSHISTFILE")}
        self.python = subprocess.Popen(
            [sys.executable, "-c", TAKE_OVER, sys.executable, *arguments], cwd=cwd,
            env=kept | {"TERM": "xterm", "PYTHONIOENCODING": "utf-8"} | environment,
            stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        self.seen, self.read = "", 0
        self.letters = codecs.getincrementaldecoder("utf-8")("replace")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.python.kill()
        self.python.wait()
        os.close(self.ours)

    def resize(self, columns, rows=24):
        """Make the window larger or smaller."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        self.fcntl.ioctl(self.ours, self.termios.TIOCSWINSZ, size)

    def types(self, keys):
        """Press some keys."""
        os.write(self.ours, keys.encode())

    def more(self):
        """What comes next; nothing at the end."""
        ready, _, _ = select.select([self.ours], [], [], PATIENCE)
        assert ready, f"nothing comes after {self.seen[-200:]!r}"
        try:
            data = os.read(self.ours, 65536).replace(b"\r", b"")
        except OSError:  # as Linux says that nobody is left at the other side
            return b""
        self.seen += self.letters.decode(data)
        return data

    def sees(self, words):
        """Read on until these words come; returns what came before them, since the last time."""
        start = self.read
        while (end := self.seen.find(words, start)) < 0:
            assert self.more(), f"{words!r} does not come after {self.seen[start:]!r}"
        self.read = end + len(words)
        return self.seen[start:end]

    def leaves(self):
        """Read on until the end; returns the exit status, as a shell would."""
        while self.more():
            pass
        status = self.python.wait(PATIENCE)
        return 128 + signal.Signals(-status) if status < 0 else status
