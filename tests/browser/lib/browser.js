// Chromium, and what every page is watched for while a test looks at it.

import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Starts Debian's Chromium. Tests close it in `after`. */
export function launch() {
  // Tests run in containers too: /dev/shm may be small there.
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--disable-dev-shm-usage', '--font-render-hinting=none'] });
}

/**
 * A page in a context of its own: { page, problems, close }. `problems` collects console errors, uncaught exceptions,
 * violations of the content security policy, requests that fail and requests to any other host. The policy is never bypassed:
 * a context that bypasses it reports no violations.
 */
export async function open(browser, { width = 1280, height = 900, scripts = true, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: scripts, reducedMotion: 'reduce', ...options });
  const problems = [];
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`);
    });
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${page.url()})`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.message} (${page.url()})`));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const own = protocol === 'file:' || protocol === 'data:' || protocol === 'blob:' || hostname === '127.0.0.1';
    if (!own) problems.push(`request to another host: ${request.url()} (${page.url()})`);
  });
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()} ${request.failure()?.errorText} (${page.url()})`));
  return { page, problems, close: () => context.close() };
}

/** The `file://` URL of a folder, with a slash at its end. */
export function fileUrl(folder) {
  return `${pathToFileURL(folder).href}/`;
}
