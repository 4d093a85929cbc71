"""What pmogen writes for MkDocs is read by a faster reader, to the same settings; what people write is not."""

from __future__ import annotations

import pytest
import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader

from pmogen.site import fast_settings
from pmogen.site.builder import INHERITED_VARIABLE, NAVIGATION
from pmogen.site.fast_settings import settings


@pytest.fixture
def inherited(tmp_path, monkeypatch):
    """The file that pmogen names to the builder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(INHERITED_VARIABLE, NAVIGATION)
    path = tmp_path / NAVIGATION
    path.parent.mkdir()
    return path


def read(path, reader=settings):
    with path.open("rb") as file:
        return reader(file, get_yaml_loader())


def test_the_same_settings(built_example, inherited, monkeypatch):
    inherited.write_bytes((built_example / NAVIGATION).read_bytes())
    expected = read(inherited, fast_settings._PLAIN)
    monkeypatch.setattr(fast_settings, "_PLAIN", None)
    assert read(inherited) == expected


def test_values_of_the_environment(inherited, monkeypatch):
    monkeypatch.setenv("SAID", "so")
    inherited.write_text("site_name: !ENV SAID\n")
    assert read(inherited) == {"site_name": "so"}


def test_a_file_of_somebody_else_is_left_to_mkdocs(inherited, monkeypatch):
    asked = []
    monkeypatch.setattr(fast_settings, "_PLAIN", lambda source, _loader: asked.append(source.name))
    other = inherited.with_name("other.yml")
    other.write_text("a: 1")
    read(other)
    assert asked == [str(other)]


def test_mistakes_are_told_by_mkdocs(inherited):
    inherited.write_text("a: [1,\nb: 2")
    with pytest.raises(ConfigurationError) as told:
        read(inherited)
    with pytest.raises(yaml.YAMLError) as plain, inherited.open("rb") as file:
        yaml.load(file, get_yaml_loader())
    assert str(plain.value) in str(told.value)
