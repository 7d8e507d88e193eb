from pathlib import Path

import pytest

from tamizdat.server.tests.tree import plant


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return plant(tmp_path)
