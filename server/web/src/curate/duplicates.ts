// Two that are probably one, side by side: the row as it would come in, and what is there. Whoever sees that they are the same
// gives the row the id that is there, before anything is imported; the import then adds to it.
import { html, nothing, type TemplateResult } from 'lit';
import { get, type Answer } from '../api/client';
import { entityAddress } from '../search/suggestions';
import { say } from '../words/words';
import { rows, withField, type Row } from './csv_text';

export interface Duplicate {
  line?: number;
  id?: string;
  other?: string;
  score?: number;
  why?: string;
}

export type Entity = Answer<'/v1/entities/{id}'>;

/** What is there now, by id; those that cannot be read are left out. */
export async function known(duplicates: Duplicate[]): Promise<Map<string, Entity>> {
  const ids = [...new Set(duplicates.flatMap((one) => (one.other ? [one.other] : [])))].slice(0, 50);
  const found = new Map<string, Entity>();
  await Promise.all(ids.map((id) => get('/v1/entities/{id}', { path: { id } }).then((entity) => found.set(id, entity), () => undefined)));
  return found;
}

/** What stands in a column's place in the graph. */
export function held(entity: Entity, column: string): string {
  const listed: Record<string, string | undefined> = {
    id: entity.id,
    subtype: entity.subtype,
    name_en: entity.name.en,
    name_th: entity.name.th,
    summary_en: entity.summary?.en,
    summary_th: entity.summary?.th,
    time: entity.time?.edtf,
  };
  return listed[column] ?? '';
}

/** The text with an id put in place of another, wherever a whole cell is that id. */
export function renamed(text: string, from: string, to: string): string {
  const cells = rows(text).flatMap((row) => row.fields.filter((field) => field.value === from));
  return cells.reduceRight((changed, field) => withField(changed, field, to), text);
}

/** A row for each column that either side fills. */
export function compared(head: Row | undefined, row: Row | undefined, entity: Entity | undefined): { column: string; ours: string; theirs: string }[] {
  const columns = head?.fields.map((field) => field.value) ?? [];
  return columns
    .map((column, at) => ({ column, ours: row?.fields[at]?.value ?? '', theirs: entity ? held(entity, column) : '' }))
    .filter(({ ours, theirs }) => ours !== '' || theirs !== '');
}

interface Shown {
  duplicates: Duplicate[];
  all: Row[];
  there: Map<string, Entity>;
  /** Before an import the row takes the other's id; afterwards the two are merged. */
  imported: boolean;
  same(duplicate: Duplicate): void;
  different(duplicate: Duplicate): void;
}

export function duplicatesTemplate({ duplicates, all, there, imported, same, different }: Shown): TemplateResult | typeof nothing {
  if (duplicates.length === 0) return nothing;
  return html`<h3>${say('curateDuplicates')}</h3><p class="quiet">${say('curateDuplicatesNote')}</p>${duplicates.map((duplicate) => {
    const row = all.find((one) => one.line === duplicate.line);
    const table = compared(all[0], row, there.get(duplicate.other ?? ''));
    return html`<section class="duplicate"><div class="scrolls" tabindex="0"><table><caption>${say(duplicate.score === 1 ? 'duplicateLetters' : 'duplicateSound')} <small lang="en">${duplicate.why}</small></caption>
      <thead><tr><td></td><th scope="col">${say('curateLine')} ${duplicate.line}</th><th scope="col"><a href=${entityAddress(duplicate.other ?? '')}>${duplicate.other}</a></th></tr></thead>
      <tbody>${table.map(
        ({ column, ours, theirs }) => html`<tr class=${ours !== '' && theirs !== '' && ours !== theirs ? 'differs' : ''}><th scope="row">${column}</th><td>${ours}</td><td>${theirs}</td></tr>`,
      )}</tbody></table></div>
      <p class="row"><button type="button" class="plain" @click=${() => same(duplicate)}>${imported ? say('curateMerge') : say('curateSame')}</button>
        <button type="button" class="plain" @click=${() => different(duplicate)}>${say('curateDifferent')}</button></p></section>`;
  })}`;
}
