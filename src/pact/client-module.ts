import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { HarnessError } from '../errors.js';
import type { PactInteraction } from './interaction.js';
import type { Mock } from './write.js';

/**
 * A team's own client for one endpoint: sends one request and resolves with what it made of a success. For a refusal
 * it rejects, with whatever it likes to throw. `params` holds the path and query parameters by their names in the
 * contract. The token is undefined where the interaction is about having none.
 */
export type ClientFunction = (
  baseUrl: string,
  token: string | undefined,
  body: unknown,
  params: Readonly<Record<string, string>>,
) => Promise<unknown>;

/**
 * What a team demands of its own client: told of every call that came to an end, and broken where it returns false or
 * throws. `answer` is the JSON that was served, or the text where it is none.
 */
export type ClientProperty = (call: {
  readonly endpoint: string;
  readonly status: number;
  readonly answer: unknown;
  /** What the client returned; undefined where it threw. */
  readonly result: unknown;
  /** What it threw; undefined where it returned. */
  readonly error: unknown;
}) => unknown;

/** By endpoint id; what a module does not export is not run. */
export type ClientModule = Readonly<Record<string, ClientFunction>>;

/** What of a contract names the functions of a client. */
export interface ClientNames {
  readonly endpoints: readonly { readonly id: string }[];
  readonly provider: { readonly resource: { readonly create: string } };
}

/** A module of a team: its client, and what it demands of it by name (`export const properties = { … }`). */
export interface TeamModule {
  readonly client: ClientModule;
  readonly properties: Readonly<Record<string, ClientProperty>>;
}

/** Imports a module, JavaScript or TypeScript: its exports named like endpoints, its default export as the creating one. */
export async function loadTeam(path: string, contract: ClientNames): Promise<TeamModule> {
  if (!existsSync(path)) throw new HarnessError('usage', `--client: ${path} does not exist`);
  const create = contract.provider.resource.create;
  let exported: Record<string, unknown>;
  try {
    exported = await imported(path);
  } catch (cause) {
    throw new HarnessError('usage', `--client: ${path} cannot be loaded: ${(cause as Error).message}`, {
      hint: 'Give a module of JavaScript or TypeScript that this Node can import.',
      cause,
    });
  }
  const byDefault = exported['default'];
  const grouped = typeof byDefault === 'object' && byDefault !== null ? byDefault : {};
  const named: Record<string, unknown> = { [create]: byDefault, ...grouped, ...exported };
  const calls = contract.endpoints.flatMap(({ id }) => (typeof named[id] === 'function' ? [[id, named[id]]] : []));
  if (calls.length > 0)
    return { client: Object.fromEntries(calls) as ClientModule, properties: propertiesIn(named['properties'], path) };
  throw new HarnessError('usage', `--client: ${path} exports no function`, {
    hint: `Export async functions (baseUrl, token, body, params), named like endpoints: ${create}, …`,
  });
}

function propertiesIn(value: unknown, path: string): TeamModule['properties'] {
  if (value === undefined) return {};
  const isRecord = typeof value === 'object' && value !== null;
  if (isRecord && Object.values(value).every((each) => typeof each === 'function'))
    return value as TeamModule['properties'];
  throw new HarnessError('usage', `--client: ${path}: properties are not functions by name`, {
    hint: 'export const properties = { "keeps the id": ({ answer, result }) => … };',
  });
}

/** The client of a module alone. */
export async function loadClient(path: string, contract: ClientNames): Promise<ClientModule> {
  return (await loadTeam(path, contract)).client;
}

/** Names of what the team demands and this call broke, with what the check said. */
export async function brokenProperties(
  properties: TeamModule['properties'],
  call: Parameters<ClientProperty>[0],
): Promise<readonly BrokenProperty[]> {
  const broken: BrokenProperty[] = [];
  for (const [name, holds] of Object.entries(properties))
    try {
      if ((await holds(call)) === false) broken.push({ name, message: 'it does not hold' });
    } catch (error) {
      broken.push({ name, message: error instanceof Error ? error.message : said(error) });
    }
  return broken;
}

export interface BrokenProperty {
  readonly name: string;
  readonly message: string;
}

async function imported(path: string): Promise<Record<string, unknown>> {
  if (!/\.[cm]?ts$/.test(path)) return import(pathToFileURL(path).href);
  const { createJiti } = await import('jiti');
  return createJiti(import.meta.url, { fsCache: false }).import(path);
}

/** The interactions that the client has a function for. */
export function playable(interactions: readonly PactInteraction[], client: ClientModule): PactInteraction[] {
  return interactions.filter(({ endpoint }) => client[endpoint.id] !== undefined);
}

/** What one call of a client came to. */
export type CallReply =
  | { readonly kind: 'returned'; readonly json: string | undefined }
  /** `crash`: an error that the language threw, not one that the client means. */
  | { readonly kind: 'threw'; readonly name: string; readonly message: string; readonly crash: boolean };

/** `ended`: the process of the client went down with the call. */
export type CallOutcome = CallReply | { readonly kind: 'hung' } | { readonly kind: 'ended'; readonly message: string };

/** The arguments of one call, and for which endpoint. */
export interface ClientCall {
  readonly endpoint: string;
  readonly baseUrl: string;
  readonly token: string | undefined;
  readonly body: unknown;
  readonly params: Readonly<Record<string, string>>;
}

/** Calls the client; the value is what it returned or threw. */
export async function callClient(
  client: ClientModule,
  { endpoint, baseUrl, token, body, params }: ClientCall,
): Promise<{ readonly reply: CallReply; readonly value: unknown }> {
  try {
    const value = await client[endpoint]!(baseUrl, token, structuredClone(body), params);
    return { reply: { kind: 'returned', json: asJson(value) }, value };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: typeof error, message: said(error) };
    return { reply: { kind: 'threw', name, message, crash: isCrash(error) }, value: error };
  }
}

/** Undefined for what JSON cannot say: then nothing is known about the result but that there was one. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

const said = (error: unknown): string => (typeof error === 'string' ? error : (asJson(error) ?? String(error)));

/** The call that an interaction asks for. */
export function callFor({ endpoint, request }: PactInteraction, { baseUrl, token }: Mock): ClientCall {
  return { endpoint: endpoint.id, baseUrl, token, body: request.body, params: { ...request.query, ...request.params } };
}

/** Rejects unless the client did its part: it takes a success, and tells a refusal by throwing what it means. */
export function requireKept(outcome: CallOutcome, { response }: PactInteraction): void {
  const refused = response.status >= 400;
  if (outcome.kind === 'hung') throw new Error('it gave no result in time');
  if (outcome.kind === 'ended') throw new Error(`its process ended: ${outcome.message}`);
  if (outcome.kind === 'returned' && refused) throw new Error(`it took the refusal ${response.status} for a success`);
  if (outcome.kind === 'threw' && (outcome.crash || !refused)) throw new Error(outcome.message);
}

/** Has a team's client play an interaction in this process. */
export async function runClient(client: ClientModule, interaction: PactInteraction, mock: Mock): Promise<void> {
  requireKept((await callClient(client, callFor(interaction, mock))).reply, interaction);
}

/** Errors that the language throws are mistakes of the client, not its word for a refusal; fetch's own are neither. */
export function isCrash(error: unknown): boolean {
  return (
    error instanceof ReferenceError ||
    error instanceof RangeError ||
    error instanceof SyntaxError ||
    (error instanceof TypeError && !/^(fetch failed|terminated)$/.test(error.message))
  );
}
