// The content security policy, read from the files: what it says, and that no page needs more than it allows.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { allPages, urlsOf, where } from './lib/html.js';
import { SITE, SITE_BASE, files, readText } from './lib/site.js';
import { assertNone } from './lib/problems.js';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** A redirect needs nothing at all. */
const REDIRECT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'";

const DATA_BLOCKS = ['application/json', 'application/ld+json'];

for (const [name, site] of [['site', SITE], ['site with a base URL', SITE_BASE]]) {
  test(`${name}: every page carries the policy, before anything it governs`, () => {
    const problems = [];
    for (const page of allPages(site)) {
      if (page.csp === undefined) { problems.push(`${page.file}: no policy`); continue; }
      if (page.csp.attributes.content !== (page.redirect === undefined ? POLICY : REDIRECT_POLICY)) problems.push(`${page.file}: another policy: ${page.csp.attributes.content}`);
      if (page.csp.parent !== 'head') problems.push(`${page.file}: the policy is not in the head`);
      const governed = page.elements.findIndex(({ tag }) => ['script', 'link', 'style', 'base', 'img'].includes(tag));
      if (governed !== -1 && governed < page.elements.indexOf(page.csp)) problems.push(`${where(page, page.elements[governed])} stands before the policy`);
    }
    assertNone(problems, 'pages without the policy');
  });

  test(`${name}: no inline style, script or handler`, () => {
    const problems = [];
    for (const page of allPages(site)) {
      for (const element of page.elements) {
        const { tag, attributes, text } = element;
        if (attributes.style !== undefined) problems.push(`${where(page, element, 'style')}: style attribute`);
        if (tag === 'style') problems.push(`${where(page, element)}: style element`);
        if (['iframe', 'object', 'embed', 'base', 'frame', 'applet'].includes(tag)) problems.push(`${where(page, element)}: not allowed`);
        if (tag === 'script') problems.push(...scriptProblems(page, element, text));
        for (const attribute of Object.keys(attributes)) {
          if (/^on/i.test(attribute)) problems.push(`${where(page, element, attribute)}: handler attribute`);
          if (attribute === 'integrity') problems.push(`${where(page, element, attribute)}: refused on file://`);
        }
      }
      for (const { url, element, attribute, loads } of urlsOf(page)) {
        if (/^\s*(javascript|vbscript|file|blob):/i.test(url) || (/^\s*data:/i.test(url) && !loads)) {
          problems.push(`${where(page, element, attribute)}: a URL of this scheme`);
        }
      }
    }
    assertNone(problems, 'things the policy refuses');
  });
}

test('style sheets bring no fonts and import nothing', () => {
  const sheets = files().filter((file) => file.endsWith('.css'));
  assert.ok(sheets.length > 0, 'there are no style sheets');
  assertNone(sheets.filter((file) => /@font-face|@import/.test(readText(file))), 'style sheets that load more');
  assertNone(files().filter((file) => /\.(woff2?|ttf|otf|eot)$/.test(file)), 'font files');
});

function scriptProblems(page, element, text) {
  const { attributes } = element;
  const problems = [];
  if (DATA_BLOCKS.includes(attributes.type)) {
    try {
      JSON.parse(text);
    } catch (error) {
      problems.push(`${where(page, element, 'type')}: ${error.message}`);
    }
    if (text.includes('<')) problems.push(`${where(page, element, 'type')}: an unescaped < in data`);
  } else if (attributes.type !== undefined) {
    problems.push(`${where(page, element, 'type')}: only classic scripts and data work on file://`);
  } else if (attributes.src === undefined) {
    problems.push(`${where(page, element)}: inline script`);
  } else if (attributes.defer === undefined && attributes.async === undefined && element.parent !== 'head') {
    problems.push(`${where(page, element, 'src')}: blocks the page`);
  }
  return problems;
}
