import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { HarnessError } from '../errors.js';
import type { Exchange } from '../exchange/exchange.js';
import { loopbackDoor } from '../testing/loopback-door.js';
import type { PactState } from './interaction.js';
import { verifyPacts } from './verify.js';

const folder = mkdtempSync(join(tmpdir(), 'chift-contract-verify-'));
const servers: Server[] = [];
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
});

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
}

/** A provider that answers every path with what `answers` holds for it, and remembers what it was asked. */
async function provider(answers: Readonly<Record<string, { status?: number; body?: unknown }>>) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, authorization: headers.authorization });
    const { status = 200, body } = answers[url] ?? { status: 404 };
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

interface Planned {
  readonly description: string;
  readonly states: readonly string[];
  readonly pending?: boolean;
  readonly authorized?: boolean;
}

function interactionOf({ description, states, pending = false, authorized = true }: Planned) {
  return {
    description,
    pending,
    type: 'Synchronous/HTTP',
    providerStates: states.map((name) => ({ name, params: { id: 'example' } })),
    request: {
      method: 'GET',
      path: '/things/example',
      generators: { path: { type: 'ProviderState', expression: `/things/\${id}` } },
      headers: authorized ? { Authorization: ['Bearer example-token'] } : {},
    },
    response: {
      status: 200,
      body: { content: { a: 1 }, contentType: 'application/json', encoded: false },
      matchingRules: { body: { '$.a': { combine: 'AND', matchers: [{ match: 'integer' }] } } },
    },
  };
}

const pactHead = {
  consumer: { name: 'c' },
  provider: { name: 'p' },
  metadata: { pactSpecification: { version: '4.0' } },
  interactions: [{ description: 'any' }],
};
let files = 0;
function pactOf(...interactions: readonly Planned[]): string {
  const file = join(folder, `${++files}.json`);
  writeFileSync(file, JSON.stringify({ ...pactHead, interactions: interactions.map(interactionOf) }));
  return file;
}

/** The state's own name is the id of the thing. */
const states = async ({ name }: PactState): Promise<Record<string, string>> => {
  if (name.startsWith('impossible')) throw new HarnessError('inconclusive', 'no such thing');
  return { id: name };
};

describe('verifyPacts', () => {
  it('tells passed, failed, pending and unverified apart, each with its states and its exchange', async () => {
    const { url, seen } = await provider({
      '/things/good': { body: { a: 5, more: true } },
      '/things/bad': { body: { a: 'five' } },
      '/things/gone': { status: 410 },
    });
    const exchanges: Exchange[] = [];
    const report = await verifyPacts({
      pacts: {
        files: [
          pactOf(
            { description: 'one', states: ['good'] },
            { description: 'two', states: ['good', 'bad'] },
            { description: 'two', states: ['gone'] },
            { description: 'three', states: ['impossible'] },
            { description: 'three', states: ['impossible too', 'good'] },
          ),
          pactOf({ description: 'four', states: ['bad'], pending: true }, { description: 'five', states: ['good'] }),
        ],
      },
      provider: 'p',
      contract,
      door: loopbackDoor(url),
      states,
      onExchange: (exchange) => exchanges.push(exchange),
    });
    expect(report.passed).toBe(false);
    expect(
      report.interactions.map(({ description, states, result, mismatches }) => [
        description,
        states.map(({ name }) => name).join('+'),
        result,
        mismatches.map(({ kind, path }) => `${kind} ${path}`).join(', '),
      ]),
    ).toEqual([
      ['one', 'good', 'passed', ''],
      ['two', 'good+bad', 'failed', 'body $.a'],
      ['two', 'gone', 'failed', 'status , body /'],
      ['three', 'impossible', 'unverified', 'other '],
      ['three', 'impossible too+good', 'unverified', 'other '],
      ['four', 'bad', 'pending', 'body $.a'],
      ['five', 'good', 'passed', ''],
    ]);
    expect(seen.map(({ url }) => url)).toEqual(['good', 'bad', 'gone', 'bad', 'good'].map((id) => `/things/${id}`));
    expect(exchanges).toEqual(report.interactions.flatMap(({ exchange }) => exchange ?? []));
    expect(report.interactions[1]!.mismatches[0]!.message).toContain("'five'");
    expect(report.interactions[3]!.mismatches[0]!.message).toContain('"impossible" could not be brought about');
  });

  it('puts its own token in the place of the example, and none where the pact has none', async () => {
    const { url, seen } = await provider({ '/things/good': { body: { a: 1 } } });
    const pact = pactOf(
      { description: 'with', states: ['good'] },
      { description: 'without', states: ['good'], authorized: false },
    );
    const report = await verifyPacts({
      pacts: { files: [pact] },
      provider: 'p',
      contract,
      door: loopbackDoor(url),
      states,
    });
    expect(report.passed).toBe(true);
    expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer real-token', undefined]);
  });

  it('passes with a pending failure, and not with a state that cannot be brought about', async () => {
    const { url } = await provider({ '/things/bad': { body: {} } });
    const verdict = async (...planned: Planned[]) =>
      (
        await verifyPacts({
          pacts: { files: [pactOf(...planned)] },
          provider: 'p',
          contract,
          door: loopbackDoor(url),
          states,
        })
      ).passed;
    expect(await verdict({ description: 'pending', states: ['bad'], pending: true })).toBe(true);
    expect(await verdict({ description: 'unverified', states: ['impossible'] })).toBe(false);
  });

  it('ends with what ends the run: a provider out of reach, a budget that is spent', async () => {
    const two = pactOf({ description: 'one', states: ['good'] }, { description: 'two', states: ['good'] });
    const common = { pacts: { files: [two] }, provider: 'p', contract, states };
    await expect(verifyPacts({ ...common, door: loopbackDoor('http://127.0.0.1:9') })).rejects.toMatchObject({
      code: 'infrastructure',
      message: expect.stringContaining('cannot be reached'),
    });
    const { url } = await provider({ '/things/good': { body: { a: 1 } } });
    await expect(verifyPacts({ ...common, door: loopbackDoor(url, { maxRequests: 1 }) })).rejects.toThrow(
      'the budget of requests is spent',
    );
  });

  it('names a file that is missing or that no pact is in', async () => {
    const { url } = await provider({});
    const common = { provider: 'p', contract, states, door: loopbackDoor(url) };
    await expect(verifyPacts({ ...common, pacts: { files: [] } })).rejects.toMatchObject({ code: 'usage' });
    await expect(verifyPacts({ ...common, pacts: { files: ['nowhere.json'] } })).rejects.toMatchObject({
      code: 'unreadable',
      message: 'pact file nowhere.json does not exist',
    });
    const file = join(folder, 'broken.json');
    for (const [text, words] of [
      ['{ "interactions": ', 'broken.json cannot be read'],
      ['{ "openapi": "3.1.0" }', 'broken.json is no pact: /consumer'],
      [JSON.stringify({ ...pactHead, interactions: [] }), 'broken.json is no pact: /interactions'],
      [JSON.stringify({ ...pactHead, metadata: { pactSpecification: { version: '5.0' } } }), 'must be 1 to 4'],
    ] as const) {
      writeFileSync(file, text);
      await expect(verifyPacts({ ...common, pacts: { files: [file] } })).rejects.toMatchObject({
        code: 'unreadable',
        message: expect.stringContaining(words),
      });
    }
    const other = pactOf({ description: 'one', states: [] });
    await expect(verifyPacts({ ...common, provider: 'q', pacts: { files: [other] } })).rejects.toThrow('not with "q"');
  });
});
