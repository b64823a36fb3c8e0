import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fileTrouble, HarnessError } from '../errors.js';

const pactFile = z.looseObject({
  consumer: z.looseObject({ name: z.string().min(1) }),
  provider: z.looseObject({ name: z.string().min(1) }),
  interactions: z.array(z.looseObject({ description: z.string() })).min(1),
  metadata: z.looseObject({
    pactSpecification: z.looseObject({ version: z.string().regex(/^[1-4](\.|$)/, 'must be 1 to 4') }).optional(),
  }),
});

export type PactFile = z.infer<typeof pactFile>;

/** Reads a pact before Pact's core does: the core passes over a file it cannot read and calls that a success. */
export function readPactFile(path: string): PactFile {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new HarnessError('unreadable', `pact file ${path} ${fileTrouble(cause)}`, { cause });
  }
  const read = pactFile.safeParse(document);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new HarnessError('unreadable', `${path} is no pact: /${issue?.path.join('/')}: ${issue?.message}`, {
    hint: 'A pact of specification 1 to 4 with at least one interaction is expected.',
  });
}
