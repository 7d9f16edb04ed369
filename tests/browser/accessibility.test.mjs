// axe finds nothing wrong on any page, in any state we can bring it to, in both languages, light and dark.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { has, leave, openSite, violations } from './site.mjs';

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const pages = {
  'first page': '/',
  'results': '/search?q=yi+peng',
  'results on the map': '/search?q=temple&view=map',
  'nothing found': '/search?q=qqqqzzzz',
  'did you mean': '/search?q=lantren',
  'an entity with a place': '/entities/place:wat-chomphu',
  'an entity with many statements': '/entities/partner:chiang-mai-municipality',
  'connections': '/connections?source=partner:chang-moi-community&target=place:mae-kha-canal',
  'no connection': '/connections?source=partner:unesco&target=place:ang-kaew&max_hops=1',
  'graph, empty': '/graph',
  'graph': '/graph?id=program:yi-peng',
  'map': '/map',
  'network': '/network',
  'network compared': '/network?from=2023&to=2024&compare_from=2021&compare_to=2022',
  'timeline': '/timeline',
  'dossiers': '/dossier',
  'a dossier': '/dossiers/unesco-award-2024',
  'Cypher': '/cypher?statement=MATCH+(p:Partner)+RETURN+p.name_en,p.sector+LIMIT+5',
  'search box': '/widget',
  'curators': '/curate',
  'about': '/about',
  'not found': '/nowhere',
};

const waits = {
  graph: 'svg.picture g.node',
  connections: 'svg.picture g.node',
  Cypher: 'khom-cypher table',
};

for (const [name, path] of Object.entries(pages)) {
  test(`${name}: nothing is wrong in Thai or English, light or dark`, async (context) => {
    if (name !== 'not found' && !(await has(site, path))) return context.skip(`this build has no ${path}`);
    for (const lang of ['th', 'en']) {
      for (const colorScheme of lang === 'th' ? ['light', 'dark'] : ['light']) {
        const page = await site.open(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, { colorScheme, reducedMotion: 'reduce' });
        if (waits[name]) await page.locator(waits[name]).first().waitFor();
        assert.deepEqual(await violations(page), [], `${path} ${lang} ${colorScheme}`);
        if (name === 'not found') await page.context().close();
        else await leave(page);
      }
    }
  });
}

test('open suggestions: nothing is wrong', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await site.open('/?lang=th', { colorScheme });
    await page.getByRole('combobox').fill('แม่');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    assert.deepEqual(await violations(page), []);
    await leave(page);
  }
});

test('a graph with its list and filters open: nothing is wrong', async () => {
  const page = await site.open('/graph?id=place:mae-kha-canal&lang=en');
  await page.locator('svg.picture g.node').first().waitFor();
  for (const summary of await page.locator('details > summary').all()) await summary.click();
  assert.deepEqual(await violations(page), []);
  await leave(page);
});

test('evidence in its window: nothing is wrong', async (context) => {
  if (!(await has(site, '/network'))) return context.skip('this build has no /network');
  const page = await site.open('/network?lang=th');
  await page.locator('a.evidence').first().click();
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await violations(page), []);
  await leave(page);
});

test('focus is visible wherever it goes', async () => {
  const page = await site.open('/search?q=yi+peng&lang=en');
  for (let presses = 0; presses < 25; presses++) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, 'none', await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120)));
  }
  await leave(page);
});
