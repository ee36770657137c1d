// Search: that the script makes the same words as the index, what it finds first, and the box and the page by keyboard.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { violations } from './lib/axe.js';
import { fileUrl, launch, open } from './lib/browser.js';
import { allPages } from './lib/html.js';
import { assertNone } from './lib/problems.js';
import { plain, worthwhile } from './lib/scripts.js';
import { serve } from './lib/server.js';
import { SITE, SITE_BASE, BASE_URL, exists, files, readBytes, readText } from './lib/site.js';

const SCRIPT = 8_000;
const INDEX = 150_000;

/** What a reader types, and what must come first. */
const EXPECTED = {
  'service mesh': 'capabilities/service-mesh.html',
  mesh: 'capabilities/service-mesh.html',
  'servce mesh': 'capabilities/service-mesh.html',
  mtls: 'facts/needs_mtls.html',
  mTLS: 'facts/needs_mtls.html',
  'mutual tls': 'facts/needs_mtls.html',
  'kubernetes cost': 'capabilities/cost-visibility.html',
  'k8s cost': 'capabilities/cost-visibility.html',
  finops: 'capabilities/cost-visibility.html',
  'cloud bill': 'capabilities/cost-visibility.html',
  'who approves exceptions': 'capabilities/policy-enforcement.html#decision-exceptions',
  'approving an exception': 'capabilities/policy-enforcement.html#decision-exceptions',
  'debug slow requests': 'capabilities/distributed-tracing.html',
  'request tracing': 'capabilities/distributed-tracing.html',
  trac: 'capabilities/distributed-tracing.html',
  'Service mesh: Keep what you have': 'decisions/webshop-keeps-network-policies.html',
  linkerd: 'options/linkerd.html',
  istio: 'options/istio.html',
  istoi: 'options/istio.html',
  Kyverno: 'options/kyverno.html',
  gatekeper: 'options/opa-gatekeeper.html',
  opa: 'options/opa-gatekeeper.html',
  jaeger: 'options/opentelemetry-jaeger.html',
  tempo: 'options/opentelemetry-tempo.html',
  opencost: 'options/opencost.html',
  'active passive': 'options/active-passive.html',
  'pod security admission': 'options/pod-security-admission.html',
  'chaos engineering': 'capabilities/chaos-engineering.html',
  'fault injection': 'capabilities/chaos-engineering.html',
  'game day': 'capabilities/chaos-engineering.html',
  'multi region': 'capabilities/multi-region-readiness.html',
  'multi-regoin': 'capabilities/multi-region-readiness.html',
  observabil: 'capabilities/observability-extension.html',
  obsrevability: 'capabilities/observability-extension.html',
  policies: 'capabilities/policy-enforcement.html',
  'admission control': 'capabilities/policy-enforcement.html',
  audits: 'capabilities/security-auditing.html',
  microservices: 'facts/microservices.html',
  'number of microservices': 'facts/microservices.html',
  'how many developers': 'facts/developers.html',
  rto: 'facts/rto_hours.html',
  'recovery time objective': 'facts/rto_hours.html',
  'compliance regimes': 'facts/compliance.html',
  prometheus: 'components/prometheus.html',
  cilium: 'components/cilium-cni.html',
  'network policies': 'components/network-policies.html',
  vault: 'components/vault.html',
  'layer 2': 'layers/layer-2.html',
  webshop: 'cases/dutch-webshop.html',
  bank: 'cases/regulated-bank.html',
  'start-up': 'cases/startup-monolith.html',
  matrix: 'matrix.html',
  'how verdicts are computed': 'pages/guide/how-verdicts-are-computed.html',
  'grey zones': 'pages/guide/how-verdicts-are-computed.html#grey-zones',
};

const indexes = files().filter((file) => /^search\/index/.test(file));
const scripts = files().filter((file) => /^assets\/search\./.test(file));

/** The ranking with the index of the site, outside a browser. */
function ranking() {
  const { found, search, stem } = worthwhile(['search-stem.js', 'search-engine.js']);
  for (const file of indexes) found(JSON.parse(readText(file).replace(/^worthwhile\.found\(|\);\n$/g, '')));
  return { search, stem };
}

test('the script splits and stems words as the index does', () => {
  const { search, stem } = ranking();
  const table = JSON.parse(readFileSync(new URL('../vectors/stems.json', import.meta.url), 'utf8'));
  const words = Object.entries(table.stems);
  assert.ok(words.length > 4000, `only ${words.length} words`);
  assertNone(words.filter(([word, expected]) => stem(word) !== expected).map(([word, expected]) => `${word}: ${stem(word)}, not ${expected}`), 'words with another stem');
  for (const [text, expected] of table.words) assert.deepEqual(plain(search.split(text)), expected, text);
});

test('what readers look for comes first', () => {
  const { search } = ranking();
  assert.ok(Object.keys(EXPECTED).length >= 40);
  const wrong = [];
  for (const [query, expected] of Object.entries(EXPECTED)) {
    assert.ok(exists(expected.split('#')[0]), `${expected} is no page`);
    const [first] = search.find(query).results;
    if (first?.entry[2] !== expected) wrong.push(`${query}: ${first?.entry[2]}, not ${expected}`);
  }
  assertNone(wrong, 'queries with another first result');
});

test('a slip finds what was meant before other forms of what it begins with', () => {
  const { search } = ranking();
  const meant = { linkrd: 'linkerd', linkred: 'linkerd', likerd: 'linkerd', kubecst: 'kubecost', prometeus: 'prometheus', jager: 'jaeger', grafna: 'grafana', kyvrno: 'kyverno' };
  const wrong = Object.entries(meant).filter(([query, name]) => !search.find(query).results[0]?.entry[1].toLowerCase().includes(name));
  assertNone(wrong.map(([query]) => `${query}: ${search.find(query).results[0]?.entry[1]}`), 'slips that find something else first');
});

test('what cannot be found is not, and odd queries do no harm', () => {
  const { search } = ranking();
  for (const query of ['', '   ', 'xyzzyplugh', '—', '((', '\\', '"', '__proto__', 'constructor', 'a'.repeat(2000), 'the and of', '👍', '中文']) {
    const { results } = search.find(query);
    assert.ok(Array.isArray(results) || results.length >= 0, query);
    for (const { score } of results) assert.ok(Number.isFinite(score) && score > 0, query);
  }
  assert.equal(search.find('xyzzyplugh').results.length, 0);
});

test('every entry leads to a page, and to an id on it', () => {
  const pages = new Map(allPages().map((page) => [page.file, page]));
  const wrong = [];
  let count = 0;
  for (const file of indexes) {
    for (const [, title, href] of JSON.parse(readText(file).replace(/^worthwhile\.found\(|\);\n$/g, '')).entries) {
      const [page, id] = href.split('#');
      if (!pages.has(page)) wrong.push(`${title}: no page ${page}`);
      else if (id !== undefined && !pages.get(page).ids.has(id)) wrong.push(`${title}: no ${href}`);
      count += 1;
    }
  }
  assert.ok(count > 300, `only ${count} entries`);
  assertNone(wrong, 'entries that lead nowhere');
});

test('script and index keep their budgets, and no page loads them before they are wanted', () => {
  assert.equal(scripts.length, 1);
  const weigh = (file) => gzipSync(readBytes(file), { level: 6 }).length;
  const sizes = { script: weigh(scripts[0]), index: Math.max(...indexes.map(weigh)) };
  console.log(`     search script ${sizes.script} of ${SCRIPT} bytes, index ${sizes.index} of ${INDEX} bytes`);
  assert.ok(sizes.script <= SCRIPT && sizes.index <= INDEX, JSON.stringify(sizes));
  const early = allPages().flatMap((page) => page.elements.filter(({ tag, attributes }) => tag === 'script' && /(?:assets\/search\.|search\/index)/.test(attributes.src)).map(() => page.file));
  assertNone(early, 'pages that load search at once');
  const without = allPages().filter((page) => page.redirect === undefined && !page.elements.some(({ attributes }) => attributes['data-search'] !== undefined));
  assertNone(without.map((page) => page.file), 'pages without a search box');
});

let browser;
let server;
let under;
before(async () => {
  browser = await launch();
  server = await serve(SITE);
  under = await serve(SITE_BASE, new URL(BASE_URL).pathname);
});
after(async () => {
  await browser.close();
  await server.close();
  await under.close();
});

/** The box of a page, and what it shows. */
function box(page) {
  const input = page.getByRole('combobox', { name: 'Search this site' });
  return { input, field: page.locator('#search'), list: page.getByRole('listbox', { name: 'Search' }), options: page.getByRole('listbox', { name: 'Search' }).getByRole('option') };
}

/** Types into the box and waits for results. */
async function type(page, text) {
  const found = box(page);
  await found.field.click();
  await page.keyboard.type(text);
  await found.options.first().waitFor();
  return found;
}

test('the box is a combobox, worked by keyboard alone', async () => {
  const { page, problems, close } = await open(browser);
  await page.goto(`${server.url}capabilities/service-mesh.html`);
  const requested = [];
  page.on('request', (request) => requested.push(request.url()));
  const { input, list, options } = await type(page, 'linkerd');
  assert.deepEqual(requested.map((url) => /\/(assets|search)\/(\w+)\./.exec(url)?.[2]), ['search', 'index'], 'search is loaded on first use');
  assert.equal(await input.getAttribute('aria-expanded'), 'true');
  assert.equal(await input.getAttribute('aria-controls'), await list.getAttribute('id'));
  assert.ok((await page.getByRole('group', { name: 'Options' }).getByRole('option').count()) >= 1, 'results stand in groups');
  assert.equal(await page.locator('[aria-activedescendant]').count(), 0, 'nothing is chosen before the reader does');

  await page.keyboard.press('ArrowDown');
  const first = options.first();
  assert.equal(await input.getAttribute('aria-activedescendant'), await first.getAttribute('id'));
  assert.equal(await first.getAttribute('aria-selected'), 'true');
  assert.ok(await input.evaluate((element) => element === document.activeElement), 'the focus stays in the box');
  await page.keyboard.press('ArrowUp');
  assert.equal(await input.getAttribute('aria-activedescendant'), null, 'above the first is the box');
  await page.keyboard.press('ArrowUp');
  assert.match(await options.last().innerText(), /All results/);
  assert.equal(await options.last().getAttribute('aria-selected'), 'true');

  await page.keyboard.press('Escape');
  assert.equal(await list.isVisible(), false);
  assert.equal(await input.getAttribute('aria-expanded'), 'false');
  assert.equal(await input.inputValue(), 'linkerd');
  await page.keyboard.press('ArrowDown');
  assert.equal(await list.isVisible(), true);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/options/linkerd.html');
  assertNone(problems, 'problems');
  await close();
});

test('the open box has no accessibility violations, in both themes and widths', async () => {
  const found = [];
  for (const [width, colorScheme] of [[1280, 'light'], [390, 'dark'], [320, 'light']]) {
    const { page, close } = await open(browser, { width, colorScheme });
    await page.goto(`${server.url}facts/microservices.html`);
    await type(page, 'policy');
    await page.keyboard.press('ArrowDown');
    found.push(...(await violations(page)).map((one) => `${width} ${colorScheme}: ${one}`));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `sideways scrolling at ${width}`);
    await page.goto(`${server.url}search.html?q=policy`);
    await page.locator('[data-results] a').first().waitFor();
    found.push(...(await violations(page)).map((one) => `${width} ${colorScheme}: results: ${one}`));
    await close();
  }
  assertNone(found, 'violations');
});

test('screen readers hear how much was found', async () => {
  const { page, close } = await open(browser);
  await page.goto(`${server.url}index.html`);
  await type(page, 'linkerd');
  assert.match(await page.locator('.search [role=status]').innerText(), /^\d+ results?$/);
  await page.locator('#search').fill('xyzzyplugh');
  await page.waitForFunction(() => /^Nothing found/.test(document.querySelector('.search [role=status]').textContent));
  await close();
});

test('Enter leads to the page of results, which can be shared and follows what is typed', async () => {
  const { page, problems, close } = await open(browser);
  await page.goto(`${server.url}components/vault.html`);
  await type(page, 'audit trail');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search.html?q=audit%20trail');
  const results = page.locator('[data-results]');
  await results.getByRole('link').first().waitFor();
  assert.match(await page.getByRole('status').first().innerText(), /^\d+ results$/);
  assert.ok((await results.getByRole('heading', { level: 2 }).count()) > 1, 'results stand under headings');
  assert.equal(await page.getByRole('searchbox').inputValue(), 'audit trail');
  await page.getByRole('searchbox').fill('kyverno');
  assert.equal(await results.getByRole('link').first().innerText(), 'Kyverno');
  assert.equal(new URL(page.url()).search, '?q=kyverno');
  await page.getByRole('searchbox').fill('xyzzy');
  assert.match(await page.getByRole('status').first().innerText(), /^Nothing found/);
  assert.ok(await page.getByRole('heading', { name: 'Everything by kind' }).isVisible());
  assertNone(problems, 'problems');
  await close();
});

test('a group with many results shows the rest when asked, and the focus goes there', async () => {
  const { page, close } = await open(browser);
  await page.goto(`${server.url}search.html?q=service`);
  const more = page.getByRole('button', { name: /^\d+ more$/ }).first();
  await more.waitFor();
  const before = await page.locator('[data-results] a').count();
  await more.click();
  assert.ok((await page.locator('[data-results] a').count()) > before);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'A');
  await close();
});

test('the situation goes along', async () => {
  const { page, close } = await open(browser);
  const situation = 's=1&microservices=8';
  await page.goto(`${server.url}facts/developers.html#${situation}`);
  const { options } = await type(page, 'linkerd');
  assert.match(await options.first().getAttribute('href'), /^\.\.\/options\/linkerd\.html#s=1&microservices=8$/);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/search.html?q=linkerd#${situation}`);
  await page.locator('[data-results] a').first().waitFor();
  assert.match(await page.locator('[data-results] a').first().getAttribute('href'), /#s=1&microservices=8$/);
  await close();
});

test('search works from the disk, under a path, and on the page for lost readers', async () => {
  for (const [name, address] of [
    ['file', `${fileUrl(SITE)}pages/guide/how-to-decide.html`],
    ['sub-path', `${under.url}pages/guide/how-to-decide.html`],
    ['lost', `${under.url}no/such/page.html`],
  ]) {
    const { page, problems, close } = await open(browser);
    await page.goto(address);
    await type(page, 'kyverno');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/options/kyverno.html');
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Kyverno', name);
    assertNone(problems.filter((problem) => name !== 'lost' || !problem.includes('404')), `${name}: problems`);
    await close();
  }
});

test('without scripts there is no box, and the page of results leads on', async () => {
  const { page, close } = await open(browser, { scripts: false });
  await page.goto(`${server.url}search.html`);
  assert.equal(await page.locator('#search').isVisible(), false);
  assert.ok(await page.getByText('Searching needs a script').isVisible());
  assert.ok((await page.locator('main .ways a').count()) > 5);
  await close();
});
