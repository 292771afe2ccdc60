"""Formulas as GitHub reads them, $`…`$ and ```math blocks, for KaTeX, which renders them in the browser (static/site.js)."""

import html

from docutils import nodes
from sphinx.transforms import SphinxTransform


class GitHubFormulas(SphinxTransform):
    default_priority = 100

    def apply(self):
        for formula in list(self.document.findall(nodes.math)):
            text = formula.astext().strip("`")
            formula.replace_self(nodes.math(text, text))
        for block in list(self.document.findall(nodes.literal_block)):
            if block.get("language") == "math":
                block.replace_self(nodes.math_block(block.astext(), block.astext(), number=None))


def inline(writer, node):
    writer.body.append(f'<span class="formula">{html.escape(node.astext())}</span>')
    raise nodes.SkipNode


def displayed(writer, node):
    writer.body.append(f'<div class="formula">{html.escape(node.astext())}</div>\n')
    raise nodes.SkipNode


def setup(app):
    app.add_transform(GitHubFormulas)
    app.add_html_math_renderer("katex", (inline, None), (displayed, None))
    app.config.html_math_renderer = "katex"
    return {"parallel_read_safe": True, "parallel_write_safe": True}
