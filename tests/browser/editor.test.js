// What an author sees in an editor: the YAML language server with the published schemas of what authors write.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { start } from './lib/language-server.js';
import { SITE } from './lib/site.js';

const CONTENT = fileURLToPath(new URL('../../content/', import.meta.url));
const schema = (name) => pathToFileURL(path.join(SITE, `schemas/v1/authored-${name}.schema.json`)).href;
const modeline = (name) => `# yaml-language-server: $schema=${schema(name)}\n`;

let server;
before(async () => {
  server = await start(pathToFileURL(CONTENT).href);
});
after(() => server.stop());

let count = 0;
/** Opens a text as a file of a kind: its address, and what is found in it. */
const open = async (name, text) => {
  count += 1;
  const uri = pathToFileURL(path.join(CONTENT, `trial-${count}.yaml`)).href;
  return { uri, found: await server.open(uri, modeline(name) + text) };
};
/** The place behind `mark` in a text; the modeline stands above it. */
const behind = (text, mark) => {
  const before = text.slice(0, text.indexOf(mark) + mark.length).split('\n');
  return { line: before.length, character: before.at(-1).length };
};

test('a wrong key is marked where it stands, at every depth', async () => {
  const text = 'title: Mesh\nlayer: layer-2\nsummary: S\ncomplexity: low\ntitel: Mesh\ntriggers:\n  - id: many\n    text: Many\n    wehn: microservices > 5\n';
  const { found } = await open('capability', text);
  const marked = found.map(({ message, range }) => `${range.start.line}: ${message}`);
  assert.ok(marked.some((one) => /^5: .*titel/.test(one)), marked.join('\n'));
  assert.ok(marked.some((one) => /^9: .*wehn/.test(one)), marked.join('\n'));
  assert.equal(marked.length, 2, marked.join('\n'));
});

test('a missing key and a word that is none of the format are marked', async () => {
  const { found } = await open('option', 'title: Linkerd\nkind: tol\n');
  const messages = found.map(({ message }) => message).join('\n');
  assert.match(messages, /summary/);
  assert.match(messages, /tool/);
});

test('keys complete, with what they mean', async () => {
  const text = 'title: Mesh\nclos';
  const { uri } = await open('capability', text);
  const list = await server.request('textDocument/completion', { textDocument: { uri }, position: behind(text, 'clos') });
  const item = (list.items ?? list).find(({ label }) => label === 'closing_question');
  assert.ok(item, JSON.stringify(list).slice(0, 400));
  assert.match(JSON.stringify(item.documentation), /to be able to answer in the end/);
});

test('words of the format complete', async () => {
  const text = 'title: Linkerd\nkind: \n';
  const { uri } = await open('option', text);
  const list = await server.request('textDocument/completion', { textDocument: { uri }, position: behind(text, 'kind: ') });
  const labels = (list.items ?? list).map(({ label }) => label);
  for (const kind of ['tool', 'service', 'approach']) assert.ok(labels.includes(kind), labels.join(', '));
});

test('a key says what it means', async () => {
  const text = 'title: Mesh\nlayer: layer-2\nsummary: S\ncomplexity: low\nnot_when:\n  - text: T\n    when: a\n';
  const { uri } = await open('capability', text);
  const of = async (mark) => JSON.stringify(await server.request('textDocument/hover', { textDocument: { uri }, position: { ...behind(text, mark), character: behind(text, mark).character - 1 } }));
  assert.match(await of('not_when'), /rules it out, each alone/);
  assert.match(await of('    when'), /condition over facts/);
});

test('nothing is marked in the real content', async () => {
  const kinds = { site: ['site.yaml'], capability: 'capabilities', layer: 'layers', option: 'options', component: 'components', facts: 'facts', case: 'cases' };
  let files = 0;
  for (const [name, where] of Object.entries(kinds)) {
    const names = Array.isArray(where) ? where : readdirSync(path.join(CONTENT, where)).filter((file) => file.endsWith('.yaml')).map((file) => `${where}/${file}`);
    for (const file of names) {
      const { found } = await open(name, readFileSync(path.join(CONTENT, file), 'utf8'));
      assert.deepEqual(found.map(({ message, range }) => `${file}:${range.start.line}: ${message}`), []);
      files += 1;
    }
  }
  assert.ok(files > 40, `${files} files`);
});
