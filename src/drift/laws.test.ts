import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { triesAll } from '../testing/sample.js';
import { compareSchemas, type SchemaDifference } from './compare-schemas.js';

type Json = Record<string, unknown>;

const runs = { seed: 20_260_821, numRuns: Number(process.env['LAW_RUNS'] ?? (triesAll ? 100 : 20)) };
const fewer = Math.ceil(runs.numRuns / 5);

/** Schemas of every kind that the comparison reads, none of which is empty or the same as another spelling of it. */
const { schema } = fc.letrec<{ schema: Json; leaf: Json; list: Json; object: Json; choice: Json }>((tie) => ({
  schema: fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('object'), tie('list'), tie('choice')),
  leaf: fc.oneof(
    fc.record({
      type: fc.constant('string'),
      minLength: fc.integer({ min: 0, max: 3 }),
      maxLength: fc.integer({ min: 4, max: 9 }),
    }),
    fc.constantFrom<Json>(
      { type: 'string' },
      { type: 'string', format: 'date' },
      { type: 'string', format: 'uuid' },
      { type: 'string', pattern: '^[a-z]{2}$' },
      { type: 'boolean' },
      { type: ['integer', 'null'] },
      { type: ['string', 'null'], maxLength: 5 },
    ),
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2 }).map((values) => ({ enum: values })),
    fc.record({
      type: fc.constant('integer'),
      minimum: fc.integer({ min: -5, max: 5 }),
      maximum: fc.integer({ min: 10, max: 20 }),
    }),
    fc.record({ type: fc.constant('number'), exclusiveMinimum: fc.integer({ min: -5, max: 5 }) }),
  ),
  list: fc.record({
    type: fc.constant('array'),
    items: tie('schema'),
    minItems: fc.integer({ min: 0, max: 2 }),
    maxItems: fc.integer({ min: 3, max: 5 }),
  }),
  object: fc
    .tuple(
      fc.dictionary(fc.constantFrom('x', 'y', 'z'), tie('schema'), { minKeys: 1 }),
      fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      fc.boolean(),
    )
    .map(([properties, need, open]) => ({
      type: 'object',
      properties,
      required: Object.keys(properties).filter((_, at) => need[at]),
      additionalProperties: open,
    })),
  choice: fc
    .tuple(
      tie('leaf').filter((leaf) => !types(leaf).includes('null')),
      tie('object'),
    )
    .map((anyOf) => ({ anyOf })),
}));

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every schema within, itself included, with a function that gives the whole with another one in its place. */
function* places(
  node: Json,
  put: (other: unknown) => Json = (other) => other as Json,
): Iterable<[Json, (other: unknown) => Json]> {
  yield [node, put];
  if (isObject(node['items'])) yield* places(node['items'], (other) => put({ ...node, items: other }));
  for (const [name, child] of Object.entries((node['properties'] ?? {}) as Record<string, Json>))
    yield* places(child, (other) => put({ ...node, properties: { ...(node['properties'] as Json), [name]: other } }));
  for (const [at, option] of ((node['anyOf'] ?? []) as Json[]).entries())
    yield* places(option, (other) => put({ ...node, anyOf: (node['anyOf'] as unknown[]).with(at, other) }));
}

const without = (node: Json, key: string): Json =>
  Object.fromEntries(Object.entries(node).filter(([name]) => name !== key));
const types = (node: Json): unknown[] => [node['type'] ?? []].flat();

/** Ways to say something else at one place; undefined where a way does not apply. */
const mutations: Record<string, (node: Json) => Json | undefined> = {
  'null allowed': (node) =>
    node['anyOf'] || node['enum'] || types(node).includes('null')
      ? undefined
      : { ...node, type: [...types(node), 'null'] },
  'null refused': (node) => (types(node).includes('null') ? { ...node, type: types(node)[0] } : undefined),
  'another type': (node) => (node['type'] === 'boolean' ? { type: 'array' } : { type: 'boolean' }),
  'an enum value more': (node) => (node['enum'] ? { enum: [...(node['enum'] as unknown[]), 'new'] } : undefined),
  'an enum value less': (node) => (node['enum'] ? { enum: (node['enum'] as unknown[]).slice(1) } : undefined),
  'a longer least length': (node) =>
    'minLength' in node ? { ...node, minLength: Number(node['minLength']) + 1 } : undefined,
  'a shorter length': (node) =>
    'maxLength' in node ? { ...node, maxLength: Number(node['maxLength']) - 1 } : undefined,
  'another limit': (node) => ('minimum' in node ? { ...node, minimum: Number(node['minimum']) - 1 } : undefined),
  'an inclusive limit': (node) =>
    'exclusiveMinimum' in node
      ? { ...without(node, 'exclusiveMinimum'), minimum: node['exclusiveMinimum'] }
      : undefined,
  'no format': (node) => ('format' in node ? without(node, 'format') : undefined),
  'no pattern': (node) => ('pattern' in node ? without(node, 'pattern') : undefined),
  'more items': (node) => ('maxItems' in node ? { ...node, maxItems: Number(node['maxItems']) + 1 } : undefined),
  'fewer items': (node) => ('minItems' in node ? { ...node, minItems: Number(node['minItems']) + 1 } : undefined),
  'unknown fields': (node) =>
    node['properties'] ? { ...node, additionalProperties: !node['additionalProperties'] } : undefined,
  'a required field': (node) => {
    const free = Object.keys((node['properties'] ?? {}) as Json).find(
      (name) => !(node['required'] as string[]).includes(name),
    );
    return free === undefined ? undefined : { ...node, required: [...(node['required'] as string[]), free] };
  },
  'a field less': (node) => {
    const [name] = Object.keys((node['properties'] ?? {}) as Json);
    if (name === undefined) return undefined;
    return {
      ...node,
      properties: without(node['properties'] as Json, name),
      required: (node['required'] as string[]).filter((other) => other !== name),
    };
  },
  'a field more': (node) =>
    node['properties']
      ? { ...node, properties: { ...(node['properties'] as Json), more: { type: 'string' } } }
      : undefined,
};

/** Other words for the same. */
const rewritings: ((node: Json) => Json)[] = [
  (node) => ({ allOf: [node] }),
  (node) => Object.fromEntries(Object.entries(node).reverse()),
  (node) =>
    types(node).length === 2 ? { anyOf: [{ type: 'null' }, { ...node, type: types(node)[0] }] } : { anyOf: [node] },
  (node) => ({ ...node, title: 'T', 'x-more': [1], description: '' }),
  (node) => (Array.isArray(node['enum']) ? { anyOf: node['enum'].map((value) => ({ const: value })) } : node),
  (node) => ({ allOf: [true, node, {}] }),
];

const rewritten = (node: Json, at: number, how: (node: Json) => Json): Json => {
  const all = [...places(node)];
  const [inner, put] = all[at % all.length]!;
  return put(how(inner));
};

const ajv = formats.default(new Ajv({ strict: false, validateFormats: true }), { mode: 'full' });
const accepts = (schema_: Json, value: unknown): boolean => {
  const verdict = ajv.validate(schema_, value);
  ajv.removeSchema(schema_);
  return verdict;
};
const shows = (a: Json, b: Json, { witness }: SchemaDifference): boolean => {
  if (witness === undefined) return false;
  const [takes, refuses] = witness.acceptedBy === 'a' ? [a, b] : [b, a];
  return accepts(takes, witness.value) && !accepts(refuses, witness.value);
};
const direction = fc.constantFrom('request' as const, 'response' as const);
const name = ({ pointer, verdict }: SchemaDifference): string => `${verdict} ${pointer}`;
const breaking = (differences: readonly SchemaDifference[]) =>
  differences
    .filter(({ verdict }) => verdict === 'breaking')
    .map(name)
    .sort();

describe('a comparison', () => {
  it('of a schema with itself, in other words, finds nothing', () => {
    fc.assert(
      fc.property(schema, fc.nat(), fc.constantFrom(...rewritings), direction, (a, at, how, side) => {
        expect(compareSchemas(a, rewritten(a, at, how), { direction: side })).toEqual([]);
      }),
      runs,
    );
  });

  it('says that something breaks only with a value that shows it, on either side', () => {
    fc.assert(
      fc.property(schema, schema, direction, (a, b, side) => {
        for (const difference of compareSchemas(a, b, { direction: side })) {
          if (difference.verdict === 'breaking') {
            expect(shows(a, b, difference)).toBe(true);
            expect(difference.witness?.acceptedBy).toBe(side === 'request' ? 'a' : 'b');
          } else if (difference.witness !== undefined) expect(shows(a, b, difference)).toBe(true);
        }
      }),
      runs,
    );
  });

  it('breaks senders one way where it breaks readers the other way', () => {
    fc.assert(
      fc.property(schema, schema, (a, b) => {
        const there = compareSchemas(a, b, { direction: 'request' });
        const back = compareSchemas(b, a, { direction: 'response' });
        expect(breaking(back)).toEqual(breaking(there));
        expect(back.length).toBe(there.length);
      }),
      runs,
    );
  });

  it.each(Object.keys(mutations))('finds %s wherever it is', (mutation) => {
    let tried = 0;
    fc.assert(
      fc.property(schema, fc.nat(), direction, (a, at, side) => {
        const able = [...places(a)].flatMap(([node, put]) => {
          const other = mutations[mutation]!(node);
          return other === undefined ? [] : [put(other)];
        });
        fc.pre(able.length > 0);
        tried++;
        const b = able[at % able.length]!;
        const differences = compareSchemas(a, b, { direction: side });
        expect(differences.length).toBeGreaterThan(0);
        expect(differences.some((difference) => shows(a, b, difference))).toBe(true);
      }),
      { ...runs, numRuns: fewer, maxSkipsPerRun: 200 },
    );
    expect(tried).toBeGreaterThanOrEqual(fewer);
  });

  it('gives the same every time', () => {
    fc.assert(
      fc.property(schema, schema, direction, (a, b, side) => {
        const once = compareSchemas(a, b, { direction: side });
        expect(compareSchemas(structuredClone(a), structuredClone(b), { direction: side })).toEqual(once);
      }),
      { ...runs, numRuns: fewer },
    );
  });
});
