import { devNull } from 'node:os';
import type { VerifierOptions } from '@pact-foundation/pact-core';
import type { Contract } from '../contract/contract.js';
import { HarnessError } from '../errors.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Door } from '../transport/door.js';
import { startChild } from './child.js';
import type { PactState } from './interaction.js';
import { readPactFile } from './pact-file.js';
import { type StateHandler, startVerificationProxy, type Visit } from './verification-proxy.js';

/** Pacts in files, or those a broker selects for the provider. */
export type PactSelection = { readonly files: readonly string[] } | { readonly broker: BrokerSelection };

export interface BrokerSelection {
  readonly url: string;
  readonly token?: string;
  readonly username?: string;
  readonly password?: string;
  /** Which consumer versions; default: main branch, and all that are deployed or released. */
  readonly selectors?: VerifierOptions['consumerVersionSelectors'];
  /** Sends the results back, under this version and branch of the provider. */
  readonly publish?: { readonly version: string; readonly branch?: string; readonly buildUrl?: string };
  /** New pacts that nobody verified yet fail nothing; their feature branches are included from this day (ISO) on. */
  readonly includeWipSince?: string;
}

/** Which pacts are replayed at which provider, and how its states are set up. */
export interface VerifyPactsOptions {
  readonly pacts: PactSelection;
  /** Name of the provider in the pacts. */
  readonly provider: string;
  readonly contract: Contract;
  /** Leads to the provider; it adds the token wherever an interaction carries one. */
  readonly door: Door;
  readonly states: StateHandler;
  /** Gets the traffic of every interaction, so that the same checks can judge it. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** For one request of the verifier; default 30,000. */
  readonly timeoutMs?: number;
}

export interface PactMismatch {
  readonly kind: 'status' | 'header' | 'body' | 'other';
  /** JSONPath of a body, name of a header, else empty. */
  readonly path: string;
  readonly message: string;
}

/** One interaction as the provider kept it or broke it. */
export interface VerifiedInteraction {
  readonly description: string;
  readonly states: readonly PactState[];
  /** `pending`: it failed, and the pact says that this must not count. `unverified`: there was no answer to judge. */
  readonly result: 'passed' | 'failed' | 'pending' | 'unverified';
  readonly mismatches: readonly PactMismatch[];
  readonly exchange: Exchange | undefined;
}

/** What Pact’s own verifier said of every interaction. */
export interface PactVerification {
  readonly interactions: readonly VerifiedInteraction[];
  /** No interaction failed, and none went without an answer. */
  readonly passed: boolean;
  /** What a broker has to say about the selection. */
  readonly notices: readonly string[];
}

/** Replays pacts at a provider through Pact's own verifier, one entry for each interaction and its states. */
export async function verifyPacts(options: VerifyPactsOptions): Promise<PactVerification> {
  requireFiles(options);
  const proxy = await startVerificationProxy({ ...options, onExchange: options.onExchange ?? (() => undefined) });
  const child = startChild('verifier', 'files' in options.pacts ? withoutCertificates : {});
  try {
    const answer = await child.ask({ options: verifierOptions(options, proxy.url, proxy.stateUrl) });
    const fatal = proxy.fatal();
    if (fatal !== undefined) throw fatal;
    return resultOf(JSON.parse(String(answer)) as CoreResult, proxy.visits);
  } finally {
    await Promise.all([child.stop(), proxy.close()]);
  }
}

/** Only plain http on loopback is spoken then; reading the system's certificates costs 45 ms an interaction. */
const withoutCertificates = { SSL_CERT_FILE: devNull, SSL_CERT_DIR: `${devNull}-none` };

function requireFiles({ pacts, provider }: VerifyPactsOptions): void {
  if (!('files' in pacts)) return;
  if (pacts.files.length === 0) throw new HarnessError('usage', 'no pact file to verify');
  for (const file of pacts.files) {
    const name = readPactFile(file).provider.name;
    if (name !== provider)
      throw new HarnessError('usage', `${file} is a pact with the provider "${name}", not with "${provider}"`);
  }
}

function verifierOptions({ pacts, provider, timeoutMs }: VerifyPactsOptions, url: string, stateUrl: string) {
  const common: VerifierOptions = {
    provider,
    providerBaseUrl: url,
    providerStatesSetupUrl: stateUrl,
    timeout: timeoutMs ?? 30_000,
    failIfNoPactsFound: true,
  };
  return 'files' in pacts ? { ...common, pactUrls: [...pacts.files] } : { ...common, ...brokerOptions(pacts.broker) };
}

function brokerOptions({ url, token, username, password, selectors, publish, includeWipSince }: BrokerSelection) {
  const options: Record<string, unknown> = {
    pactBrokerUrl: url,
    pactBrokerToken: token,
    pactBrokerUsername: username,
    pactBrokerPassword: password,
    consumerVersionSelectors: selectors ?? [{ mainBranch: true }, { deployedOrReleased: true }],
    enablePending: publish?.branch === undefined ? undefined : true,
    includeWipPactsSince: publish?.branch === undefined ? undefined : includeWipSince,
    publishVerificationResult: publish !== undefined,
    providerVersion: publish?.version,
    providerVersionBranch: publish?.branch,
    buildUrl: publish?.buildUrl,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** What Pact's core reports: results in order, and the errors of those that failed, in the same order. */
interface CoreResult {
  readonly interactionResults: readonly { readonly description: string; readonly result: 'OK' | 'Error' }[];
  readonly errors: readonly CoreError[];
  readonly pendingErrors: readonly CoreError[];
  readonly notices?: readonly (string | { readonly text?: string })[];
}

interface CoreError {
  readonly interaction: string;
  readonly mismatch: {
    readonly message?: string;
    readonly mismatches?: readonly { type: string; path?: string; key?: string; mismatch?: string; actual?: string }[];
  };
}

function resultOf(core: CoreResult, visits: readonly Visit[]): PactVerification {
  if (visits.length === 0) throw new HarnessError('inconclusive', 'no pact was found, so nothing was verified');
  if (core.interactionResults.length !== visits.length)
    throw new HarnessError(
      'infrastructure',
      `Pact's verifier reports ${core.interactionResults.length} interactions and sent ${visits.length}`,
    );
  const left = { errors: [...core.errors], pending: [...core.pendingErrors] };
  const interactions = core.interactionResults.map(({ description, result }, at): VerifiedInteraction => {
    const { states, exchange, trouble } = visits[at]!;
    if (result === 'OK') return { description, states, result: 'passed', mismatches: [], exchange };
    const failure = take(left.errors, description, states);
    const found = failure ?? take(left.pending, description, states);
    const told = found === undefined ? [] : mismatchesOf(found);
    if (trouble !== undefined) {
      const missed = failure === undefined && found !== undefined ? 'pending' : 'unverified';
      return { description, states, result: missed, mismatches: [other(trouble)], exchange };
    }
    return { description, states, result: failure === undefined ? 'pending' : 'failed', mismatches: told, exchange };
  });
  const passed = interactions.every(({ result }) => result === 'passed' || result === 'pending');
  return { interactions, passed, notices: (core.notices ?? []).map(textOf).filter((text) => text !== '') };
}

const textOf = (notice: string | { readonly text?: string }): string =>
  typeof notice === 'string' ? notice : (notice.text ?? '');

/** The core names an interaction by one sentence only; the first of that name is this one, both lists are in order. */
function take(errors: CoreError[], description: string, states: readonly PactState[]): CoreError | undefined {
  const given = states.length === 0 ? '' : ` Given ${states.map(({ name }) => name).join(' And ')}`;
  const at = errors.findIndex(({ interaction }) => interaction.endsWith(`${given} - ${description}`));
  return at < 0 ? undefined : errors.splice(at, 1)[0];
}

/** In the order of their places: the core's own order changes from run to run. */
function mismatchesOf({ mismatch: { message, mismatches = [] } }: CoreError): PactMismatch[] {
  if (mismatches.length === 0) return [other(message ?? 'failed without a reason')];
  const told = mismatches.map((one) => ({
    kind: kinds[one.type] ?? 'other',
    path: one.path ?? one.key ?? '',
    message: one.mismatch ?? `found ${one.actual}`,
  }));
  return told.sort((one, other) => (one.path < other.path ? -1 : 1));
}

const kinds: Readonly<Record<string, PactMismatch['kind']>> = {
  StatusMismatch: 'status',
  HeaderMismatch: 'header',
  BodyMismatch: 'body',
  BodyTypeMismatch: 'body',
};

const other = (message: string): PactMismatch => ({ kind: 'other', path: '', message });
