"""Benchmarks: the same book through this engine and through plain WeasyPrint, as ratios."""
