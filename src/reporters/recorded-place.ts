import type { ResultFinding } from '../run/result.js';

/** File and line of a finding in a recording: `traffic.ndjson:12`, `sdk.har#3`. Undefined for what was sent live. */
export function recordedPlace({ evidence, reproduce }: ResultFinding): { file: string; line: number } | undefined {
  if (reproduce.path !== null) return undefined;
  const [, file, line] = /^(.+?)(?::(\d+)|#\d+)?$/s.exec(evidence.place) ?? [];
  return file === undefined ? undefined : { file, line: Math.max(1, Number(line ?? 1)) };
}
