import type { PactFidelity } from '../run/pact-schema.js';

export type PactPlace = PactFidelity['interactions'][number]['places'][number];
type Said = {
  readonly [Part in keyof PactPlace]: PactPlace[Part] extends string[] ? readonly string[] : PactPlace[Part];
};

/** How the levels are called wherever people read them. */
export const levelWords: Readonly<Record<PactPlace['level'], string>> = {
  exact: 'exact',
  weakened: 'weakened',
  inexpressible: 'not expressible',
  unpinned: 'not pinned',
};

/** What the pact lets pass that the model refuses, and what it refuses that the model allows. */
export function gapsOf({ looser, stricter }: Said): string[] {
  return [...looser.map((lost) => `does not ask: ${lost}`), ...stricter.map((lost) => `does not let it be: ${lost}`)];
}

/** `29 exact, 2 weakened`. */
export function levelCounts(places: readonly Pick<Said, 'level'>[]): string {
  return Object.entries(levelWords)
    .map(([level, word]) => [places.filter((place) => place.level === level).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}

/** One line for each gap of the places that are pinned, with where it is: `does not let it be: null (/addresses)`. */
export function gapLines(places: readonly Said[]): string[] {
  const where = new Map<string, string[]>();
  for (const place of places.filter(({ level }) => level !== 'unpinned'))
    for (const gap of gapsOf(place)) where.set(gap, [...(where.get(gap) ?? []), place.pointer || 'the whole answer']);
  return [...where].map(([gap, pointers]) => `${gap} (${few(pointers)})`);
}

const fewNames = 4;

function few(names: readonly string[]): string {
  if (names.length <= fewNames) return names.join(', ');
  return `${names.slice(0, fewNames).join(', ')} and ${names.length - fewNames} more`;
}
