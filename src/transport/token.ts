import { HarnessError } from '../errors.js';

/** Where bearer tokens come from. Token traffic is never kept: an error answer may repeat the secret. */
export interface TokenSource {
  /** A token that is still good, fetched or renewed as needed. */
  current(): Promise<string>;
  /** After a 401 of the token kind: one renewal per refused token; undefined when there is nothing to renew with. */
  renew(refused: string): Promise<string | undefined>;
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** Renewed this long before its end: the official SDK's margin. */
const marginMs = 30_000;
/** A provider that hands out dead tokens must not be asked in a loop: so many in a row, each within a minute of the last. */
const maxQuickFetches = 10;
const quickMs = 60_000;

export function fixedToken(token: string): TokenSource {
  return { current: async () => token, renew: async () => undefined };
}

/** Fetches by `exchange`, shares one fetch between workers, and measures age on a monotonic clock. */
export function exchangedToken(exchange: () => Promise<IssuedToken>, now: () => number): TokenSource {
  let held: { token: string; until: number } | undefined;
  let pending: Promise<string> | undefined;
  let quick = 0;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  const fetchOnce = async (): Promise<string> => {
    quick = now() - fetchedAt < quickMs ? quick + 1 : 1;
    fetchedAt = now();
    if (quick > maxQuickFetches)
      throw new HarnessError('infrastructure', `the provider issued ${maxQuickFetches} tokens and none lasted`, {
        hint: 'Look at expires_in in the answer of the token endpoint.',
      });
    const issued = await exchange();
    const lifeMs = issued.expiresInSeconds * 1000;
    held = { token: issued.token, until: now() + Math.max(lifeMs - marginMs, lifeMs / 2) };
    return issued.token;
  };
  const fetch = (): Promise<string> => {
    pending ??= fetchOnce().finally(() => {
      pending = undefined;
    });
    return pending;
  };
  return {
    current: async () => (held && now() < held.until ? held.token : fetch()),
    renew: async (refused) => (held && held.token !== refused ? held.token : fetch()),
  };
}
