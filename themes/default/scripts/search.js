// The search box: in the header a combobox with the best results of each kind, on the page of results a list of all.
// It is loaded when a reader turns to the box, and loads the index then.
(() => {
  "use strict";

  const { search } = worthwhile;
  const box = document.querySelector("[data-search]");
  const input = box.querySelector("input");
  const list = document.querySelector("[data-results]");
  const { index, page } = box.dataset;
  const root = page.replace(/search\.html$/, "");
  const FEW = 3; // results of a kind in the box
  const MANY = 10; // and on the page, until more are asked for
  const MOST = 12; // in the box, of all kinds
  const WEAK = 0.12; // of the best score: what is less stands on the page alone

  const make = (name, properties, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const say = (forms, number) => (number === 1 ? forms.one : forms.other).replace("{}", number);

  /** The results in groups, the group of the best one first. */
  const grouped = ({ results }) => {
    const groups = new Map();
    for (const { entry } of results) {
      const name = search.groups[entry[0]];
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(entry);
    }
    return [...groups].map(([name, entries]) => ({ name, title: search.words.groups[name], entries }));
  };

  const marked = (title, found) => search.mark(title, found).map(([text, hit]) => (hit ? make("mark", {}, text) : text));

  /** The reader's situation goes along every link. */
  const carry = () => {
    const situation = /^#s=/.test(location.hash) ? location.hash.slice(1).split("&") : [];
    worthwhile.carry?.(situation.filter((part) => !part.startsWith("at=")).join("&"));
  };

  // Half a character has no encoding.
  const encoded = (text) => encodeURIComponent(text.toWellFormed?.() ?? text);
  const resultsPage = () => `${page}?q=${encoded(input.value.trim())}`;

  // On the page of results.

  const status = list && document.querySelector("[data-said]");

  const fill = () => {
    const query = input.value.trim();
    const found = search.find(query);
    const { results } = found;
    try {
      history.replaceState(null, "", location.pathname + (query && `?q=${encoded(query)}`) + location.hash);
    } catch {
      // Some browsers refuse this on file:// pages.
    }
    status.textContent = query && (results.length ? say(search.words.found, results.length) : search.words.none.replace("{}", () => query));
    document.querySelector(".results-ways").hidden = results.length > 0;
    list.replaceChildren(
      ...grouped(found).map(({ name, title, entries }) => {
        const item = ([, text, href, of, summary]) =>
          make(
            "li",
            {},
            make("a", { class: "name", href: root + href }, ...marked(text, found)),
            ...(of ? [make("span", { class: "detail" }, of)] : []),
            ...(summary ? [make("p", {}, summary)] : []),
          );
        const items = make("ul", {}, ...entries.slice(0, MANY).map(item));
        const section = make("section", { class: "section", "aria-labelledby": `of-${name}` }, make("h2", { id: `of-${name}` }, title), items);
        if (entries.length > MANY) {
          const more = make("button", { class: "button button-small", type: "button" }, say(search.words.more, entries.length - MANY));
          more.addEventListener("click", () => {
            const rest = entries.slice(MANY).map(item);
            items.append(...rest);
            more.remove();
            carry();
            rest[0].querySelector("a").focus();
          });
          section.append(more);
        }
        return section;
      }),
    );
    carry();
  };

  // In the header.

  let popup;
  let options = [];
  let active = -1;

  const activate = (at) => {
    options[active]?.removeAttribute("aria-selected");
    active = at;
    const option = options[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const close = () => {
    popup.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  };

  const suggest = () => {
    const query = input.value.trim();
    if (!query) return close();
    const found = search.find(query);
    let room = MOST;
    options = [];
    const good = { ...found, results: found.results.filter(({ score }) => score > WEAK * found.results[0].score) };
    const option = (href, ...children) => {
      options.push(make("a", { role: "option", id: `option-${options.length}`, tabindex: "-1", href }, ...children));
      return options.at(-1);
    };
    const groups = grouped(good).map(({ name, title, entries }) => {
      const shown = entries.slice(0, Math.min(FEW, room));
      room -= shown.length;
      if (!shown.length) return "";
      const item = ([, text, href, of]) => option(root + href, make("span", {}, ...marked(text, found)), ...(of ? [make("small", {}, of)] : []));
      return make("div", { role: "group", "aria-labelledby": `group-${name}` }, make("div", { class: "label", id: `group-${name}`, role: "presentation" }, title), ...shown.map(item));
    });
    const { words } = search;
    const all = found.results.length ? [option(resultsPage(), words.all.replace("{}", query))] : [];
    popup.replaceChildren(...groups, ...all);
    if (!options.length) popup.append(make("p", {}, words.none.replace("{}", query)));
    said.textContent = found.results.length ? say(words.found, found.results.length) : words.none.replace("{}", query);
    popup.hidden = false;
    input.setAttribute("aria-expanded", "true");
    activate(-1);
    carry();
  };

  const said = make("span", { class: "for-screen-readers", role: "status" });

  const combobox = () => {
    popup = make("div", { class: "search-results", role: "listbox", id: "search-results", "aria-label": search.words?.title ?? input.placeholder });
    box.append(popup, said);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "search-results", "aria-haspopup": "listbox" })) {
      input.setAttribute(name, value);
    }
    close();
    input.addEventListener("keydown", (event) => {
      const { key } = event;
      if (event.isComposing) return;
      if (key === "ArrowDown" || key === "ArrowUp") {
        event.preventDefault();
        if (popup.hidden) return suggest();
        // One step beyond either end is the box itself.
        const count = options.length + 1;
        activate(((active + 1 + (key === "ArrowDown" ? 1 : count - 1)) % count) - 1);
      } else if (key === "Enter") {
        event.preventDefault();
        if (options[active]) options[active].click();
        else if (input.value.trim()) location.assign(Object.assign(document.createElement("a"), { href: resultsPage() }).href + (/^#s=/.test(location.hash) ? location.hash : ""));
      } else if (key === "Escape" && !popup.hidden) {
        event.preventDefault();
        close();
      }
    });
    input.addEventListener("focus", () => input.value.trim() && search.words && suggest());
    // A click on an option follows it; the box keeps the focus until then.
    popup.addEventListener("mousedown", (event) => event.preventDefault());
    popup.addEventListener("click", (event) => event.target.closest("a") && close());
    box.addEventListener("focusout", (event) => box.contains(event.relatedTarget) || close());
  };

  // Start: the box takes what is typed at once, and answers when the index is there.

  const answer = list ? fill : suggest;
  if (!list) combobox();
  else document.querySelector("[data-without-scripts]").hidden = true;
  if (list && !input.value) input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", () => search.words && answer());
  const load = (src) => document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
  worthwhile.found = (shard) => {
    search.add(shard);
    for (let n = 2; n <= shard.shards; n += 1) load(index.replace(/\.js$/, `-${n}.js`));
    if (input.value.trim()) answer();
  };
  load(index);
})();
