// The matrix: find, facets, sorting, and all of it in the address. The table is complete without this script.
//
// What there is to filter and to sort by is read from the page: a facet is a `fieldset[data-facet]` whose checkboxes
// hold the values that rows carry in `data-<facet>`, separated by spaces; a sortable column is a `th[data-sort]`,
// its cells may carry a `data-order`. A new column or facet needs no change here.
(() => {
  "use strict";

  // With a situation set, another script adds a column and a facet first: that has happened when all is loaded.
  if (!globalThis.worthwhile?.strip || document.readyState === "complete") start();
  else addEventListener("load", start);

  function start() {
    const MANY = 250; // rows; of more only the first matches are shown, until the reader asks for all
    const FRAME = 30; // rows that may appear in the frame after a key, more than a window holds; the rest follows

    const section = document.querySelector("[data-matrix]");
    if (!section) return;

    const words = section.dataset;
    const controls = section.querySelector(".filters");
    const find = controls.querySelector("input[type=search]");
    const sortSelect = controls.querySelector(".sort-select select");
    const toggle = controls.querySelector(".filters-toggle");
    const count = section.querySelector(".result-count");
    const status = section.querySelector("[data-said]");
    const notice = section.querySelector(".matrix-notice");
    const noMatch = section.querySelector(".no-match");
    const showAll = section.querySelector(".show-all");
    const body = section.querySelector("tbody");

    const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const make = (name, properties) => Object.assign(document.createElement(name), properties);

    // Facets, columns and rows, read once.

    const facets = [...controls.querySelectorAll("[data-facet]")].map((fieldset) => ({
      id: fieldset.dataset.facet,
      title: fieldset.querySelector("legend").textContent.trim(),
      values: [...fieldset.querySelectorAll("input")].map((input) => ({
        input,
        id: input.value,
        label: input.parentElement.querySelector("[data-name]").textContent.trim(),
        count: input.parentElement.querySelector("[data-number]"),
      })),
      chosen: new Set(),
    }));

    const columns = [...section.querySelectorAll("th[data-sort]")].map((header) => ({
      header,
      id: header.dataset.sort,
      title: header.textContent.trim(),
      place: header.cellIndex,
      keys: null,
    }));

    const rows = [...body.rows].map((element, place) => ({
      element,
      place,
      text: fold(element.textContent),
      values: facets.map((facet) => (element.dataset[facet.id] || "").split(" ")),
      shown: true, // what should be
      visible: true, // what is
    }));

    let order = rows;
    let query = "";
    let sort = { column: null, down: false };
    let all = rows.length <= MANY;

    // The address.

    const address = worthwhile.matrixAddress(facets, columns);

    /** Takes over what the address says; returns what it does not know. */
    const read = () => {
      const state = address.read(location.search);
      ({ sort, query } = state);
      facets.forEach((facet, place) => (facet.chosen = state.chosen[place]));
      return state.unknown;
    };

    const sortName = () => (sort.column ? (sort.down ? "-" : "") + sort.column.id : "");

    const write = () => {
      const search = address.write({ chosen: facets.map((facet) => facet.chosen), sort, query });
      if (search === location.search) return;
      try {
        history.replaceState(null, "", location.pathname + search + location.hash);
      } catch {
        // Some browsers refuse this on file:// pages; the filters work without it.
      }
    };

    // Filtering.

    const terms = () => fold(query).split(/[\s,]+/).filter(Boolean);

    const passes = (row, number) => {
      const chosen = facets[number].chosen;
      return !chosen.size || row.values[number].some((value) => chosen.has(value));
    };

    /** How many rows match, leaving out the words to find (`words`) or one facet (its number). */
    const matchesWithout = (left) => {
      const wanted = left === "words" ? [] : terms();
      return rows.filter(
        (row) =>
          wanted.every((term) => row.text.includes(term)) &&
          facets.every((_, number) => number === left || passes(row, number)),
      ).length;
    };

    let late = [];

    const reveal = (row, visible) => {
      if (row.visible === visible) return;
      row.visible = visible;
      row.element.hidden = !visible;
    };

    let revealing = 0;

    /** The rest appears once the first rows are painted, in pieces that leave room for the next key. */
    const revealLater = () => {
      cancelAnimationFrame(revealing);
      if (!late.length) return;
      revealing = requestAnimationFrame(() =>
        setTimeout(() => {
          for (const row of late.splice(0, 4 * FRAME)) reveal(row, row.shown);
          revealLater();
        }),
      );
    };

    const show = () => {
      const wanted = terms();
      const counts = facets.map(() => new Map());
      let matches = 0;
      late = [];
      for (const row of order) {
        let failed = 0;
        let last = -1;
        if (wanted.every((term) => row.text.includes(term))) {
          for (let number = 0; number < facets.length; number += 1) {
            if (!passes(row, number)) {
              failed += 1;
              last = number;
            }
          }
          // A facet counts what the others let through.
          for (let number = 0; number < facets.length; number += 1) {
            if (failed === 0 || (failed === 1 && last === number)) {
              for (const value of row.values[number]) counts[number].set(value, (counts[number].get(value) || 0) + 1);
            }
          }
        } else {
          failed = 1;
        }
        if (failed === 0) matches += 1;
        row.shown = failed === 0 && (all || matches <= MANY);
        if (row.shown && matches > FRAME && !row.visible) late.push(row);
        else reveal(row, row.shown);
      }
      revealLater();
      facets.forEach((facet, number) => {
        for (const value of facet.values) value.count.textContent = counts[number].get(value.id) || 0;
      });
      report(matches);
    };

    // Telling the result.

    let saying = 0;

    const report = (matches) => {
      const [before, after] = words.count.split("{shown}");
      const rest = (text) => fill(text, { total: rows.length });
      const sorted = sort.column ? fill(words.sorted, { column: sort.column.title }) : "";
      count.replaceChildren(rest(before), make("strong", { textContent: matches }), rest(after) + sorted);
      clearTimeout(saying);
      // A page that opens with every row says nothing: only a change is news.
      if (!controls.hidden || matches < rows.length) saying = setTimeout(() => (status.textContent = count.textContent), 600);

      const active = facets.filter((facet) => facet.chosen.size).length + (query.trim() ? 1 : 0);
      toggle.querySelector("[data-number]").textContent = active ? ` (${active})` : "";
      body.parentElement.hidden = matches === 0;
      showAll.hidden = all || matches <= MANY;
      showAll.textContent = fill(words.showAll, { matches });
      noMatch.hidden = matches > 0;
      if (matches === 0) noMatch.replaceChildren(...advice());
    };

    /** Which filter to drop, when nothing matches. */
    const advice = () => {
      const drops = facets
        .map((facet, number) => ({
          matches: facet.chosen.size ? matchesWithout(number) : 0,
          name: `${facet.title}: ${facet.values.filter((one) => facet.chosen.has(one.id)).map((one) => one.label).join(", ")}`,
          drop: () => facet.chosen.clear(),
        }))
        .concat({
          matches: query.trim() ? matchesWithout("words") : 0,
          name: `${words.find}: ${query.trim()}`,
          drop: () => (query = ""),
        })
        .filter((one) => one.matches)
        .sort((a, b) => b.matches - a.matches);
      const button = (textContent, drop) => {
        const element = make("button", { type: "button", className: "button", textContent });
        element.addEventListener("click", () => {
          drop();
          changed();
          find.focus();
        });
        return element;
      };
      const actions = make("p", { className: "actions" });
      actions.append(
        ...drops.map((one) => button(fill(words.drop, one), one.drop)),
        button(words.clear, () => {
          query = "";
          for (const facet of facets) facet.chosen.clear();
        }),
      );
      return [make("p", { textContent: drops.length ? words.none : words.noneAlone }), actions];
    };

    // Sorting.

    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

    const arrange = () => {
      const { column, down } = sort;
      if (column) {
        column.keys ||= rows.map(({ element }) => {
          const cell = element.cells[column.place];
          return cell.dataset.order || cell.textContent.trim();
        });
        const sign = down ? -1 : 1;
        const { keys } = column;
        order = [...rows].sort((a, b) => sign * collator.compare(keys[a.place], keys[b.place]) || a.place - b.place);
      } else {
        order = rows;
      }
      // Out of the document the rows move without a layout each.
      const table = body.parentElement;
      body.remove();
      body.append(...order.map((row) => row.element));
      table.append(body);
      for (const { header, icon, id } of columns) {
        const direction = column?.id === id && (down ? "descending" : "ascending");
        if (direction) header.setAttribute("aria-sort", direction);
        else header.removeAttribute("aria-sort");
        icon.setAttribute("href", `#icon-sort${direction ? `-${direction}` : ""}`);
      }
    };

    const sortBy = (column, down) => {
      sort = { column, down };
      arrange();
      changed();
    };

    // Controls.

    /** Puts the state into the controls and the table. */
    const settle = () => {
      if (find.value.trim() !== query.trim()) find.value = query;
      sortSelect.value = sortName();
      for (const facet of facets) {
        for (const value of facet.values) {
          value.input.checked = facet.chosen.has(value.id);
          // What no row has shows once it is chosen, to be let go of.
          if (value.input.checked) value.input.parentElement.hidden = false;
        }
      }
      show();
    };

    // Writing the address costs more than filtering, so it waits for a pause in typing.
    let writing = 0;

    const changed = () => {
      settle();
      clearTimeout(writing);
      writing = setTimeout(write, 150);
    };

    for (const column of columns) {
      const button = make("button", { type: "button", textContent: column.title });
      const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      column.icon = document.createElementNS("http://www.w3.org/2000/svg", "use");
      icon.setAttribute("class", "icon");
      icon.setAttribute("aria-hidden", "true");
      icon.append(column.icon);
      button.append(icon);
      column.header.replaceChildren(button);
      // Up, down, and back to reading order.
      button.addEventListener("click", () => {
        if (sort.column !== column) sortBy(column, false);
        else if (!sort.down) sortBy(column, true);
        else sortBy(null, false);
      });
      sortSelect.append(
        make("option", { value: column.id, textContent: column.title }),
        make("option", { value: `-${column.id}`, textContent: fill(words.descending, { column: column.title }) }),
      );
    }

    sortSelect.addEventListener("change", () => {
      const { value } = sortSelect;
      sortBy(columns.find((column) => column.id === value.replace(/^-/, "")) || null, value.startsWith("-"));
    });

    for (const facet of facets) {
      for (const value of facet.values) {
        value.input.addEventListener("change", () => {
          if (value.input.checked) facet.chosen.add(value.id);
          else facet.chosen.delete(value.id);
          changed();
        });
      }
    }

    find.addEventListener("input", () => {
      query = find.value;
      changed();
    });

    toggle.addEventListener("click", () => {
      toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
    });

    showAll.addEventListener("click", () => {
      const last = order.findLastIndex((row) => row.shown);
      all = true;
      show();
      const next = order.find((row, place) => place > last && row.shown);
      if (!next) return;
      reveal(next, true);
      next.element.querySelector("a")?.focus();
    });

    addEventListener("pagehide", write);

    // Start.

    const unknown = read();
    if (unknown.length) {
      // A filter or an order by verdict means something, once there is a situation.
      const others = unknown.filter((one) => !/^(sort=-?)?verdict$/.test(one));
      const said = [others.length && fill(words.unknown, { keys: address.told(others) }), others.length < unknown.length && words.noVerdicts];
      notice.textContent = said.filter(Boolean).join(" ");
      notice.hidden = false;
    }
    arrange();
    settle();
    controls.hidden = false;
  }
})();
