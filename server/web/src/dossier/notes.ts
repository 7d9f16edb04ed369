// Notes of a planner, one for each section of a dossier. They stay in this browser; saved as a view they have an address,
// and the server writes them on the page for whoever opens it.
import { saveView, stateOfQuery } from '../api/views';
import { pageLanguage, say } from '../words/words';
import { periodOf } from './keeping';

/** Those of a saved view are apart from one's own. */
function keyOf(section: HTMLElement): string {
  const view = new URLSearchParams(location.search).get('view');
  return `khom-note ${location.pathname}${view ? ` ${view}` : ''} ${section.id}`;
}

/** A field for the note on a section. Its text also stands beside it, since fields print badly. */
export function addNote(section: HTMLElement): void {
  const key = keyOf(section);
  const label = document.createElement('label');
  const field = document.createElement('textarea');
  const printed = section.querySelector<HTMLElement>('.printed-note') ?? document.createElement('p');
  label.className = 'note';
  printed.className = 'printed-note beside-field';
  field.rows = 2;
  field.value = localStorage.getItem(key) ?? printed.textContent ?? '';
  printed.textContent = field.value;
  field.addEventListener('input', () => {
    localStorage.setItem(key, field.value);
    printed.textContent = field.value;
  });
  label.append(say('dossierNote'), field);
  section.append(label, printed);
}

/** The notes as they stand, by section. */
export function notesOf(sections: HTMLElement[]): Record<string, string> {
  const notes = sections.map((section) => [section.id, section.querySelector('textarea')?.value.trim() ?? ''] as const);
  return Object.fromEntries(notes.filter(([, note]) => note !== ''));
}

/** Saves the notes with the dossier they are about; gives the address. */
export async function sharedNotes(id: string, sections: HTMLElement[]): Promise<string> {
  const notes = notesOf(sections);
  if (Object.keys(notes).length === 0) throw new Error(say('dossierNoNotes'));
  const title = { [pageLanguage()]: document.querySelector('h1')?.textContent ?? '' };
  return saveView({ kind: 'dossier', title, state: { ...stateOfQuery(periodOf(location.search)), id, notes } }).catch((error: Error) => {
    throw new Error(say('shortAddressFailed', { reason: error.message }));
  });
}
