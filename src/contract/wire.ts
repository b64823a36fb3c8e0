export { toWire } from './read-zod.js';

/** What a schema says about JSON, as a plain tree: the only form that the derivations read. */
export type Wire = WireShape & {
  /** Null is allowed beside the shape. */
  readonly nullable?: true;
  readonly note?: WireNote;
};

export type WireShape =
  | {
      readonly kind: 'object';
      readonly fields: Readonly<Record<string, WireField>>;
      readonly rest: 'open' | 'closed' | Wire;
    }
  | { readonly kind: 'record'; readonly key: Wire; readonly value: Wire }
  | { readonly kind: 'tuple'; readonly items: readonly Wire[]; readonly rest: Wire | undefined }
  | { readonly kind: 'array'; readonly item: Wire; readonly min: number; readonly max: number | undefined }
  | { readonly kind: 'union'; readonly options: readonly Wire[]; readonly discriminator: string | undefined }
  | { readonly kind: 'intersection'; readonly left: Wire; readonly right: Wire }
  /** Strings, numbers, booleans; a literal is an enum of one. */
  | { readonly kind: 'enum'; readonly values: readonly (string | number | boolean)[] }
  | {
      readonly kind: 'string';
      /** Lengths in code points, as zod and JSON Schema count them. */
      readonly min: number;
      readonly max: number | undefined;
      /** Sources of regular expressions, all of which must match. */
      readonly patterns: readonly string[];
      readonly format: WireFormat | undefined;
    }
  | {
      readonly kind: 'number';
      readonly integer: boolean;
      readonly min: number | undefined;
      readonly max: number | undefined;
      readonly exclusiveMin: boolean;
      readonly exclusiveMax: boolean;
      readonly multipleOf: number | undefined;
    }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'null' }
  /** Any JSON value. */
  | { readonly kind: 'any' }
  /** A recursive place; `target()` gives the node it stands for. */
  | { readonly kind: 'lazy'; readonly id: string; target(): Wire };

export interface WireField {
  readonly wire: Wire;
  readonly optional: boolean;
  /** A documented default, already JSON. */
  readonly fallback?: unknown;
}

/** The formats on which zod and ajv give one verdict; any other is refused. */
export type WireFormat = 'date' | 'date-time' | 'email' | 'uuid';

/** What the model says about a place beyond its type. */
export interface WireNote {
  readonly title?: string;
  readonly description?: string;
  /** Where the fact was published. */
  readonly source?: string;
  /** Which real-world family fills it: `vat`, `phone`, `country`, … */
  readonly domain?: string;
}

/** The node itself, or what a recursive place stands for. */
export function resolved(wire: Wire): Exclude<Wire, { kind: 'lazy' }> {
  let node = wire;
  while (node.kind === 'lazy') node = node.nullable ? { ...node.target(), nullable: true } : node.target();
  return node;
}
