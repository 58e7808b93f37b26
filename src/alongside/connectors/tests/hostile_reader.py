"""`python -m … hostile_reader FILE FOLDER`: a reader that FILE has taken over. Tells as JSON what it came by."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import Pipe
from pathlib import Path

import django


def attempts(folder: Path, open_before: int) -> dict[str, Callable[[], object]]:
    """Each raises OSError where it is refused. `folder` stands for the folder for data."""
    return {
        "writes to what stood open": lambda: os.write(open_before, b"taken over"),
        "writes a file": lambda: (folder / "new").write_text("taken over"),
        "makes a file": lambda: (folder / "empty").touch(),
        "takes a file away": lambda: (folder / "taken_away").unlink(),
        "empties a file": lambda: os.truncate(folder / "emptied", 0),
        "reads another file": lambda: (folder / "secret").read_text(),
        "lists a folder": lambda: list(folder.iterdir()),
        "reads the environment of what started it": lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
        "reads the memory of what started it": lambda: Path(f"/proc/{os.getppid()}/mem").open("rb"),
        "sends a signal": lambda: os.kill(os.getppid(), 0),
        "starts a program": lambda: subprocess.run(["/bin/true"], check=True),
        "asks the network": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "asks a process of this machine": lambda: socket.socket(socket.AF_UNIX),
    }


def tried(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as refusal:
        return f"refused: {refusal.strerror}"
    return "done"


def main(file: str, folder: Path) -> None:
    from alongside.connectors import reader

    open_before = os.open(folder / "open_before", os.O_WRONLY | os.O_CREAT)

    def take_over(*_: object) -> None:
        came_of = {name: tried(attempt) for name, attempt in attempts(folder, open_before).items()}
        own = {"reads its own file": tried(Path(file).read_bytes)}
        sys.stdout.write(json.dumps({**came_of, **own, "environment": dict(os.environ)}))

    reader.send_rows = take_over
    inbox, out = Pipe(duplex=False)
    reader.read(file, "2026-11-23", out)
    assert json.loads(inbox.recv_bytes())["end"] == "whole"


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], Path(sys.argv[2]))
