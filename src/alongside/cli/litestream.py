"""A continuous copy of SQLite by litestream, where it is installed and somebody said where to."""

import json
import shutil
from pathlib import Path

from alongside.cli.environment import refuse

CONFIG = "litestream.yml"


def config_for(database: Path, url: str) -> str:
    """Litestream's configuration. JSON is YAML, and leaves no question of quoting."""
    return json.dumps({"dbs": [{"path": str(database), "replicas": [{"url": url}]}]}, indent=1) + "\n"


def litestream() -> list[list[str]]:
    """The command that copies while we serve; none where nobody asked for it. Exit status 2, in words, where it was
    asked for and cannot be: a promised copy that is not made would be missed too late."""
    from django.conf import settings
    from django.db import connection

    url = settings.LITESTREAM_URL
    if not url:
        return []
    if connection.vendor != "sqlite":
        refuse("ALONGSIDE_LITESTREAM_URL is set, and the database is not SQLite.", "Unset it, and archive the WAL.")
    program = shutil.which("litestream")
    if program is None:
        refuse("ALONGSIDE_LITESTREAM_URL is set, and litestream is not installed.", "Install it, or unset it.")
    config = settings.VAR / CONFIG
    config.write_text(config_for(Path(connection.settings_dict["NAME"]), url), encoding="utf-8")
    config.chmod(0o600)
    return [[program, "replicate", "-config", str(config)]]
