// The decision matrix as a reader finds it: by roles, labels and words, not by class names.

const LEVELS = ['low', 'medium', 'high'];

/** Handles for the parts of the matrix page. */
export function matrix(page) {
  const filters = page.getByRole('search', { name: 'Filter capabilities' });
  const header = (name) => page.getByRole('columnheader', { name });
  return {
    filters,
    find: filters.getByRole('searchbox'),
    facet: (name) => filters.getByRole('group', { name }),
    box: (facet, name) => filters.getByRole('group', { name: facet }).getByRole('checkbox', { name }),
    header,
    sortButton: (name) => header(name).getByRole('button'),
    sortSelect: filters.getByRole('combobox'),
    rows: () => rows(page),
    total: () => page.locator('tbody tr').count(),
    /** The result count that everybody sees, as text. */
    count: () => page.getByText(/^\d+ of \d+ /).filter({ visible: true }).first().innerText(),
    /** What screen readers are told, once it has been said. */
    said: async () => {
      await page.waitForFunction(() => [...document.querySelectorAll('[role=status]')].some((one) => /^\d+ of \d+/.test(one.textContent)));
      await page.waitForTimeout(700);
      return page.evaluate(() => [...document.querySelectorAll('[role=status]')].map((one) => one.textContent).find((text) => /^\d+ of \d+/.test(text)));
    },
    /** The query of the address; it follows shortly after the last change. */
    search: async () => {
      await page.waitForTimeout(300);
      return new URL(page.url()).search;
    },
  };
}

/** The rows that show, in order: { title, text, complexity: [from, to], layer }. */
async function rows(page) {
  const found = await page.evaluate(() => {
    const heads = [...document.querySelectorAll('thead th')].map((cell) => cell.textContent.trim().toLowerCase());
    return [...document.querySelectorAll('tbody tr')]
      .filter((row) => row.checkVisibility())
      .map((row) => ({
        title: row.querySelector('th a').textContent.trim(),
        text: row.textContent.toLowerCase(),
        cells: Object.fromEntries([...row.cells].map((cell, place) => [heads[place], cell.textContent.trim()])),
      }));
  });
  return found.map(({ title, text, cells }) => {
    const levels = [...cells.complexity.toLowerCase().matchAll(/low|medium|high/g)].map(([word]) => LEVELS.indexOf(word));
    return { title, text, layer: cells.layer, complexity: [Math.min(...levels), Math.max(...levels)] };
  });
}

/** The levels of complexity that a row has, as words. */
export function levels({ complexity: [from, to] }) {
  return LEVELS.slice(from, to + 1);
}

/** Where a row stands when sorted by complexity. */
export function rank({ complexity: [from, to] }) {
  return from + to;
}
