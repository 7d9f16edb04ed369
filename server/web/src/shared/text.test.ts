import { describe, expect, it } from 'vitest';
import { inLanguage, pieces } from './text';

describe('pieces', () => {
  it('cut a highlight at its marks', () => {
    expect(pieces('<mark>Chang</mark> Moi')).toEqual([
      { words: 'Chang', marked: true },
      { words: ' Moi', marked: false },
    ]);
  });

  it('unescape once, so that data can never become markup', () => {
    expect(pieces('&lt;img onerror=x&gt; &amp;lt;')).toEqual([{ words: '<img onerror=x> &lt;', marked: false }]);
  });
});

describe('inLanguage', () => {
  it('falls back to the other language and says so', () => {
    expect(inLanguage({ en: 'Lantern' }, 'th')).toEqual({ words: 'Lantern', lang: 'en' });
    expect(inLanguage({ en: 'Lantern', th: 'โคม' }, 'th')).toEqual({ words: 'โคม', lang: 'th' });
    expect(inLanguage(undefined, 'th')).toEqual({ words: '', lang: 'th' });
  });
});
