"""A path of ours may be somebody's key: no log line shows it, whoever wrote the line."""

import logging
import re

_KEY = re.compile(r"(/(?:support|remind)/[a-z-]+/)[^/\s]+")


class Discretion(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass, without what follows /support/my/ and its like."""
        said = record.getMessage()
        told = _KEY.sub(r"\1…", said)
        if told != said:
            record.msg, record.args = told, None
        return True
