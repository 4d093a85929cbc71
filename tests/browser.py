"""A Chromium without a window, driven over a pipe by its own protocol: no further package is needed."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome", "msedge")
_LOUD = {"error", "assert", "warning"}


def find_browser() -> str | None:
    """The program named in PMOGEN_BROWSER, or the first known one that is installed."""
    named = os.environ.get("PMOGEN_BROWSER")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """One browser with one page."""

    def __init__(self, program: str) -> None:
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.counter = 0
        self.session: str | None = None
        self.events: list[dict[str, Any]] = []
        self.buffer = b""
        (read_ours, write_theirs), (read_theirs, write_ours) = _pipe(), _pipe()
        self.read_end, self.write_end = read_ours, write_ours
        command = [program, "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run"]
        command += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        command += [f"--user-data-dir={self.profile.name}", "--disable-dev-shm-usage"]
        command += ["--no-sandbox"] if os.geteuid() == 0 else []

        def connect() -> None:
            os.dup2(read_theirs, 3)
            os.dup2(write_theirs, 4)

        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, close_fds=False, preexec_fn=connect, **quiet)  # noqa: PLW1509  (no threads)
        os.close(read_theirs)
        os.close(write_theirs)

    def __enter__(self) -> Self:
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.read_end)
        os.close(self.write_end)
        self.profile.cleanup()

    def open(self, address: str, width: int = 1280, height: int = 900) -> None:
        """Shows a page and waits until it is loaded and its scripts had a moment."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.ask("Emulation.setDeviceMetricsOverride", **size)
        self.events.clear()
        self.ask("Page.navigate", url=address)
        self.wait_for("Page.loadEventFired")
        self.value("new Promise(done => setTimeout(() => done(1), 300))")

    def value(self, script: str) -> Any:
        """The value of an expression in the page; promises are waited for."""
        result = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def complaints(self) -> list[str]:
        """Errors and warnings on the console, and exceptions, since the page was opened."""
        found = []
        for event in self.events:
            name, details = event["method"], event["params"]
            if name == "Runtime.exceptionThrown":
                found.append(json.dumps(details["exceptionDetails"])[:400])
            elif name == "Runtime.consoleAPICalled" and details["type"] in _LOUD:
                found.append(json.dumps(details["args"])[:400])
            elif name == "Log.entryAdded" and details["entry"]["level"] in _LOUD:
                found.append(json.dumps(details["entry"])[:400])
        return found

    def requested(self) -> list[str]:
        """Addresses the page asked for since it was opened."""
        sent = (event["params"] for event in self.events if event["method"] == "Network.requestWillBeSent")
        return [details["request"]["url"] for details in sent]

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Sends one command and returns its answer."""
        self.counter += 1
        message: dict[str, Any] = {"id": self.counter, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        while True:
            received = self.receive()
            if received.get("id") == self.counter:
                assert "error" not in received, received
                return dict(received["result"])
            self.events.append(received)

    def wait_for(self, method: str) -> None:
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.receive())

    def receive(self, seconds: float = 60) -> dict[str, Any]:
        """The next message; fails when none comes."""
        end = time.monotonic() + seconds
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.read_end], [], [], max(0, end - time.monotonic()))
            more = os.read(self.read_end, 1 << 16) if ready else b""
            assert more, "the browser does not answer"
            self.buffer += more
        message, _, self.buffer = self.buffer.partition(b"\0")
        return dict(json.loads(message))


def file_address(path: Path) -> str:
    """The address of a file on disk."""
    return path.resolve().as_uri()


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are above 3 and 4, which the browser needs for itself."""
    import fcntl  # not on Windows

    low = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in low)
    for end in low:
        os.close(end)
    return high[0], high[1]
