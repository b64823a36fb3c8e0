import fc from 'fast-check';
import { type ZodType, z } from 'zod';

/** zod schemas of every kind that a contract may hold, nested up to three levels. */
export function randomSchema(): fc.Arbitrary<ZodType> {
  return deep(3);
}

function deep(levels: number): fc.Arbitrary<ZodType> {
  if (levels === 0) return leaf;
  const inner = deep(levels - 1);
  return fc.oneof(
    { maxCrossShrink: true, depthSize: 'max' } as fc.OneOfConstraints,
    { arbitrary: leaf, weight: 2 },
    { arbitrary: object(inner), weight: 4 },
    { arbitrary: list(inner), weight: 2 },
    { arbitrary: alternatives(inner), weight: 1 },
    { arbitrary: recursive(inner), weight: 1 },
  );
}

const bounds = fc.tuple(fc.nat(5), fc.nat(20)).map(([min, more]) => [min, min + more] as const);

const text: fc.Arbitrary<ZodType> = fc.oneof(
  fc.constant(z.string()),
  bounds.map(([min, max]) => z.string().min(min).max(max)),
  fc.nat(300).map((length) => z.string().length(length)),
  fc
    .constantFrom('^[A-Z]{2}\\d{3,8}$', '^(?:ab|cd)+$', '^\\S+$', '[0-9]', '^[^a-z]*$')
    .map((source) => z.string().regex(new RegExp(source))),
  fc.constantFrom<ZodType>(z.iso.date(), z.iso.datetime(), z.email(), z.uuid(), z.string().startsWith('x-')),
  fc.constantFrom('vat', 'phone', 'email', 'country', 'nobody-knows').map((domain) => z.string().meta({ domain })),
);

const number: fc.Arbitrary<ZodType> = fc.oneof(
  fc.constantFrom<ZodType>(z.number(), z.int(), z.int32(), z.uint32()),
  fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(500)).map(([min, more]) =>
    z
      .int()
      .min(min)
      .max(min + more),
  ),
  fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(50)).map(([min, more]) =>
    z
      .number()
      .gt(min)
      .lt(min + more + 1),
  ),
  fc.constantFrom(0.5, 0.25, 3, 10).map((step) => z.number().multipleOf(step)),
  fc.nat(100).map((min) => z.number().min(min)),
);

const choice: fc.Arbitrary<ZodType> = fc.oneof(
  fc
    .uniqueArray(fc.constantFrom('main', 'Other', 'H', 'F', 'N/A', 'x y', ''), { minLength: 1 })
    .map((values) => z.enum(values as [string, ...string[]])),
  fc.constantFrom<ZodType>(z.literal('fixed'), z.literal(7), z.literal([1, 'two', true]), z.literal(['a', null])),
);

const leaf: fc.Arbitrary<ZodType> = fc.oneof(
  { arbitrary: text, weight: 4 },
  { arbitrary: number, weight: 3 },
  { arbitrary: choice, weight: 2 },
  { arbitrary: fc.constantFrom<ZodType>(z.boolean(), z.null(), z.unknown()), weight: 1 },
);

const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'name', 'weird/key', 'til~de', '0', 'é'), {
  minLength: 0,
  maxLength: 5,
});

function shape(inner: fc.Arbitrary<ZodType>): fc.Arbitrary<Record<string, ZodType>> {
  return keys.chain((names) =>
    fc
      .tuple(...names.map(() => presence(inner)))
      .map((fields) => Object.fromEntries(names.map((name, at) => [name, fields[at]!]))),
  );
}

/** Required, optional, nullable, both, or with a default of its own type. */
function presence(inner: fc.Arbitrary<ZodType>): fc.Arbitrary<ZodType> {
  const ways: ((schema: ZodType) => ZodType)[] = [
    (schema) => schema,
    (schema) => schema.optional(),
    (schema) => schema.nullable(),
    (schema) => schema.nullish(),
    (schema) => schema.nullable().default(null),
    (schema) => schema.readonly(),
  ];
  return fc.tuple(fc.constantFrom(...ways), inner).map(([way, schema]) => way(schema));
}

function object(inner: fc.Arbitrary<ZodType>): fc.Arbitrary<ZodType> {
  const fields = shape(inner);
  return fc.oneof(
    fields.map((each) => z.object(each)),
    fields.map((each) => z.looseObject(each)),
    fields.map((each) => z.strictObject(each)),
    fields.map((each) => z.object(each).catchall(z.int())),
    inner.map((value) => z.record(z.string(), value)),
    inner.map((value) => z.record(z.string().regex(/^k_[a-z]{1,4}$/), value)),
    inner.map((value) => z.record(z.enum(['x', 'y']), value)),
    inner.map((value) => z.partialRecord(z.enum(['x', 'y']), value)),
    fc
      .tuple(inner, inner)
      .map(([one, other]) => z.intersection(z.object({ left: one }), z.looseObject({ right: other.optional() }))),
    fc
      .tuple(inner, inner)
      .map(([one, other]) =>
        z.intersection(z.strictObject({ a: one.optional(), b: other }), z.strictObject({ b: other })),
      ),
  );
}

function list(inner: fc.Arbitrary<ZodType>): fc.Arbitrary<ZodType> {
  const short = fc.tuple(fc.nat(2), fc.nat(3));
  return fc.oneof(
    inner.map((item) => z.array(item)),
    fc.tuple(inner, short).map(([item, [min, more]]) =>
      z
        .array(item)
        .min(min)
        .max(min + more),
    ),
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((items) => z.tuple(items as [ZodType, ...ZodType[]])),
    fc
      .tuple(inner, inner)
      .filter(([item]) => !item.safeParse(undefined).success)
      .map(([item, rest]) => z.tuple([item], rest)),
  );
}

function alternatives(inner: fc.Arbitrary<ZodType>): fc.Arbitrary<ZodType> {
  return fc.oneof(
    fc.array(inner, { minLength: 2, maxLength: 3 }).map((options) => z.union(options)),
    inner.map((option) => z.union([option, z.null()])),
    fc
      .tuple(inner, inner)
      .map(([one, other]) =>
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('one'), one }),
          z.strictObject({ kind: z.literal('other'), other: other.optional() }),
        ]),
      ),
  );
}

/** A tree and a chain, the two ways in which a schema names itself. */
function recursive(inner: fc.Arbitrary<ZodType>): fc.Arbitrary<ZodType> {
  return fc.oneof(
    inner.map((value) => {
      const tree: ZodType = z.object({ value, children: z.array(z.lazy(() => tree)) });
      return tree;
    }),
    inner.map((value) => {
      const chain: ZodType = z.looseObject({ value: value.optional(), next: z.lazy(() => chain).nullish() });
      return chain;
    }),
  );
}
