import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { tryProperty } from '../../src/testing/try-property.js';
import { properties } from './index.js';

describe('on the sandbox, or the provider at CHIFT_BASE_URL', () => {
  it.each(properties.map((property) => [property.id, property] as const))('%s', async (_, property) => {
    const { findings, judged, troubles } = await tryProperty(contract, property, 42);
    expect(findings).toEqual([]);
    expect(troubles).toEqual([]);
    expect(judged).toBeGreaterThan(0);
  });

  it('has names that are told apart', () => {
    expect(new Set(properties.map(({ id }) => id)).size).toBe(properties.length);
  });
});
