// Kind and sector are told by shape as well as by colour, so that they read in grey and by those who see colours alike.
import { svg, type SVGTemplateResult } from 'lit';

/** Paths around 0,0, about 11 units in each direction. */
export const kindPaths: Record<string, string> = {
  place: 'M0 11C-4 5-9 1-9-4a9 9 0 0 1 18 0c0 5-5 9-9 15Z',
  person: 'M-9 10a9 9 0 0 1 18 0ZM0-2a5 5 0 1 0-.01 0Z',
  object: 'M0-11 10 0 0 11-10 0Z',
  program: 'M-6-11H6L10-4 7 9H-7L-10-4Z',
  partner: 'M-9-9H9V9H-9Z',
  memory: 'M-10-8H10V5H1L-5 11V5H-10Z',
  theme: 'M0-10a10 10 0 1 0 .01 0ZM0-5a5 5 0 1 1-.01 0Z',
  source: 'M-8-11H3L8-6V11H-8Z',
};

export const sectorPaths: Record<string, string> = {
  government: 'M-9-9H9V9H-9Z',
  private: 'M0-11 10 0 0 11-10 0Z',
  community: 'M0-10a10 10 0 1 0 .01 0Z',
  academia: 'M0-11 11 8H-11Z',
  civil_society: 'M-5.5-10H5.5L11 0 5.5 10H-5.5L-11 0Z',
  unknown: 'M-3.5-10h7v6.5H10v7H3.5V10h-7V3.5H-10v-7h6.5Z',
};

export function kindGlyph(kind: string): SVGTemplateResult {
  return svg`<path class=${`glyph kind-${kind}`} d=${kindPaths[kind] ?? kindPaths['source'] ?? ''} fill-rule="evenodd"/>`;
}

export function sectorGlyph(sector: string): SVGTemplateResult {
  return svg`<path class=${`glyph sector-${sector}`} d=${sectorPaths[sector] ?? sectorPaths['unknown'] ?? ''}/>`;
}
