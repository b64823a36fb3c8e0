import { listFaults, listVariations } from '../../contracts/chift/index.js';
import { pacting } from '../cli/pact-settings.js';
import { judging, live, recorded, type Settings } from '../cli/settings.js';
import { exitCodes } from '../errors.js';
import { type CatalogueEntry, catalogue } from '../finding/catalogue.js';
import { escaped, page, table } from './markdown-page.js';
import { command } from './test-world.js';

/** The pages below docs/reference, by file name, as the code of today says them. */
export async function referencePages(): Promise<Map<string, string>> {
  return new Map([
    ['commands.md', await commandsPage()],
    ['codes.md', codesPage()],
    ['config.md', configPage()],
    ['faults.md', faultsPage()],
  ]);
}

async function commandsPage(): Promise<string> {
  const sections = await helpOf([]);
  return page(
    'Commands',
    'What `--help` says of each. Exit codes are in the [README](../../README.md#commands).',
    sections,
  );
}

/** The help of a command and of those below it. */
async function helpOf(words: readonly string[]): Promise<string[]> {
  const { exitCode, out } = await command([...words, '--help'], { cwd: '/' });
  if (exitCode !== exitCodes.conforms) throw new Error(`${words.join(' ')} --help exits ${exitCode}`);
  const [, listed = ''] = out.split('\nCommands:\n');
  const names = [...listed.matchAll(/^ {2}([a-z-]+)/gm)].map((match) => match[1]!);
  const below: string[] = [];
  for (const name of names) below.push(...(await helpOf([...words, name])));
  return [`## ${['chift-contract', ...words].join(' ')}`, `\`\`\`text\n${out.trim()}\n\`\`\``, ...below];
}

function codesPage(): string {
  const entries = Object.entries(catalogue) as [string, CatalogueEntry][];
  const sections = entries.flatMap(([code, { severity, title, meaning, example, advice }]) => [
    `## ${code}`,
    `**${title}** (${severity}). ${meaning}`,
    `Example: ${example}`,
    `What to do: ${advice}`,
  ]);
  return page('Finding codes', 'Public and never renamed. `chift-contract explain CODE` says the same.', sections);
}

function configPage(): string {
  const groups: [title: string, settings: Settings][] = [
    ['Every command that judges', judging],
    ['verify, run and replay', live],
    ['check', recorded],
    ['pact', pacting],
  ];
  return page(
    'Config',
    'Keys of `chift-contract.config.ts`, `.js` or `.json`, typed by `defineConfig`. A flag wins over the environment, the environment over the file. `allowWrites`, `allowProduction`, `dryRun` and `shard` are flags only: they must be meant anew for every run.',
    groups.flatMap(([title, settings]) => [`## ${title}`, settingsTable(settings)]),
  );
}

function settingsTable(settings: Settings): string {
  const rows = Object.entries(settings).map(([name, { flag, env, fallback, describe }]) =>
    [name, flag, env ?? '', shown(fallback)]
      .map((cell) => (cell === '' ? '' : `\`${cell}\``))
      .concat(escaped(describe)),
  );
  return table(['key', 'flag', 'environment', 'default', 'what it does'], rows);
}

const shown = (fallback: unknown): string =>
  fallback === undefined || fallback === '' ? '' : Array.isArray(fallback) ? fallback.join(',') : String(fallback);

function faultsPage(): string {
  const faults = listFaults().map(({ name, finding, description }) => [
    `\`${name}\``,
    `[${finding}](codes.md#${finding.replaceAll('.', '')})`,
    escaped(description),
  ]);
  const variations = listVariations().map(({ name, description }) => [`\`${name}\``, escaped(description)]);
  return page(
    'Faults of the sandbox',
    '`chift-contract sandbox --fault NAME` breaks one promise; a run on it must give the finding beside it.',
    [
      table(['fault', 'finding', 'what the provider does'], faults),
      '## Variations',
      'Differences that keep every promise, for `startSandbox({ variations })`: a run on them finds no error.',
      table(['variation', 'what the provider does'], variations),
    ],
  );
}
