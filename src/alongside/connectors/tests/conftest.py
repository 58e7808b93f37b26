from pathlib import Path

import pytest

from .files import Desk


@pytest.fixture
def desk(tmp_path: Path, agencies: None) -> Desk:
    """A partner's files arrive here, and every agency of the playbook is known."""
    return Desk(tmp_path)
