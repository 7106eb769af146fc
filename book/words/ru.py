"""Russian."""

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="{}-е годы",
    century="{roman} век",
    seasons=("весна {}", "лето {}", "осень {}", "зима {}"),
)
_GENITIVE = Phrase(
    decade="{}-х годов",
    century="{roman} века",
    seasons=("весны {}", "лета {}", "осени {}", "зимы {}"),
    months="genitive",
)

WORDS = Words(
    contents="Содержание",
    chronology="Хронология",
    people="Действующие лица",
    notes="Примечания",
    chapter="Глава",
    appendix="Приложение",
    cover="Обложка",
    title_page="Титульный лист",
    half_title="Шмуцтитул",
    imprint="Выходные данные",
    source="Источник",
    page="с. {}",
    pages="с. {}",
    note="прим. {}",
    by="Автор: {}",
    list_of_pages="Список страниц",
    landmarks="Ориентиры",
    start_reading="Начало книги",
    back_to_text="Назад к тексту",
    questions="Вопросы для обсуждения",
    who_is_who="Кто есть кто",
    story="Коротко о содержании",
    where_to_get="Где найти книгу",
    timeline="Лента времени",
    timeline_alt="Лента времени, событий: {count} ({first} – {last}).",
    uncertain="неточно",
    circa="ок. {}",
    plain=_PLAIN,
    brief=_PLAIN,
    about=_GENITIVE.within("около {}"),
    perhaps=_PLAIN.within("возможно, {}"),
    perhaps_about=_GENITIVE.within("возможно, около {}"),
    since=_GENITIVE.within("с {}"),
    until=_GENITIVE.within("до {}"),
    # Before "второго" the preposition takes a vowel.
    elisions=((r"\bс (?=2 )", "со "),),
    quotes=Quotes(open="«", close="»", inner_open="„", inner_close="“"),
)
