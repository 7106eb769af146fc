"""Greek."""

from book.words import Phrase, Quotes, Words

_PLAIN = Phrase(
    decade="δεκαετία του {}",
    century="{ordinal}ος αιώνας",
    seasons=("άνοιξη του {}", "καλοκαίρι του {}", "φθινόπωρο του {}", "χειμώνας του {}"),
)
_ACCUSATIVE = Phrase(
    day="τις {}",
    month="τον {}",
    year="το {}",
    decade="τη δεκαετία του {}",
    century="τον {ordinal}ο αιώνα",
    seasons=(
        "την άνοιξη του {}",
        "το καλοκαίρι του {}",
        "το φθινόπωρο του {}",
        "τον χειμώνα του {}",
    ),
    months="accusative",
)

WORDS = Words(
    contents="Περιεχόμενα",
    chronology="Χρονολόγιο",
    people="Πρόσωπα",
    notes="Σημειώσεις",
    chapter="Κεφάλαιο",
    appendix="Παράρτημα",
    cover="Εξώφυλλο",
    title_page="Σελίδα τίτλου",
    half_title="Ψευδότιτλος",
    imprint="Στοιχεία έκδοσης",
    source="Πηγή",
    page="σ. {}",
    pages="σσ. {}",
    note="σημ. {}",
    by="Συγγραφή: {}",
    list_of_pages="Κατάλογος σελίδων",
    landmarks="Σημεία αναφοράς",
    start_reading="Αρχή του βιβλίου",
    back_to_text="Πίσω στο κείμενο",
    questions="Ερωτήσεις για συζήτηση",
    who_is_who="Ποιος είναι ποιος",
    story="Η ιστορία με λίγα λόγια",
    where_to_get="Πού θα βρείτε το βιβλίο",
    timeline="Χρονογραμμή",
    timeline_alt="Χρονογραμμή, γεγονότα: {count} ({first} – {last}).",
    uncertain="αβέβαιο",
    circa="περ. {}",
    plain=_PLAIN,
    brief=_PLAIN,
    about=_ACCUSATIVE.within("περί {}"),
    perhaps=_PLAIN.within("ίσως {}"),
    perhaps_about=_ACCUSATIVE.within("ίσως περί {}"),
    since=_ACCUSATIVE.within("από {}"),
    until=_ACCUSATIVE.within("έως {}"),
    doubt=";",
    first_day="1η",
    # The first of a month is feminine singular, the other days plural; 20 takes its accent.
    elisions=(("τις (?=1η)", "την "), ("20ος", "20ός"), ("20ο ", "20ό ")),
    quotes=Quotes(open="«", close="»", inner_open="“", inner_close="”"),
)
