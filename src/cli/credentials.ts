import type { Contract, Credentials } from '../contract/contract.js';
import { endpointById } from '../contract/contract.js';
import { HarnessError } from '../errors.js';
import { bodyOf, jsonOf } from '../exchange/body.js';
import type { Budget } from '../transport/budget.js';
import type { Target } from '../transport/permit.js';
import { exchangedToken, fixedToken, type TokenSource } from '../transport/token.js';
import type { WireClient } from '../transport/wire-client.js';
import type { World } from './world.js';

const names = {
  clientId: 'CHIFT_CLIENT_ID',
  clientSecret: 'CHIFT_CLIENT_SECRET',
  accountId: 'CHIFT_ACCOUNT_ID',
} as const;

export type Access = { readonly token: string } | { readonly credentials: Credentials };

/** What the environment gives to authenticate with: a token, all three credentials, or nothing. Half a set is a usage error. */
export function accessFrom(env: World['env']): Access | undefined {
  const token = env['CHIFT_ACCESS_TOKEN'];
  if (token) {
    if (/[^\x21-\x7e]/.test(token))
      throw new HarnessError('usage', 'CHIFT_ACCESS_TOKEN has characters that no header can carry', {
        hint: 'Look for a line break or quotes copied along.',
      });
    return { token };
  }
  const given = Object.entries(names).map(([key, name]) => ({ key, name, value: env[name] ?? '' }));
  const missing = given.filter(({ value }) => value === '').map(({ name }) => name);
  if (missing.length === given.length) return undefined;
  if (missing.length > 0)
    throw new HarnessError('usage', `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`, {
      hint: `Set ${Object.values(names).join(', ')}, or CHIFT_ACCESS_TOKEN alone.`,
    });
  return { credentials: Object.fromEntries(given.map(({ key, value }) => [key, value])) as unknown as Credentials };
}

export interface TokenDesk {
  readonly contract: Contract;
  readonly target: Target;
  readonly client: WireClient;
  readonly budget: Budget;
  readonly timeoutMs: number;
  readonly now: () => number;
  /** Told every token, so that none is ever shown. */
  readonly keepSecret: (token: string) => void;
}

/** Tokens for a run. The exchange counts against the budget; its traffic is never kept, since an answer may repeat the secret. */
export function tokenSourceFor(access: Access, desk: TokenDesk): TokenSource {
  if ('token' in access) return fixedToken(access.token);
  return exchangedToken(() => exchange(access.credentials, desk), desk.now);
}

async function exchange(credentials: Credentials, desk: TokenDesk) {
  const { contract, target, client, budget, timeoutMs } = desk;
  const endpoint = endpointById(contract, contract.provider.token.endpoint);
  budget.reserve(false, 'plan');
  const { bytes } = bodyOf(JSON.stringify(contract.provider.token.request(credentials)));
  const outcome = await client.send({
    method: endpoint.method,
    path: `${target.basePath}${endpoint.path}`,
    headers: [
      ['accept', 'application/json'],
      ['content-type', 'application/json'],
    ],
    body: bytes,
    timeoutMs,
  });
  const trouble = (what: string, hint: string) =>
    new HarnessError('infrastructure', `${target.origin}${target.basePath}${endpoint.path} ${what}`, { hint });
  if (outcome.kind === 'unanswered')
    throw trouble(`cannot be reached (${outcome.detail})`, 'Check --url, the network and whether the provider is up.');
  if (outcome.status !== 200)
    throw trouble(`gives no token: status ${outcome.status}`, `Check ${Object.values(names).join(', ')}.`);
  const reading = jsonOf(outcome.body);
  try {
    const issued = contract.provider.token.read(reading.ok ? reading.value : undefined);
    desk.keepSecret(issued.token);
    return issued;
  } catch {
    throw trouble('answers 200 without a token in it', 'The answer is not shown, since it may hold secrets.');
  }
}
