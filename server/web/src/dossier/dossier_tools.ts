// What a planner adds to a dossier that the server wrote: the matrix of criteria at its head, notes that stay in this browser
// and are printed, the dossier kept as it stands today, and paper.
import { save } from '../shared/files';
import { say } from '../words/words';

const statuses = ['evidenced', 'thin', 'missing'] as const;

function button(words: string, does: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'plain';
  made.textContent = words;
  made.addEventListener('click', does);
  return made;
}

function cell(tag: 'th' | 'td', ...content: (string | Node)[]): HTMLTableCellElement {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
}

/** One row a section: where it stands, how many claims and gaps, the way to it. */
function matrix(sections: HTMLElement[]): HTMLElement {
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const key of ['dossierCriterion', 'dossierStatus', 'dossierClaims', 'dossierEvidence', 'dossierOpen', 'dossierGaps'] as const) {
    const heading = cell('th', say(key));
    heading.scope = 'col';
    head.append(heading);
  }
  const body = table.createTBody();
  for (const section of sections) {
    const status = section.querySelector<HTMLElement>('h2 .status');
    const link = document.createElement('a');
    link.href = `#${section.id}`;
    link.textContent = (section.querySelector('h2')?.textContent ?? '').replace(status?.textContent ?? '', '').trim();
    const name = cell('th', link);
    name.scope = 'row';
    const row = body.insertRow();
    row.append(name, cell('td', status?.cloneNode(true) ?? ''), cell('td', String(section.querySelectorAll('.claim').length)));
    const evidence = new Set([...section.querySelectorAll('.claim li[id]')].map((line) => line.id)).size;
    // What is not yet certain stands in the one part that is no claim.
    const open = section.querySelectorAll('details:not(.claim) li').length;
    row.append(...[evidence, open, section.querySelectorAll('.gaps li').length].map((count) => cell('td', String(count))));
  }
  const scrolls = document.createElement('div');
  scrolls.className = 'scrolls';
  scrolls.tabIndex = 0;
  scrolls.append(table);
  return scrolls;
}

function summary(sections: HTMLElement[]): string {
  return statuses
    .map((status) => `${sections.filter((section) => section.querySelector(`h2 .status.${status}`)).length} ${say(`status_${status}`)}`)
    .join(' · ');
}

/** A note on a section. What is typed is also kept as text beside the field, since fields print badly. */
function note(section: HTMLElement): void {
  const key = `khom-note ${location.pathname} ${section.id}`;
  const label = document.createElement('label');
  const field = document.createElement('textarea');
  const printed = document.createElement('p');
  label.className = 'note';
  printed.className = 'printed-note';
  field.rows = 2;
  field.value = localStorage.getItem(key) ?? '';
  printed.textContent = field.value;
  field.addEventListener('input', () => {
    if (field.value) localStorage.setItem(key, field.value);
    else localStorage.removeItem(key);
    printed.textContent = field.value;
  });
  label.append(say('dossierNote'), field);
  section.append(label, printed);
}

async function keep(): Promise<void> {
  const id = location.pathname.split('/').at(-1) ?? '';
  const response = await fetch(`/v1/dossiers/${id}${location.search}`, { headers: { Accept: 'application/json' } });
  const text = await response.text();
  const rev = (JSON.parse(text) as { rev?: number }).rev ?? 0;
  const notes = Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith(`khom-note ${location.pathname} `)));
  save(`khom-${id}-r${rev}.json`, 'application/json', JSON.stringify({ dossier: JSON.parse(text) as unknown, notes }, null, 1));
}

export function enhanceDossier(main: HTMLElement): void {
  const sections = [...main.querySelectorAll<HTMLElement>('section[id]')].filter((section) => section.querySelector('h2 .status'));
  if (sections.length === 0) return;
  const tools = document.createElement('p');
  tools.className = 'row downloads';
  tools.append(button(say('dossierPrint'), () => print()), button(say('dossierKeep'), () => void keep()));
  const heading = document.createElement('h2');
  heading.textContent = say('dossierMatrix');
  const counts = document.createElement('p');
  counts.textContent = summary(sections);
  sections[0]?.before(tools, heading, counts, matrix(sections));
  sections.forEach(note);
  // On paper every claim shows what stands behind it.
  addEventListener('beforeprint', () => main.querySelectorAll('details').forEach((details) => (details.open = true)));
}
