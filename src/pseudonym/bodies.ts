import { resolved, type Wire } from '../contract/wire.js';
import { type Body, bodyOf, textOf } from '../exchange/body.js';
import { type JsonVisitor, rewriteJson } from './json-text.js';
import type { Texts } from './texts.js';
import type { Vocabulary } from './vocabulary.js';

/** The shapes that the contract allows at a place; none where it knows nothing. */
type Shapes = readonly Exclude<Wire, { kind: 'lazy' }>[];

/** Names of fields; anything longer or odder may be content. */
const fieldName = /^[A-Za-z_$@][\w$.:-]{0,63}$/;
const secretName = /secret|token$|passw|passphrase|api_?key|private_?key|authorization|credential/i;

/** Replaces what names somebody in bodies: JSON value by value in the light of its schema, other text by its words. */
export class Bodies {
  constructor(
    private readonly texts: Texts,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** `wire` is what the contract promises; undefined where it promises nothing. */
  body(body: Body, wire: Wire | undefined): Body {
    if (body.bytes.length === 0) return body;
    // What could not be unpacked cannot be looked into either.
    if (body.state === 'undecodable') return { ...body, bytes: new Uint8Array(0), decoded: [] };
    const { text, invalidAt, byteOrderMark } = textOf(body);
    const other = (whole: string) => this.text(whole, wire);
    const bytes =
      invalidAt === undefined
        ? Buffer.from(`${byteOrderMark ? '\ufeff' : ''}${other(text)}`)
        : lowBytes(body.bytes, other);
    const { state, problem } = body;
    return { ...bodyOf(bytes), state, ...(problem === undefined ? {} : { problem: this.texts.free(problem) }) };
  }

  private text(text: string, wire: Wire | undefined): string {
    if (/^\s*[[{"\d-]/.test(text)) return rewriteJson(text, { shapes: shapesOf(wire), key: undefined }, this.visitor);
    return /^[\w.%*+-]+=[^\s<>\p{Co}]*$/u.test(text) ? this.form(text) : this.texts.free(text);
  }

  /** `name=value&name=value`, as of a form or of the query of an address. */
  form(text: string, shapes: Readonly<Record<string, Wire>> = {}): string {
    return text
      .split('&')
      .map((pair) => {
        const [, name = '', mark = '', value = ''] = /^([^=]*)(=?)(.*)$/s.exec(pair)!;
        const known = Object.hasOwn(shapes, name) ? shapesOf(shapes[name]) : [];
        const other = (part: string) => this.value(part, { shapes: known, key: name });
        return this.encoded(name, (part) => this.name(part)) + mark + this.encoded(value, other);
      })
      .join('&');
  }

  /** A part of an address; one that is not percent-encoded rightly keeps its percent signs, and stays wrong. */
  encoded(part: string, other: (text: string) => string): string {
    try {
      const text = decodeURIComponent(part.replaceAll('+', ' '));
      const made = other(text);
      return made === text ? part : encodeURIComponent(made);
    } catch {
      return part.replace(/(%[^%]{0,2})|[^%]+/g, (text, kept?: string) => kept ?? other(text));
    }
  }

  private readonly visitor: JsonVisitor<Place> = {
    within: ({ shapes, key: above }, key) => ({ shapes: below(shapes, key), key: key ?? above }),
    key: (name) => this.name(name),
    text: (value, place) => this.value(value, place),
    number: (value, { shapes }) => this.number(value, shapes),
    other: (text) => this.texts.free(text),
  };

  private name(name: string): string {
    if (!fieldName.test(name) || /\d{5}/.test(name)) return this.texts.free(name);
    this.vocabulary.learn(name);
    return name;
  }

  private value(text: string, { shapes, key }: Place): string {
    if (shapes.some((shape) => shape.kind === 'enum' && shape.values.includes(text))) return text;
    const isMistyped = shapes.some(({ kind }) => kind === 'boolean' || kind === 'number') && text.length < 8;
    if (isMistyped && !this.texts.holdsKnown(text)) return text;
    const domain = shapes.find(({ note }) => note?.domain !== undefined)?.note?.domain;
    if (domain !== undefined) return this.texts.field(text, domain);
    return secretName.test(key ?? '') ? this.texts.field(text, 'secret') : this.texts.free(text);
  }

  /** Counts, pages and prices are nobody's; a long number is. */
  private number(written: string, shapes: Shapes): string {
    if (shapes.some(({ kind }) => kind === 'number' || kind === 'boolean')) return written;
    const [, mantissa = '', exponent = ''] = /^([^eE]*)(.*)$/s.exec(written)!;
    if (mantissa.replace(/\D/g, '').length < 5) return written;
    const made = this.texts.field(mantissa, 'number');
    if (made === mantissa || !/^-?\d+$/.test(made)) return made + exponent;
    return asSafeAs(mantissa, made) + exponent;
  }
}

/** Where a value stands: what the contract allows there, and the nearest key above it. */
interface Place {
  readonly shapes: Shapes;
  readonly key: string | undefined;
}

function shapesOf(wire: Wire | undefined): Shapes {
  if (wire === undefined) return [];
  const shape = resolved(wire);
  if (shape.kind === 'union') return shape.options.flatMap((option) => shapesOf(withNote(option, shape.note)));
  return shape.kind === 'intersection' ? [...shapesOf(shape.left), ...shapesOf(shape.right)] : [shape];
}

const withNote = (wire: Wire, note: Wire['note']): Wire => (wire.note || !note ? wire : { ...wire, note });

function below(shapes: Shapes, key: string | undefined): Shapes {
  return shapes.flatMap((shape) => {
    if (key === undefined) return shape.kind === 'array' ? shapesOf(shape.item) : [];
    if (shape.kind === 'record') return shapesOf(shape.value);
    return shape.kind === 'object' && Object.hasOwn(shape.fields, key) ? shapesOf(shape.fields[key]!.wire) : [];
  });
}

/** A number that readers lose digits of stays one, and one that they read whole as well. */
function asSafeAs(written: string, made: string): string {
  const [was, is] = [written, made].map((text) => Number.isSafeInteger(Number(text)));
  if (was === is) return made;
  return made.replace(/\d\d/, was ? '10' : '99');
}

const highByte = 0xf700;

/** Bytes that are no UTF-8: what is ASCII in them is text, the others stay where they are. */
function lowBytes(bytes: Uint8Array, other: (text: string) => string): Uint8Array {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : highByte + byte)).join('');
  return Buffer.from(Array.from(other(text), (character) => character.charCodeAt(0) & 0xff));
}
