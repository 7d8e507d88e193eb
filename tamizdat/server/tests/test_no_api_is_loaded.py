"""The desk offers no API: no process carries one."""

import subprocess
import sys


def test_a_command_loads_nothing_of_wagtails_api() -> None:
    seen = "import sys; print(*sorted({'ninja', 'pydantic', 'rest_framework'} & set(sys.modules)))"
    command = [sys.executable, "-m", "tamizdat", "shell", "--no-imports", "--command", seen]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() == []
