"""Quotation marks by language, after CLDR: outer open, outer close, inner open, inner close.

No-break spaces inside guillemets are French (U+202F, narrow); they belong to the marks.
"""

MARKS = {
    "be": "«|»|„|“",
    "bg": "„|“|‚|‘",
    "ca": "«|»|“|”",
    "cs": "„|“|‚|‘",
    "da": "“|”|‘|’",
    "de-CH": "«|»|‹|›",
    "de-LI": "«|»|‹|›",
    "et": "„|“|‚|‘",
    "fi": "”|”|’|’",
    "fr-CH": "«\u202f|\u202f»|‹\u202f|\u202f›",
    "hr": "„|“|‚|‘",
    "hu": "„|”|»|«",
    "ja": "「|」|『|』",
    "ko": "“|”|‘|’",
    "nb": "«|»|‘|’",
    "nn": "«|»|‘|’",
    "no": "«|»|‘|’",
    "pt-PT": "«|»|“|”",
    "ro": "„|”|«|»",
    "sk": "„|“|‚|‘",
    "sl": "„|“|‚|‘",
    "uk": "«|»|„|“",
    "zh": "“|”|‘|’",
    "zh-TW": "「|」|『|』",
    "zh-HK": "「|」|『|』",
}
