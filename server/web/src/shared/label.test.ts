import { describe, expect, it } from 'vitest';
import { lines, seen } from './label';

describe('lines', () => {
  it('break Thai between words, never before a mark', () => {
    const broken = lines('เทศกาลโคมแสนดวงที่เมืองลำพูนประจำปี', 'th', 14, 5);
    expect(broken.length).toBeGreaterThan(1);
    expect(broken.join('')).toBe('เทศกาลโคมแสนดวงที่เมืองลำพูนประจำปี');
    for (const line of broken) expect(/^[\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]/.test(line)).toBe(false);
  });

  it('say that something is left out', () => {
    expect(lines('Faculty of Architecture, Chiang Mai University and more', 'en', 16, 2)).toEqual(['Faculty of ', 'Architecture,…']);
  });

  it('leave no bracket behind at the end of a line', () => {
    expect(lines('Mae Kha & Night Bazaar Earth Day (2024)', 'en', 20)).toEqual(['Mae Kha & Night ', 'Bazaar Earth Day ', '(2024)']);
  });

  it('keep a short name whole', () => {
    expect(lines('Mae Kha Canal', 'en')).toEqual(['Mae Kha Canal']);
  });
});

describe('seen', () => {
  it('does not count marks above and below', () => {
    expect(seen('ยี่เป็ง')).toBe(4);
  });
});
