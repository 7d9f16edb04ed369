// Thai has no spaces: a label may be broken only where a word ends, and never between a letter and its marks.
import type { Language } from '../words/words';

const combining = /[\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]/g;

/** How many letters one sees: Thai vowels and tone marks above and below take no room. */
export function seen(text: string): number {
  return text.replace(combining, '').length;
}

/** Where words end: as the browser knows them, but not within one of `whole`. */
function segments(text: string, lang: Language, whole: string[]): string[] {
  const inside = new Set<number>();
  for (const word of whole) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      for (let border = at + 1; border < at + word.length; border++) inside.add(border);
    }
  }
  const result: string[] = [];
  for (const { segment, index } of new Intl.Segmenter(lang, { granularity: 'word' }).segment(text)) {
    if (inside.has(index)) result.push((result.pop() ?? '') + segment);
    else result.push(segment);
  }
  return result;
}

/** `text` in at most `most` lines of about `wide` letters, broken between words; what is left out is shown as "…". */
export function lines(text: string, lang: Language, { wide = 20, most = 4, whole = [] as string[] } = {}): string[] {
  const words: string[] = [];
  for (const segment of segments(text, lang, whole)) {
    // An opening mark belongs to the word after it, a closing one to the word before.
    const last = words.at(-1);
    if (last !== undefined && (/[([“‘]$/.test(last) || /^[)\],.;:!?”’…]/.test(segment))) words[words.length - 1] = last + segment;
    else words.push(segment);
  }
  const result: string[] = [''];
  for (const word of words) {
    const last = result[result.length - 1] ?? '';
    if (last === '' || seen(last + word.trimEnd()) <= wide) result[result.length - 1] = last + word;
    else result.push(word);
  }
  // The blank at a line's end stays, so that the lines put together are the text again: for axe, search and copying.
  const kept = result.filter((line) => line.trim() !== '');
  if (kept.length <= most) return kept;
  return [...kept.slice(0, most - 1), `${(kept[most - 1] ?? '').trimEnd()}…`];
}
