import type { Contract } from '../contract/contract.js';
import { route } from '../contract/route.js';
import type { Exchange } from '../exchange/exchange.js';
import { escapePointer } from '../exchange/pointer.js';
import type { FindingCode } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import type { PactMismatch, PactVerification, VerifiedInteraction } from './verify.js';

/** Where an interaction is about an endpoint that the contract does not have. */
const elsewhere = 'elsewhere';

/** What Pact's verifier found, one finding for each place of each interaction; its evidence is the real exchange. */
export function pactFindings(
  { interactions }: PactVerification,
  contract: Contract,
  basePath: string,
): readonly Finding[] {
  return interactions.flatMap((interaction) => {
    const { result, exchange, mismatches } = interaction;
    if (exchange === undefined || (result !== 'failed' && result !== 'pending')) return [];
    const endpoint = route(contract, exchange.request.method, exchange.request.url, basePath)?.endpoint.id ?? elsewhere;
    return mismatches.map((mismatch) => findingOf(interaction, mismatch, exchange, endpoint));
  });
}

function findingOf(
  interaction: VerifiedInteraction,
  { kind, path, message }: PactMismatch,
  evidence: Exchange,
  endpoint: string,
): Finding {
  const name = interactionName(interaction);
  return {
    code: interaction.result === 'pending' ? 'pact.pending' : codes[kind],
    endpoint,
    at: placeOf(kind, path),
    rule: name,
    message: `${name}: ${message}`,
    evidence,
  };
}

const codes: Readonly<Record<PactMismatch['kind'], FindingCode>> = {
  status: 'pact.status',
  header: 'pact.header',
  body: 'pact.body',
  other: 'pact.interaction',
};

/** As people name it: the description and what must hold before. */
export function interactionName({ description, states }: Pick<VerifiedInteraction, 'description' | 'states'>): string {
  return states.length === 0 ? description : `${description}, given ${states.map(({ name }) => name).join(' and ')}`;
}

function placeOf(kind: PactMismatch['kind'], path: string): Finding['at'] {
  switch (kind) {
    case 'status':
      return { part: 'response.status', pointer: '' };
    case 'header':
      return { part: 'response.headers', pointer: `/${escapePointer(path.toLowerCase())}` };
    case 'body':
      return { part: 'response.body', pointer: pointerOfPath(path) };
    case 'other':
      return { part: 'exchange', pointer: '' };
  }
}

/** `$.addresses[1]['a b']` → `/addresses/1/a b`. */
export function pointerOfPath(path: string): string {
  const steps = path.matchAll(/\.([^.[\]]+)|\[(\d+|\*)\]|\['((?:[^'\\]|\\.)*)'\]/g);
  return [...steps].map(([, name, index, quoted]) => `/${escapePointer(name ?? index ?? quoted ?? '')}`).join('');
}
