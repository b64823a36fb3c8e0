import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { checksFor } from '../checks/index.js';
import { HarnessError } from '../errors.js';
import { absentBody, bodyOf } from '../exchange/body.js';
import type { Answered, Exchange, Unanswered } from '../exchange/exchange.js';
import { type Finding, fingerprint } from '../finding/finding.js';
import type { Sink, Source } from '../sources/source.js';
import { type RunEvent, type RunOutcome, run } from './run.js';

const contacts = '/consumers/6c1f6c4e-7b1a-4b70-9a0d-0c4a0f8e2b11/invoicing/contacts';
const json = [['content-type', 'application/json']] as const;

function exchange(outcome: Answered | Unanswered, url = contacts, live = true): Exchange {
  return {
    id: '1',
    origin: live
      ? { kind: 'live', property: 'p', path: '7' }
      : { kind: 'document', file: 'f', index: 0, format: 'har', provenance: 'observation', fidelity: [] },
    request: { method: 'POST', url, headers: json, body: bodyOf('{}') },
    outcome,
    before: [],
  };
}

const answered = (status: number, body = bodyOf('{"id":"c-1","source_ref":{}}')): Answered => ({
  kind: 'answered',
  status,
  headers: json,
  body,
  durationMs: 1,
  defects: [],
});
const silence: Unanswered = { kind: 'unanswered', reason: 'timeout', detail: '' };
const good = exchange(answered(200));
const bad = exchange(answered(200, bodyOf('{"source_ref":{}}')));
const lost = exchange(silence);
const stranger = exchange(answered(200), '/elsewhere');

function ran(...sources: ((sink: Sink) => void | Promise<void>)[]): Promise<RunOutcome> {
  const all = sources.map(
    (source): Source =>
      async (sink) =>
        source(sink),
  );
  return run({ contract, checks: checksFor('strict'), sources: all, signal: new AbortController().signal });
}

describe('a run', () => {
  it('counts every exchange in one class, so that the totals add up', async () => {
    const entries = fc.array(fc.constantFrom<Exchange | 'unreadable'>(good, bad, lost, stranger, 'unreadable'));
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const { tally } = await ran((sink) => {
          for (const each of list) each === 'unreadable' ? sink.unreadable('p', 'r') : sink.exchange(each);
        });
        const { judged, unjudgedTotal, outOfScope, unreadableTotal } = tally;
        const count = (one: Exchange | 'unreadable') => list.filter((each) => each === one).length;
        expect(tally.exchanges).toBe(list.length);
        expect([judged, unjudgedTotal, outOfScope, unreadableTotal]).toEqual([
          count(good) + count(bad),
          count(lost),
          count(stranger),
          count('unreadable'),
        ]);
        expect([...tally.unjudged.values()].reduce((a, b) => a + b, 0)).toBe(unjudgedTotal);
        expect(tally.sightings.size).toBe(count(bad) > 0 ? 1 : 0);
        expect([...tally.sightings.values()][0]?.seen ?? 0).toBe(count(bad));
        expect(tally.statuses.get('createContact')?.get('200') ?? 0).toBe(count(good) + count(bad));
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('gives the findings of an exchange back to the source, and tells of everything as it goes', async () => {
    const events: RunEvent[] = [];
    let found: readonly Finding[] = [];
    await run({
      contract,
      checks: checksFor('strict'),
      signal: new AbortController().signal,
      onEvent: (event) => events.push(event),
      sources: [
        async (sink) => {
          found = sink.exchange(bad);
          sink.unreadable('p', 'r');
          sink.step('s');
          sink.note('n');
        },
      ],
    });
    expect(found.map(({ code }) => code)).toEqual(['response.body.required']);
    expect(events.map(({ kind }) => kind)).toEqual(['exchange', 'finding', 'unreadable', 'step', 'note']);
  });

  it('keeps what was seen before a source failed, and goes on with the next', async () => {
    const { tally, troubles } = await ran(
      (sink) => {
        sink.exchange(good);
        throw new HarnessError('infrastructure', 'gone');
      },
      (sink) => {
        sink.exchange(good);
      },
    );
    expect(troubles.map(({ message }) => message)).toEqual(['gone']);
    expect(tally.judged).toBe(2);
  });

  it('goes on after a bug of ours, which is told', async () => {
    const { bugs, tally } = await ran(
      () => {
        throw new TypeError('bug');
      },
      (sink) => {
        sink.exchange(good);
      },
    );
    expect(bugs.map(String)).toEqual(['TypeError: bug']);
    expect(tally.judged).toBe(1);
  });

  it('goes on with the other checks after one has thrown, and never takes that for a pass', async () => {
    const broken = () => {
      throw new RangeError('too deep');
    };
    const source: Source = async (sink) => {
      for (const each of [good, bad, bad]) sink.exchange(each);
    };
    const checks = { broken, ...checksFor('strict') };
    const { bugs, tally } = await run({ contract, checks, sources: [source], signal: new AbortController().signal });
    expect(bugs.map(String)).toEqual(['RangeError: too deep']);
    expect([...tally.sightings.values()].map(({ seen }) => seen)).toEqual([2]);
    expect(tally.unjudged).toEqual(new Map([['a check of ours failed', 1]]));
  });

  it('tells of each defect once, whoever found it', async () => {
    const told: string[] = [];
    const finding = { code: 'state.list', endpoint: 'e', at: { part: 'exchange', pointer: '' }, rule: 'r' } as const;
    const source: Source = async (sink) => {
      for (const each of [good, bad, bad]) sink.exchange(each);
      for (let turn = 0; turn < 2; turn++) sink.found([{ ...finding, message: 'm', evidence: good }]);
    };
    const onEvent = (event: RunEvent) => {
      if (event.kind === 'finding') told.push(event.finding.code);
    };
    const checks = checksFor('strict');
    await run({ contract, checks, sources: [source], signal: new AbortController().signal, onEvent });
    expect(told).toEqual(['response.body.required', 'state.list']);
  });

  it('adds up what was not tried', async () => {
    const { unfinishedCases } = await ran(
      (sink) => sink.planUnfinished(2),
      (sink) => sink.planUnfinished(3),
    );
    expect(unfinishedCases).toBe(5);
  });
});

describe('silence', () => {
  const told = async (...list: [Exchange, boolean?][]) => {
    const outcome = await ran((sink) => {
      for (const [each, superseded] of list) sink.exchange(each, superseded);
    });
    return outcome.silence;
  };

  it('is counted with its longest row', async () => {
    expect(await told([lost], [lost], [good], [lost])).toEqual({ count: 3, longest: 2 });
    expect(await told([exchange(answered(429))], [exchange(answered(503))])).toEqual({ count: 2, longest: 2 });
  });

  it('is not what a permitted retry cured, nor a recording, nor an interruption', async () => {
    const recorded = exchange(silence, contacts, false);
    const interrupted = exchange({ ...silence, reason: 'interrupted' });
    expect(await told([lost, true], [recorded], [interrupted])).toEqual({ count: 0, longest: 0 });
  });
});

describe('a sighting', () => {
  const sighted = async (then: (sink: Sink, finding: Finding, key: string) => void) => {
    const { tally } = await ran((sink) => {
      const [finding] = sink.exchange(bad);
      then(sink, finding!, fingerprint(finding!));
    });
    return [...tally.sightings.values()][0]!;
  };

  it('keeps the first evidence until a smaller one comes', async () => {
    const smaller = { ...bad, id: '2', origin: { kind: 'live', property: 'p', path: '7.3' } } as const;
    const sighting = await sighted((sink, finding, key) => {
      sink.exchange({ ...bad, id: 'later' });
      expect(finding.evidence.id).toBe('1');
      sink.minimised(key, { ...finding, evidence: smaller });
    });
    expect(sighting).toMatchObject({ seen: 2, path: 'p:7.3', finding: { evidence: { id: '2' } } });
  });

  it('takes no evidence of another defect', async () => {
    const sighting = await sighted((sink, finding, key) => {
      sink.minimised(key, { ...finding, rule: 'another', evidence: { ...bad, id: '2' } });
      sink.minimised('unknown', finding);
    });
    expect(sighting.finding.evidence.id).toBe('1');
  });

  it('says whether it showed again', async () => {
    expect((await sighted(() => undefined)).steady).toBeNull();
    expect((await sighted((sink, _, key) => sink.confirmed(key, false))).steady).toBe(false);
    expect((await sighted((sink) => sink.confirmed('unknown', true))).steady).toBeNull();
  });

  it('counts exchanges, however many places of one exchange show it', async () => {
    const two = exchange(
      answered(200, bodyOf('{"id":"c","source_ref":{},"addresses":[{"address_type":"x"},{"address_type":"y"}]}')),
    );
    const { tally } = await ran((sink) => {
      sink.exchange(two);
      sink.exchange({ ...two });
    });
    const sighting = [...tally.sightings.values()].find(({ finding }) => finding.code === 'response.body.enum');
    expect(sighting?.seen).toBe(2);
  });

  it('of a recording has no path to be replayed by', async () => {
    const { tally } = await ran((sink) => {
      sink.exchange(exchange(answered(200, bodyOf('{}')), contacts, false));
    });
    expect([...tally.sightings.values()].map(({ path }) => path)).toEqual([null, null]);
  });

  it('of a body that is not recorded is none', async () => {
    const { tally } = await ran((sink) => {
      sink.exchange(exchange(answered(200, absentBody)));
    });
    expect([...tally.unjudged]).toEqual([['response body not recorded', 1]]);
  });
});

describe('places', () => {
  it('are untried until they are tried, and failed for good', async () => {
    const place = { axis: 'field', pointer: '/a', name: 'null' } as const;
    const { tally } = await ran((sink) => {
      sink.expect([place, { ...place, name: 'long' }, { ...place, axis: 'mutation' }]);
      sink.tried([place], true);
      sink.tried([place], false);
      sink.tried([{ ...place, name: 'long' }], false);
    });
    expect(tally.places.places()).toEqual({
      fields: { '/a': { long: 'passed', null: 'failed' } },
      mutations: { '/a': { null: 'untried' } },
    });
  });
});
