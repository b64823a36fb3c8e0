import type { JournalReading, JournalRecord } from './journal.js';

/** What became of one write, as far as the journals tell. */
export interface LedgerEntry {
  readonly requestId: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** `open`: it left, and nothing says what it did. `absent`: the look-up knows nothing of it. */
  readonly fate: 'created' | 'refused' | 'absent' | 'open';
  /** Id of what was created; null where the answer or the look-up named none. */
  readonly id: string | null;
}

/** One run that wrote, with everything it did. */
export interface LedgerRun {
  readonly run: string;
  readonly target: string;
  readonly tenant: string;
  readonly connection: string | null;
  readonly startedAt: string;
  readonly entries: readonly LedgerEntry[];
  /** Lines of the journal that cannot be trusted, and whether its last one was cut. */
  readonly damaged: readonly number[];
  readonly torn: boolean;
}

type RunRecord = Extract<JournalRecord, { kind: 'run' }>;

/** A journal as a book: every intent once, with the last word about it. Undefined for one without a beginning. */
export function ledgerRunOf({ records, damaged, torn }: JournalReading): LedgerRun | undefined {
  const head = records.find((record): record is RunRecord => record.kind === 'run');
  if (head === undefined) return undefined;
  const entries = new Map<string, LedgerEntry>();
  /** Request ids of which one sending has no outcome: a refusal of the next one says nothing about it. */
  const doubtful = new Set<string>();
  for (const record of records) {
    if (record.kind === 'run') continue;
    const earlier = entries.get(record.requestId);
    if (record.kind === 'unknown' || (record.kind === 'intent' && earlier?.fate === 'open'))
      doubtful.add(record.requestId);
    if (record.kind === 'refused' && doubtful.has(record.requestId)) continue;
    entries.set(record.requestId, {
      ...written(record, earlier),
      at: record.kind === 'intent' ? record.at : (earlier?.at ?? head.startedAt),
    });
  }
  const { run, target, tenant, connection, startedAt } = head;
  return { run, target, tenant, connection, startedAt, entries: [...entries.values()], damaged, torn };
}

function written(record: Exclude<JournalRecord, RunRecord>, earlier: LedgerEntry | undefined): Omit<LedgerEntry, 'at'> {
  const { requestId } = record;
  switch (record.kind) {
    case 'created':
      return { requestId, fate: 'created', id: record.id };
    case 'found':
      return record.status < 300
        ? { requestId, fate: 'created', id: record.id }
        : { requestId, fate: 'refused', id: null };
    case 'refused':
      // A repeat of a request id is refused because the first one created something.
      return earlier?.fate === 'created' ? earlier : { requestId, fate: 'refused', id: null };
    case 'absent':
      return { requestId, fate: 'absent', id: null };
    case 'intent':
    case 'unknown':
      return earlier?.fate === 'created' ? earlier : { requestId, fate: 'open', id: null };
  }
}

/** The sheet for whoever cleans up in the connected software: one line for each contact. Quoted as RFC 4180 has it. */
export function cleanUpSheet(runs: readonly LedgerRun[]): string {
  const rows = runs.flatMap(({ run, target, tenant, entries }) =>
    entries
      .filter(({ fate }) => fate === 'created' || fate === 'open')
      .map(({ id, requestId, at, fate }) => [tenant, id ?? '', fate, requestId, at, run, target]),
  );
  const header = ['consumer', 'contact', 'state', 'client request id', 'sent at', 'run', 'target'];
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A spreadsheet runs what starts like a formula; an id comes from the provider and may be anything. */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
