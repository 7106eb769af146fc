"""A manuscript as LaTeX's source, and set by LuaLaTeX with microtype, in our faces."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import groupby
from typing import TYPE_CHECKING

from bench.peers import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bench.peers.manuscript import Block, Run

_STYLES = {"emphasis": "emph", "strong": "textbf", "capitals": "textsc"}
_SECTIONS = {1: "opening", 2: "section", 3: "subsection"}
_FACES = {"SERIF": "Source Serif", "SANS": "Source Sans", "MONO": "IBM Plex Mono"}
_BABEL = {"en-GB": "british", "en": "american", "de": "ngerman", "fr": "french"}
_SIGNS = {
    **{sign: f"\\{sign}" for sign in "#$%&_{}"},
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    '"': "\\textquotedbl{}",
    "'": "\\textquotesingle{}",
    "`": "\\textasciigrave{}",
    "\u200b": "\\hskip0pt{}",
    "--": "-{}-",
    "\u00a0": "~",
    "\u202f": "\\nobreak\\hskip0.17em{}",
    "\u2013": "--",
    "\u2014": "---",
}
_ANY = re.compile("|".join(map(re.escape, _SIGNS)))
_HEAD = r"""
\documentclass[10pt,twoside,openright]{book}
\usepackage[paperwidth=%(WIDTH)sbp,paperheight=%(HEIGHT)sbp,inner=%(INNER)sbp,outer=%(OUTER)sbp,
  top=%(TOP)sbp,textheight=%(DEPTH)sbp,headsep=%(LINE)sbp,headheight=10bp,footskip=28bp]{geometry}
\usepackage[%(BABEL)s]{babel}
\usepackage{fontspec,microtype,longtable}
\usepackage[hidelinks,bookmarksopen]{hyperref}
\setmainfont{SourceSerifPro-Regular.otf}[Path=%(SERIF)s/,Numbers={OldStyle,Proportional},
  ItalicFont=SourceSerifPro-It.otf,BoldFont=SourceSerifPro-Semibold.otf]
\setsansfont{SourceSansPro-Regular.otf}[Path=%(SANS)s/,BoldFont=SourceSansPro-Semibold.otf]
\setmonofont{IBMPlexMono-Regular.ttf}[Path=%(MONO)s/]
\makeatletter
\renewcommand\normalsize{\fontsize{%(SIZE)sbp}{%(LINE)sbp}\selectfont
  \abovedisplayskip0pt\belowdisplayskip0pt\let\@listi\@listI}
\renewcommand\footnotesize{\fontsize{%(SMALL)sbp}{%(SMALL_LINE)sbp}\selectfont}
\normalsize
\setlength\topskip{%(LINE)sbp}\setlength\parindent{%(LINE)sbp}
\setlength\footnotesep{%(SMALL_LINE)sbp}\setcounter{secnumdepth}{-1}\setcounter{tocdepth}{0}
\renewcommand\footnoterule{\kern-3bp\hrule width42bp height0.5bp\kern2.5bp}
\renewcommand\@makefntext[1]{\leftskip%(NOTE_IN)sbp\parindent0pt\noindent
  \llap{\hbox to%(NOTE_IN)sbp{\@thefnmark\hss}}#1}
\newcommand\folio{\fontsize{%(FOLIO)sbp}{%(LINE)sbp}\selectfont}
\renewcommand\ps@plain{\def\@evenhead{}\let\@oddhead\@evenhead
  \def\@oddfoot{\hfil\folio\thepage}\def\@evenfoot{\folio\thepage\hfil}}
\renewcommand\ps@headings{\def\@oddfoot{}\let\@evenfoot\@oddfoot\let\@mkboth\@gobbletwo
  \def\@evenhead{\folio\thepage\hfil\leftmark}\def\@oddhead{\folio\rightmark\hfil\thepage}}
\pagestyle{headings}
\newcommand\opening[1]{\cleardoublepage\thispagestyle{plain}\phantomsection
  \addcontentsline{toc}{chapter}{#1}\setcounter{footnote}{0}\markboth{#1}{#1}%%
  \vbox to11\baselineskip{\vskip4\baselineskip\noindent\raggedright\hyphenpenalty10000
    \fontsize{18bp}{21bp}\sffamily\bfseries#1\par\vfil}\@afterindentfalse\@afterheading}
\renewcommand\section{\@startsection{section}{1}{0pt}{-1.5\baselineskip}{0.5\baselineskip}%%
  {\sffamily\bfseries\raggedright\fontsize{11.3bp}{%(LINE)sbp}\selectfont}}
\renewcommand\subsection{\@startsection{subsection}{2}{0pt}{-\baselineskip}{0.01bp}%%
  {\sffamily\bfseries\raggedright\fontsize{9.8bp}{%(LINE)sbp}\selectfont}}
\newenvironment{setoff}{\par\addvspace{\baselineskip}}{\par\addvspace{\baselineskip}}
\newenvironment{quoted}{\begin{setoff}\leftskip%(QUOTED_IN)sbp\rightskip%(QUOTED_IN)sbp
  \fontsize{%(QUOTED)sbp}{%(LINE)sbp}\selectfont}{\end{setoff}}
\newenvironment{items}{\begin{setoff}\raggedright\hyphenpenalty10000\parindent0pt
  \leftskip%(ITEM_IN)sbp}{\end{setoff}}
\newcommand\small@{\sffamily\footnotesize\raggedright\hyphenpenalty10000 }
\let\smallsans\small@
\makeatother
\begin{document}\csname NoAutoSpacing\endcsname
"""


def released() -> str:
    """Its version; nothing if it is not installed, with microtype and what else is asked for."""
    if not shutil.which("lualatex") or not _knows("microtype.sty", "fontspec.sty", "longtable.sty"):
        return ""
    said = subprocess.run(["lualatex", "--version"], capture_output=True, text=True, check=True)
    return said.stdout.splitlines()[0].removeprefix("This is ")


def _knows(*names: str) -> bool:
    found = subprocess.run(["kpsewhich", *names], capture_output=True, text=True, check=False)
    return len(found.stdout.split()) == len(names)


def typeset(blocks: Iterable[Block], language: str, target: Path) -> Path:
    """Set ``blocks`` in ``language`` (BCP 47) in the folder ``target``; gives the PDF."""
    source = target / "lualatex.tex"
    given = {name: getattr(page, name) for name in dir(page) if name.isupper()}
    given |= {"BABEL": _BABEL.get(language) or _BABEL[language.partition("-")[0]]}
    given |= {name: page.face(family).parent.as_posix() for name, family in _FACES.items()}
    source.write_text("\n".join([_HEAD % given, *said(blocks), "\\end{document}\n"]), "utf-8")
    command = ["lualatex", "--interaction=nonstopmode", "--no-shell-escape", source.name]
    for _ in range(2):  # The second time has the outline.
        subprocess.run(command, cwd=target, stdout=subprocess.DEVNULL, check=False)
    made = source.with_suffix(".pdf")
    if not made.exists():
        raise SystemExit(f"LuaLaTeX made no PDF; see {source.with_suffix('.log')}")
    return made


def said(blocks: Iterable[Block]) -> Iterator[str]:
    """The text in LaTeX's language, without what comes before it."""
    before = ""
    for kind, group in groupby(blocks, key=lambda one: one.kind):
        if kind in ("quotation", "item", "code"):
            face = "\\ttfamily\\footnotesize " if kind == "code" else ""
            inner = "\n\n".join(face + _words(one.runs) for one in group)
            name = "quoted" if kind == "quotation" else "items"
            yield f"\\begin{{{name}}}\\noindent\n{inner}\n\\end{{{name}}}\n"
        else:
            for block in group:
                plain = block.kind == "paragraph" and before not in ("paragraph", "heading")
                yield ("\\noindent " if plain else "") + _block(block)
                before = kind
        before = kind


def _block(block: Block) -> str:
    words = _words(block.runs)
    if block.kind == "heading":
        return f"\\{_SECTIONS[block.level]}{{{words}}}\n"
    if block.kind == "pause":
        return "\\begin{setoff}\\centering * * *\\end{setoff}\n"
    if block.kind == "picture":
        high = min(block.height * page.MEASURE, page.HIGHEST)
        wide, tall = f"{high / block.height - 7}bp", f"{high - 7}bp"
        frame = f"\\fbox{{\\rule{{{wide}}}{{0pt}}\\rule{{0pt}}{{{tall}}}}}"
        return f"\\begin{{figure}}[htbp]\\centering{frame}\\par\\smallsans {words}\\end{{figure}}\n"
    if block.kind == "table":
        count = max(map(len, block.rows))
        column = f"p{{\\dimexpr\\linewidth/{count}-2\\tabcolsep}}"
        rows = "".join(" & ".join(map(_words, row)) + "\\\\\n" for row in block.rows)
        table = f"\\begin{{longtable}}{{*{{{count}}}{{{column}}}}}\n{rows}\\end{{longtable}}"
        return f"{{\\smallsans{table}}}\n"
    return words + "\n"


def _words(runs: Iterable[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.note:
        paragraphs = "\\par ".join(map(_words, run.note))
        return f"\\footnote{{{paragraphs}}}"
    said = _ANY.sub(lambda found: _SIGNS[found[0]], run.text)
    return f"\\{_STYLES[run.style]}{{{said}}}" if run.style else said
