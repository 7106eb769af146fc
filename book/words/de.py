"""German."""

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="{}er Jahre",
    century="{ordinal}. Jahrhundert",
    seasons=("Frühjahr {}", "Sommer {}", "Herbst {}", "Winter {}"),
)
_ACCUSATIVE = Phrase(
    day="den {}",
    decade="die {}er Jahre",
    century="das {ordinal}. Jahrhundert",
    seasons=("das Frühjahr {}", "den Sommer {}", "den Herbst {}", "den Winter {}"),
)
_DATIVE = Phrase(
    day="dem {}",
    decade="den {}er Jahren",
    century="dem {ordinal}. Jahrhundert",
    seasons=("dem Frühjahr {}", "dem Sommer {}", "dem Herbst {}", "dem Winter {}"),
)
_UNTIL = Phrase(
    day="zum {}",
    decade="zu den {}er Jahren",
    century="zum {ordinal}. Jahrhundert",
    seasons=("zum Frühjahr {}", "zum Sommer {}", "zum Herbst {}", "zum Winter {}"),
)

WORDS = Words(
    contents="Inhalt",
    chronology="Zeittafel",
    people="Personen",
    notes="Anmerkungen",
    chapter="Kapitel",
    cover="Umschlag",
    title_page="Titelseite",
    imprint="Impressum",
    dedication="Widmung",
    alerts=("Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht"),
    part="Teil",
    source="Quelle",
    by_editors="Hg.",
    added_by_editors="von den Herausgebern hinzugefügt",
    edited_by="Herausgegeben von {}",
    translated_by="Übersetzt von {}",
    illustrated_by="Illustriert von {}",
    introduced_by="Mit einer Einführung von {}",
    based_on="Nach einem Werk von {}",
    set_in="Schriften: {}",
    made_with="Hergestellt mit {}",
    page="S. {}",
    pages="S. {}",
    note="Anm. {}",
    see="Siehe {}.",
    continued="Fortsetzung",
    list_of_pages="Seitenverzeichnis",
    landmarks="Orientierungspunkte",
    back_to_text="Zurück zum Text",
    questions="Fragen zur Diskussion",
    answers="Antworten",
    who_is_who="Wer ist wer",
    story="Die Geschichte in Kürze",
    where_to_get="Wo es das Buch gibt",
    documents="Quellen zum Lesen",
    in_book="im Buch, {}",
    timeline="Zeitleiste",
    timeline_alt="Zeitleiste mit {count} Ereignissen ({first} – {last}).",
    circa="ca. {}",
    plain=_PLAIN,
    brief=_PLAIN,
    about=_ACCUSATIVE.within("um {}"),
    perhaps=_PLAIN.within("vielleicht {}"),
    perhaps_about=_ACCUSATIVE.within("vielleicht um {}"),
    since=_DATIVE.within("ab {}"),
    until=_UNTIL.within("bis {}"),
    quotes=Quotes(open="„", close="“", inner_open="‚", inner_close="‘"),
)
