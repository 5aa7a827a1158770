"""Names and texts are shown as they are written: nothing in them is read as Markdown or HTML, on any page."""

import ast
import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.publish import publishing
from samlad.views.common import show
from tests.shell_pages import ADDRESSES
from tests.test_journeys import CHROMIUM, FLAGS, server, settled, visitor

MARKED = "*Kursiv* _Underord_ **Fet** [Länkord](http://evil.example) $x^2$ :red[Röd] `Kod` a|b "
MARKED += "<b>Html</b> :smile: ~~Struken~~"
"""Sample of each kind of mark in a name; short enough for a heading, long enough to hold all."""

SCRIPT = "<script>window.evil=1</script><img src=x onerror=window.evil=1>"
NAMES = {
    "organisations.csv": ("name", "short_name"),
    "goals.csv": ("title", "short_title"),
    "indicators.csv": ("name", "short_name", "definition"),
    "activities.csv": ("title",),
    "programmes.csv": ("title", "short_title"),
}
PIECES = (
    *("*Kursiv*", "_Underord_", "**Fet**", "[Länkord](http", "$x^2$", ":red[Röd]", "`Kod`", "<b>Html</b>"),
    *(":smile:", "~~Struken~~"),
)
SOURCES = sorted([*store.REPOSITORY.glob("samlad/views/**/*.py"), *store.REPOSITORY.glob("pages/*.py")])
MARKDOWN = {
    *("title", "header", "subheader", "write", "markdown", "caption", "info", "error", "warning", "success", "toast"),
    *("expander", "popover", "button", "download_button", "form_submit_button", "link_button", "page_link", "tabs"),
    *("selectbox", "multiselect", "radio", "segmented_control", "pills", "toggle", "checkbox", "text_input", "metric"),
    *("text_area", "file_uploader"),
}
"""Elements of Streamlit that read Markdown: the text itself, or the label."""


@pytest.fixture(scope="module")
def marked(one_missing: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A small example in which every name and title of the catalogue is full of marks."""
    folder = DataFolder(tmp_path_factory.mktemp("marked") / "data")
    shutil.copytree(one_missing.path, folder.path)
    shutil.rmtree(folder.snapshots)
    shutil.rmtree(folder.submissions / "ledgers")
    for name, columns in NAMES.items():
        path = folder.programme / name
        if path.exists():
            mark_names(path, columns)
    publishing.publish(folder)
    return folder


def mark_names(path: Path, columns: tuple[str, ...]) -> None:
    """Put marks behind every name in a table of the catalogue."""
    with path.open(encoding="utf-8", newline="") as file:
        read = csv.DictReader(file)
        rows, headings = list(read), read.fieldnames or ()
    for row in rows:
        for column in columns:
            if row.get(column):
                row[column] += f" {MARKED}" + (SCRIPT if column in ("definition", "title") else "")
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.DictWriter(file, headings)
        written.writeheader()
        written.writerows(rows)


@pytest.fixture(scope="module")
def page(marked: DataFolder) -> Iterator[tuple[str, Page]]:
    """A visitor of a dashboard on those names."""
    with server(marked) as address, sync_playwright() as playwright:
        chromium: Browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with visitor(chromium) as opened:
            yield address, opened
        chromium.close()


READ = """() => {
  const shown = document.body.innerText.replaceAll('\\u2060', '').replaceAll('\\u00a0', ' ');
  const links = [...document.querySelectorAll('a')].filter((a) => a.hostname.includes('evil'));
  return {shown, links: links.length, evil: window.evil ?? null};
}"""


@pytest.mark.browser
@pytest.mark.parametrize("path", ADDRESSES)
def test_every_page_shows_names_as_they_are_written(page: tuple[str, Page], path: str) -> None:
    address, opened = page
    opened.goto(f"{address}/{path}")
    settled(opened)
    read = opened.evaluate(READ)
    assert not read["links"] and read["evil"] is None
    for piece in PIECES:
        core = piece.strip("*_[]$`:~").replace("](http", "").replace("red[", "").replace("<b>", "").replace("</b>", "")
        if core in ("smile", "x^2"):
            continue
        cut_short = piece[: piece.index(core) + len(core)] + "…"
        left = read["shown"].replace(piece, "").replace(cut_short, "")
        at = left.find(core)
        assert at < 0, f"/{path}: {left[max(at - 60, 0) : at + 40]!r} does not hold {piece}"
    assert "😄" not in read["shown"]


def test_plain_leaves_ordinary_words_alone() -> None:
    for words in (
        "Översikt 2025: hela staden",
        "Mål 1 2024: Hägersten-Älvsjö, kl. 12.30 (VB)",
        "{T4:r3:c2}",
        "3–4 % av 27 & 28",
    ):
        assert show.plain(words) == words


def test_plain_takes_the_meaning_of_every_mark() -> None:
    assert show.plain("*a* [b](c) <b> `d` $e$") == r"\*a\* \[b\](c) \<b\> \`d\` \$e\$"
    assert show.plain("# Rubrik") == r"\# Rubrik"


def test_a_table_shows_names_as_text_and_only_our_html_as_html() -> None:
    shown = show.Shown(SCRIPT, [SCRIPT, "Läge"], [show.Row([SCRIPT, show.Html("<i>vår</i>")])], notes=[SCRIPT])
    html = show.table_html(shown)
    assert "<script>" not in html and "<img" not in html
    assert html.count("&lt;script&gt;") == 5 and "<i>vår</i>" in html


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_nothing_but_our_own_words_reaches_markdown_unescaped(path: Path) -> None:
    faults = [
        f"{path.name}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and is_markdown(node) and node.args and not is_ours(node.args[0])
    ]
    assert not faults


def is_markdown(call: ast.Call) -> bool:
    """Return True if a call is of st, and of an element that reads Markdown."""
    made = call.func
    return (
        isinstance(made, ast.Attribute)
        and isinstance(made.value, ast.Name)
        and made.value.id in {"st", "place"}
        and made.attr in MARKDOWN
    )


def is_ours(words: ast.expr) -> bool:
    """Return True if words are ours: written there, a constant of ours, made plain, or a number or date in words."""
    if isinstance(words, ast.Constant):
        return True
    if isinstance(words, ast.IfExp | ast.Tuple | ast.List):
        return all(is_ours(one) for one in ([words.body, words.orelse] if isinstance(words, ast.IfExp) else words.elts))
    if isinstance(words, ast.BinOp):
        return is_ours(words.left) and is_ours(words.right)
    if isinstance(words, ast.JoinedStr):
        return all(is_ours(one.value) if isinstance(one, ast.FormattedValue) else True for one in words.values)
    if isinstance(words, ast.Call):
        return ast.unparse(words.func).split(".")[-1] in {
            *("plain", "number", "percent", "date_sv", "counted", "_age", "_count", "len", "text_of"),
        }
    return ast.unparse(words) in OURS or ast.unparse(words).rpartition(".")[2].isupper()


OURS = {"name", "KINDS[ending]", "number", "label", "work.doing", "published", "more", "len(content) // 1024"}
"""Names in our own code that hold words of our own: kinds of files, labels of a segment, numbers."""
