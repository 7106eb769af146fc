"""Pieces of Markdown, HTML and our marks, to be put together at random."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        "# T\n\n", "## H {#a}\n\n", "Title\n===\n", "[^x]", "\n[^x]: note\n", "\n\n", "\n",
        "[a](b.md#c)", "[S](who:sato)", '[d](when:1943-01-01 "x")', "[d](when:%00)",
        '![a](b.png "c [^x] *d*")', "![](%zz%ff)", "<div>", "</div>", "<b>", "</i>", "<!--", "-->",
        "<script>", "&#0;", "&#xFDD0;0&#xFDD1;", "&nosuch;", "`code`", "```\n", "    code\n", "> ",
        "* ", "1) ", "|a|b|\n|-|-|\n|c|d|\n", "{#id .c x=y}", "{: #z }", "[", "]", "(", ")", "\\",
        "*", "_", '"', "'", "--", "...", "<a href='#'>", "<p id='q'>", "<img src=x>", "\ta\n",
        "é", "\u202e", "𝕏", "\n[^x]:\n\n    more\n", "\n[ref]: http://x\n", "[ref]", "<a@b.c>",
        "<http://x.y>", "<?php ?>", "<![CDATA[x]]>", "<!DOCTYPE x>", "- [ ] a\n", "Term\n: def\n",
        "<x:y>", "<p xmlns='z'>", "< b>", '<b c="d>', "<span id='a b'>", "[](  )", "[a](<b c>)",
        "<table><tr><td>", "</td>", "<chapbook-note label='x'>", "<chapbook-figure>", "<br>",
        "klzzwxh:0000", "wzxhzdk:0", "\nx [a](who:s) [^x] y\n",
    ]
)  # fmt: skip
