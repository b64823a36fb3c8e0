import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Answered, Exchange, Unanswered } from '../exchange/exchange.js';
import type { Entry, Reading } from './format.js';
import { defectsOf, harEntry, unansweredAs } from './har-entry.js';
import type { Place } from './recorded-exchange.js';

const place: Place = { index: 3, line: 7, format: 'har', label: 'entry 3', fidelity: [] };
const files: Readonly<Record<string, Uint8Array>> = { sent: Buffer.from('from a file'), zip: gzipSync('zipped') };
const reading: Reading = {
  file: 'x.har',
  wants: () => true,
  beside: async (name) => files[name] ?? { problem: 'not there' },
};

const request = { method: 'POST', url: 'https://example.com/', headers: [] };
const response = { status: 200, headers: [], content: { text: 'came' } };
const zipped = [{ name: 'content-encoding', value: 'gzip' }];

async function read(value: unknown): Promise<Exchange> {
  const entry = await harEntry(value, place, reading);
  if (entry.kind === 'unreadable') throw new Error(entry.reason);
  return entry.exchange;
}
const answeredBy = async (answer: unknown, beside: object = {}) =>
  (await read({ request, response: answer, ...beside })).outcome as Answered;
const outcomeOf = async (entry: object) => (await read({ request, ...entry })).outcome as Unanswered;

/** What became of a body, and what the recorder lost of it. */
async function sent(told: object) {
  const { request: posted, origin } = await read({ request: { ...request, ...told }, response });
  const { state, bytes, decoded, problem } = posted.body;
  const fidelity = origin.kind === 'document' ? origin.fidelity : [];
  return { state, text: Buffer.from(bytes).toString(), decoded, problem, fidelity };
}
async function came(content: unknown, headers: unknown = []) {
  const { outcome, origin } = await read({ request, response: { status: 200, headers, content } });
  const { state, bytes, decoded, problem } = (outcome as Answered).body;
  const fidelity = origin.kind === 'document' ? origin.fidelity : [];
  return { state, text: Buffer.from(bytes).toString(), decoded, problem, fidelity };
}
const asItIs = (text: string) => ({ state: 'present', text, decoded: [], problem: undefined, fidelity: [] });
const nothing = (state: string) => ({ state, text: '', decoded: [], problem: undefined, fidelity: [] });

describe('an entry', () => {
  it('waits for nothing where it names no side file', () => {
    const entry = harEntry({ request, response }, place, reading) as Entry;
    expect(entry.kind).toBe('exchange');
  });

  it.each<[unknown, string]>([
    [{}, 'has no request'],
    [null, 'has no request'],
    [{ request: [] }, 'has no request'],
    [{ request, response: 'text' }, 'response is not an object'],
    [{ request, response: { status: 200, content: 'text' } }, 'response.content is not an object'],
    [{ request, response: { status: 200, content: [] } }, 'response.content is not an object'],
    [{ request: { ...request, url: 7 }, response }, 'request.url is not text'],
  ])('%j is unreadable: %s', async (value, reason) => {
    expect(await harEntry(value, place, reading)).toEqual({ kind: 'unreadable', place: 'entry 3', reason });
  });

  it('takes time', async () => {
    expect((await answeredBy(response, { time: 12 })).durationMs).toBe(12);
    expect((await answeredBy(response)).durationMs).toBe(undefined);
  });

  it.each([
    ['example', 'example'],
    ['stub', 'stub'],
    ['observation', 'observation'],
    ['hearsay', 'observation'],
    [undefined, 'observation'],
  ])('of provenance %s is told as %s', async (_provenance, told) => {
    expect((await read({ request, response, _provenance })).origin).toMatchObject({ provenance: told });
  });
});

describe('the body of a request', () => {
  const zip = files['zip']!;
  const base64 = Buffer.from(zip).toString('base64');

  it.each<[string, object, object]>([
    ['is its text', { postData: { text: 'abc' } }, asItIs('abc')],
    [
      'is undone',
      { postData: { text: base64, encoding: 'base64' }, headers: zipped },
      { ...asItIs('zipped'), decoded: ['base64', 'gzip'] },
    ],
    [
      'was cut by the count',
      { postData: { text: 'abc' }, bodySize: 7 },
      { state: 'truncated', fidelity: ['body-cut'] },
    ],
    ['is not counted by a fraction', { postData: { text: 'abc' }, bodySize: 7.5 }, asItIs('abc')],
    ['is not counted by a text', { postData: { text: 'abc' }, bodySize: '7' }, asItIs('abc')],
    ['is not counted by a negative number', { postData: { text: 'abc' }, bodySize: -1 }, asItIs('abc')],
    ['is not counted by none', { postData: { text: 'é' }, bodySize: 0 }, asItIs('é')],
    [
      'is a form',
      { postData: { params: [{ name: 'a', value: 'b' }] } },
      { ...asItIs('a=b'), fidelity: ['body-as-params'] },
    ],
    [
      'is a form with an empty text',
      { postData: { text: '', params: [{ name: 'a', value: 'b' }] } },
      { ...asItIs('a=b'), fidelity: ['body-as-params'] },
    ],
    [
      'is a form of parts',
      { postData: { mimeType: 'multipart/form-data', params: [{}] } },
      { ...nothing('absent'), fidelity: ['body-as-params'] },
    ],
    ['is not in an empty form', { postData: { params: [] } }, nothing('absent')],
    ['is not in a form that is no list', { postData: { params: 'a=b' } }, nothing('absent')],
    ['was not recorded', {}, nothing('absent')],
    ['was not recorded, but counted', { bodySize: 7 }, nothing('absent')],
    ['was not recorded, with an empty text', { postData: { text: '' }, bodySize: 7 }, nothing('absent')],
    ['was seen to be empty', { bodySize: 0 }, nothing('empty')],
    ['was seen to be empty, with an empty text', { postData: { text: '' } }, nothing('empty')],
    ['was seen to be empty, with both', { postData: { text: '' }, bodySize: 0 }, nothing('empty')],
    ['is in a file', { postData: { _file: 'sent' } }, { ...asItIs('from a file'), decoded: ['file'] }],
    ['is in a file beside no text', { postData: { _file: 'sent', text: '' } }, { text: 'from a file' }],
    ['is the text beside a file', { postData: { _file: 'sent', text: 'abc' } }, asItIs('abc')],
    ['is not in a file without a name', { postData: { _file: 7 } }, nothing('absent')],
    [
      'is in a file, coded',
      { postData: { _file: 'zip' }, headers: zipped },
      { ...asItIs('zipped'), decoded: ['file', 'gzip'] },
    ],
    [
      'is in a file that is lost',
      { postData: { _file: 'lost' } },
      { ...nothing('absent'), problem: 'not there', fidelity: ['side-file-missing'] },
    ],
  ])('%s', async (_, told, expected) => {
    expect(await sent(told)).toMatchObject(expected);
  });
});

describe('the body of an answer', () => {
  it.each<[string, unknown, object]>([
    ['is its text', { text: 'abc' }, asItIs('abc')],
    ['is empty', { text: '' }, nothing('empty')],
    ['was not recorded', {}, nothing('absent')],
    ['was not recorded at all', undefined, nothing('absent')],
    ['was not recorded, by a null', null, nothing('absent')],
    ['is no number', { text: 7 }, nothing('absent')],
    ['was cut by the count', { text: 'abc', size: 7 }, { state: 'truncated', fidelity: ['body-cut'] }],
    ['is in a file', { _file: 'sent' }, { ...asItIs('from a file'), decoded: ['file'] }],
    ['is in a file that is lost', { _file: 'lost' }, { state: 'absent', problem: 'not there' }],
  ])('%s', async (_, content, expected) => {
    expect(await came(content)).toMatchObject(expected);
  });

  it('is undone by its own headers', async () => {
    const told = { text: Buffer.from(files['zip']!).toString('base64'), encoding: 'base64' };
    expect(await came(told, zipped)).toMatchObject({ decoded: ['base64', 'gzip'], fidelity: [] });
    expect(await came({ _file: 'zip' }, zipped)).toMatchObject({ decoded: ['file', 'gzip'], fidelity: [] });
    expect(await came(told)).toMatchObject({ fidelity: ['content-coding-unnamed'] });
  });

  it.each(['truncated', 'undecodable'])('is %s by our own word, with or without a reason', async (_state) => {
    const told = { text: 'abc', _state };
    expect(await came(told)).toEqual({ ...asItIs('abc'), state: _state });
    expect(await came({ ...told, _problem: 'over the cap' })).toMatchObject({ problem: 'over the cap' });
    expect(await came({ ...told, _problem: 7 })).toMatchObject({ problem: undefined });
    expect(await came({ _state })).toEqual(nothing('absent'));
    expect(await sent({ postData: told })).toEqual({ ...asItIs('abc'), state: _state });
  });

  it('is not marked by a word that is not ours', async () => {
    expect(await came({ text: 'abc', _state: 'present', _problem: 'none' })).toEqual(asItIs('abc'));
  });
});

describe('an entry without an answer', () => {
  const asTold = { kind: 'unanswered', reason: 'timeout', detail: 'after 30 s' };
  const own = { reason: 'timeout', detail: 'after 30 s' };

  it.each<[string, object, object]>([
    ['nothing', {}, { reason: 'not-recorded', detail: 'no response in the recording' }],
    ['null', { response: null }, { reason: 'not-recorded', detail: 'no response in the recording' }],
    ['status 0', { response: { status: 0 } }, { reason: 'not-recorded', detail: 'the recorder got no answer' }],
    ['0 in text', { response: { status: '0' } }, { reason: 'not-recorded' }],
    ['an error of its own', { _error: own }, asTold],
    ['an error in the answer', { response: { status: 0, _error: own }, _error: 'another' }, asTold],
    ['our own word', { response: { status: 0, _unanswered: own } }, asTold],
    ['a sentence', { response: { status: 0, _error: 'net::ERR' } }, { reason: 'not-recorded', detail: 'net::ERR' }],
  ])('says why by %s', async (_, entry, expected) => {
    expect(await outcomeOf(entry)).toMatchObject({ kind: 'unanswered', ...expected });
  });

  it('keeps a reason that there is, and no other', () => {
    const all = ['refused', 'reset', 'timeout', 'interrupted', 'dns', 'tls', 'protocol', 'not-recorded', 'budget'];
    const kept = [...all, 'whim', 7, undefined].map((reason) => unansweredAs({ reason, detail: 7 }, 'why').reason);
    expect(kept).toEqual([...all, 'not-recorded', 'not-recorded', 'not-recorded']);
    expect(unansweredAs({ reason: 'dns', detail: 7 }, 'otherwise').detail).toBe('otherwise');
  });
});

it('what was seen below HTTP is kept by its kinds, each with what it says', async () => {
  const kinds = ['length', 'truncated', 'content-coding', 'too-large', 'protocol'];
  const told = kinds.map((kind) => ({ kind, detail: `of ${kind}` }));
  expect(defectsOf([...told, { kind: 'whim', detail: 'x' }, null])).toEqual(told);
  expect(defectsOf([{ kind: 'length' }, { kind: 'length', detail: 7 }])).toEqual([
    { kind: 'length', detail: '' },
    { kind: 'length', detail: '7' },
  ]);
  for (const none of [undefined, null, 'length', {}]) expect(defectsOf(none)).toEqual([]);
  expect((await answeredBy({ ...response, _defects: told })).defects).toEqual(told);
});
