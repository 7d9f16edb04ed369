// budgets.mjs DIST: fails if what a reader has to fetch has grown past what was decided. Sizes are gzipped, in bytes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = process.argv[2];
const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));
const packed = (file) => (file.endsWith('.woff2') ? readFileSync(join(dist, file)).length : gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);

/** A chunk with all that it needs at once, less what is there already. */
function files(key, had = new Set()) {
  const entry = manifest[key];
  if (!entry || had.has(entry.file)) return [];
  had.add(entry.file);
  return [entry.file, ...(entry.imports ?? []).flatMap((other) => files(other, had))];
}

const sum = (names) => names.reduce((total, name) => total + packed(name), 0);
const fonts = ['latin', 'thai'].map((script) => manifest[`src/style/fonts/looped-${script}-400.woff2`].file);
const first = files('src/explorer.ts');
const kept = new Set(first);
const lazy = (key) => files(key, new Set(kept));

const budgets = [
  ['first load: script, style, two font files', sum([...first, manifest['src/style/style.css'].file, ...fonts]), 120],
  ['search box for other pages', packed('khom-search-box.js'), 8],
  ['map', sum(lazy('src/map/city_map.ts')), 50],
  ['React example, on /widget only', sum(lazy('src/widget/react_example.tsx')), 50],
  ['graph, with all it needs', sum(lazy('src/graph/graph_view.ts')), 45],
];

let failed = false;
for (const [name, bytes, most] of budgets) {
  const over = bytes > most * 1024;
  failed ||= over;
  console.log(`${over ? 'OVER ' : 'ok   '} ${(bytes / 1024).toFixed(1).padStart(6)} of ${most} KB  ${name}`);
}
process.exit(failed ? 1 : 0);
