import { openSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import fc from 'fast-check';
import { contactIn, validContact } from '../contracts/chift/index.js';
import { generateBodies } from '../src/cli/generate.js';
import { processWorld, type World } from '../src/cli/world.js';
import { valueAt } from '../src/derive/arbitrary.js';
import { jsonSchemaOf } from '../src/derive/json-schema.js';
import { floorContact, rawGenerator } from './floor.js';
import { peers } from './peers.js';
import { report } from './report.js';
import { type Contestant, race, rowOf } from './rounds.js';

interface Peers {
  createGeneratorSync(options: object): { generate(schema: object): unknown };
  zocker(schema: object): { generate(): unknown };
}
interface Zod3 {
  generating(texts: readonly string[]): (count: number) => void;
}
const { createGeneratorSync, zocker } = await peers<Peers>('index.mjs');
const { generating } = await peers<Zod3>('zod-3/index.mjs');

const next = rawGenerator(1);
const ours = validContact();

/** What a careful user of fast-check writes by hand today. */
const flag = fc.option(fc.boolean());
const text = fc.option(fc.string());
const day = fc
  .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const address = fc.record(
  {
    address_type: fc.constantFrom('main', 'delivery', 'invoice', 'other'),
    street: fc.string(),
    city: fc.string(),
    postal_code: fc.string(),
    country: fc.string(),
    ...Object.fromEntries(['name', 'number', 'box', 'phone', 'mobile', 'email'].map((key) => [key, text])),
  },
  { requiredKeys: ['address_type', 'street', 'city', 'postal_code', 'country'] as never },
);
const texts = Object.keys(contactIn.shape).filter((key) => !/^(is_|birthdate|gender|addresses)/.test(key));
const byHand = fc.record(
  {
    ...Object.fromEntries(['is_prospect', 'is_customer', 'is_supplier', 'is_company'].map((key) => [key, flag])),
    ...Object.fromEntries(texts.map((key) => [key, text])),
    birthdate: fc.option(day),
    gender: fc.option(fc.constantFrom('H', 'F', 'N/A')),
    addresses: fc.option(fc.array(address, { maxLength: 3 })),
  },
  { requiredKeys: [] },
);

function checked(name: string, bodies: fc.Arbitrary<unknown>): Contestant {
  const property = fc.property(bodies, () => true);
  return { name, run: (count) => void fc.check(property, { numRuns: count, seed: 1 }) };
}

function each(name: string, make: (index: number) => unknown): Contestant {
  return {
    name,
    run(count) {
      for (let index = 0; index < count; index++) kept = make(index);
    },
  };
}

/** Keeps the last value, so that no engine can leave the work out. */
let kept: unknown;

const nowhere = openSync(devNull, 'w');
/** Takes everything at once, as a file does. */
const stdout = { write: (text: string | Uint8Array) => writeSync(nowhere, text as Uint8Array) };
const world: World = { ...processWorld(), stdout };

const schema = jsonSchemaOf(contactIn, { named: false });
const faker = createGeneratorSync({ alwaysFakeOptionals: false });
const timings = race(
  [
    each('floor: written for this shape', () => floorContact(next)),
    checked('ours in fc.check', ours),
    each('ours by number (seed, path, index)', (index) => valueAt(ours, 1, 'bench', index)),
    {
      name: 'generate valid, written line by line',
      run: (count) => void generateBodies(world, 'valid', count, 1),
      atLeast: 200_000,
    },
    each('floor, serialised', () => JSON.stringify(floorContact(next))),
    checked('fast-check by hand in fc.check', byHand),
    { name: 'zod-fast-check in fc.check (zod 3, fast-check 3)', run: generating(texts) },
    each('zocker 3', () => zocker(contactIn).generate()),
    each('json-schema-faker 0.6', () => faker.generate(schema)),
  ],
  Number(process.argv[2] ?? 15),
  200,
);

const ratioOf = (start: string) => timings.find(({ name }) => name.startsWith(start))!.ratio;
report('Generating one contact', '× the time of the floor', timings.map(rowOf), [
  { name: 'ours in fc.check, × floor', found: ratioOf('ours in'), limit: 10 },
  {
    name: 'generate valid with writing, × floor',
    found: ratioOf('generate valid'),
    limit: 6,
    rest: 'a line has 714 bytes on average, three times as many as one of the floor, because long texts belong to it. By profile a third of the time goes into drawing, a quarter into joining the pieces and copying them into a chunk, an eighth into JSON of texts that are not from a pool, and the rest into garbage collection and writing; the floor serialised, without writing, costs five times the floor.',
  },
  { name: 'zod-fast-check over ours', found: ratioOf('zod-fast-check') / ratioOf('ours in'), limit: 3, atLeast: true },
  { name: 'fast-check by hand over ours', found: ratioOf('fast-check') / ratioOf('ours in'), limit: 4, atLeast: true },
]);
console.log(`\n  (kept ${String(JSON.stringify(kept)).length} characters)`);
