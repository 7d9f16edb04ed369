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
  'results narrowed': '/search?q=lantern&kind=object&filter=place:place:chiang-mai&sort=name',
  'nothing found': '/search?q=qqqqzzzz',
  'did you mean': '/search?q=lantren',
  'an entity with a place': '/entities/place:wat-chomphu',
  'an entity with many statements': '/entities/partner:chiang-mai-municipality',
  'connections': '/connections?source=partner:chang-moi-community&target=place:mae-kha-canal',
  'no connection': '/connections?source=partner:unesco&target=place:ang-kaew&max_hops=1',
  'graph, empty': '/graph',
  'graph': '/graph?id=program:yi-peng',
  'graph with a connection': '/graph?id=place:mae-kha-canal&chain=partner:chang-moi-community~place:mae-kha-canal',
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
  'graph with a connection': 'section.chains li.current',
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

test('why a result is one, and where a gap is, opened: nothing is wrong', async () => {
  for (const path of ['/search?q=chang+moy&lang=th', '/curate?lang=en']) {
    const page = await site.open(path);
    await page.locator('details > summary').first().waitFor();
    for (const summary of (await page.locator('main details > summary').all()).slice(0, 6)) await summary.click();
    assert.deepEqual(await violations(page), [], path);
    await leave(page);
  }
});

test('focus is visible wherever it goes', async () => {
  for (const path of ['/search?q=yi+peng', '/entities/place:wat-chomphu', '/curate', '/dossiers/unesco-award-2024', '/connections']) {
    const page = await site.open(`${path}${path.includes('?') ? '&' : '?'}lang=en`);
    for (let presses = 0; presses < 25; presses++) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(() => {
        const focused = document.activeElement;
        const lit = focused.querySelector?.('.halo, circle');
        const drawn = getComputedStyle(focused).outlineStyle !== 'none' || (lit && getComputedStyle(lit).stroke !== 'none');
        return drawn || focused === document.body ? '' : focused.outerHTML.slice(0, 120);
      });
      assert.equal(seen, '', path);
    }
    await leave(page);
  }
});

const everyKind = ['/', '/search?q=yi+peng', '/entities/place:mae-kha-canal', '/graph?id=place:mae-kha-canal', '/connections?source=partner:chang-moi-community&target=place:mae-kha-canal', '/map', '/network', '/timeline', '/dossiers/unesco-award-2024', '/cypher', '/curate', '/widget'];

/** What a reader cannot reach: words cut off by their own box, or a page wider than the window. */
async function outOfReach(page) {
  return page.evaluate(() => {
    const cut = [...document.querySelectorAll('main *, header *')].filter((element) => {
      const style = getComputedStyle(element);
      const clips = style.overflowX === 'hidden' || style.overflowX === 'clip';
      return clips && style.clipPath === 'none' && !element.closest('svg') && !element.classList.contains('unseen') && !element.matches('.editor pre') && element.scrollWidth > element.clientWidth + 1 && element.textContent.trim() !== '';
    });
    const wide = document.documentElement.scrollWidth > innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
    return [...wide, ...cut.map((element) => element.outerHTML.slice(0, 100))];
  });
}

test('at 200 % zoom in a window of 1280, everything is within reach', async () => {
  // What zooming does: half as many CSS pixels, each drawn twice as large.
  for (const path of everyKind) {
    const page = await site.open(`${path}${path.includes('?') ? '&' : '?'}lang=th`, { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 });
    assert.deepEqual(await outOfReach(page), [], path);
    await leave(page);
  }
});

test('with letters twice as large, everything is within reach', async () => {
  for (const path of everyKind) {
    const page = await site.open(`${path}${path.includes('?') ? '&' : '?'}lang=en`);
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    assert.deepEqual(await outOfReach(page), [], path);
    await leave(page);
  }
});

test('nothing moves for those who asked for less motion', async () => {
  for (const path of ['/', '/graph?id=program:yi-peng', '/network']) {
    const page = await site.open(path, { reducedMotion: 'reduce' });
    const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => {
      const style = getComputedStyle(element);
      return style.transitionDuration.split(', ').some((time) => parseFloat(time) > 0) || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
    }).map((element) => element.outerHTML.slice(0, 80)));
    assert.deepEqual(moving, [], path);
    await leave(page);
  }
});
