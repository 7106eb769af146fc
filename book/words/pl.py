"""Polish."""

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="lata {}–{last}",
    century="{roman} wiek",
    seasons=("wiosna {}", "lato {}", "jesień {}", "zima {}"),
)
_GENITIVE = Phrase(
    decade="lat {}–{last}",
    century="{roman} wieku",
    seasons=("wiosny {}", "lata {}", "jesieni {}", "zimy {}"),
    months="genitive",
)

WORDS = Words(
    contents="Spis treści",
    chronology="Kalendarium",
    people="Postacie",
    notes="Przypisy",
    chapter="Rozdział",
    appendix="Aneks",
    cover="Okładka",
    title_page="Strona tytułowa",
    half_title="Strona przedtytułowa",
    imprint="Strona redakcyjna",
    source="Źródło",
    page="s. {}",
    pages="s. {}",
    note="przyp. {}",
    by="Autor: {}",
    list_of_pages="Lista stron",
    landmarks="Punkty orientacyjne",
    start_reading="Początek książki",
    back_to_text="Powrót do tekstu",
    questions="Pytania do dyskusji",
    who_is_who="Kto jest kim",
    story="Historia w skrócie",
    where_to_get="Gdzie znaleźć książkę",
    timeline="Oś czasu",
    timeline_alt="Oś czasu, wydarzenia: {count} ({first} – {last}).",
    uncertain="niepewne",
    circa="ok. {}",
    plain=_PLAIN,
    brief=_PLAIN,
    about=_GENITIVE.within("około {}"),
    perhaps=_PLAIN.within("być może {}"),
    perhaps_about=_GENITIVE.within("być może około {}"),
    since=_GENITIVE.within("od {}"),
    until=_GENITIVE.within("do {}"),
    quotes=Quotes(open="„", close="”", inner_open="«", inner_close="»"),
)
