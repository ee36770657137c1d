// The drawings of what stands on what, as a browser draws them: readable, linked in reading order, neighbours shown.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch, open } from './lib/browser.js';
import { assertNone } from './lib/problems.js';
import { serve } from './lib/server.js';
import { SITE, htmlFiles } from './lib/site.js';

const LAYER = 'layers/layer-2.html';

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(SITE);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const width of [1280, 390, 320]) {
  test(`no text of a drawing lies on another, or outside, at ${width} px; nothing is smaller than 11 px`, async () => {
    const { page, close } = await open(browser, { width });
    const found = [];
    let drawings = 0;
    for (const file of htmlFiles().filter((name) => /^(layers|capabilities)\//.test(name))) {
      await page.goto(server.url + file);
      const { count, problems } = await page.evaluate(() => {
        const graphs = [...document.querySelectorAll('svg.graph')].filter((graph) => graph.checkVisibility());
        const problems = graphs.flatMap((graph) => {
          const frame = graph.getBoundingClientRect();
          const texts = [...graph.querySelectorAll('text')].map((element) => ({ text: element.textContent, box: element.getBoundingClientRect(), size: parseFloat(getComputedStyle(element).fontSize) * (frame.width / graph.viewBox.baseVal.width) }));
          return texts.flatMap((one, n) => [
            ...(one.size < 10.9 ? [`"${one.text}" is ${one.size.toFixed(1)} px`] : []),
            ...(one.box.left < frame.left - 1 || one.box.right > frame.right + 1 || one.box.bottom > frame.bottom + 1 ? [`"${one.text}" sticks out`] : []),
            ...texts.slice(n + 1).filter(({ box }) => one.box.left < box.right - 1 && box.left < one.box.right - 1 && one.box.top < box.bottom - 2 && box.top < one.box.bottom - 2).map(({ text }) => `"${one.text}" and "${text}"`),
          ]);
        });
        return { count: graphs.length, problems };
      });
      drawings += count;
      for (const problem of problems) found.push(`${file}: ${problem}`);
    }
    await close();
    assert.ok(drawings >= 9, `only ${drawings} drawings`);
    assertNone(found, 'texts that cannot be read');
  });
}

test('the links of a drawing stand in reading order: columns from the left, then rows from the top', async () => {
  const { page, close } = await open(browser);
  await page.goto(server.url + LAYER);
  const links = await page.locator('svg.graph-wide a').evaluateAll((all) => all.map((link) => ({ column: link.parentElement.classList.contains('column'), x: link.getBoundingClientRect().x, y: link.getBoundingClientRect().y, href: link.getAttribute('href') })));
  const columns = links.filter(({ column }) => column);
  const rows = links.slice(columns.length);
  assert.ok(columns.length >= 8 && rows.length >= 8, `${columns.length} columns, ${rows.length} rows`);
  assert.ok(rows.every(({ column }) => !column), 'rows follow columns');
  assert.deepEqual(columns.map(({ x }) => x), columns.map(({ x }) => x).sort((a, b) => a - b));
  assert.deepEqual(rows.map(({ y }) => y), rows.map(({ y }) => y).sort((a, b) => a - b));
  const listed = await page.locator('.members h3 a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  assert.deepEqual(columns.map(({ href }) => href), listed, 'the list below has the same order');
  await close();
});

test('pointing at a capability, or focusing it, shows what it builds on; and the other way round', async () => {
  const { page, close } = await open(browser);
  await page.goto(server.url + LAYER);
  const column = page.locator('svg.graph-wide .column').first();
  const shown = (group) => group.locator('rect.near').evaluateAll((all) => all.filter((ring) => getComputedStyle(ring).opacity === '1').length);
  const dots = await column.locator('circle').count();
  assert.ok(dots > 0);
  assert.equal(await shown(column), 0);
  await column.locator('a').hover();
  assert.equal(await shown(column), dots);
  const row = page.locator('svg.graph-wide .row').first();
  assert.equal(await shown(row), 0);
  await row.locator('a').focus();
  assert.ok((await shown(row)) >= 1);
  await close();
});

test('the list of foundations stands before the drawing of a capability', async () => {
  const { page, close } = await open(browser, { width: 390 });
  await page.goto(`${server.url}capabilities/service-mesh.html`);
  const after = await page.evaluate(() => {
    const section = document.querySelector('[aria-labelledby="builds-on"]');
    return Boolean(section.querySelector('dl').compareDocumentPosition(section.querySelector('svg.graph')) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  assert.ok(after);
  await close();
});
