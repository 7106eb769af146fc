"""The press room: finished pages laid on sheets of paper, to be folded.

:mod:`fold` says which page stands where, and knows neither PDF nor paper; :mod:`paper` how large
and how thick a sheet is; :mod:`pages` which pages of a file are wanted; :mod:`impose` lays them
down; :mod:`marks` and :mod:`howto` draw what helps the hands; :mod:`send` hands it to a printer.
"""
