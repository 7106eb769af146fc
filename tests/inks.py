"""A press for tests: an ICC profile of four inks, made of arithmetic (ICC.1, section 10.10)."""

from __future__ import annotations

import struct
from itertools import product

_WHITE = (0.9642, 1.0, 0.8249)
_TO_XYZ = ((0.4361, 0.3851, 0.1431), (0.2225, 0.7169, 0.0606), (0.0139, 0.0971, 0.7142))
_TO_RGB = ((3.1339, -1.6169, -0.4906), (-0.9785, 1.9160, 0.0333), (0.0720, -0.2290, 1.4057))
_GRID = 9


def _lab(rgb: tuple[float, ...]) -> tuple[float, ...]:
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in rgb]
    xyz = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in _TO_XYZ]
    f = [
        one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116
        for one in (value / white for value, white in zip(xyz, _WHITE, strict=True))
    ]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def _rgb(lab: tuple[float, ...]) -> list[float]:
    y = (lab[0] + 16) / 116
    f = (y + lab[1] / 500, y, y - lab[2] / 200)
    xyz = [
        (one**3 if one > 0.206897 else (one - 16 / 116) / 7.787) * white
        for one, white in zip(f, _WHITE, strict=True)
    ]
    linear = [sum(a * b for a, b in zip(row, xyz, strict=True)) for row in _TO_RGB]
    bounded = [min(max(one, 0.0), 1.0) for one in linear]
    return [
        one * 12.92 if one <= 0.0031308 else 1.055 * one ** (1 / 2.4) - 0.055 for one in bounded
    ]


def _byte(share: float) -> int:
    return round(min(max(share, 0.0), 1.0) * 255)


def _lut(inputs: int, outputs: int, grid: int, table: bytes) -> bytes:
    """A ``mft1``: no matrix, straight curves, and the table."""
    head = b"mft1\0\0\0\0" + bytes([inputs, outputs, grid, 0])
    matrix = struct.pack(">9i", *(65536 * (one in (0, 4, 8)) for one in range(9)))
    straight = bytes(range(256))
    return head + matrix + straight * inputs + table + straight * outputs


def profile(name: str = "Test press") -> bytes:
    """The profile, which calls itself by ``name``."""
    there = bytearray()
    for cyan, magenta, yellow, black in product((0, 1), repeat=4):
        rgb = tuple(float((1 - ink) * (1 - black)) for ink in (cyan, magenta, yellow))
        light, a, b = _lab(rgb)
        there += bytes([_byte(light / 100), _byte((a + 128) / 255), _byte((b + 128) / 255)])
    back = bytearray()
    steps = [number / (_GRID - 1) for number in range(_GRID)]
    for light, a, b in product(steps, repeat=3):
        shown = _rgb((light * 100, a * 255 - 128, b * 255 - 128))
        dark = 1 - max(shown)
        inks = [(1 - one - dark) / (1 - dark) if dark < 1 else 0.0 for one in shown]
        back += bytes([*map(_byte, inks), _byte(dark)])
    text = name.encode()
    described = b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0" + bytes(78)
    tags = {
        b"desc": described,
        b"cprt": b"text\0\0\0\0" + b"None\0",
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(one * 65536) for one in _WHITE)),
        b"A2B0": _lut(4, 3, 2, bytes(there)),
        b"B2A0": _lut(3, 4, _GRID, bytes(back)),
    }
    at = 132 + 12 * len(tags)
    index, data = struct.pack(">I", len(tags)), b""
    for signature, body in tags.items():
        padded = body + bytes(-len(body) % 4)
        index += signature + struct.pack(">II", at + len(data), len(body))
        data += padded
    size = at + len(data)
    head = struct.pack(">I4sI4s4s4s", size, b"test", 0x02400000, b"prtr", b"CMYK", b"Lab ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    head += struct.pack(">3i", *(round(one * 65536) for one in _WHITE))
    return head.ljust(128, b"\0") + index + data
