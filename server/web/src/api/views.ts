// A saved view: what somebody sees and did, kept by the server under a short address.
import { post } from './client';
import type { Text } from '../shared/text';
import type { components } from './description';

type View = components['schemas']['View'];

/** The parameters of a page as a view's state: a list each, since any may repeat. */
export function stateOfQuery(query: URLSearchParams): Record<string, string[]> {
  const names = [...new Set(query.keys())].filter((name) => name !== 'lang');
  return Object.fromEntries(names.map((name) => [name, query.getAll(name)]));
}

/** Saves a view and gives its whole address. */
export async function saveView(view: { kind: View['kind']; title: Text; state: Record<string, unknown> }): Promise<string> {
  const title = Object.fromEntries(Object.entries(view.title).filter(([, words]) => words));
  const { id } = await post<View>('/v1/views', { ...view, title });
  return `${location.origin}/views/${id ?? ''}`;
}
