// The index and the ranking; knows no document. What a word weighs depends on where it stands (title before text), how
// rare it is, and how exactly it was typed: as it is, begun, or with a slip.
(() => {
  "use strict";

  const worthwhile = (globalThis.worthwhile ??= {});

  const WEIGHTS = [1, 3, 7, 10]; // body, text, name, title
  const GROUPS = {
    capabilities: 1.4,
    options: 1.2,
    facts: 1.1,
    components: 1.1,
    decisions: 0.9,
    "trade-offs": 0.9,
    headings: 0.85,
    "decision-points": 0.75,
    triggers: 0.75,
    statements: 0.65,
  };
  const SYNONYM = 0.8;
  const MOST_TERMS = 200; // terms that a word may stand for
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const digit = new Map([...LETTERS].map((letter, value) => [letter, value]));

  const ALONE = "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}";
  const WORD = new RegExp(`[${ALONE}]|(?:(?![${ALONE}])[\\p{L}\\p{N}])+`, "gu");

  /** Text in lower case, without accents and apostrophes. */
  const fold = (text) => text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase().replace(/\p{M}/gu, "");

  /** The words of a text, as the index was made from them. */
  const words = (text) => fold(text).match(WORD) ?? [];

  const shards = [];
  let stop = new Set();
  let synonyms = [];
  let stem = (word) => word;

  /** Takes in a shard of the index. */
  const add = (shard) => {
    if (shard.english) stem = worthwhile.stem;
    if (shard.words) {
      stop = new Set(shard.stop.split(" "));
      synonyms = shard.synonyms.map((group) => group.map((member) => meant(words(member)).map(stem)));
      Object.assign(search, { groups: shard.groups, words: shard.words });
    }
    shards.push({ entries: shard.entries, terms: shard.terms.split(" "), postings: shard.postings.split(" "), decoded: [] });
  };

  /** Without the words that say nothing, unless there are no others. */
  const meant = (list) => {
    const rest = list.filter((word) => !stop.has(word));
    return rest.length ? rest : list;
  };

  /** The entries that hold a term: pairs of place and weight, one after the other. */
  const postings = (shard, at) => {
    if (shard.decoded[at]) return shard.decoded[at];
    const found = [];
    let place = -1;
    let number = 0;
    let shift = 0;
    for (const letter of shard.postings[at]) {
      const value = digit.get(letter);
      number += (value & 31) << shift;
      shift += 5;
      if (value < 32) {
        place += number >> 2;
        found.push(place, number & 3);
        number = shift = 0;
      }
    }
    return (shard.decoded[at] = found);
  };

  /** The place of the first term that is not before `text`. */
  const lower = (terms, text) => {
    let [low, high] = [0, terms.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (terms[middle] < text) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /**
   * How far two words are apart: letters left out, put in, replaced or exchanged. The end of `word` may be missing in
   * `term` (a suffix that its stem has lost), and with `open` the end of `term` in `word`.
   */
  const distance = (word, term, open, most) => {
    let before;
    let last = Array.from({ length: word.length + 1 }, (_, at) => at);
    let best = Infinity;
    for (let row = 1; row <= term.length; row += 1) {
      const next = [row];
      let least = row;
      for (let at = 1; at <= word.length; at += 1) {
        const same = word[at - 1] === term[row - 1];
        let value = Math.min(last[at] + 1, next[at - 1] + 1, last[at - 1] + (same ? 0 : 1));
        if (row > 1 && at > 1 && word[at - 1] === term[row - 2] && word[at - 2] === term[row - 1]) value = Math.min(value, before[at - 2] + 1);
        next.push(value);
        least = Math.min(least, value);
      }
      if (open && row >= word.length - 1) best = Math.min(best, next[word.length]);
      if (least > most) return best;
      [before, last] = [last, next];
    }
    best = Math.min(best, last[word.length]);
    if (term.length > 4) for (let at = term.length - 1; at < word.length; at += 1) best = Math.min(best, last[at]);
    return best;
  };

  /**
   * Terms that a word may stand for: pairs of place and quality, and whether the word is one of them or begins one.
   * `open`: the reader may still be typing it.
   */
  const candidates = ({ terms }, word, open) => {
    const found = [];
    const stemmed = stem(word);
    const exact = lower(terms, stemmed);
    if (terms[exact] === stemmed) found.push([exact, 1]);
    for (const begun of new Set(word.length > 1 ? [word, stemmed] : [word])) {
      for (let at = lower(terms, begun); terms[at]?.startsWith(begun); at += 1) {
        if (at !== exact || terms[at] !== stemmed) found.push([at, (0.3 + (0.5 * begun.length) / terms[at].length) * (open ? 1 : 0.5)]);
      }
    }
    const sure = found.length > 0;
    if (open || !sure) {
      // "observabil" begins no stem, but the stem "observ" begins it.
      for (let length = word.length - 1; length > 3 && length > word.length - 8; length -= 1) {
        const at = lower(terms, word.slice(0, length));
        if (terms[at] === word.slice(0, length) && terms[at] !== stemmed) found.push([at, (0.6 * length) / word.length]);
      }
    }
    return { sure, found };
  };

  const slips = ({ terms }, word, open) => {
    const most = word.length > 7 ? 2 : 1;
    if (word.length < 4) return [];
    const found = [];
    terms.forEach((term, at) => {
      const near = term[0] === word[0] || term[0] === word[1] || term[1] === word[0];
      if (!near || term.length < word.length - 8 || term.length < 3 || (!open && term.length > word.length + most)) return;
      const apart = distance(word, term, open, most);
      if (apart <= most) found.push([at, (0.5 / (apart + 1)) * (1 - Math.min(0.5, Math.abs(word.length - term.length) * 0.06))]);
    });
    return found;
  };

  /** What a word finds: a map for each shard from place to [score, in the title]. */
  const lookUp = (word, open, hits) => {
    const all = shards.map((shard) => candidates(shard, word, open));
    const sure = all.some((one) => one.sure);
    const found = all.map((one, number) => {
      // "linkrd" is "linkerd" with a slip rather than another form of "link".
      const near = sure ? [] : slips(shards[number], word, open);
      const slipped = new Set(near.map(([at]) => at));
      const far = near.length ? one.found.filter(([at]) => !slipped.has(at)).map(([at, quality]) => [at, quality / 3]) : one.found;
      return [...near, ...far].sort((a, b) => b[1] - a[1]).slice(0, MOST_TERMS);
    });
    const total = shards.reduce((sum, shard) => sum + shard.entries.length, 0);
    const holders = new Map();
    found.forEach((list, number) => {
      for (const [at] of list) {
        const term = shards[number].terms[at];
        holders.set(term, (holders.get(term) ?? 0) + postings(shards[number], at).length / 2);
      }
    });
    return found.map((list, number) => {
      const scores = new Map();
      for (const [at, quality] of list) {
        const term = shards[number].terms[at];
        const rarity = quality * Math.log(1 + total / holders.get(term));
        const entries = postings(shards[number], at);
        hits.add(term);
        for (let next = 0; next < entries.length; next += 2) {
          const weight = entries[next + 1];
          const score = rarity * WEIGHTS[weight];
          if (score > (scores.get(entries[next])?.[0] ?? 0)) scores.set(entries[next], [score, weight === 3]);
        }
      }
      return scores;
    });
  };

  /** The parts of a query, each a list of ways to say it: { words, factor }. */
  const parts = (list) => {
    const stems = list.map(stem);
    const found = [];
    for (let at = 0; at < list.length; ) {
      let best = null;
      for (const group of synonyms) {
        for (const member of group) {
          const fits = member.every((one, place) => stems[at + place] === one);
          if (fits && member.length > (best?.length ?? 0)) best = { group, length: member.length };
        }
      }
      const length = best?.length ?? 1;
      const own = { words: list.slice(at, at + length), factor: 1, last: at + length === list.length };
      const said = stems.slice(at, at + length).join(" ");
      const others = (best?.group ?? []).filter((member) => member.join(" ") !== said);
      found.push([own, ...others.map((member) => ({ words: member, factor: SYNONYM, stems: true }))]);
      at += length;
    }
    return found;
  };

  /** What one way to say a part finds: all of its words, in the same entry. */
  const way = ({ words: list, factor, last, stems }, open, hits, known) => {
    const each = list.map((word, place) => {
      const begun = open && Boolean(last) && place === list.length - 1;
      const key = `${word} ${begun} ${stems}`;
      if (!known.has(key)) known.set(key, lookUp(word, begun, hits));
      return known.get(key);
    });
    return shards.map((_, number) => {
      const [first, ...rest] = each.map((one) => one[number]);
      const scores = new Map();
      for (const [place, [score, title]] of first) {
        if (!rest.every((one) => one.has(place))) continue;
        const others = rest.map((one) => one.get(place));
        const sum = others.reduce((total, [more]) => total + more, score);
        scores.set(place, [sum * factor, (title ? 1 : 0) + others.filter(([, inTitle]) => inTitle).length]);
      }
      return scores;
    });
  };

  /**
   * The entries for a query, best first: { entry: [group, title, URL, of, summary], score }. `hits` are the terms that
   * were looked up.
   */
  const find = (query) => {
    const list = meant(words(query)).slice(0, 12);
    const open = /[\p{L}\p{N}]$/u.test(query);
    const hits = new Set();
    const known = new Map();
    const wanted = parts(list);
    const exact = fold(query).trim();
    const results = [];
    let whole = 0;
    const scored = wanted.map((ways) => ways.map((one) => way(one, open, hits, known)));
    shards.forEach(({ entries }, number) => {
      const sums = new Map();
      for (const ways of scored) {
        const best = new Map();
        for (const found of ways) {
          for (const [place, pair] of found[number]) if (pair[0] > (best.get(place)?.[0] ?? 0)) best.set(place, pair);
        }
        for (const [place, [score, inTitle]] of best) {
          const sum = sums.get(place);
          if (sum) {
            sum[0] += score;
            sum[1] += 1;
            sum[2] += inTitle;
          } else {
            sums.set(place, [score, 1, inTitle]);
          }
        }
      }
      for (const [place, [sum, matched, inTitle]] of sums) {
        const entry = entries[place];
        const part = matched / wanted.length;
        const length = entry[1].split(" ").length;
        let score = sum * part * part * (GROUPS[search.groups[entry[0]]] ?? 1) * (1 + Math.min(1, inTitle / length));
        if (fold(entry[1]) === exact) score *= 2;
        if (part === 1) whole += 1;
        results.push({ entry, score, part });
      }
    });
    return {
      results: results.filter((one) => one.part === 1 || (one.part >= 0.5 && whole < 50) || !whole).sort((a, b) => b.score - a.score),
      hits,
      words: list,
    };
  };

  /** A title in pieces of text: [text, found]. */
  const mark = (title, { hits, words: list }) =>
    title.split(/(?<=[^\p{L}\p{N}'’])(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])(?=[^\p{L}\p{N}'’\p{M}])/u).map((text) => {
      const [word] = words(text);
      return [text, word !== undefined && (hits.has(stem(word)) || list.some((one) => word.startsWith(one)))];
    });

  const search = (worthwhile.search = { add, find, mark, split: words });
  worthwhile.found = add;
})();
