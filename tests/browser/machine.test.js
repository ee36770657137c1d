// What programs read beside the pages: the feed of changes and the sitemap against their schemas, and what each page
// says it is, in JSON-LD.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { allPages } from './lib/html.js';
import { assertNone } from './lib/problems.js';
import { BASE_URL, SITE, SITE_BASE, exists, files, readBytes, readText } from './lib/site.js';

const ATOM = path.join(import.meta.dirname, '../schemas/atom.rnc');
const SITEMAP = path.join(import.meta.dirname, 'node_modules/sitemap/schema/sitemap.xsd');

/** What the search engines' guides ask of each type; what nests is checked where it stands. */
const REQUIRED = {
  WebSite: ['name', 'url'],
  WebPage: ['name', 'url', 'description'],
  TechArticle: ['headline', 'url', 'description', 'author', 'publisher', 'inLanguage', 'isPartOf'],
  DefinedTerm: ['name', 'url', 'description', 'termCode', 'inDefinedTermSet'],
  DefinedTermSet: ['name', 'url'],
  Dataset: ['name', 'url', 'description', 'creator', 'distribution', 'license'],
  DataDownload: ['contentUrl', 'encodingFormat'],
  BreadcrumbList: ['itemListElement'],
  ListItem: ['position', 'name', 'item'],
  Organization: ['name', 'url'],
};

/** What a page is, by its path. */
function typeOf(file) {
  if (file === 'index.html') return 'WebSite';
  if (file === 'data.html') return 'Dataset';
  if (file.endsWith('/index.html') || !file.includes('/')) return 'WebPage';
  return /^(?:facts|triggers)\//.test(file) ? 'DefinedTerm' : 'TechArticle';
}

/** Runs a judge; what it says if it finds fault. */
function judge(program, ...args) {
  return new Promise((resolve, reject) => {
    execFile(program, args, (error, stdout, stderr) => (error && typeof error.code !== 'number' ? reject(error) : resolve(error ? stdout + stderr : '')));
  });
}

async function refuses(judged, text) {
  const folder = mkdtempSync(path.join(tmpdir(), 'judged-'));
  const file = path.join(folder, 'wrong.xml');
  writeFileSync(file, text);
  const said = await judged(file);
  rmSync(folder, { recursive: true });
  return said !== '';
}

test('the feed is Atom, and its entries lead to places on the page of changes', async () => {
  const atom = (file) => judge('jing', '-c', ATOM, file);
  assert.equal(await atom(path.join(SITE_BASE, 'feed.xml')), '');
  assert.ok(await refuses(atom, readText('feed.xml', SITE_BASE).replace(/<updated>[^<]*<\/updated>/, '')), 'the judge must find what is missing');
  const feed = readText('feed.xml', SITE_BASE);
  const ids = [...feed.matchAll(/<entry>\s*<id>([^<]*)<\/id>/g)].map(([, id]) => id);
  assert.ok(ids.length > 0 && new Set(ids).size === ids.length);
  const page = allPages(SITE_BASE).find(({ file }) => file === 'changes.html');
  assertNone(ids.filter((id) => !id.startsWith(`${BASE_URL}changes.html#`) || !page.ids.has(id.split('#')[1])), 'entries that lead nowhere');
  const days = [...feed.matchAll(/<updated>([^<]*)<\/updated>/g)].map(([, day]) => day);
  assert.deepEqual(days.slice(1), [...days.slice(1)].sort().reverse(), 'the newest first');
  assert.equal(days[0], days[1]);
  const without = allPages(SITE_BASE).filter((one) => one.redirect === undefined && !one.elements.some(({ attributes }) => attributes.type === 'application/atom+xml'));
  assertNone(without.map(({ file }) => file), 'pages that do not name the feed');
  assert.equal(exists('feed.xml', SITE), false, 'without a base URL there are no absolute addresses');
});

test('the sitemap is valid', async () => {
  const sitemap = (file) => judge('xmllint', '--noout', '--nonet', '--schema', SITEMAP, file);
  assert.equal(await sitemap(path.join(SITE_BASE, 'sitemap.xml')), '');
  assert.ok(await refuses(sitemap, readText('sitemap.xml', SITE_BASE).replace('</loc>', '</loc><lastmod>yesterday</lastmod>')), 'the judge must find a wrong date');
});

test('every page says what it is, with all that its type asks for', () => {
  const problems = [];
  for (const page of allPages(SITE_BASE).filter((one) => one.redirect === undefined && one.file !== '404.html')) {
    const blocks = page.elements.filter(({ tag, attributes }) => tag === 'script' && attributes.type === 'application/ld+json');
    if (blocks.length !== 1) { problems.push(`${page.file}: ${blocks.length} blocks`); continue; }
    const data = JSON.parse(blocks[0].text);
    const [about, crumbs] = data['@graph'];
    const say = (what) => problems.push(`${page.file}: ${what}`);
    if (data['@context'] !== 'https://schema.org') say('another vocabulary');
    if (about['@type'] !== typeOf(page.file)) say(`a ${about['@type']}, not a ${typeOf(page.file)}`);
    if (about.url !== page.canonical) say(`${about.url} is not its canonical address`);
    if ((crumbs === undefined) !== (page.file === 'index.html')) say('breadcrumb missing, or on the home page');
    (crumbs?.itemListElement ?? []).forEach(({ position }, place) => position === place + 1 || say(`crumb ${place + 1} is at position ${position}`));
    for (const node of nodes(data['@graph'])) {
      for (const property of REQUIRED[node['@type']] ?? [`a known type, not ${node['@type']}`]) {
        if (node[property] === undefined || node[property] === null || node[property].length === 0) say(`${node['@type']} without ${property}`);
      }
    }
    const known = new Set(allPages(SITE_BASE).map((one) => one.canonical));
    for (const { item } of crumbs?.itemListElement ?? []) if (!known.has(item)) say(`the crumb ${item} is no page`);
  }
  assertNone(problems, 'faults of structured data');
  assertNone(allPages(SITE).flatMap((page) => page.elements.filter(({ attributes }) => attributes.type === 'application/ld+json').map(() => page.file)), 'blocks without a base URL');
});

test('previews have a title, a description, an address and a language', () => {
  const problems = [];
  for (const page of allPages(SITE_BASE).filter((one) => one.redirect === undefined && one.file !== '404.html')) {
    const og = Object.fromEntries(page.elements.filter(({ attributes }) => attributes.property?.startsWith('og:')).map(({ attributes }) => [attributes.property, attributes.content]));
    for (const name of ['og:type', 'og:title', 'og:description', 'og:site_name', 'og:url', 'og:locale']) if (!og[name]) problems.push(`${page.file}: no ${name}`);
    if (og['og:url'] !== page.canonical) problems.push(`${page.file}: ${og['og:url']}`);
  }
  assertNone(problems, 'previews that lack something');
});

test('capabilities and cases have an image of the size that previews want', () => {
  const problems = [];
  let count = 0;
  for (const page of allPages(SITE_BASE).filter((one) => one.redirect === undefined)) {
    const image = page.elements.find(({ attributes }) => attributes.property === 'og:image')?.attributes.content;
    const wanted = /^(?:capabilities|cases)\/(?!index\.html)/.test(page.file);
    if (wanted !== (image !== undefined)) problems.push(`${page.file}: ${image ?? 'no image'}`);
    if (image === undefined) continue;
    count += 1;
    const file = image.slice(BASE_URL.length);
    if (!image.startsWith(BASE_URL) || !exists(file, SITE_BASE)) { problems.push(`${page.file}: ${image} is not there`); continue; }
    const bytes = readBytes(file, SITE_BASE);
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    if (width !== 1200 || height !== 630) problems.push(`${file}: ${width} × ${height}`);
    if (bytes.length > 100_000) problems.push(`${file}: ${bytes.length} bytes`);
  }
  assert.ok(count > 5);
  assertNone(problems, 'previews without a fit image');
  assertNone(files(SITE).filter((file) => file.startsWith('social/')), 'images without a base URL');
});

/** Every object with a type, at any depth. */
function nodes(value) {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (value === null || typeof value !== 'object') return [];
  return [...(value['@type'] ? [value] : []), ...Object.values(value).flatMap(nodes)];
}
