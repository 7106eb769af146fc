"""The press room: finished pages laid on sheets of paper, to be folded.

:mod:`fold` says which page stands where, and knows neither PDF nor paper; :mod:`paper` how large
and how thick a sheet is; :mod:`pages` which pages of a file are wanted; :mod:`impose` lays them
down, :mod:`up` two on a side; :mod:`marks` and :mod:`howto` draw what helps the hands;
:mod:`send` hands it to a printer, which :mod:`ipp` asks how it goes. For a print shop, :mod:`shop`
makes pages and cover: by the rules of :mod:`services`, in the inks of :mod:`colour`, as
:mod:`x4`.
"""
