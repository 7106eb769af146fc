# ruff: noqa: E501 # letters of other scripts count as two, and sentences are not cut within words
"""Small books in four scripts, of sentences written for this: notes, dates, a picture, a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_MAP = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40">'
    '<path d="M5 35 L50 5 L95 35" fill="none" stroke="black"/></svg>'
)


class ScriptBook(NamedTuple):
    """A book in a language: its settings, the names of its chapters, and what they are made of."""

    language: str
    settings: str
    titles: tuple[str, ...]
    #: Paragraphs; each calls one note by ``[^n]``.
    paragraphs: tuple[str, ...]
    note: str
    table: str
    caption: str

    def files(self) -> Mapping[str, str]:
        """The book's folder: each chapter has all paragraphs four times, a table and a picture."""
        made = {"book.toml": f'[book]\nlanguage = "{self.language}"\n{self.settings}'}
        made["chapters/map.svg"] = _MAP
        for number, title in enumerate(self.titles, 1):
            texts = [
                text.replace("[^n]", f"[^n{place}]")
                for place, text in enumerate(self.paragraphs * 4, 1)
            ]
            notes = [f"[^n{place}]: {self.note}" for place in range(1, len(texts) + 1)]
            picture = f'![{self.caption}](map.svg "{self.caption}")'
            body = [f"# {title}", *texts, self.table, picture, *notes]
            made[f"chapters/{number:02}.md"] = "\n\n".join(body) + "\n"
        return made

    @property
    def notes(self) -> int:
        """How many notes it has."""
        return len(self.titles) * len(self.paragraphs) * 4


HEBREW = ScriptBook(
    "he",
    'title = "הגשרים של הנהר"\nauthors = ["לוי, דנה"]\n',
    ("האביב", "הקיץ", "הסתיו"),
    (
        (
            "הנהר עבר בלב העיר, ועל גדותיו ישבו הסוחרים הזקנים וסיפרו זה לזה על השנים הטובות. ב[10 בספטמבר"
            ' 1931](when:1931-09-10 "הגשר הראשון נפתח") נפתח הגשר הראשון, והעיתון The Daily Post (לונדון) כתב'
            ' על כך שלוש שורות.[^n] "הגשר עומד", אמר המהנדס, "והוא יעמוד מאה שנה".'
        ),
        (
            "איש לא ידע מי שילם על האבנים. בפנקס נרשם הסכום 1,250 לירות, ולידו הערה קצרה: ראו עמ׳ 12–14.[^n]"
            " המהנדס *אמר* רק כי המים עמוקים, וכי **אין דרך אחרת** לעבור אותם בחורף, כאשר הרוח באה מן הצפון."
        ),
        "בַּבֹּקֶר הָיָה הָאֲוִיר צָלוּל, וְהַיְּלָדִים יָרְדוּ אֶל הַמַּיִם.[^n] מרחוק נראו ההרים, ועליהם שלג.",
    ),
    "מכתב אל העירייה, 3 במאי 1931, תיק 7.",
    "| שנה | גשרים |\n| --- | ---: |\n| 1931 | 1 |\n| 1935 | 3 |",
    "מפת הנהר",
)
ARABIC = ScriptBook(
    "ar",
    'title = "جسور النهر"\nauthors = ["منصور, ليلى"]\n',
    ("الربيع", "الصيف", "الخريف"),
    (
        (
            "كان النهر يمر في وسط المدينة، وعلى ضفتيه يجلس التجار ويتحدثون عن السنين الماضية. في [10 سبتمبر"
            ' 1931](when:1931-09-10 "افتتاح الجسر الأول") افتتح الجسر الأول، وكتبت صحيفة The Daily Post (لندن)'
            " ثلاثة أسطر عنه.[^n] قال المهندس إن الجسر سيبقى مئة عام."
        ),
        (
            "لم يعرف أحد من دفع ثمن الحجارة، لا في المدينة ولا في القرى.[^n] وجد في الدفتر مبلغ 1250 ليرة، وإلى"
            " جانبه ملاحظة قصيرة. قال المهندس إن الماء *عميق*، وإنه **لا طريق آخر** في الشتاء."
        ),
        "كَتَبَ الوَلَدُ رِسَالَةً إِلَى أَبِيهِ، ثُمَّ ذَهَبَ إِلَى السُّوقِ.[^n] ومن بعيد تظهر الجبال وعليها الثلج.",
    ),
    "رسالة إلى البلدية، 3 مايو 1931، الملف 7.",
    "| السنة | الجسور |\n| --- | ---: |\n| 1931 | 1 |\n| 1935 | 3 |",
    "خريطة النهر",
)
HINDI = ScriptBook(
    "hi",
    'title = "नदी के पुल"\nauthors = ["शर्मा, मीरा"]\n',
    ("वसंत", "ग्रीष्म", "शरद"),
    (
        (
            "नदी शहर के बीच से बहती थी और उसके किनारे बूढ़े व्यापारी बैठकर बीते वर्षों की बातें किया करते थे। [10 सितंबर"
            ' 1931](when:1931-09-10 "पहला पुल खुला") को पहला पुल खुला, और The Daily Post (लंदन) ने उस पर तीन'
            ' पंक्तियाँ लिखीं।[^n] "पुल खड़ा है," अभियंता ने कहा, "और सौ वर्ष खड़ा रहेगा।"'
        ),
        (
            "पत्थरों का मूल्य किसने चुकाया, यह कोई नहीं जानता था।[^n] बही में 1,250 रुपये लिखे थे और पास में एक छोटी टिप्पणी"
            " थी। उसने केवल इतना *कहा* कि पानी गहरा है और सर्दियों में **कोई दूसरा मार्ग** नहीं।"
        ),
        (
            "विद्यार्थी प्रातःकाल विद्यालय जाते थे, स्त्रियाँ मन्दिर और श्रमिक कर्मशाला।[^n] दूर पर्वतों पर हिम चमकता था,"
            " और क्षितिज पर शक्तिशाली बादल छाए रहते थे।"
        ),
    ),
    "नगरपालिका को पत्र, 3 मई 1931, संचिका 7.",
    "| वर्ष | पुल |\n| --- | ---: |\n| 1931 | 1 |\n| 1935 | 3 |",
    "नदी का मानचित्र",
)
JAPANESE = ScriptBook(
    "ja",
    'title = "川の橋"\nauthors = ["佐藤, 春子"]\n',
    ("春の章", "夏の章", "秋の章"),
    (
        (
            "川は町の真ん中を流れ、岸辺には年老いた商人たちが腰をおろして、過ぎた年月のことを語り合っていた。"
            '[1931年9月10日](when:1931-09-10 "最初の橋が開く")、最初の橋が開き、The Daily Postは三行の記事を'
            "載せた。[^n]「橋は立っている」と技師は言った。「百年は立ちつづけるだろう。」"
        ),
        (
            "石の代金をだれが払ったのか、知る者はいなかった。[^n]帳簿には1250円とあり、その横に短い書きこみがある。"
            "技師は、水が*深い*こと、冬には**ほかに道がない**ことだけを述べた。それから、ゆっくりと歩いて帰った。"
        ),
        (
            "朝の空気は澄み、子どもたちは水辺へ下りていった。[^n]遠くに<ruby>山脈<rt>さんみゃく</rt></ruby>が見え、"
            "その上に雪が光っていた。町の人びとは、橋を渡るたびに立ち止まり、しばらく川の流れをながめるのだった。"
        ),
    ),
    "町役場あての手紙、1931年5月3日、第七号。",
    "| 年 | 橋 |\n| --- | ---: |\n| 1931 | 1 |\n| 1935 | 3 |",
    "川の地図",
)
BOOKS = (HEBREW, ARABIC, HINDI, JAPANESE)
