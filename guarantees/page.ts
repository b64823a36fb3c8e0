import coverage from '../mutation/coverage.json' with { type: 'json' };
import reasons from '../mutation/reasons.json' with { type: 'json' };
import score from '../mutation/score.json' with { type: 'json' };
import faults from './faults/table.json' with { type: 'json' };
import type { Guarantee, Proof } from './guarantee.js';

/** A guarantee with what its last experiment saw. */
export interface Shown extends Guarantee, Proof {
  readonly holds: boolean;
  /** ISO 8601. */
  readonly date: string;
}

/** The page of all guarantees, made from results.json, the score of the mutants and the table of faults. */
export function guaranteesPage(results: readonly Shown[]): string {
  return [
    '# Guarantees',
    '',
    'Made by `npm run guarantees`, which runs every experiment in minutes (`SCALE=long` is the round of the night). The',
    'experiments are the files in `guarantees/`. What does not hold is not promised.',
    '',
    ...table(['', 'guarantee', 'sample', 'result', 'date'], results.map(row)),
    '',
    ...results.flatMap(details),
    '## Faults',
    '',
    'Each is put on stage by `guarantees/faults/`. The class says what a fault is to the verdict: trouble of the network, a',
    'broken contract, bad input, a refusal for safety, or nothing at all.',
    '',
    ...table(
      ['', 'fault', 'put on stage by', 'class', 'exit'],
      faults.map((each) => [each.number, each.fault, each.injected, each.class, each.exit]),
    ),
    '',
    '## Mutants',
    '',
    `Killed by the tests of each part, ${score.date}. Branches are those of the same files that the whole test suite takes.`,
    '',
    ...table(
      ['file', 'mutants', 'killed', 'branches'],
      score.files.map((file) => [`\`${file.file}\``, file.total, `${percentKilled(file)} %`, branchesOf(file.file)]),
    ),
    '',
    '### What survived',
    '',
    ...score.files.flatMap(({ file, survivors }) =>
      survivors.length === 0 ? [] : [`\`${file}\``, '', ...survivors.map((each) => survivor(file, each)), ''],
    ),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

/** Rounded down, so that 90 is 90. */
export function percentKilled({ killed, total }: { readonly killed: number; readonly total: number }): number {
  return total === 0 ? 100 : Math.floor((100 * killed) / total);
}

const row = ({ id, promise, sample, result, holds, date }: Shown) => [
  id,
  promise,
  sample,
  holds ? result : `**broken**: ${result}`,
  date,
];

function details({ id, promise, experiment, limit }: Shown): string[] {
  return [`**${id}** ${promise} ${experiment}${limit === undefined ? '' : ` _Not given:_ ${limit}`}`, ''];
}

function branchesOf(file: string): string {
  const branches = (coverage.branches as Record<string, string>)[file];
  return branches ?? '–';
}

function survivor(file: string, { line, mutant }: { readonly line: string; readonly mutant: string }): string {
  const reason = (reasons as Readonly<Record<string, Readonly<Record<string, string>>>>)[file]?.[line];
  return `- ${code(line)} → ${code(mutant)}${reason === undefined ? '' : `: ${reason}`}`;
}

const code = (text: string): string => `\`\` ${text.replaceAll('``', "''")} \`\``;

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll(/[|<]/g, (sign) => `\\${sign}`)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
