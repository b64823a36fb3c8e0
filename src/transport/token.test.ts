import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchangedToken, fixedToken } from './token.js';

/** Tokens `t1`, `t2`, … of the given life; one fetch ends when `release` is called, or at once. */
function issuer(expiresInSeconds: number, hold = false) {
  const clock = { time: 0 };
  let fetches = 0;
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const source = exchangedToken(
    async () => {
      const token = `t${++fetches}`;
      if (hold) await held;
      return { token, expiresInSeconds };
    },
    () => clock.time,
  );
  return { source, clock, release: () => release(), fetches: () => fetches };
}

describe('an exchanged token', () => {
  it('is fetched once for all who ask at the same time', async () => {
    const { source, release, fetches } = issuer(1800, true);
    const asked = Promise.all([source.current(), source.current(), source.renew('t0')]);
    release();
    expect(await asked).toEqual(['t1', 't1', 't1']);
    expect(fetches()).toBe(1);
  });

  it('is kept until half a minute before its end', async () => {
    const { source, clock } = issuer(1800);
    await source.current();
    clock.time = 1_769_999;
    expect(await source.current()).toBe('t1');
    clock.time = 1_770_000;
    expect(await source.current()).toBe('t2');
  });

  it('of a short life is used for half of it', async () => {
    const { source, clock } = issuer(20);
    await source.current();
    clock.time = 9_999;
    expect(await source.current()).toBe('t1');
    clock.time = 10_000;
    expect(await source.current()).toBe('t2');
  });

  it('is renewed once for all who were refused with it', async () => {
    const { source, fetches } = issuer(1800);
    const first = await source.current();
    expect(await Promise.all([source.renew(first), source.renew(first)])).toEqual(['t2', 't2']);
    expect(await source.renew(first)).toBe('t2');
    expect(fetches()).toBe(2);
  });

  it('is not asked for in a loop when none lasts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, -1, 0.001, Number.NaN, Number.NEGATIVE_INFINITY), async (life) => {
        const { source, clock, fetches } = issuer(life);
        await expect(
          (async () => {
            for (;;) {
              await source.current();
              clock.time += 1000;
            }
          })(),
        ).rejects.toMatchObject({ code: 'infrastructure' });
        expect(fetches()).toBe(10);
      }),
      { numRuns: 5 },
    );
  });

  it('is renewed without end in a long run', async () => {
    const { source, clock, fetches } = issuer(1800);
    for (let hours = 0; hours < 24; hours += 0.5) {
      await source.current();
      clock.time += 1_800_000;
    }
    expect(fetches()).toBe(48);
  });

  it('can be asked for again after a fetch that failed', async () => {
    let fails = true;
    const source = exchangedToken(
      async () => {
        if (fails) throw new Error('no');
        return { token: 'a', expiresInSeconds: 60 };
      },
      () => 0,
    );
    await expect(source.current()).rejects.toThrow('no');
    fails = false;
    expect(await source.current()).toBe('a');
  });
});

describe('a given token', () => {
  it('is what it is, and cannot be renewed', async () => {
    expect(await fixedToken('a').current()).toBe('a');
    expect(await fixedToken('a').renew('a')).toBeUndefined();
  });
});
