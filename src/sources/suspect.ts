import { hasPlace } from '../exchange/pointer.js';
import { severityOf } from '../finding/catalogue.js';
import { type Finding, generalPointer } from '../finding/finding.js';
import { type CasePath, inputAt } from './case-path.js';
import type { Item } from './plan.js';

/** A finding on its way to a small counterexample, and the case that showed it first. */
export interface Suspect {
  readonly item: Item;
  readonly position: number;
  readonly finding: Finding;
}

/** The first of each code, and rather one that can be made small. */
export function leadersOf(open: readonly [string, Suspect][]): [string, Suspect][] {
  const leaders = new Map<string, [string, Suspect]>();
  const isFixed = ([, { item }]: [string, Suspect]) =>
    item.inputs.shrink(startOf(item).input)[Symbol.iterator]().next().done === true;
  for (const suspect of [...open].sort((a, b) => Number(isFixed(a)) - Number(isFixed(b)))) {
    const { code } = suspect[1].finding;
    if (!leaders.has(code)) leaders.set(code, suspect);
  }
  return open.filter(([key, { finding }]) => leaders.get(finding.code)?.[0] === key);
}

/** Where the case begins: its number, or an input of the corpus. */
export function startOf({ inputs, index, address }: Item): { readonly start: CasePath; readonly input: unknown } {
  if (address === undefined) return { start: String(index), input: inputs.at(index) };
  return { start: address, input: inputAt(inputs, address)?.input };
}

/**
 * What came back otherwise than it was sent has to be sent: candidates without the place are known not to show it, and
 * cost no request.
 */
export function showable({ item, finding }: Suspect, first: unknown): (candidate: unknown) => boolean {
  const { inputs } = item;
  const place = generalPointer(finding.at.pointer);
  const has = (input: unknown): boolean => hasPlace(inputs.bodyOf?.(input), place);
  return finding.code.startsWith('echo.') && has(first) ? has : () => true;
}

export function rank({ finding }: Suspect): number {
  return severityOf(finding.code) === 'error' ? 0 : 1;
}
