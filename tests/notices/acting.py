"""`python -m tests.notices.acting COUNT`: as many acts, each of which tells somebody something.

Four readers act at once. Prints the seconds that the slowest but one of twenty took.
"""

import sys
import time

import django

READERS = 4


def act(count: int) -> list[float]:
    """Do `count` acts after a first one; returns the seconds of each, in their order."""
    # Needs the settings.
    from tests.notices.telling import person_named, tell  # noqa: PLC0415
    from tests.notices.threads import in_threads  # noqa: PLC0415

    person = person_named("Astrid Lind")
    # What a process does once only is not measured.
    tell(person, "first")
    seconds = []

    def read(reader: int) -> None:
        for number in range(reader, count, READERS):
            started = time.monotonic()
            tell(person, f"act-{number}")
            seconds.append(time.monotonic() - started)

    in_threads(READERS, read)
    return sorted(seconds)


if __name__ == "__main__":
    django.setup()
    done = act(int(sys.argv[1]))
    sys.stdout.write(f"{len(done)} {done[int(len(done) * 0.95)]:.3f}\n")
