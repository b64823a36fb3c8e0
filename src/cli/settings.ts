import { type Command, InvalidArgumentError, Option } from 'commander';
import { HarnessError } from '../errors.js';
import { exportNames } from '../exports/index.js';
import { type FormatName, formatNames } from '../formats/index.js';
import { kinds } from '../property/property.js';
import { type ReportName, reportNames } from '../reporters/index.js';
import { duration, oneOf, type Parse, rate, several, shard, text, uuid, whole } from './parse.js';

/** One value a command takes: from its flag, else the environment, else the config file, else the fallback. */
export interface Setting<T> {
  /** `--max-time <duration>`; without an argument it is a switch. */
  readonly flag: string;
  readonly describe: string;
  readonly parse: Parse<Exclude<T, undefined>>;
  readonly env?: string;
  /** What a bare number outside a flag counts, as a flag writes it: `ms`, `/s`. */
  readonly unit?: string;
  readonly fallback: T;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;
export type Values<S extends Settings> = { readonly [K in keyof S]: S[K]['fallback'] };

/** Typed or in the text form of the flag; lists as arrays. */
export type ConfigValues = Readonly<Record<string, unknown>>;

export function option<T>(
  flag: string,
  describe: string,
  parse: Parse<T>,
  more: { env?: string; unit?: string; fallback: T },
): Setting<T>;
export function option<T>(
  flag: string,
  describe: string,
  parse: Parse<T>,
  more?: { env?: string; unit?: string },
): Setting<T | undefined>;
export function option(
  flag: string,
  describe: string,
  parse: Parse<unknown>,
  more: { env?: string; unit?: string; fallback?: unknown } = {},
): Setting<unknown> {
  return { flag, describe, parse, fallback: undefined, ...more };
}

const truth: Parse<boolean> = (value) => oneOf('true', 'false')(value) === 'true';
export const toggle = (flag: string, describe: string) => option(flag, describe, truth, { fallback: false });

/** What every command takes that gives a verdict. */
export const judging = {
  seed: option('--seed <n>', 'seed of everything random; printed at the end of every run', whole(0, 2 ** 32 - 1)),
  report: option('--report <formats>', `reports to write: ${reportNames.join(', ')}`, several(...reportNames), {
    fallback: ['json', 'html', 'junit'] as readonly ReportName[],
  }),
  reportDir: option('--report-dir <dir>', 'where reports go', text, { fallback: 'reports' }),
  known: option('--known <file>', 'accepted findings: fingerprint, reason, expires', text),
  failOn: option(
    '--fail-on <severity>',
    'lowest severity that fails the run: error or warning',
    oneOf('error', 'warning'),
    { fallback: 'error' as 'error' | 'warning' },
  ),
  color: option('--no-color', 'plain text (NO_COLOR)', truth, { fallback: true }),
  quiet: toggle('--quiet', 'print the verdict line only'),
  verbose: toggle('--verbose', 'print every finding whole'),
};

/** What a run against a live provider takes. */
export const live = {
  url: option('--url <url>', 'base URL of the provider; the embedded sandbox when left out', text, {
    env: 'CHIFT_BASE_URL',
  }),
  consumer: option('--consumer <uuid>', 'consumer whose contacts are created and read', uuid, {
    env: 'CHIFT_CONSUMER_ID',
  }),
  connection: option('--connection <uuid>', 'connection of the consumer, where it has several', uuid, {
    env: 'CHIFT_CONNECTION_ID',
  }),
  maxRequests: option('--max-requests <n>', 'requests in all, retries and shrinking included', whole(1), {
    fallback: 500,
  }),
  maxCreates: option('--max-creates <n>', 'contacts that may be created; 25 at a foreign target', whole(0)),
  maxTime: option('--max-time <duration>', 'time after which nothing more is sent', duration, { unit: 'ms' }),
  timeout: option('--timeout <duration>', 'longest wait for one answer', duration, { unit: 'ms', fallback: 30_000 }),
  concurrency: option('--concurrency <n>', 'requests in flight at once', whole(1, 64), { fallback: 4 }),
  rateLimit: option('--rate-limit <rate>', 'requests per second, minute or hour, such as 10/s', rate, { unit: '/s' }),
  only: option('--only <kinds>', `kinds of property to try: ${kinds.join(', ')}`, several(...kinds)),
  echo: option(
    '--echo <mode>',
    'how exactly a contact must come back: strict, normalised or off',
    oneOf('strict', 'normalised', 'off'),
    { fallback: 'strict' as 'strict' | 'normalised' | 'off' },
  ),
  shard: option('--shard <i/n>', 'the I-th of N parts of the plan', shard),
  allowWrites: option('--allow-writes <uuid>', 'the very consumer that a foreign target may be written to', uuid),
  allowProduction: toggle('--allow-production', 'write although a name looks like production'),
  hostileStrings: toggle('--hostile-strings', 'markup, formulas and control characters also at a foreign target'),
  corpus: option('--corpus <dir>', 'counterexamples to try first; new ones are added', text),
  dryRun: toggle('--dry-run', 'print what would be sent and send nothing'),
};

/** What sending findings again takes beside a target. */
export const replaying = {
  ...live,
  export: option(
    '--export <format>',
    `write the findings as a file of another tool, send nothing: ${exportNames.join(', ')}`,
    oneOf(...exportNames),
  ),
};

/** What a run over recordings takes. */
export const recorded = {
  format: option(
    '--format <name>',
    `format of the recordings: auto, ${formatNames.join(', ')}`,
    oneOf('auto', ...formatNames),
    { fallback: 'auto' as 'auto' | FormatName },
  ),
  echo: live.echo,
  profile: toggle('--profile', 'tell per field what was recorded: presence, nulls, formats, lengths, odd values'),
  minJudged: option('--min-judged <n>', 'fewer judged exchanges than this are inconclusive', whole(1), { fallback: 1 }),
  basePath: option('--base-path <path>', 'path before the endpoint paths, as /api/v1', text, { fallback: '' }),
  shard: live.shard,
};

/** What only the command takes that judges recordings. */
export const redacting = {
  redact: option('--redact <file>', 'write the exchanges as HAR with pseudonyms for personal data and secrets', text),
};

/** The flags on a commander command; values stay undefined where the flag is not given. */
export function addOptions(command: Command, settings: Settings): Command {
  for (const { flag, describe, parse, env, fallback } of Object.values(settings)) {
    const option = new Option(flag, `${describe}${hint(env, fallback)}`);
    command.addOption(flag.includes('<') ? option.argParser(parse) : option);
  }
  return command;
}

function hint(env: string | undefined, fallback: unknown): string {
  const shown =
    fallback === undefined || fallback === false || fallback === ''
      ? []
      : [`default ${Array.isArray(fallback) ? fallback.join(',') : fallback}`];
  const parts = [...(env === undefined ? [] : [env]), ...shown];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

/** Flag, then environment, then config file, then fallback. A value that does not parse is a usage error naming its place. */
export function settle<S extends Settings>(
  settings: S,
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
  config: { readonly file: string; readonly values: ConfigValues },
): Values<S> {
  const settled = Object.entries(settings).map(([name, setting]) => {
    if (flags[name] !== undefined) return [name, flags[name]];
    const fromEnv = setting.env === undefined ? undefined : env[setting.env];
    if (fromEnv !== undefined && fromEnv !== '') return [name, parsed(setting, fromEnv, setting.env!)];
    const fromConfig = config.values[name];
    if (fromConfig !== undefined)
      return [name, parsed(setting, asText(setting, fromConfig), `${config.file}: ${name}`)];
    return [name, setting.fallback];
  });
  return Object.fromEntries(settled) as Values<S>;
}

/** Values given in code, by the names of the settings. An unknown name or a value that does not parse is a usage error. */
export function parseValues(settings: Settings, values: ConfigValues, place: string): Record<string, unknown> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => {
      const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
      if (setting === undefined)
        throw new HarnessError('usage', `${place}: there is no option ${name}`, {
          hint: `Options are ${Object.keys(settings).join(', ')}.`,
        });
      return [name, parsed(setting, asText(setting, value), `${place}: ${name}`)];
    }),
  );
}

/** A value as its flag would be written: numbers with their unit, lists with commas, shards as I/N. */
function asText({ unit = '' }: Setting<unknown>, value: unknown): string {
  if (typeof value === 'number') return `${value}${unit}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return String(value);
  const { index, total } = value as Record<string, unknown>;
  return `${index}/${total}`;
}

function parsed(setting: Setting<unknown>, value: string, place: string): unknown {
  try {
    return setting.parse(value);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new HarnessError('usage', `${place}: ${error.message}`, {
      hint: `The same as the flag ${setting.flag}: ${setting.describe}.`,
    });
  }
}
