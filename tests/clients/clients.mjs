// Programs written by others, as they are, against a running Khom: node clients.mjs http://127.0.0.1:PORT
// Each check prints one line; the exit code is the number of those that failed.
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {DOMParser} from '@xmldom/xmldom';
import helperModule from 'algoliasearch-helper';
import graphology from 'graphology';
import gexf from 'graphology-gexf';
import graphml from 'graphology-graphml';
import {Parser} from 'n3';

const require = createRequire(import.meta.url);
const Adapter = require('typesense-instantsearch-adapter').default;
const algoliasearchHelper = helperModule.default ?? helperModule;
globalThis.DOMParser = DOMParser;

const base = process.argv[2];
const url = new URL(base);
let failed = 0;

async function check(claim, run) {
  try {
    await run();
    console.log(`ok      ${claim}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${claim}: ${error.stack}`);
  }
}
const text = async (target, headers = {}) => {
  const answer = await fetch(base + target, {headers});
  assert.equal(answer.status, 200, `${target}: ${answer.status}`);
  return answer.text();
};
const json = async (target, options) => (await fetch(base + target, options)).json();

const client = new Adapter({
  server: {
    apiKey: 'any',
    nodes: [{host: url.hostname, port: Number(url.port), path: '/compat/typesense', protocol: 'http'}],
    sendApiKeyAsQueryParam: true,
  },
  additionalSearchParameters: {query_by: 'name_en,name_th,summary'},
}).searchClient;

/// One search through InstantSearch's own helper, which also asks for each refined facet without itself.
const search = (parameters, prepare = (helper) => helper) =>
  new Promise((resolve, reject) => {
    const helper = algoliasearchHelper(client, 'entities', parameters);
    helper.on('result', (event) => resolve(event.results));
    helper.on('error', (event) => reject(event.error));
    prepare(helper);
    helper.search();
  });

await check('InstantSearch finds a Thai name and shows where it matched', async () => {
  const results = await search({query: 'ยี่เป็ง', hitsPerPage: 5});
  assert.ok(results.nbHits > 0);
  assert.ok(results.hits[0].objectID.includes(':'));
  assert.ok(results.hits[0].url.startsWith('http'));
  assert.ok('summary' in results.hits[0]);
  assert.ok(JSON.stringify(results.hits.map((hit) => hit._highlightResult)).includes('mark'));
});

await check('InstantSearch finds the same in Latin letters', async () => {
  const results = await search({query: 'yee peng', hitsPerPage: 5});
  assert.ok(results.hits.some((hit) => hit.name_th.includes('ยี่เป็ง')), JSON.stringify(results.hits.map((hit) => hit.objectID)));
});

await check('InstantSearch counts facets, also of what is not chosen', async () => {
  const all = await search({query: '', facets: ['sector'], disjunctiveFacets: ['kind'], maxValuesPerFacet: 20});
  const chosen = await search({query: '', disjunctiveFacets: ['kind'], maxValuesPerFacet: 20}, (helper) =>
    helper.addDisjunctiveFacetRefinement('kind', 'place').addDisjunctiveFacetRefinement('kind', 'partner'));
  const counts = Object.fromEntries(all.getFacetValues('kind', {}).map((each) => [each.name, each.count]));
  assert.equal(chosen.nbHits, counts.place + counts.partner);
  assert.equal(chosen.getFacetValues('kind', {}).find((each) => each.name === 'program').count, counts.program);
});

await check('InstantSearch refines by two sectors at once', async () => {
  const results = await search({query: '', disjunctiveFacets: ['sector'], hitsPerPage: 50}, (helper) =>
    helper.addDisjunctiveFacetRefinement('sector', 'academia').addDisjunctiveFacetRefinement('sector', 'private'));
  const counts = Object.fromEntries(results.getFacetValues('sector', {}).map((each) => [each.name, each.count]));
  assert.equal(results.nbHits, counts.academia + counts.private);
});

await check('InstantSearch turns pages without a gap or a repeat', async () => {
  const ids = [];
  for (const page of [0, 1, 2]) {
    const results = await search({query: 'chiang mai', hitsPerPage: 7, page});
    ids.push(...results.hits.map((hit) => hit.objectID));
  }
  const once = await search({query: 'chiang mai', hitsPerPage: 21});
  assert.deepEqual(ids, once.hits.map((hit) => hit.objectID));
});

await check('graphology reads GraphML and GEXF', async () => {
  const want = JSON.parse(await text('/v1/export?format=cytoscape')).elements;
  for (const [format, parser] of [['graphml', graphml], ['gexf', gexf]]) {
    const graph = parser.parse(graphology.MultiDirectedGraph, await text(`/v1/export?format=${format}`));
    assert.equal(graph.order, want.nodes.length, format);
    assert.equal(graph.size, want.edges.length, format);
    assert.equal(typeof graph.getNodeAttribute('place:tha-phae-gate', 'lat'), 'number', format);
  }
});

await check('N3.js reads Turtle', async () => {
  const triples = new Parser().parse(await text('/v1/export?format=turtle'));
  assert.ok(triples.length > 10_000);
  const canal = new Parser().parse(await text('/v1/entities/place:mae-kha-canal', {Accept: 'text/turtle'}));
  assert.ok(canal.some((each) => each.object.value === 'คลองแม่ข่า' && each.object.language === 'th'));
});

await check('An address bar gets its suggestions', async () => {
  const description = await text('/opensearch.xml');
  assert.ok(description.includes('application/x-suggestions+json'));
  const [asked, words] = await json('/v1/suggest?q=mae', {headers: {Accept: 'application/x-suggestions+json'}});
  assert.equal(asked, 'mae');
  assert.ok(words.length > 0);
});

await check('A reconciliation client matches names of three kinds', async () => {
  const manifest = await json('/reconcile');
  assert.ok(manifest.versions.includes('0.2'));
  const form = new URLSearchParams({
    queries: JSON.stringify({
      q0: {query: 'คลองแม่ข่า', type: 'place', limit: 3},
      q1: {query: 'Mae Kha Canal'},
      q2: {query: 'maekha'},
    }),
  });
  const answers = await json('/reconcile', {method: 'POST', body: form});
  for (const name of ['q0', 'q1', 'q2']) {
    assert.equal(answers[name].result[0].id, 'place:mae-kha-canal', name);
  }
  assert.equal(answers.q0.result[0].match, true);
  const extended = await json('/reconcile', {
    method: 'POST',
    body: new URLSearchParams({extend: JSON.stringify({ids: ['place:mae-kha-canal'], properties: [{id: 'name_th'}, {id: 'located_in'}]})}),
  });
  assert.equal(extended.rows['place:mae-kha-canal'].name_th[0].str, 'คลองแม่ข่า');
  const proposed = await json('/reconcile/properties?type=partner');
  assert.ok(proposed.properties.some((each) => each.id === 'sector'));
  const draft = await json('/reconcile/match', {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({queries: [{type: 'place', conditions: [{matchType: 'name', propertyValue: 'คลองแม่ข่า'}]}]}),
  });
  assert.equal(draft.results[0].candidates[0].id, 'place:mae-kha-canal');
});

process.exit(failed);
