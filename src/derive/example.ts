import { resolved, type Wire } from '../contract/wire.js';
import { domainExamples } from './domain-examples.js';
import { belongs } from './membership.js';
import { minimalOf } from './minimal.js';

export interface ExampleOptions {
  /** Whether optional fields are written out; a required one always is. */
  readonly optional: 'present' | 'absent';
}

/** One plain, realistic value of the tree, always the same: for documents, pacts and as the base of mutations. */
export function exampleOf(wire: Wire, options: ExampleOptions): unknown {
  return example(wire, options, new Set());
}

function example(wire: Wire, options: ExampleOptions, open: ReadonlySet<string>): unknown {
  if (wire.kind === 'lazy' && open.has(wire.id)) return minimalOf(wire);
  const inside = wire.kind === 'lazy' ? new Set([...open, wire.id]) : open;
  const node = resolved(wire);
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(
        Object.entries(node.fields)
          .filter(([, { optional }]) => !optional || options.optional === 'present')
          .map(([name, field]) => [name, example(field.wire, options, inside)]),
      );
    case 'array':
      return Array.from({ length: Math.max(node.min, Math.min(1, node.max ?? 1)) }, () =>
        example(node.item, options, inside),
      );
    case 'tuple':
      return node.items.map((item) => example(item, options, inside));
    case 'union':
      return example(node.options[0]!, options, inside);
    case 'string':
      return fitting(node, textOf(node));
    case 'boolean':
      return true;
    case 'any':
      return 'anything';
    default:
      return minimalOf(withoutNull(node));
  }
}

const formatExamples = {
  date: '1985-12-10',
  'date-time': '2026-01-31T09:30:00Z',
  email: 'ada.lovelace@example.com',
  uuid: '3f0c8e7a-1b2d-4c5e-8f90-a1b2c3d4e5f6',
} as const;

function textOf(wire: Extract<Wire, { kind: 'string' }>): string {
  if (wire.format !== undefined) return formatExamples[wire.format];
  return (wire.note?.domain && domainExamples[wire.note.domain]) || 'example';
}

function fitting(wire: Extract<Wire, { kind: 'string' }>, text: string): unknown {
  return belongs(wire, text) ? text : minimalOf(withoutNull(wire));
}

function withoutNull({ nullable, ...wire }: Wire): Wire {
  return wire;
}
