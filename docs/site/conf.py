"""How Sphinx makes the site from the Markdown of the repository; `./course docs` calls it."""

import re
import sys
from pathlib import Path

root = Path(__file__).parents[2]
sys.path.insert(0, str(root / "docs/site"))

project = "Hourglass"
version = re.search(r"^project\(hourglass VERSION ([\d.]+)", (root / "CMakeLists.txt").read_text(), re.M)[1]
html_title = f"{project} {version}"

# Every page of the repository is read where it lies. README.md is the first; pages.py finds the others.
root_doc = "README"
include_patterns = ["**.md"]
exclude_patterns = [".github", "build", "out", "work", "packages", ".venv", "docs/api", "tools", "**/.*"]
extensions = ["myst_parser", "formulas", "pages", "sources"]

# Markdown as GitHub reads it
myst_enable_extensions = ["dollarmath", "html_image"]
myst_heading_anchors = 6
myst_update_mathjax = False
highlight_language = "none"

html_theme = "furo"
templates_path = ["templates"]
html_static_path = ["static", "/usr/share/javascript/katex"]
html_css_files = ["katex.min.css", "site.css"]
html_js_files = ["katex.min.js", "site.js"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "beside.html",
        "sidebar/scroll-end.html",
    ]
}
copyright = "2026 The Hourglass authors. Code: MIT licence; texts and figures: CC BY 4.0"
html_use_index = False
html_copy_source = False
