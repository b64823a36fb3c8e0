import { escapePointer } from './json.js';

/** How a value came back: what is `kept` is not listed. */
export type Loss = 'normalised' | 'dropped' | 'altered' | 'invented';

/** One place where two JSON values differ. */
export interface Difference {
  readonly pointer: string;
  readonly loss: Loss;
  readonly sent: unknown;
  readonly came: unknown;
}

/**
 * Compares what was sent with what came back, place by place. Null, absent and the empty list are one value: the
 * published document makes them interchangeable. Keys that only came back at the top are the caller's to judge.
 */
export function differences(sent: unknown, came: unknown, pointer = ''): Difference[] {
  if (isNothing(sent) && isNothing(came)) return [];
  if (isNothing(came)) return [{ pointer, loss: 'dropped', sent, came }];
  if (isNothing(sent)) return [{ pointer, loss: 'invented', sent, came }];
  if (Array.isArray(sent) && Array.isArray(came)) return lists(sent, came, pointer);
  if (isObject(sent) && isObject(came)) {
    const keys = new Set([...Object.keys(sent), ...Object.keys(came)]);
    return [...keys].flatMap((key) => differences(own(sent, key), own(came, key), `${pointer}/${escapePointer(key)}`));
  }
  if (Object.is(sent, came) || sent === came) return [];
  return [{ pointer, loss: fold(sent) === fold(came) ? 'normalised' : 'altered', sent, came }];
}

/** Whether there are no {@link differences}: the same question, answered without telling where. */
export function isKept(sent: unknown, came: unknown): boolean {
  if (sent === came) return true;
  if (isNothing(sent) || isNothing(came)) return isNothing(sent) && isNothing(came);
  if (Array.isArray(sent) && Array.isArray(came))
    return sent.length === came.length && sent.every((item, index) => isKept(item, came[index]));
  if (!isObject(sent) || !isObject(came)) return Object.is(sent, came);
  for (const key in sent) if (!isKept(own(sent, key), own(came, key))) return false;
  for (const key in came) if (!Object.hasOwn(sent, key) && !isNothing(came[key])) return false;
  return true;
}

function lists(sent: readonly unknown[], came: readonly unknown[], pointer: string): Difference[] {
  const length = Math.max(sent.length, came.length);
  return Array.from({ length }, (_, index) => {
    const place = `${pointer}/${index}`;
    if (index >= came.length) return [{ pointer: place, loss: 'dropped' as const, sent: sent[index], came: undefined }];
    if (index >= sent.length)
      return [{ pointer: place, loss: 'invented' as const, sent: undefined, came: came[index] }];
    return differences(sent[index], came[index], place);
  }).flat();
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Spaces, case, punctuation and composition set aside: what a software may tidy without losing the meaning. */
export function fold(value: unknown): string {
  return typeof value === 'string'
    ? `s${value
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s.\-/()+]+/g, '')}`
    : `${typeof value}${JSON.stringify(value)}`;
}
