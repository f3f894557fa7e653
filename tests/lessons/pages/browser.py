"""Chromium, steered through two pipes: the standard library is enough for that.

Source: the Chrome DevTools Protocol, and `--remote-debugging-pipe`: each message is JSON and ends
with a zero byte.
"""

import json
import os
import select
import shutil
import subprocess
from itertools import count

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
         "--remote-debugging-pipe", "--no-first-run", "--disable-extensions")
PATIENCE = 120  # seconds without a word from the browser
TRIES = 20_000  # questions whether something is so
KEYS = {"Tab": 9, "Enter": 13, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39,
        "ArrowDown": 40, "End": 35, "Home": 36}


class Browser:
    """A browser with one page. What its console says that is an error is kept in `errors`."""

    def __init__(self, profile):
        out, self._out = os.pipe()
        self._in, back = os.pipe()

        def ends():  # the browser reads from 3 and writes to 4
            read, write = os.dup(out), os.dup(back)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self.process = subprocess.Popen(
            [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"], preexec_fn=ends,
            pass_fds=(3, 4), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(out)
        os.close(back)
        self._numbers, self._read, self.errors, self.session = count(1), b"", [], None
        targets = self.ask("Target.getTargets")["targetInfos"]
        page = next(each for each in targets if each["type"] == "page")
        found = self.ask("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self.session = found["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def close(self):
        self.session = None
        self.ask("Browser.close")
        self.process.wait(20)
        os.close(self._out)
        os.close(self._in)

    def ask(self, method, **given):
        """What the browser answers."""
        message = {"id": next(self._numbers), "method": method, "params": given}
        if self.session:
            message["sessionId"] = self.session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == message["id"]:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]

    def _next(self):
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._in], [], [], PATIENCE)
            piece = os.read(self._in, 1 << 20) if ready else b""
            assert piece, "the browser is gone"
            self._read += piece
        text, _, self._read = self._read.partition(b"\0")
        answer = json.loads(text)
        kind = answer.get("method")
        if kind == "Runtime.exceptionThrown":
            details = answer["params"]["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description") or details["text"])
        elif kind == "Log.entryAdded" and answer["params"]["entry"]["level"] == "error":
            self.errors.append(answer["params"]["entry"]["text"])
        return answer

    def open(self, address):
        """Go to a page, and wait until it is there."""
        self.ask("Page.navigate", url="about:blank")
        self.ask("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.protocol !== 'about:'")

    def wait(self, expression):
        """Until an expression is true."""
        assert any(self.run(expression) for _ in range(TRIES)), expression

    def run(self, expression):
        """What an expression of JavaScript is in the page."""
        found = self.ask("Runtime.evaluate", expression=expression, returnByValue=True,
                         awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, key, times=1):
        """Press a key, as on a keyboard."""
        code = KEYS.get(key, ord(key[0].upper()))
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        for _ in range(times):
            for kind in ("keyDown", "keyUp"):
                self.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code,
                         **({"text": text} if text and kind == "keyDown" else {}))

    def type(self, text):
        """Put a text where the cursor is."""
        self.ask("Input.insertText", text=text)

    def size(self, width, height=900, dark=False):
        """How large the window is, and which theme it has."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height,
                 deviceScaleFactor=1, mobile=width < 500)
        self.ask("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"}])
