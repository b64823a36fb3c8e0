import type { FindingCode } from '../finding/catalogue.js';
import type { Finding, Part } from '../finding/finding.js';
import type { Called } from './property.js';

/** A finding of a property: what a check on one exchange cannot know. The endpoint is the one of the last call. */
export function unexpected(
  called: Called,
  endpoint: string,
  code: FindingCode,
  rule: string,
  message: string,
  at: { part: Part; pointer?: string } = { part: 'exchange' },
): Finding {
  return { code, endpoint, at: { part: at.part, pointer: at.pointer ?? '' }, rule, message, evidence: called.exchange };
}
