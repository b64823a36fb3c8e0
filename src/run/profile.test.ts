import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { bodyOf, emptyBody } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import { profileTable } from '../reporters/profile-table.js';
import { Profiler } from './profile.js';
import { mergeProfiles } from './profile-merge.js';
import { type Profile, profileSchema } from './profile-schema.js';

const url = 'https://a.example/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts';

function exchange(response: unknown, index: number, request: unknown = {}): Exchange {
  const origin = {
    kind: 'document',
    file: 'f',
    index,
    format: 'har',
    provenance: 'observation',
    fidelity: [],
  } as const;
  const body = bodyOf(JSON.stringify(response));
  return {
    id: `f#${index}`,
    origin,
    request: { method: 'POST', url, headers: [], body: bodyOf(JSON.stringify(request)) },
    outcome: { kind: 'answered', status: 200, headers: [], body, durationMs: undefined, defects: [] },
    before: [],
  };
}

const same = (text: string) => text;

function profiled(exchanges: readonly Exchange[], show = same): Profile {
  const profiler = new Profiler(contract, '');
  for (const each of exchanges) profiler.observe(each);
  return profileSchema.parse(profiler.profile(show));
}

const fieldAt = (profile: Profile, pointer: string, part = 'response.body') =>
  profile.fields.find((field) => field.pointer === pointer && field.part === part);

describe('Profiler', () => {
  const answers = [
    { id: 'c1', birthdate: '1990-01-31', gender: 'M', email: '', phone: null, addresses: [{ city: 'Gent' }, {}] },
    { id: 'c22', birthdate: 'soon', gender: 'F', email: 'a@b.example', shoe_size: 43 },
    { id: 'c333', gender: 'M', addresses: [], shoe_size: 'L' },
  ];
  const profile = profiled(answers.map((answer, at) => exchange(answer, at)));

  it('counts presence, nulls and emptiness among the objects that could hold a field', () => {
    expect(fieldAt(profile, '/id')).toMatchObject({ of: 3, present: 3, nulls: 0, lengths: { min: 2, max: 4 } });
    expect(fieldAt(profile, '/phone')).toMatchObject({ of: 3, present: 1, nulls: 1, types: {}, lengths: null });
    expect(fieldAt(profile, '/email')).toMatchObject({ present: 2, empty: 1, formats: { email: 1 } });
    expect(fieldAt(profile, '/addresses')).toMatchObject({ present: 2, empty: 1, lengths: { min: 0, max: 2 } });
    expect(fieldAt(profile, '/addresses/*/city')).toMatchObject({ of: 2, present: 1 });
    expect(fieldAt(profile, '/vat')).toMatchObject({ of: 3, present: 0, documented: 'string | null' });
  });

  it('tells what texts look like and which values no list has', () => {
    expect(fieldAt(profile, '/birthdate')).toMatchObject({
      formats: { date: 1, text: 1 },
      documented: 'string date | null',
    });
    expect(fieldAt(profile, '/gender')).toMatchObject({ outside: [{ value: 'M', count: 2 }], outsideMore: 0 });
  });

  it('tells where an undocumented field came first and last', () => {
    const seen = { documented: null, types: { number: 1, string: 1 }, firstSeen: 'f#1', lastSeen: 'f#2', of: 3 };
    expect(fieldAt(profile, '/shoe_size')).toMatchObject(seen);
    expect(fieldAt(profile, '/id')).toMatchObject({ firstSeen: null });
  });

  it('keeps requests and answers apart, and passes over what is not JSON, not documented or not answered', () => {
    expect(fieldAt(profile, '/last_name', 'request.body')).toMatchObject({ of: 3, present: 0, status: null });
    const odd = exchange({}, 0);
    const others = [
      { ...odd, request: { ...odd.request, url: '/elsewhere' } },
      { ...odd, request: { ...odd.request, body: emptyBody }, outcome: { ...odd.outcome, status: 418 } },
      {
        ...odd,
        request: { ...odd.request, body: bodyOf('{') },
        outcome: { kind: 'unanswered', reason: 'reset', detail: '' },
      },
    ] as Exchange[];
    expect(profiled(others).fields).toEqual([]);
    expect(profileTable(profiled(others))).toContain('Nothing to profile');
  });

  it('stays small whatever is sent', () => {
    const many = Array.from({ length: 3000 }, (_, at) => [`k${at}`, at]);
    const values = Array.from({ length: 30 }, (_, at) => exchange({ gender: `g${at}`.repeat(50) }, at));
    const large = profiled([exchange(Object.fromEntries(many), 0), ...values]);
    expect(large.fields.length).toBeLessThanOrEqual(2000);
    expect(large.omitted).toBeGreaterThan(999);
    const gender = fieldAt(large, '/gender')!;
    expect([gender.outside.length, gender.outsideMore]).toEqual([20, 10]);
    expect(Math.max(...gender.outside.map(({ value }) => value.length))).toBe(60);
    expect(() => profiled([exchange(JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`), 0)])).not.toThrow();
  });

  it('shows no value that was not made fit to be shown', () => {
    const shown = profiled([exchange({ gender: 'secret', secret: 1 }, 0)], (text) => text.replaceAll('secret', '***'));
    expect(JSON.stringify(shown)).not.toContain('secret');
  });

  it('is one table for people', () => {
    const lines = profileTable(profile).split('\n');
    expect(lines).toContain('createContact, response.body of 200');
    expect(lines.findLast((line) => line.includes('/gender'))).toMatch(/100 % +– +– +text +1 .*outside: "M" ×2$/);
    expect(lines.find((line) => line.includes('/shoe_size'))).toMatch(/67 %.*not documented$/);
  });
});

describe('mergeProfiles', () => {
  it('makes of parts what one run over all makes', () => {
    const answer = fc.record(
      {
        id: fc.string(),
        gender: fc.constantFrom('M', 'F', null, 'X'),
        addresses: fc.array(fc.record({ city: fc.string() }, { requiredKeys: [] }), { maxLength: 2 }),
        odd: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 8 }), fc.nat(), (answers, at) => {
        const all = answers.map((each, index) => exchange(each, index));
        const cut = at % (all.length + 1);
        const parts = [profiled(all.slice(cut)), profiled(all.slice(0, cut))];
        expect(mergeProfiles(parts)).toEqual(profiled(all));
      }),
      { numRuns: 50, seed: 2 },
    );
  });
});
