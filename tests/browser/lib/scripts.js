// The site's classic scripts outside a browser: those that know no document.

import { readFileSync } from 'node:fs';
import { runInContext, createContext } from 'node:vm';

const SCRIPTS = new URL('../../../themes/default/scripts/', import.meta.url);

/** What the engine stands on, as in theme.yaml. */
const ENGINE = ['assess-cells.js', 'assess-models.js', 'assess-judgement.js', 'assess-changes.js', 'assess-engine.js'];

/** What these scripts of the default theme, and other sources of code, leave at `worthwhile`. */
export function worthwhile(scripts, ...sources) {
  const context = createContext({ URLSearchParams, structuredClone });
  for (const code of sources) runInContext(code, context);
  for (const script of scripts.flatMap((name) => (name === 'assess-engine.js' ? ENGINE : name))) runInContext(readFileSync(new URL(script, SCRIPTS), 'utf8'), context, { filename: script });
  return context.worthwhile;
}

/** Code of these scripts, to be run often: `run(globals)`, each time in a world of its own. */
export function script(name) {
  const code = new Function('globalThis', 'document', 'location', 'history', 'worthwhile', readFileSync(new URL(name, SCRIPTS), 'utf8'));
  return ({ document, location, history, worthwhile = {} }) => code({}, document, location, history, worthwhile);
}

/** A value as JSON holds it, without the other context's prototypes. */
export const plain = (value) => JSON.parse(JSON.stringify(value));
