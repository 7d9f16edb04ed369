import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { en } from './en.ts';

it('words that nobody says are not kept', () => {
  const root = new URL('..', import.meta.url);
  const sources = readdirSync(root, { recursive: true }).filter((name) => /\.tsx?$/.test(name) && !/^words|\.test\.ts$|\.d\.ts$/.test(name));
  const text = sources.map((name) => readFileSync(new URL(name, root), 'utf8')).join('\n');
  const built = /^(kind|sector|certainty|status)_/; // asked for by sayOf
  const unused = Object.keys(en).filter((key) => !built.test(key) && !new RegExp(`['"\`]${key}['"\`]`).test(text));
  expect(unused).toEqual([]);
});
