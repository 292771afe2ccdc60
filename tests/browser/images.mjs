// images.mjs FOLDER REPORT INTO: screenshots of FOLDER/playground.html in training, of the REPORT, and of FOLDER/session.txt.
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {Browser} from './chromium.mjs';

const [folder, report, into] = process.argv.slice(2);
const browser = new Browser;
const later = seconds => new Promise(end => setTimeout(end, 1000 * seconds));

async function shoot(name, url, {width, height}, prepare = () => {}) {
  const page = await browser.open(url, {width, height});
  await page.until('document.readyState === "complete"', 60);
  await prepare(page);
  const {data} = await page.send('Page.captureScreenshot', {format: 'png'});
  const file = join(into, name + '.png');
  writeFileSync(file, Buffer.from(data, 'base64'));
  console.log(`${file}: ${statSync(file).size} bytes`);
  await page.close();
}

const escape = text => text.replace(/[&<>]/g, c => `&#${c.charCodeAt(0)};`);
const session = `<!doctype html><meta charset="utf-8"><style>body { margin: 0; background: #16181b; color: #ececec; }
  pre { margin: 1.2rem; white-space: pre-wrap; font: 15px/1.4 "DejaVu Sans Mono", monospace; } b { color: #56b4e9; }</style><pre>${
    escape(readFileSync(join(folder, 'session.txt'), 'utf8').trim()).replace(/^\(gdb\).*$/gm, '<b>$&</b>')}</pre>`;
writeFileSync(join(folder, 'session.html'), session);

await shoot('session', 'file://' + resolve(folder, 'session.html'), {width: 1100, height: 500});
await shoot('report', 'file://' + resolve(report), {width: 900, height: 1100}, () => later(2));
await shoot('playground', 'file://' + resolve(folder, 'playground.html'), {width: 1200, height: 800}, async page => {
  await page.until('window.hourglass', 60);
  await page.run('hourglass.ready');
  await page.run('document.getElementById("play").click()');
  await later(20);
});
await browser.close();
