// English stems, by the Porter 2 algorithm (https://snowballstem.org/algorithms/english/stemmer.html), as the index has
// them. Words come in lower case, without accents and apostrophes.
(() => {
  "use strict";

  const whole = (text) => text.split(" ").map((pair) => pair.split(":"));
  const EXCEPTIONS = new Map(
    whole(
      "skis:ski skies:sky dying:die lying:lie tying:tie idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl " +
        "sky:sky news:news howe:howe atlas:atlas cosmos:cosmos bias:bias andes:andes",
    ),
  );
  const FINISHED = /^(?:inning|outing|canning|herring|earring|proceed|exceed|succeed)$/;

  // A suffix and what it becomes; `:` alone removes it.
  const STEP_2 = whole(
    "tional:tion enci:ence anci:ance abli:able entli:ent izer:ize ization:ize ational:ate ation:ate ator:ate alism:al " +
      "aliti:al alli:al fulness:ful ousli:ous ousness:ous iveness:ive iviti:ive biliti:ble bli:ble ogi:og fulli:ful lessli:less li:",
  );
  const STEP_3 = whole("tional:tion ational:ate alize:al icate:ic iciti:ic ical:ic ful: ness: ative:");
  const STEP_4 = whole("al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: ism: ate: iti: ous: ive: ize: ion:");

  const longest = (word, suffixes) => {
    let found;
    for (const pair of suffixes) {
      if (word.endsWith(pair[0]) && pair[0].length > (found?.[0].length ?? 0)) found = pair;
    }
    return found;
  };

  /** Where the region starts that follows the first consonant after a vowel, from `start` on. */
  const region = (word, start) => {
    const at = word.slice(start).search(/[aeiouy][^aeiouy]/);
    return at < 0 ? word.length : start + at + 2;
  };

  const hasVowel = (text) => /[aeiouy]/.test(text);
  const endsShort = (text) => /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$/.test(text);

  const stem = (given) => {
    if (given.length < 3) return given;
    if (EXCEPTIONS.has(given)) return EXCEPTIONS.get(given);
    // A y that is a consonant is written Y, from left to right: after one the next y is a vowel.
    let word = "";
    for (const letter of given) word += letter === "y" && (word === "" || /[aeiouy]$/.test(word)) ? "Y" : letter;
    const first = word.match(/^(?:gener|commun|arsen)/)?.[0].length ?? region(word, 0);
    const second = region(word, first);
    const cut = (count) => word.slice(0, word.length - count);

    // 1a: plurals.
    if (word.endsWith("sses")) word = cut(2);
    else if (/ie[ds]$/.test(word)) word = cut(word.length > 4 ? 2 : 1);
    else if (/[^us]s$/.test(word) && hasVowel(cut(2))) word = cut(1);
    if (FINISHED.test(word)) return word;

    // 1b: past tenses and gerunds.
    const eed = word.match(/eed(?:ly)?$/);
    const tense = word.match(/(?:ed|ing)(?:ly)?$/);
    if (eed) {
      if (eed.index >= first) word = `${word.slice(0, eed.index)}ee`;
    } else if (tense && hasVowel(word.slice(0, tense.index))) {
      word = word.slice(0, tense.index);
      if (/(?:at|bl|iz)$/.test(word)) word += "e";
      else if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) word = cut(1);
      else if (first >= word.length && endsShort(word)) word += "e";
    }

    // 1c: a final y.
    if (/.[^aeiouy][yY]$/.test(word)) word = `${cut(1)}i`;

    // 2 and 3: suffixes of suffixes.
    const replace = (suffixes, allowed) => {
      const found = longest(word, suffixes);
      if (!found) return;
      const [suffix, becomes] = found;
      const rest = cut(suffix.length);
      if (rest.length >= first && allowed(suffix, rest)) word = rest + becomes;
    };
    replace(STEP_2, (suffix, rest) => {
      if (suffix === "ogi") return rest.endsWith("l");
      return suffix !== "li" || /[cdeghkmnrt]$/.test(rest);
    });
    replace(STEP_3, (suffix, rest) => suffix !== "ative" || rest.length >= second);

    // 4: what is left of suffixes.
    replace(STEP_4, (suffix, rest) => rest.length >= second && (suffix !== "ion" || /[st]$/.test(rest)));

    // 5: a final e or l.
    const rest = cut(1);
    if (word.endsWith("e")) {
      if (rest.length >= second || (rest.length >= first && !endsShort(rest))) word = rest;
    } else if (word.endsWith("ll") && rest.length >= second) {
      word = rest;
    }
    return word.toLowerCase();
  };

  (globalThis.worthwhile ??= {}).stem = stem;
})();
