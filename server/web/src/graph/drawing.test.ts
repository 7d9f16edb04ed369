import { describe, expect, it } from 'vitest';
import { wordPlace } from './drawing';

describe('the word of a link', () => {
  it('stands in its middle where nothing is near', () => {
    expect(wordPlace({ x: 0, y: 0 }, { x: 200, y: 100 }, [])).toEqual({ x: 100, y: 50 });
    expect(wordPlace({ x: 0, y: 0 }, { x: 200, y: 100 }, [{ x: 500, y: 500 }])).toEqual({ x: 100, y: 50 });
  });

  it('goes along the link from what stands in its way', () => {
    expect(wordPlace({ x: 0, y: 0 }, { x: 200, y: 0 }, [{ x: 110, y: 5 }])).toEqual({ x: 60, y: 0 });
  });
});
