import { z } from 'zod';
import { documented, published } from './source.js';

/** The general error object; `error_code` is declared since 2026-08-21 and missing from the document's own example. */
export const chiftError = z
  .looseObject({
    message: z.string(),
    status: z.string().nullish().meta({ default: 'error' }),
    detail: z.string().nullish().meta({ default: '' }),
    error_code: z.string().nullish(),
  })
  .meta({ id: 'ChiftError', source: published('ChiftError') });

/** One entry of a validation error; `loc` names the broken place: `["body", "addresses", 0, "street"]`. */
export const validationEntry = z
  .looseObject({
    loc: z.array(z.union([z.string(), z.int()])),
    msg: z.string(),
    type: z.string(),
    input: z.unknown().optional(),
    ctx: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'ValidationError', source: published('ValidationError') });

/** The body of a 422: one entry for each place that is refused. */
export const validationError = z
  .looseObject({
    message: z.string().meta({ default: 'Validation error' }),
    status: z.string().optional().meta({ default: 'error' }),
    detail: z.array(validationEntry).optional(),
  })
  .meta({ id: 'HTTPValidationError', source: published('HTTPValidationError') });

/** A 422 comes in either documented form: the array of the published document, or the object of the error guide. */
export const unprocessable = z.union([validationError, chiftError]).meta({
  source: `${published('responses 422')}; ${documented('developer-guides/errors')} lists 422 codes of the object form`,
});
