"""Portuguese, as in Brazil where it differs; what is marked pt-PT takes its own quotes."""

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="década de {}",
    century="século {roman}",
    seasons=("primavera de {}", "verão de {}", "outono de {}", "inverno de {}"),
)
_CONTRACTED = Phrase(
    day="de {}",
    month="de {}",
    year="de {}",
    decade="da década de {}",
    century="do século {roman}",
    seasons=("da primavera de {}", "do verão de {}", "do outono de {}", "do inverno de {}"),
)
_UNTIL = Phrase(
    decade="a década de {}",
    century="o século {roman}",
    seasons=("a primavera de {}", "o verão de {}", "o outono de {}", "o inverno de {}"),
)

WORDS = Words(
    contents="Sumário",
    chronology="Cronologia",
    people="Personagens",
    notes="Notas",
    chapter="Capítulo",
    appendix="Apêndice",
    cover="Capa",
    title_page="Folha de rosto",
    half_title="Falsa folha de rosto",
    imprint="Ficha técnica",
    source="Fonte",
    page="p. {}",
    pages="pp. {}",
    note="n. {}",
    by="por {}",
    list_of_pages="Lista de páginas",
    landmarks="Pontos de referência",
    start_reading="Início do livro",
    back_to_text="Voltar ao texto",
    questions="Questões para debate",
    who_is_who="Quem é quem",
    story="A história em resumo",
    where_to_get="Onde encontrar o livro",
    timeline="Linha do tempo",
    timeline_alt="Linha do tempo com {count} acontecimentos ({first} – {last}).",
    uncertain="incerto",
    circa="c. {}",
    plain=_PLAIN,
    brief=_PLAIN,
    about=_CONTRACTED.within("cerca {}"),
    perhaps=_PLAIN.within("talvez {}"),
    perhaps_about=_CONTRACTED.within("talvez cerca {}"),
    since=_CONTRACTED.within("a partir {}"),
    until=_UNTIL.within("até {}"),
    first_day="1º",
    quotes=Quotes(open="“", close="”", inner_open="‘", inner_close="’"),
)
