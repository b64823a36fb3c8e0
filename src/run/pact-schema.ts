import { z } from 'zod';

export const pactSchema = z
  .object({
    interactions: z.array(
      z.object({
        description: z.string(),
        places: z.array(
          z.object({
            pointer: z.string().describe('JSON pointer into the answer; `*` stands for every item of a list'),
            level: z.enum(['exact', 'weakened', 'inexpressible', 'unpinned']),
            looser: z.array(z.string()).describe('What the model asks and the pact does not'),
            stricter: z.array(z.string()).describe('What the model allows and the pact does not'),
          }),
        ),
      }),
    ),
  })
  .describe('How well the consumer pact of this run says each place of the answers');

/** What the pact written in a run says of the model, interaction by interaction. */
export type PactFidelity = z.infer<typeof pactSchema>;
