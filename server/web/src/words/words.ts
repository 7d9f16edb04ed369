// Both languages travel with the page: together they weigh less than a second request would cost.
import { en } from './en';
import { th } from './th';

export type Key = keyof typeof en;
export type Words = Record<Key, string>;
export type Language = 'th' | 'en';

/** The page says its language; every link it makes keeps it. */
export function pageLanguage(): Language {
  return document.documentElement.lang === 'th' ? 'th' : 'en';
}

/** The words of a key in a language, with `{name}` filled in. */
export function words(language: Language, key: Key, fill: Record<string, string | number> = {}): string {
  const text = (language === 'th' ? th : en)[key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole));
}

/** The words of a key in the page's language. */
export function say(key: Key, fill: Record<string, string | number> = {}): string {
  return words(pageLanguage(), key, fill);
}

/** What the server refused, in a sentence: by openCypher's detail ("UnknownFunction") where that has words, else by the class. */
export function problemWords(language: Language, kind: string, detail = ''): string {
  const slug = `problem_${kind.replaceAll('-', '_')}`;
  const key = [`${slug}_${detail}`, slug].find((one) => one in en);
  return key ? words(language, key as Key) : '';
}

/** Words for a value of a closed list, or the value itself where it is new to us. */
export function sayOf(group: 'kind' | 'sector' | 'certainty' | 'status', value: string): string {
  const key = `${group}_${value}`;
  return key in en ? say(key as Key) : value;
}
