"""An editor who goes on editing a small paper at random while bakers are killed; a process with everything loaded.

For each line that it reads it makes an edit and says, as a line of JSON, what the paper is then.
"""

import json
import os
import sys
from random import Random

import django

ARTICLES = 60


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tamizdat.settings"
    django.setup()
    from tamizdat.bakery.tests.conftest import whole_paper
    from tamizdat.bakery.tests.desk import Desk
    from tamizdat.bakery.tests.edits import edit

    desk = Desk(Random(sys.argv[1]))
    desk.furnish(articles=ARTICLES)
    said = "furnish"
    while True:
        print(json.dumps({"edit": said, "paper": whole_paper()}), flush=True)
        if not sys.stdin.readline():
            return
        said = edit(desk)


if __name__ == "__main__":
    main()
