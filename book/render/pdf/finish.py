"""What a compositor does by eye and CSS can't ask for yet: openings in small capitals, last words.

Works on the XHTML that a chapter's dress has made, as text: parsing it again would take longer
than all of this.
"""

from __future__ import annotations

import re

#: An opening has this many letters or a few more: it ends with its clause, and before a word
#: that is not capitalised, so that a name is not cut in two; but it never takes a whole line.
_OPENING, _LONGEST = 16, 44
_LONGEST_TIED = 14
_TAG = re.compile("(<[^>]*>)")
_WORD = re.compile(r"\S+")
_CLAUSE = tuple(",;:.!?\u2026\u00b7\u037e")
#: The marks that an opening may run through; at any other element it ends.
_MARK = re.compile('<a [^>]*class="(?:event|person)"[^>]*>')
#: The last word of a paragraph, notes called after it or not. One that is hyphenated is no end.
_LAST = re.compile(
    r"""(?<=\s)([^\W\d_]{6,}[^\w<>&\s]*)
        (?=(?:<a\ [^>]*note-call[^>]*>[^<]*</a>(?:<aside.*?</aside>)?)*</p>)""",
    re.VERBOSE | re.DOTALL,
)


def with_opening(body: str) -> str:
    """``body`` with the first words of its first paragraph marked as its ``lead``."""
    if not body.startswith("<p>"):
        return body
    done, letters, tokens = ["<p>"], 0, iter(_TAG.split(body[3:]))
    for token in tokens:
        if token.startswith("<"):
            done.append(token)
            if not (_MARK.fullmatch(token) or token == "</a>"):
                break
            continue
        end, letters = _taken(token, letters)
        done += [f'<span class="lead">{token[:end]}</span>' if end else "", token[end:]]
        if end < len(token):
            break
    return "".join([*done, *tokens])


def _taken(text: str, letters: int) -> tuple[int, int]:
    """How much of ``text`` belongs to an opening of which ``letters`` are taken, and how many then."""
    for word in _WORD.finditer(text):
        longer = letters + sum(char.isalnum() for char in word.group())
        if longer > _LONGEST or (letters >= _OPENING and word.group()[:1].islower()):
            return len(text[: word.start()].rstrip()), letters
        letters = longer
        if word.group().endswith(_CLAUSE):
            return word.end(), letters
    return len(text), letters


def with_whole_ends(body: str) -> str:
    """``body`` with the last word of each paragraph marked as its ``end``, not to be divided."""
    return _LAST.sub(r'<span class="end">\1</span>', body)


def tied(title: str) -> str:
    """``title`` with its last two words tied, so that none stands alone in a second line."""
    head, space, last = title.rpartition(" ")
    if head.count(" ") < 2 or "<" in last or len(last) > _LONGEST_TIED:
        return title
    return f"{head}\N{NO-BREAK SPACE}{last}" if space else title
