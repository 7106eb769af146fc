"""Italian."""

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="anni {}",
    century="{roman} secolo",
    seasons=("primavera {}", "estate {}", "autunno {}", "inverno {}"),
)
_SINCE = Phrase(
    day="dal {}",
    month="da {}",
    year="dal {}",
    decade="dagli anni {}",
    century="dal {roman} secolo",
    seasons=("dalla primavera {}", "dall’estate {}", "dall’autunno {}", "dall’inverno {}"),
)
_UNTIL = Phrase(
    day="fino al {}",
    month="fino a {}",
    year="fino al {}",
    decade="fino agli anni {}",
    century="fino al {roman} secolo",
    seasons=(
        "fino alla primavera {}",
        "fino all’estate {}",
        "fino all’autunno {}",
        "fino all’inverno {}",
    ),
)

WORDS = Words(
    contents="Indice",
    chronology="Cronologia",
    people="Personaggi",
    notes="Note",
    chapter="Capitolo",
    appendix="Appendice",
    cover="Copertina",
    title_page="Frontespizio",
    half_title="Occhiello",
    imprint="Colophon",
    source="Fonte",
    page="p. {}",
    pages="pp. {}",
    note="n. {}",
    by="di {}",
    list_of_pages="Elenco delle pagine",
    landmarks="Punti di riferimento",
    start_reading="Inizio del libro",
    back_to_text="Torna al testo",
    questions="Domande per la discussione",
    who_is_who="Chi è chi",
    story="La storia in breve",
    where_to_get="Dove trovare il libro",
    timeline="Linea del tempo",
    timeline_alt="Linea del tempo con {count} eventi ({first} – {last}).",
    uncertain="incerto",
    circa="ca. {}",
    plain=_PLAIN,
    brief=_PLAIN,
    about=_PLAIN.within("{} circa"),
    perhaps=_PLAIN.within("forse {}"),
    perhaps_about=_PLAIN.within("forse {} circa"),
    since=_SINCE,
    until=_UNTIL,
    first_day="1º",
    # Before "otto" and "undici" the article loses its vowel: "dall'8 settembre".
    elisions=(
        (r"\b(dal|al) (?=(?:8\d*|11|VIII|XI)\b)", r"\1l’"),
        (r"\bfino a (?=a)", "fino ad "),
    ),
    quotes=Quotes(open="«", close="»", inner_open="“", inner_close="”"),
)
