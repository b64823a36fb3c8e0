import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { contactOut } from '../contracts/chift/index.js';
import { toWire } from '../src/contract/wire.js';
import { exampleOf } from '../src/derive/example.js';
import { validatorOf } from '../src/derive/validator.js';
import { acceptsContact } from './floor-validator.js';
import { peers } from './peers.js';
import { report } from './report.js';
import { type Contestant, race, rowOf } from './rounds.js';

interface Zod3 {
  accepting(texts: readonly string[]): (value: unknown) => boolean;
}
const { accepting } = await peers<Zod3>('zod-3/index.mjs');

/** Answers as they come off the wire: every field there, two addresses, no two alike. */
const answers = Array.from({ length: 64 }, (_, at) => {
  const full = exampleOf(toWire(contactOut, 'contact'), { optional: 'present' }) as { addresses: object[] };
  const text = JSON.stringify({ ...full, id: `contact-${at}`, addresses: [full.addresses[0], full.addresses[0]] });
  return JSON.parse(text) as unknown;
});

function judging(name: string, accepts: (value: unknown) => boolean): Contestant {
  if (!answers.every(accepts)) throw new Error(`${name} refuses a valid answer`);
  return {
    name,
    run(count) {
      let valid = 0;
      for (let index = 0; index < count; index++) valid += accepts(answers[index & 63]) ? 1 : 0;
      if (valid !== count) throw new Error(`${name} found ${valid} of ${count}`);
    },
  };
}

/** The schema as Chift publishes it, nulls as `anyOf` and parts by `$ref`, where that document is at hand. */
function asPublished(): Contestant[] {
  const file = '../shared/openapi/contacts-2026-08-21.json';
  if (!existsSync(file)) return [];
  const ajv = new Ajv2020({ strict: false, logger: false });
  formats.default(ajv, { mode: 'full' });
  ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')) as object, 'published');
  return [
    judging('ajv on the schema as published', ajv.compile({ $ref: 'published#/components/schemas/ContactItemOut' })),
  ];
}

const { accepts, violations } = validatorOf(contactOut);
const texts = Object.keys(contactOut.shape).filter((key) => !/^(id|source_ref|is_|gender|addresses)/.test(key));
const timings = race(
  [
    judging('floor: written for this shape', acceptsContact),
    judging('ours, yes or no', accepts),
    judging('ours, what is wrong', (value) => violations(value).length === 0),
    ...asPublished(),
    judging('zod 4 safeParse', (value) => contactOut.safeParse(value).success),
    judging('zod 3 safeParse', accepting(texts)),
  ],
  Number(process.argv[2] ?? 15),
  100,
);

const ratioOf = (start: string) => timings.find(({ name }) => name.startsWith(start))!.ratio;
report('Validating one full answer', '× the time of the floor', timings.map(rowOf), [
  { name: 'ours, yes or no, × floor', found: ratioOf('ours, yes'), limit: 1.5 },
]);
