// A generated site: capabilities with conditions, trade-offs, decision points, foundations and prose; facts, options,
// components and a case in proportion. The same number of capabilities makes the same bytes.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const WORDS =
  'service traffic region budget audit policy mesh trace metric secret backup cluster tenant gateway queue cache index schema rollout quota alert ledger vault router shard replica sandbox probe ticket vendor contract release branch pipeline artifact registry runtime kernel socket packet latency throughput capacity incident recovery drill owner reviewer threshold'.split(' ');
const LAYERS = 4;

/** Numbers that look random and are the same every time. */
function generator(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Writes `content/` with so many capabilities below `folder`. */
export function corpus(folder, count) {
  const next = generator(count);
  const word = () => WORDS[next(WORDS.length)];
  const phrase = (length) => Array.from({ length }, word).join(' ');
  const sentence = (length) => phrase(length).replace(/^./, (letter) => letter.toUpperCase());
  const facts = Math.max(10, Math.round(count / 5));
  const options = Math.max(4, Math.round(count / 2));
  const components = Math.max(4, Math.round(count / 10));
  const write = (name, text) => {
    const file = path.join(folder, 'content', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write('site.yaml', 'format: 1\ntitle: Generated\nquestion: How large may a site be?\ndescription: A generated site, for measuring.\nhome: { case: case-0 }\n');
  for (let n = 0; n < LAYERS; n += 1) write(`layers/layer-${n}.yaml`, `title: ${sentence(2)} ${n}\norder: ${n}\nsummary: ${sentence(8)}.\n`);
  let text = '';
  for (let n = 0; n < facts; n += 1) text += `fact_${n}:\n  title: ${sentence(2)} ${n}\n  question: How many ${phrase(2)} are there?\n  type: integer\n  range: [0, 100]\n`;
  write('facts/generated.yaml', text);
  for (let n = 0; n < 3; n += 1) {
    const known = Array.from({ length: Math.ceil(facts / 2) }, (_, at) => `  fact_${2 * at}: ${next(100)}\n`).join('');
    write(`cases/case-${n}.yaml`, `title: ${sentence(2)} case ${n}\nsummary: ${sentence(12)}.\nconstructed: true\nfacts:\n${known}`);
  }
  for (let n = 0; n < options; n += 1) write(`options/option-${n}.yaml`, `title: ${sentence(1)} ${n}\nkind: tool\nsummary: ${sentence(9)}.\n`);
  for (let n = 0; n < components; n += 1) write(`components/component-${n}.yaml`, `title: ${sentence(2)} base ${n}\nlayer: layer-0\nsummary: ${sentence(8)}.\n`);
  for (let n = 0; n < count; n += 1) {
    // No two conditions of a capability read the same fact, so that none makes another one idle.
    let place = next(facts);
    const fact = () => `fact_${(place += 1) % facts}`;
    const trigger = (id) => `  - { id: t${id}, text: ${sentence(6)}, when: ${fact()} > ${10 + next(40)} }\n`;
    const option = () => `    - { option: option-${next(options)}, pros: [${sentence(3)}], cons: [${sentence(3)}], use_when: [{ text: ${sentence(5)} }] }\n`;
    write(
      `capabilities/capability-${n}.yaml`,
      `title: ${sentence(2)} ${n}\nlayer: layer-${1 + (n % (LAYERS - 1))}\norder: ${n}\nsummary: ${sentence(12)}.\ncomplexity: ${['low', 'medium', 'high'][next(3)]}\n` +
        `triggers:\n${[1, 2, 3].map(trigger).join('')}not_when:\n  - { text: ${sentence(6)}, when: ${fact()} < ${1 + next(9)} }\n` +
        `trade_offs:\n  keep: { title: Keep, pros: [${sentence(3)}] }\n  options:\n${[1, 2].map(option).join('')}` +
        `decision_points:\n  - { id: first, question: "${sentence(5)}?", ask: ["${sentence(4)}?"] }\n` +
        `timing:\n  now:\n    - { text: ${sentence(6)}, when: ${fact()} > ${50 + next(40)} }\nbuilds_on:\n  - { component: component-${next(components)}, adds: ${sentence(4)} }\n`,
    );
    if (n % 4 === 0) write(`capabilities/capability-${n}.md`, `${sentence(60)}.\n\n## ${sentence(3)}\n\n${sentence(50)}.\n`);
  }
}
