import { contract } from '../../contracts/chift/index.js';
import { properties } from '../../properties/chift/index.js';
import { checksFor } from '../checks/index.js';
import { exitCodes, HarnessError, worstExitCode } from '../errors.js';
import { fingerprint } from '../finding/finding.js';
import { listed, type Property, type Surroundings } from '../property/property.js';
import type { ResultFinding, RunResult } from '../run/result.js';
import { run } from '../run/run.js';
import { inputAt } from '../sources/case-path.js';
import { contractHash } from './contract-hash.js';
import { interruptionOf } from './interruption.js';
import { readResult } from './read-result.js';
import { type LiveSettings, onStage } from './stage.js';
import type { World } from './world.js';

/** How often a finding is sent: a defect that chance hides once is still seen. */
const times = 3;

export type Replayed = 'FIXED' | 'FAILED' | 'FLAKY' | 'ERROR';

/** Sends findings of an earlier run again, from their seed and path alone. Exit 1 while one still shows. */
export async function replay(
  world: World,
  settings: LiveSettings,
  [report, wanted]: readonly string[],
): Promise<number> {
  const result = readResult(world.cwd, report!);
  const findings = chosen(result, wanted, report!);
  const { hash } = result.contract;
  if (hash !== contractHash(contract))
    world.stderr.write('warning: the report is about another version of the contract\n');
  const codes: number[] = [];
  for (const finding of findings) {
    const { outcome, why } = await again(world, settings, result, finding);
    world.stdout.write(`${outcome.padEnd(6)}  ${finding.fingerprint}${why === undefined ? '' : `\n        ${why}`}\n`);
    codes.push(
      {
        FIXED: exitCodes.conforms,
        FAILED: exitCodes.findings,
        FLAKY: exitCodes.findings,
        ERROR: exitCodes.infrastructure,
      }[outcome],
    );
  }
  return worstExitCode(codes);
}

/** The finding of that fingerprint, or all that can be sent. */
function chosen(result: RunResult, wanted: string | undefined, file: string): readonly ResultFinding[] {
  const found =
    wanted === undefined
      ? result.findings.filter(({ severity, reproduce }) => severity !== 'info' && reproduce.path !== null)
      : result.findings.filter((finding) => finding.fingerprint === wanted);
  if (found.length > 0) return found;
  if (wanted === undefined)
    throw new HarnessError('usage', `${file} has no finding that can be sent again`, {
      hint: 'Findings in recordings are judged again by check.',
    });
  throw new HarnessError('usage', `${file} has no finding ${wanted}`, {
    hint: 'Fingerprints stand beside each finding, in quotes for a shell: they hold |.',
  });
}

/** Findings that another command sends again. */
const elsewhere: Readonly<Record<string, string>> = {
  pact: 'it is about an interaction of a pact: run pact verify again',
  client: 'it is about a client: the line beside the finding serves the answer again',
};

interface Again {
  readonly outcome: Replayed;
  readonly why?: string;
}

async function again(world: World, settings: LiveSettings, result: RunResult, finding: ResultFinding): Promise<Again> {
  const { path } = finding.reproduce;
  const at = path?.indexOf(':') ?? 0;
  const told = path === null ? undefined : elsewhere[path.slice(0, at)];
  if (told !== undefined) return { outcome: 'ERROR', why: told };
  const seed = settings.seed ?? finding.reproduce.seed;
  if (path === null || seed === null)
    return { outcome: 'ERROR', why: 'it was recorded, not sent: judge the recording again with check' };
  const property = properties.find(({ id }) => id === path.slice(0, at));
  if (property === undefined)
    return {
      outcome: 'ERROR',
      why: `there is no property ${path.slice(0, at)} in this version`,
    };
  const shown: boolean[] = [];
  for (let time = 0; time < times; time++) {
    const once = await sendOnce(
      { ...world, runId: `${world.runId}${time}` },
      { ...settings, ...placeOf(settings, result) },
      property,
      path.slice(at + 1),
      seed,
    );
    if (typeof once === 'string') return { outcome: 'ERROR', why: once };
    shown.push(once.has(finding.fingerprint));
  }
  if (shown.every(Boolean)) return { outcome: 'FAILED' };
  return shown.some(Boolean)
    ? { outcome: 'FLAKY', why: `shown ${shown.filter(Boolean).length} times of ${times}` }
    : { outcome: 'FIXED' };
}

/** The consumer of the run, unless another is named; the target is always named anew, or is the sandbox. */
function placeOf(settings: LiveSettings, result: RunResult): Partial<LiveSettings> {
  const { consumer } = result.run.options;
  return settings.consumer === undefined && typeof consumer === 'string' ? { consumer } : {};
}

/** The fingerprints that one case shows; a sentence when it cannot be sent. */
async function sendOnce(
  world: World,
  settings: LiveSettings,
  property: Property,
  path: string,
  seed: number,
): Promise<ReadonlySet<string> | string> {
  const interruption = interruptionOf(world);
  let missing = false;
  const one: Property = {
    ...property,
    filler: false,
    inputs: (around: Surroundings) => {
      const found = inputAt(property.inputs(around), path);
      missing = found === undefined;
      return listed(found === undefined ? [] : [found.input]);
    },
  };
  const { signal } = interruption;
  try {
    return await onStage({ world, contract, properties: [one], settings, seed, signal }, async (stage) => {
      if (missing) return `the model has changed: there is no input ${path} any more`;
      const sources = [stage.source];
      const basePaths = { live: stage.target.basePath, recorded: '' };
      const { tally, troubles } = await run({ contract, checks: checksFor(settings.echo), sources, signal, basePaths });
      if (troubles.length > 0 || tally.judged === 0) return troubles[0]?.message ?? 'nothing could be judged';
      return new Set([...tally.sightings.values()].map(({ finding }) => fingerprint(finding)));
    });
  } finally {
    interruption.end();
  }
}
