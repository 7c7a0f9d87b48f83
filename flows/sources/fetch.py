"""Fetch pages politely and safely: robots.txt, a pause per host, limits of time and size, no private addresses."""

# ruff: noqa: PLC0415  (the HTTP client takes a quarter of a second to import: only those who have feeds pay for it)

import ipaddress
import socket
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

if TYPE_CHECKING:
    import httpx

MOST_REDIRECTS = 5
LARGEST_ROBOTS = 500_000
"""Bytes of a robots.txt that are read, as its standard (RFC 9309) allows."""
LONGEST_PAUSE = 120.0
"""Seconds between two requests that a robots.txt may ask for."""
NOT_MODIFIED = 304
CLIENT_ERRORS = range(400, 500)


class FetchError(Exception):
    """A page that could not be fetched; the message says why.

    Attributes:
        wait: seconds after which the server wants to be asked again, or None.
    """

    def __init__(self, message: str, wait: float | None = None) -> None:
        """Say why, and for how long."""
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class FetchRules:
    """How to fetch.

    Attributes:
        agent: how we introduce ourselves.
        delay: seconds between two requests to one host.
        timeout: seconds that one request may take in all.
        most_bytes: the largest answer that is read.
        private: whether addresses of this machine and its own network are allowed.
    """

    agent: str
    delay: float
    timeout: float
    most_bytes: int
    private: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: where the page really lies, its bytes as received, and what its header says of it.

    `body` is None where the page is as it was.
    """

    url: str
    body: bytes | None
    charset: str | None
    validators: Mapping[str, str]


@dataclass(slots=True)
class Fetcher:
    """Fetches one page after the other; not for several threads at once."""

    rules: FetchRules
    _deadline: "list[float]" = field(default_factory=lambda: [0.0])
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _free_at: dict[str, float] = field(default_factory=dict)
    _client: "httpx.Client | None" = None

    def fetch(self, url: str, validators: Mapping[str, str] | None = None) -> Answer:
        """Fetch a page, over redirects, each of which obeys the rules as well.

        Args:
            url: its address.
            validators: `etag` and `last-modified` of the copy that is at hand.

        Raises:
            FetchError: it may not be fetched, or could not be.
        """
        asked = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
        headers = {asked[name]: value for name, value in (validators or {}).items()}
        for _ in range(MOST_REDIRECTS + 1):
            self._obey_robots(url)
            answer = self._get(url, headers, self.rules.most_bytes)
            if not isinstance(answer, str):
                return answer
            url = answer
        message = f"more than {MOST_REDIRECTS} redirects, the last one to {url}"
        raise FetchError(message)

    def close(self) -> None:
        """Close the connections."""
        if self._client:
            self._client.close()

    def _obey_robots(self, url: str) -> None:
        site = urlunsplit((*urlsplit(url)[:2], "", "", ""))
        if site not in self._robots:
            self._robots[site] = self._read_robots(site)
        if not self._robots[site].can_fetch(self.rules.agent, url):
            message = "the site's robots.txt does not allow it"
            raise FetchError(message)

    def _read_robots(self, site: str) -> RobotFileParser:
        """The rules of a site: all is allowed where there are none, nothing while they cannot be had (RFC 9309)."""
        robots = RobotFileParser()
        url = f"{site}/robots.txt"
        for _ in range(MOST_REDIRECTS + 1):
            try:
                answer = self._get(url, {}, LARGEST_ROBOTS, cut=True)
            except MissingPageError:
                robots.parse([])
                return robots
            if not isinstance(answer, str):
                robots.parse((answer.body or b"").decode("utf-8", "replace").splitlines())
                return robots
            url = answer
        message = f"{site}/robots.txt redirects without end"
        raise FetchError(message)

    def _get(self, url: str, headers: Mapping[str, str], most_bytes: int, *, cut: bool = False) -> Answer | str:
        """One request: the answer, or the address to which it redirects."""
        import httpx

        host = urlsplit(url).netloc
        self._pause(host, url)
        self._deadline[0] = time.monotonic() + self.rules.timeout
        try:
            with self._open().stream("GET", url, headers=dict(headers)) as response:
                if response.next_request is not None:
                    return self._next(response)
                return self._read(response, most_bytes, cut=cut)
        except httpx.TimeoutException as error:
            message = f"no whole answer within {self.rules.timeout:g} seconds"
            raise FetchError(message) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError, ValueError) as error:
            message = f"{type(error).__name__}: {error}"
            raise FetchError(message) from error
        finally:
            self._free_at[host] = time.monotonic() + self._delay_of(url)

    def _next(self, response: "httpx.Response") -> str:
        target = str(response.next_request.url) if response.next_request else ""
        if urlsplit(target).scheme not in {"http", "https"}:
            message = f"a redirect to {target}, which is no web address"
            raise FetchError(message)
        return target

    def _read(self, response: "httpx.Response", most_bytes: int, *, cut: bool) -> Answer:
        names = ("etag", "last-modified")
        validators = {name: response.headers[name] for name in names if name in response.headers}
        if response.status_code == NOT_MODIFIED:
            return Answer(str(response.url), None, None, validators)
        if not response.is_success:
            wait = response.headers.get("retry-after", "")
            kind = MissingPageError if response.status_code in CLIENT_ERRORS else FetchError
            raise kind(
                f"the server answered {response.status_code} {response.reason_phrase}".strip(),
                float(wait) if wait.isdecimal() else None,
            )
        body = bytearray()
        for piece in response.iter_bytes(65536):
            body += piece
            if len(body) > most_bytes:
                if cut:
                    break
                message = f"an answer of more than {most_bytes / 1e6:g} MB"
                raise FetchError(message)
            if time.monotonic() > self._deadline[0]:
                message = f"no whole answer within {self.rules.timeout:g} seconds"
                raise FetchError(message)
        return Answer(str(response.url), bytes(body[:most_bytes]), response.charset_encoding, validators)

    def _pause(self, host: str, url: str) -> None:
        if urlsplit(url).scheme not in {"http", "https"} or not host:
            message = f"{url} is no web address"
            raise FetchError(message)
        wait = self._free_at.get(host, 0.0) - time.monotonic()
        if wait > 0:
            time.sleep(wait)

    def _delay_of(self, url: str) -> float:
        robots = self._robots.get(urlunsplit((*urlsplit(url)[:2], "", "", "")))
        asked = float(robots.crawl_delay(self.rules.agent) or 0) if robots else 0.0
        return max(self.rules.delay, min(asked, LONGEST_PAUSE))

    def _open(self) -> "httpx.Client":
        if self._client is None:
            import httpx

            self._client = httpx.Client(
                transport=_transport(self._deadline, private=self.rules.private),
                headers={"User-Agent": self.rules.agent, "Accept-Encoding": "gzip, deflate"},
                timeout=self.rules.timeout,
                trust_env=False,
            )
        return self._client


class MissingPageError(FetchError):
    """The server has no such page, or not for us (4xx)."""


def refuse_private(host: str, addresses: Iterable[str]) -> None:
    """Refuse a host one of whose addresses belongs to this machine or its own network.

    Raises:
        FetchError: it does.
    """
    for address in addresses:
        found = ipaddress.ip_address(address.split("%")[0])
        inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
        if not inner.is_global or inner.is_multicast:
            message = f"{host} is {address}, an address of this machine or its own network: --feed-private allows it"
            raise FetchError(message)


def _transport(deadline: list[float], *, private: bool) -> "httpx.HTTPTransport":
    """A transport that resolves a name itself, checks what comes out, and connects to exactly that."""
    import httpcore
    import httpx

    class Stream(httpcore.NetworkStream):
        """A connection each of whose reads ends with the request's time, so that no drip of bytes goes on."""

        def __init__(self, inner: httpcore.NetworkStream) -> None:
            self.inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  (the deadline rules)
            left = deadline[0] - time.monotonic()
            if left <= 0:
                raise httpcore.ReadTimeout
            return self.inner.read(max_bytes, left)

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self.inner.write(buffer, timeout)

        def close(self) -> None:
            self.inner.close()

        def start_tls(self, *arguments: Any, **named: Any) -> httpcore.NetworkStream:  # noqa: ANN401
            return Stream(self.inner.start_tls(*arguments, **named))

        def get_extra_info(self, info: str) -> Any:  # noqa: ANN401
            return self.inner.get_extra_info(info)

    class Backend(httpcore.SyncBackend):
        """Connects to the address that was checked, so that a name cannot mean another one a moment later."""

        def connect_tcp(self, host: str, port: int, *arguments: Any, **named: Any) -> httpcore.NetworkStream:  # noqa: ANN401
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = [str(entry[4][0]) for entry in found]
            if not private:
                refuse_private(host, addresses)
            return Stream(super().connect_tcp(addresses[0], port, *arguments, **named))

    transport = httpx.HTTPTransport(trust_env=False)
    transport._pool = httpcore.ConnectionPool(  # noqa: SLF001  (httpx has no other way to give its transport a backend)
        ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=Backend()
    )
    return transport
