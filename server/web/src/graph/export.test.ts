import { describe, expect, it } from 'vitest';
import { cell, csv, gexf, graphml, taken, xml, type Taken } from './export';
import type { Picture } from './picture';

const data: Taken = {
  title: 'a & b',
  nodes: [
    { id: 'place:canal', kind: 'place', name: { th: 'คลองแม่ข่า', en: 'Mae Kha "Canal"' } },
    { id: 'program:light', kind: 'program', name: { th: 'แสง' } },
  ],
  edges: [{ id: 's-1', source: 'program:light', target: 'place:canal', type: 'held_at', time: { edtf: '2024-11~' }, certainty: 'stated' }],
  places: new Map([['place:canal', { x: 1.5, y: -2 }]]),
};

describe('graphml', () => {
  it('declares every key it uses and keeps names in both scripts', () => {
    const text = graphml(data);
    const declared = new Set([...text.matchAll(/<key id="(\w+)"/g)].map((match) => match[1]));
    for (const [, used] of text.matchAll(/<data key="(\w+)"/g)) expect(declared.has(used ?? '')).toBe(true);
    expect(text).toContain('คลองแม่ข่า');
    expect(text).toContain('Mae Kha &quot;Canal&quot;');
    expect(text).toContain('<edge id="s-1" source="program:light" target="place:canal">');
    expect(text).toContain('<data key="e_time">2024-11~</data>');
  });
});

describe('gexf', () => {
  it('turns the picture over, because its y grows upward', () => {
    expect(gexf(data)).toContain('<viz:position x="1.5" y="2"/>');
  });
});

describe('csv', () => {
  it('names both ends of each link in both scripts', () => {
    expect(csv(data)).toContain('program:light,program,,แสง,held_at,place:canal,place,"Mae Kha ""Canal""",คลองแม่ข่า,2024-11~,stated,,s-1');
  });

  it('keeps a spreadsheet from running what the data says', () => {
    expect(cell('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"');
  });
});

describe('taken', () => {
  it('writes the members of a group in its place', () => {
    const shown: Picture = {
      nodes: [data.nodes[0]!],
      groups: [{ id: 'place:canal|held_at|in', of: 'place:canal', type: 'held_at', direction: 'in', members: [data.nodes[1]!] }],
      edges: [{ id: 'edge|place:canal|held_at|in', source: 'place:canal|held_at|in', target: 'place:canal', type: 'held_at' }],
      rounds: [],
    };
    const files = taken(shown, data.edges, new Map(), 't');
    expect(files.nodes).toHaveLength(2);
    expect(files.edges.map((edge) => edge.id)).toEqual(['s-1']);
  });
});

describe('xml', () => {
  it('drops what XML cannot hold', () => {
    expect(xml('a\u0001<b>')).toBe('a&lt;b&gt;');
  });
});
