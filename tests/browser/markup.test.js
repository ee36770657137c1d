// Two judges of the markup, over every page: html-validate and the Nu checker.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { SITE, SITE_BASE, htmlFiles } from './lib/site.js';
import { assertNone } from './lib/problems.js';
import config from './html-validate.config.js';

for (const [name, site] of [['site', SITE], ['site with a base URL', SITE_BASE]]) {
  test(`${name}: html-validate finds nothing`, async () => {
    const judge = new HtmlValidate(new FileSystemConfigLoader({ root: true, ...config }));
    const pages = htmlFiles(site);
    assert.ok(pages.length > 0);
    const problems = [];
    for (const file of pages) {
      const { results } = await judge.validateFile(path.join(site, file));
      for (const { messages } of results) {
        for (const { line, column, ruleId, message } of messages) problems.push({ place: `${file}:${line}:${column}`, message: `${message} (${ruleId})` });
      }
    }
    assertNone(grouped(problems), 'findings of html-validate');
  });

  test(`${name}: the Nu checker finds no errors`, async () => {
    const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
    // Warnings are left out: it warns falsely about policies in files.
    const report = await nu(['-jar', jar, '--errors-only', '--format', 'json', '--skip-non-html', site]);
    const problems = report.messages.map(({ url, lastLine, message }) => ({ place: `${(url ?? '').replace(`file:${site}/`, '')}:${lastLine}`, message }));
    assertNone(grouped(problems), 'errors of the Nu checker');
  });
}

test('the judges find what is wrong', async () => {
  const judge = new HtmlValidate(new FileSystemConfigLoader({ root: true, ...config }));
  const { valid } = await judge.validateString('<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><p id="a" id="b"><img src="a.png"></p></body></html>');
  assert.equal(valid, false);
  const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
  const { messages } = await nu(['-jar', jar, '--errors-only', '--format', 'json', path.join(import.meta.dirname, 'fixtures/wrong.html')]);
  assert.ok(messages.some(({ message }) => message.includes('alt')), JSON.stringify(messages));
});

/** One line for each message, with its first places: a mistake in a template is on every page. */
function grouped(problems) {
  const places = new Map();
  for (const { place, message } of problems) places.set(message, [...(places.get(message) ?? []), place]);
  return [...places].map(([message, all]) => `${message}: ${all.slice(0, 3).join(', ')}${all.length > 3 ? ` and ${all.length - 3} more` : ''}`);
}

/** The Nu checker's report; it writes that on stderr and exits 1 when it has found something. */
function nu(args) {
  return new Promise((resolve, reject) => {
    execFile('java', ['-Xss2m', ...args], { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stderr));
      } catch {
        reject(error ?? new Error(`not a report: ${stderr.slice(0, 2000)}`));
      }
    });
  });
}
