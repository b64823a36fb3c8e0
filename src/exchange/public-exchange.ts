import { z } from 'zod';

const count = z.int().min(0);
const header = z.tuple([z.string(), z.string()]);

/** A body that may be shown: personal data in it is evidence and stays, secrets do not. */
const publicBodySchema = z.object({
  state: z.enum(['present', 'empty', 'absent', 'truncated', 'undecodable']),
  text: z.string().nullable().describe('Redacted text; null when the bytes are not text'),
  base64: z.string().nullable().describe('Redacted bytes, when they are not clean UTF-8 text'),
  size: count.describe('Bytes before redaction and shortening'),
  omitted: count.describe('Characters (of text) or bytes (of base64) left out of the middle; 0 when all is there'),
});

/** Branded: made by the redactor, or read from a result that a redactor made. */
export const publicRequestSchema = z
  .object({ method: z.string(), url: z.string(), headers: z.array(header), body: publicBodySchema })
  .brand<'redacted'>();

export const publicResponseSchema = z
  .object({
    status: z.int(),
    headers: z.array(header),
    body: publicBodySchema,
    durationMs: z.number().nullable(),
    defects: z.array(z.object({ kind: z.string(), detail: z.string() })),
  })
  .brand<'redacted'>();

/** An exchange that may be shown and written: redacted, as plain JSON. */
export const publicExchangeSchema = z
  .object({
    id: z.string(),
    place: z.string().describe('Where it comes from: property and path, or file and entry'),
    request: publicRequestSchema,
    response: publicResponseSchema.nullable(),
    unanswered: z.object({ reason: z.string(), detail: z.string() }).nullable(),
  })
  .brand<'redacted'>();

export type PublicBody = z.infer<typeof publicBodySchema>;
export type PublicRequest = z.infer<typeof publicRequestSchema>;
export type PublicResponse = z.infer<typeof publicResponseSchema>;
export type PublicExchange = z.infer<typeof publicExchangeSchema>;
