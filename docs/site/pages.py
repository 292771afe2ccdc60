"""Where each page stands in the navigation, found from the folders, and what a page gets that its file has not."""

import re
from pathlib import Path

# The captions of the navigation, and the pages below each; a page that matches two patterns stands at the first.
SECTIONS = {
    "Course": ["lessons/README", "lessons/engine/README", "docs/derivations/README", "docs/glossary", "docs/notation", "lessons/CPP", "lessons/[A-Z]*"],
    "Framework": ["docs/engine", "docs/pytorch", "docs/*", "docs/playground/README"],
    "Project": ["[A-Z]*", "*/README", "lessons/*/README", "tests/*/README"],
}


def toctree(patterns, *options):
    lines = ["", "", "```{toctree}", ":glob:", *options, *patterns, "```", ""]
    return "\n".join(lines)


def read(app, page, source):
    """Adds to the text of a page before it is parsed."""
    if page == "README":
        source[0] += "".join(toctree(pages, ":hidden:", f":caption: {caption}") for caption, pages in SECTIONS.items())
    elif page == "lessons/README":
        source[0] += toctree(["[0-9]*/README"], ":hidden:")
    elif page == "lessons/engine/README":
        lines = Path(app.srcdir, page).with_name("pieces.txt").read_text().splitlines()
        source[0] += toctree([line.split(" |")[0] for line in lines if line[0] != "#"], ":hidden:")
    elif page.startswith("lessons/engine/"):
        source[0] = re.sub(r"^## (Hint .*)\n(.*?)(?=^## |\Z)", lambda hint: folded(*hint.groups()), source[0], flags=re.M | re.S)
    elif page == "docs/derivations/README":
        source[0] += toctree(["[a-z]*"], ":hidden:")
    elif re.fullmatch(r"lessons/\d\d_\w+/README", page):
        source[0] = with_exercises(source[0], Path(app.srcdir, page).parent)
    elif "/exercises/" in page:
        source[0] = exercise(Path(app.srcdir, page))


def with_exercises(text, folder):
    """The section on the exercises ends in links to the lesson's further pages, to the exercises and to the tour."""
    further = sorted(page.stem for page in folder.glob("[A-Z]*.md") if page.stem != "README")
    return re.sub(r"^(## Exercises\n.*?)(?=^## )", lambda section: section[1] + toctree([*further, "exercises/*", "tour"]) + "\n", text, flags=re.M | re.S)


def exercise(path):
    """The task as a student finds it, and below it the hints, folded."""
    title = re.match(r"// (Task \d+) of lesson \d+(: .*)", path.with_suffix(".cpp").read_text())
    hints = re.split(r"^## (.*)\n", path.with_suffix(".md").read_text(), flags=re.M)[1:]
    text = f"# {title[1]}{title[2]}\n\n```{{literalinclude}} {path.name}.cpp\n:language: cpp\n```\n"
    for hint, body in zip(hints[::2], hints[1::2]):
        text += folded(hint, body)
    return text


def folded(summary, text):
    return f"\n<details>\n<summary>{summary}</summary>\n\n{text}\n</details>\n"


def collapse(app, page, template, context, doctree):
    """The navigation opens only the branch of the page: an open one takes a second a page to make."""
    whole = context.get("toctree")
    context["toctree"] = lambda **options: whole(**{**options, "collapse": True})


def setup(app):
    app.connect("source-read", read)
    app.connect("html-page-context", collapse, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
