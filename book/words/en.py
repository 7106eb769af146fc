"""English."""

from dataclasses import replace

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="the {}s",
    century="the {}s",
    seasons=("spring {}", "summer {}", "autumn {}", "winter {}"),
)

WORDS = Words(
    contents="Contents",
    chronology="Chronology",
    people="People",
    notes="Notes",
    chapter="Chapter",
    appendix="Appendix",
    cover="Cover",
    title_page="Title page",
    half_title="Half title",
    imprint="Copyright",
    source="Source",
    page="p. {}",
    pages="pp. {}",
    note="n. {}",
    by="by {}",
    list_of_pages="List of pages",
    landmarks="Landmarks",
    start_reading="Start of the book",
    back_to_text="Back to the text",
    questions="Questions to discuss",
    who_is_who="Who is who",
    story="The story in short",
    where_to_get="Where to get the book",
    timeline="Timeline",
    timeline_alt="A timeline of {count} events from {first} to {last}.",
    uncertain="uncertain",
    circa="c. {}",
    plain=_PLAIN,
    brief=replace(_PLAIN, decade="{}s", century="{}s"),
    about=_PLAIN.within("about {}"),
    perhaps=_PLAIN.within("perhaps {}"),
    perhaps_about=_PLAIN.within("perhaps about {}"),
    since=_PLAIN.within("from {}"),
    until=_PLAIN.within("until {}"),
    quotes=Quotes(open="“", close="”", inner_open="‘", inner_close="’"),
)
