import type { SchemaDifference } from './compare-schemas.js';
import type { Direction } from './normal-schema.js';
import type { Side } from './suspicion.js';

/** A difference in one sentence: where, what, for whom, and the value that shows it. */
export function sentenceOf(
  { pointer, rule, before, after, kind, verdict, witness }: SchemaDifference,
  direction: Direction,
  names: Readonly<Record<Side, string>>,
): string {
  const place = pointer === '' ? 'The value' : pointer;
  const what = rule.includes('→') || kind === 'field' || kind === 'other' ? rule : `${rule} (${before} → ${after})`;
  const whom = direction === 'request' ? 'senders' : 'readers';
  const meaning = { breaking: `breaks ${whom}`, review: `may matter to ${whom}`, safe: `safe for ${whom}` }[verdict];
  const proof = witness
    ? `shown by ${shortened(witness.value)}, which only ${names[witness.acceptedBy]} takes`
    : 'unproven, no value shows it';
  return `${place}: ${what}: ${meaning}; ${proof}.`;
}

/** Longer values stand whole in the evidence. */
const shownCharacters = 160;

function shortened(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
