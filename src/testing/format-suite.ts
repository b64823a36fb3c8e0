import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { type Body, textOf } from '../exchange/body.js';
import { detectFormat } from '../formats/detect.js';
import type { Entry, Format } from '../formats/format.js';
import { allFormats } from '../formats/index.js';

/**
 * What every format must hold, on each golden case `<folder>/<format>/<case>/input.*`: its entries are those of
 * `expected.json`, it is told from the other formats, chunks and shards change nothing, and no damage makes it throw
 * anything but a HarnessError.
 */
export function formatSuite(format: Format, folder: string): void {
  const cases = readdirSync(join(folder, format.id)).map((name) => join(folder, format.id, name));
  describe(`format ${format.id}`, () => {
    it('has golden cases', () => expect(cases.length).toBeGreaterThan(0));

    describe.each(cases.map((path) => [basename(path), path] as const))('%s', (_, path) => {
      const input = readFileSync(join(path, readdirSync(path).find((name) => name.startsWith('input.'))!));

      it('reads as expected', async () => {
        const entries = await read(format, [input], path);
        await expect(`${JSON.stringify(entries.map(told), null, 1)}\n`).toMatchFileSnapshot(
          join(path, 'expected.json'),
        );
      });

      it('is told by its structure', async () => {
        expect(detectFormat(input, 'input', await allFormats()).id).toBe(format.id);
      });

      it('does not depend on how the bytes arrive', async () => {
        const whole = await read(format, [input], path);
        for (const size of [1, 7, 1000]) expect(await read(format, cutEvery(input, size), path)).toEqual(whole);
      });

      it('is read whole by its shards', async () => {
        const whole = await read(format, [input], path);
        const parts = await Promise.all([0, 1, 2].map((part) => read(format, [input], path, (at) => at % 3 === part)));
        const merged = whole.map((__, at) => parts[at % 3]![Math.floor(at / 3)]);
        expect(merged).toEqual(whole);
        expect(parts.flat()).toHaveLength(whole.length);
      });

      it('survives every damage', async () => {
        const damages = fc.oneof(
          fc.record({ at: fc.nat(input.length), by: fc.constant<number | undefined>(undefined) }),
          fc.record({
            at: fc.nat(input.length - 1),
            by: fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('{}[]",\\0'))),
          }),
        );
        const whole = await read(format, [input], path);
        await fc.assert(
          fc.asyncProperty(damages, async ({ at, by }) => {
            const entries = await read(format, [damaged(input, at, by)], path).catch(onlyHarnessError);
            if (by === undefined) expect(entries.length).toBeLessThanOrEqual(whole.length + 1);
          }),
          { numRuns: 60, seed: 7 },
        );
      });
    });
  });
}

function damaged(input: Buffer, at: number, by: number | undefined): Buffer {
  if (by === undefined) return input.subarray(0, at);
  const copy = Buffer.from(input);
  copy[at] = by;
  return copy;
}

function onlyHarnessError(error: unknown): Entry[] {
  expect(error).toBeInstanceOf(HarnessError);
  expect((error as HarnessError).code).toBe('unreadable');
  return [];
}

function cutEvery(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

async function read(
  format: Format,
  chunks: readonly Uint8Array[],
  folder: string,
  wants: (index: number) => boolean = () => true,
): Promise<Entry[]> {
  const beside = async (name: string) =>
    name.includes('..') || !readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((file) => file === name)
      ? { problem: 'not there' }
      : readFileSync(join(folder, name));
  const stream = (async function* () {
    yield* chunks;
  })();
  const entries: Entry[] = [];
  for await (const entry of format.read(stream, { file: 'input', wants, beside })) {
    entries.push(entry.kind === 'exchange' ? { kind: entry.kind, exchange: entry.exchange } : entry);
    if (entry.kind === 'exchange' && entry.written) expect(entry.written.again()).toEqual(entry.exchange);
  }
  return entries;
}

/** An entry as a golden file shows it. */
function told(entry: Entry): unknown {
  if (entry.kind === 'unreadable') return entry;
  const { origin, request, outcome } = entry.exchange;
  return {
    origin,
    request: {
      ...request,
      headers: request.headers.map(([name, value]) => `${name}: ${value}`),
      body: toldBody(request.body),
    },
    outcome:
      outcome.kind === 'answered'
        ? {
            ...outcome,
            headers: outcome.headers.map(([name, value]) => `${name}: ${value}`),
            body: toldBody(outcome.body),
          }
        : outcome,
  };
}

function toldBody(body: Body): unknown {
  const { text, invalidAt, byteOrderMark } = textOf(body);
  const { bytes, ...rest } = body;
  if (bytes.length === 0) return rest;
  return invalidAt === undefined
    ? { ...rest, byteOrderMark: byteOrderMark || undefined, text }
    : { ...rest, base64: Buffer.from(bytes).toString('base64') };
}
