import { describe, expect, it } from 'vitest';
import { rows } from './csv_text';
import { compared, renamed, type Entity } from './duplicates';

const text = 'id,name_en,note\r\nplace:new,"New, here",see place:new\r\nplace:other,Other,place:new\r\n';

describe('renamed', () => {
  it('puts an id in place of another where the whole cell is that id', () => {
    expect(renamed(text, 'place:new', 'place:old')).toBe('id,name_en,note\r\nplace:old,"New, here",see place:new\r\nplace:other,Other,place:old\r\n');
  });
});

describe('compared', () => {
  it('sets what comes in beside what is there, column by column', () => {
    const all = rows(text);
    const there = { id: 'place:old', kind: 'place', name: { en: 'Old' } } as unknown as Entity;
    expect(compared(all[0], all[1], there)).toEqual([
      { column: 'id', ours: 'place:new', theirs: 'place:old' },
      { column: 'name_en', ours: 'New, here', theirs: 'Old' },
      { column: 'note', ours: 'see place:new', theirs: '' },
    ]);
  });
});
