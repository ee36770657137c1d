// A reporter for `node --test`: one line for each test, failures in full at the end, then a plain count.

export default async function* report(source) {
  const failures = [];
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of source) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const suite = data.details.type === 'suite';
    // A skipped or postponed test has judged nothing.
    const ok = type === 'test:pass' && data.skip === undefined && data.todo === undefined;
    const cause = data.details.error?.cause ?? data.details.error;
    if (!ok && suite && data.details.error?.failureType === 'subtestsFailed') continue;
    if (!ok) failures.push(`${place(data)}: ${data.name}\n${describe(cause)}`);
    if (suite && ok) continue;
    if (ok) passed += 1;
    else failed += 1;
    yield `${ok ? 'ok  ' : 'FAIL'} ${(data.details.duration_ms / 1000).toFixed(1).padStart(6)} s  ${place(data)}: ${data.name}\n`;
  }
  if (failures.length > 0) yield `\n${failures.join('\n\n')}\n`;
  yield `\n${passed} passed, ${failed} failed\n`;
}

function place({ file = '' }) {
  return file.split('/').pop().replace(/\.(test|alone)\.js$/, '');
}

function describe(cause) {
  if (cause === undefined) return 'did not run';
  if (cause.code === 'ERR_ASSERTION') return cause.message;
  return cause.stack ?? String(cause);
}
