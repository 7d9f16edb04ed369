// What a planner adds to a dossier that the server wrote: the matrix of criteria at its head, notes, a version to cite,
// files and paper.
import '../shared/copy_button';
import { save } from '../shared/files';
import { say } from '../words/words';
import { keepingForm, periodOf } from './keeping';
import { addNote, notesOf, sharedNotes } from './notes';

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
    if (key !== 'dossierCriterion' && key !== 'dossierStatus') heading.className = 'number';
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
    const evidence = new Set([...section.querySelectorAll('.claim li[id]')].map((line) => line.id)).size;
    // What is not yet certain stands in the one part that is no claim.
    const open = section.querySelectorAll('details:not(.claim) li').length;
    const counts = [section.querySelectorAll('.claim').length, evidence, open, section.querySelectorAll('.gaps li').length].map((count) => {
      const number = cell('td', String(count));
      number.className = 'number';
      return number;
    });
    row.append(name, cell('td', status?.cloneNode(true) ?? ''), ...counts);
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

/** The dossier as data, as it stands now, with the notes. */
async function saveFile(id: string, sections: HTMLElement[]): Promise<void> {
  const response = await fetch(`/v1/dossiers/${id}?${periodOf(location.search)}`, { headers: { Accept: 'application/json' } });
  const dossier = (await response.json()) as { rev?: number };
  save(`khom-${id}-r${dossier.rev ?? 0}.json`, 'application/json', JSON.stringify({ dossier, notes: notesOf(sections) }, null, 1));
}

/** Says where the notes are found, or why they were not saved. */
function shareButton(id: string, sections: HTMLElement[], said: HTMLElement): HTMLButtonElement {
  return button(say('dossierShare'), () =>
    void sharedNotes(id, sections).then(
      (address) => {
        const link = document.createElement('a');
        const copy = document.createElement('khom-copy');
        link.id = 'notes-address';
        link.href = link.textContent = address;
        copy.setAttribute('for', link.id);
        said.replaceChildren(`${say('dossierShared')} `, link, ' ', copy);
      },
      (error: Error) => said.replaceChildren(error.message),
    ),
  );
}

export function enhanceDossier(main: HTMLElement): void {
  const sections = [...main.querySelectorAll<HTMLElement>('section[id]')].filter((section) => section.querySelector('h2 .status'));
  if (sections.length === 0) return;
  const id = location.pathname.split('/').at(-1) ?? '';
  const tools = document.createElement('p');
  const said = document.createElement('p');
  tools.className = 'row downloads';
  said.className = 'said';
  said.setAttribute('role', 'status');
  const paper = button(say('dossierPrint'), () => print());
  paper.className = ''; // what most come for
  tools.append(paper, button(say('dossierSave'), () => void saveFile(id, sections)), shareButton(id, sections, said));
  const heading = document.createElement('h2');
  heading.textContent = say('dossierMatrix');
  const counts = document.createElement('p');
  counts.textContent = summary(sections);
  sections[0]?.before(tools, said, heading, counts, matrix(sections));
  main.querySelector('khom-keep')?.replaceWith(keepingForm(id));
  sections.forEach(addNote);
  // On paper every claim shows what stands behind it.
  addEventListener('beforeprint', () => main.querySelectorAll('details').forEach((details) => (details.open = true)));
}
