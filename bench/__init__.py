"""How fast books are made: this engine beside plain WeasyPrint, in one run, as ratios.

``make bench`` prints a table and writes ``build/bench.json``. It is a measurement, not a test:
nothing fails when a figure is bad. ``docs/performance.md`` says what the figures mean.
"""
