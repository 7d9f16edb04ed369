// embed.mjs DIST OUT.cpp: a C++ source that holds every file of DIST, plain, gzipped and by Brotli, under the name it has
// and the name it is asked by ("style.css" for "style-Bq3d.css").
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [dist, out] = process.argv.slice(2).map((path) => resolve(path));
const types = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};
const packed = join(dist, '..', 'packed');
mkdirSync(packed, { recursive: true });

const names = readdirSync(dist, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
  .map((entry) => entry.name)
  .sort();

let assembly = '.section .rodata\n';
const rows = [];
const symbols = [];
names.forEach((name, index) => {
  const bytes = readFileSync(join(dist, name));
  const forms = { plain: join(dist, name) };
  if (extname(name) !== '.woff2') {
    forms.gzip = join(packed, `${name}.gz`);
    forms.brotli = join(packed, `${name}.br`);
    writeFileSync(forms.gzip, gzipSync(bytes, { level: 9 }));
    writeFileSync(forms.brotli, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
  const views = ['plain', 'gzip', 'brotli'].map((form) => {
    if (!forms[form]) return '{}';
    const symbol = `khom_web_${index}_${form}`;
    assembly += `${symbol}_begin:\n.incbin "${forms[form]}"\n${symbol}_end:\n.byte 0\n`;
    symbols.push(`${symbol}_begin`, `${symbol}_end`);
    return `{${symbol}_begin, static_cast<std::size_t>(${symbol}_end - ${symbol}_begin)}`;
  });
  const asked = name.replace(/-[A-Za-z0-9_-]{8}(\.\w+)$/, '$1');
  const type = types[extname(name)];
  if (!type) throw new Error(`No media type for ${name}`);
  rows.push(`    {"${name}", "${asked}", "${type}", ${views.join(', ')}},`);
});
assembly += '.previous\n';

const quoted = assembly.trimEnd().split('\n').map((line) => `    "${line.replace(/"/g, '\\"')}\\n"`).join('\n');
const declarations = symbols.map((symbol) => `extern "C" const char ${symbol}[];`).join('\n');
writeFileSync(out, `// Made by server/web/scripts/embed.mjs from the built explorer.
#include <array>

#include "server/pages/assets.h"

asm(
${quoted});
${declarations}

namespace khom::server {

namespace {
const std::array<Asset, ${rows.length}> all = {{
${rows.join('\n')}
}};
}  // namespace

std::span<const Asset> assets() {
    return all;
}

}  // namespace khom::server
`);
