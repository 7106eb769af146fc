"""Dutch."""

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="jaren {}",
    century="{ordinal}e eeuw",
    seasons=("lente {}", "zomer {}", "herfst {}", "winter {}"),
)
_WITH_ARTICLE = Phrase(
    decade="de jaren {}",
    century="de {ordinal}e eeuw",
    seasons=("de lente van {}", "de zomer van {}", "de herfst van {}", "de winter van {}"),
)

WORDS = Words(
    contents="Inhoud",
    chronology="Chronologie",
    people="Personen",
    notes="Noten",
    chapter="Hoofdstuk",
    appendix="Bijlage",
    cover="Omslag",
    title_page="Titelpagina",
    half_title="Franse titel",
    imprint="Colofon",
    source="Bron",
    page="p. {}",
    pages="pp. {}",
    note="n. {}",
    by="door {}",
    list_of_pages="Lijst van pagina’s",
    landmarks="Oriëntatiepunten",
    start_reading="Begin van het boek",
    back_to_text="Terug naar de tekst",
    questions="Vragen voor discussie",
    who_is_who="Wie is wie",
    story="Het verhaal in het kort",
    where_to_get="Waar het boek te krijgen is",
    timeline="Tijdlijn",
    timeline_alt="Tijdlijn met {count} gebeurtenissen ({first} – {last}).",
    uncertain="onzeker",
    circa="ca. {}",
    plain=_PLAIN,
    brief=_PLAIN,
    about=_WITH_ARTICLE.within("omstreeks {}"),
    perhaps=_PLAIN.within("misschien {}"),
    perhaps_about=_WITH_ARTICLE.within("misschien omstreeks {}"),
    since=_WITH_ARTICLE.within("vanaf {}"),
    until=_WITH_ARTICLE.within("tot {}"),
    quotes=Quotes(open="‘", close="’", inner_open="“", inner_close="”"),
)
