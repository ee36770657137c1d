// Links, read from the published files and not from the generator's idea of them.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { allPages, urlsOf, where } from './lib/html.js';
import { BASE_URL, SITE, SITE_BASE, exists, files, kindOf, readText, SAMPLES } from './lib/site.js';
import { assertNone } from './lib/problems.js';

const HOME = 'index.html';
const NOT_FOUND = '404.html';

for (const [name, site, base] of [['site', SITE, '/'], ['site with a base URL', SITE_BASE, new URL(BASE_URL).pathname]]) {
  test(`${name}: every link leads to a file, every fragment to an id`, () => {
    const published = new Set(files(site));
    const byFile = new Map(allPages(site).map((page) => [page.file, page]));
    assert.ok(byFile.size > 100, `only ${byFile.size} pages`);
    const problems = [];
    for (const { page, url, element, attribute, local } of localUrls(site, base)) {
      const say = (what) => problems.push(`${where(page, element)} ${attribute}="${url}" ${what}`);
      if (local.error) { say(local.error); continue; }
      if (!published.has(local.file)) { say(`leads to ${local.file}, which is no file`); continue; }
      // A fragment may also be a situation, which scripts read.
      if (local.fragment !== '' && !/^s=1(&|$)/.test(local.fragment) && byFile.has(local.file) && !byFile.get(local.file).ids.has(local.fragment)) {
        say(`leads to an id that ${local.file} does not have`);
      }
    }
    assertNone(problems, 'broken links');
  });

  test(`${name}: only 404.html links absolutely`, () => {
    const problems = [];
    for (const { page, url, element, attribute, absolute } of localUrls(site, base)) {
      if (absolute && page.file !== NOT_FOUND) problems.push(`${where(page, element)} ${attribute}="${url}" is absolute`);
      if (!absolute && page.file === NOT_FOUND && !url.startsWith('#')) {
        problems.push(`${where(page, element)} ${attribute}="${url}" is relative, but this page is shown at any depth`);
      }
    }
    assertNone(problems, 'links of the wrong form');
  });

  test(`${name}: pages load nothing from another host`, () => {
    const problems = [];
    for (const page of allPages(site)) {
      for (const { url, element, attribute, loads } of urlsOf(page)) {
        if (loads && isForeign(url)) problems.push(`${where(page, element)} ${attribute}="${url}"`);
      }
    }
    for (const file of files(site).filter((name) => /\.(css|svg|js)$/.test(name))) {
      for (const [, url] of readText(file, site).matchAll(/(?:@import\s+["']?|url\(\s*["']?|fetch\(\s*["'`]|import\s*\(?["'`])([^"'`)\s]+)/g)) {
        if (isForeign(url)) problems.push(`${file}: ${url}`);
      }
    }
    assertNone(problems, 'requests to other hosts');
  });

  test(`${name}: every page can be reached from the first`, () => {
    const pages = new Map(allPages(site).map((page) => [page.file, page]));
    const links = new Map();
    for (const { page, element, local } of localUrls(site, base)) {
      if (element.tag === 'a') links.set(page.file, [...(links.get(page.file) ?? []), local.file]);
    }
    const reached = new Set([HOME]);
    for (const file of reached) for (const next of links.get(file) ?? []) if (pages.has(next)) reached.add(next);
    const lost = [...pages.values()].filter((page) => !reached.has(page.file) && page.file !== NOT_FOUND && page.redirect === undefined);
    assertNone(lost.map((page) => page.file), 'pages that nothing leads to');
  });

  test(`${name}: assets are used, and named by their content`, () => {
    const used = new Set();
    for (const { local } of localUrls(site, base)) used.add(local.file);
    for (const file of files(site).filter((name) => /\.(css|js)$/.test(name))) {
      for (const other of files(site).filter((name) => name.startsWith('assets/'))) {
        if (readText(file, site).includes(other.split('/').pop())) used.add(other);
      }
    }
    const assets = files(site).filter((name) => name.startsWith('assets/'));
    assert.ok(assets.length > 0, 'there are no assets');
    assertNone(assets.filter((name) => !used.has(name)), 'assets that no page uses');
    assertNone(assets.filter((name) => /\.(css|js)$/.test(name) && !/\.[0-9a-f]{6,}\.(css|js)$/.test(name)), 'assets without a hash in the name');
  });
}

test('every kind of page has a sample that slow tests look at, and every sample is published', () => {
  const samples = Object.values(SAMPLES);
  assertNone(samples.filter((file) => !exists(file)), 'samples that are not published');
  const sampled = new Set(samples.map(kindOf));
  const published = allPages().filter((page) => page.redirect === undefined).map((page) => page.file);
  assertNone(published.filter((file) => !sampled.has(kindOf(file))), 'pages of a kind without a sample');
});

test('pages have a title and a description of their own', () => {
  const problems = [];
  const titles = new Map();
  for (const page of allPages().filter((page) => page.redirect === undefined)) {
    if (!page.title) problems.push(`${page.file}: no title`);
    const description = page.elements.find(({ tag, attributes }) => tag === 'meta' && attributes.name === 'description');
    if (!description?.attributes.content?.trim()) problems.push(`${page.file}: no description`);
    if (titles.has(page.title)) problems.push(`${page.file}: the same title as ${titles.get(page.title)}: ${page.title}`);
    titles.set(page.title, page.file);
  }
  assertNone(problems, 'pages that search results cannot tell apart');
});

test('without a base URL nothing is absolute: no sitemap, no canonical links', () => {
  assert.ok(!exists('sitemap.xml'), 'sitemap.xml needs absolute URLs');
  assertNone(allPages().filter((page) => page.canonical !== undefined).map((page) => page.file), 'canonical links');
});

test('with a base URL the sitemap lists every page, and canonical links say the same', () => {
  const locations = [...readText('sitemap.xml', SITE_BASE).matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => url);
  const outside = locations.filter((url) => !url.startsWith(BASE_URL));
  assertNone(outside, 'locations outside the base URL');
  const listed = locations.map((url) => decodeURIComponent(url.slice(BASE_URL.length)) || HOME);
  assert.equal(new Set(listed).size, listed.length, 'a page is listed twice');
  const expected = allPages(SITE_BASE).filter((page) => page.file !== NOT_FOUND && page.redirect === undefined);
  assert.deepEqual([...listed].sort(), expected.map((page) => page.file).sort());
  const wrong = expected.filter((page) => page.canonical !== locations[listed.indexOf(page.file)]);
  assertNone(wrong.map((page) => `${page.file}: ${page.canonical}`), 'canonical links that differ from the sitemap');
  assert.match(readText('robots.txt', SITE_BASE), new RegExp(`^Sitemap: ${BASE_URL}sitemap.xml$`, 'm'));
});

test('redirects lead to a page that is none, and say so in words', () => {
  const problems = [];
  for (const page of allPages().filter((page) => page.redirect !== undefined)) {
    const target = resolve(page.file, page.redirect, '/').file;
    if (allPages().find((other) => other.file === target)?.redirect !== undefined) problems.push(`${page.file}: leads to another redirect`);
    if (!page.elements.some(({ tag, attributes }) => tag === 'a' && attributes.href === page.redirect)) problems.push(`${page.file}: no link`);
  }
  assertNone(problems, 'redirects that do not help');
});

test('every published JSON file parses', () => {
  const found = files().filter((file) => file.endsWith('.json'));
  assert.ok(found.length > 0, 'there are no JSON files');
  const problems = [];
  for (const file of found) {
    try {
      const value = JSON.parse(readText(file));
      if (Array.isArray(value) || value === null || typeof value !== 'object') problems.push(`${file}: not an object at the root`);
    } catch (error) {
      problems.push(`${file}: ${error.message}`);
    }
  }
  assertNone(problems, 'bad JSON files');
});

for (const [name, site, root] of [['site', SITE, ''], ['site with a base URL', SITE_BASE, BASE_URL]]) {
  test(`${name}: every address in the JSON files leads to a file`, () => {
    let seen = 0;
    const problems = [];
    const look = (file, value, key) => {
      if (typeof value === 'object' && value !== null) {
        for (const [name, inner] of Object.entries(value)) look(file, inner, Array.isArray(value) || key === 'links' ? key : name);
      } else if (typeof value === 'string' && ['url', 'json', 'links'].includes(key)) {
        // What is not ours is the home page of a tool.
        if (/^https?:/.test(value) && !(root && value.startsWith(root))) return;
        seen += 1;
        if (!exists(resolve('', value.slice(root && value.startsWith(root) ? root.length : 0), '/').file || HOME, site)) problems.push(`${file}: "${key}": "${value}"`);
      }
    };
    for (const file of files(site).filter((file) => file.endsWith('.json') && file.startsWith('api/'))) look(file, JSON.parse(readText(file, site)));
    assert.ok(seen > 100, `only ${seen} addresses`);
    assertNone([...new Set(problems)], 'addresses that lead nowhere');
  });
}

/** Every URL of a site's pages that means one of its own files, with the file it leads to. */
function localUrls(site, base) {
  const found = [];
  for (const page of allPages(site)) {
    for (const entry of urlsOf(page)) {
      const { url, element } = entry;
      if (/^(mailto|data):/i.test(url)) continue;
      const own = url.startsWith(BASE_URL) && element.tag !== 'a' && site === SITE_BASE;
      if (isForeign(url) && !own) continue;
      const text = own ? base + url.slice(BASE_URL.length) : url;
      found.push({ page, ...entry, absolute: !own && url.startsWith('/'), local: resolve(page.file, text, base) });
    }
  }
  return found;
}

function isForeign(url) {
  return /^[a-z][a-z0-9+.-]*:/i.test(url) ? !/^data:/i.test(url) : url.startsWith('//');
}

/** The file of the site that a URL on a page means: { file, fragment }, or { error }. */
function resolve(from, url, base) {
  const [, address, , fragment = ''] = url.match(/^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s);
  let file = from;
  if (address.startsWith('/')) {
    if (!address.startsWith(base)) return { error: `is outside ${base}` };
    file = decodeURIComponent(address.slice(base.length)) || HOME;
  } else if (address !== '') {
    const parts = from.split('/').slice(0, -1);
    for (const part of address.split('/')) {
      if (part === '..' && parts.pop() === undefined) return { error: 'leads out of the site' };
      if (part !== '..' && part !== '.') parts.push(decodeURIComponent(part));
    }
    file = parts.join('/');
  }
  return { file, fragment: decodeURIComponent(fragment) };
}
