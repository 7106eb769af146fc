"""Spanish."""

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="década de {}",
    century="siglo {roman}",
    seasons=("primavera de {}", "verano de {}", "otoño de {}", "invierno de {}"),
)
_WITH_ARTICLE = Phrase(
    day="el {}",
    decade="la década de {}",
    century="el siglo {roman}",
    seasons=("la primavera de {}", "el verano de {}", "el otoño de {}", "el invierno de {}"),
)

WORDS = Words(
    contents="Índice",
    chronology="Cronología",
    people="Personajes",
    notes="Notas",
    chapter="Capítulo",
    appendix="Apéndice",
    cover="Cubierta",
    title_page="Portada",
    half_title="Portadilla",
    imprint="Créditos",
    source="Fuente",
    page="p. {}",
    pages="pp. {}",
    note="n. {}",
    by="por {}",
    list_of_pages="Lista de páginas",
    landmarks="Puntos de referencia",
    start_reading="Comienzo del libro",
    back_to_text="Volver al texto",
    questions="Preguntas para el debate",
    who_is_who="Quién es quién",
    story="La historia en breve",
    where_to_get="Dónde conseguir el libro",
    timeline="Línea de tiempo",
    timeline_alt="Línea de tiempo con {count} acontecimientos ({first} – {last}).",
    uncertain="incierto",
    circa="c. {}",
    plain=_PLAIN,
    brief=_PLAIN,
    about=_WITH_ARTICLE.within("hacia {}"),
    perhaps=_WITH_ARTICLE.within("quizá {}"),
    perhaps_about=_WITH_ARTICLE.within("quizá hacia {}"),
    since=_WITH_ARTICLE.within("desde {}"),
    until=_WITH_ARTICLE.within("hasta {}"),
    quotes=Quotes(open="«", close="»", inner_open="“", inner_close="”"),
)
