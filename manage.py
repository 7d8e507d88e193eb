#!/usr/bin/env python
"""The front door, from a checkout: `python manage.py …` is `tamizdat …`."""

from tamizdat.cli import main

if __name__ == "__main__":
    main()
