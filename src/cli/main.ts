import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { bugReport, errorText, exitCodes, HarnessError } from '../errors.js';
import { inert } from '../reporters/visible-text.js';
import { loadConfig } from './config.js';
import { drifting } from './drift-settings.js';
import type { CiSystem } from './init.js';
import { addPactCommands, type Configured } from './pact-commands.js';
import { oneOf, several, text, whole } from './parse.js';
import { refuseSecrets } from './refuse-secrets.js';
import type { SandboxOptions } from './sandbox.js';
import { say } from './say.js';
import {
  addOptions,
  judging,
  live,
  recorded,
  redacting,
  replaying,
  type Settings,
  settle,
  type Values,
} from './settings.js';
import { toolVersion } from './tool-version.js';
import type { World } from './world.js';

/** Runs one command and gives its exit code; nothing else of the process is touched. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  let exitCode: number = exitCodes.conforms;
  const program = programFor(world, (code) => {
    exitCode = code;
  });
  try {
    refuseSecrets(argv);
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return await tell(error, world);
  }
}

function programFor(world: World, done: (exitCode: number) => void): Command {
  const program = new Command('chift-contract')
    .description("Verifies the contract of Chift's create-contact endpoint, live, recorded and between teams.")
    .version(toolVersion)
    .exitOverride()
    .configureOutput({
      writeOut: (line) => world.stdout.write(line),
      writeErr: (line) => world.stderr.write(inert(line)),
      getOutHelpWidth: () => world.stdout.columns ?? 100,
    })
    .showSuggestionAfterError()
    .helpCommand(false)
    .enablePositionalOptions();

  const configured: Configured = (parent, name, summary, settings, action) => {
    const command = addOptions(parent.command(name).description(summary), settings).option(
      '--config <file>',
      'config file (default chift-contract.config.ts, .js or .json)',
    );
    return command.action(async () => {
      const flags = command.opts();
      const config = await loadConfig(world.cwd, flags['config'] as string | undefined);
      done(await action(settle(settings, flags, world.env, config), command.args));
    });
  };
  /** A command that judges: its settings come from flags, environment and config file. */
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
    async (settings) => {
      const { runAll } = await import('./run.js');
      return runAll(world, settings);
    },
  );
  judges('verify', 'drives a live provider with generated requests', live, async (settings) => {
    const { verify } = await import('./verify.js');
    return verify(world, settings);
  });
  judges(
    'check <file...>',
    'validates recorded exchanges: files, folders, globs, - for standard input',
    { ...recorded, ...redacting },
    async (settings, files) => {
      const { check } = await import('./check.js');
      return check(world, settings, files);
    },
  );

  judges(
    'replay <report> [fingerprint]',
    'sends the findings of an earlier run again: FIXED, FAILED, FLAKY or ERROR',
    replaying,
    async (settings, args) => {
      const { replay } = await import('./replay.js');
      return replay(world, settings, args as [string, string?]);
    },
  );

  judges(
    'drift [document]',
    'the contract against an OpenAPI document, two documents, or a schema of yours against the contract',
    drifting,
    async (settings, args) => {
      const { drift } = await import('./drift.js');
      return drift(world, settings, args);
    },
  );

  judges(
    'report <file...>',
    'renders earlier result.json files, the shards of one run as one',
    {},
    async (settings, files) => {
      const { report } = await import('./report.js');
      return report(world, settings, files);
    },
  );

  addPactCommands(program, world, configured);

  const generate = program
    .command('generate')
    .description('bodies as NDJSON on standard output')
    .argument('<kind>', 'valid, edge or invalid', oneOf('valid', 'edge', 'invalid'))
    .option(
      '-n, --count <n>',
      'how many; 10 valid bodies, every edge or every invalid neighbour when left out',
      whole(1),
    )
    .option('--seed <n>', 'seed of the bodies', whole(0, 2 ** 32 - 1))
    .action(async (kind: 'valid' | 'edge' | 'invalid') => {
      const { generateBodies } = await import('./generate.js');
      const { count, seed } = generate.opts<{ count?: number; seed?: number }>();
      done(await generateBodies(world, kind, count, seed));
    });

  const sandbox = program
    .command('sandbox')
    .description('the embedded provider on loopback, until it is stopped')
    .option('--port <n>', 'port; a free one when left out', whole(0, 65_535))
    .option('--fault <name>', 'break one promise; may be repeated', collect, [])
    .option('--list-faults', 'list the faults, each with the finding it must give')
    .option('--variation <name>', 'answer differently and keep every promise; may be repeated', collect, [])
    .option('--list-variations', 'list the harmless variations')
    .action(async () => {
      const { serveSandbox } = await import('./sandbox.js');
      done(await serveSandbox(world, sandbox.opts<SandboxOptions>()));
    });

  const ledgerCommand = program
    .command('ledger')
    .description('what earlier runs created, after asking what became of the requests that were in flight')
    .option('--offline', 'ask no provider')
    .option('--export <file>', 'write a clean-up sheet (CSV)', text)
    .action(async () => {
      const { ledger } = await import('./ledger.js');
      done(await ledger(world, ledgerCommand.opts<{ offline?: boolean; export?: string }>()));
    });

  program
    .command('explain')
    .description('a finding code in plain words')
    .argument('[code]', 'as reports show it; all codes when left out', text)
    .action(async (code: string | undefined) => {
      const { explain } = await import('./explain.js');
      done(explain(world, code));
    });

  const initCommand = program
    .command('init')
    .description('writes a config, a CI workflow and a first consumer test; what is there stays')
    .option('--ci <systems>', 'github, gitlab or both (default the one the project has)', several('github', 'gitlab'))
    .action(async () => {
      const { init } = await import('./init.js');
      done(await init(world, initCommand.opts<{ ci?: readonly CiSystem[] }>().ci));
    });
  return program;
}

const collect = (value: string, all: string[]): string[] => [...all, value];

/** Tells what went wrong in the words of the user's world; a stack trace only for a bug of ours. */
async function tell(error: unknown, world: World): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.conforms : exitCodes.usage;
  if (error instanceof InvalidArgumentError) {
    say(world.stderr, `error: ${error.message}`);
    return exitCodes.usage;
  }
  if (error instanceof HarnessError) {
    say(world.stderr, errorText(error));
    return exitCodes[error.code];
  }
  await tellBug(error, world);
  return exitCodes.bug;
}

/** What hides secrets is loaded only here: a command that goes well has it with its own work, `--help` needs none. */
export async function tellBug(error: unknown, world: World): Promise<void> {
  const { createRedactor } = await import('../exchange/redact.js');
  const { secretsOf } = await import('./secrets.js');
  say(world.stderr, createRedactor(secretsOf(world.env)).text(bugReport(error)));
}
