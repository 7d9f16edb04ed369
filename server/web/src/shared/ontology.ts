// The page carries the ontology's words for relations, so that they are the server's, in one place.
import type { Text } from './text';
import { inLanguage } from './text';
import { pageLanguage } from '../words/words';

interface Wording {
  whole?: string[];
  types: Record<string, Text & { inverse: Text }>;
}

let read: Wording | undefined;

function wording(): Wording {
  const text = document.getElementById('khom-wording')?.textContent;
  read ??= text ? (JSON.parse(text) as Wording) : { types: {} };
  return read;
}

/** Words that are never broken at the end of a line. */
export function wholeWords(): string[] {
  return wording().whole ?? [];
}

/** "is held at" for held_at, "hosts" the other way. */
export function sayType(type: string, direction: 'out' | 'in' = 'out'): string {
  const found = wording().types[type];
  return inLanguage(direction === 'out' ? found : found?.inverse, pageLanguage()).words || type.replaceAll('_', ' ');
}
