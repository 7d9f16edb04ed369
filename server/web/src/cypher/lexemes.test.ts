import { describe, expect, it } from 'vitest';
import { completions, lexemes, lineAndColumn } from './lexemes';

const kinds = (statement: string) => lexemes(statement).filter((one) => one.text.trim()).map((one) => `${one.kind}:${one.text.trim()}`);

describe('lexemes', () => {
  it('lose nothing of the statement', () => {
    const statement = "MATCH (p:Partner {name_th: 'ชุมชน\\'ช้างม่อย'})-[r:HELD_AT*1..2]->(x) // why\nRETURN count(p), $y LIMIT 10";
    expect(lexemes(statement).map((one) => one.text).join('')).toBe(statement);
  });

  it('tell keywords, labels, strings, numbers, parameters and comments apart', () => {
    expect(kinds("match (p:Partner) where p.a = 'x' return $y limit 10 // end")).toEqual([
      'keyword:match', 'plain:(p', 'label::Partner', 'plain:)', 'keyword:where', 'plain:p.a =', "string:'x'", 'keyword:return', 'parameter:$y', 'keyword:limit', 'number:10', 'comment:// end',
    ]);
  });

  it('stand a string that is not ended yet', () => {
    expect(kinds("RETURN 'ย")).toEqual(['keyword:RETURN', "string:'ย"]);
  });
});

describe('completions', () => {
  const vocabulary = { labels: ['Partner', 'Place'], types: ['HELD_AT', 'PART_OF'], properties: ['name_en', 'name_th'] };

  it('know labels in round brackets, types in square ones, properties after a dot', () => {
    expect(completions('MATCH (p:P', vocabulary)).toEqual({ begun: 'P', words: ['Partner', 'Place'] });
    expect(completions('MATCH (p)-[:H', vocabulary).words).toEqual(['HELD_AT']);
    expect(completions('MATCH (p)-[:HELD_AT|', vocabulary).words).toEqual(['HELD_AT', 'PART_OF']);
    expect(completions('RETURN p.name_', vocabulary).words).toEqual(['name_en', 'name_th']);
    expect(completions('MATCH (p) RET', vocabulary).words).toEqual(['RETURN']);
  });

  it('are silent within strings and comments', () => {
    expect(completions("RETURN 'MA", vocabulary).words).toEqual([]);
    expect(completions('// MA', vocabulary).words).toEqual([]);
  });
});

describe('lineAndColumn', () => {
  it('counts letters, though spans are bytes', () => {
    expect(lineAndColumn("RETURN 'โคม'\nRETRUN", 19)).toEqual({ line: 2, column: 1 });
  });
});
