import { beforeAll, describe, expect, it } from 'vitest';
import { fidelityOf, type PactInteraction, scorePact } from '../../../src/index.js';
import { pactFidelityPage, type ScoredInteraction } from '../../../src/testing/pact-fidelity-page.js';
import { interactions } from './interactions.js';

const pinning = interactions.filter(({ response }) => response.body !== undefined);
const scored: ScoredInteraction[] = [];
const called = (wanted: string) => scored.find(({ description }) => description === wanted)!;

beforeAll(async () => {
  const scores = await scorePact(pinning, { seed: 20_260_821, valid: 12 });
  for (const [at, interaction] of pinning.entries())
    scored.push({
      description: interaction.description,
      fidelity: fidelityOf(interaction),
      score: scores[at]!,
    });
});

/** Places of which the pact says nothing, or less than the model, with `*` for every item. */
function silentAt({ fidelity }: ScoredInteraction): string[] {
  return fidelity.filter(({ looser }) => looser.length > 0).map(({ pointer }) => pointer);
}

const isWithin = (pointer: string, place: string) => `${pointer}/`.startsWith(`${place}/`);

describe("what the pact is worth by Pact's own verifier", () => {
  it('with every field pinned: no valid answer is refused, and no answer with one defect goes through', () => {
    const { valid, broken, places } = called('create a contact with every field').score;
    expect(valid.right).toBe(valid.total);
    expect(places.flatMap(({ missed }) => missed)).toEqual([]);
    expect(broken.right).toBe(broken.total);
    expect(broken.total).toBeGreaterThan(70);
  });

  it.each(pinning.map(({ description }: PactInteraction) => description))(
    '%s: accepts every valid answer, and misses a defect only where it says nothing',
    (description) => {
      const interaction = called(description);
      const { valid, places } = interaction.score;
      expect(valid).toEqual({ total: 12, right: 12 });
      const silent = silentAt(interaction);
      const loud = places.filter(({ pointer }) => !silent.some((place) => isWithin(pointer, place)));
      expect(loud.filter(({ missed }) => missed.length > 0)).toEqual([]);
    },
  );

  it('cannot say of a contact only that a field may be absent, or a list null', () => {
    const gaps = called('create a contact with every field').fidelity.filter(({ level }) => level !== 'exact');
    expect(gaps.flatMap(({ looser }) => looser)).toEqual([]);
    expect([...new Set(gaps.flatMap(({ stricter }) => stricter))]).toEqual(['absent', 'null']);
    expect(gaps.filter(({ stricter }) => stricter.includes('null')).map(({ pointer }) => pointer)).toEqual([
      '/addresses',
    ]);
  });

  it('is told in docs/pact-fidelity.md; else: npm run docs', async () => {
    await expect(pactFidelityPage(scored)).toMatchFileSnapshot('../../../docs/pact-fidelity.md');
  });
});
