// axe over every kind of page, light and dark, wide and narrow; and over every page once.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch, open } from './lib/browser.js';
import { violations } from './lib/axe.js';
import { assertNone } from './lib/problems.js';
import { serve } from './lib/server.js';
import { SAMPLES, SITE, htmlFiles } from './lib/site.js';

const LOOKS = [];
for (const colorScheme of ['light', 'dark']) for (const width of [1280, 390, 320]) LOOKS.push({ colorScheme, width });

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(SITE);
  for (const look of LOOKS) Object.assign(look, await open(browser, look));
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const [name, file] of Object.entries(SAMPLES)) {
  test(`${name} (${file}): no violations in any look`, async () => {
    const found = [];
    for (const { colorScheme, width, page, problems } of LOOKS) {
      const response = await page.goto(server.url + file);
      assert.equal(response.status(), 200);
      for (const problem of [...(await violations(page)), ...problems.splice(0)]) found.push(`${colorScheme} at ${width}: ${problem}`);
    }
    assertNone(found, 'violations');
  });
}

test('every page: no violations', async () => {
  const { page, problems, close } = await open(browser, { width: 1280 });
  const found = [];
  for (const file of htmlFiles()) {
    await page.goto(server.url + file);
    for (const problem of await violations(page)) found.push(`${file}: ${problem}`);
  }
  await close();
  assertNone([...found, ...problems], 'violations');
});

test('axe finds what is wrong', async () => {
  const { page, close } = await open(browser);
  await page.setContent('<!DOCTYPE html><html lang="en"><title>x</title><main><h1>x</h1><img src="data:,"><p style="color:#aaa;background:#bbb">faint</p></main>');
  const found = await violations(page);
  await close();
  assert.ok(found.some((line) => line.startsWith('image-alt')) && found.some((line) => line.startsWith('color-contrast')), found.join('\n'));
});
