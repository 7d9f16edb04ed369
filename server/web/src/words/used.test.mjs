import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { en } from './en.ts';
import { th } from './th.ts';

it('words that nobody says are not kept', () => {
  const root = new URL('..', import.meta.url);
  const sources = readdirSync(root, { recursive: true }).filter((name) => /\.tsx?$/.test(name) && !/^words|\.test\.ts$|\.d\.ts$/.test(name));
  const text = sources.map((name) => readFileSync(new URL(name, root), 'utf8')).join('\n');
  const built = /^(kind|sector|certainty|status|problem|finding)_/; // asked for by sayOf, problemWords and sentence
  const unused = Object.keys(en).filter((key) => !built.test(key) && !new RegExp(`['"\`]${key}['"\`]`).test(text));
  expect(unused).toEqual([]);
});

it('things of the closed lists are called what the ontology calls them', () => {
  const { kinds, sectors, certainties, statuses } = JSON.parse(readFileSync(new URL('../../../../corpus/data/ontology.json', import.meta.url), 'utf8'));
  const terms = { kind: kinds.map(({ id, one }) => ({ id, ...one })), sector: sectors, certainty: certainties, status: statuses };
  for (const [group, all] of Object.entries(terms)) {
    for (const said of all) {
      const key = `${group}_${said.id}`;
      if (!(key in en)) continue; // what needs no flag: stated, corroborated, done
      expect([en[key].toLowerCase(), th[key]], key).toEqual([said.en.toLowerCase(), said.th]);
    }
  }
});
