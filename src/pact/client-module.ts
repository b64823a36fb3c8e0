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

/** By endpoint id; what a module does not export is not run. */
export type ClientModule = Readonly<Record<string, ClientFunction>>;

/** What of a contract names the functions of a client. */
export interface ClientNames {
  readonly endpoints: readonly { readonly id: string }[];
  readonly provider: { readonly resource: { readonly create: string } };
}

/** Imports a module, JavaScript or TypeScript: its exports named like endpoints, its default export as the creating one. */
export async function loadClient(path: string, contract: ClientNames): Promise<ClientModule> {
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
  const named = { [create]: exported['default'], ...exported };
  const calls = contract.endpoints.flatMap(({ id }) => (typeof named[id] === 'function' ? [[id, named[id]]] : []));
  if (calls.length > 0) return Object.fromEntries(calls) as ClientModule;
  throw new HarnessError('usage', `--client: ${path} exports no function`, {
    hint: `Export async functions (baseUrl, token, body, params), named like endpoints: ${create}, …`,
  });
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

/** Has a team's client play an interaction: it takes a success, and tells a refusal by rejecting. */
export async function runClient(
  client: ClientModule,
  { endpoint, request, response }: PactInteraction,
  { baseUrl, token }: Mock,
): Promise<unknown> {
  const refused = response.status >= 400;
  let result: unknown;
  try {
    result = await client[endpoint.id]!(baseUrl, token, structuredClone(request.body), {
      ...request.query,
      ...request.params,
    });
  } catch (error) {
    if (refused && !isCrash(error)) return error;
    throw error;
  }
  if (refused) throw new Error(`it took the refusal ${response.status} for a success`);
  return result;
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
