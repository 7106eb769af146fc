"""Chinese, in traditional characters."""

from msgspec.structs import replace

from book.words import Phrase, Quotes, phrases, zh

_PLAIN = Phrase(
    decade="{}年代",
    century="{ordinal}世紀",
    seasons=("{}年春", "{}年夏", "{}年秋", "{}年冬"),
)

WORDS = replace(
    zh.WORDS,
    contents="目錄",
    chronology="年表",
    notes="註釋",
    title_page="書名頁",
    imprint="版權頁",
    dedication="題獻",
    alerts=("注意", "提示", "重要", "警告", "小心"),
    source="來源",
    by_editors="編者",
    added_by_editors="編者所加",
    edited_by="{} 編",
    translated_by="{} 譯",
    illustrated_by="{} 繪",
    introduced_by="{} 作序",
    based_on="據 {} 原著",
    set_in="字型：{}",
    page="第 {} 頁",
    pages="第 {} 頁",
    note="註 {}",
    see="見{}。",
    continued="續",
    list_of_pages="頁碼表",
    landmarks="導覽",
    questions="討論題",
    story="內容概要",
    where_to_get="何處購得",
    documents="閱讀文獻",
    in_book="見書中{}",
    timeline="時間線",
    timeline_alt="時間線：{count} 個事件（{first}–{last}）。",
    circa="約{}",
    **phrases(
        _PLAIN,
        about="約{}",
        perhaps="可能{}",
        since="自{}起",
        until="至{}止",
    ),
    quotes=Quotes(open="「", close="」", inner_open="『", inner_close="』"),
)
