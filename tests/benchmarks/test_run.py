"""The runner measures what it is asked for, prints it, writes it down and puts it into a page."""

from __future__ import annotations

import json

import pytest
from run import LARGEST_SITE, PARTS, asked, main


def test_without_options_it_measures_what_ten_minutes_allow():
    options = asked([])
    assert options.sizes == (60, 300, 1000)
    assert not {"peers", "builders"} & set(options.parts)


def test_the_smoke_test_is_small_and_runs_once():
    options = asked(["--smoke"])
    assert (options.rounds, options.sizes) == (1, (60,))


def test_the_full_run_leaves_nothing_out_and_has_more_services_than_a_site_is_built_of():
    options = asked(["--full"])
    assert options.parts == PARTS
    assert max(options.sizes) == 5000 > LARGEST_SITE


def test_a_part_that_is_not_known_is_refused(capsys):
    with pytest.raises(SystemExit):
        asked(["--parts", "example,nonsense"])
    assert "no such parts: nonsense" in capsys.readouterr().err


def test_figures_are_printed_written_down_and_put_into_a_page(tmp_path, monkeypatch, capsys):
    page, figures = tmp_path / "page.md", tmp_path / "figures.json"
    page.write_text("# Title\n\n<!-- measured: targets -->\n<!-- end -->\n")
    options = ("--parts", "example", "--rounds", "1", "--json", str(figures), "--write", str(page))
    monkeypatch.setattr("sys.argv", ["run.py", *options])
    main()
    found = json.loads(figures.read_text())
    assert len(found["example"]["--version"]["seconds"]) == 5
    assert found["machine"]["python"]
    (row,) = (
        line for line in capsys.readouterr().out.splitlines() if line.startswith("| `pmogen --version` | under 0.1 s |")
    )
    assert row in page.read_text().splitlines()
    assert "not measured" not in row
