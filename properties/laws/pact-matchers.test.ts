import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { toWire } from '../../src/contract/wire.js';
import { arbitraryOf, valueAt } from '../../src/derive/arbitrary.js';
import { exampleOf } from '../../src/derive/example.js';
import { type Fidelity, type PactMatch, pactMatcherOf } from '../../src/derive/pact-matcher.js';
import { generalPointer } from '../../src/finding/finding.js';
import { brokenAnswers, inState, judgedByPact } from '../../src/pact/score.js';
import { randomSchema } from './random-schema.js';

interface Case {
  readonly schema: string;
  readonly match: PactMatch;
  readonly value: unknown;
  /** Where the one defect is; undefined for a value within the model. */
  readonly defectAt: string | undefined;
}

function casesOf(schema: ZodType, at: number): Case[] {
  const wire = toWire(schema, 'schema');
  const match = pactMatcherOf(wire, exampleOf(wire, { optional: at % 3 === 0 ? 'absent' : 'present' }));
  const told = { schema: JSON.stringify(wire), match };
  const valid = [0, 1, 2, 3].map((index) =>
    inState(wire, valueAt(arbitraryOf(wire), 11, 'pact', index), match.content),
  );
  const broken = brokenAnswers(wire, match.content).slice(0, 12);
  return [
    ...valid.map((value) => ({ ...told, value, defectAt: undefined })),
    ...broken.map(({ pointer, body }) => ({ ...told, value: body, defectAt: pointer })),
  ];
}

/** The place itself and all it stands in, down to the whole. */
function around(pointer: string): string[] {
  const steps = pointer.split('/').slice(1);
  return Array.from({ length: steps.length + 1 }, (_, length) =>
    ['', ...steps.slice(0, steps.length - length)].join('/'),
  );
}

const told = ({ schema, value, defectAt, match }: Case): string =>
  `${JSON.stringify(value)} (defect at ${defectAt}) ${schema} ${JSON.stringify(match.rules)}`;

const levels = (fidelity: readonly Fidelity[], ...wanted: Fidelity['level'][]) =>
  fidelity.filter(({ level, looser }) => wanted.includes(level) || (wanted.includes('weakened') && looser.length > 0));

describe("what Pact's verifier makes of the matchers, over random schemas", () => {
  /** Each schema gives about sixteen answers to judge. */
  const numRuns = Math.ceil(Number(process.env['LAW_RUNS'] ?? 1000) / 16);
  const schemas = fc.sample(randomSchema(), { numRuns, seed: 20_260_102 });
  const cases = schemas.flatMap(casesOf);
  const judged = judgedByPact(cases);

  it('accepts every valid answer, except where a place is called inexpressible', async () => {
    const verdicts = await judged;
    const refused = cases.filter(({ defectAt }, at) => defectAt === undefined && !verdicts[at]);
    expect(refused.filter(({ match }) => levels(match.fidelity, 'inexpressible').length === 0).map(told)).toEqual([]);
  });
  it('refuses every broken answer, except where a place around the defect is called weakened or unpinned', async () => {
    const verdicts = await judged;
    const passed = cases.filter(({ defectAt }, at) => defectAt !== undefined && verdicts[at]);
    const excused = ({ match, defectAt }: Case) => {
      const places = around(generalPointer(defectAt!));
      return levels(match.fidelity, 'weakened', 'unpinned').some(({ pointer }) =>
        places.includes(generalPointer(pointer)),
      );
    };
    expect(passed.filter((each) => !excused(each)).map(told)).toEqual([]);
  });
});
