import { describe, expect, it } from 'vitest';
import type { JournalRecord } from './journal.js';
import { cleanUpSheet, ledgerRunOf } from './ledger.js';

const head: JournalRecord = {
  kind: 'run',
  run: 'r1',
  target: 'https://api.example.com',
  tenant: 't1',
  connection: null,
  seed: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
};
const intent = (requestId: string): JournalRecord => ({
  kind: 'intent',
  requestId,
  at: '2026-01-01T00:00:01.000Z',
  sha256: '',
});
const book = (...records: JournalRecord[]) => ledgerRunOf({ records: [head, ...records], damaged: [], torn: false })!;
const fates = (...records: JournalRecord[]) => book(...records).entries.map(({ fate, id }) => [fate, id]);

describe('the ledger', () => {
  it('dates a write by its intent, else by the run', () => {
    const created: JournalRecord = { kind: 'created', requestId: 'a', status: 200, id: 'c' };
    expect(book(intent('a'), created).entries.map(({ at }) => at)).toEqual(['2026-01-01T00:00:01.000Z']);
    expect(book(created).entries.map(({ at }) => at)).toEqual(['2026-01-01T00:00:00.000Z']);
  });

  it.each<[string, JournalRecord[], unknown[]]>([
    [
      'an answered create',
      [intent('a'), { kind: 'created', requestId: 'a', status: 200, id: 'c1' }],
      [['created', 'c1']],
    ],
    [
      'a success without an id',
      [intent('a'), { kind: 'created', requestId: 'a', status: 200, id: null }],
      [['created', null]],
    ],
    ['a refusal', [intent('a'), { kind: 'refused', requestId: 'a', status: 422 }], [['refused', null]]],
    ['what was in flight at the end', [intent('a')], [['open', null]]],
    [
      'what was never answered',
      [intent('a'), { kind: 'unknown', requestId: 'a', reason: 'timeout' }],
      [['open', null]],
    ],
    [
      'what the look-up found',
      [intent('a'), { kind: 'found', requestId: 'a', status: 200, id: 'c2' }],
      [['created', 'c2']],
    ],
    [
      'what the look-up found refused',
      [intent('a'), { kind: 'found', requestId: 'a', status: 400, id: null }],
      [['refused', null]],
    ],
    ['what the look-up does not know', [intent('a'), { kind: 'absent', requestId: 'a' }], [['absent', null]]],
    [
      'what was created, though its intent was lost',
      [{ kind: 'created', requestId: 'a', status: 200, id: 'c1' }],
      [['created', 'c1']],
    ],
    ['a refusal whose intent was lost', [{ kind: 'refused', requestId: 'a', status: 422 }], [['refused', null]]],
    [
      'what the look-up found redirected',
      [intent('a'), { kind: 'found', requestId: 'a', status: 300, id: null }],
      [['refused', null]],
    ],
    [
      'what was never answered, and created when it was sent again',
      [
        intent('a'),
        { kind: 'unknown', requestId: 'a', reason: 'timeout' },
        intent('a'),
        { kind: 'created', requestId: 'a', status: 200, id: 'c3' },
      ],
      [['created', 'c3']],
    ],
    [
      'what was never answered, and is not there',
      [intent('a'), { kind: 'unknown', requestId: 'a', reason: 'timeout' }, { kind: 'absent', requestId: 'a' }],
      [['absent', null]],
    ],
    [
      'what was never answered, and refused when it was sent again',
      [
        intent('a'),
        { kind: 'unknown', requestId: 'a', reason: 'timeout' },
        intent('a'),
        { kind: 'refused', requestId: 'a', status: 409 },
      ],
      [['open', null]],
    ],
    [
      'two at once under one id, of which one was refused',
      [intent('a'), intent('a'), { kind: 'refused', requestId: 'a', status: 409 }],
      [['open', null]],
    ],
    [
      'a refused repeat of a create',
      [
        intent('a'),
        { kind: 'created', requestId: 'a', status: 200, id: 'c1' },
        intent('a'),
        { kind: 'refused', requestId: 'a', status: 409 },
      ],
      [['created', 'c1']],
    ],
    [
      'a repeat that was cut off',
      [
        intent('a'),
        { kind: 'created', requestId: 'a', status: 200, id: 'c1' },
        intent('a'),
        { kind: 'unknown', requestId: 'a', reason: 'reset' },
      ],
      [['created', 'c1']],
    ],
  ])('knows %s', (_, records, expected) => {
    expect(fates(...records)).toEqual(expected);
  });

  it('needs the beginning of a journal', () => {
    expect(ledgerRunOf({ records: [intent('a')], damaged: [], torn: true })).toBeUndefined();
  });

  it('gives a sheet that no spreadsheet runs', () => {
    const records: JournalRecord[] = [
      intent('a'),
      intent('b'),
      { kind: 'created', requestId: 'b', status: 200, id: '=HYPERLINK("x")' },
      intent('c'),
      { kind: 'refused', requestId: 'c', status: 422 },
    ];
    const [header, open, created, end] = cleanUpSheet([book(...records)]).split('\r\n');
    expect(header).toBe('"consumer","contact","state","client request id","sent at","run","target"');
    expect(open).toBe('"t1","","open","a","2026-01-01T00:00:01.000Z","r1","https://api.example.com"');
    expect(created).toContain(`"'=HYPERLINK(""x"")","created","b"`);
    expect(end).toBe('');
  });
});
