// The API as server/openapi.yaml describes it: paths, parameters and answers are checked by the compiler.
import type { paths } from './description';

type GetPath = { [P in keyof paths]: paths[P] extends { get: object } ? P : never }[keyof paths];
type Operation<P extends GetPath> = paths[P] extends { get: infer O } ? O : never;
type Parameters<P extends GetPath> = Operation<P> extends { parameters: infer A } ? A : never;
type Query<P extends GetPath> = Parameters<P> extends { query?: infer Q } ? Q : never;
type PathArguments<P extends GetPath> = Parameters<P> extends { path: infer A } ? A : Record<string, never>;
type JsonOf<R> = R extends { content: { 'application/json': infer J } } ? J : never;
export type Answer<P extends GetPath> = Operation<P> extends { responses: { 200: infer R } } ? JsonOf<R> : never;

/** What the server refused, in its own words. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: { code?: string; span?: { begin: number; end: number }; parameter?: string }[] = [],
    /** "syntax-error": the last part of the problem's type. */
    readonly kind = '',
  ) {
    super(message);
  }
}

export interface Asked {
  query?: Record<string, unknown>;
  signal?: AbortSignal | undefined;
}

/** "?q=…&kind=a&kind=b": lists repeat, what is undefined or empty is left out. */
export function queryString(query: Record<string, unknown>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') given.append(name, String(one));
    }
  }
  const text = given.toString();
  return text ? `?${text}` : '';
}

export async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as { type?: string; title?: string; detail?: string; errors?: [] } | null;
  return new Problem(response.status, body?.detail ?? body?.title ?? `HTTP ${response.status}`, body?.errors ?? [], body?.type?.split('/').at(-1));
}

async function json(target: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(target, { ...init, headers: { Accept: 'application/json', ...init.headers } });
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

/** GET of a described path. */
export async function get<P extends GetPath>(
  path: P,
  asked: { path?: PathArguments<P>; query?: Query<P>; signal?: AbortSignal | undefined } = {},
): Promise<Answer<P>> {
  const filled = String(path).replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((asked.path as Record<string, unknown> | undefined)?.[name] ?? '')).replaceAll('%3A', ':'),
  );
  const target = filled + queryString((asked.query ?? {}) as Record<string, unknown>);
  return (await json(target, { signal: asked.signal ?? null })) as Answer<P>;
}

/** POST of JSON. */
export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return (await json(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
    signal: signal ?? null,
  })) as T;
}
