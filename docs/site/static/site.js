// Formulas, rendered by KaTeX. One that it cannot read stays as text, in red, and is reported on the console.
document.addEventListener('DOMContentLoaded', () => {
  for (const formula of document.querySelectorAll('.formula')) {
    const text = formula.textContent;
    try {
      katex.render(text, formula, {displayMode: formula.tagName === 'DIV', strict: 'error'});
    } catch (error) {
      formula.classList.add('broken');
      console.error(`formula ${text}: ${error.message}`);
    }
  }
});

// From a disk, the search cannot fetch the pages that it finds to quote them
if (location.protocol === 'file:') DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
