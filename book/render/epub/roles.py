"""What each kind of chapter is to a reading system and to a screen reader.

The left word is from the EPUB 3 Structural Semantics Vocabulary 1.1 (``epub:type``), the right
from Digital Publishing WAI-ARIA 1.1 (``role``); EPUB Type to ARIA Role Authoring Guide 1.1 pairs
them.
"""

from __future__ import annotations

from book.model import Kind

#: ``epub:type`` and ``role`` of a chapter's section.
ROLES: dict[Kind, tuple[str, str]] = {
    Kind.DEDICATION: ("dedication", "doc-dedication"),
    Kind.EPIGRAPH: ("epigraph", "doc-epigraph"),
    Kind.FOREWORD: ("foreword", "doc-foreword"),
    Kind.PREFACE: ("preface", "doc-preface"),
    Kind.ACKNOWLEDGMENTS: ("acknowledgments", "doc-acknowledgments"),
    Kind.INTRODUCTION: ("introduction", "doc-introduction"),
    Kind.PROLOGUE: ("prologue", "doc-prologue"),
    Kind.PART: ("part", "doc-part"),
    Kind.CHAPTER: ("chapter", "doc-chapter"),
    Kind.CONCLUSION: ("conclusion", "doc-conclusion"),
    Kind.EPILOGUE: ("epilogue", "doc-epilogue"),
    Kind.AFTERWORD: ("afterword", "doc-afterword"),
    Kind.APPENDIX: ("appendix", "doc-appendix"),
    Kind.NOTES: ("endnotes", "doc-endnotes"),
    Kind.CHRONOLOGY: ("appendix", "doc-appendix"),
    Kind.PEOPLE: ("appendix", "doc-appendix"),
    Kind.GLOSSARY: ("glossary", "doc-glossary"),
    Kind.BIBLIOGRAPHY: ("bibliography", "doc-bibliography"),
    Kind.INDEX: ("index", "doc-index"),
    Kind.ABOUT: ("appendix", "doc-appendix"),
    Kind.COLOPHON: ("colophon", "doc-colophon"),
}

#: ``epub:type`` of a document's body, by the matter that it belongs to.
MATTER = {"front": "frontmatter", "body": "bodymatter", "back": "backmatter"}

#: Kinds that print shows without their title; it is kept for those who listen.
UNTITLED = frozenset({Kind.DEDICATION, Kind.EPIGRAPH})

#: Kinds that have a place among the landmarks (EPUB 3.3, section 5.4.2.4, keeps them few).
LANDMARKS = (Kind.GLOSSARY, Kind.BIBLIOGRAPHY)
