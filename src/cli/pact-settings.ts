import { InvalidArgumentError } from 'commander';
import { duration, oneOf, type Parse, text, whole } from './parse.js';
import { live, option, toggle } from './settings.js';

const list: Parse<readonly string[]> = (value) => value.split(',').map((name) => name.trim());

/** A flag that may be repeated: commander hands over what it has collected so far. */
const repeated: Parse<readonly string[]> = (value, ...all: unknown[]) => [
  ...((all[0] as readonly string[] | undefined) ?? []),
  text(value),
];

/** What writing a pact takes. */
export const pacting = {
  pactDir: option('--pact-dir <dir>', 'folder of the pact file (default pacts)', text),
  consumerName: option('--consumer-name <name>', 'name of the consumer (default the name in package.json)', text),
  uses: option(
    '--uses <fields>',
    'fields that the team reads, as id,source_ref.id,email, or its own schema, as ./schema.ts#contact: only they are pinned',
    list,
  ),
  client: option('--client <module>', "the team's own client, which is run through every interaction", text),
};

/** Where a broker is. Credentials come from the environment only. */
const address = {
  brokerBaseUrl: option('--broker-base-url <url>', 'base URL of the broker', brokerUrl, {
    env: 'PACT_BROKER_BASE_URL',
  }),
};

/** What replaying pacts at a provider takes. */
export const verifying = {
  url: live.url,
  consumer: live.consumer,
  maxRequests: live.maxRequests,
  maxCreates: live.maxCreates,
  maxTime: live.maxTime,
  timeout: live.timeout,
  rateLimit: live.rateLimit,
  echo: live.echo,
  allowWrites: live.allowWrites,
  dryRun: live.dryRun,
  broker: toggle('--broker', 'the pacts that the broker selects for this provider, instead of files'),
  ...address,
  publish: toggle('--publish', 'send the results back to the broker'),
  states: option(
    '--states <file>',
    'what provider states mean at this provider: state → params, connection, token',
    text,
  ),
  providerVersion: option(
    '--provider-version <version>',
    'version that the results are published under (default the date of the published document and a hash)',
    text,
  ),
  providerBranch: option('--provider-branch <branch>', 'branch of that version; pending pacts fail nothing then', text),
  includeWip: option(
    '--include-wip <date>',
    'the newest pacts of other branches since that day too, failing nothing',
    day,
  ),
};

/** What one question to the broker takes. */
const broker = {
  ...address,
  timeout: option('--timeout <duration>', 'longest wait for the broker', duration, { unit: 'ms', fallback: 15_000 }),
};

export const publishing = {
  pactDir: pacting.pactDir,
  ...broker,
  consumerAppVersion: option(
    '--consumer-app-version <version>',
    'version of the consumer (default the git commit)',
    text,
  ),
  branch: option('--branch <branch>', 'branch of that version (default the git branch)', text),
  tag: option('--tag <tag>', 'tag of that version; may be repeated', repeated, { fallback: [] as readonly string[] }),
  buildUrl: option('--build-url <url>', 'page of the build that publishes', text),
};

/** What a client under test takes: it sends nothing to a provider, so nothing of a target is asked for. */
export const serving = {
  consumer: live.consumer,
  maxRequests: option('--max-requests <n>', 'calls of the client at most; the whole plan when left out', whole(1)),
  maxTime: live.maxTime,
  timeout: option('--timeout <duration>', 'longest wait for one result of the client', duration, {
    unit: 'ms',
    fallback: 10_000,
  }),
  only: live.only,
  echo: option(
    '--echo <mode>',
    'how exactly the client must hand answers on: strict, normalised or off',
    oneOf('strict', 'normalised', 'off'),
    { fallback: 'strict' as 'strict' | 'normalised' | 'off' },
  ),
  case: option('--case <id>', 'one answer only, as reports name it', text),
  dryRun: toggle('--dry-run', 'list the answers and serve none'),
};

const participant = {
  ...broker,
  pacticipant: option('--pacticipant <name>', 'who is asked about (default the name in package.json)', text),
  version: option('--version <version>', 'its version (default the git commit)', text),
};

export const asking = {
  ...participant,
  toEnvironment: option('--to-environment <name>', 'where it would be deployed', text),
};

export const recording = {
  ...participant,
  environment: option('--environment <name>', 'where it was deployed', text),
};

function day(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw new InvalidArgumentError('It takes a date, as 2026-09-01.');
}

function brokerUrl(value: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw new InvalidArgumentError('It takes an http or https URL.');
}
