"""`python -m benchmarks`: what is measured, and how to run each."""

from pathlib import Path

from . import machine


def main() -> None:
    """Runs the import benchmark, and names the others with what they need."""
    from . import intake

    print(f"Machine: {machine.facts()}")
    intake.main()
    others = sorted(
        path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in {"__init__", "__main__"}
    )
    print("Others, each with --help: " + ", ".join(f"python -m benchmarks.{name}" for name in others))


if __name__ == "__main__":
    main()
