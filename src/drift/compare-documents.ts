import type { StatusPolicy } from '../contract/contract.js';
import type { Change } from './change.js';
import { OperationComparison } from './compare-operations.js';
import type { DriftVerdict } from './compare-schemas.js';
import type { ApiDocument, ApiOperation } from './read-openapi.js';
import type { Side } from './suspicion.js';

export interface DocumentComparison {
  readonly changes: readonly Change[];
  /** Operations that both documents have, and whose parts were compared. */
  readonly compared: number;
  /** What a reader should know beside the changes. */
  readonly notes: readonly string[];
}

/** How two operations are compared. */
export interface OperationOptions extends Pick<DocumentOptions, 'policyFor'> {
  /** What the two sides are called in sentences. */
  readonly names: Readonly<Record<Side, string>>;
}

export interface DocumentOptions {
  /** Operations that only the newer document has are changes; false where the older one means to hold a part only. */
  readonly whole: boolean;
  /** What is known of a status that the older document does not name. */
  readonly policyFor?: (operation: string, status: number) => StatusPolicy | undefined;
}

/** What changes from the older document to the newer one, operation by operation; paths match whatever their parameters are called. */
export function compareDocuments(older: ApiDocument, newer: ApiDocument, options: DocumentOptions): DocumentComparison {
  const left = new Map(older.operations.map((operation) => [routeOf(operation), operation]));
  const right = new Map(newer.operations.map((operation) => [routeOf(operation), operation]));
  const names = { a: older.name, b: newer.name };
  const changes: Change[] = [];
  const notes: string[] = [];
  let compared = 0;
  for (const [route, a] of left) {
    const b = right.get(route);
    if (b === undefined)
      changes.push(endpointChange(a, 'endpoint removed', `${newer.name} does not have it`, 'breaking'));
    else {
      compared++;
      changes.push(...new OperationComparison(a, b, { ...options, names }, notes).changes());
    }
  }
  const added = [...right].filter(([route]) => !left.has(route)).map(([, operation]) => operation);
  if (options.whole)
    for (const operation of added)
      changes.push(endpointChange(operation, 'endpoint added', `${older.name} does not have it`, 'safe'));
  else if (added.length > 0) notes.push(`${newer.name} has ${added.length} operations beside those of ${older.name}`);
  return { changes, compared, notes };
}

const routeOf = ({ method, path }: ApiOperation): string =>
  `${method} ${path.replace(/\{[^}]*\}/g, '{}').replace(/(.)\/$/, '$1')}`;

function endpointChange({ id, method, path }: ApiOperation, rule: string, why: string, verdict: DriftVerdict): Change {
  const at = { part: 'exchange', pointer: '' } as const;
  const message = `${method} ${path}: ${why}.`;
  return {
    operation: id,
    method,
    path,
    side: 'endpoint',
    at,
    status: undefined,
    rule,
    message,
    verdict,
    witness: undefined,
  };
}
