"""Pages that count: a few at once, each on a line of its own, until they have said all or nobody answers."""

import http.client
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

TELLERS = 4
PACE_SECONDS = 0.002  # so that the newsroom has time to begin, be told and end, on two cores
BROWSER = "Somebody/7.0 (known by this)"
ADDRESS = "127.0.0.77"  # the readers'
SEEN = "/counts/notice/plain/seen/1"


@dataclass
class Telling:
    """What was said to a newsroom's port, and when each 204 was read."""

    address: str
    answered: list[float] = field(default_factory=list)
    tellers: list[Future] = field(default_factory=list)

    def begin(self, paths: Iterable[str], *, pace: float = PACE_SECONDS) -> None:
        """Say them in the background."""
        every, pool = list(paths), ThreadPoolExecutor(TELLERS)
        self.tellers = [
            pool.submit(self._tell, islice(every, number, None, TELLERS), pace) for number in range(TELLERS)
        ]
        pool.shutdown(wait=False)

    def finish(self) -> int:
        """When all is said, or nobody answers: how many were answered."""
        for teller in self.tellers:
            teller.result()
        return len(self.answered)

    def before(self, moment: float) -> int:
        return sum(when < moment for when in self.answered)

    def _tell(self, paths: Iterable[str], pace: float) -> None:
        line = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=10, source_address=(ADDRESS, 0))
        with suppress(OSError, http.client.HTTPException):
            for path in paths:
                line.request("POST", path, headers={"User-Agent": BROWSER})
                answer = line.getresponse()
                answer.read()
                assert answer.status == 204, (path, answer.status)
                self.answered.append(time.monotonic())
                time.sleep(pace)
        line.close()
