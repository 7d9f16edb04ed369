// Cypher cut into pieces to colour and to complete. It need not understand: what it does not know is left plain.

export type LexemeKind = 'keyword' | 'label' | 'parameter' | 'string' | 'number' | 'comment' | 'plain';

export interface Lexeme {
  kind: LexemeKind;
  text: string;
}

export const keywords = [
  'MATCH', 'OPTIONAL', 'WHERE', 'RETURN', 'WITH', 'ORDER', 'BY', 'SKIP', 'LIMIT', 'AS', 'AND', 'OR', 'NOT', 'XOR', 'IN', 'IS', 'NULL',
  'CALL', 'YIELD', 'UNWIND', 'UNION', 'ALL', 'DISTINCT', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'EXISTS', 'STARTS', 'ENDS', 'CONTAINS',
  'ASC', 'DESC', 'TRUE', 'FALSE', 'PROFILE', 'EXPLAIN',
];
export const functions = ['count', 'collect', 'type', 'labels', 'id', 'size', 'length', 'nodes', 'relationships', 'toLower', 'coalesce', 'min', 'max', 'sum', 'avg', 'keys', 'properties', 'head', 'last', 'range', 'date', 'shortestPath'];

const known = new Set(keywords);
const pattern =
  /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:\\.|[^'\\])*(?:'|$)|"(?:\\.|[^"\\])*(?:"|$))|(`[^`]*(?:`|$)|:\s*[A-Za-z_]\w*)|(\$\w+)|(\b\d+(?:\.\d+)?\b)|([A-Za-z_]\w*)|([\s\S])/g;

export function lexemes(statement: string): Lexeme[] {
  const result: Lexeme[] = [];
  for (const match of statement.matchAll(pattern)) {
    const [text, comment, string, label, parameter, number, word] = match;
    const kind: LexemeKind = comment
      ? 'comment'
      : string
        ? 'string'
        : label
          ? 'label'
          : parameter
            ? 'parameter'
            : number
              ? 'number'
              : word && known.has(word.toUpperCase())
                ? 'keyword'
                : 'plain';
    const last = result[result.length - 1];
    if (last && last.kind === 'plain' && kind === 'plain') last.text += text;
    else result.push({ kind, text });
  }
  return result;
}

export interface Vocabulary {
  labels: string[];
  types: string[];
  properties: string[];
}

export interface Completion {
  /** What stands before the cursor and would be replaced. */
  begun: string;
  words: string[];
}

/** What may be meant at the end of `before`: labels after "(:", types after "[:", properties after a dot, else words of the language. */
export function completions(before: string, vocabulary: Vocabulary): Completion {
  const inString = lexemes(before).at(-1);
  if (inString?.kind === 'comment' || (inString?.kind === 'string' && !/^(['"]).*\1$/s.test(inString.text))) return { begun: '', words: [] };
  const begun = /[A-Za-z_]\w*$/.exec(before)?.[0] ?? '';
  const rest = before.slice(0, before.length - begun.length);
  const bracket = Math.max(rest.lastIndexOf('('), rest.lastIndexOf('['));
  const inside = /[:|]\s*$/.test(rest);
  const from = inside ? (rest[bracket] === '[' ? vocabulary.types : vocabulary.labels) : rest.endsWith('.') ? vocabulary.properties : begun.length < 2 ? [] : [...keywords, ...functions, 'khom.search', 'khom.neighbours'];
  const low = begun.toLowerCase();
  const words = from.filter((word) => word.toLowerCase().startsWith(low) && word !== begun).slice(0, 8);
  return { begun, words };
}

/** Line and column, from 1, of a byte of UTF-8 text. */
export function lineAndColumn(text: string, byte: number): { line: number; column: number } {
  const before = new TextDecoder().decode(new TextEncoder().encode(text).slice(0, byte));
  const rows = before.split('\n');
  return { line: rows.length, column: (rows.at(-1) ?? '').length + 1 };
}
