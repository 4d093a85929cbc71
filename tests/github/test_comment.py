"""The comment on a pull request: written once, then kept up to date; nothing but the pull request's own comment is touched.

The script is that of the workflow itself. A stand-in for `gh` keeps the comments in a file, and notes what was sent.
"""

from __future__ import annotations

import json
import shutil
import sys

import pytest

from tests.github.workflows import OWN, program, run_script, script_of

MARKER = "<!-- pmogen: what this change does -->"
LIMIT = 65_536
"""Characters of a comment that GitHub takes."""

GH = f"""#!{sys.executable}
import json, os, pathlib, subprocess, sys

store = pathlib.Path(os.environ["HOME"], "comments.json")
sent = pathlib.Path(os.environ["HOME"], "sent.json")
comments = json.loads(store.read_text())
call, *arguments = sys.argv[1:]
assert call == "api", sys.argv
assert os.environ["GH_TOKEN"] == "a token"
options = dict(zip(arguments, arguments[1:]))
method = options.get("--method", "GET")
address = next(argument for argument in arguments if argument.startswith("repos/"))
if method == "GET":
    if os.environ.get("BROKEN"):
        sys.exit("gh: Bad gateway (HTTP 502)")
    print(subprocess.run(["jq", "-r", options["--jq"]], input=json.dumps(comments), check=True,
                         capture_output=True, text=True).stdout, end="")
    sys.exit()
body = json.loads(pathlib.Path(options["--input"]).read_text())
log = json.loads(sent.read_text()) if sent.exists() else []
sent.write_text(json.dumps([*log, [method, address, body]]))
if method == "POST":
    comments.append({{"id": 100 + len(comments), "user": {{"login": "github-actions[bot]"}}, **body}})
else:
    number = int(address.rsplit("/", 1)[1])
    comments = [comment | body if comment["id"] == number else comment for comment in comments]
store.write_text(json.dumps(comments))
print(json.dumps(comments[-1]))
"""

OTHERS = [
    {"id": 1, "user": {"login": "somebody"}, "body": f"{MARKER}\nI only pretend"},
    {"id": 2, "user": {"login": "github-actions[bot]"}, "body": f"Quoted: {MARKER}"},
    {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "Another workflow"},
]


@pytest.fixture
def job(tmp_path):
    """Runs the job with a text, as for pull request 7; returns all that was sent so far."""
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed; GitHub's machines have it")
    programs = program(tmp_path / "programs", "gh", GH)
    script = script_of(OWN / "workflows/check.yml", "comment", "Write the comment")
    (tmp_path / "comments.json").write_text(json.dumps(OTHERS))

    def run(text: str | bytes, **more: str):
        (tmp_path / "change.md").write_bytes(text if isinstance(text, bytes) else text.encode())
        variables = {"GH_TOKEN": "a token", "REPO": "example/playbook", "PR": "7", "RUN": "https://github.com/r/1"}
        done = run_script(script, tmp_path, programs, **variables, **more)
        sent = tmp_path / "sent.json"
        return done, json.loads(sent.read_text()) if sent.exists() else []

    return run


def test_the_first_run_writes_a_comment(job):
    done, sent = job("**One gap grows.**\n")
    assert done.returncode == 0, done.stderr
    (call,) = sent
    assert call[:2] == ["POST", "repos/example/playbook/issues/7/comments"]
    assert call[2] == {"body": f"{MARKER}\n**One gap grows.**\n\n\n[Preview and details](https://github.com/r/1)\n"}


def test_later_runs_bring_it_up_to_date(job):
    job("First")
    job("Second")
    _done, sent = job("Third")
    assert [(method, address) for method, address, _body in sent] == [
        ("POST", "repos/example/playbook/issues/7/comments"),
        ("PATCH", "repos/example/playbook/issues/comments/103"),
        ("PATCH", "repos/example/playbook/issues/comments/103"),
    ]
    assert "Third" in sent[-1][2]["body"]


def test_comments_of_others_are_left_alone(job, tmp_path):
    job("First")
    job("Second")
    assert json.loads((tmp_path / "comments.json").read_text())[:3] == OTHERS


@pytest.mark.parametrize(
    "text",
    [
        "x" * 500_000,
        "ä" * 500_000,
        "\U0001f600" * 70_000,
        b"\xff\xfe\x00" * 90_000,
        "\n".join(["| a | b |"] * 40_000),
        "",
    ],
    ids=["long", "letters", "signs", "no text", "table", "nothing"],
)
def test_no_comment_is_longer_than_github_takes(job, text):
    done, sent = job(text)
    assert done.returncode == 0, done.stderr
    body = sent[0][2]["body"]
    assert len(body) < LIMIT
    assert body.startswith(MARKER)
    assert body.endswith("[Preview and details](https://github.com/r/1)\n")


@pytest.mark.parametrize(
    "text",
    [
        '"; curl evil #',
        "$(touch pwned)",
        "`touch pwned`",
        "@file",
        "\\u0000 \\n ${{ github.token }}",
        "'\"\n%0A::error::x",
    ],
)
def test_whatever_stands_in_the_text_is_only_text(job, text, tmp_path):
    """Also where it looks like shell, like JSON, or like the name of a file."""
    done, sent = job(text)
    assert done.returncode == 0, done.stderr
    assert sent[0][2]["body"].split("\n\n[Preview")[0] == f"{MARKER}\n{text}"
    assert done.stdout == ""
    assert not (tmp_path / "pwned").exists()


def test_a_text_with_the_number_of_another_pull_request_changes_nothing(job):
    """The number comes from the event, never from the file."""
    _done, sent = job("PR=8\nREPO=evil/evil\nrepos/evil/evil/issues/8/comments\n")
    assert sent[0][1] == "repos/example/playbook/issues/7/comments"


def test_when_the_comments_cannot_be_read_none_is_written(job):
    """Otherwise there would be two."""
    done, sent = job("Text", BROKEN="1")
    assert done.returncode != 0
    assert sent == []
