import type { Contract } from '../contract/contract.js';
import { HarnessError } from '../errors.js';
import type { Door } from '../transport/door.js';
import type { Target } from '../transport/permit.js';
import { readPlainly } from './read.js';

export interface PreflightInput {
  readonly contract: Contract;
  readonly door: Door;
  readonly target: Target;
  readonly consumer: string;
  /** The operator has said once more that the names may look like production. */
  readonly allowProduction: boolean;
}

const looksLikeProduction = /(^|[^a-z])(prod|production|live)([^a-z]|$)/i;

/**
 * Who would be written to, as the provider names them: the consumer, its connections, its contacts. Refuses (exit 4)
 * what does not exist or is named like production. Only reads.
 */
export async function preflight({
  contract,
  door,
  target,
  consumer,
  allowProduction,
}: PreflightInput): Promise<string> {
  const params = { [contract.provider.tenant]: consumer };
  const found = await readPlainly(contract, door, { endpoint: 'getConsumer', params });
  if (found.status !== 200)
    throw new HarnessError(
      'refused',
      `consumer ${consumer} cannot be looked up at ${target.origin}: status ${found.status}`,
      {
        hint: 'Check the UUID and which environment the key belongs to.',
      },
    );
  const name = textAt(found.json, 'name') ?? '(no name)';
  const connections = await readPlainly(contract, door, { endpoint: 'listConnections', params });
  const software = (Array.isArray(connections.json) ? connections.json : []).map(
    (item: unknown) => `${textAt(item, 'name') ?? '(no name)'} [${textAt(item, 'integration') ?? '?'}]`,
  );
  const contacts = await readPlainly(contract, door, {
    endpoint: contract.provider.resource.list,
    params,
    query: { page: '1', size: '1' },
  });
  const total = (contacts.json as { total?: unknown } | undefined)?.total;
  const suspicious = [name, ...software].find((text) => looksLikeProduction.test(text));
  if (suspicious !== undefined && !allowProduction)
    throw new HarnessError('refused', `${JSON.stringify(suspicious)} looks like production`, {
      hint: 'If it is a sandbox all the same, say so with --allow-production.',
    });
  return `Consumer ${name}, connected: ${software.join(', ') || 'nothing'}, ${typeof total === 'number' ? total : 'unknown'} contacts so far`;
}

function textAt(value: unknown, key: string): string | undefined {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}
