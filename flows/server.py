"""Prefect's server as a child of this process: started before Prefect is imported here, ended when this process ends.

The child holds the reading end of a pipe whose other end only this process has: the system closes it whatever ends
this process, also SIGKILL, and the child then stops by itself.
"""

import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

PREFECT_DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
}
"""What Dateline wants of Prefect; the environment's own settings stand above."""
LIGHT = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1", "PREFECT_UI_ENABLED": "0"}
"""A server for one run: no scheduler, no user interface."""
SECONDS_TO_STOP = 5
BACKLOG = 2048


def configured_api() -> str | None:
    """The address of the Prefect API that the user has configured, or None.

    Prefect, which takes a second to import, is asked only where one of its files names an address.
    """
    if os.environ.get("PREFECT_API_URL"):
        return os.environ["PREFECT_API_URL"]
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    files = (home / "profiles.toml", Path("prefect.toml"), Path("pyproject.toml"), Path(".env"))
    if not any(file.is_file() and b"url" in file.read_bytes().lower() for file in files):
        return None
    from prefect.settings import get_current_settings  # noqa: PLC0415  (only where it may matter)

    return get_current_settings().api.url


def prepare_prefect() -> bool:
    """Point Prefect at the user's API, or start a server for one run, which comes up while this process goes on.

    Returns:
        Whether a server was started: it takes seconds until it answers.
    """
    for name, value in PREFECT_DEFAULTS.items():
        os.environ.setdefault(name, value)
    starts = configured_api() is None
    if starts:
        start_server(light=True)
    return starts


def start_server(port: int = 0, *, light: bool, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a server of our own on the loopback and point Prefect at it; requests wait until it is up.

    Args:
        port: where it listens; 0 takes a free one.
        light: without scheduler and user interface, for one run.
        environment: more variables for the server.
    """
    with socket.create_server(("127.0.0.1", port), backlog=BACKLOG) as listener:
        reading, writing = os.pipe()
        child = subprocess.Popen(  # noqa: S603  (our own module)
            [sys.executable, "-m", "flows.server", str(listener.fileno()), str(reading)],
            env={**os.environ, **(LIGHT if light else {}), **(environment or {})},
            pass_fds=[listener.fileno(), reading],
            stdout=subprocess.DEVNULL,
        )
        os.close(reading)
        os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
    atexit.register(stop_server, child, writing)
    return child


def stop_server(child: subprocess.Popen[bytes], writing: int) -> None:
    """End the server; it was registered before Prefect, so that Prefect's own last words still reach it."""
    child.terminate()
    try:
        child.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    os.close(writing)


def port_if_free(port: int) -> int:
    """The port, or 0 where another program listens there."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return 0
    return port


def _serve(listener: int, reading: int) -> None:
    """The child: serve until told to stop or until the parent is no more, also while it is still coming up."""

    def watch() -> None:
        os.read(reading, 1)
        threading.Timer(SECONDS_TO_STOP, os._exit, (1,)).start()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
    import uvicorn  # noqa: PLC0415  (the parent needs none of it)
    from prefect.server.api.server import create_app  # noqa: PLC0415  (the same)

    app = create_app(ephemeral=bool(os.environ.get("PREFECT__SERVER_EPHEMERAL")))
    config = uvicorn.Config(app, log_level="error", lifespan="on", timeout_graceful_shutdown=SECONDS_TO_STOP - 2)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=listener)])


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
