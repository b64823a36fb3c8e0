import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contactIn } from '../../contracts/chift/contact.js';
import { jsonSchemaOf } from './json-schema.js';

describe('JSON Schema of a model', () => {
  it('says null in the type, cites the source and keeps no pattern beside a known format', () => {
    const { definitions } = jsonSchemaOf(contactIn) as {
      definitions: { ContactItemIn: { properties: Record<string, unknown> } };
    };
    const { properties } = definitions.ContactItemIn;
    expect(properties['birthdate']).toEqual({
      type: ['string', 'null'],
      format: 'date',
      description: 'Birthdate',
      $comment: expect.stringContaining('ContactItemIn and ContactItemOut: format date'),
    });
    expect(properties['gender']).toMatchObject({ type: ['string', 'null'], enum: ['H', 'F', 'N/A', null] });
  });

  it('names schemas with an id as definitions, or writes all in place', () => {
    const named = z.object({ a: z.string() }).meta({ id: 'Named' });
    expect(jsonSchemaOf(z.object({ one: named, two: named }))).toMatchObject({
      properties: { one: { $ref: '#/definitions/Named' }, two: { $ref: '#/definitions/Named' } },
      definitions: { Named: { type: 'object', required: ['a'] } },
    });
    expect(jsonSchemaOf(z.object({ one: named }), { named: false })).not.toHaveProperty('definitions');
  });

  it('leaves fields alone that are named like keywords', () => {
    const fields = {
      format: z.string(),
      pattern: z.string(),
      source: z.string(),
      domain: z.string(),
      enum: z.string(),
      default: z.iso.date(),
    };
    const { properties } = jsonSchemaOf(z.object(fields)) as { properties: Record<string, unknown> };
    expect(Object.keys(properties)).toEqual(Object.keys(fields));
    expect(properties['default']).toEqual({ type: 'string', format: 'date' });
  });

  it('refuses what JSON cannot say instead of writing an empty schema', () => {
    expect(() => jsonSchemaOf(z.object({ at: z.date() }))).toThrow('at /at: z.date');
  });
});
