"""Latin, as scholars print it."""

from msgspec.structs import replace

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="anni {}–{last}",
    century="saeculum {roman}",
    seasons=("ver anni {}", "aestas anni {}", "autumnus anni {}", "hiems anni {}"),
)
_ACCUSATIVE = Phrase(
    day="diem {}",
    year="annum {}",
    decade="annos {}–{last}",
    century="saeculum {roman}",
    seasons=("ver anni {}", "aestatem anni {}", "autumnum anni {}", "hiemem anni {}"),
)
_ABLATIVE = Phrase(
    day="a die {}",
    year="ab anno {}",
    decade="ab annis {}–{last}",
    century="a saeculo {roman}",
    seasons=("a vere anni {}", "ab aestate anni {}", "ab autumno anni {}", "ab hieme anni {}"),
)


def _with_month(phrase: Phrase, month: str) -> Phrase:
    # Latin months are adjectives that would need each case; so they stand in the nominative.
    return replace(phrase, month=month)


WORDS = Words(
    contents="Index capitum",
    chronology="Tabula chronologica",
    people="Personae",
    notes="Adnotationes",
    chapter="Caput",
    cover="Integumentum",
    title_page="Pagina titularis",
    imprint="De editione",
    dedication="Dedicatio",
    alerts=("Nota", "Consilium", "Nota bene", "Monitum", "Cave"),
    part="Pars",
    source="Fons",
    by_editors="Ed.",
    added_by_editors="ab editoribus additum",
    edited_by="Edidit {}",
    translated_by="Vertit {}",
    illustrated_by="Imagines: {}",
    introduced_by="Praefatus est {}",
    based_on="Ex opere: {}",
    set_in="Litterae: {}",
    made_with="Factum ope {}",
    page="p. {}",
    pages="pp. {}",
    note="n. {}",
    see="Vide {}.",
    continued="continuatur",
    list_of_pages="Index paginarum",
    landmarks="Loci praecipui",
    back_to_text="Ad textum",
    questions="Quaestiones",
    answers="Responsa",
    who_is_who="Quis sit quis",
    story="Argumentum",
    where_to_get="Ubi liber inveniatur",
    documents="Documenta legenda",
    in_book="in libro, {}",
    timeline="Linea temporum",
    timeline_alt="Linea temporum, eventus: {count} ({first} – {last}).",
    circa="c. {}",
    plain=_PLAIN,
    brief=_PLAIN,
    about=_with_month(_ACCUSATIVE.within("circa {}"), "{} (circa)"),
    perhaps=_PLAIN.within("fortasse {}"),
    perhaps_about=_with_month(_ACCUSATIVE.within("fortasse circa {}"), "fortasse {} (circa)"),
    since=_with_month(_ABLATIVE.within("inde {}"), "{} –"),
    until=_with_month(_ACCUSATIVE.within("usque ad {}"), "– {}"),
    quotes=Quotes(open="“", close="”", inner_open="‘", inner_close="’"),
)
