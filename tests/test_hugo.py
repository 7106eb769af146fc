"""A site of Hugo: its shortcodes, whatever they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chapters import codes
from tests.test_unsaid import imported

SITE = {"hugo.toml": 'title = "T"\nlanguageCode = "en-GB"\n[params]\nauthor = "A"\n'}


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ('{{< figure src="/p.svg" caption="So" >}}', '![So](images/p.svg "So")'),
        ('{{< image "/p.svg" "A road" >}}', "![A road](images/p.svg)"),
        ('[x]({{< ref "b" >}}) [y]({{% relref "b.md#two" %}})', "[x](02-b.md) [y](02-b.md#two)"),
        ('{{% notice tip "Mind" %}}\nIt.\n{{% /notice %}}', "> [!TIP] Mind\n> It."),
        ('{{< details title="Why" >}}\nSo.\n{{< /details >}}', "**Why**\n\nSo."),
        ("{{< highlight py >}}\nx < 1\n{{< /highlight >}}", "```py\nx < 1\n```"),
        ("{{< katex >}}a_1{{< /katex >}}", "$a_1$"),
        ('{{< quote author="Ann" >}}So.{{< /quote >}}', "> So.\n>\n> — Ann"),
        ("{{< tabs >}}{{< tab \"One\" >}}A{{< /tab >}}{{< /tabs >}}", "**One**\n\nA"),
        ("{{</* ref */>}} and `{{%/* x */%}}`", "{{< ref >}} and `{{% x %}}`"),
        ('```js {title="a.js"}\n1\n```', "**a.js**\n\n```js\n1\n```"),
        ("{{< hint >}}\n{{< hint danger >}}\nDeep.\n{{< /hint >}}\n{{< /hint >}}",
         "> > [!CAUTION]\n> > Deep."),
    ],
)  # fmt: skip
def test_shortcodes_are_markdown(typed: str, wanted: str, tmp_path: Path) -> None:
    files = {"content/a.md": f"# A\n\n{typed}\n", "content/b.md": "# B\n\n## Two\n\nC.\n"}
    chapters, told = imported(tmp_path, SITE | files | {"static/p.svg": "<svg/>"})
    assert wanted in chapters
    assert "Everything was carried over" in told


def test_others_are_told_and_keep_what_they_hold(tmp_path: Path) -> None:
    """One that isn't known, one that leads nowhere, one that is never closed."""
    text = '{{< lend a="b" >}}kept{{< /lend >}} [x]({{< ref "no" >}}) {{< tab "One" >}} end'
    chapters, told = imported(tmp_path, SITE | {"content/a.md": f"# A\n\n{text}\n"})
    assert "kept" in chapters
    assert "end" in chapters
    assert all(one in told.replace("\\", "") for one in ('lend a="b"', 'ref "no"', 'tab "One"'))


def test_front_matter_may_be_json(tmp_path: Path) -> None:
    text = '{\n  "title": "Found",\n  "weight": 1\n}\n\nWords.\n'
    chapters, _ = imported(tmp_path, SITE | {"content/a.md": text, "content/b.md": "# B\n\nC.\n"})
    assert chapters.startswith("# Found\n\nWords.")


def test_a_caption_may_hold_brackets() -> None:
    """A link's own bracket is not looked for within its title; one that lacks it is told (M012)."""
    assert codes('# A\n\n![A wheel](w.svg "So (M. Hale)")\n') == []
    assert codes("# A\n\n[A wheel](w.svg and (M. Hale) on\n") == ["M012 3:9"]
