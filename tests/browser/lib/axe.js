// axe-core in the page. Its source is evaluated by the browser's debugger, so that the policy stays in force.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Violations of all rules, best practices and target size of WCAG 2.2 included, one line for each element. */
export async function violations(page) {
  await page.evaluate(SOURCE);
  const found = await page.evaluate(async () => {
    // Style sheets are not fetched a second time: file:// pages may not.
    const { violations } = await globalThis.axe.run(document, { preload: false, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => ({ id, help, target: target.join(' '), why: failureSummary })));
  });
  return found.map(({ id, help, target, why }) => `${id}: ${help}: ${target}: ${why.replace(/\s+/g, ' ')}`);
}
