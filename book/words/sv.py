"""Swedish."""

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="{}-talet",
    century="{}-talet",
    seasons=("våren {}", "sommaren {}", "hösten {}", "vintern {}"),
)
_WITH_ARTICLE = Phrase(
    day="den {}",
    decade="{}-talet",
    century="{}-talet",
    seasons=("våren {}", "sommaren {}", "hösten {}", "vintern {}"),
)

WORDS = Words(
    contents="Innehåll",
    chronology="Kronologi",
    people="Personer",
    notes="Noter",
    chapter="Kapitel",
    appendix="Bilaga",
    cover="Omslag",
    title_page="Titelsida",
    half_title="Smutstitel",
    imprint="Kolofon",
    source="Källa",
    page="s. {}",
    pages="s. {}",
    note="not {}",
    by="av {}",
    list_of_pages="Sidlista",
    landmarks="Hållpunkter",
    start_reading="Bokens början",
    back_to_text="Tillbaka till texten",
    questions="Frågor att diskutera",
    who_is_who="Vem är vem",
    story="Berättelsen i korthet",
    where_to_get="Var boken finns att få",
    timeline="Tidslinje",
    timeline_alt="Tidslinje med {count} händelser ({first} – {last}).",
    uncertain="osäkert",
    circa="ca {}",
    plain=_PLAIN,
    brief=_PLAIN,
    about=_WITH_ARTICLE.within("omkring {}"),
    perhaps=_PLAIN.within("kanske {}"),
    perhaps_about=_WITH_ARTICLE.within("kanske omkring {}"),
    since=_WITH_ARTICLE.within("från {}"),
    until=_WITH_ARTICLE.within("till {}"),
    quotes=Quotes(open="”", close="”", inner_open="’", inner_close="’"),
)
