import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { absentBody, type Body, bodyOf, emptyBody } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';

const defect = z.strictObject({
  kind: z.enum(['length', 'truncated', 'content-coding', 'too-large', 'protocol']),
  detail: z.string(),
});
const message = {
  headers: z.array(z.tuple([z.string(), z.string()])).default([['content-type', 'application/json']]),
  /** The body as a value, as text or as bytes; none of them is an empty body. */
  json: z.unknown().optional(),
  text: z.string().optional(),
  base64: z.base64().optional(),
  state: z.enum(['absent', 'truncated', 'undecodable']).optional(),
};
const request = z.strictObject({ method: z.string().default('POST'), url: z.string(), ...message });
const response = z.strictObject({ status: z.int(), defects: z.array(defect).default([]), ...message });
const finding = z.strictObject({
  code: z.string(),
  part: z.string(),
  pointer: z.string(),
  rule: z.string(),
  message: z.string(),
});

const goldenCase = z.strictObject({
  about: z.string().min(10),
  outcome: z.enum(['conforming', 'violating', 'unjudgeable']),
  echo: z.enum(['strict', 'normalised', 'off']).default('strict'),
  before: z.array(z.strictObject({ request, response })).default([]),
  request,
  response,
  /** What the check of the folder finds. */
  findings: z.array(finding),
  /** What all checks together make of it: the class, and the reason where it has one. */
  verdict: z.string(),
});

export type GoldenCase = z.infer<typeof goldenCase>;

/** The cases of every check below a folder, `<check>/<case>.json`, each with its place. */
export function goldenCases(folder: string): { check: string; name: string; golden: GoldenCase }[] {
  return readdirSync(folder).flatMap((check) =>
    readdirSync(join(folder, check)).map((name) => ({
      check,
      name,
      golden: goldenCase.parse(JSON.parse(readFileSync(join(folder, check, name), 'utf8'))),
    })),
  );
}

/** The exchange that a case describes, as a recording of something observed. */
export function exchangeOf({
  request,
  response,
  before,
}: Pick<GoldenCase, 'request' | 'response' | 'before'>): Exchange {
  return {
    id: 'golden',
    origin: { kind: 'document', file: 'golden', index: 0, format: 'golden', provenance: 'observation', fidelity: [] },
    request: { method: request.method, url: request.url, headers: request.headers, body: bodyFrom(request) },
    outcome: {
      kind: 'answered',
      status: response.status,
      headers: response.headers,
      body: bodyFrom(response),
      durationMs: undefined,
      defects: response.defects,
    },
    before: before.map((earlier) => exchangeOf({ ...earlier, before: [] })),
  };
}

function bodyFrom({ json, text, base64, state }: GoldenCase['request'] | GoldenCase['response']): Body {
  if (state === 'absent') return absentBody;
  const content =
    base64 !== undefined ? Buffer.from(base64, 'base64') : (text ?? (json === undefined ? '' : JSON.stringify(json)));
  const body = content.length === 0 ? emptyBody : bodyOf(content);
  const { bytes, decoded } = body;
  return state === undefined ? body : { state, bytes, decoded, problem: state };
}
