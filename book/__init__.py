"""Chapbook: a folder of Markdown chapters becomes a printed book, an ebook and a handout.

The steps, in the order in which ``build.py`` takes them; the log uses the same names.

1. **config**      ``book.toml`` becomes a :class:`~book.model.Config`.
2. **manuscript**  each file of ``chapters/`` becomes a :class:`~book.model.Source`.
3. **parse**       each source becomes a :class:`~book.model.Chapter`: XHTML in which our marks
   are symbolic, and sidecars (notes, events, people, references, headings, images).
   In turn: ``marks.py`` stamps what could be a mark with its position, ``dialect.py`` is our
   Markdown (``fences.py`` its code), ``wellformed.py`` makes a tree of it, ``places.py`` reads
   the stamps back, ``clean.py`` leaves out what no book can hold, ``typography.py`` sets the
   signs (``quotation.py`` judges them), ``anchors.py`` gives ids, ``resolve.py`` makes marks
   symbolic. ``dates`` knows dates, ``sentences.py`` finds the sentence around one.
4. **assemble**    all chapters become a :class:`~book.model.Book`: numbers, chronology,
   people. The one step that sees the whole book.
5. **check**       ``checks/``: one function a code; each gives findings.
6. **render**      an output is a name and a function: ``render/pdf`` (typeset pieces, set
   folios, bind, audit), ``render/epub``, ``render/handout``. They share ``render/html.py`` and
   ``render/lists.py``; ``figures`` draws the cover and the timeline.
7. **write**       when all of them are whole, ``files.py`` puts them in their places.

Beside the way: ``store.py`` keeps what is dear to make, ``helpers.py`` makes it side by side
(``hands.py`` are the processes for this and for typesetting), ``unchanged.py`` knows when nothing
has to be, ``cli.py`` and ``report.py`` speak with people.

Data flows one way, frozen. Prose that is wrong gives findings, never exceptions; an exception
means that the project is broken or that we are.
"""


def __getattr__(name: str) -> str:
    """``__version__``, read from the installed package when it is asked for (it takes 40 ms)."""
    if name == "__version__":
        from importlib.metadata import version

        return version("chapbook")
    raise AttributeError(name)
