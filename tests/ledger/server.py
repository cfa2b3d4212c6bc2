"""A PostgreSQL server of our own for tests: a new cluster in a new folder, on loopback, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HOMES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt", "/usr/pgsql")


def find_binaries() -> Path | None:
    """The folder with `initdb` and `postgres`; the newest where there are several."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [path.parent for home in HOMES for path in sorted(Path(home).glob("**/bin/initdb"))]
    return found[-1] if found else None


@contextmanager
def running(binaries: Path) -> Iterator[str]:
    """The address of a server that runs as long as the block, without a database."""
    folder = Path(tempfile.mkdtemp(prefix="diurna-pg-"))
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", _free_port()
    _run([binaries / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync"], user)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    _run([binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start"], user)
    try:
        yield f"postgresql://tester@127.0.0.1:{port}"
    finally:
        _run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], user)
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[object], user: str | None) -> None:
    done = subprocess.run(
        [str(part) for part in command], user=user, capture_output=True, text=True, cwd="/", timeout=120, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout}\n{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_database(server: str, name: str, template: str = "template0") -> str:
    """A new database; its address."""
    import psycopg

    for _ in range(50):
        with suppress(psycopg.errors.ObjectInUse), psycopg.connect(f"{server}/postgres", autocommit=True) as one:
            one.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            return f"{server}/{name}"
        time.sleep(0.1)
    raise TimeoutError(f"{template} stays in use")
