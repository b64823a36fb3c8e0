import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { bugReport, errorText, exitCodes, HarnessError } from '../errors.js';
import { inert } from '../reporters/visible-text.js';
import { loadConfig } from './config.js';
import { addJudgingCommands } from './judging-commands.js';
import { addPactCommands, type Configured } from './pact-commands.js';
import { refuseSecrets } from './refuse-secrets.js';
import { say } from './say.js';
import { addOptions, settle } from './settings.js';
import { addToolCommands } from './tool-commands.js';
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
  addJudgingCommands(program, world, configured);
  addPactCommands(program, world, configured);
  addToolCommands(program, world, done);
  return program;
}

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
