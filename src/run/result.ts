import { z } from 'zod';
import { publicExchangeSchema, publicRequestSchema, publicResponseSchema } from '../exchange/public-exchange.js';
import { pactSchema } from './pact-schema.js';
import { profileSchema } from './profile-schema.js';

const count = z.int().min(0);
const evidence = z.object({
  place: z.string().describe('Property and case of what was sent, or file and entry of what was recorded'),
  recorded: z
    .object({
      format: z.string(),
      provenance: z
        .enum(['observation', 'example', 'stub'])
        .describe('Examples and stubs were written by people: what is wrong there was not said by the provider'),
      fidelity: z.array(z.string()).describe('What the recorder is known to have lost or changed'),
    })
    .optional()
    .describe('Of a recorded exchange; where one and the same defect was observed as well, that is the evidence'),
  request: publicRequestSchema,
  response: publicResponseSchema.nullable(),
  before: z.array(publicExchangeSchema),
});

export const findingSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  title: z.string(),
  message: z.string(),
  endpoint: z.string(),
  at: z.object({ part: z.string(), pointer: z.string() }),
  rule: z.string(),
  fingerprint: z.string(),
  seen: count.min(1).describe('How many exchanges showed it'),
  kinds: z.array(z.string()).optional().describe('Kinds of property that showed it, where the run knows them'),
  steady: z.boolean().nullable().describe('Whether sending it once more showed it again; null where it cannot be sent'),
  known: z
    .object({ reason: z.string(), expires: z.string().nullable() })
    .nullable()
    .describe('The accepted-findings entry that covers it'),
  attribution: z.enum(['contract', 'connector', 'auth', 'rate', 'transport']),
  evidence,
  reproduce: z.object({
    seed: z.int().nullable(),
    path: z.string().nullable(),
    curl: z.string().nullable(),
    replay: z.string().nullable(),
  }),
});

const tried = z.object({ total: count, tried: count, failed: count });
const places = z.record(z.string(), z.record(z.string(), z.enum(['untried', 'passed', 'failed'])));

/** `result.json`, schema version 1: the one result that every reporter renders. */
export const resultSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('chift-contract'), version: z.string() }),
  command: z.string(),
  contract: z.object({ name: z.string(), hash: z.string().regex(/^sha256:[0-9a-f]{64}$/) }),
  run: z.object({
    id: z.string(),
    seed: z.int().nullable(),
    shard: z.string().nullable(),
    startedAt: z.string(),
    durationMs: z.number().min(0),
    target: z.string().nullable(),
    options: z.record(z.string(), z.unknown()),
  }),
  verdict: z.enum(['conforms', 'violates', 'inconclusive', 'refused', 'infrastructure', 'incomplete']),
  exitCode: z.int(),
  totals: z.object({
    exchanges: count,
    judged: count,
    unjudged: count,
    outOfScope: count,
    unreadable: count,
    requests: count,
    creates: count,
    shrinkRequests: count,
  }),
  unjudged: z.array(z.object({ reason: z.string(), count: count.min(1) })),
  unreadable: z.array(z.object({ place: z.string(), reason: z.string() })),
  coverage: z.object({
    endpoints: z
      .record(
        z.string(),
        z.object({
          promised: z.array(z.int()),
          statuses: z.record(z.string(), count),
          kinds: z.record(z.string(), count).optional(),
        }),
      )
      .describe('Endpoint → statuses promised, statuses seen, and answers by kind of property where the run knows it'),
    fields: z.record(z.string(), tried).describe('Request field pointer → edges tried'),
    edges: z.record(z.string(), tried).describe('Named edge → fields it was tried on'),
    mutations: z.record(z.string(), tried).describe('Mutation class → pointers it was tried on'),
    places: z
      .object({ fields: places, mutations: places })
      .describe('Pointer → edge or mutation class → what became of it; the counts above follow from it'),
  }),
  latency: z
    .record(z.string(), z.array(z.object({ upToMs: z.number().nullable(), count })))
    .optional()
    .describe('Endpoint → how many answers took how long, where it was measured; the last class is open'),
  profile: profileSchema.optional(),
  pact: pactSchema.optional(),
  notes: z.array(z.string()).describe('What a reader should know: what was not tried and why'),
  findings: z.array(findingSchema),
  artefacts: z.array(z.object({ path: z.string(), sha256: z.string() })),
});

/** Everything a run has to say, redacted; the shape of `result.json`, whose JSON Schema is `schemas/result.schema.json`. */
export type RunResult = z.infer<typeof resultSchema>;
/** One broken promise as reports show it: redacted, with its fingerprint and how to see it again. */
export type ResultFinding = z.infer<typeof findingSchema>;
