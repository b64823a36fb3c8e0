import type { ResultFinding, RunResult } from '../run/result.js';
import { recordedPlace } from './recorded-place.js';
import { amount, whereOf } from './summary.js';
import { oneLine, withoutCommand } from './visible-text.js';

/** GitHub shows so many of each kind from one step, and drops the others without a word. */
const most = 10;

/**
 * Findings as GitHub Actions takes them from a log: `::error title=…::…`, each on one line. Accepted ones are left out;
 * what has no room is counted in the last of its kind.
 */
export function annotations({ findings }: RunResult): string[] {
  return (['error', 'warning'] as const).flatMap((severity) => {
    const open = findings.filter((finding) => finding.severity === severity && finding.known === null);
    if (open.length <= most) return open.map(annotation);
    const left = amount(open.length - most + 1, `more ${severity}`);
    return [...open.slice(0, most - 1).map(annotation), `::${severity}::${left} in the reports`];
  });
}

function annotation(finding: ResultFinding): string {
  const place = recordedPlace(finding);
  const properties = [
    ...(place === undefined ? [] : [`file=${property(place.file)}`, `line=${place.line}`]),
    `title=${property(finding.title)}`,
  ];
  const message = oneLine(`${whereOf(finding)}: ${finding.message} (${finding.code})`, 1000);
  return `::${finding.severity} ${properties.join(',')}::${data(message)}`;
}

/** Text that ends no line and no property, and begins no other command. */
const data = (text: string): string => withoutCommand(text).replaceAll('%', '%25');

const property = (text: string): string => data(oneLine(text, 200)).replaceAll(':', '%3A').replaceAll(',', '%2C');
