import { describe, expect, it } from 'vitest';
import { rows, withField } from './csv_text';

const text = '\uFEFFid,time,note\r\nprogram:a,2567,"one, ""two""\nthree"\r\n\r\nprogram:b,2024,\r\n';

describe('rows', () => {
  it('know the line of the file on which each begins, whatever is quoted', () => {
    expect(rows(text).map((row) => [row.line, row.fields.map((field) => field.value)])).toEqual([
      [1, ['id', 'time', 'note']],
      [2, ['program:a', '2567', 'one, "two"\nthree']],
      [5, ['program:b', '2024', '']],
    ]);
  });

  it('end at the end of the text, even within quotes', () => {
    expect(rows('a,"b').at(-1)?.fields.at(-1)?.value).toBe('b');
    expect(rows('')).toEqual([]);
  });
});

describe('withField', () => {
  it('changes one cell and nothing else', () => {
    const field = rows(text)[1]?.fields[1];
    expect(withField(text, field!, '2024')).toBe(text.replace('2567', '2024'));
    expect(withField('a,b', rows('a,b')[0]!.fields[1]!, 'x,y')).toBe('a,"x,y"');
  });
});
