import type { Command } from 'commander';
import type { CiSystem } from './init.js';
import { oneOf, several, text, whole } from './parse.js';
import type { SandboxOptions } from './sandbox.js';
import type { World } from './world.js';

type Done = (exitCode: number) => void;

/** The commands beside the verdicts: they judge nothing and read no config file. */
export function addToolCommands(program: Command, world: World, done: Done): void {
  for (const add of [addGenerate, addSandbox, addLedger, addExplain, addInit]) add(program, world, done);
}

function addGenerate(program: Command, world: World, done: Done): void {
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
}

function addSandbox(program: Command, world: World, done: Done): void {
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
}

const collect = (value: string, all: string[]): string[] => [...all, value];

function addLedger(program: Command, world: World, done: Done): void {
  const command = program
    .command('ledger')
    .description('what earlier runs created, after asking what became of the requests that were in flight')
    .option('--offline', 'ask no provider')
    .option('--export <file>', 'write a clean-up sheet (CSV)', text)
    .action(async () => {
      const { ledger } = await import('./ledger.js');
      done(await ledger(world, command.opts<{ offline?: boolean; export?: string }>()));
    });
}

function addExplain(program: Command, world: World, done: Done): void {
  program
    .command('explain')
    .description('a finding code in plain words')
    .argument('[code]', 'as reports show it; all codes when left out', text)
    .action(async (code: string | undefined) => {
      const { explain } = await import('./explain.js');
      done(explain(world, code));
    });
}

function addInit(program: Command, world: World, done: Done): void {
  const command = program
    .command('init')
    .description('writes a config, a CI workflow and a first consumer test; what is there stays')
    .option('--ci <systems>', 'github, gitlab or both (default the one the project has)', several('github', 'gitlab'))
    .action(async () => {
      const { init } = await import('./init.js');
      done(await init(world, command.opts<{ ci?: readonly CiSystem[] }>().ci));
    });
}
