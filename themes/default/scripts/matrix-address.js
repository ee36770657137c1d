// What stands in the address of a matrix, as state and back. Knows no document.
(() => {
  "use strict";

  /** What an address has that nobody here knows, as a reader is told: not all of it where it is long. */
  const told = (unknown) => unknown.slice(0, 5).map((one) => one.slice(0, 60)).join(", ");

  /** Text as it stands in an address; half a character, which has no encoding, becomes a sign that it was lost. */
  const encoded = (text) => encodeURIComponent(text.toWellFormed?.() ?? text);

  /** ?kind=…&sort=-…&q=…; `facets` are { id, values: [{ id }] }, `columns` { id }, in the order of the page. */
  const matrix = (facets, columns) => ({
    told,

    read(search) {
      const state = { chosen: facets.map(() => new Set()), sort: { column: null, down: false }, query: "", unknown: [] };
      for (const [key, value] of new URLSearchParams(search)) {
        const place = facets.findIndex((one) => one.id === key);
        if (key === "q") {
          state.query = value.trim();
        } else if (key === "sort") {
          const column = columns.find((one) => one.id === value.replace(/^-/, ""));
          if (column) state.sort = { column, down: value.startsWith("-") };
          else state.unknown.push(`sort=${value}`);
        } else if (place >= 0) {
          const known = new Set(facets[place].values.map(({ id }) => id));
          for (const id of value.split(",").filter(Boolean)) {
            if (known.has(id)) state.chosen[place].add(id);
            else state.unknown.push(`${key}=${id}`);
          }
        } else {
          state.unknown.push(key);
        }
      }
      return state;
    },

    /** Facets in their order, then sort, then the words to find; what is at its default is left out. */
    write({ chosen, sort, query }) {
      const parts = facets.flatMap(({ id, values }, place) => {
        const ids = values.map((value) => value.id).filter((value) => chosen[place].has(value));
        return ids.length ? `${id}=${ids.map(encoded).join(",")}` : [];
      });
      if (sort.column) parts.push(`sort=${sort.down ? "-" : ""}${sort.column.id}`);
      if (query.trim()) parts.push(`q=${encoded(query.trim())}`);
      return parts.length ? `?${parts.join("&")}` : "";
    },
  });

  (globalThis.worthwhile ??= {}).matrixAddress = matrix;
})();
