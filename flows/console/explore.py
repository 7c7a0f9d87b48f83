"""`dateline explore`: serve the explorer from this process until Ctrl-C."""

import errno
import ipaddress
import socket
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path

import uvicorn

from flows.errors import UsageError
from warehouse.explorer.app import LOOPBACK, create_app
from warehouse.reader import open_published


def explore_command(warehouse: Path, host: str, port: int, *, browser: bool) -> int:
    """Serve the published warehouse as a local web app; the address is the one line that goes to standard output.

    Args:
        warehouse: the file that readers open.
        host: the name or address to listen at.
        port: the port; 0 takes any that is free.
        browser: open the page, where this is a terminal.

    Raises:
        UsageError: the port is in use, or the host is not this machine's.
        NoWarehouseError: nothing is published there.
    """
    with open_published(warehouse):
        pass
    with _listen(host, port) as listening:
        address = _address(host, listening.getsockname()[1])
        app = create_app(warehouse, _served_names(host))
        sys.stdout.write(f"Dateline explorer of {warehouse} at {address} (Ctrl-C ends it)\n")
        sys.stdout.flush()
        if browser and sys.stdout.isatty():
            webbrowser.open(address)
        with suppress(KeyboardInterrupt):
            server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
            server.run(sockets=[listening])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(place[:2], family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"port {port} is in use: name another with --port, or --port 0 for any that is free"
        elif error.errno == errno.EACCES:
            message = f"port {port} is not for every user: name one above 1023 with --port"
        else:
            message = f"cannot listen at {host} ({error.strerror}): name an address of this machine with --host"
        raise UsageError(message) from error


def _address(host: str, port: int) -> str:
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (compared, not bound)
    return f"http://{f'[{reached}]' if ':' in reached else reached}:{port}/"


def _served_names(host: str) -> tuple[str, ...]:
    """The names that requests may ask for; with a warning where others than this machine's users reach them."""
    with suppress(ValueError):
        listened = ipaddress.ip_address(host)
        if listened.is_loopback:
            return LOOPBACK
        host = f"[{host}]" if isinstance(listened, ipaddress.IPv6Address) else host
    if host == "localhost":
        return LOOPBACK
    sys.stderr.write(
        f"dateline: everyone who reaches {host} can read the articles: the explorer asks for no password\n"
    )
    return ("*",) if host in {"0.0.0.0", "[::]"} else (*LOOPBACK, host)  # noqa: S104  (compared, not bound)
