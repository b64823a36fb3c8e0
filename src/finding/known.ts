import { z } from 'zod';
import { HarnessError } from '../errors.js';

const entry = z.strictObject({
  fingerprint: z.string().min(1),
  reason: z.string().min(1),
  /** Last day (UTC) on which the entry counts, `YYYY-MM-DD`. */
  expires: z.iso.date().nullish(),
});
const list = z.array(entry);
const file = z.strictObject({ $schema: z.string().optional(), known: list });

/** A finding that a team accepted, for a reason and for a time. */
export type KnownFinding = z.infer<typeof entry>;

/** Reads an accepted-findings file; throws a `usage` error that names the entry that is wrong. */
export function readKnown(text: string, name: string): KnownFinding[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new HarnessError('usage', `${name} is not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = Array.isArray(json) ? list.safeParse(json) : file.safeParse(json);
  if (parsed.success) return Array.isArray(parsed.data) ? parsed.data : parsed.data.known;
  const [issue] = parsed.error.issues;
  throw new HarnessError('usage', `${name}: ${issue?.path.join('.') || 'the document'}: ${issue?.message}`, {
    hint: 'Each entry has fingerprint, reason and optionally expires (YYYY-MM-DD).',
  });
}

export interface KnownMatch {
  /** The entry that covers the finding today. */
  readonly covering: KnownFinding | undefined;
  readonly expired: KnownFinding | undefined;
}

/** `today` is `YYYY-MM-DD`; an entry counts through its last day. */
export function matchKnown(known: readonly KnownFinding[], fingerprint: string, today: string): KnownMatch {
  const mine = known.filter((candidate) => candidate.fingerprint === fingerprint);
  const covering = mine.find(({ expires }) => !expires || expires >= today);
  return { covering, expired: covering ? undefined : mine[0] };
}
