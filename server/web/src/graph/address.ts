// The picture as an address: everything that the reader did, and the revision it was done at.
import { emptyState, type State } from './picture';

export function stateOf(query: URLSearchParams): State {
  const state = emptyState();
  state.roots = query.getAll('id');
  state.open = query.has('open') ? query.getAll('open') : [...state.roots];
  state.hidden = query.getAll('hide');
  state.groups = query.getAll('group');
  state.chains = query.getAll('chain');
  state.kinds = query.getAll('kind');
  state.types = query.getAll('type');
  state.sectors = query.getAll('sector');
  state.from = query.get('from') ?? '';
  state.to = query.get('to') ?? '';
  for (const pin of query.getAll('pin')) {
    const match = /^(.+)@(-?[\d.]+),(-?[\d.]+)$/.exec(pin);
    if (match?.[1]) state.pins[match[1]] = { x: Number(match[2]), y: Number(match[3]) };
  }
  return state;
}

const same = (one: string[], other: string[]) => one.length === other.length && one.every((id, at) => id === other[at]);

/** The parameters of a state; `kept` are others that stay, such as lang, source and target. */
export function queryOf(state: State, kept: URLSearchParams, rev?: number): URLSearchParams {
  const query = new URLSearchParams();
  for (const id of state.roots) query.append('id', id);
  if (!same(state.open, state.roots)) for (const id of state.open.length > 0 ? state.open : ['']) query.append('open', id);
  for (const id of state.hidden) query.append('hide', id);
  for (const id of state.groups) query.append('group', id);
  const own = kept.has('source') && kept.has('target') ? 1 : 0; // source and target name the first
  for (const pair of state.chains.slice(own)) query.append('chain', pair);
  for (const kind of state.kinds) query.append('kind', kind);
  for (const type of state.types) query.append('type', type);
  for (const sector of state.sectors) query.append('sector', sector);
  for (const [id, { x, y }] of Object.entries(state.pins)) query.append('pin', `${id}@${Math.round(x)},${Math.round(y)}`);
  if (state.from) query.set('from', state.from);
  if (state.to) query.set('to', state.to);
  for (const name of ['source', 'target', 'max_hops', 'rank', 'lang']) {
    const value = kept.get(name);
    if (value) query.set(name, value);
  }
  if (rev !== undefined) query.set('rev', String(rev));
  return query;
}
