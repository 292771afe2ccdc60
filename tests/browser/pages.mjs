// Report pages in headless Chromium, from files: nothing is requested, no error is reported, they fit a phone, and what
// computes in them does. Arguments: pages; with HOURGLASS_SHOTS=DIR, pictures of them are left there.
import {mkdirSync, writeFileSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {Browser} from './chromium.mjs';

const browser = new Browser(), shots = process.env.HOURGLASS_SHOTS;
let bad = 0, parts = 0;
function check(what, holds, found = '') {
  if (holds) return;
  ++bad;
  console.log(`${what}: ${found === '' ? 'does not hold' : `found ${JSON.stringify(found)}`}`);
}

// What each kind of part must do when it is used
const uses = {
  async codes(page, part, name) {
    check(`${name}: the page's decoder is C++'s to 1e-4`, await page.run(`${part}.decoder.difference < 1e-4`));
    const decoded = `${part}.querySelectorAll('.view canvas')[0].toDataURL()`, before = await page.run(decoded);
    await page.run(`${part}.querySelector('.pad').focus()`);
    for (let i = 0; i < 8; ++i) await page.key('ArrowRight');
    const moved = await page.run(decoded);
    check(`${name}: keys move through the codes`, moved !== before);
    await page.run(`${part}.scrollIntoView()`);
    const box = await page.run(`(({left, top, width, height}) => ({left, top, width, height}))(${part}.querySelector('.pad').getBoundingClientRect())`);
    await page.mouse('mouseMoved', box.left + .2 * box.width, box.top + .3 * box.height);
    check(`${name}: pointing moves through the codes`, await page.run(decoded) !== moved);
  },
  async drawing(page, part, name) {
    const views = i => `${part}.querySelectorAll('.view canvas')[${i}].toDataURL()`;
    const press = i => page.run(`${part}.querySelectorAll('button')[${i}].click()`);
    await press(1);
    const empty = await page.run(views(0)), nothing = await page.run(views(2));
    await page.run(`${part}.scrollIntoView()`);
    const box = await page.run(`(({left, top, width, height}) => ({left, top, width, height}))(${part}.querySelector('canvas').getBoundingClientRect())`);
    await page.mouse('mousePressed', box.left + .5 * box.width, box.top + .2 * box.height, 1);
    await page.mouse('mouseMoved', box.left + .5 * box.width, box.top + .8 * box.height, 1);
    await page.mouse('mouseReleased', box.left + .5 * box.width, box.top + .8 * box.height);
    check(`${name}: a stroke is drawn`, await page.run(views(0)) !== empty);
    check(`${name}: the network reconstructs it`, await page.run(views(2)) !== nothing);
    const drawn = await page.run(views(0));
    await page.run(`${part}.querySelector('canvas').focus()`);
    for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft', ' ']) await page.key(key);
    check(`${name}: keys draw, too`, await page.run(views(0)) !== drawn);
    const dirty = await page.run(views(1));
    await press(2);
    check(`${name}: other noise is other noise`, await page.run(views(1)) !== dirty);
  },
  async neighbors(page, part, name) {
    const found = `[...${part}.querySelectorAll('.shelf')].slice(1).map(row => row.querySelector('canvas').toDataURL()).join()`;
    const before = await page.run(found);
    await page.run(`${part}.querySelectorAll('button')[7].focus()`);
    await page.key(' ');
    check(`${name}: another image has other neighbours`, await page.run(found) !== before);
  },
  async slider(page, part, name) {
    const state = `[...${part}.querySelectorAll('img')].map(image => image.src)
      .concat([...${part}.querySelectorAll('figcaption')].map(caption => caption.innerText).join(), ${part}.querySelector('.said').innerText)`;
    const stops = +await page.run(`${part}.querySelector('input').max`) + 1, seen = new Set;
    let before = await page.run(state);
    const moved = async (how, stop) => {
      const after = await page.run(state), at = +await page.run(`${part}.querySelector('input').value`);
      check(`${name}: ${how} gets to stop ${stop}`, at === stop, at);
      check(`${name}: ${how} changes pictures`, after.slice(0, -2).some((image, i) => image !== before[i]));
      check(`${name}: ${how} changes what stands below them`, after.at(-2) !== before.at(-2));
      check(`${name}: ${how} changes the text`, after.at(-1) !== before.at(-1));
      before = after;
    };
    await page.run(`${part}.querySelector('input').focus()`);
    seen.add(before.at(-1));
    for (let i = 1; i < stops; ++i) {
      await page.key('ArrowRight');
      await moved('a key', i);
      seen.add(before.at(-1));
    }
    check(`${name}: each stop has a text of its own`, seen.size === stops, seen.size);
    await page.run(`${part}.scrollIntoView()`);
    const box = await page.run(`(({left, top, width, height}) => ({left, top, width, height}))(${part}.querySelector('input').getBoundingClientRect())`);
    const y = box.top + box.height / 2, left = box.left + 2, right = box.left + box.width - 2;
    await page.mouse('mousePressed', left, y, 1);
    await moved('a press of the mouse', 0);
    await page.mouse('mouseMoved', right, y, 1);
    await page.mouse('mouseReleased', right, y);
    await moved('dragging', stops - 1);
    await page.tap(left, y);
    await moved('a touch', 0);
    check(`${name}: its pictures are there`, await page.run(`[...${part}.querySelectorAll('img')].every(image => image.complete && image.naturalWidth > 0)`));
  },
};

for (const file of process.argv.slice(2)) {
  const url = 'file://' + resolve(file), lesson = basename(dirname(resolve(file)));
  for (const [width, dark] of [[1280, false], [390, true]]) {
    const page = await browser.open(url, {width, dark}), name = `${lesson} at ${width}`;
    try {
      await page.until('document.readyState === "complete"', 20);
      const kinds = await page.run('[...document.querySelectorAll(".play")].map(part => part.dataset.kind)');
      const text = await page.run('document.body.innerText'), found = pattern => text.match(pattern)?.[0] ?? '';
      check(`${name}: no identifier is shown`, !found(/\b[a-z0-9]+_[a-z0-9]+\b/), found(/\b[a-z0-9]+_[a-z0-9]+\b/));
      check(`${name}: no zero has a sign`, !found(/[-−]0(\.0+)?(?![\d.])/), found(/.*[-−]0(\.0+)?(?![\d.]).*/));
      if (resolve(file).includes('/build/quick/'))
        check(`${name}: it states on top that it is of a quick run`, text.indexOf('quick run') > 0 && text.indexOf('quick run') < 400);
      if (lesson.startsWith('12_')) check(`${name}: there is a slider of quality`, kinds.includes('slider'), kinds);
      for (const [i, kind] of kinds.entries()) await uses[kind](page, `document.querySelectorAll('.play')[${i}]`, `${name}, ${kind}`), ++parts;
      check(`${name}: everything has a name`, await page.run('[...document.querySelectorAll("button, input, img, canvas")].every(e => e.closest("label") || e.alt || e.ariaLabel || e.textContent.trim() || e.querySelector("[aria-label]") || e.closest("[aria-label]"))'));
      const over = await page.run('document.documentElement.scrollWidth - innerWidth');
      check(`${name}: nothing stands out to the right`, over <= 0, over);
      if (shots) mkdirSync(shots, {recursive: true}), writeFileSync(join(shots, `${lesson}-${width}.png`), await page.screenshot());
    } catch (error) {
      check(`${name}: ${error.message}`, false);
    }
    check(`${name}: no error on the console`, page.errors.length === 0, page.errors);
    const outside = page.requests.filter(address => address !== url && !address.startsWith('data:'));
    check(`${name}: nothing is requested`, outside.length === 0, outside);
    await page.close();
  }
}
await browser.close();
console.log(`${process.argv.length - 2} pages at two widths, ${parts / 2} parts that compute`);
process.exit(bad ? 1 : 0);
