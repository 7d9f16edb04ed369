// What an import found wrong, in the reader's language: the API's code says what it is, the cell what was found there.
import type { components } from '../api/description';
import { words, type Key, type Language } from '../words/words';
import type { Row } from './csv_text';

export type Finding = components['schemas']['Finding'];

/** An activity's columns that have another name in what is made of them. */
const written: Record<string, string> = { time: 'date', sources: 'source' };

/** The cell a finding speaks of; nothing where the whole row is meant or no such column is in the file. */
export function cellOf(finding: Finding, head: Row | undefined, row: Row | undefined): string {
  const column = finding.pointer?.split('/').at(-1) ?? '';
  const at = [column, written[column]].map((name) => head?.fields.findIndex((field) => field.value.trim() === name) ?? -1).find((found) => found >= 0);
  return at === undefined ? '' : (row?.fields[at]?.value.trim() ?? '');
}

/** One sentence; nothing for a code that is newer than this page. */
export function sentence(finding: Finding, head: Row | undefined, row: Row | undefined, language: Language): string {
  if (!finding.code) return '';
  const key: Key = `finding_${finding.code}`;
  const column = finding.pointer?.split('/').at(-1) ?? '';
  return words(language, key, { value: cellOf(finding, head, row) || column, column });
}
