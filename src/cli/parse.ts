import { InvalidArgumentError } from 'commander';
import { parseRate } from '../transport/pace.js';

/** Turns the text of a flag or an environment variable into its value; throws InvalidArgumentError with what is accepted. */
export type Parse<T> = (text: string) => T;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const text: Parse<string> = (value) => {
  if (value === '') throw new InvalidArgumentError('It is empty.');
  return value;
};

export const uuid: Parse<string> = (value) => {
  if (!uuidPattern.test(value)) throw new InvalidArgumentError('It takes a UUID.');
  return value.toLowerCase();
};

export function whole(from: number, to = Number.MAX_SAFE_INTEGER): Parse<number> {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < from || number > to)
      throw new InvalidArgumentError(
        `It takes a whole number from ${from}${to === Number.MAX_SAFE_INTEGER ? '' : ` to ${to}`}.`,
      );
    return number;
  };
}

/** `500ms`, `30s`, `5m`, `1h`, to milliseconds. */
export const duration: Parse<number> = (value) => {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value);
  const milliseconds = Number(parts?.[1]) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[parts?.[2] as 'ms']!;
  if (!parts || milliseconds <= 0) throw new InvalidArgumentError('It takes a duration such as 500ms, 30s, 5m or 1h.');
  return milliseconds;
};

/** `10/s`, `60/m`, `100/h`, to requests per second. */
export const rate: Parse<number> = (value) => {
  const perSecond = parseRate(value);
  if (perSecond === undefined) throw new InvalidArgumentError('It takes a rate such as 10/s, 60/m or 100/h.');
  return perSecond;
};

export function oneOf<const T extends string>(...names: readonly T[]): Parse<T> {
  return (value) => {
    const name = names.find((candidate) => candidate === value);
    if (name === undefined) throw new InvalidArgumentError(`It takes ${listing(names, 'or')}.`);
    return name;
  };
}

/** A comma-separated list without repeats. */
export function several<const T extends string>(...names: readonly T[]): Parse<readonly T[]> {
  return (value) => {
    const given = value.split(',').map((name) => name.trim());
    const wrong = given.find((name) => !names.includes(name as T));
    if (wrong !== undefined)
      throw new InvalidArgumentError(`${wrong === '' ? 'An empty name' : wrong} is none of ${listing(names, 'and')}.`);
    return [...new Set(given as T[])];
  };
}

export interface ShardOption {
  readonly index: number;
  readonly total: number;
}

export const shard: Parse<ShardOption> = (value) => {
  const parts = /^(\d{1,4})\/(\d{1,4})$/.exec(value);
  const [index, total] = [Number(parts?.[1]), Number(parts?.[2])];
  if (!parts || index < 1 || total < 1 || index > total)
    throw new InvalidArgumentError('It takes I/N with I from 1 to N, such as 2/4.');
  return { index, total };
};

function listing(names: readonly string[], word: string): string {
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
