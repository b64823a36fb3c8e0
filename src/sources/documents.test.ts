import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { checksFor } from '../checks/index.js';
import type { HarnessError } from '../errors.js';
import { severityOf } from '../finding/catalogue.js';
import { run } from '../run/run.js';
import { type DocumentsOptions, documents } from './documents.js';
import type { Recording } from './recording.js';

const shipped = readFileSync(
  fileURLToPath(new URL('../../contracts/chift/recordings/sdk.har', import.meta.url)),
  'utf8',
);

function recording(file: string, content: string | Uint8Array, more: Partial<Recording> = {}): Recording {
  return {
    file,
    async *open() {
      yield Buffer.from(content);
    },
    ...more,
  };
}

/** Judges recordings and gives the counts, the findings and what could not be read. */
async function judged(recordings: readonly Recording[], options: Partial<DocumentsOptions> = {}) {
  const source = documents(recordings, { format: 'auto', ...options });
  const outcome = await run({
    contract,
    checks: checksFor('strict'),
    sources: [source],
    signal: new AbortController().signal,
  });
  const { tally, troubles, bugs } = outcome;
  const { exchanges, judged, unjudgedTotal, outOfScope, unreadableTotal } = tally;
  expect(exchanges).toBe(judged + unjudgedTotal + outOfScope + unreadableTotal);
  return {
    exchanges,
    judged,
    outOfScope,
    unjudged: unjudgedTotal,
    unreadable: tally.unreadable,
    codes: [...tally.sightings.values()]
      .filter(({ finding }) => severityOf(finding.code) !== 'info')
      .map(({ finding }) => `${finding.code} ${finding.at.pointer}`),
    notes: [...tally.notes],
    bugs,
    troubles: troubles.map((trouble: HarnessError) => [trouble.code, trouble.message]),
  };
}

const line = (id: unknown, status: unknown = 200) =>
  JSON.stringify({
    request: { method: 'GET', url: '/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts/c' },
    response: { status, headers: { 'content-type': 'application/json' }, body: { id, source_ref: {} } },
  });

describe('documents', () => {
  it('judges the shipped recording of the official SDK, every exchange of it', async () => {
    const result = await judged([recording('sdk.har', shipped)]);
    expect(result).toMatchObject({ exchanges: 8, judged: 8, unjudged: 0, unreadable: [], codes: [], troubles: [] });
    expect(result.notes).toContain('read as har: sdk.har');
  });

  it('points at the field where one answer is edited to break the contract', async () => {
    const edited = shipped.replace('\\"country\\":\\"BE\\"}],\\"external', '\\"country\\":7}],\\"external');
    expect(edited).not.toBe(shipped);
    const { codes, judged: count } = await judged([recording('sdk.har', edited)]);
    expect(count).toBe(8);
    expect(codes).toContain('response.body.type /addresses/1/country');
  });

  it('counts what is unreadable with file and place, and reads on', async () => {
    const content = `${line('1')}\n{"request"\n${line('2', 'OK')}\n${line('3')}`;
    expect(await judged([recording('a.ndjson', content)])).toMatchObject({
      exchanges: 4,
      judged: 2,
      unreadable: [
        { place: 'a.ndjson: line 2', reason: "not JSON: expected ':' after the key, at byte 10" },
        { place: 'a.ndjson: line 3', reason: 'response.status is not a status' },
      ],
      troubles: [],
    });
  });

  it('takes missing bodies for unjudged, never for a pass', async () => {
    const bare = JSON.parse(line('1'));
    delete bare.response.body;
    expect(await judged([recording('a.ndjson', JSON.stringify(bare))])).toMatchObject({
      exchanges: 1,
      judged: 0,
      unjudged: 1,
    });
  });

  it('gives each entry to exactly one shard, over all recordings', async () => {
    const files = [0, 1, 2].map((file) =>
      recording(`${file}.ndjson`, Array.from({ length: 3 + file }, (_, at) => line(at === 1 ? at : 'x')).join('\n')),
    );
    const whole = await judged(files);
    expect(whole).toMatchObject({ exchanges: 12, judged: 12 });
    for (const total of [2, 5]) {
      const parts = await Promise.all(
        Array.from({ length: total }, (_, at) => judged(files, { shard: { index: at + 1, total } })),
      );
      const counts = parts.map(({ exchanges }) => exchanges);
      expect(counts.reduce((sum, count) => sum + count)).toBe(12);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      expect(new Set(parts.flatMap(({ codes }) => codes))).toEqual(new Set(whole.codes));
    }
  });

  it('undoes gzip, as of rotated logs', async () => {
    expect(await judged([recording('a.ndjson.gz', gzipSync(`${line('1')}\n`))])).toMatchObject({
      judged: 1,
      troubles: [],
    });
  });

  it('keeps reading after a recording that cannot be read, and fails for it at the end', async () => {
    const result = await judged([
      recording('empty.har', ''),
      recording('a.ndjson', line('1')),
      recording('b.har', '{"log":{"entries":[]}}'),
    ]);
    expect(result).toMatchObject({ judged: 1, troubles: [['unreadable', 'empty.har is empty']] });
    expect(result.notes).toContain('not read: b.har has no entries (read as har)');
  });

  it('notes what it came upon in a folder and is no recording, and fails where a user named it', async () => {
    const stranger = '{"name":"x","version":"1"}';
    expect(await judged([recording('package.json', stranger, { incidental: true })])).toMatchObject({
      exchanges: 0,
      notes: ['no recordings, passed over: package.json'],
      troubles: [],
    });
    const [[code, message]] = (await judged([recording('package.json', stranger)])).troubles as [[string, string]];
    expect([code, message]).toEqual([
      'unreadable',
      'package.json is no recording that is known here: JSON with name, version',
    ]);
  });

  const refused: [what: string, content: string | Uint8Array, message: RegExp][] = [
    ['an empty file', '', /is empty$/],
    ['blanks', ' \n\ufeff', /holds nothing but blanks$/],
    ['prose', 'hello', /it does not begin as JSON$/],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), /is UTF-16$/],
    ['a zip archive', Buffer.from('PK\u0003\u0004'), /is a zip archive$/],
    ['a mitmproxy dump', '1234:9:timestamp;3:1.5^', /is a binary dump of mitmproxy$/],
    ['JSONP', 'onInputData({"log":{"entries":[]}});', /is JSONP, a call around JSON$/],
    ['other bytes', Buffer.from([1, 0, 2]), /is binary$/],
    ['gzip cut short', gzipSync('x'.repeat(9999)).subarray(0, 30), /cannot be read \(Z_BUF_ERROR\)$/],
    ['no entries', '{"log":{"version":"1.2","entries":[]}}', /has no entries \(read as har\)$/],
    [
      'entries that are none',
      '{"log":{"entries":[{},1]}}',
      /no entry of x can be read as har; the first, log\.entries\[0\], line 1: has no request$/,
    ],
    ['no list of entries', '{"log":{"version":"1.2","entries":{}}}', /has no list log\.entries$/],
  ];
  it.each(refused)('refuses %s by name', async (_, content, message) => {
    const { troubles, exchanges, unreadable } = await judged([recording('x', content)]);
    expect(troubles).toEqual([['unreadable', expect.stringMatching(message)]]);
    expect(troubles[0]![1]).toMatch(/\bx\b/);
    expect(exchanges).toBe(unreadable.length);
  });

  it('reads as the format that is named, and knows which there are', async () => {
    const { troubles } = await judged([recording('a.ndjson', line('1'))], { format: 'har' });
    expect(troubles).toEqual([['unreadable', 'a.ndjson has no list log.entries']]);
    expect((await judged([], { format: 'hra' })).troubles).toEqual([['usage', 'there is no format "hra"']]);
  });

  it('tells what the file system says, and hides no bug', async () => {
    const failing = (error: Error): Recording =>
      recording('a.har', '', {
        open: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) }),
      });
    expect((await judged([failing(Object.assign(new Error('x'), { code: 'EACCES' }))])).troubles).toEqual([
      ['unreadable', 'a.har cannot be read (EACCES)'],
    ]);
    expect((await judged([failing(new TypeError('ours'))])).bugs).toEqual([new TypeError('ours')]);
  });
});
