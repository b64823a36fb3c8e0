import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { bodyOf, jsonOf, textOf } from '../exchange/body.js';
import { detectFormat } from './detect.js';
import type { Entry, Format } from './format.js';
import { har } from './har.js';
import { allFormats } from './index.js';
import { ndjson } from './ndjson.js';

/** https://github.com/nst/JSONTestSuite: `y_` must be read, `n_` must be refused, `i_` may be either. */
const folder = fileURLToPath(new URL('../../../shared/corpora/json-test-suite/test_parsing', import.meta.url));
const files = existsSync(folder) ? readdirSync(folder).sort() : [];
if (files.length === 0) console.warn(`JSONTestSuite is not at ${folder}: its cases are not tried`);

const cases = files.map((name) => [name, readFileSync(join(folder, name))] as const);
const must = { y: 'read', n: 'refused', i: 'either' } as const;
const expected = (name: string) => must[name[0] as keyof typeof must];
/** A BOM and bytes that are no UTF-8 are told as such; what stands behind them is read. */
const isOdd = (bytes: Buffer) => textOf(bodyOf(bytes)).byteOrderMark || textOf(bodyOf(bytes)).invalidAt !== undefined;

const isNothing = (bytes: Buffer) => bytes.toString('latin1').trim() === '';

async function read(format: Format, bytes: Uint8Array): Promise<Entry[]> {
  const chunks = (async function* () {
    yield bytes;
  })();
  const entries: Entry[] = [];
  const reading = { file: 'x', wants: () => true, beside: async () => ({ problem: 'none' }) };
  for await (const entry of format.read(chunks, reading)) entries.push(entry);
  return entries;
}

describe.runIf(files.length > 0)('the cases of JSONTestSuite', () => {
  it('are all there', () => expect(files.length).toBeGreaterThan(300));

  it('as a body: read or refused with the byte', () => {
    for (const [name, bytes] of cases) {
      const reading = jsonOf(bodyOf(bytes));
      const problem = reading.ok ? 'read' : 'refused';
      if (expected(name) !== 'either' && !isOdd(bytes)) expect([name, problem]).toEqual([name, expected(name)]);
      if (reading.ok) continue;
      expect(reading.byteOffset, name).toBeGreaterThanOrEqual(0);
      expect(reading.byteOffset, name).toBeLessThanOrEqual(Buffer.byteLength(textOf(bodyOf(bytes)).text));
    }
  });

  it('as a line of a recording: an entry each, and never taken for an exchange', async () => {
    const good = Buffer.from('{"request":{"method":"GET","url":"/x"},"response":null}\n');
    for (const [name, bytes] of cases) {
      const line = Buffer.from(bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d));
      const entries = await read(ndjson, Buffer.concat([good, line, Buffer.from('\n'), good]));
      const kinds = entries.map(({ kind }) => kind);
      const isBlank = line.every((byte) => byte === 0x20 || byte === 0x09);
      expect(kinds, name).toEqual(isBlank ? ['exchange', 'exchange'] : ['exchange', 'unreadable', 'exchange']);
      const reason = entries.find((entry) => entry.kind === 'unreadable')?.reason ?? 'byte 0';
      if (expected(name) === 'refused' && !isBlank)
        expect([name, reason]).toEqual([name, expect.stringMatching(/byte \d+|has no request object/)]);
    }
  });

  it('as an entry of a HAR: what stands before it is read, and what is valid costs none of its neighbours', async () => {
    const good = '{"request":{"method":"GET","url":"/x"},"response":null}';
    for (const [name, bytes] of cases) {
      const parts = [`{"log":{"entries":[${good},`, bytes, `,${good}]}}`].map((part) => Buffer.from(part));
      const entries = await read(har, Buffer.concat(parts));
      const kinds = entries.map(({ kind }) => kind);
      expect([name, kinds[0]]).toEqual([name, 'exchange']);
      if (expected(name) === 'read') expect([name, kinds]).toEqual([name, ['exchange', 'unreadable', 'exchange']]);
      if (expected(name) === 'refused' && !isNothing(bytes))
        expect([name, kinds]).toEqual([name, expect.arrayContaining(['unreadable'])]);
    }
  });

  it('as a file of any format that is named: unreadable, with no exchange made of it', async () => {
    for (const format of await allFormats())
      for (const [name, bytes] of cases) {
        const entries = await read(format, bytes).catch((error: unknown) => {
          expect([format.id, name, error]).toEqual([format.id, name, expect.any(HarnessError)]);
          return [];
        });
        expect([format.id, name, entries.filter(({ kind }) => kind === 'exchange')]).toEqual([format.id, name, []]);
      }
  });

  it('as a file: refused by name, not by a crash', async () => {
    const known = await allFormats();
    for (const [name, bytes] of cases)
      try {
        detectFormat(bytes, name, known);
        expect.unreachable(`${name} was taken for a recording`);
      } catch (error) {
        expect(error, name).toBeInstanceOf(HarnessError);
        expect((error as HarnessError).message).toContain(name);
      }
  });
});
