import type { ZodType, z } from 'zod';
import type { Problem } from './answers.js';

type Place = readonly (string | number)[];

/** What is wrong with a value, in pydantic's words: the schema's own verdict, put as FastAPI puts it. */
export function problemsOf(schema: ZodType, value: unknown, place: Place): Problem[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map((issue) => problem(issue, value, place));
}

function problem(issue: z.core.$ZodIssue, value: unknown, place: Place): Problem {
  const path = issue.path as Place;
  const loc = [...place, ...path];
  const parent = path.length === 0 ? undefined : at(value, path.slice(0, -1));
  const input = at(value, path);
  if (isAbsent(parent, path) || (path.length === 0 && (value === null || value === undefined)))
    return { type: 'missing', loc, msg: 'Field required', input: parent ?? null };
  const { type, msg, ctx } = worded(issue, input, loc);
  return { type, loc, msg, input, ...(ctx ? { ctx } : {}) };
}

function isAbsent(parent: unknown, path: Place): boolean {
  return typeof parent === 'object' && parent !== null && !Object.hasOwn(parent, path.at(-1)!);
}

function at(value: unknown, path: Place): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)?.[step], value);
}

type Words = Pick<Problem, 'type' | 'msg' | 'ctx'>;

function worded(issue: z.core.$ZodIssue, input: unknown, loc: Place): Words {
  switch (issue.code) {
    case 'invalid_value':
      return enumerated(issue.values.map((each) => `'${String(each)}'`));
    case 'invalid_format':
      return issue.format === 'date' ? dated(String(input)) : identified();
    case 'too_small':
      return bounded('greater_than_equal', 'greater', 'ge', Number(issue.minimum));
    case 'too_big':
      return bounded('less_than_equal', 'less', 'le', Number(issue.maximum));
    case 'invalid_type':
      return typed(issue.expected, input, loc.at(-1) === 'birthdate');
    default:
      return { type: 'value_error', msg: issue.message };
  }
}

function typed(expected: string, input: unknown, date: boolean): Words {
  if (date) return { type: 'date_type', msg: 'Input should be a valid date' };
  switch (expected) {
    case 'object':
      return {
        type: 'model_attributes_type',
        msg: 'Input should be a valid dictionary or object to extract fields from',
      };
    case 'array':
      return { type: 'list_type', msg: 'Input should be a valid list' };
    case 'boolean':
      return typeof input === 'string' || typeof input === 'number'
        ? { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' }
        : { type: 'bool_type', msg: 'Input should be a valid boolean' };
    case 'number':
    case 'int':
      return { type: 'int_parsing', msg: 'Input should be a valid integer, unable to parse string as an integer' };
    default:
      return { type: 'string_type', msg: 'Input should be a valid string' };
  }
}

function enumerated(quoted: readonly string[]): Words {
  const expected = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
  return { type: 'enum', msg: `Input should be ${expected}`, ctx: { expected } };
}

/** A date-time is told apart from what is no date at all. */
function dated(text: string): Words {
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text))
    return {
      type: 'date_from_datetime_inexact',
      msg: 'Datetimes provided to dates should have zero time - e.g. be exact dates',
    };
  const error = dateProblem(text);
  return {
    type: 'date_from_datetime_parsing',
    msg: `Input should be a valid date or datetime, ${error}`,
    ctx: { error },
  };
}

function dateProblem(text: string): string {
  if (text.length < 10) return 'input is too short';
  const [, month, day] = /^\d{4}-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (month === undefined || day === undefined) return 'invalid character in year';
  return Number(month) < 1 || Number(month) > 12
    ? 'month value is outside expected range of 1-12'
    : 'day value is outside expected range';
}

function identified(): Words {
  const error = 'invalid length or character';
  return { type: 'uuid_parsing', msg: `Input should be a valid UUID, ${error}`, ctx: { error } };
}

function bounded(type: string, word: string, key: string, limit: number): Words {
  return { type, msg: `Input should be ${word} than or equal to ${limit}`, ctx: { [key]: limit } };
}
