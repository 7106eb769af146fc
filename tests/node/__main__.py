"""``python -m tests.node`` installs the modules; ``make test`` does so before the tests."""

import sys

from tests.node import install

try:
    install()
except OSError as problem:
    sys.exit(str(problem))
