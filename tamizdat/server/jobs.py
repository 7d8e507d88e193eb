"""`tamizdat work`: runs the queue, keeps the clock, and gives back what dead workers held."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from uuid import uuid4

from django.db import connections
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from tamizdat.server import clock, leases
from tamizdat.server.bell import Bell
from tamizdat.server.models import LONG_AGO

log = logging.getLogger("tamizdat.server")

# A look at an empty queue is one read; it is for tasks with a time and for those enqueued on other machines.
LOOK_SECONDS = 0.2
PULSE_SECONDS = 4.0
CLOCK_SECONDS = 1.0
FINISH_SECONDS = 15.0


class Worker(db_worker.Worker):
    """django-tasks-db's worker, told when to look instead of sleeping, with a lease on what it claims."""

    def __init__(self, *, slot: str, bell: Bell) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid4().hex,
            excluded_queue_names=[],
        )
        self.bell, self.stopped, self.beat = bell, threading.Event(), LONG_AGO
        self.lease = leases.begin(worker_id=self.worker_id, slot=slot or self.worker_id, now=timezone.now())

    def serve(self) -> None:
        """Work until a signal; what is running then is finished first."""
        leases.return_stranded(now=timezone.now())
        threads = [
            self._thread("pulse", PULSE_SECONDS, self._pulse),
            self._thread("clock", CLOCK_SECONDS, self._keep_time),
        ]
        try:
            while self.running:
                if DBTaskResult.objects.ready().exists():
                    self.run()
                else:
                    self.bell.wait(LOOK_SECONDS)
        finally:
            self.stopped.set()
            for thread in threads:
                thread.join(timeout=FINISH_SECONDS)
            leases.end(self.lease)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        leases.try_again(db_task_result, now=timezone.now())

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        if not self.running:
            # Asked twice: the task stays marked as running, and is given back at the next start.
            os._exit(1)
        self.running = False
        self.stopped.set()
        self.bell.ring()

    def _pulse(self) -> None:
        now = timezone.now()
        leases.renew(self.lease, now=now)
        leases.return_stranded(now=now)

    def _keep_time(self) -> None:
        now = timezone.now()
        if clock.minute(now) > self.beat:
            self.beat = clock.minute(now)
            clock.keep(now=now, lease=self.lease, is_stopping=self.stopped.is_set)

    def _thread(self, name: str, seconds: float, work: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=self._repeat, args=(seconds, work), name=name, daemon=True)
        thread.start()
        return thread

    def _repeat(self, seconds: float, work: Callable[[], None]) -> None:
        while not self.stopped.wait(seconds):
            try:
                work()
            except Exception:
                log.exception("The worker's %s missed a beat", threading.current_thread().name)
            finally:
                connections.close_all()


def work(*, slot: str, data: Path) -> None:
    """Run one worker in this process. The same slot must not be used by two at a time."""
    with Bell(data / "bell") as bell:
        worker = Worker(slot=slot, bell=bell)
        worker.configure_signals()
        worker.serve()
