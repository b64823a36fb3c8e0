import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { compareSchemas, type SchemaDifference } from './compare-schemas.js';

const told = ({ pointer, rule, verdict, witness }: SchemaDifference) => [
  verdict,
  pointer,
  rule,
  witness === undefined ? undefined : [witness.acceptedBy, witness.value],
];
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const request = (a: unknown, b: unknown) => compareSchemas(a, b, { direction: 'request' }).map(told);
const response = (a: unknown, b: unknown) => compareSchemas(a, b, { direction: 'response' }).map(told);
const text = { type: 'string' };

describe('a difference', () => {
  it.each<[string, unknown, unknown, unknown[][]]>([
    ['a type', text, { type: 'integer' }, [['breaking', '', 'type string → integer', ['a', 'a']]]],
    ['integers only', { type: 'number' }, { type: 'integer' }, [['breaking', '', 'type number → integer', ['a', 0.5]]]],
    ['fractions too', { type: 'integer' }, { type: 'number' }, [['safe', '', 'type integer → number', ['b', 0.5]]]],
    ['anything', text, true, [['safe', '', 'type string → any', ['b', 1]]]],
    ['nothing', text, false, [['breaking', '', 'type string → nothing', ['a', 'a']]]],
    ['null', text, { type: ['string', 'null'] }, [['safe', '', 'null allowed', ['b', null]]]],
    ['no null', { type: ['string', 'null'] }, text, [['breaking', '', 'null refused', ['a', null]]]],
    [
      'values of a list',
      { enum: ['x', 'y'] },
      { enum: ['y', 'z'] },
      [
        ['breaking', '', 'enum value "x" removed', ['a', 'x']],
        ['safe', '', 'enum value "z" added', ['b', 'z']],
      ],
    ],
    ['one truth', { type: 'boolean' }, { const: true }, [['breaking', '', 'enum value false removed', ['a', false]]]],
    ['a list where there was none', text, { ...text, enum: ['x'] }, [['breaking', '', 'limited to "x"', ['a', 'a']]]],
    ['no list any more', { enum: [1] }, { type: 'number' }, [['safe', '', 'no longer limited to 1', ['b', 0]]]],
    ['a format', text, { ...text, format: 'date' }, [['breaking', '', 'format none → date', ['a', 'a']]]],
    [
      'another format',
      { ...text, format: 'date' },
      { ...text, format: 'date-time' },
      [['breaking', '', 'format date → date-time', ['a', '2024-02-29']]],
    ],
    [
      'a length',
      { ...text, maxLength: 5 },
      { ...text, maxLength: 3 },
      [['breaking', '', 'maxLength 5 → 3', ['a', 'aaaa']]],
    ],
    ['a longer least length', text, { ...text, minLength: 2 }, [['breaking', '', 'minLength none → 2', ['a', 'a']]]],
    ['a pattern', text, { ...text, pattern: '^\\d+$' }, [['breaking', '', 'pattern none → ^\\d+$', ['a', 'a']]]],
    ['a limit', { type: 'number', minimum: 1 }, { type: 'number' }, [['safe', '', 'minimum 1 → none', ['b', 0]]]],
    [
      'an exclusive limit',
      { type: 'number', maximum: 1 },
      { type: 'number', maximum: 1, exclusiveMaximum: 1 },
      [['breaking', '', 'exclusiveMaximum none → 1', ['a', 1]]],
    ],
    [
      'steps',
      { type: 'integer' },
      { type: 'integer', multipleOf: 3 },
      [['breaking', '', 'multiple none → 3', ['a', 1]]],
    ],
    [
      'a required field',
      object({ x: text }),
      object({ x: text }, { required: ['x'] }),
      [['breaking', '/x', 'required now', ['a', {}]]],
    ],
    ['a new field', object({}), object({ x: text }), [['safe', '/x', 'field added', ['a', { x: 1 }]]]],
    [
      'a new required field',
      object({}),
      object({ x: text }, { required: ['x'] }),
      [['breaking', '/x', 'required field added', ['a', {}]]],
    ],
    [
      'a field that nobody describes',
      object({ x: text }),
      object({}),
      [['review', '/x', 'field removed', ['b', { x: 1 }]]],
    ],
    [
      'a field that is refused now',
      object({ x: text }, { additionalProperties: false }),
      object({}, { additionalProperties: false }),
      [['breaking', '/x', 'field removed', ['a', { x: 'a' }]]],
    ],
    [
      'unknown fields',
      object({ x: text }),
      object({ x: text }, { additionalProperties: false }),
      [['breaking', '/*', 'unknown fields refused', ['a', { extra: 'a' }]]],
    ],
    [
      'what unknown fields hold',
      { type: 'object', additionalProperties: text },
      { type: 'object', additionalProperties: { type: ['string', 'null'] } },
      [['safe', '/*', 'null allowed', ['b', { extra: null }]]],
    ],
    [
      'items',
      { type: 'array', items: text },
      { type: 'array', items: { type: 'boolean' } },
      [['breaking', '/0', 'type string → boolean', ['a', ['a']]]],
    ],
    [
      'how many items',
      { type: 'array' },
      { type: 'array', maxItems: 1 },
      [['breaking', '', 'maxItems none → 1', ['a', ['a', 'a']]]],
    ],
    [
      'items that repeat',
      { type: 'array' },
      { type: 'array', uniqueItems: true },
      [['breaking', '', 'items must differ', ['a', ['a', 'a']]]],
    ],
    [
      'one item of a tuple',
      { type: 'array', prefixItems: [text, text] },
      { type: 'array', prefixItems: [text, { type: 'null' }] },
      [['breaking', '/1', 'type string → null', ['a', ['a', 'a']]]],
    ],
    [
      'how many fields',
      { type: 'object' },
      { type: 'object', minProperties: 1 },
      [['breaking', '', 'minProperties none → 1', ['a', {}]]],
    ],
    [
      'a way to be an object',
      { anyOf: [object({ x: text }, { required: ['x'] }), object({ y: text }, { required: ['y'] })] },
      object({ x: text }, { required: ['x'] }),
      [['breaking', '', 'one way to be an object removed', ['a', { y: 'a' }]]],
    ],
    [
      'one of the ways that name themselves',
      {
        anyOf: [
          object({ k: { const: 'a' }, x: text }, { required: ['k'] }),
          object({ k: { const: 'b' } }, { required: ['k'] }),
        ],
      },
      {
        anyOf: [
          object({ k: { const: 'b' } }, { required: ['k'] }),
          object({ k: { const: 'a' }, x: { type: 'null' } }, { required: ['k'] }),
        ],
      },
      [['breaking', '/x', 'type string → null', ['a', { k: 'a', x: 'a' }]]],
    ],
    ['a condition', text, { ...text, not: { const: '' } }, [['breaking', '', 'condition none → not', ['a', '']]]],
    ['an unknown format', text, { ...text, format: 'iban' }, [['review', '', 'format none → iban', undefined]]],
    [
      'a default',
      { ...text, default: 'x' },
      { ...text, default: 'y' },
      [['review', '', 'default "x" → "y"', undefined]],
    ],
  ])('in %s is seen by senders', (_, a, b, expected) => expect(request(a, b)).toEqual(expected));

  it('is the other way round for readers', () => {
    expect(response(text, { type: ['string', 'null'] })).toEqual([['breaking', '', 'null allowed', ['b', null]]]);
    expect(response({ enum: ['x', 'y'] }, { enum: ['x'] })).toEqual([
      ['safe', '', 'enum value "y" removed', ['a', 'y']],
    ]);
    expect(response(object({ x: text }, { required: ['x'] }), object({ x: text }))).toEqual([
      ['breaking', '/x', 'no longer required', ['b', {}]],
    ]);
    expect(
      response(object({}, { additionalProperties: false }), object({ x: text }, { additionalProperties: false })),
    ).toEqual([['breaking', '/x', 'field added', ['b', { x: 'a' }]]]);
    expect(response(object({ x: text }, { required: ['x'] }), object({}))).toEqual([
      ['breaking', '/x', 'required field removed', ['b', {}]],
    ]);
  });

  it('that no reading explains is found by trying values', () => {
    const a = {
      oneOf: [
        { type: 'number', minimum: 0 },
        { type: 'number', maximum: 5 },
      ],
    };
    const b = { anyOf: a.oneOf };
    const [difference] = compareSchemas(a, b, { direction: 'request' });
    expect(difference).toMatchObject({ kind: 'other', pointer: '', verdict: 'safe', witness: { acceptedBy: 'b' } });
  });
});

describe('a witness', () => {
  const deep = (leaf: object) =>
    object(
      {
        id: { type: 'integer', minimum: 7 },
        list: {
          type: 'array',
          minItems: 2,
          items: object({ at: leaf, on: { type: 'boolean' } }, { required: ['on'] }),
        },
      },
      { required: ['id'] },
    );

  it('is whole: everything around the difference is as both sides want it', () => {
    expect(request(deep({ type: ['string', 'null'] }), deep(text))).toEqual([
      ['breaking', '/list/0/at', 'null refused', ['a', { id: 7, list: [{ on: false, at: null }, { on: false }] }]],
    ]);
  });

  it('shows one difference and no other', () => {
    const a = object({ x: { type: 'string' }, y: { type: 'string' } }, { required: ['x', 'y'] });
    const b = object(
      { x: { type: ['string', 'null'] }, y: { type: 'string', minLength: 3 } },
      { required: ['x', 'y'] },
    );
    expect(response(a, b)).toEqual([
      ['breaking', '/x', 'null allowed', ['b', { y: 'aaa', x: null }]],
      ['safe', '/y', 'minLength none → 3', ['a', { x: 'a', y: 'a' }]],
    ]);
  });

  it('is judged by a validator that the comparison did not make', () => {
    const a = object(
      { mail: { type: 'string', format: 'email' }, n: { type: 'number', exclusiveMinimum: 2 } },
      { required: ['n'] },
    );
    const b = object({ mail: text, n: { type: 'number', exclusiveMinimum: 3 } }, { required: ['n'] });
    const ajv = formats.default(new Ajv());
    for (const { witness } of compareSchemas(a, b, { direction: 'response' })) {
      const [accepts, refuses] = witness?.acceptedBy === 'a' ? [a, b] : [b, a];
      expect(ajv.validate(accepts, witness?.value)).toBe(true);
      expect(ajv.validate(refuses, witness?.value)).toBe(false);
    }
  });
});

describe('no difference', () => {
  const ref = (schema: object, $defs: object) => ({ ...schema, $defs });
  it.each<[string, unknown, unknown]>([
    [
      'is in the order of keys and names',
      object({ x: text, y: text }, { required: ['x', 'y'] }),
      { required: ['y', 'x'], properties: { y: text, x: text }, type: 'object' },
    ],
    ['is in words', text, { ...text, title: 'T', description: 'D', examples: ['x'], deprecated: true, 'x-y': 1 }],
    ['is in nullable and a type list', { ...text, nullable: true }, { type: ['null', 'string'] }],
    [
      'is in nullable and a choice',
      { enum: ['x'], type: 'string', nullable: true },
      { anyOf: [{ enum: ['x'] }, { type: 'null' }] },
    ],
    ['is in allOf of one', { allOf: [text] }, text],
    ['is in a reference', ref({ $ref: '#/$defs/t' }, { t: text }), text],
    ['is in a reference through another', ref({ $ref: '#/$defs/s' }, { s: { $ref: '#/$defs/t' }, t: text }), text],
    ['is in a choice of one', { anyOf: [text] }, text],
    ['is in the order of choices', { anyOf: [text, { type: 'null' }] }, { oneOf: [{ type: 'null' }, text] }],
    ['is in const and a list of one', { const: 'x' }, { enum: ['x'] }],
    [
      'is in what says nothing',
      object({}, { additionalProperties: true, required: [], minProperties: 0 }),
      { type: 'object' },
    ],
    ['is in two spellings of a limit', { type: 'integer', exclusiveMinimum: 0 }, { type: 'integer', minimum: 1 }],
    ['is in the limits of exact integers', { type: 'integer', maximum: Number.MAX_SAFE_INTEGER }, { type: 'integer' }],
    [
      'is in old and new limits',
      { type: 'number', minimum: 1, exclusiveMinimum: true },
      { type: 'number', exclusiveMinimum: 1 },
    ],
    [
      'is in allOf and one object',
      { allOf: [object({ x: text }), object({ y: text }, { required: ['x'] })] },
      object({ x: text, y: text }, { required: ['x'] }),
    ],
    [
      'is in tuples old and new',
      { type: 'array', items: [text], additionalItems: false, $schema: 'http://json-schema.org/draft-07/schema#' },
      { type: 'array', prefixItems: [text], items: false },
    ],
    [
      'is in what draft-07 ignores',
      {
        $schema: 'http://json-schema.org/draft-07/schema#',
        definitions: { t: text },
        allOf: [{ $ref: '#/definitions/t', maxLength: 3 }],
      },
      text,
    ],
  ])('%s', (_, a, b) => {
    expect(request(a, b)).toEqual([]);
    expect(response(b, a)).toEqual([]);
  });
});

describe('schemas that lead back to themselves', () => {
  const tree = (leaf: object) => ({
    $ref: '#/$defs/node',
    $defs: {
      node: object(
        { value: leaf, children: { type: 'array', items: { $ref: '#/$defs/node' } } },
        { required: ['value'] },
      ),
    },
  });

  it('are compared to their end', () => {
    expect(request(tree(text), tree(text))).toEqual([]);
    expect(request(tree(text), tree({ type: 'integer' }))).toEqual([
      ['breaking', '/value', 'type string → integer', ['a', { value: 'a' }]],
    ]);
    const unrolled = object(
      { value: text, children: { type: 'array', items: { $ref: '#/$defs/node' } } },
      { required: ['value'] },
    );
    expect(request(tree(text), { ...unrolled, $defs: tree(text).$defs })).toEqual([]);
  });

  it('differ once in what differs at every depth', () => {
    const web = (leaf: object) => ({
      $ref: '#/$defs/a',
      $defs: {
        a: object({ leaf, one: { $ref: '#/$defs/b' }, two: { $ref: '#/$defs/a' } }),
        b: object({ up: { $ref: '#/$defs/a' } }),
      },
    });
    expect(request(web(text), web({ type: 'null' })).map((told_) => told_.slice(0, 3))).toEqual([
      ['breaking', '/leaf', 'type string → null'],
    ]);
  });

  it('are refused when they say nothing first', () => {
    const loop = { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { $ref: '#/$defs/a' } } };
    expect(() => request(loop, text)).toThrow('a: a schema refers to itself without saying anything');
  });
});

describe('a schema that is none', () => {
  it.each<[string, unknown, string]>([
    ['a list', [], 'a: the schema is no schema'],
    ['a type', { type: 'file' }, 'a: the schema has the unknown type "file"'],
    ['a required', object({ x: { required: true } }), 'a: /properties/x has a required that is no list of names'],
    ['a limit', { type: 'array', items: { minLength: '3' } }, 'a: /items has a minLength that is no number'],
    ['a count', { maxItems: -1 }, 'a: the schema has a maxItems that is no count'],
    ['a pattern', { pattern: '(' }, 'which is no regular expression'],
    ['a choice', { anyOf: [] }, 'a: the schema has anyOf that is no list of schemas'],
    ['a reference', { $ref: '#/$defs/gone' }, 'a: the schema refers to #/$defs/gone, which the document does not have'],
    [
      'a strange reference',
      { items: { $ref: 'other.json' } },
      'a: /items refers to other.json outside the document, which is never loaded',
    ],
    [
      'a depth',
      Array.from({ length: 500 }).reduce<object>((inner) => ({ not: inner }), {}),
      'is nested deeper than 400 levels',
    ],
  ])('is refused for %s', (_, schema, message) => {
    expect(() => request(schema, text)).toThrow(message);
    expect(() => request(schema, text)).toThrow(expect.objectContaining({ code: 'unreadable' }));
  });
});
