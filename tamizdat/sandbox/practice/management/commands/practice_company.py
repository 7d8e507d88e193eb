"""Serves the company and its postman until told to stop."""

import signal
import sys
from datetime import datetime
from socketserver import ThreadingMixIn
from threading import Event, Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError

from tamizdat.sandbox.practice import actions, delivery


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """No line a request: it would name who asked."""


class Command(BaseCommand):
    help = "Serve the practice company; use python -m tamizdat.sandbox.practice"
    stealth_options = ("host", "port", "clock")

    def handle(self, *, host: str, port: int, clock: datetime | None, **options: Any) -> None:
        """Serve until SIGTERM or Ctrl-C."""
        actions.found(clock=clock)
        try:
            server = make_server(host, port, WSGIHandler(), Server, Handler)
        except OSError as error:
            raise CommandError(f"{host}:{port} cannot be used ({error.strerror}); choose another --port") from None
        stop = Event()
        postman = Thread(target=delivery.run, args=(stop,), daemon=True)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: sys.exit(0))
        postman.start()
        self.stdout.write(f"The practice company stands at http://{host}:{server.server_port}")
        self.stdout.flush()
        try:
            server.serve_forever()
        finally:
            stop.set()
            server.server_close()
            postman.join(2)
