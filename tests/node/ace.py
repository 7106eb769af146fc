"""Ace by DAISY, which says where an EPUB shuts people out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.node import FLAGS, chromium, modules

_PATIENCE = 150


def violations(epub: Path, folder: Path) -> list[str]:
    """Every violation that Ace finds, of whatever severity; ``folder`` is for its report."""
    browser = folder / "chromium"
    flags = " ".join(flag for flag in FLAGS if not flag.startswith("--headless"))
    browser.write_text(f'#!/bin/sh\nexec "{chromium()}" {flags} "$@"\n')
    browser.chmod(0o755)
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node.js")
    ace = modules() / "@daisy/ace-cli/bin/ace.js"
    command = [node, str(ace), "--silent", "--force", "--outdir", str(folder / "ace"), str(epub)]
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": str(browser), "HOME": str(folder)}
    subprocess.run(
        command, env=environment, check=True, capture_output=True, timeout=_PATIENCE, cwd=folder
    )
    return list(_told(json.loads((folder / "ace" / "report.json").read_text("utf-8"))))


def _told(report: Any) -> list[str]:
    return [
        f"{file['earl:testSubject']['url']}: {one['earl:test']['dct:title']}: "
        f"{one['earl:result']['dct:description']} {one['earl:result'].get('html', '')[:200]}"
        for file in report["assertions"]
        for one in file["assertions"]
    ]
