import type { Reporter } from './reporter.js';
import { jsonText } from './visible-text.js';

/** Names of the result in the order of its schema; names of records follow in code unit order. */
const order = [
  ...['schemaVersion', 'tool', 'name', 'version', 'command', 'contract', 'hash', 'run', 'id', 'place', 'seed', 'shard'],
  ...['startedAt', 'durationMs', 'target', 'options', 'verdict', 'exitCode', 'totals', 'exchanges', 'judged'],
  ...['unjudged', 'outOfScope', 'unreadable', 'reason', 'count', 'coverage', 'endpoints', 'promised', 'statuses'],
  ...['fields', 'edges', 'mutations', 'places', 'total', 'tried', 'failed', 'requests', 'creates', 'shrinkRequests'],
  ...['notes', 'findings', 'code', 'severity', 'title', 'message', 'endpoint', 'at', 'part', 'pointer', 'rule'],
  ...['fingerprint', 'seen', 'steady', 'known', 'expires', 'attribution', 'evidence', 'request', 'response'],
  ...['unanswered', 'before', 'method', 'url', 'status', 'headers', 'body', 'state', 'text', 'base64', 'size'],
  ...['omitted', 'reproduce', 'path', 'curl', 'replay', 'artefacts', 'sha256'],
];
const rank = new Map(order.map((name, index) => [name, index]));

/** `result.json`: the whole result, in an order of keys that does not depend on how it was made. */
export const json: Reporter = {
  id: 'json',
  file: 'result.json',
  render: (result) => jsonText(ordered(result)),
};

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => before(a, b));
  return Object.fromEntries(entries.map(([name, member]) => [name, ordered(member)]));
}

function before(a: string, b: string): number {
  const difference = (rank.get(a) ?? order.length) - (rank.get(b) ?? order.length);
  return difference !== 0 ? difference : a < b ? -1 : 1;
}
