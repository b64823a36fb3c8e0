import { describe, expect, it } from 'vitest';
import { fidelityOf, type PactInteraction, scorePact } from '../../../src/index.js';
import { interactions } from './interactions.js';

const options = { seed: 20_260_821, valid: 40 };
const pinning = interactions.filter(({ response }) => response.body !== undefined);
const everyField = pinning.find(({ description }) => description === 'create a contact with every field')!;

/** Places of which the pact says nothing, or less than the model, with `*` for every item. */
function silentAt(interaction: PactInteraction): string[] {
  return fidelityOf(interaction)
    .filter(({ looser }) => looser.length > 0)
    .map(({ pointer }) => pointer);
}

const isWithin = (pointer: string, place: string) =>
  `${pointer.replace(/\/\d+(?=\/|$)/g, '/*')}/`.startsWith(`${place}/`);

describe("what the pact is worth by Pact's own verifier", () => {
  it('with every field pinned: no valid answer is refused, and no answer with one defect goes through', async () => {
    const { valid, invalid, missed } = await scorePact(everyField, options);
    expect(valid).toEqual({ total: 40, accepted: 40 });
    expect(missed).toEqual([]);
    expect(invalid.rejected).toBe(invalid.total);
    expect(invalid.total).toBeGreaterThan(70);
  });

  const others = ['create a person', 'create a contact with a body that breaks the model', 'list the first contacts'];
  it.each(
    pinning.filter(({ description }) => others.includes(description)).map((each) => [each.description, each] as const),
  )('%s: accepts every valid answer, and misses a defect only where it says nothing', async (_, interaction) => {
    const { valid, missed } = await scorePact(interaction, { ...options, valid: 10 });
    expect(valid.accepted).toBe(valid.total);
    const silent = silentAt(interaction);
    const excused = missed.filter(({ pointer }) => silent.some((place) => isWithin(pointer, place)));
    expect(missed.filter((each) => !excused.includes(each))).toEqual([]);
  });

  it('cannot say of a contact only that a field may be absent, or a list null', () => {
    const gaps = fidelityOf(everyField).filter(({ level }) => level !== 'exact');
    expect(gaps.flatMap(({ looser }) => looser)).toEqual([]);
    expect([...new Set(gaps.flatMap(({ stricter }) => stricter))]).toEqual(['absent', 'null']);
    expect(gaps.filter(({ stricter }) => stricter.includes('null')).map(({ pointer }) => pointer)).toEqual([
      '/addresses',
    ]);
  });
});
