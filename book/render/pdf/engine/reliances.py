"""What of WeasyPrint's and its libraries' we use as it is, though it carries no promise.

The other half of the contract in :mod:`.overrides`, which says more.
"""

from __future__ import annotations

from book.render.pdf.engine.upstream import Definition, Reliance

_PDF = Definition("weasyprint.pdf:generate_pdf", "fd816c8d91ce1c94")

RELIANCES = (
    Reliance(
        "Pages are set from any one on, with the last steps of layout_document repeated.",
        (
            Definition("weasyprint.layout:layout_document", "421aba4c280938be"),
            Definition("weasyprint.layout:initialize_page_maker", "a7930c337ba2e5c6"),
            Definition("weasyprint.layout.page:remake_page", "54219cdedd6586a9"),
            Definition("weasyprint.layout.page:make_all_pages", "18987bbc6ea9e804"),
            Definition("weasyprint.document:Document", "8ede87771cd83056"),
            Definition(
                "weasyprint.formatting_structure.build:build_formatting_structure",
                "326c9349c62a9356",
            ),
            Definition("weasyprint.layout.background:layout_backgrounds", "4ec76be6ca7fdbf9"),
        ),
    ),
    Reliance(
        "Notes are laid from copies; what was laid in vain is taken back.",
        (
            Definition(
                "weasyprint.formatting_structure.build:create_anonymous_boxes", "4d0b57f1d2453509"
            ),
            Definition("weasyprint.formatting_structure.boxes:ParentBox", "da4d4f0b52355b34"),
            Definition("weasyprint.layout.block:remove_placeholders", "c7196fdc1f9c6cc9"),
        ),
    ),
    Reliance(
        "Texts and lines are measured.",
        (
            Definition("weasyprint.text.line_break:strut", "e0631a4e87ce02c2"),
            Definition("weasyprint.text.line_break:create_layout", "5d4b11726a68d0a4"),
            Definition("weasyprint.text.line_break:first_line_metrics", "d3ba485663a7b6c5"),
            Definition("weasyprint.text.line_break:get_log_attrs", "371b8bcb27fb157b"),
            Definition("weasyprint.text.line_break:line_size", "186816fcede28485"),
            Definition("weasyprint.layout.preferred:trailing_whitespace_size", "b6309c405f62b536"),
        ),
    ),
    Reliance(
        "A document is read as XML, and files come through our own door.",
        (
            Definition("weasyprint:HTML.__init__", "5192c9881ab3126c"),
            Definition("weasyprint:HTML.render", "61adb8a69fbeed7d"),
            Definition("weasyprint.urls:URLFetcher", "292c409a86bbec4c"),
        ),
    ),
    Reliance(
        "What was drawn is taken out of the PDF object by object, as pydyf writes it.",
        (
            _PDF,
            Definition("weasyprint.pdf:_use_references", "da9c08e65dfde242"),
            Definition("weasyprint.css:ColorProfile", "3cadf68531bbc688"),
            Definition("pydyf:Dictionary.data", "8087d1c16d80fd57"),
            Definition("pydyf:Stream", "8d81ad028bfb29de"),
            Definition("pydyf:PDF.add_page", "b81110a52db9328d"),
        ),
    ),
    Reliance(
        "WeasyPrint is imported without asking a compiler for its libraries.",
        (Definition("weasyprint.text.ffi:_dlopen", "07136aceef274325"),),
    ),
)
