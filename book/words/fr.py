"""French."""

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="années {}",
    century="{roman}e siècle",
    seasons=("printemps {}", "été {}", "automne {}", "hiver {}"),
)
_WITH_ARTICLE = Phrase(
    day="le {}",
    decade="les années {}",
    century="le {roman}e siècle",
    seasons=("le printemps {}", "l’été {}", "l’automne {}", "l’hiver {}"),
)
_SINCE = Phrase(
    day="du {}",
    month="de {}",
    year="de {}",
    decade="des années {}",
    century="du {roman}e siècle",
    seasons=("du printemps {}", "de l’été {}", "de l’automne {}", "de l’hiver {}"),
)
_UNTIL = Phrase(
    day="jusqu’au {}",
    month="jusqu’en {}",
    year="jusqu’en {}",
    decade="jusqu’aux années {}",
    century="jusqu’au {roman}e siècle",
    seasons=(
        "jusqu’au printemps {}",
        "jusqu’à l’été {}",
        "jusqu’à l’automne {}",
        "jusqu’à l’hiver {}",
    ),
)

WORDS = Words(
    contents="Table des matières",
    chronology="Chronologie",
    people="Personnages",
    notes="Notes",
    chapter="Chapitre",
    appendix="Annexe",
    cover="Couverture",
    title_page="Page de titre",
    half_title="Faux-titre",
    imprint="Mentions légales",
    source="Source",
    page="p. {}",
    pages="p. {}",
    note="n. {}",
    by="par {}",
    list_of_pages="Liste des pages",
    landmarks="Repères",
    start_reading="Début du livre",
    back_to_text="Retour au texte",
    questions="Questions à débattre",
    who_is_who="Qui est qui",
    story="L’histoire en bref",
    where_to_get="Où se procurer le livre",
    timeline="Frise chronologique",
    timeline_alt="Frise chronologique de {count} événements ({first} – {last}).",
    uncertain="incertain",
    circa="v. {}",
    plain=_PLAIN,
    brief=_PLAIN,
    about=_WITH_ARTICLE.within("vers {}"),
    perhaps=_WITH_ARTICLE.within("peut-être {}"),
    perhaps_about=_WITH_ARTICLE.within("peut-être vers {}"),
    since=_SINCE.within("à partir {}"),
    until=_UNTIL,
    first_day="1er",
    elisions=((r"\bde (?=[ao])", "d’"),),
    quotes=Quotes(open="«\u202f", close="\u202f»", inner_open="“", inner_close="”"),
)
