// One assertion for checks that look at many pages: all problems are listed at once.

import assert from 'node:assert/strict';

/** Fails with all problems (the first forty in full) unless there is none. */
export function assertNone(problems, what) {
  const shown = problems.slice(0, 40).map((problem) => `  ${problem}`);
  if (problems.length > shown.length) shown.push(`  … and ${problems.length - shown.length} more`);
  assert.ok(problems.length === 0, `${problems.length} ${what}:\n${shown.join('\n')}`);
}
