import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { checksFor } from '../checks/index.js';
import { run } from '../run/run.js';
import { documents } from './documents.js';
import { relationsOf } from './relations.js';

const tenant = '6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3';
const contacts = `https://a.example/v1/consumers/${tenant}/invoicing/contacts`;
const headers = { 'content-type': 'application/json' };

function create(name: string, id: string, url = contacts) {
  const body = { id, source_ref: { id: '1', model: 'contact' }, last_name: name };
  return {
    request: { method: 'POST', url, headers, body: { last_name: name } },
    response: { status: 200, headers, body },
  };
}

function read(id: string, name: string | null, url = contacts, method = 'GET') {
  const body = { id, source_ref: { id: '1', model: 'contact' }, last_name: name };
  return { request: { method, url: `${url}/${id}`, headers }, response: { status: 200, headers, body } };
}

/** The findings on what relates exchanges, over recordings of lines each. */
async function found(...files: object[][]) {
  const recordings = files.map((lines, at) => ({
    file: `f${at}`,
    async *open() {
      yield Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    },
  }));
  const source = documents(recordings, { format: 'auto', relations: () => relationsOf(contract, '/v1') });
  const basePaths = { live: '', recorded: '/v1' };
  const plan = { contract, checks: checksFor('strict'), sources: [source], basePaths };
  const { tally, troubles } = await run({ ...plan, signal: new AbortController().signal });
  expect(troubles).toEqual([]);
  return [...tally.sightings.values()]
    .map(({ finding, seen }) => ({ finding, seen }))
    .filter(({ finding }) => /^(echo|state)/.test(finding.code));
}

const codes = async (...files: object[][]) =>
  (await found(...files)).map(({ finding, seen }) => `${finding.code} ${finding.at.pointer} ×${seen}`);

describe('relationsOf', () => {
  it('compares a create with a later read of the same id', async () => {
    const [one] = await found([create('Ana', 'c1'), read('c1', 'Anna')]);
    expect(one!.finding).toMatchObject({ code: 'echo.altered', at: { pointer: '/last_name' } });
    expect(one!.finding.evidence.before.map(({ id }) => id)).toEqual(['f0#0']);
    expect(await codes([create('Ana', 'c1'), read('c1', null), read('c1', 'Ana')])).toEqual([
      'echo.dropped /last_name ×1',
    ]);
  });

  it('finds an id that two creates were answered with', async () => {
    const [one] = await found([create('Ana', 'c1'), create('Bo', 'c1')]);
    expect(one!.finding).toMatchObject({ code: 'state.duplicate-id', endpoint: 'createContact' });
    expect(one!.finding.evidence.before.map(({ id }) => id)).toEqual(['f0#0']);
  });

  const fine: [what: string, ...files: object[][]][] = [
    ['a read that says the same', [create('Ana', 'c/1'), read('c%2F1', 'Ana')]],
    ['a read of another id', [create('Ana', 'c1'), read('c2', 'Bo')]],
    ['a read before the create', [read('c1', 'Bo'), create('Ana', 'c1')]],
    ['a read after a change', [create('Ana', 'c1'), read('c1', 'Bo', contacts, 'PATCH'), read('c1', 'Bo')]],
    ['a create told twice', [create('Ana', 'c1'), create('Ana', 'c1')]],
    [
      'the same id at another host',
      [create('Ana', 'c1'), create('Bo', 'c1', contacts.replace('a.example', 'b.example'))],
    ],
    ['the same id of another consumer', [create('Ana', 'c1'), create('Bo', 'c1', contacts.replace('6b1f', '7b1f'))]],
    ['the same id in another recording', [create('Ana', 'c1')], [create('Bo', 'c1'), read('c1', 'Bo')]],
  ];
  it.each(fine)('has nothing to say of %s', async (_, ...files) => expect(await codes(...files)).toEqual([]));

  it('leaves examples alone, which use one id over and over', async () => {
    const relate = relationsOf(contract, '');
    const origin = {
      kind: 'document',
      file: 'x',
      index: 0,
      format: 'pact',
      provenance: 'example',
      fidelity: [],
    } as const;
    const exchange = { id: 'x', origin, request: { method: 'POST', url: contacts }, before: [] } as never;
    expect(relate(exchange, 0)).toEqual({ exchange, findings: [] });
  });

  it('forgets a create after four megabytes of the recording', async () => {
    const padding = (bytes: number) => ({ padding: 'x'.repeat(bytes) });
    const between = (bytes: number) => codes([create('Ana', 'c0'), padding(bytes), create('Bo', 'c0')]);
    expect(await between(4 * 1024 * 1024 - 1000)).toEqual(['state.duplicate-id  ×1']);
    expect(await between(4 * 1024 * 1024)).toEqual([]);
  });

  it('relates to the latest create of an id', async () => {
    expect(await codes([create('Ana', 'c1'), create('Bo', 'c1'), read('c1', 'Bo')])).toEqual([
      'state.duplicate-id  ×1',
    ]);
  });
});
