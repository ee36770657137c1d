// The published site as a folder of files: which pages there are, and which of them stand for their kind in slow tests.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The site as built without a base URL. */
export const SITE = folder('SITE');

/** The same site, built with a base URL. */
export const SITE_BASE = folder('SITE_BASE');

/** The manual in docs/: a site of prose alone. Only the tests of the manual need it. */
export const manual = () => folder('SITE_MANUAL');

/** The base URL that SITE_BASE was built with. */
export const BASE_URL = process.env.BASE_URL ?? 'https://example.org/sub/';

/**
 * One page or more of every kind: name → path. Slow tests look at these; a kind without a sample is a failure.
 * Where a kind has pages of quite different shapes, each shape has its sample.
 */
export const SAMPLES = {
  home: 'index.html',
  matrix: 'matrix.html',
  assessment: 'assess.html',
  data: 'data.html',
  search: 'search.html',
  checklist: 'checklist.html',
  changes: 'changes.html',
  'capability with options': 'capabilities/service-mesh.html',
  'capability with staged timing': 'capabilities/multi-region-readiness.html',
  'capability with free columns': 'capabilities/observability-extension.html',
  'trade-off of options': 'trade-offs/distributed-tracing.html',
  'trade-off of free columns': 'trade-offs/security-auditing.html',
  option: 'options/linkerd.html',
  'option with prose': 'options/opentelemetry-tempo.html',
  trigger: 'triggers/service-mesh.many-services.html',
  'ordered fact': 'facts/microservices.html',
  'boolean fact': 'facts/needs_mtls.html',
  'choice fact': 'facts/architecture.html',
  'set fact': 'facts/compliance.html',
  component: 'components/cilium-cni.html',
  layer: 'layers/layer-2.html',
  case: 'cases/dutch-webshop.html',
  decision: 'decisions/webshop-traces-with-tempo.html',
  page: 'pages/about.html',
  'guide page': 'pages/guide/how-verdicts-are-computed.html',
  'layer index': 'layers/index.html',
  'capability index': 'capabilities/index.html',
  'trigger index': 'triggers/index.html',
  'option index': 'options/index.html',
  'fact index': 'facts/index.html',
  'component index': 'components/index.html',
  'case index': 'cases/index.html',
  'decision index': 'decisions/index.html',
  'page index': 'pages/index.html',
  'not found': '404.html',
};

/** Every file of a built site, as sorted paths with `/`. */
export function files(site = SITE) {
  if (!listed.has(site)) {
    const entries = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    listed.set(site, entries.map((entry) => path.relative(site, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll(path.sep, '/')).sort());
  }
  return listed.get(site);
}
const listed = new Map();

/** Every HTML file of a built site. */
export function htmlFiles(site = SITE) {
  return files(site).filter((file) => file.endsWith('.html'));
}

/** What a path says about the kind of page: its folder and whether it is an index, or the file itself at the root. */
export function kindOf(file) {
  const [folder, ...rest] = file.split('/');
  if (rest.length === 0) return folder;
  return rest.join('/') === 'index.html' ? `${folder}/index.html` : `${folder}/*`;
}

export function readText(file, site = SITE) {
  return readFileSync(path.join(site, file), 'utf8');
}

export function readBytes(file, site = SITE) {
  return readFileSync(path.join(site, file));
}

/** Whether the site has this file; a folder is none. */
export function exists(file, site = SITE) {
  return files(site).includes(file);
}

function folder(variable) {
  const value = process.env[variable];
  if (!value) throw new Error(`set ${variable} to the folder of a built site; tests/run does it`);
  return path.resolve(value);
}
