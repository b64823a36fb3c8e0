import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { bodyOf, emptyBody, jsonOf } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import type { FindingCode } from '../finding/catalogue.js';
import { type Finding, fingerprint } from '../finding/finding.js';
import type { Call, Covered, Property } from '../property/property.js';
import { surroundings } from '../testing/surroundings.js';
import { BudgetSpent } from '../transport/budget.js';
import { inputAt } from './case-path.js';
import { type FuzzOptions, fuzz } from './fuzz.js';
import { planOf } from './plan.js';
import type { Sink } from './source.js';

type Numbers = readonly number[];

/** A provider that breaks on large numbers in one way and on long lists in another. */
const breaks = (body: Numbers): FindingCode[] => [
  ...(body.some((each) => each >= 50) ? ['response.body.type' as const] : []),
  ...(body.length >= 4 ? ['response.status.server-error' as const] : []),
];

/** Shorter lists first, then smaller numbers. */
function* smaller(body: Numbers): Iterable<Numbers> {
  for (const at of body.keys()) yield body.toSpliced(at, 1);
  for (const [at, each] of body.entries()) if (each > 0) yield* [body.with(at, 0), body.with(at, each - 1)];
}

function sends(id: string, bodies: readonly Numbers[], more: Partial<Property<Numbers>> = {}): Property {
  const property: Property<Numbers> = {
    id,
    kind: 'edge',
    inputs: () => ({
      count: bodies.length,
      at: (index) => bodies[index]!,
      shrink: smaller,
      covers: (body): Covered[] => [{ axis: 'field', pointer: '', name: String(body.length) }],
    }),
    async run(body, call) {
      await call({ endpoint: 'sum', body });
      return [];
    },
    ...more,
  };
  return property as Property;
}

interface Lab {
  readonly properties: readonly Property[];
  readonly budget?: number;
  readonly reserve?: number;
  readonly concurrency?: number;
  /** What the n-th request is answered with. */
  answer?(body: Numbers, serial: number): readonly FindingCode[];
  /** Turns of the event loop that the n-th answer takes. */
  latency?(serial: number): number;
  readonly signal?: AbortSignal;
  onRequest?(property: string, path: string, inFlight: readonly string[]): void;
}

/** Runs a plan against a provider in memory, and keeps all that the source tells its sink. */
async function tried(lab: Lab) {
  const told = {
    requests: [] as { path: string; body: Numbers; shrinking: boolean }[],
    notes: [] as string[],
    smallest: new Map<string, Numbers>(),
    steady: new Map<string, boolean>(),
    expected: [] as Covered[],
    covered: [] as Covered[],
    unfinished: 0,
    error: undefined as unknown,
  };
  const sink: Sink = {
    exchange: () => [],
    unreadable: () => undefined,
    absorb: () => undefined,
    found: () => undefined,
    step: () => undefined,
    note: (text) => told.notes.push(text),
    expect: (places) => told.expected.push(...places),
    tried: (places) => told.covered.push(...places),
    minimised: (key, finding) => {
      expect(fingerprint(finding)).toBe(key);
      told.smallest.set(finding.code, numbersOf(finding.evidence));
    },
    planUnfinished: (cases) => {
      told.unfinished += cases;
    },
    confirmed: (key, steady) => told.steady.set(key.split('|')[0]!, steady),
  };
  const limit = lab.budget ?? 10_000;
  const inFlight: string[] = [];
  const callFor: FuzzOptions['callFor'] = () => (context) => {
    const call: Call = async (request) => {
      const body = request.body as Numbers;
      const path = `${context.property}:${context.casePath}`;
      if (told.requests.length >= limit) throw new BudgetSpent('requests');
      const serial = told.requests.push({ path, body, shrinking: context.purpose === 'shrink' });
      inFlight.push(path);
      lab.onRequest?.(context.property, path, [...inFlight]);
      for (let turn = lab.latency?.(serial) ?? 0; turn > 0; turn--) await new Promise(setImmediate);
      inFlight.splice(inFlight.indexOf(path), 1);
      const exchange = exchangeOf(path, body);
      const codes = (lab.answer ?? breaks)(body, serial);
      return { exchange, findings: codes.map((code) => findingOf(code, exchange)), status: 200, json: undefined };
    };
    return call;
  };
  const around = surroundings();
  const source = fuzz({
    plan: planOf(lab.properties, around, { index: 1, total: 1 }),
    around,
    callFor,
    concurrency: lab.concurrency ?? 1,
    budgetLeft: () => limit - told.requests.length,
    shrinkReserve: lab.reserve ?? 0,
  });
  await source(sink, lab.signal ?? new AbortController().signal).catch((error: unknown) => {
    told.error = error;
  });
  return told;
}

function exchangeOf(id: string, body: Numbers): Exchange {
  return {
    id,
    origin: { kind: 'live', property: id, path: '' },
    request: { method: 'POST', url: '/sum', headers: [], body: bodyOf(JSON.stringify(body)) },
    outcome: { kind: 'answered', status: 200, headers: [], body: emptyBody, durationMs: 0, defects: [] },
    before: [],
  };
}

function findingOf(code: FindingCode, evidence: Exchange): Finding {
  return { code, endpoint: 'sum', at: { part: 'response.body', pointer: '' }, rule: 'r', message: '', evidence };
}

function numbersOf({ request }: Exchange): Numbers {
  const reading = jsonOf(request.body);
  return reading.ok ? (reading.value as Numbers) : [];
}

const both = sends('p', [
  [1, 2],
  [3, 70, 8, 9, 2],
]);

describe('shrinking', () => {
  it('ends at the smallest input of each defect, and never slips from one to the other', async () => {
    const { smallest, steady } = await tried({ properties: [both] });
    expect(smallest).toEqual(
      new Map([
        ['response.body.type', [50]],
        ['response.status.server-error', [0, 0, 0, 0]],
      ]),
    );
    expect([...steady.values()]).toEqual([true, true]);
  });

  it('ends there from wherever it begins', async () => {
    const bodies = fc.array(fc.nat(99), { maxLength: 8 }).filter((body) => breaks(body).length > 0);
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const { smallest } = await tried({ properties: [sends('p', [body])] });
        const ends: Record<string, Numbers> = {
          'response.body.type': [50],
          'response.status.server-error': [0, 0, 0, 0],
        };
        for (const [code, end] of smallest) expect(end).toEqual(ends[code]);
      }),
      { seed: 4, numRuns: 30 },
    );
  });

  it('is not tried on a defect that does not show again', async () => {
    const answer = (body: Numbers, serial: number) => (serial === 1 ? breaks(body) : []);
    const { requests, steady, smallest } = await tried({ properties: [sends('p', [[60]])], answer });
    expect(requests).toHaveLength(2);
    expect([...steady]).toEqual([['response.body.type', false]]);
    expect(smallest.size).toBe(0);
  });

  it('spends nothing on mere information', async () => {
    const answer = () => ['response.body.undocumented-field' as const];
    const { requests, steady } = await tried({ properties: [both], answer, reserve: 5 });
    expect(requests).toHaveLength(2);
    expect(steady.size).toBe(0);
  });

  it('asks for at most 120 candidates of one defect', async () => {
    const answer = (body: Numbers) => breaks(body).slice(0, 1);
    const { requests } = await tried({ properties: [sends('p', [Array.from({ length: 100 }, () => 99)])], answer });
    expect(requests).toHaveLength(1 + 120);
  });

  it('asks each candidate once', async () => {
    const { requests } = await tried({ properties: [both] });
    const shrunk = requests.filter(({ shrinking }) => shrinking);
    const again = shrunk.flatMap(({ path }, at) => (/^p:\d+$/.test(path) ? [at] : []));
    expect(again).toHaveLength(2);
    for (const part of [shrunk.slice(1, again[1]), shrunk.slice(again[1]! + 1)])
      expect(new Set(part.map(({ body }) => JSON.stringify(body))).size).toBe(part.length);
  });

  it('tells where the smallest input is found again', async () => {
    const properties = [both];
    const { requests } = await tried({ properties });
    const inputs = both.inputs(surroundings());
    for (const { path, body } of requests) expect(inputAt(inputs, path.slice('p:'.length))).toEqual({ input: body });
  });

  it('starts from the earliest case that showed the defect, whichever answer came first', async () => {
    const properties = [sends('p', [[60], [61], [62], [63]])];
    const { requests } = await tried({ properties, concurrency: 4, latency: (serial) => 9 - 2 * serial });
    expect(requests.find(({ shrinking }) => shrinking)?.path).toBe('p:0');
  });

  it('takes errors before warnings', async () => {
    const answer = (body: Numbers) => [
      ...(body.length > 0 ? (['request.invalid.coerced'] as const) : []),
      ...(body.includes(9) ? (['response.body.type'] as const) : []),
    ];
    const { steady } = await tried({ properties: [sends('p', [[1, 2], [9]])], answer });
    expect([...steady.keys()]).toEqual(['response.body.type', 'request.invalid.coerced']);
  });

  it('still happens for what the last planned cases show', async () => {
    const bodies = [[60], ...Array.from({ length: 20 }, () => [1]), [1, 1, 1, 1, 1]];
    const { smallest } = await tried({ properties: [sends('p', bodies)], reserve: 100, budget: 115 });
    expect(smallest.get('response.body.type')).toEqual([50]);
    expect(smallest.get('response.status.server-error')).toEqual([0, 0, 0, 0]);
  });
});

describe('the plan', () => {
  const many = sends(
    'many',
    Array.from({ length: 30 }, (_, at) => [at]),
  );

  it('is tried whole, and shows the same, whatever the concurrency and the latency', async () => {
    const bodies = fc.array(fc.array(fc.nat(99), { maxLength: 5 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(bodies, fc.integer({ min: 1, max: 6 }), fc.nat(), async (list, concurrency, salt) => {
        const properties = [sends('a', list), sends('b', [[7]], { exclusive: true })];
        const one = await tried({ properties });
        const several = await tried({ properties, concurrency, latency: (serial) => (serial * salt) % 5 });
        const planned = ({ requests }: typeof one) =>
          requests.filter(({ shrinking }) => !shrinking).map(({ path }) => path);
        expect(planned(several).sort()).toEqual(planned(one).sort());
        expect(several.smallest).toEqual(one.smallest);
        expect(several.covered).toHaveLength(one.covered.length);
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  it('has no more cases in flight than allowed, and all of them when it can', async () => {
    let most = 0;
    await tried({
      properties: [many],
      concurrency: 4,
      latency: () => 3,
      onRequest: (_, __, inFlight) => {
        most = Math.max(most, inFlight.length);
      },
    });
    expect(most).toBe(4);
  });

  it('leaves an exclusive case alone', async () => {
    const alone: number[] = [];
    await tried({
      properties: [many, sends('alone', [[1], [2], [3]], { exclusive: true })],
      concurrency: 4,
      latency: (serial) => serial % 4,
      onRequest: (property, _, inFlight) => {
        if (inFlight.some((path) => path.startsWith('alone'))) alone.push(inFlight.length);
        if (property === 'alone') alone.push(inFlight.length);
      },
    });
    expect(alone).toEqual(Array.from({ length: 6 }, () => 1));
  });

  it('announces what it will cover, and random cases are no part of that', async () => {
    const random = sends('random', [[1, 1, 1]], { filler: true });
    const { expected, covered } = await tried({ properties: [both, random] });
    expect(expected.map(({ name }) => name)).toEqual(['2', '5']);
    expect(covered.map(({ name }) => name)).toEqual(['2', '5', '3']);
  });

  it('never asks for more than the budget, and tells what was not tried', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.integer({ min: 1, max: 5 }), fc.nat(10), async (budget, concurrency, reserve) => {
        const properties = [many, sends('found', [[60]])];
        const { requests, notes, unfinished, error, covered } = await tried({
          properties,
          budget,
          concurrency,
          reserve,
          latency: (serial) => serial % 3,
        });
        expect(error).toBeUndefined();
        expect(requests.length).toBeLessThanOrEqual(budget);
        expect(unfinished).toBe(31 - covered.length);
        if (unfinished > 0) expect(notes.join()).toContain(`not tried: ${unfinished} planned cases (`);
        else expect(notes).toEqual([]);
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  it('leaves the reserve to shrinking once something was found, before random cases', async () => {
    const random = { ...many, filler: true };
    const found = sends('found', [[52]]);
    const { requests, smallest } = await tried({ properties: [found, random], budget: 25, reserve: 12 });
    expect(requests.filter(({ shrinking }) => !shrinking).length).toBeLessThan(25);
    expect(smallest.get('response.body.type')).toEqual([50]);
  });

  it('leaves planned cases all but half of the reserve', async () => {
    const properties = [sends('found', [[52]], { first: true }), many];
    const { unfinished } = await tried({ properties, budget: 31 + 6, reserve: 12 });
    expect(unfinished).toBe(0);
    const short = await tried({ properties, budget: 30, reserve: 12 });
    expect(short.requests.some(({ shrinking }) => shrinking)).toBe(true);
  });

  it('ends when it is interrupted, and tells the rest', async () => {
    const controller = new AbortController();
    const { requests, unfinished, error } = await tried({
      properties: [many],
      signal: controller.signal,
      onRequest: (_, path) => {
        if (path === 'many:9') controller.abort();
      },
    });
    expect(error).toBeUndefined();
    expect(requests).toHaveLength(10);
    expect(unfinished).toBe(20);
  });

  it('ends with the trouble that stopped it, and tells the rest', async () => {
    const { error, unfinished } = await tried({
      properties: [many],
      concurrency: 3,
      onRequest: (_, path) => {
        if (path === 'many:4') throw new HarnessError('infrastructure', 'gone');
      },
    });
    expect(error).toMatchObject({ message: 'gone' });
    expect(unfinished).toBeGreaterThan(20);
  });
});
