// Ways through the site that scripts add: the page as Markdown on the clipboard, the section that the reader is in,
// links to headings.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { fileUrl, launch, open } from './lib/browser.js';
import { assertNone } from './lib/problems.js';
import { serve } from './lib/server.js';
import { SITE, readText } from './lib/site.js';

const PAGE = 'capabilities/service-mesh.html';

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(SITE);
});
after(async () => {
  await browser.close();
  await server.close();
});

test('a page is copied as Markdown over http, and from the disk its file is linked', async () => {
  const { page, problems, close } = await open(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(server.url + PAGE);
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), readText(PAGE.replace('.html', '.md')));
  await page.goto(fileUrl(SITE) + PAGE);
  assert.equal(await page.getByRole('button', { name: 'Copy as Markdown' }).count(), 0);
  assert.ok(await page.getByRole('link', { name: 'Markdown' }).isVisible());
  assertNone(problems, 'problems');
  await close();
});

test('the contents say in which section the reader is', async () => {
  const { page, close } = await open(browser);
  await page.goto(server.url + PAGE);
  await page.locator('#timing').evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
  await page.waitForFunction(() => document.querySelector('.contents [aria-current]')?.hash === '#timing');
  await close();
});

test('a heading has a link to itself, which the contents do not need', async () => {
  const { page, close } = await open(browser);
  await page.goto(server.url + PAGE);
  const link = page.locator('h2#timing .permalink');
  assert.equal(await link.getAttribute('href'), '#timing');
  assert.equal(await link.getAttribute('aria-hidden'), 'true');
  assert.equal(await page.getByRole('heading', { name: 'Timing', exact: true }).count(), 1, 'the link is no part of the name');
  await close();
});

test('a page names the way to it, its neighbours, and is found under them', async () => {
  const { page, close } = await open(browser, { scripts: false });
  await page.goto(server.url + PAGE);
  assert.ok((await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').count()) >= 2);
  await page.getByRole('navigation', { name: 'Previous and next' }).getByRole('link').last().click();
  await page.getByRole('navigation', { name: 'Previous and next' }).getByRole('link', { name: /Service mesh/ }).click();
  assert.ok(page.url().endsWith(PAGE));
  await close();
});
