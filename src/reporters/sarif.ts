import { createHash } from 'node:crypto';
import { catalogue, isFindingCode } from '../finding/catalogue.js';
import type { ResultFinding, RunResult } from '../run/result.js';
import { startOf } from './ctrf.js';
import { recordedPlace } from './recorded-place.js';
import type { Reporter } from './reporter.js';
import { jsonText, visible } from './visible-text.js';

/** GitHub refuses more results than this from one run, and shows the first 5,000: errors come first. */
const mostResults = 25_000;
/** Of a message and of a description, GitHub shows so many characters. */
const longestText = 1000;
/** A longer command is in the JSON report: 25,000 of them would make a file that GitHub does not take. */
const longestCommand = 2000;

/** SARIF 2.1.0 for code scanning: the catalogue as rules, findings with fingerprints that outlive a run. */
export const sarif: Reporter = {
  id: 'sarif',
  file: 'result.sarif',
  render: (result) => jsonText(log(result)),
};

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

function log(result: RunResult): object {
  const { tool, command, contract, findings } = result;
  const codes = [...new Set([...Object.keys(catalogue), ...findings.map(({ code }) => code)])];
  const rules = codes.map((code) => rule(code, findings));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, rules } },
        automationDetails: { id: `${tool.name}/${command}/${visible(contract.name)}/` },
        invocations: [invocation(result)],
        results: findings.slice(0, mostResults).map((finding) => resultOf(finding, codes, result)),
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
}

function rule(code: string, findings: readonly ResultFinding[]): object {
  if (!isFindingCode(code)) {
    const { title, severity } = findings.find((finding) => finding.code === code)!;
    return { id: visible(code), shortDescription: message(title), defaultConfiguration: { level: levels[severity] } };
  }
  const { title, meaning, example, advice, severity } = catalogue[code];
  return {
    id: code,
    shortDescription: message(title),
    fullDescription: message(meaning),
    help: {
      text: `${meaning}\n\nExample: ${example}\n\nWhat to do: ${advice}`,
      markdown: `${meaning}\n\n**Example:** ${example}\n\n**What to do:** ${advice}\n\n\`npx chift-contract explain ${code}\``,
    },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['contract', code.split('.')[0]] },
  };
}

function invocation({ exitCode, verdict, run, notes, unjudged, findings }: RunResult): object {
  const start = startOf(run.startedAt);
  const left = findings.length - mostResults;
  const told = [
    ...notes,
    ...unjudged.map(({ reason, count }) => `not judged, ${count} times: ${reason}`),
    ...(left > 0 ? [`${left} more findings are in the JSON report`] : []),
  ];
  return {
    executionSuccessful: verdict === 'conforms' || verdict === 'violates',
    exitCode,
    startTimeUtc: new Date(start).toISOString(),
    endTimeUtc: new Date(start + Math.round(run.durationMs)).toISOString(),
    toolExecutionNotifications: told.map((text) => ({ level: 'note', message: message(text) })),
  };
}

function resultOf(finding: ResultFinding, codes: readonly string[], result: RunResult): object {
  const {
    code,
    severity,
    title,
    endpoint,
    at,
    fingerprint,
    seen,
    known,
    attribution,
    reproduce,
    rule: promise,
  } = finding;
  const hash = createHash('sha256').update(fingerprint).digest('hex');
  return {
    ruleId: visible(code),
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: message(`${title}: ${finding.message}`),
    locations: [
      {
        physicalLocation: physicalLocation(finding, result),
        logicalLocations: [{ fullyQualifiedName: visible(`${endpoint} ${at.part}${at.pointer}`), kind: 'member' }],
      },
    ],
    partialFingerprints: {
      'contractFinding/v1': visible(fingerprint),
      primaryLocationLineHash: `${hash.slice(0, 16)}:1`,
    },
    occurrenceCount: seen,
    ...(known === null
      ? {}
      : { suppressions: [{ kind: 'external', status: 'accepted', justification: visible(known.reason) }] }),
    properties: {
      promise: visible(promise),
      attribution,
      steady: finding.steady,
      ...(reproduce.curl === null || reproduce.curl.length > longestCommand ? {} : { curl: visible(reproduce.curl) }),
      ...(reproduce.seed === null ? {} : { seed: reproduce.seed }),
    },
  };
}

/** A recording is a file with a place in it; what was sent live is shown at the contract, else at the result. */
function physicalLocation(finding: ResultFinding, { artefacts }: RunResult): object {
  const recorded = recordedPlace(finding);
  const contract = artefacts.find(({ path }) => path.endsWith('openapi.json'))?.path ?? 'result.json';
  return {
    artifactLocation: { uri: relativeUri(recorded?.file ?? contract) },
    region: { startLine: recorded?.line ?? 1 },
  };
}

function relativeUri(path: string): string {
  const segments = path
    .toWellFormed()
    .replaceAll('\\', '/')
    .split('/')
    .filter((segment) => segment !== '');
  return segments.map((segment) => encodeURIComponent(segment.toWellFormed())).join('/') || 'result.json';
}

/** Braces with a number would be filled in and brackets followed by a parenthesis would be a link: neither is meant. */
function message(text: string): { text: string } {
  const characters = [...visible(text)];
  const shown = characters.length > longestText ? `${characters.slice(0, longestText - 1).join('')}…` : visible(text);
  return {
    text: shown.replaceAll(/\{(\d+)\}/g, '{{$1}}').replaceAll('](', '] ('),
  };
}
