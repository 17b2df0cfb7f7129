"""`make bench`: load a corpus, serve it, and print what its pages cost beside a bare Django view.

`python -m tests.bench.portal --size 10000 [--engine sqlite|postgresql|both] [--corpus FILE]
[--kinds list,detail]`. Needs Linux, which tells what processes use, and a corpus generator.
"""

import argparse
import json
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

from tests.bench.database import FOLDER, postgresql_database, sqlite_database
from tests.bench.measure import BARE_REQUESTS, REQUESTS, WARM_UPS, measure, memory_of_server
from tests.bench.pages import BARE, addresses
from tests.bench.serving import environment, served
from tests.bench.tables import growth, table
from tests.browser.serving import ROOT
from tests.on_postgresql import redis_server

CORPUS = ROOT.parent / "shared" / "bench" / "corpus.py"


def main() -> None:
    asked = _arguments()
    if not asked.corpus.exists():
        say(f"Skipped: no corpus generator at {asked.corpus} (CORPUS=/path/to/it).")
        return
    if not Path("/proc/self/schedstat").exists():
        say("Skipped: only Linux tells what processes use (/proc/<pid>/task/*/schedstat).")
        return
    if asked.engine in ("sqlite", "both"):
        bench(sqlite_database(asked.size), asked)
    if asked.engine in ("postgresql", "both"):
        with postgresql_database() as database:
            if database is None:
                say("PostgreSQL is skipped: no server here that lets this user create databases.")
            else:
                bench(database, asked)


def bench(database, asked) -> None:
    """Load, serve, measure, print, and keep the figures in var/bench/."""
    # SQLite is what runs alone; with PostgreSQL, production has a Redis.
    redis = nullcontext() if database.engine == "sqlite" else redis_server()
    with redis as redis_url:
        say(f"\n{database.engine}, {asked.size:,} practices")
        surroundings = environment(database.url, redis_url)
        loading = load(database, asked, surroundings)
        pages = addresses(database, asked.corpus, WARM_UPS + REQUESTS)
        kinds = asked.kinds.split(",") if asked.kinds else list(pages)
        pages = {kind: pages[kind] for kind in pages if kind == BARE or kind in kinds}
        with served(surroundings) as visitor:
            say(f"  measuring: {REQUESTS} requests a kind, {BARE_REQUESTS} of the bare view")
            figures = measure(visitor, pages, database.postgres)
            result = {
                "engine": database.engine,
                "size": asked.size,
                "redis": bool(redis_url),
                "pages": figures,
                "load": loading,
                "memory": memory_of_server(),
                "disk": database.sizes(),
            }
    path = FOLDER / f"{database.engine}-{asked.size}.json"
    path.write_text(json.dumps(result, indent=1))
    say(table(result))
    say(growth(result, earlier_results(database.engine, asked.size)))
    say(f"Kept in {path.relative_to(ROOT)}")


def load(database, asked, surroundings: dict[str, str]) -> dict[str, float]:
    """What loading cost, now or when the database that is used again was loaded."""
    if noted := database.earlier_load():
        say("  using the database of an earlier run; nothing it depends on has changed")
        return json.loads(noted)
    python = [sys.executable]
    subprocess.run([*python, "manage.py", "migrate", "-v0"], cwd=ROOT, env=surroundings, check=True)
    with subprocess.Popen(
        [*python, "-m", "tests.bench.corpus", asked.corpus.resolve(), str(asked.size)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    ) as corpus:
        loaded = subprocess.run(
            [*python, "-m", "tests.bench.load", str(asked.size)],
            cwd=ROOT,
            env=surroundings,
            stdin=corpus.stdout,
            stdout=subprocess.PIPE,
            check=True,
        )
    database.note_load(loaded.stdout.decode())
    return json.loads(loaded.stdout)


def earlier_results(engine: str, size: int) -> list[dict]:
    """The figures that are kept of smaller corpora on the same engine, smallest first."""
    results = [json.loads(path.read_text()) for path in FOLDER.glob(f"{engine}-*.json")]
    return sorted((r for r in results if r["size"] < size), key=lambda result: result["size"])


def say(text: str) -> None:
    if text:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.portal")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--kinds", help="kinds of pages, separated by commas (default: all)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
