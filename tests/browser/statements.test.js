// What the site states about its accessibility, a test for each statement; axe judges what can be judged by rule.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch, open } from './lib/browser.js';
import { matrix } from './lib/matrix.js';
import { assertNone } from './lib/problems.js';
import { serve } from './lib/server.js';
import { SAMPLES, SITE } from './lib/site.js';

const CASE = 's=1&architecture=microservices&budget=concern&compliance=gdpr&debug_hours_per_incident=2&developers=12&microservices=8&needs_mtls=false&network_policies_suffice=true';
/** Every kind of page, and those that a situation changes. */
const PAGES = { ...SAMPLES, 'matrix with a situation': `matrix.html#${CASE}`, 'assessment with a situation': `assess.html#${CASE}`, 'capability with a situation': `capabilities/service-mesh.html#${CASE}` };

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

/** Opens every page in one look and collects what `look` finds. */
async function everywhere(options, what, look, pages = PAGES) {
  const { page, close } = await open(browser, options);
  const found = [];
  for (const [name, file] of Object.entries(pages)) {
    await page.goto('about:blank');
    await page.goto(server.url + file);
    if (file.includes('#s=')) await page.locator('.panel, tr [data-label=Verdict], [data-verdicts] section').first().waitFor();
    for (const problem of await look(page, name)) found.push(`${name}: ${problem}`);
  }
  await close();
  assertNone(found, what);
}

test('every page has one h1, and its landmarks have names where there are several of a kind', () =>
  everywhere({}, 'pages without their landmarks', async (page) => {
    const found = [];
    for (const [role, number] of [['banner', 1], ['main', 1], ['contentinfo', 1]]) {
      const count = await page.getByRole(role).count();
      if (count !== number) found.push(`${count} of ${role}`);
    }
    if ((await page.getByRole('heading', { level: 1 }).count()) !== 1) found.push('not one h1');
    const names = await page.getByRole('navigation').evaluateAll((all) => all.map((nav) => nav.getAttribute('aria-label') ?? document.getElementById(nav.getAttribute('aria-labelledby'))?.textContent ?? ''));
    if (names.includes('') || new Set(names).size !== names.length) found.push(`navigations: ${names.join(' | ')}`);
    // Everything that is read stands in a landmark or is the way past them.
    const outside = await page.evaluate(() => [...document.body.children].filter((child) => child.textContent.trim() && !child.matches('header, main, footer, aside, script, .skip-link, svg')).map((child) => child.outerHTML.slice(0, 80)));
    return [...found, ...outside.map((html) => `outside of landmarks: ${html}`)];
  }));

test('what follows a heading belongs to it: no text stands between two sections', () =>
  everywhere({}, 'texts without a heading', (page) =>
    page.evaluate(() => [...document.querySelectorAll('.sections > .section ~ :not(.section)')].filter((one) => one.textContent.trim()).map((one) => one.outerHTML.slice(0, 100)))));

test('a number stays on the line of its unit', () =>
  everywhere({ width: 390 }, 'numbers that leave their units', (page) =>
    page.evaluate(() => {
      const found = [];
      const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest('code, pre, script, template, svg, .code') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        for (const match of node.data.matchAll(/\d+(?:%|\s(?:microservices?|services|hours?|developers?|clusters?|minutes?))(?!\p{L})/gu)) {
          const range = document.createRange();
          range.setStart(node, match.index);
          range.setEnd(node, match.index + match[0].length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(`${match[0]}: ${node.data.slice(0, 80)}`);
        }
      }
      return found.slice(0, 4);
    })));

test('the matrix is a table with a name, column and row headers; sorting and facets have roles, names and states', async () => {
  const { page, close } = await open(browser);
  await page.goto(`${server.url}matrix.html`);
  const it = matrix(page);
  const table = page.getByRole('table', { name: /Capabilities/ });
  assert.equal(await table.count(), 1);
  const columns = await table.getByRole('columnheader').count();
  assert.equal(columns, 5);
  assert.equal(await table.getByRole('rowheader').count(), await it.total());
  assert.equal(await table.getByRole('row').count(), 1 + (await it.total()));
  for (const name of ['Capability', 'Complexity', 'Layer']) assert.equal(await table.getByRole('columnheader', { name }).getByRole('button', { name }).count(), 1, name);
  assert.equal(await page.getByRole('search', { name: 'Filter capabilities' }).count(), 1);
  assert.equal(await page.getByRole('searchbox', { name: 'Find' }).count(), 1);
  for (const facet of ['Layer', 'Complexity']) {
    const boxes = it.facet(facet).getByRole('checkbox');
    assert.ok((await boxes.count()) >= 1, facet);
    for (const box of await boxes.all()) {
      const name = await box.evaluate((element) => element.labels[0].textContent.trim());
      assert.match(name, /^\S.* \d+$/, 'a box says what it holds and how many');
    }
  }
  await it.sortButton(/complexity/i).click();
  assert.equal(await it.header(/complexity/i).getAttribute('aria-sort'), 'ascending');
  assert.equal(await page.locator('[aria-sort]').count(), 1, 'one column says that it sorts');
  await close();
});

test('counts are said once: one live region, one message for a burst of changes, none at the start', async () => {
  const { page, close } = await open(browser);
  await page.goto(`${server.url}matrix.html`);
  await page.evaluate(() => {
    globalThis.told = [];
    for (const region of document.querySelectorAll('[role=status], [aria-live]')) {
      new MutationObserver(() => { const text = region.textContent.trim(); if (text && !region.hidden) globalThis.told.push(text); }).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
  await page.waitForTimeout(1000);
  assert.deepEqual(await page.evaluate(() => globalThis.told), []);
  await page.getByRole('searchbox', { name: 'Find' }).pressSequentially('mesh', { delay: 40 });
  await page.waitForTimeout(1200);
  const told = await page.evaluate(() => globalThis.told);
  assert.equal(told.length, 1, told.join(' | '));
  assert.match(told[0], /^\d+ of \d+ capabilities/);
  await close();
});

test('using a control neither loses nor moves the focus', async () => {
  const { page, close } = await open(browser);
  const use = async (file, control, key) => {
    await page.goto(server.url + file);
    await control().focus();
    const before = await page.evaluate(() => { globalThis.focusedBefore = document.activeElement; return document.activeElement.outerHTML; });
    await page.keyboard.press(key);
    await page.waitForTimeout(300);
    assert.ok(await page.evaluate(() => document.activeElement === globalThis.focusedBefore), `${file}: ${before.slice(0, 120)}`);
  };
  await use('matrix.html', () => page.getByRole('group', { name: 'Complexity' }).getByRole('checkbox').first(), ' ');
  await use('matrix.html', () => page.getByRole('columnheader', { name: 'Layer' }).getByRole('button'), 'Enter');
  await use('matrix.html', () => page.getByRole('searchbox', { name: 'Find' }), 'q');
  await use('trade-offs/distributed-tracing.html', () => page.getByRole('group', { name: 'Compare only' }).getByRole('checkbox').first(), ' ');
  await use('trade-offs/distributed-tracing.html', () => page.getByRole('checkbox', { name: 'Only where they differ' }), ' ');
  await use('index.html', () => page.getByRole('banner').getByRole('combobox'), 'ArrowDown');
  await close();
});

test('the skip link leads to the content, and the next stop is in it', () =>
  everywhere({}, 'pages whose skip link does not skip', async (page) => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    return (await page.evaluate(() => document.activeElement === document.body || document.querySelector('main').contains(document.activeElement) || document.querySelector('footer').contains(document.activeElement)))
      ? []
      : [await page.evaluate(() => document.activeElement.outerHTML.slice(0, 100))];
  }, SAMPLES));

test('every stop of the keyboard shows its focus, with a line of 2 px or more, in both themes', async () => {
  for (const colorScheme of ['light', 'dark']) {
    await everywhere({ colorScheme }, 'stops without a visible focus', (page) =>
      page.evaluate(() => {
        const found = [];
        for (const element of document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')) {
          if (!element.checkVisibility({ visibilityProperty: true })) continue;
          element.focus({ preventScroll: true, focusVisible: true });
          if (document.activeElement !== element) continue;
          // A control that is drawn by its neighbour, and a link of a drawing, show it there.
          const drawn = [element, element.nextElementSibling, element.querySelector('.node')].filter(Boolean);
          const line = ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
          const ring = element.querySelector('.node') && parseFloat(getComputedStyle(element.querySelector('.node')).strokeWidth) >= 2;
          if (!ring && !drawn.some((one) => line(getComputedStyle(one)))) found.push(element.outerHTML.slice(0, 120));
        }
        return found.slice(0, 3);
      }));
  }
});

for (const width of [1280, 390]) {
  test(`everything that is pressed measures 24 by 24 px, or stands in a sentence or far enough from the next, at ${width} px`, () =>
    everywhere({ width }, 'targets that are too small', (page) =>
      page.evaluate(() => {
        const targets = [...document.querySelectorAll('a[href], button, input, select, summary')].filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !element.matches('.skip-link, .permalink'));
        const boxOf = (element) => (element.matches('input') && element.labels?.[0] ? element.labels[0] : element).getBoundingClientRect();
        const inSentence = (element) => element.matches('a') && [...element.parentElement.childNodes].some((node) => node.nodeType === 3 && node.data.trim().length > 1);
        const boxes = targets.map(boxOf);
        const small = targets.map((element, n) => ({ element, box: boxes[n], n })).filter(({ element, box }) => (box.width < 23.5 || box.height < 23.5) && !inSentence(element) && box.width > 0);
        // The spacing exception: a circle of 24 px around its middle meets no other target's box.
        return small
          .filter(({ box, n }) => boxes.some((other, m) => {
            if (m === n || other.width === 0 || targets[n].contains(targets[m]) || targets[m].contains(targets[n])) return false;
            const x = Math.max(other.left, Math.min((box.left + box.right) / 2, other.right)) - (box.left + box.right) / 2;
            const y = Math.max(other.top, Math.min((box.top + box.bottom) / 2, other.bottom)) - (box.top + box.bottom) / 2;
            return Math.hypot(x, y) < 12;
          }))
          .map(({ element, box }) => `${box.width.toFixed(0)} × ${box.height.toFixed(0)}: ${element.outerHTML.slice(0, 100)}`)
          .slice(0, 4);
      })));
}

test('at 320 px and at 200 % zoom nothing scrolls sideways, with a situation too', async () => {
  for (const [width, deviceScaleFactor] of [[320, 1], [640, 2]]) {
    await everywhere({ width, height: 450, deviceScaleFactor }, `pages that scroll sideways at ${width} px`, async (page) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      return wide > width ? [`${wide} px`] : [];
    });
  }
});

for (const width of [1280, 320]) {
  test(`titles of 120 characters with a word that has no break scroll nothing sideways, at ${width} px`, () =>
    everywhere({ width }, 'pages that a long title widens', async (page) => {
      const wide = await page.evaluate(() => {
        const long = ' that goes on and on because its author could not decide on a shorter one: Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk';
        for (const name of document.querySelectorAll('main :is(h1, h2, h3, .name, td > a, dd > a, li > a, nav a, label > span > [data-name])')) {
          const text = [...name.childNodes].find((node) => node.nodeType === 3 && node.data.trim());
          if (text) text.data += long;
        }
        const outside = [...document.querySelectorAll('main *')].filter((one) => one.checkVisibility() && !one.closest('svg, .for-screen-readers, .table-scroll, .code') && one.getBoundingClientRect().right > innerWidth + 1);
        return document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} px: ${outside.at(-1)?.outerHTML.slice(0, 120)}`] : [];
      });
      return wide;
    }));
}

for (const width of [1280, 320]) {
  test(`with the text spacing of WCAG 1.4.12 no text is cut off or lies on other text, at ${width} px`, () =>
    everywhere({ width }, 'texts that spacing breaks', async (page) => {
      await page.evaluate(() => {
        // A style of the user's is not the page's: it passes the policy as a constructed sheet.
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
        document.adoptedStyleSheets = [sheet];
      });
      return page.evaluate((room) => {
        const found = [];
        const wide = document.documentElement.scrollWidth;
        if (wide > room) found.push(`scrolls sideways: ${wide} px: ${[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > room + 0.5).at(-1)?.outerHTML.slice(0, 150)}`);
        for (const element of document.querySelectorAll('main *, header *, footer *')) {
          if (!element.checkVisibility() || element.closest('svg, .for-screen-readers, .box, .stacks > thead')) continue;
          const { overflowX, overflowY } = getComputedStyle(element);
          const cuts = (overflow, client, scroll) => overflow === 'hidden' && scroll > client + 2;
          if (cuts(overflowX, element.clientWidth, element.scrollWidth) || cuts(overflowY, element.clientHeight, element.scrollHeight)) found.push(`cut off: ${element.outerHTML.slice(0, 100)}`);
        }
        return found.slice(0, 3);
      }, width);
    }));
}

test('verdicts are told apart without colour: each has its word and its shape, in greyscale and in forced colours', async () => {
  for (const forcedColors of ['none', 'active']) {
    const { page, close } = await open(browser, { forcedColors, height: 1600 });
    await page.goto(`${server.url}assess.html#${CASE}`);
    await page.locator('[data-verdicts] section').first().waitFor();
    const badges = await page.locator('.verdict').evaluateAll((all) =>
      all.filter((badge) => badge.checkVisibility()).map((badge) => ({
        kind: badge.className.match(/verdict-(adopt|prepare|consider|wait|skip|open)/)[1],
        word: badge.textContent.trim(),
        shape: badge.querySelector('use')?.getAttribute('href'),
        dashed: getComputedStyle(badge).borderTopStyle === 'dashed',
        probably: badge.classList.contains('verdict-probably'),
      })));
    const shapes = new Map();
    for (const { kind, word, shape, dashed, probably } of badges) {
      assert.ok(word.length > 2 && shape, `${kind} has a word and a shape`);
      assert.equal(dashed, probably, `${word}: only "probably" is dashed`);
      assert.equal(shapes.get(shape) ?? kind, kind, `${shape} stands for one verdict`);
      shapes.set(shape, kind);
    }
    assert.ok(shapes.size >= 3, `${shapes.size} verdicts on the page`);
    // The shapes themselves differ: what is drawn, without the colour.
    const drawn = await page.evaluate(() => ['adopt', 'prepare', 'consider', 'wait', 'skip', 'open'].map((kind) => document.getElementById(`icon-${kind}`).innerHTML.replace(/\s+/g, ' ')));
    assert.equal(new Set(drawn).size, 6);
    await close();
  }
});

test('shapes of verdicts, as pictures without colour, differ in more than their edges', async () => {
  const kinds = ['adopt', 'prepare', 'consider', 'wait', 'skip', 'open', 'guidance'];
  const { page, close } = await open(browser, { height: 400 });
  await page.goto(`${server.url}assess.html`);
  await page.evaluate((all) => {
    const icon = (kind) => `<svg width="32" height="32" color="black" data-shape="${kind}"><use href="#icon-${kind}"/></svg>`;
    document.getElementById('main').innerHTML = all.map(icon).join(' ');
  }, kinds);
  const pictures = [];
  for (const kind of kinds) {
    const png = await page.locator(`[data-shape="${kind}"]`).screenshot();
    pictures.push(`data:image/png;base64,${png.toString('base64')}`);
  }
  await page.goto('about:blank');
  const greys = await page.evaluate((all) => Promise.all(all.map(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = new OffscreenCanvas(32, 32).getContext('2d');
    canvas.filter = 'grayscale(1)';
    canvas.drawImage(image, 0, 0);
    return [...canvas.getImageData(0, 0, 32, 32).data].filter((_, n) => n % 4 === 0);
  })), pictures);
  for (const [n, one] of greys.entries()) {
    for (const [m, other] of greys.slice(0, n).entries()) {
      const unlike = one.filter((grey, at) => Math.abs(grey - other[at]) > 96).length / one.length;
      assert.ok(unlike > 0.05, `${kinds[n]} and ${kinds[m]} differ in ${(100 * unlike).toFixed(1)} % of their points`);
    }
  }
  await close();
});

test('what is chosen is told apart without colour in forced colours', async () => {
  const { page, close } = await open(browser, { forcedColors: 'active' });
  await page.goto(`${server.url}matrix.html`);
  const box = page.getByRole('group', { name: 'Complexity' }).getByRole('checkbox').first();
  const line = () => box.evaluate((element) => { const { outlineStyle, outlineWidth, borderTopWidth, fontWeight } = getComputedStyle(element.nextElementSibling); return `${outlineStyle} ${outlineWidth} ${borderTopWidth} ${fontWeight}`; });
  const before = await line();
  await box.check();
  await page.getByRole('searchbox', { name: 'Find' }).focus();
  assert.notEqual(await line(), before);
  await close();
});

test('reduced motion: nothing moves, fades or scrolls smoothly', () =>
  everywhere({ reducedMotion: 'reduce' }, 'things that move', (page) =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('body *')]
        .filter((element) => {
          const style = getComputedStyle(element);
          return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
        })
        .map((element) => element.outerHTML.slice(0, 80))
        .slice(0, 3))));

test('paper keeps the verdict words and drops the controls, with a situation too', async () => {
  const { page, close } = await open(browser, { width: 720 });
  for (const [file, wait] of [[`assess.html#${CASE}`, '[data-verdicts] section'], [`matrix.html#${CASE}`, 'tr [data-label=Verdict]'], [`capabilities/service-mesh.html#${CASE}`, '.panel'], [`trade-offs/service-mesh.html#${CASE}`, 'tr.for-you']]) {
    await page.emulateMedia({ media: 'screen' });
    await page.goto('about:blank');
    await page.goto(server.url + file);
    await page.locator(wait).first().waitFor();
    const words = () => page.locator('.verdict').evaluateAll((all) => all.filter((badge) => badge.checkVisibility()).map((badge) => badge.textContent.trim()));
    const onScreen = await words();
    await page.emulateMedia({ media: 'print' });
    assert.ok(onScreen.length > 0, file);
    assert.deepEqual(await words(), onScreen, file);
    const controls = await page.locator('select, input, main button:not(thead button)').evaluateAll((all) => all.filter((control) => control.checkVisibility()).map((control) => control.outerHTML.slice(0, 80)));
    assert.deepEqual(controls, [], `${file}: controls on paper`);
  }
  await close();
});
