"""The live site: starts, follows changes, survives mistakes, and ends cleanly."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path

import pytest
import yaml

from benchmarks.workspaces import read
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
    """`pmogen serve` on a workspace."""

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
        """Politely, so that its other processes end too."""
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
    told = json.loads(page(server.port, ".pmogen/since/0/0"))["words"]
    assert "content/playbook.yml:" in told, "it is shown over the pages"

    change(settings, "titel: Broken", "title: Mended")
    (server.workspace / "content/pages").mkdir()
    (server.workspace / "content/pages/extra.md").write_text("# An extra page\n\nText.\n")
    wait_until(lambda: "Mended playbook" in page(server.port), "the mended title")
    assert json.loads(page(server.port, ".pmogen/since/0/0"))["words"] == ""
    wait_until(lambda: "An extra page" in page(server.port, "pages/extra.html"), "the new page")

    children = children_of(server.process.pid)
    server.stop(signal.SIGTERM)
    assert server.process.returncode == 0
    assert "Traceback" not in server.said()
    wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in children), "the end of all processes")
    assert page(server.port) == ""


def test_ctrl_c_ends_it_and_calm_regenerates_nothing(server):
    wait_until(lambda: "PMO playbook" in page(server.port), "the first page")
    wait_until(lambda: "PMO playbook" in page(server.port, "search/search_index.json"), "the whole site")
    before = server.said()
    time.sleep(2)
    assert server.said() == before
    assert before.count(" planned in ") == 1
    server.stop(signal.SIGINT)
    assert server.process.returncode == 0
    assert "Traceback" not in server.said()


def test_a_mistake_that_comes_and_goes_does_not_stop_the_whole_site(server):
    settings = server.workspace / "content/playbook.yml"
    wait_until(lambda: "PMO playbook" in page(server.port), "the first page")
    change(settings, "title: PMO playbook", "titel: PMO playbook")
    wait_until(lambda: "error:" in server.said(), "the mistake")
    change(settings, "titel: PMO playbook", "title: PMO playbook")
    wait_until(lambda: "PMO playbook" in page(server.port, "search/search_index.json"), "the search")


def test_only_this_computer_can_reach_it(server):
    wait_until(lambda: "PMO playbook" in page(server.port), "the first page")
    listening = [
        line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if line.split()[3] == "0A"
    ]
    addresses = {entry.split(":")[0] for entry in listening if int(entry.split(":")[1], 16) == server.port}
    assert addresses == {"0100007F"}


@pytest.mark.parametrize("path", ["..%5C..%5Cmkdocs.yml", "x%00y", "%2e%2e%2f%2e%2e%2fmkdocs.yml", "a" * 300])
def test_nothing_outside_of_the_site_is_handed_out(server, path):
    wait_until(lambda: "PMO playbook" in page(server.port), "the first page")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/{path}", timeout=30)
    assert "error" not in server.said()


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
        wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in children), "the end of all processes")
    finally:
        server.end()


def test_with_a_hook_the_whole_site_is_made_after_each_change(server):
    wait_until(lambda: "PMO playbook" in page(server.port), "the first page")
    (server.workspace / "hook.py").write_text("def on_page_content(html, **_): return html + '<p>By a hook.</p>'\n")
    settings = server.workspace / "mkdocs.yml"
    settings.write_text(settings.read_text() + "\nhooks: [hook.py]\n")
    wait_until(lambda: "By a hook." in page(server.port, "gaps/index.html"), "what the hook adds")
    change(server.workspace / "content/playbook.yml", "title: PMO playbook", "title: Renewed playbook")
    wait_until(lambda: "Renewed playbook" in page(server.port), "the new title")
    assert "By a hook." in page(server.port)
    assert "Traceback" not in server.said()


def test_a_page_that_cannot_be_made_says_why_and_the_others_stay(server):
    wait_until(lambda: "PMO playbook" in page(server.port), "the first page")
    template = server.workspace / "site_templates/pages/home.md.j2"
    template.parent.mkdir(parents=True)
    template.write_text("# {{ nothing_like_that }}\n")
    wait_until(lambda: "home.md.j2" in server.said(), "the mistake in the terminal")
    with pytest.raises(urllib.error.HTTPError, match="500") as failure:
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/", timeout=30)
    assert "home.md.j2" in failure.value.read().decode()
    assert "</html>" in page(server.port, "gaps/index.html")
    template.unlink()
    wait_until(lambda: "PMO playbook" in page(server.port), "the page as it was")


LIVE = re.compile(rb'<script src="/.pmogen/live.js" data-since="\d+"></script>')


def fetched(port: int, name: str) -> bytes:
    """A file as it is served, without what is added to load it again."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{name}", timeout=PATIENCE) as answer:
            return LIVE.sub(b"", answer.read())
    except urllib.error.HTTPError as answer:
        return LIVE.sub(b"", answer.read())


def since(port: int, known: int = 0) -> int:
    """The number of what is shown now; a known one is waited beyond."""
    news = page(port, f".pmogen/since/{known}/0")
    return int(json.loads(news)["since"]) if news else 0


def is_newer(port: int, known: int) -> bool:
    return since(port, known) > known


def differences(port: int, workspace: Path, clean: Path) -> list[str]:
    """Files of a clean build of the workspace that are served otherwise."""
    from pmogen.cli import run

    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(workspace, clean, ignore=shutil.ignore_patterns("build", "site", ".cache"))
    assert run(["build", str(clean)]) == 0
    files = [path for path in (clean / "site").rglob("*") if path.is_file()]
    names = {path.relative_to(clean / "site").as_posix(): path for path in files}
    assert len(names) > 100
    return [name for name, path in names.items() if fetched(port, name) != path.read_bytes()]


class Editor:
    """Somebody who changes this and that, and never leaves a mistake behind."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.chance = random.Random(9)
        self.own: dict[str, dict[str, object]] = {}
        self.services = [entry["id"] for entry in read("services", "services")]
        self.pages = 0

    def edit(self) -> None:
        self.chance.choice((self.text, self.estimate, self.level, self.page, self.title, self.decision, self.look))()

    def text(self) -> None:
        self.service(purpose=f"Helps in the way number {self.chance.random()}.")

    def estimate(self) -> None:
        low = self.chance.randint(3, 40)
        self.service(establish_days={"low": low, "likely": low + 4, "high": low * 2 + 5 + self.chance.random()})

    def service(self, **fields: object) -> None:
        self.own.setdefault(self.chance.choice(self.services), {}).update(fields)
        entries = [{"id": name, **values} for name, values in self.own.items()]
        (self.root / "catalog").mkdir(exist_ok=True)
        (self.root / "catalog/own.yml").write_text(yaml.safe_dump({"services": entries}))

    def level(self) -> None:
        path = max((self.root / "content/assessments").glob("*.yml"))
        value = yaml.safe_load(path.read_text())
        self.chance.choice(value["aspects"]).update(
            current=self.chance.choice((1, 1.5, 2, 2.5, 3)),
            current_reason=f"Seen {self.chance.random()}",
            current_source="workshop",
        )
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False))

    def page(self) -> None:
        self.pages += 1
        place = self.root / f"content/pages/extra-{self.chance.randrange(3)}.md"
        if place.exists():
            place.unlink()
        else:
            place.write_text(f"# Extra {self.pages}\n\nText.\n")

    def title(self) -> None:
        path = self.root / "content/playbook.yml"
        path.write_text(
            re.sub(r"^title: .*$", f"title: Playbook {self.chance.random()}", path.read_text(), flags=re.MULTILINE)
        )

    def decision(self) -> None:
        path = self.root / "content/decisions.yml"
        value = yaml.safe_load(path.read_text())
        self.chance.choice(value["services"])["why"] = f"Because of {self.chance.random()}"
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False))

    def look(self) -> None:
        colour = f"#{self.chance.randrange(0x200000):06x}"
        path = self.root / "content/playbook.yml"
        text = re.sub(r"^colours:.*\n", "", path.read_text(), flags=re.MULTILINE)
        path.write_text(text + f"colours: {{primary: '{colour}'}}\n")


def test_after_fifty_edits_the_served_site_is_that_of_a_clean_build(tmp_path):
    workspace = tmp_path / "workspace"
    shutil.copytree(ROOT / "content", workspace / "content")
    shutil.copyfile(ROOT / "mkdocs.yml", workspace / "mkdocs.yml")
    server, editor = Server(workspace), Editor(workspace)
    try:
        wait_until(lambda: "Merrow Valley" in page(server.port), "the first page")
        for number in range(50):
            known = since(server.port)
            if number % 7 == 3:  # a mistake for a moment: what was good stays
                (workspace / "catalog").mkdir(exist_ok=True)
                broken = workspace / "catalog/broken.yml"
                broken.write_text("services: [")
                time.sleep(0.3)
                broken.unlink()
            editor.edit()
            wait_until(partial(is_newer, server.port, known), f"edit {number}")
            for name in editor.chance.sample(("index.html", "gaps/index.html", "services/index.html"), 2):
                assert b"</html>" in fetched(server.port, name)
            if number % 25 == 24:
                assert differences(server.port, workspace, tmp_path / "clean") == []
    finally:
        server.end()
    assert "Traceback" not in server.said()
