"""The same text on the same page by other typesetters, measured like ours.

``python -m bench.peers FOLDER=LANGUAGE ...`` sets each folder of Markdown three times: by Chapbook,
by Typst and by LuaLaTeX with microtype. Page, faces, size, leading, measure, headings, quotations
and notes are those of our standard theme; how lines and pages are broken is each program's own way,
as its users get it. What is not installed is skipped with a word.

Where Chapbook itself found that words belong together ("p. 282"), the others are given a plain
space: that is theirs to see to. French spaces, which a French keyboard types, are left.
"""
