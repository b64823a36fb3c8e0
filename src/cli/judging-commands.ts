import type { Command } from 'commander';
import { drifting } from './drift-settings.js';
import type { Configured } from './pact-commands.js';
import { judging, live, recorded, redacting, replaying, type Settings, type Values } from './settings.js';
import type { World } from './world.js';

/** The commands that end in a result and a verdict. */
export function addJudgingCommands(program: Command, world: World, configured: Configured): void {
  const judges = <S extends Settings>(
    name: string,
    summary: string,
    own: S,
    action: (settings: Values<S & typeof judging>, args: string[]) => Promise<number>,
  ): Command => configured<S & typeof judging>(program, name, summary, { ...own, ...judging }, action);

  judges(
    'run',
    'the main job: contract files, pact, a run against the sandbox or --url, the shipped recordings',
    live,
    async (settings) => (await import('./run.js')).runAll(world, settings),
  );
  judges('verify', 'drives a live provider with generated requests', live, async (settings) =>
    (await import('./verify.js')).verify(world, settings),
  );
  judges(
    'check <file...>',
    'validates recorded exchanges: files, folders, globs, - for standard input',
    { ...recorded, ...redacting },
    async (settings, files) => (await import('./check.js')).check(world, settings, files),
  );
  judges(
    'replay <report> [fingerprint]',
    'sends the findings of an earlier run again: FIXED, FAILED, FLAKY or ERROR',
    replaying,
    async (settings, args) => (await import('./replay.js')).replay(world, settings, args as [string, string?]),
  );
  judges(
    'drift [document]',
    'the contract against an OpenAPI document, two documents, or a schema of yours against the contract',
    drifting,
    async (settings, args) => (await import('./drift.js')).drift(world, settings, args),
  );
  judges(
    'report <file...>',
    'renders earlier result.json files, the shards of one run as one',
    {},
    async (settings, files) => (await import('./report.js')).report(world, settings, files),
  );
}
