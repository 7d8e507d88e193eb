"""A process with everything loaded that forks a worker for each slot it reads: dying is quick, so is living."""

import os
import signal
import sys

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tamizdat.settings"
    django.setup()
    from django.conf import settings

    from tamizdat.server import jobs

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child:
            print(child, flush=True)
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        try:
            jobs.work(slot=line.strip(), data=settings.DATA)
        finally:
            os._exit(0)


if __name__ == "__main__":
    main()
