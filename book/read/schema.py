"""The schema of ``book.toml``, for editors that complete and check keys."""

from __future__ import annotations

import json

from book.read.tables import adapter


def schema() -> str:
    """The JSON Schema (2020-12) of ``book.toml``, made from the types of the settings."""
    made = adapter().json_schema(by_alias=True)
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "book.toml"
    return json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
