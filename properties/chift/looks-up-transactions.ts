import { type Call, type Finding, listed, type Property, type Surroundings, unexpected } from '../../src/index.js';
import { person } from './bodies.js';

/** The look-up by client request id tells what became of a create, in the connection given or the only active one. */
export const looksUpTransactions: Property<'look-up'> = {
  id: 'contacts.looks-up-transactions',
  kind: 'stateful',
  exclusive: true,
  inputs: () => listed(['look-up']),
  async run(_, call, around) {
    const connection = await connectionOf(call, around);
    if (connection === undefined) return [];
    const requestId = around.nextRequestId();
    const created = await call({ endpoint: 'createContact', body: person('transaction'), requestId });
    const id = (created.json as { id?: unknown } | undefined)?.id;
    if (created.status !== 200 || typeof id !== 'string') return [];
    const looked = await call({
      endpoint: 'getTransaction',
      params: { connection_id: connection },
      query: { client_request_id: requestId },
      before: [created.exchange],
    });
    if (looked.status === 0 || looked.status >= 500) return [];
    const said = looked.json as { status_code?: unknown; created_entity_id?: unknown } | undefined;
    const wrong =
      looked.status !== 200
        ? `the look-up of a create just answered gives ${looked.status}`
        : said?.status_code !== created.status
          ? `the look-up says status ${JSON.stringify(said?.status_code)}, the create was answered ${created.status}`
          : said.created_entity_id !== id
            ? `the look-up names ${JSON.stringify(said.created_entity_id)}, the create ${JSON.stringify(id)}`
            : undefined;
    const found = wrong
      ? [unexpected(looked, 'getTransaction', 'state.transaction', 'the look-up tells what happened', wrong)]
      : [];
    return [...found, ...(await looksUpNothing(call, connection, around.nextRequestId()))];
  },
};

/** A client request id that was never sent leads to no transaction. */
async function looksUpNothing(call: Call, connection: string, requestId: string): Promise<Finding[]> {
  const looked = await call({
    endpoint: 'getTransaction',
    params: { connection_id: connection },
    query: { client_request_id: requestId },
  });
  if (looked.status !== 200) return [];
  const message = 'a client request id that was never sent leads to a transaction';
  return [unexpected(looked, 'getTransaction', 'state.transaction', 'nothing sent, nothing found', message)];
}

/** Undefined where there are several active ones and nobody said which. */
async function connectionOf(call: Call, { connection }: Surroundings): Promise<string | undefined> {
  if (connection !== undefined) return connection;
  const { status, json } = await call({ endpoint: 'listConnections' });
  if (status !== 200 || !Array.isArray(json)) return undefined;
  const active = (json as { connectionid?: unknown; status?: unknown }[]).filter((item) => item.status === 'active');
  const id = active[0]?.connectionid;
  return active.length === 1 && typeof id === 'string' ? id : undefined;
}
