// A portal of another origin, in Chromium: instantsearch.js and typesense-instantsearch-adapter as they are published, loaded
// as two scripts, ask Khom across origins. node portal.mjs http://127.0.0.1:PORT; 77 where Chromium or playwright-core is missing.
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';

const khom = new URL(process.argv[2]);
const here = createRequire(import.meta.url);
const chromium = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));

function skip(reason) {
  console.log(`skipped: ${reason}`);
  process.exit(77);
}

async function playwright() {
  for (const from of [import.meta.url, new URL('../../server/web/package.json', import.meta.url)]) {
    try {
      return createRequire(from)('playwright-core');
    } catch {
      // not there: the next place
    }
  }
  return skip('playwright-core is not installed');
}

const scripts = {
  '/instantsearch.js': here.resolve('instantsearch.js/dist/instantsearch.production.min.js'),
  '/adapter.js': here.resolve('typesense-instantsearch-adapter/dist/typesense-instantsearch-adapter.min.js'),
};
const page = `<!doctype html><meta charset="utf-8"><title>Portal</title>
<div id="box"></div><div id="stats"></div><div id="kinds"></div><div id="hits"></div><div id="pages"></div>
<script src="/instantsearch.js"></script><script src="/adapter.js"></script><script>
const client = new TypesenseInstantSearchAdapter({
  server: {apiKey: 'any', sendApiKeyAsQueryParam: true,
    nodes: [{host: '${khom.hostname}', port: ${khom.port}, path: '/compat/typesense', protocol: 'http'}]},
  additionalSearchParameters: {query_by: 'name_en,name_th,summary'},
}).searchClient;
const search = instantsearch({indexName: 'entities', searchClient: client});
const w = instantsearch.widgets;
search.addWidgets([
  w.configure({hitsPerPage: 8}),
  w.searchBox({container: '#box'}),
  w.stats({container: '#stats'}),
  w.refinementList({container: '#kinds', attribute: 'kind'}),
  w.hits({container: '#hits', templates: {item: (hit, {html, components}) =>
    html\`<a href="\${hit.url}" data-id="\${hit.id}">\${components.Highlight({attribute: 'name_th', hit})}</a>\`}}),
  w.pagination({container: '#pages'}),
]);
search.start();
</script>`;

if (!chromium) skip('Chromium is not installed');
const {chromium: browserType} = await playwright();
const portal = createServer((request, response) => {
  const script = scripts[request.url];
  response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html; charset=utf-8');
  response.end(script ? readFileSync(script) : page);
});
await new Promise((resolve) => portal.listen(0, '127.0.0.1', resolve));
const browser = await browserType.launch({executablePath: chromium, args: ['--no-sandbox']});
let failed = 0;
try {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(60_000);
  const errors = [];
  tab.on('pageerror', (error) => errors.push(String(error)));
  tab.on('console', (message) => message.type() === 'error' && !message.text().includes('favicon') && errors.push(message.text()));
  await tab.goto(`http://localhost:${portal.address().port}/`);

  const check = async (claim, run) => {
    try {
      await run();
      console.log(`ok      ${claim}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${claim}: ${error.message}`);
    }
  };
  const ids = () => tab.locator('#hits a').evaluateAll((links) => links.map((link) => link.dataset.id));

  await check('A portal shows all entities before anything is typed', async () => {
    await tab.locator('#hits a').first().waitFor();
    assert.equal((await ids()).length, 8);
  });
  await check('Typing Thai finds the festival, marked, with a way to its page', async () => {
    await tab.locator('#box input').fill('ยี่เป็ง');
    await tab.locator('#hits a[data-id="program:yi-peng"]').waitFor();
    assert.ok((await tab.locator('#hits mark').count()) > 0);
    const href = await tab.locator('#hits a').first().getAttribute('href');
    const answer = await fetch(href, {headers: {Accept: 'text/html'}});
    assert.equal(answer.status, 200, href);
  });
  await check('Typing Latin letters finds the canal', async () => {
    await tab.locator('#box input').fill('maekha');
    await tab.locator('#hits a[data-id="place:mae-kha-canal"]').waitFor();
  });
  await check('Choosing a kind leaves only that kind, and counts the others still', async () => {
    await tab.locator('#kinds input[value="program"]').check();
    await tab.waitForFunction(() => [...document.querySelectorAll('#hits a')].length > 0
      && [...document.querySelectorAll('#hits a')].every((link) => link.dataset.id.startsWith('program:')));
    assert.ok((await tab.locator('#kinds li').count()) > 1);
  });
  await check('Turning the page shows others', async () => {
    const narrow = await ids();
    await tab.locator('#box input').fill('');
    await tab.waitForFunction((old) => {
      const now = [...document.querySelectorAll('#hits a')].map((link) => link.dataset.id);
      return now.length === 8 && now.join() !== old.join();
    }, narrow);
    const first = await ids();
    await tab.locator('#pages a').filter({hasText: /^2$/}).click();
    await tab.waitForFunction((before) => document.querySelector('#hits a')?.dataset.id !== before, first[0]);
    assert.ok((await ids()).every((id) => !first.includes(id)));
  });
  await check('No script failed and nothing was refused', async () => assert.deepEqual(errors, []));
} finally {
  await browser.close();
  portal.close();
}
process.exit(failed);
