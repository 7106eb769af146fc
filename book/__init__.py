"""Chapbook: a folder of Markdown chapters becomes a printed book, an ebook and a handout.

The steps, in the order in which ``build.py`` takes them.

1. **config**      ``book.toml`` becomes a :class:`~book.model.Config` (``read/settings.py``).
2. **manuscript**  each file of ``chapters/`` becomes a :class:`~book.model.Source` (``read/``).
3. **parse**       each source becomes a :class:`~book.model.Chapter`: XHTML in which our marks
   are symbolic, and sidecars (notes, events, people, references, headings, images). In the room
   ``parse/``, in turn: ``stamps`` marks what could be a mark with its position, ``markdown`` is our
   Markdown (``fences`` its code), ``xhtml`` makes a tree of it, ``positions`` reads the stamps
   back, ``sanitize`` leaves out what no book can hold, ``typography`` sets the signs (``quotes``
   judges them), ``ids`` gives ids, ``resolve`` makes marks symbolic. ``dates/`` knows dates,
   ``sentences`` finds the sentence around one. ``chapter`` takes these steps.
4. **assemble**    all chapters become a :class:`~book.model.Book`: numbers, ``chronology``,
   people. The one step that sees the whole book.
5. **check**       ``checks/``: one function a code; each gives findings.
6. **render**      an output is a name and a function: ``render/pdf`` (typeset pieces, set
   folios, bind, audit), ``render/epub``, ``render/handout``. They share ``render/html.py`` and
   ``render/lists.py``; ``figures/`` draws the cover and the timeline, ``theme/`` says how it looks.
7. **write**       when all of them are whole, ``base/files.py`` puts them in their places.

Beside the way: ``cache/`` keeps what is dear to make (``store``), makes it side by side
(``memo``; a ``pool`` of processes for this and for typesetting), and knows when nothing has to be
made (``lastbuild``); ``cli/`` speaks with people; ``base/`` and ``model/`` are the ground.

Data flows one way, frozen. Prose that is wrong gives findings, never exceptions, and a draft comes
out all the same (``mend.py``); an exception means that the project is broken or that we are.
"""

#: The one place where it is written; the package is built from it.
__version__ = "0.2.0"
