import type { Language } from '../words/words';

/** A text in one or both languages, as the API gives it. */
export interface Text {
  th?: string | undefined;
  en?: string | undefined;
}

/** The words to show and the language they really are in. */
export function inLanguage(text: Text | undefined, language: Language): { words: string; lang: Language } {
  const own = text?.[language];
  if (own) return { words: own, lang: language };
  const other: Language = language === 'th' ? 'en' : 'th';
  return { words: text?.[other] ?? '', lang: text?.[other] ? other : language };
}

export interface Piece {
  words: string;
  marked: boolean;
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** A highlight of the API, cut at its marks and unescaped: what is shown is always set as text, never as HTML. */
export function pieces(highlight: string): Piece[] {
  return highlight
    .split(/(<mark>.*?<\/mark>)/s)
    .filter((part) => part !== '')
    .map((part) => {
      const marked = part.startsWith('<mark>');
      const inner = marked ? part.slice(6, -7) : part;
      return { words: inner.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity), marked };
    });
}
