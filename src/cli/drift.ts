import { contract } from '../../contracts/chift/index.js';
import { endpointById, policyFor } from '../contract/contract.js';
import { openapiOf } from '../derive/openapi.js';
import { teamSchema } from '../derive/team-schema.js';
import type { Change } from '../drift/change.js';
import { compareDocuments } from '../drift/compare-documents.js';
import { compareTeam } from '../drift/compare-team.js';
import { deviationFor } from '../drift/deviation.js';
import { findingOf } from '../drift/findings.js';
import { readOpenapi } from '../drift/read-openapi.js';
import { HarnessError } from '../errors.js';
import { createRedactor } from '../exchange/redact.js';
import { fingerprint } from '../finding/finding.js';
import type { KnownFinding } from '../finding/known.js';
import type { RunResult } from '../run/result.js';
import { resultOf } from '../run/result-of.js';
import { Tally } from '../run/tally.js';
import { readApiDocument } from './api-document.js';
import { contractHash } from './contract-hash.js';
import { deliver } from './deliver.js';
import type { drifting } from './drift-settings.js';
import { knownFindings } from './judged-run.js';
import type { judging, Values } from './settings.js';
import { loadExport } from './team-module.js';
import { toolVersion } from './tool-version.js';
import type { World } from './world.js';

type DriftSettings = Values<typeof judging & typeof drifting>;

interface Drifted {
  readonly changes: readonly Change[];
  /** Operations or bodies that were compared. */
  readonly compared: number;
  readonly notes: readonly string[];
  /** What the contract differs in on purpose; nothing where it was not compared. */
  readonly deviations: readonly KnownFinding[];
  readonly target: string;
}

/** Compares and reports: the contract or an older document with a document, or a team's schema with the contract. */
export async function drift(world: World, settings: DriftSettings, [document]: readonly string[]): Promise<number> {
  const startedAt = world.clock.wall();
  const began = world.clock.now();
  const drifted = await compared(world, settings, document);
  const durationMs = Math.round(world.clock.now() - began);
  return deliver(world, settings, resultFrom(world, settings, drifted, { startedAt, durationMs }), []);
}

async function compared(world: World, settings: DriftSettings, document: string | undefined): Promise<Drifted> {
  const { schema, against } = settings;
  if (schema !== undefined) {
    if (document !== undefined || against !== undefined)
      throw new HarnessError('usage', '--schema is compared with the contract and takes no document');
    return ofTeam(world, settings, schema);
  }
  if (document === undefined)
    throw new HarnessError('usage', 'drift takes a document, or --schema', {
      hint: 'chift-contract drift openapi.json, or drift --schema ./schemas.ts#contact.',
    });
  const newer = readOpenapi(await readApiDocument(world, document), document);
  if (against === undefined) return ofContract(newer, document);
  const older = readOpenapi(await readApiDocument(world, against), against);
  const comparison = compareDocuments(older, newer, { whole: true });
  return { ...comparison, deviations: [], target: `${against} → ${document}` };
}

function ofContract(newer: ReturnType<typeof readOpenapi>, document: string): Drifted {
  const older = readOpenapi(openapiOf(contract), 'the contract');
  const comparison = compareDocuments(older, newer, {
    whole: false,
    policyFor: (operation, status) => policyFor(contract, endpointById(contract, operation), status),
  });
  const deviations = comparison.changes.flatMap((change, index) => {
    const deviation = deviationFor(contract, change);
    if (deviation === undefined) return [];
    const { reason, source } = deviation;
    return [{ fingerprint: fingerprint(findingOf(change, document, index)), reason: `${reason} (${source})` }];
  });
  return { ...comparison, deviations, target: document };
}

async function ofTeam(world: World, { as, endpoint }: DriftSettings, named: string): Promise<Drifted> {
  const team = teamSchema(await loadExport(world.cwd, named, '--schema'), named);
  const id = endpoint ?? contract.provider.resource.create;
  const { changes, direction, left, cut } = compareTeam(team, contract, { endpoint: id, direction: as, name: named });
  const notes = [
    `${named} is read as ${team.kind}`,
    ...(as === undefined ? [`nearest to the ${direction} of ${id}; --as says otherwise`] : []),
    ...(left.length === 0 ? [] : [`fields of the contract that it leaves open: ${left.join(', ')}`]),
    ...(cut ? ['it differs so much that not all of it was compared'] : []),
  ];
  return { changes, compared: 1, notes, deviations: [], target: named };
}

function resultFrom(
  world: World,
  settings: DriftSettings,
  { changes, compared: count, notes, deviations, target }: Drifted,
  time: { readonly startedAt: string; readonly durationMs: number },
): RunResult {
  const tally = new Tally(contract);
  tally.exchanges = count;
  tally.judged = count;
  tally.found(changes.map((change, index) => findingOf(change, target, index)));
  for (const note of notes) tally.notes.add(note);
  const { against, schema, as, endpoint } = settings;
  const options = Object.entries({ against, schema, as, endpoint }).filter(([, value]) => value !== undefined);
  const result = resultOf({
    version: toolVersion,
    command: 'drift',
    contract,
    contractHash: contractHash(contract),
    run: { id: world.runId, seed: null, shard: null, ...time, target, options: Object.fromEntries(options) },
    outcome: { tally, troubles: [], bugs: [], unfinishedCases: 0, silence: { count: 0, longest: 0 } },
    spent: { requests: 0, creates: 0, shrinkRequests: 0 },
    redactor: createRedactor([]),
    known: [...knownFindings(world.cwd, settings.known), ...deviations],
    today: time.startedAt.slice(0, 10),
    failOn: settings.failOn,
    minJudged: 1,
    interrupted: undefined,
    replay: undefined,
  });
  return { ...result, findings: result.findings.map((finding) => ({ ...finding, reproduce: nothingToSend })) };
}

/** A witness is a body that was thought of, not a request that was sent. */
const nothingToSend = { seed: null, path: null, curl: null, replay: null };
