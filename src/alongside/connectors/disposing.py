"""What becomes of what an import kept of the files it read, once nobody needs it to mend them."""

import shutil

from .models import ImportRun


def forget_rows(run: ImportRun) -> None:
    """Its uploads, its refused rows and the whole report go, and the values that the page quoted as examples; counts
    and rules stay. Raises OSError where a file cannot be taken away; then nothing is said to be gone."""
    if run.folder.exists():
        shutil.rmtree(run.folder)
    for file in run.report.get("files", []):
        file["rejects"] = ""
        for group in file.get("groups", []):
            group["example"] = {**group["example"], "value": ""}
    run.save(update_fields=["report"])


def forget_names(run: ImportRun) -> None:
    """A file's name is its sender's, who may have called it by a child's: only its number is left."""
    run.names = [f"File {number}" for number, _ in enumerate(run.names, start=1)]
    for number, file in enumerate(run.report.get("files", []), start=1):
        file["path"] = f"File {number}"
    run.save(update_fields=["names", "report"])
