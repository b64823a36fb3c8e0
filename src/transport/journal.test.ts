import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type JournalRecord, lazyJournal, noJournal, openJournal, readJournal } from './journal.js';

const folder = mkdtempSync(join(tmpdir(), 'chift-contract-journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const path = () => join(folder, 'deep', `${++files}.ndjson`);

const record: fc.Arbitrary<JournalRecord> = fc.oneof(
  fc.record({ kind: fc.constant('refused' as const), requestId: fc.string(), status: fc.nat(599) }),
  fc.record({ kind: fc.constant('unknown' as const), requestId: fc.string({ unit: 'binary' }), reason: fc.string() }),
  fc.record({
    kind: fc.constant('created' as const),
    requestId: fc.string(),
    status: fc.nat(599),
    id: fc.option(fc.string()),
  }),
);

describe('the journal', () => {
  it.each([true, false])('gives back what was appended, in order (durable: %s)', async (durable) => {
    await fc.assert(
      fc.asyncProperty(fc.array(record), async (records) => {
        const file = path();
        const journal = await openJournal(file, durable);
        await Promise.all(records.map((each) => journal.append(each)));
        await journal.close();
        expect(readJournal(readFileSync(file, 'utf8'))).toEqual({
          records: JSON.parse(JSON.stringify(records)),
          damaged: [],
          torn: false,
        });
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  it('has all in the file once it is closed', async () => {
    const file = path();
    const journal = await openJournal(file, true);
    const appended = journal.append({ kind: 'refused', requestId: 'r', status: 422 });
    await journal.close();
    expect(readJournal(readFileSync(file, 'utf8')).records).toHaveLength(1);
    await appended;
    await expect(journal.append({ kind: 'refused', requestId: 'r', status: 422 })).rejects.toThrow();
  });

  it.each([true, false])('has a record in the file once the append is done (durable: %s)', async (durable) => {
    const file = path();
    const journal = await openJournal(file, durable);
    for (let at = 0; at < 50; at++) {
      await journal.append({ kind: 'refused', requestId: `r${at}`, status: 422 });
      const { records, damaged } = readJournal(readFileSync(file, 'utf8'));
      expect([records.length, damaged]).toEqual([at + 1, []]);
    }
    await journal.close();
  });

  it('cut at any byte loses nothing but the line that was cut', async () => {
    const file = path();
    const journal = await openJournal(file, false);
    for (const id of ['a', 'é', null]) await journal.append({ kind: 'created', requestId: 'r', status: 200, id });
    await journal.close();
    const text = readFileSync(file, 'utf8');
    for (let end = 0; end <= text.length; end++) {
      const whole = text.slice(0, end).split('\n').length - 1;
      const reading = readJournal(text.slice(0, end));
      expect([reading.records.length, reading.damaged, reading.torn]).toEqual([
        whole,
        [],
        !/(^|\n)$/.test(text.slice(0, end)),
      ]);
    }
  });

  it('tells a changed line from a cut one, and goes on after it', async () => {
    const file = path();
    const journal = await openJournal(file, false);
    for (const requestId of ['one', 'two', 'three']) await journal.append({ kind: 'refused', requestId, status: 422 });
    await journal.close();
    const text = readFileSync(file, 'utf8').replace('"two"', '"TWO"');
    const { records, damaged } = readJournal(text);
    expect([records.map((each) => 'requestId' in each && each.requestId), damaged]).toEqual([['one', 'three'], [2]]);
    expect(readJournal(text.replace(' ', '_')).damaged).toEqual([1, 2]);
  });

  it('that is none takes every record and keeps none', async () => {
    await noJournal.append({ kind: 'refused', requestId: 'r', status: 422 });
    await noJournal.close();
  });

  it('goes on in a file that an earlier run left, also where its last line was cut', async () => {
    const file = path();
    for (const requestId of ['one', 'two']) {
      const journal = await openJournal(file, true);
      await journal.append({ kind: 'refused', requestId, status: 422 });
      await journal.close();
      appendFileSync(file, 'half a li');
    }
    const { records, damaged, torn } = readJournal(readFileSync(file, 'utf8'));
    expect([records, damaged, torn]).toMatchObject([[{ requestId: 'one' }, { requestId: 'two' }], [], true]);
  });

  it('is written to the end before it is closed', async () => {
    const file = path();
    const journal = await openJournal(file, false);
    const last = journal.append({ kind: 'refused', requestId: 'r', status: 422 });
    await journal.close();
    await last;
    expect(readJournal(readFileSync(file, 'utf8')).records).toHaveLength(1);
    await expect(journal.append({ kind: 'refused', requestId: 'r', status: 422 })).rejects.toThrow('cannot be written');
  });

  it('of a run that writes nothing is not there; else it begins with the run', async () => {
    const head: JournalRecord = { kind: 'refused', requestId: 'head', status: 0 };
    const file = path();
    await lazyJournal(file, false, head).close();
    expect(existsSync(file)).toBe(false);
    const journal = lazyJournal(file, false, head);
    await Promise.all(['a', 'b'].map((requestId) => journal.append({ kind: 'refused', requestId, status: 422 })));
    await journal.close();
    const { records } = readJournal(readFileSync(file, 'utf8'));
    expect(records.map((each) => 'requestId' in each && each.requestId)).toEqual(['head', 'a', 'b']);
    await expect(journal.append(head)).rejects.toThrow('cannot be written');
  });

  it('that cannot be opened can be closed', async () => {
    const journal = lazyJournal('/dev/null/journal', false, { kind: 'refused', requestId: 'r', status: 0 });
    await expect(journal.append({ kind: 'refused', requestId: 'a', status: 0 })).rejects.toThrow('cannot be written');
    await journal.close();
  });

  it('says where it cannot write', async () => {
    await expect(openJournal('/dev/null/journal', true)).rejects.toThrow(
      'the journal /dev/null/journal cannot be written',
    );
    const full = await openJournal('/dev/full', true);
    await expect(full.append({ kind: 'refused', requestId: 'r', status: 422 })).rejects.toMatchObject({
      code: 'artefact',
      message: expect.stringContaining('(ENOSPC)'),
      hint: expect.stringContaining('Nothing more is sent'),
      cause: { code: 'ENOSPC' },
    });
    await expect(full.append({ kind: 'refused', requestId: 's', status: 422 })).rejects.toThrow('(ENOSPC)');
    await full.close();
  });
});
