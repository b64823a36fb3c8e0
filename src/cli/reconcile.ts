import { contract } from '../../contracts/chift/index.js';
import { HarnessError } from '../errors.js';
import { noJournal, openJournal } from '../transport/journal.js';
import type { LedgerEntry, LedgerRun } from '../transport/ledger.js';
import { targetOf } from '../transport/permit.js';
import { type Gate, openGate } from './gate.js';
import { readPlainly } from './read.js';
import type { World } from './world.js';

/** The provider itself repeats towards the connected software for up to 31 s, so a young request may still arrive. */
const settledMs = 120_000;

/** Read requests that one reconciliation may take, tokens and retries included. */
const readsPerRequest = 4;

/**
 * Asks the provider's look-up by client request id what became of requests without an answer, and adds what it says
 * to their journal. Only reads. Throws where the target cannot be asked.
 */
export async function reconcile(
  world: World,
  run: LedgerRun,
  open: readonly LedgerEntry[],
  journalFile: string,
  signal: AbortSignal,
): Promise<void> {
  const target = targetOf(run.target);
  const gate = openGate({
    world,
    contract,
    target,
    tenant: run.tenant,
    permit: undefined,
    maxRequests: 10 + open.length * readsPerRequest,
    maxTimeMs: undefined,
    timeoutMs: 30_000,
    concurrency: 1,
    rateLimit: undefined,
    journal: noJournal,
    signal,
  });
  const journal = await openJournal(journalFile, true);
  try {
    const connection = run.connection ?? (await onlyConnection(gate, run.tenant));
    for (const { requestId, at } of open) {
      const { status, json } = await readPlainly(contract, gate.door, {
        endpoint: 'getTransaction',
        params: { consumer_id: run.tenant, connection_id: connection },
        query: { client_request_id: requestId },
      });
      const age = Date.parse(world.clock.wall()) - Date.parse(at);
      if (status === 404 && (target.loopback || age > settledMs)) await journal.append({ kind: 'absent', requestId });
      const said = json as { status_code?: unknown; created_entity_id?: unknown } | undefined;
      if (status !== 200 || typeof said?.status_code !== 'number') continue;
      const id = typeof said.created_entity_id === 'string' ? said.created_entity_id : null;
      await journal.append({ kind: 'found', requestId, status: said.status_code, id });
    }
  } finally {
    await journal.close();
    await gate.close();
  }
}

async function onlyConnection(gate: Gate, consumer: string): Promise<string> {
  const { status, json } = await readPlainly(contract, gate.door, {
    endpoint: 'listConnections',
    params: { consumer_id: consumer },
  });
  const active = (Array.isArray(json) ? (json as { connectionid?: unknown; status?: unknown }[]) : []).filter(
    (item) => item.status === 'active',
  );
  const [first] = active;
  if (status === 200 && active.length === 1 && typeof first?.connectionid === 'string') return first.connectionid;
  throw new HarnessError(
    'infrastructure',
    `the connection of consumer ${consumer} is not clear: status ${status}, ${active.length} active`,
    {
      hint: 'Runs with --connection UUID can be reconciled whatever else is connected.',
    },
  );
}
