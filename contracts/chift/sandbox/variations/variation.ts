import type { Answer } from '../answers.js';
import type { Change, Visit } from '../behaviour.js';
import { isObject, type Json } from '../faults/fault.js';

/** A difference that keeps every promise: no check may call it an error. */
export interface Variation {
  /** Kebab-case, stable. */
  readonly name: string;
  readonly description: string;
  readonly change: Change;
}

/** Rewrites every object of a JSON value, the inner ones first. */
export function inObjects(value: unknown, rewrite: (object: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((item) => inObjects(item, rewrite));
  if (!isObject(value)) return value;
  return rewrite(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inObjects(each, rewrite)])));
}

/** Writes every answer in another way. */
export function written(write: (body: unknown) => string): Change {
  return () => ({ text: (body) => write(body) });
}

/** Rewrites answers as values. */
export function onAnswers(rewrite: (answer: Answer, visit: Visit) => Answer): Change {
  return (base) => ({ answer: (answer, visit) => rewrite(base.answer(answer, visit), visit) });
}

/** Answers one request otherwise: the nth that carries a token. */
export function once(nth: number, answer: () => Answer): Change {
  return (base) => {
    let seen = 0;
    return {
      reaches: (visit) => (++seen === nth ? answer() : base.reaches(visit)),
    };
  };
}
