import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { fileTrouble, HarnessError } from '../errors.js';
import type { StateHandler } from '../pact/verification-proxy.js';
import type { World } from './world.js';

/** What a provider state means at an API that nobody can set up: whose data, over which connection, by which token. */
const mapping = z.record(
  z.string(),
  z.strictObject({
    /** Values for the params of the state; nothing is created for it then. */
    params: z.record(z.string(), z.string()).optional(),
    connection: z.uuid().optional(),
    /** Name of the environment variable that holds the access token. */
    token: z.string().optional(),
  }),
);

export type StateMapping = z.infer<typeof mapping>;

/** Reads the file of `--states`. */
export function stateMapping({ cwd, env }: World, file: string | undefined): StateMapping {
  if (file === undefined) return {};
  const read = mapping.safeParse(documentIn(cwd, file));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new HarnessError('usage', `--states: ${file}: /${issue?.path.join('/')}: ${issue?.message}`, {
      hint: '{ "a contact exists": { "params": { "contact_id": "…" }, "connection": "UUID", "token": "NAME_OF_A_VARIABLE" } }',
    });
  }
  for (const [state, { token }] of Object.entries(read.data)) {
    if (token === undefined) continue;
    if (!/^[A-Z][A-Z0-9_]*$/.test(token))
      throw new HarnessError('refused', `--states: ${file}: the token of "${state}" is no name of a variable`, {
        hint: 'Put the token into the environment, and the name of its variable into the file.',
      });
    if (!env[token]) throw new HarnessError('usage', `--states: ${token} is not set, which "${state}" needs`);
  }
  return read.data;
}

function documentIn(cwd: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(resolve(cwd, file), 'utf8'));
  } catch (cause) {
    throw new HarnessError('usage', `--states: ${file} ${fileTrouble(cause)}`, { cause });
  }
}

/** The tokens that the mapping names: secrets of the run. */
export function tokensOf({ env }: World, states: StateMapping): string[] {
  return Object.values(states).flatMap(({ token }) => (token === undefined ? [] : [env[token]!]));
}

export interface MappedStates {
  readonly handler: StateHandler;
  /** Names in the mapping that no interaction asked for. */
  unused(): readonly string[];
}

/** The mapped states as the file says, all others as before. */
export function mappedStates(
  { env }: World,
  states: StateMapping,
  { base, tenant, connectionHeader }: { base: StateHandler; tenant: Record<string, string>; connectionHeader: string },
): MappedStates {
  const unused = new Set(Object.keys(states));
  return {
    unused: () => [...unused],
    async handler(state, request) {
      const entry = states[state.name];
      if (entry === undefined) return base(state, request);
      unused.delete(state.name);
      if (entry.connection !== undefined) request.headers.push([connectionHeader, entry.connection]);
      if (entry.token !== undefined) request.authorization = `Bearer ${env[entry.token]}`;
      return entry.params === undefined ? base(state, request) : { ...tenant, ...entry.params };
    },
  };
}
