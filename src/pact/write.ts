import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fidelity } from '../derive/pact-matcher.js';
import { HarnessError } from '../errors.js';
import { canonicalJson } from './canonical.js';
import { interactionKey, type PactInteraction } from './interaction.js';
import { type MockHost, startMockHost } from './mock-host.js';
import { exampleToken, fidelityOf, mockPlan } from './mock-plan.js';

/** Where a client finds the mock server of one interaction; `token` is the example token of the pact. */
export interface Mock {
  readonly baseUrl: string;
  readonly token: string | undefined;
}

/** Who the pact is between, what it holds and where it goes. */
export interface WritePactOptions {
  readonly consumer: string;
  readonly provider: string;
  readonly interactions: readonly PactInteraction[];
  /** Makes the client do what the interaction is about; rejects when the client breaks on the answer. */
  readonly run: (interaction: PactInteraction, mock: Mock) => Promise<unknown>;
  /** Folder of the file `<consumer>-<provider>.json`. */
  readonly dir: string;
  /** Values that must not stand in the file: the secrets this process knows. */
  readonly secrets?: readonly string[];
  /** For one interaction; default 10,000. */
  readonly timeoutMs?: number;
}

/** Whether a client kept one interaction, and how much of the model the interaction pins. */
export interface InteractionOutcome {
  readonly description: string;
  readonly states: PactInteraction['states'];
  readonly passed: boolean;
  readonly problems: readonly string[];
  readonly fidelity: readonly Fidelity[];
}

/** The pact that was written, with what became of each interaction. */
export interface WrittenPact {
  /** Undefined when an interaction failed: then the earlier file is left as it was. */
  readonly path: string | undefined;
  readonly sha256: string | undefined;
  readonly outcomes: readonly InteractionOutcome[];
}

/**
 * Runs the client through every interaction, each against a Pact mock server of its own, and writes one pact with
 * the same bytes each time: interactions and keys in order, replaced whole, nothing merged into an older file.
 * A client that misses an interaction is an outcome; nothing is written then.
 */
export async function writePact(options: WritePactOptions): Promise<WrittenPact> {
  requireDistinct(options.interactions);
  const host = startMockHost();
  try {
    const ran = [];
    for (const interaction of options.interactions) ran.push(await runOne(host, interaction, options));
    const outcomes = ran.map(({ outcome }) => outcome);
    if (ran.some(({ pact }) => pact === null)) return { path: undefined, sha256: undefined, outcomes };
    const text = merged(ran.map(({ pact }) => pact!));
    requireNoSecret(text, options.secrets ?? []);
    const path = join(options.dir, fileName(options.consumer, options.provider));
    replaceFile(path, text);
    return { path, sha256: createHash('sha256').update(text).digest('hex'), outcomes };
  } finally {
    await host.stop();
  }
}

async function runOne(host: MockHost, interaction: PactInteraction, options: WritePactOptions) {
  const server = await host.open(mockPlan(interaction, options.consumer, options.provider));
  const token = interaction.request.authorized ? exampleToken : undefined;
  const failure = await inTime(
    () => options.run(interaction, { baseUrl: server.url, token }),
    options.timeoutMs ?? 10_000,
  );
  const { problems, pact } = await server.close(failure === undefined);
  const all = failure === undefined ? problems : [...problems, failure];
  const outcome: InteractionOutcome = {
    description: interaction.description,
    states: interaction.states,
    passed: all.length === 0,
    problems: all,
    fidelity: fidelityOf(interaction),
  };
  return { outcome, pact: outcome.passed ? pact : null };
}

/** What went wrong in the client, in words; undefined when nothing did. */
async function inTime(work: () => Promise<unknown>, limitMs: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`the client gave no result within ${limitMs} ms`), limitMs);
  });
  const done = (async () => work())().then(
    () => undefined,
    (error: unknown) => `the client failed: ${error instanceof Error ? error.message : JSON.stringify(error)}`,
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}

interface PactFile {
  readonly interactions: readonly PactInteraction[];
}

/** Order by what identifies an interaction, so that neither the list nor the machine decides it. */
function merged(texts: readonly string[]): string {
  const files = texts.map((text) => JSON.parse(text) as PactFile & Record<string, unknown>);
  const interactions = files.flatMap((file) => file.interactions as unknown as { description: string }[]);
  const ordered = interactions
    .map((interaction) => ({ interaction, key: `${interaction.description}\n${canonicalJson(interaction)}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return canonicalJson({ ...files[0], interactions: ordered.map(({ interaction }) => interaction) });
}

function requireDistinct(interactions: readonly PactInteraction[]): void {
  if (interactions.length === 0) throw new HarnessError('usage', 'a pact needs at least one interaction');
  const seen = new Set<string>();
  for (const interaction of interactions) {
    const key = interactionKey(interaction);
    if (seen.has(key))
      throw new HarnessError('usage', `two interactions are called "${interaction.description}" in the same state`);
    seen.add(key);
  }
}

/** A pact is shared with everybody: a secret in it is refused before it leaves. */
export function requireNoSecret(text: string, secrets: readonly string[]): void {
  if (secrets.some((secret) => secret.length > 0 && text.includes(secret)))
    throw new HarnessError(
      'refused',
      'the pact holds a secret of this environment; it was neither written nor published',
      {
        hint: `Use example values; the token of an interaction is always "${exampleToken}".`,
      },
    );
}

/** As Pact's own writer names it, without anything that could lead out of the folder. */
export function fileName(consumer: string, provider: string): string {
  const part = (name: string) => name.replace(/[^\w.@-]+/g, '_').replace(/^\.+/, '_');
  return `${part(consumer)}-${part(provider)}.json`;
}

function replaceFile(path: string, text: string): void {
  const next = `${path}.${process.pid}.new`;
  try {
    mkdirSync(join(path, '..'), { recursive: true });
    if (readIfThere(path) === text) return;
    writeFileSync(next, text);
    renameSync(next, path);
  } catch (cause) {
    removeIfThere(next);
    throw new HarnessError('artefact', `the pact could not be written to ${path}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Must not hide why the write failed. */
function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}
