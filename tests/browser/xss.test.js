// Content cannot script the reader: every text field of every kind holds something that tries to. Every page is read by
// the browser's parser, and Chromium visits them with the policy on: nothing runs, nothing is loaded, nothing is refused.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fileUrl, launch, open } from './lib/browser.js';
import { parsePage, urlsOf, where } from './lib/html.js';
import { assertNone } from './lib/problems.js';
import { files, htmlFiles, readText } from './lib/site.js';

/** What tries to run. `FIRE` says so if it does. */
const FIRE = 'window.fired=1';
const PAYLOADS = [
  `<script>${FIRE}</script>`, `</script><script>${FIRE}</script>`, `</title><script>${FIRE}</script>`, `</style><script>${FIRE}</script>`, `</textarea><script>${FIRE}</script>`,
  `</noscript><script>${FIRE}</script>`, `--><script>${FIRE}</script>`, `]]><script>${FIRE}</script>`, `"><script>${FIRE}</script>`, `'><script>${FIRE}</script>`,
  `\`><script>${FIRE}</script>`, `<ScRiPt>${FIRE}</sCrIpT>`, `<script/x>${FIRE}</script >`, `<script\t>${FIRE}</script\t>`, `<<script>${FIRE}//<</script>`,
  `<script src=data:text/javascript,${FIRE}></script>`, '<script src=//evil.example/x.js></script>', `<script type=module>${FIRE}</script>`, `<img src=x onerror=${FIRE}>`, `<img src=x onerror="${FIRE}">`,
  `<img/src/onerror=${FIRE}>`, `<img src=x:x onerror&#61;${FIRE}>`, `<image href=x onerror=${FIRE}>`, `<svg onload=${FIRE}>`, `<svg/onload=${FIRE}>`, `<svg><script>${FIRE}</script></svg>`,
  `<svg><animate onbegin=${FIRE} attributeName=x dur=1s>`, `<svg><a xlink:href="javascript:${FIRE}"><text y=20>x</text></a></svg>`, `<svg><use href="data:image/svg+xml,<svg id=x onload=${FIRE}>#x"/></svg>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=${FIRE}>`, `<math href="javascript:${FIRE}">x</math>`, `<body onload=${FIRE}>`, `<input autofocus onfocus=${FIRE}>`, `<select autofocus onfocus=${FIRE}>`,
  `<textarea autofocus onfocus=${FIRE}>`, `<details open ontoggle=${FIRE}>`, `<video><source onerror=${FIRE}></video>`, `<audio src=x onerror=${FIRE}>`, `<marquee onstart=${FIRE}>`, `<div style="animation:x" onanimationstart=${FIRE}>`,
  `<iframe srcdoc="<script>parent.${FIRE}</script>"></iframe>`, `<iframe src="javascript:parent.${FIRE}"></iframe>`, `<object data="javascript:${FIRE}"></object>`, `<embed src="javascript:${FIRE}">`,
  `<a href="javascript:${FIRE}">x</a>`, `<form action="javascript:${FIRE}"><button>x</button></form>`, `<base href="javascript:${FIRE}//">`, `<meta http-equiv=refresh content="0;url=javascript:${FIRE}">`,
  '<meta http-equiv=Content-Security-Policy content="script-src *">', '<link rel=stylesheet href=//evil.example/x.css>', '<link rel=import href=//evil.example>', '<style>@import "//evil.example/x.css";</style>',
  '<style>*{background:url(//evil.example/x)}</style>', `" onmouseover="${FIRE}" x="`, `' onmouseover='${FIRE}' x='`, `x onmouseover=${FIRE} x`, `" autofocus onfocus="${FIRE}`, `\\";${FIRE}//`, `";${FIRE}//`, `';${FIRE}//`,
  `\${${FIRE}}`, `{{ ${FIRE} }}`, `{{constructor.constructor('${FIRE}')()}}`, `<template><script>${FIRE}</script></template>`, `<!--<script>${FIRE}`, `<!--><script>${FIRE}</script>-->`, `<![CDATA[<script>${FIRE}</script>]]>`,
  `<?xml version="1.0"?><script>${FIRE}</script>`, `&lt;script&gt;${FIRE}&lt;/script&gt;`, `&#60;script&#62;${FIRE}&#60;/script&#62;`, `\\u003cscript\\u003e${FIRE}\\u003c/script\\u003e`, `%3Cscript%3E${FIRE}%3C/script%3E`,
  `<scr<script>ipt>${FIRE}</scr</script>ipt>`, `<p><img src="</p><img src=x onerror=${FIRE}>">`, `<a href="https://example.org/?q=</script><script>${FIRE}</script>">x</a>`, `\u2028<script>${FIRE}</script>\u2029`, `__proto__`, `constructor`,
];
const PLAIN = 'Words';

/** Kinds of markup that Markdown in a text may become. */
const INLINE = new Set(['em', 'strong', 'code', 'del', 'a', 'br']);

const program = process.env.WORTHWHILE ?? ['release', 'debug'].map((profile) => fileURLToPath(new URL(`../../target/${profile}/worthwhile`, import.meta.url))).find((file) => existsSync(file));
const home = mkdtempSync(path.join(tmpdir(), 'worthwhile-xss-'));
const hostile = path.join(home, 'hostile');
const plain = path.join(home, 'plain');
let browser;

before(async () => {
  build('hostile', (n) => PAYLOADS[n % PAYLOADS.length], hostile);
  build('plain', () => PLAIN, plain);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

test('there are enough of them', () => assert.ok(new Set(PAYLOADS).size >= 60));

test('a payload becomes neither an element nor an attribute', () => {
  const shapes = (site) => {
    const found = new Map();
    for (const file of htmlFiles(site)) {
      for (const element of parsePage(file, site).elements) {
        for (const attribute of ['', ...Object.keys(element.attributes)]) found.set(`${element.tag} ${attribute}`, `${file}:${element.line}`);
      }
    }
    return found;
  };
  const usual = shapes(plain);
  assert.ok(usual.size > 100, 'the plain site has pages');
  const more = [...shapes(hostile)].filter(([shape]) => !usual.has(shape) && !INLINE.has(shape.split(' ')[0]));
  assertNone(more.map(([shape, at]) => `${at}: <${shape}>`), 'elements or attributes that only the hostile site has');
});

test('nothing in a page could run', () => {
  const problems = [];
  for (const file of htmlFiles(hostile)) {
    const page = parsePage(file, hostile);
    assert.ok(page.csp, `${file} has the policy`);
    for (const element of page.elements) {
      const { tag, attributes, text } = element;
      const data = /^application\/(ld\+)?json$/.test(attributes.type ?? '');
      if (tag === 'script' && data) JSON.parse(text);
      if (tag === 'script' && !data && (attributes.src === undefined || text.trim() !== '')) problems.push(`${where(page, element)}: inline script`);
      if (['iframe', 'object', 'embed', 'base', 'frame', 'applet', 'style', 'template'].includes(tag)) problems.push(where(page, element));
      for (const name of Object.keys(attributes)) {
        if (/^on|^style$|^srcdoc$|^formaction$/i.test(name) || /[<>"'=]/.test(name)) problems.push(where(page, element, name));
      }
    }
    for (const { url, element, attribute } of urlsOf(page)) {
      if (/^\s*(javascript|vbscript|data|blob|file):/i.test(url) && !/^data:image\/svg\+xml/.test(url)) problems.push(where(page, element, attribute));
      if (/evil\.example/.test(url) && element.tag !== 'a') problems.push(where(page, element, attribute));
    }
  }
  assertNone(problems, 'things that could run');
});

test('what programs read is well-formed', () => {
  for (const file of files(hostile)) {
    const text = readText(file, hostile);
    if (file.endsWith('.json')) assert.doesNotThrow(() => JSON.parse(text), file);
    if (/\.(xml|svg)$/.test(file)) assert.ok(!/<(script|img|iframe|body|input|a|style|meta|base)\b/i.test(text), file);
    if (file.endsWith('.js')) assert.doesNotThrow(() => new Function(text), file);
  }
});

test('nothing fires, and the policy has nothing to refuse', async () => {
  const { page, problems, close } = await open(browser);
  await page.addInitScript(() => {
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => { window.fired = name; };
  });
  const seen = [];
  const visit = htmlFiles(hostile).filter((file) => file !== '404.html' && (!/^(options|components|facts|cases|pages|triggers|trade-offs)\/.*\d\.html$/.test(file) || /[05]\.html$/.test(file)));
  assert.ok(visit.length > 40, `${visit.length} pages to visit`);
  for (const file of visit) {
    await page.goto(fileUrl(hostile) + file);
    // Whoever moves over everything and follows what can be focused.
    await page.evaluate(() => {
      for (const element of document.querySelectorAll('*')) {
        for (const type of ['mouseover', 'focus', 'toggle', 'error', 'load', 'animationstart']) element.dispatchEvent(new Event(type));
      }
    });
    if (await page.evaluate(() => window.fired !== undefined)) seen.push(file);
  }
  await close();
  assertNone(seen, 'pages on which something ran');
  assertNone(problems, 'things that the browser complains of');
});

/** Writes a site whose every text is what `text` says, and builds it. */
function build(name, text, out) {
  const root = path.join(home, `${name}-content`);
  let next = 0;
  const q = () => JSON.stringify(text(next++));
  // How a fact with values reads, and how one without does.
  const phrase = () => JSON.stringify(`${text(next++)} {}`);
  const whole = () => JSON.stringify(text(next++).replaceAll('{}', '{ }'));
  const put = (file, content) => {
    const at = path.join(root, 'content', file);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, content);
  };
  // One thing of each kind for each payload, so that every field meets every one of them; a debug build is patient with fewer.
  const count = Number(process.env.XSS_ITEMS ?? PAYLOADS.length);
  put('site.yaml', `format: 1\ntitle: ${q()}\ntagline: ${q()}\nquestion: ${q()}\ndescription: ${q()}\nbase_url: https://example.org/\nlabels: { layer: ${q()}, layers: ${q()} }
verdicts: { adopt: { label: ${q()}, probably: ${q()} }, wait: { label: ${q()} } }\nlicence: { name: ${q()}, url: "https://example.org/" }\ncredits: [${q()}, ${q()}]
home: { layer: layer-0, triggers: [{ trigger: c0.many, text: ${q()} }], case: case0 }\n`);
  put('changes.yaml', Array.from({ length: count }, () => `- { date: 2026-01-01, text: ${q()}, concerns: [c0] }\n`).join(''));
  for (let n = 0; n < 3; n++) {
    put(`layers/layer-${n}.yaml`, `title: ${q()}\norder: ${n}\nsummary: ${q()}\ndescription: ${q()}\ntopics: [${q()}]\nquestions: [{ question: ${q()}, capability: c${n} }]\n`);
  }
  for (let n = 0; n < count; n++) {
    next += 7;
    put(`options/o${n}.yaml`, `title: ${q()}\nshort: ${q()}\nkind: tool\nsummary: ${q()}\nlicence: ${q()}\nmaturity: ${q()}\n`);
    put(`components/p${n}.yaml`, `title: ${q()}\nlayer: layer-${n % 3}\nsummary: ${q()}\n`);
    put(`facts/t${n}.yaml`, `n${n}: { title: ${q()}, question: ${q()}, help: ${q()}, measure: ${q()}, type: integer, unit: { one: ${q()}, other: ${q()} }, range: [0, 200], words: { yes: ${phrase()} } }
b${n}: { title: ${q()}, question: ${q()}, type: boolean, words: { yes: ${whole()}, no: ${whole()} } }
k${n}: { title: ${q()}, question: ${q()}, type: choice, options: { constructor: ${q()}, other: ${q()} }, words: { yes: ${phrase()} } }
s${n}: { title: ${q()}, question: ${q()}, type: choices, options: { constructor: ${q()}, other: ${q()} }, words: { yes: ${phrase()}, none: ${q()} } }\n`);
    put(`capabilities/c${n}.yaml`, `title: ${q()}\nlayer: layer-${n % 3}\nsummary: ${q()}\ndescription: ${q()}\ncomplexity: low\ncomplexity_note: ${q()}\nclosing_question: ${q()}\nmatrix: { trigger: ${q()}, skip_if: ${q()} }
triggers: [{ id: many, text: ${q()}, when: "n${n} > 5" }]\nnot_when: [{ text: ${q()}, when: 'k${n} == "constructor" && !b${n}' }]
trade_offs: { title: ${q()}, summary: ${q()}, keep: { title: ${q()}, note: ${q()}, pros: [${q()}], cons: [${q()}] }, options: [{ option: o${n}, pros: [${q()}], cons: [${q()}], use_when: [{ text: ${q()}, when: "n${n} > 50" }] }] }
decision_points: [{ question: ${q()}, ask: [${q()}] }]\ntiming: { later: [{ text: ${q()}, when: '!("constructor" in s${n})' }] }
builds_on: [{ component: p${n}, adds: ${q()} }]\ndoes_not_replace: [{ component: p${n}, text: ${q()} }]\n`);
    put(`capabilities/c${n}.md`, `${text(next++)}\n\n## ${text(next++)} {#trade-offs}\n\n- ${text(next++)}\n`);
    put(`cases/case${n}.yaml`, `title: ${q()}\nsummary: ${q()}\nfacts: { n${n}: 9, b${n}: true, s${n}: [constructor] }\n`);
    put(`pages/page${n}.md`, `---\ntitle: ${q()}\nsummary: ${q()}\n---\n\n${text(next)}\n\n## ${text(next)}\n\n| ${text(next).replaceAll('|', '')} | b |\n|---|---|\n| ${text(next).replaceAll('|', '')} | c |\n\n> ${text(next)}\n\n\`\`\`html\n${text(next)}\n\`\`\`\n\n\`\`\`text title="${text(next).replaceAll('"', '')}"\n${text(next)}\n\`\`\`\n`);
  }
  execFileSync(program, ['build', root, '--out', out, '-q'], { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 });
}
