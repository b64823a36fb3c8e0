import { answering } from '../pact/answering.js';
import { type ClientModule, isCrash, loadClient } from '../pact/client-module.js';
import type { CallMessage, CallReply, LoadMessage } from './team-process.js';

let client: ClientModule | undefined;

answering(async (message: LoadMessage | CallMessage): Promise<readonly string[] | CallReply> => {
  if ('load' in message) {
    client = await loadClient(message.load, message.names);
    return Object.keys(client);
  }
  const { endpoint, baseUrl, token, body, params } = message.call;
  try {
    return { kind: 'returned', json: asJson(await client![endpoint]!(baseUrl, token, body, params)) };
  } catch (error) {
    const { name, message: words } = error instanceof Error ? error : { name: typeof error, message: String(error) };
    return { kind: 'threw', name, message: words, crash: isCrash(error) };
  }
});

/** Undefined for what JSON cannot say: then nothing is known about the result but that there was one. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
