// The site of `./course docs` in headless Chromium, from its files: each page at 390 and at 1280 pixels has no error on the
// console, no dead link, nothing that stands out to the right, no request to elsewhere, and all its formulas. Then the
// search, the two colour schemes and the playground. Arguments: the folder of the site; a pattern, for only some pages.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join, relative, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {Browser} from './chromium.mjs';

const root = resolve(process.argv[2]), playground = join(root, 'docs/playground/index.html');
const files = readdirSync(root, {recursive: true}).filter(name => name.endsWith('.html')).map(name => join(root, name)).sort();
const names = new Map; // file: what a link into it can name
let bad = 0;
function check(what, holds, found = '') {
  if (holds) return;
  ++bad;
  console.log(`${what}${found === '' ? '' : `: ${JSON.stringify(found)}`}`);
}

// What a page reports of itself. Formulas stand in .katex, code in pre and code: neither is text to be read.
const report = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), raw = [];
  for (let node; node = walker.nextNode();)
    if (!node.parentElement.closest('.katex, pre, code, script, style, template, .broken') && /\\$|\\\\[a-z]{2}/.test(node.data)) raw.push(node.data.trim());
  return {
    raw, formulas: document.querySelectorAll('.formula').length, rendered: document.querySelectorAll('.formula > .katex, .formula > .katex-display').length,
    names: [...document.querySelectorAll('[id], a[name]')].map(e => e.id || e.name),
    links: [...document.querySelectorAll('a[href]')].map(a => a.href),
  };
})()`;

async function resize(page, width) {
  await page.send('Emulation.setDeviceMetricsOverride', {width, height: 900, deviceScaleFactor: 1, mobile: false});
}

// visit PAGE, FILE: loads it at 390 pixels and widens it to 1280. The tab is used again; a page counts its own errors.
async function visit(page, file, address = pathToFileURL(file).href) {
  page.errors.length = page.requests.length = 0;
  await resize(page, 390);
  await page.send('Page.navigate', {url: address});
  await page.until(`document.readyState === 'complete' && location.href.startsWith('file:')`, 60);
}

async function inspect(page, file) {
  const name = relative(root, file);
  await visit(page, file);
  const found = await page.run(report);
  for (const width of [390, 1280]) {
    await resize(page, width);
    await page.until(`innerWidth === ${width}`);
    const over = await page.run('Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll("article, article section > *")].map(e => e.getBoundingClientRect().right)) - innerWidth');
    check(`${name} at ${width}: pixels that stand out to the right`, over <= 0, over);
  }
  check(`${name}: errors on the console`, page.errors.length === 0, page.errors);
  const outside = page.requests.filter(url => !/^(data:|about:)/.test(url) && !url.startsWith(pathToFileURL(root).href + '/'));
  check(`${name}: requests to elsewhere`, outside.length === 0, outside);
  check(`${name}: formulas that are not rendered`, found.formulas === found.rendered, found.formulas - found.rendered);
  check(`${name}: raw formulas in the text`, found.raw.length === 0, found.raw.slice(0, 3));
  names.set(file, new Set(found.names));
  return {file, links: new Set(found.links), formulas: found.formulas};
}

// Where a link of a page leads: another file of the site, and a name in it
function follow({file, links}) {
  for (const link of links) {
    if (!link.startsWith('file:')) continue;
    const {pathname, hash} = new URL(link), target = fileURLToPath('file://' + pathname), from = relative(root, file);
    const place = decodeURIComponent(hash.slice(1));
    check(`${from}: dead link to ${relative(root, target)}`, target.startsWith(root) && existsSync(target) && (target.endsWith('/') ? existsSync(target + 'index.html') : true));
    // doxygen names this section in the head of some pages that do not have it
    if (place && place !== 'nested-classes' && names.has(target)) check(`${from}: no ${place} in ${relative(root, target)}`, names.get(target).has(place));
  }
}

async function searches(page) {
  await visit(page, join(root, 'search.html'), pathToFileURL(join(root, 'search.html')).href + '?q=reparameterisation');
  await page.until(`[...document.querySelectorAll('.search a')].some(a => a.href.includes('09_variational/README.html'))`, 20)
      .catch(error => check(`search.html: finds lesson 09 by its term`, false, error.message));
  check('search.html: errors on the console', page.errors.length === 0, page.errors);
}

async function schemes(page) {
  const shades = {};
  for (const value of ['light', 'dark']) {
    await page.send('Emulation.setEmulatedMedia', {features: [{name: 'prefers-color-scheme', value}]});
    for (const name of ['lessons/01_encoder_decoder/README.html', 'api/index.html']) {
      await visit(page, join(root, name));
      const colors = await page.run(`[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]
        .map(color => color.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0) / 3)`);
      check(`${name}: ${value} text on a ${value} ground`, value === 'light' ? colors[0] < 128 && colors[1] > 192 : colors[0] > 128 && colors[1] < 64, colors);
    }
  }
}

async function plays(page) {
  await visit(page, playground, pathToFileURL(playground).href + '#lesson=01');
  await page.until(`document.querySelector('canvas')`, 30).catch(error => check('playground', false, error.message));
  check('the playground: errors on the console', page.errors.length === 0, page.errors);
  const lesson = readFileSync(join(root, 'lessons/01_encoder_decoder/README.html'), 'utf8');
  check('lesson 01 links to its state of the playground', lesson.includes('href="../../docs/playground/index.html#lesson=01"'));
}

const browser = new Browser(), page = await browser.open('about:blank'), pages = [];
// doxygen's frames of the search and its listings of sources and members are only looked for where a link leads to them
const listing = /^api\/(search\/|.*(_source|-members)\.html$)/;
const wanted = files.filter(file => file !== playground && !listing.test(relative(root, file)) && new RegExp(process.argv[3] ?? '').test(relative(root, file)));
for (const file of wanted) {
  await inspect(page, file).then(found => pages.push(found), error => check(`${relative(root, file)}: ${error.message}`, false));
}
pages.forEach(follow);
for (const part of [searches, schemes, plays]) await part(page).catch(error => check(`${part.name}: ${error.message}`, false));
await browser.close();
console.log(`${pages.length} pages at two widths, ${pages.reduce((sum, {formulas}) => sum + formulas, 0)} formulas`);
process.exit(bad ? 1 : 0);
