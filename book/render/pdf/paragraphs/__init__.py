"""Paragraphs are broken into lines as a whole: pure, and without a renderer.

After D. E. Knuth and M. F. Plass, *Breaking Paragraphs into Lines* (Software: Practice and
Experience 11, 1981). **fit** finds the places where lines end, **costs** says what is dear,
**hang** how far a sign may stand in the margin.
"""
