import { contract } from '../contracts/chift/index.js';
import { type Deviations, emulationOf } from '../contracts/chift/sandbox/emulation-of.js';
import { headerValue } from '../src/exchange/headers.js';
import type { EmulatedRequest, Reply } from '../src/sandbox/emulation.js';
import { type Host, startHost } from '../src/sandbox/host.js';
import { contactsAt } from '../src/testing/contacts-at.js';
import { command } from '../src/testing/test-world.js';

/** The embedded provider, with somebody who sees each request before it is handled and each answer before it leaves, and may answer otherwise. */
export function watchedSandbox(
  deviations: Deviations,
  watch: {
    before?(request: EmulatedRequest): unknown;
    /** May give another answer. */
    after?(request: EmulatedRequest, reply: Reply): unknown;
  },
): Promise<Host> {
  const emulation = emulationOf(deviations);
  return startHost({
    async handle(request) {
      await watch.before?.(request);
      const reply = await emulation.handle(request);
      const other = (await watch.after?.(request, reply)) as Reply | undefined;
      return other ?? reply;
    },
  });
}

export const isCreate = ({ method, path }: EmulatedRequest): boolean => method === 'POST' && path.endsWith('/contacts');

export const requestIdOf = ({ headers }: EmulatedRequest): string =>
  headerValue(headers, contract.provider.headers.requestId) ?? '';

/** Contacts that the provider holds and `ledger`, after asking it, does not name, and requests whose fate it leaves open. */
export async function unknownContacts(url: string, cwd: string): Promise<string[]> {
  const { out } = await command(['ledger'], { cwd });
  const known = new Set(out.match(/contact-\d+/g));
  const lost = (await contactsAt(url)).filter((id) => !known.has(id));
  return [...lost, ...(out.match(/[1-9]\d* open/g) ?? [])];
}
