// A Khom over the Chiang Mai corpus and a Chromium, for one file of tests. Each page that a test opens is watched: a request
// to anybody else, an error of a script or of the content policy fails the test that opened it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const source = new URL('../../', import.meta.url).pathname;
const fromWeb = createRequire(join(source, 'server/web/package.json'));
const binary = process.env.KHOM_BINARY ?? join(source, 'build/release/bin/khom');
const patience = 120_000; // ms a step may take on a machine that is busy elsewhere
const skipped = 77; // what ctest takes for "skipped"

const chromiumPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path && existsSync(path));

function skip(reason) {
  console.log(`Skipped: ${reason}`);
  process.exit(skipped);
}

/** A loaded machine is no reason to fail: nothing is shed for having waited. */
async function serve(data, options) {
  const server = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--queue-timeout', '60000', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((resolve, reject) => {
    let text = '';
    server.stdout.on('data', (chunk) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (found) resolve(found[0]);
    });
    server.on('exit', (code) => reject(new Error(`khom serve ended with ${code}`)));
  });
  for (;;) {
    const ready = await fetch(`${address}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) return { server, address };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Everything a file of tests needs; `close` ends it. `files` are imported, of the city if none are named; `options` are those
 * of `khom serve`. */
export async function openSite({ files, options: serveOptions = [] } = {}) {
  if (!chromiumPath) skip('no chromium is installed (Debian: apt-get install chromium)');
  if (!existsSync(join(source, 'server/web/node_modules/playwright-core'))) skip('npm ci was not run in server/web');
  const { chromium } = fromWeb('playwright-core');
  const running = files ? undefined : process.env.KHOM_SITE; // one that is there already: quicker while one works on a page
  const folder = mkdtempSync(join(tmpdir(), 'khom-browser-'));
  const data = join(folder, 'data');
  const imported = running ? { status: 0 } : spawnSync(binary, ['import', '--data', data, ...(files ?? [join(source, 'corpus/data/chiang-mai')])], { encoding: 'utf8' });
  assert.equal(imported.status, 0, imported.stdout + imported.stderr);
  // A key is made before the server opens the data.
  const key = running ? { status: 1 } : spawnSync(binary, ['key', '--data', data, 'create', '--scope', 'write', '--name', 'curator'], { encoding: 'utf8' });
  const { server, address } = running ? { address: running } : await serve(data, serveOptions);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
  return {
    address,
    key: key.status === 0 ? key.stdout.trim() : undefined,
    /** A page of its own profile. `options` are Playwright's. */
    async open(path = '/', options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      const troubles = [];
      page.on('console', (message) => message.type() === 'error' && troubles.push(`${message.text()} ${message.location().url}`));
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(address) && !/^(data|blob|about):/.test(url) && !url.startsWith(options.alsoAllowed ?? address)) troubles.push(`a request to ${url}`);
      });
      page.troubles = troubles;
      // On a busy machine Khom sheds (503, Retry-After: 1): a person would press again.
      for (let tries = 0; tries < 5; tries++) {
        const answer = await page.goto(path.startsWith('http') ? path : address + path);
        if (answer?.status() !== 503) break;
        troubles.length = 0;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
      return page;
    },
    async close() {
      await browser.close();
      server?.removeAllListeners('exit');
      server?.kill('SIGTERM');
      if (server) await new Promise((resolve) => server.on('exit', resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Closes a page, having seen that nothing went wrong behind it. */
export async function leave(page) {
  const troubles = page.troubles;
  await page.context().close();
  assert.deepEqual(troubles, []);
}

/** The lines of a file that tests share. */
export function lines(path) {
  return readFileSync(join(source, path), 'utf8').trimEnd().split('\n');
}

/** A file of a package that npm installed for the tests. */
export function fromPackage(path) {
  return readFileSync(join(source, 'server/web/node_modules', path), 'utf8');
}

/** Somebody else's web site, with this page; it remembers what it was asked for. */
export async function otherSite(body, type = 'text/html; charset=utf-8') {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.setHeader('Content-Type', type);
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref(); // a test that fails before it closes this must not keep the run alive
  return { address: `http://127.0.0.1:${server.address().port}`, asked, close: () => server.close() };
}

/** What axe finds wrong on a page, as lines to read. */
export async function violations(page) {
  await page.evaluate(readFileSync(fromWeb.resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.map((one) => `${one.id}: ${one.help}; ${one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}

export async function downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

/** Whether an optional route is there: other parts of the project bring it. */
export async function has(site, path) {
  const answer = await fetch(site.address + path, { headers: { Accept: 'text/html' } });
  return answer.status !== 404;
}
