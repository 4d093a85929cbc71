"""The live site: starts, follows changes, survives mistakes, and ends cleanly."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.workspaces import ROOT, SMALL

pytestmark = pytest.mark.skipif(os.name != "posix", reason="ends servers by POSIX signals")

PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def page(port: int, name: str = "index.html") -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{name}", timeout=30) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, OSError):
        return ""


def wait_until(condition, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain for: {what}"
        time.sleep(0.1)


def children_of(parent: int) -> list[int]:
    listing = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(number) for number in listing.read_text().split()] if listing.exists() else []


class Server:
    """`pmogen serve` on a copy of the empty workspace, which is quick to build."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.port = free_port()
        self.log = workspace.parent / "log"
        command = [sys.executable, "-m", "pmogen", "serve", str(workspace), "--port", str(self.port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=unbuffered())

    def said(self) -> str:
        return self.log.read_text()

    def stop(self, number: int) -> None:
        self.process.send_signal(number)
        self.process.wait(30)

    def end(self) -> None:
        """Politely, so that the builder's server ends too."""
        if self.process.poll() is None:
            self.stop(signal.SIGTERM)


def unbuffered() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def server(tmp_path):
    from pmogen.cli import run

    workspace = tmp_path / "workspace"
    assert run(["init", str(workspace), "--empty"]) == 0
    running = Server(workspace)
    yield running
    running.end()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_serves_follows_changes_survives_mistakes_and_ends(server):
    settings = server.workspace / "content/playbook.yml"
    wait_until(lambda: "PMO playbook" in page(server.port), "the first page")

    change(settings, "title: PMO playbook", "title: Renewed playbook")
    wait_until(lambda: "Renewed playbook" in page(server.port), "the new title")

    change(settings, "title: Renewed", "titel: Broken")
    wait_until(lambda: "error:" in server.said(), "the mistake in the terminal")
    assert "content/playbook.yml:" in server.said()
    assert "Renewed playbook" in page(server.port), "the last good site stays"

    change(settings, "titel: Broken", "title: Mended")
    (server.workspace / "content/pages").mkdir()
    (server.workspace / "content/pages/extra.md").write_text("# An extra page\n\nText.\n")
    wait_until(lambda: "Mended playbook" in page(server.port), "the mended title")
    wait_until(lambda: "An extra page" in page(server.port, "pages/extra.html"), "the new page")

    children = children_of(server.process.pid)
    server.stop(signal.SIGTERM)
    assert server.process.returncode == 0
    assert "Traceback" not in server.said()
    assert not any(Path(f"/proc/{child}").exists() for child in children), "the builder ended, too"
    assert page(server.port) == ""


def test_ctrl_c_ends_it_and_calm_regenerates_nothing(server):
    wait_until(lambda: "PMO playbook" in page(server.port), "the first page")
    times = server.said().count("renewed\n")
    time.sleep(2)
    assert server.said().count("renewed\n") == times == 1
    server.stop(signal.SIGINT)
    assert server.process.returncode == 0
    assert "Traceback" not in server.said()


def test_only_this_computer_can_reach_it(server):
    wait_until(lambda: "PMO playbook" in page(server.port), "the first page")
    listening = [
        line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if line.split()[3] == "0A"
    ]
    addresses = {entry.split(":")[0] for entry in listening if int(entry.split(":")[1], 16) == server.port}
    assert addresses == {"0100007F"}


def test_a_taken_port_is_said_at_once(tmp_path, capsys):
    from pmogen.cli import run

    workspace = tmp_path / "workspace"
    run(["init", str(workspace), "--empty"])
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["serve", str(workspace), "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"port {port} cannot be used" in said
    assert "--port" in said


def test_with_mistakes_from_the_start_it_waits_until_they_are_mended(tmp_path):
    from pmogen.cli import run

    workspace = tmp_path / "workspace"
    run(["init", str(workspace), "--empty"])
    shutil.move(workspace / "content/roadmap.yml", tmp_path / "roadmap.yml")
    server = Server(workspace)
    try:
        wait_until(lambda: "content/roadmap.yml" in server.said(), "the mistake in the terminal")
        shutil.copy(tmp_path / "roadmap.yml", workspace / "content/roadmap.yml")
        wait_until(lambda: "PMO playbook" in page(server.port), "the first page")
    finally:
        server.stop(signal.SIGTERM)


def test_all_languages_are_served_and_languages_may_come_and_go(tmp_path):
    workspace = tmp_path / "workspace"
    for name, text in SMALL.items():
        path = workspace / name.replace("standard/", "catalog/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    shutil.copy(ROOT / "mkdocs.yml", workspace)
    settings = workspace / "content/playbook.yml"
    settings.write_text(settings.read_text() + "languages: [en, de]\n")
    server = Server(workspace)
    try:
        wait_until(lambda: "Grundlagen" in page(server.port, "de/foundation/index.html"), "the German page")
        assert 'href="../de/foundation/index.html"' in page(server.port, "foundation/index.html")
        (workspace / "content/pages").mkdir()
        (workspace / "content/pages/about.de.md").write_text("# Zu uns\n")
        wait_until(lambda: "Zu uns" in page(server.port, "de/pages/about.html"), "the new page")
        change(settings, "languages: [en, de]\n", "")
        wait_until(lambda: not page(server.port, "de/index.html"), "the end of the German pages")
        wait_until(lambda: "Foundation" in page(server.port, "foundation/index.html"), "the site of one language")
        children = children_of(server.process.pid)
        server.stop(signal.SIGINT)
        assert server.process.returncode == 0
        assert "Traceback" not in server.said()
        assert not any(Path(f"/proc/{child}").exists() for child in children)
    finally:
        server.end()
