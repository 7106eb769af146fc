"""People's names, written ``Family, Given`` where the order matters."""


def shown(name: str) -> str:
    """``Sato, Naotake`` in reading order: ``Naotake Sato``. A name without a comma stays."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else name
