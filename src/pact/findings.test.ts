import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { bodyOf, emptyBody } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import { atPointer, escapePointer } from '../exchange/pointer.js';
import { fingerprint } from '../finding/finding.js';
import { pactFindings, pointerOfPath } from './findings.js';
import type { PactMismatch, VerifiedInteraction } from './verify.js';

const exchange = (path: string): Exchange => ({
  id: 'pact:1:1',
  origin: { kind: 'live', property: 'pact', path: '1' },
  request: { method: 'POST', url: `http://127.0.0.1/base${path}`, headers: [], body: emptyBody },
  outcome: { kind: 'answered', status: 200, headers: [], body: bodyOf('{}'), durationMs: 1, defects: [] },
  before: [],
});
const contacts = '/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts';

const interaction = (
  result: VerifiedInteraction['result'],
  mismatches: readonly PactMismatch[],
  path = contacts,
): VerifiedInteraction => ({
  description: 'create',
  states: [{ name: 'a state' }, { name: 'another' }],
  result,
  mismatches,
  exchange: exchange(path),
});

const found = (...interactions: VerifiedInteraction[]) =>
  pactFindings({ interactions, passed: false, notices: [] }, contract, '/base').map(fingerprint);

describe('pactFindings', () => {
  const rule = 'create, given a state and another';

  it('names the kind, the place and the interaction of every mismatch', () => {
    const mismatches: PactMismatch[] = [
      { kind: 'status', path: '', message: 'expected 404' },
      { kind: 'header', path: 'Content-Type', message: 'other' },
      { kind: 'body', path: '$.addresses[12].street', message: 'no string' },
      { kind: 'other', path: '', message: 'unreadable' },
    ];
    expect(found(interaction('failed', mismatches))).toEqual([
      `pact.status|createContact|response.status||${rule}`,
      `pact.header|createContact|response.headers|/content-type|${rule}`,
      `pact.body|createContact|response.body|/addresses/*/street|${rule}`,
      `pact.interaction|createContact|exchange||${rule}`,
    ]);
  });

  it('tells what is pending by a code that fails nothing, and of the others only what failed', () => {
    const body: PactMismatch[] = [{ kind: 'body', path: '$.a', message: 'no' }];
    const without: VerifiedInteraction = { ...interaction('failed', body), exchange: undefined };
    expect(
      found(interaction('passed', body), interaction('unverified', body), without, interaction('pending', body)),
    ).toEqual([`pact.pending|createContact|response.body|/a|${rule}`]);
  });

  it('finds what is not of the contract elsewhere', () => {
    const mismatches: PactMismatch[] = [{ kind: 'status', path: '', message: 'no' }];
    expect(found(interaction('failed', mismatches, '/invoices'))).toEqual([
      `pact.status|elsewhere|response.status||${rule}`,
    ]);
  });
});

describe('pointerOfPath', () => {
  it.each([
    ['$', ''],
    ['', ''],
    ['/', ''],
    ['$.total', '/total'],
    ["$.items[3]['a b'].c~d", '/items/3/a b/c~0d'],
    ['$[0][*].x', '/0/*/x'],
  ])('reads %s as %s', (path, pointer) => {
    expect(pointerOfPath(path)).toBe(pointer);
  });

  it('leads to the place that the path was written for', () => {
    const key = fc.string({ minLength: 1 }).filter((text) => !/['\\]/.test(text) && text !== '__proto__');
    fc.assert(
      fc.property(fc.array(key, { maxLength: 4 }), (keys) => {
        const document = keys.reduceRight<unknown>((inside, name) => ({ [name]: inside }), 'here');
        const pointer = pointerOfPath(`$${keys.map((name) => `['${name}']`).join('')}`);
        expect(pointer).toBe(keys.map((name) => `/${escapePointer(name)}`).join(''));
        expect(atPointer(document, pointer)).toBe('here');
      }),
      { seed: 1 },
    );
  });
});
