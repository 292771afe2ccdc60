"""A page for each source file that a text links to, and links to what stands beside Sphinx's own pages."""

import html
import posixpath
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

LANGUAGES = {".cpp": "cpp", ".h": "cpp", ".py": "python", ".sh": "bash", ".json": "json", ".cmake": "cmake"}


class LinksToFiles(SphinxTransform):
    default_priority = 100

    def apply(self):
        for link in list(self.document.findall(addnodes.download_reference)):
            self.replace(link, link["reftarget"] + ".html", source=self.path(link["reftarget"]))
        for link in list(self.document.findall(addnodes.pending_xref)):
            if "playground/index.html" in link["reftarget"]:  # `./course docs` puts it there
                self.replace(link, link["reftarget"])

    def path(self, target):
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.env.docname), target))

    def replace(self, link, address, **attributes):
        reference = nodes.reference("", "", *link.children, internal=True, refuri=address, **attributes)
        link.replace_self(reference)


def pages(app):
    """The linked files, highlighted; not part of the search, as Sphinx's viewcode has it."""
    linked = {link["source"] for page in app.env.found_docs for link in app.env.get_doctree(page).findall(nodes.reference) if "source" in link}
    for path in sorted(linked):
        language = LANGUAGES.get(Path(path).suffix, "none")
        code = app.builder.highlighter.highlight_block(Path(app.srcdir, path).read_text(), language, linenos="inline")
        yield path, {"title": path, "body": f"<h1>{html.escape(path)}</h1>\n{code}"}, "page.html"


def setup(app):
    app.add_transform(LinksToFiles)
    app.connect("html-collect-pages", lambda app: pages(app))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
