"""The search gives the same plan file, byte for byte, whatever the order of the input and the seed of hashes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace

import pytest

from pmogen.model.workspace import Workspace
from pmogen.planning import plan_roadmap
from pmogen.planning.published import publish, published
from tests.planning.builders import gaps_and_choice
from tests.workspaces import example


def searched(workspace: Workspace) -> str:
    """content/plan.yml of a workspace, searched only."""
    gaps, choice = gaps_and_choice(workspace)
    return published(publish(workspace, gaps, choice, plan_roadmap(workspace, gaps, choice)))


def test_three_runs_give_the_same_bytes():
    assert len({searched(example()) for _ in range(3)}) == 1


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_services_does_not_matter(seed):
    same = example()
    services = random.Random(seed).sample(same.catalogue.services, len(same.catalogue.services))
    assert [service.id for service in services] != [service.id for service in same.catalogue.services]
    other = replace(same, catalogue=same.catalogue.model_copy(update={"services": tuple(services)}))
    assert searched(other) == searched(same)


@pytest.mark.parametrize("hash_seed", ["0", "1", "4711"])
def test_the_seed_of_hashes_does_not_matter(hash_seed):
    script = (
        "import sys\nfrom tests.planning.test_determinism import example, searched\n"
        "sys.stdout.buffer.write(searched(example()).encode())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    child = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert child.stdout.decode() == searched(example())
