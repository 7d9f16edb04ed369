// Every field that names an entity suggests while one types: the search boxes lead to the page that is picked, the two ends
// of a connection take its id.
import { get } from '../api/client';
import { inLanguage, pieces } from '../shared/text';
import { pageLanguage, say, sayOf } from '../words/words';
import { Combobox, type Choice } from './combobox';

interface Suggestion extends Choice {
  entity: boolean;
}

async function suggestions(text: string, signal: AbortSignal, entitiesOnly: boolean): Promise<Suggestion[]> {
  const language = pageLanguage();
  const answer = await get('/v1/suggest', { query: { q: text.slice(0, 128), lang: language, limit: 8 }, signal });
  const entities = answer.entities.map((hit): Suggestion => {
    const name = inLanguage(hit.entity.name, language);
    const highlight = hit.highlight?.[`name.${name.lang}`];
    return {
      value: hit.entity.id,
      text: name.words,
      lang: name.lang,
      pieces: highlight ? pieces(highlight) : [{ words: name.words, marked: false }],
      note: sayOf('kind', hit.entity.kind),
      entity: true,
    };
  });
  const said = new Set(entities.map((one) => one.text.toLowerCase()));
  const queries = entitiesOnly
    ? []
    : answer.queries.filter((query) => !said.has(query.toLowerCase())).slice(0, 4).map((query): Suggestion => ({
        value: query,
        text: query,
        lang: /[\u0E00-\u0E7F]/.test(query) ? 'th' : 'en',
        pieces: [{ words: query, marked: false }],
        entity: false,
      }));
  return [...entities, ...queries];
}

/** The address of an entity's page, in the language that the reader chose. */
export function entityAddress(id: string): string {
  const lang = new URLSearchParams(location.search).get('lang');
  return `/entities/${encodeURIComponent(id).replaceAll('%3A', ':')}${lang ? `?lang=${lang}` : ''}`;
}

function announce(count: number): string {
  return count === 0 ? say('suggestionsNone') : say('suggestionsCount', { count });
}

function suggestsPages(input: HTMLInputElement): void {
  new Combobox<Suggestion>(input, {
    label: say('suggestions'),
    announce,
    ask: (text, signal) => suggestions(text, signal, false),
    pick: (choice) => {
      if (choice.entity) location.assign(entityAddress(choice.value));
      else input.form?.requestSubmit();
    },
  });
}

/** The form is sent with the id that was picked, the field goes on showing the name. */
function suggestsEnds(input: HTMLInputElement): void {
  const hidden = document.createElement('input');
  hidden.type = 'hidden';
  hidden.name = input.name;
  hidden.value = input.value;
  input.after(hidden);
  input.removeAttribute('name');
  if (input.dataset['shown']) input.value = input.dataset['shown'];
  input.addEventListener('input', () => (hidden.value = input.value));
  new Combobox<Suggestion>(input, {
    label: say('suggestions'),
    announce,
    ask: (text, signal) => suggestions(text, signal, true),
    pick: (choice) => (hidden.value = choice.value),
  });
}

export function enhanceInputs(root: ParentNode): void {
  root.querySelectorAll<HTMLInputElement>('form[role=search] input[name=q]').forEach(suggestsPages);
  root.querySelectorAll<HTMLInputElement>('input[data-entity]').forEach(suggestsEnds);
}
