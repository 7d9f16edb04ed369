// What is stored never runs: 22 texts that would, in every field that people read, on every page, as a browser takes them. And
// the one host that a page may be allowed besides its own is allowed for pictures of the map only, and only where it has one.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { lines, leave, openSite, otherSite } from './site.mjs';

const payloads = lines('tests/testing/payloads.txt');
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** A city in which everything is named so. */
function hostileCity() {
  const said = { sources: ['source:p1'], certainty: 'stated' };
  const entity = (kind, number, payload, more) => ({
    entity: {
      id: `${kind}:p${number}`, kind, ...said, name: { en: `payload ${number} ${payload}`, th: `ข้อความ ${number} ${payload}` },
      aliases: { en: [`other ${payload}`] }, summary: { en: `summary ${payload}`, th: payload }, text: { en: payload }, note: payload, ...more,
    },
  });
  const statement = (from, type, to, payload, more) => ({ statement: { from, type, to, role: payload, note: payload, ...said, ...more } });
  const everything = payloads.flatMap((payload, at) => {
    const number = at + 1;
    const next = (at + 1) % payloads.length + 1;
    const id = (kind) => `${kind}:p${number}`;
    return [
      entity('source', number, payload, { sources: [id('source')], publisher: payload, licence: payload, reference: payload }),
      entity('place', number, payload, { lat: 18.78 + at / 2000, lon: 98.98 + (at % 5) / 500, geo_certainty: 'exact', geo_source: payload }),
      entity('partner', number, payload, { sector: ['government', 'community', 'academia'][at % 3], acronym: payload }),
      entity('program', number, payload, { time: `202${at % 5}`, goal: { en: [payload] }, quote: { en: payload } }),
      entity('theme', number, payload, { gloss: { en: payload } }),
      entity('person', number, payload, { role: { en: payload } }),
      entity('object', number, payload, { quote: { en: payload } }),
      entity('memory', number, payload, { quote: { en: payload } }),
      statement(id('program'), 'held_at', id('place'), payload),
      statement(id('program'), 'organized_by', id('partner'), payload),
      statement(id('program'), 'has_participant', `partner:p${next}`, payload),
      statement(id('program'), 'has_participant', id('person'), payload),
      statement(id('program'), 'addresses', id('theme'), payload),
      statement(id('program'), 'uses_object', id('object'), payload),
      statement(id('memory'), 'refers_to', id('place'), payload),
      statement(id('object'), 'located_in', id('place'), payload),
      statement(id('place'), 'documented_in', id('source'), payload, { locator: payload }),
    ];
  });
  return everything.map((line) => JSON.stringify(line)).join('\n');
}

let site, tiles, folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'khom-hostile-'));
  const file = join(folder, 'hostile.ndjson');
  writeFileSync(file, hostileCity());
  tiles = await otherSite(pixel, 'image/png');
  site = await openSite({ files: [file], options: ['--tiles', `${tiles.address}/{z}/{x}/{y}.png`, '--tiles-attribution', payloads[0]] });
});
after(async () => {
  await site?.close();
  tiles?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page of which nothing may run, be asked elsewhere or be blocked by the content policy. */
async function watched(path) {
  const page = await site.open('/about', { alsoAllowed: tiles.address });
  await page.addInitScript(() => (window.alert = () => (window.ran = true)));
  page.on('dialog', (dialog) => page.troubles.push(`a dialog: ${dialog.message()}`));
  await page.goto(site.address + path);
  return page;
}

async function nothingRan(page, path) {
  // On a busy machine Khom sheds (503): nothing ran because of that.
  page.troubles.splice(0, page.troubles.length, ...page.troubles.filter((trouble) => !/status of 503|application\/problem\+json/.test(trouble)));
  assert.equal(await page.evaluate(() => window.ran ?? false), false, `${path}: a stored text ran`);
  assert.equal(new URL(page.url()).origin, site.address, `${path}: led away`);
  assert.equal(await page.locator('main script, main iframe, main object, main base, main meta, main svg image:not(.tiles image), [onload], [onerror], [onfocus], [ontoggle], [onmouseover]').count(), 0, path);
  await leave(page);
}

const numbered = payloads.map((_, at) => at + 1);
const pages = {
  'search': ['/search?q=payload', '/search?q=payload&kind=place&view=map', '/search?kind=program&filter=theme:theme:p1', '/search?linked_to=place:p1&linked_depth=2'],
  'connections': ['/connections?source=partner:p2&target=place:p2'],
  'map': ['/map?lang=th'],
  'network': ['/network', '/network?lens=objects-by-place', '/network?from=2023&to=2024&compare_from=2020&compare_to=2022'],
  'timeline': ['/timeline', '/timeline?entity=place:p1'],
  'dossier': ['/dossiers/unesco-award-2024', '/dossiers/biennial-report?from=2021-01-01&to=2024-12-31'],
  'Cypher': ['/cypher?statement=MATCH+(n)-[r]->(m)+RETURN+n,r,m+LIMIT+200', '/cypher?statement=MATCH+(n)+RETURN+n.name_en,n.note'],
  'curators': ['/curate'],
  'first page': ['/'],
  'search box': ['/widget'],
};

for (const [name, paths] of Object.entries(pages)) {
  test(`${name}: nothing that is stored runs`, async () => {
    for (const path of paths) {
      const page = await watched(path);
      if (path !== '/' && path !== '/widget') await page.waitForFunction(() => /payload|ข้อความ/.test(document.querySelector('main').innerHTML));
      for (const summary of (await page.locator('main details > summary:visible').all()).slice(0, 30)) await summary.click();
      await nothingRan(page, path);
    }
  });
}

test('entities of all kinds, and what is near them in the picture: nothing that is stored runs', async () => {
  const kinds = ['place', 'partner', 'program', 'theme', 'person', 'object', 'memory', 'source'];
  for (const number of numbered) {
    for (const path of [`/entities/${kinds[number % kinds.length]}:p${number}`, `/graph?id=program:p${number}`]) {
      const page = await watched(path);
      if (path.startsWith('/graph')) {
        await page.locator('svg.picture g.node').first().waitFor();
        await page.locator('details.twin > summary').click();
      } else await page.waitForLoadState('networkidle');
      assert.ok((await page.locator('main').innerText()).includes(payloads[number - 1].slice(0, 12)), `${path} shows the text as text`);
      await nothingRan(page, path);
    }
  }
});

test('what an address says is text, too', async () => {
  for (const payload of payloads) {
    const said = encodeURIComponent(payload);
    for (const path of [`/search?q=${said}`, `/connections?source=${said}&target=place:p1`, `/cypher?statement=${encodeURIComponent(`RETURN 1 // ${payload}`)}`]) await nothingRan(await watched(path), path);
  }
});

test('suggestions show stored texts, and none runs', async () => {
  for (const path of ['/', '/widget']) {
    const page = await watched(path);
    const box = page.getByRole('combobox').first();
    for (const number of numbered.slice(0, 8)) {
      await box.fill(`payload ${number}`);
      await page.getByRole('option').first().waitFor();
    }
    await nothingRan(page, path);
  }
});

test('a note of a saved view is text', async () => {
  const section = await (await fetch(`${site.address}/v1/dossiers/unesco-award-2024`)).json().then((dossier) => dossier.criteria[0].id);
  const body = JSON.stringify({ kind: 'dossier', state: { id: 'unesco-award-2024', notes: { [section]: payloads.join('\n') } } });
  const view = await (await fetch(`${site.address}/v1/views`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })).json();
  const page = await watched(`/views/${view.id}`);
  assert.equal(await page.locator('label.note textarea').first().inputValue(), payloads.join('\n'));
  await nothingRan(page, 'a view');
});

test('tiles are asked of the host that was named, on pages with a map, and on no other page', async () => {
  for (const path of ['/search?q=payload', '/network', '/entities/partner:p1']) {
    tiles.asked.length = 0;
    const page = await watched(path);
    await page.waitForLoadState('networkidle');
    const policy = (await fetch(site.address + path)).headers.get('content-security-policy');
    assert.deepEqual(tiles.asked, [], path);
    assert.ok(!policy.includes(tiles.address), path);
    await leave(page);
  }
  for (const path of ['/map', '/search?kind=place&view=map', '/entities/place:p1']) {
    tiles.asked.length = 0;
    const page = await watched(path);
    await page.waitForLoadState('networkidle');
    const policy = (await fetch(site.address + path)).headers.get('content-security-policy');
    assert.ok(policy.includes(`img-src 'self' data: ${tiles.address};`), policy);
    assert.ok(policy.split(tiles.address).length === 2, 'pictures only');
    assert.ok(tiles.asked.length > 3 && tiles.asked.every((one) => /^\/\d+\/\d+\/\d+\.png$/.test(one)), path);
    for (let closer = 0; closer < 4; closer++) await page.locator('khom-map').getByRole('button', { name: /Closer|ใกล้เข้า/ }).click();
    await page.waitForFunction((had) => [...document.querySelectorAll('image.nearer')].some((image) => !had.includes(new URL(image.getAttribute('href')).pathname)), tiles.asked);
    await leave(page);
  }
});
