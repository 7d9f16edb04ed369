// The picture as SVG and PNG. Both carry the looped type in themselves, since whoever opens them may not have it.
import { kindPaths } from '../shared/glyphs';
import { lines } from '../shared/label';
import { wholeWords } from '../shared/ontology';
import { inLanguage } from '../shared/text';
import { pageLanguage } from '../words/words';
import { xml } from './export';
import type { Picture, Place } from './picture';

async function base64(address: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export async function embeddedFonts(): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSFontFaceRule);
  const faces = await Promise.all(
    rules.map(async (rule) => {
      const source = /url\("?([^")]+)"?\)/.exec(rule.cssText)?.[1];
      const weight = rule.style.getPropertyValue('font-weight');
      if (!source || weight === '700') return '';
      const data = await base64(new URL(source, rule.parentStyleSheet?.href ?? location.href).href);
      return `@font-face{font-family:Khom;src:url(data:font/woff2;base64,${data});unicode-range:${rule.style.getPropertyValue('unicode-range')}}`;
    }),
  );
  return faces.join('');
}

function bounds(places: Iterable<Place>): { x: number; y: number; width: number; height: number } {
  const all = [...places];
  const [left, right] = [Math.min(...all.map(({ x }) => x)) - 90, Math.max(...all.map(({ x }) => x)) + 90];
  const [top, bottom] = [Math.min(...all.map(({ y }) => y)) - 40, Math.max(...all.map(({ y }) => y)) + 60];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** On paper, whatever the screen's colours are. */
export function pictureSvg(shown: Picture, places: Map<string, Place>, title: string, fonts: string): string {
  const box = bounds(shown.nodes.flatMap((node) => places.get(node.id) ?? []).concat(shown.groups.flatMap((group) => places.get(group.id) ?? [])));
  const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#6b5d52';
  const edges = shown.edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.source), places.get(edge.target)];
    if (!from || !to) return [];
    const dashed = edge.certainty === 'inferred' || edge.certainty === 'doubtful' ? ' stroke-dasharray="5 4"' : '';
    return [`<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" stroke="#a08c78" stroke-width="1.3"${dashed}><title>${xml(edge.type)}</title></line>`];
  });
  const text = (at: Place, words: string[]) =>
    words.map((line, row) => `<text x="${at.x}" y="${at.y + 25 + row * 15}" text-anchor="middle">${xml(line)}</text>`).join('');
  const nodes = shown.nodes.flatMap((node) => {
    const at = places.get(node.id);
    if (!at) return [];
    const name = inLanguage(node.name, pageLanguage());
    const path = kindPaths[node.kind] ?? kindPaths['source'] ?? '';
    return [`<g><path transform="translate(${at.x} ${at.y})" d="${path}" fill="${colour(`--kind-${node.kind}`)}" stroke="#fffdf8" fill-rule="evenodd"/>${text(at, lines(name.words, name.lang, { whole: wholeWords() }))}</g>`];
  });
  const groups = shown.groups.flatMap((group) => {
    const at = places.get(group.id);
    return at ? [`<g><circle cx="${at.x}" cy="${at.y}" r="13" fill="#fdf0d8" stroke="#8f3f0e"/>${text({ x: at.x, y: at.y - 20 }, [String(group.members.length)])}</g>`] : [];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.x} ${box.y} ${box.width} ${box.height}" width="${box.width}" height="${box.height}">`,
    `<title>${xml(title)}</title><style>${fonts}text{font:13px Khom,"Noto Looped Thai",sans-serif;fill:#2d2520;paint-order:stroke;stroke:#fffdf8;stroke-width:3px;stroke-linejoin:round}</style>`,
    `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" fill="#fffdf8"/>`,
    ...edges, ...nodes, ...groups, '</svg>',
  ].join('');
}

export async function exportedSvg(shown: Picture, places: Map<string, Place>, title: string): Promise<string> {
  return pictureSvg(shown, places, title, await embeddedFonts());
}

export async function exportedPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  const scale = Math.min(2, 8000 / Math.max(image.width, image.height));
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('PNG'))), 'image/png'));
}
