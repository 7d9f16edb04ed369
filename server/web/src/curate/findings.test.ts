import { describe, expect, it } from 'vitest';
import { rows } from './csv_text';
import { cellOf, sentence } from './findings';

const [head, row] = rows('id,name_en,time\nprogram:fair,Fair,15/11/2567\n');

describe('a finding', () => {
  it('is said in the reader’s language, with what was found', () => {
    const finding = { line: 2, pointer: 'time', code: 'not_a_date', detail: 'write 2024-11-15' } as const;
    expect(sentence(finding, head, row, 'th')).toBe('“15/11/2567” ไม่ใช่วันเวลาที่อ่านได้');
    expect(sentence(finding, head, row, 'en')).toBe('“15/11/2567” is not a date.');
  });

  it('of a Buddhist year says what to write', () => {
    const [, row] = rows('id,name_en,time\nprogram:fair,Fair,2567-11\n');
    const finding = { line: 2, pointer: 'time', code: 'buddhist_year', detail: 'looks like a Buddhist year' } as const;
    expect(sentence(finding, head, row, 'th')).toBe('“2567-11” เป็นปี พ.ศ. โปรดเขียนเป็นปี ค.ศ. (ลบ 543) หรือใส่ BE ในคอลัมน์ era');
    expect(sentence(finding, head, row, 'en')).toMatch(/^“2567-11” is a year of the Buddhist era: write the year of the Common Era/);
  });

  it('is found under the name its column has in a list of activities', () => {
    const [of, one] = rows('activity,date\nFair,yesterday\n');
    expect(cellOf({ pointer: 'time' }, of, one)).toBe('yesterday');
  });

  it('names its column where there is no cell', () => {
    expect(sentence({ pointer: '/entity/time', code: 'not_a_date' }, undefined, undefined, 'en')).toBe('“time” is not a date.');
    expect(sentence({ code: 'repeated', pointer: '' }, head, row, 'th')).toBe('ข้อความนี้ซ้ำกับแถวก่อนหน้า');
  });

  it('of an older server has its English detail only', () => {
    expect(sentence({ pointer: 'time', detail: 'no date' }, head, row, 'th')).toBe('');
  });
});
