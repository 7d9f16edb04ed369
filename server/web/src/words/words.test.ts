import { describe, expect, it } from 'vitest';
import { en } from './en';
import { th } from './th';
import { problemWords, words } from './words';

const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('words', () => {
  it('leave the same blanks to fill in both languages', () => {
    for (const key of Object.keys(en) as (keyof typeof en)[]) expect(blanks(th[key]), key).toEqual(blanks(en[key]));
  });

  it('are not left in English in the Thai dictionary', () => {
    const same = (Object.keys(en) as (keyof typeof en)[]).filter((key) => en[key] === th[key] && key !== 'resultsUpdated');
    expect(same).toEqual([]);
  });

  it('say what the server refused, as exactly as they can', () => {
    expect(problemWords('th', 'syntax-error', 'UnknownFunction')).toBe(th.problem_syntax_error_UnknownFunction);
    expect(problemWords('th', 'syntax-error', 'UnexpectedSyntax')).toBe(th.problem_syntax_error);
    expect(problemWords('en', 'of-tomorrow')).toBe('');
  });

  it('fill what is given and leave what is not', () => {
    expect(words('en', 'cypherRows', { rows: 3 })).toBe('3 rows in {ms} ms');
  });
});
