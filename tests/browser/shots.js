// Takes a full-page picture of every kind of page in every look, and of sheets that show all pages of one look.
// Run by tests/shots; the one argument is the folder for the pictures.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileUrl, launch, open } from './lib/browser.js';
import { serve } from './lib/server.js';
import { SAMPLES, SITE, exists } from './lib/site.js';

const out = path.resolve(process.argv[2]);
const looks = [];
for (const width of [1280, 390, 320]) for (const colorScheme of ['light', 'dark']) looks.push({ width, colorScheme });

const browser = await launch();
const server = await serve(SITE);
if (process.argv[3] === '--readme') {
  await readme();
  await server.close();
  await browser.close();
  process.exit();
}
const pages = Object.entries(SAMPLES).filter(([, file]) => exists(file));
const lines = [];
for (const { width, colorScheme } of looks) {
  const { page, problems, close } = await open(browser, { width, colorScheme, height: width === 1280 ? 800 : 700 });
  const shots = [];
  for (const [name, file] of pages) {
    await page.goto(server.url + file);
    const picture = `${name.replaceAll(' ', '-')}-${width}-${colorScheme}.png`;
    await page.screenshot({ path: path.join(out, picture), fullPage: true });
    shots.push({ name, picture });
  }
  for (const problem of problems) console.error(problem);
  const heading = `${width} px, ${colorScheme}`;
  const sheet = `sheet-${width}-${colorScheme}`;
  writeFileSync(path.join(out, `${sheet}.html`), sheetOf(heading, shots, width));
  await page.setViewportSize({ width: 1800, height: 1000 });
  await page.goto(`${fileUrl(out)}${sheet}.html`);
  await page.screenshot({ path: path.join(out, `${sheet}.png`), fullPage: true });
  await close();
  lines.push(`<h2>${heading}</h2><p><a href="${sheet}.html">the pages</a></p><p><img src="${sheet}.png" alt="all pages at ${heading}" width="900"></p>`);
  console.log(`${heading}: ${shots.length} pictures`);
}
writeFileSync(path.join(out, 'index.html'), document('Pictures of every kind of page', lines.join('\n')));
await server.close();
await browser.close();
console.log(path.join(out, 'index.html'));

/** What the README shows: the first screen of three pages, small enough to be loaded with a text. The assessment is that of
 *  the case on the home page. */
async function readme() {
  for (const name of ['home', 'matrix', 'assess']) {
    const { page, problems, close } = await open(browser, { width: 1100, height: 760, colorScheme: 'light' });
    await page.goto(`${server.url}${name === 'matrix' ? 'matrix' : 'index'}.html`);
    if (name === 'assess') {
      await page.click('section[aria-labelledby="case"] .button-plain');
      await page.waitForSelector('[data-verdicts] section h3');
    }
    const picture = path.join(out, `${name}.png`);
    await page.screenshot({ path: picture });
    for (const problem of problems) console.error(problem);
    await close();
    console.log(picture);
  }
}

/** A sheet of pictures, each cut off below so that rows stay in line. */
function sheetOf(heading, shots, width) {
  const wide = width > 600;
  const figures = shots.map(
    ({ name, picture }) => `<figure><figcaption>${name}</figcaption><a href="${picture}"><img src="${picture}" alt="${name}"></a></figure>`,
  );
  const style = `main{display:grid;grid-template-columns:repeat(${wide ? 4 : 8},1fr);gap:16px}figure{margin:0}figure a{display:block;height:${wide ? 620 : 520}px;overflow:hidden;border:1px solid #888}img{width:100%}figcaption{font-weight:600}`;
  return document(heading, `<main>${figures.join('\n')}</main>`, style);
}

function document(title, body, style = '') {
  return `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>body{font:14px sans-serif;margin:16px}${style}</style><h1>${title}</h1>\n${body}\n`;
}
