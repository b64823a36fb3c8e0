import type { ZodType } from 'zod';
import { toWire, type Wire } from '../contract/wire.js';
import { belongs } from './membership.js';
import { isAnyText } from './plain-text.js';

type Test = (value: unknown) => boolean;

const tests = new WeakMap<ZodType, Test>();

/**
 * Whether a parsed JSON value is accepted by both judges and holds nothing but what the schema names: a quick yes, for
 * the many values that are in order. A no says only that a closer look is needed.
 */
export function isPlain(schema: ZodType, value: unknown): boolean {
  let test = tests.get(schema);
  if (test === undefined) {
    test = compiled(toWire(schema, 'schema'));
    tests.set(schema, test);
  }
  return test(value);
}

/** Straight code for one tree, as schema compilers make it: walking the tree for each value costs ten times as much. */
function compiled(wire: Wire): Test {
  const source = new Source();
  const body = source.test(wire, 'value');
  const make = new Function('belongs', 'wires', `return (value) => { ${body} return true; };`);
  return make(belongs, source.wires) as Test;
}

class Source {
  /** Trees that the code hands to `belongs`. */
  readonly wires: Wire[] = [];
  private names = 0;

  /** Statements that return false unless the value of the expression fits. */
  test(wire: Wire, value: string): string {
    if (wire.nullable) return `if (${value} !== null) { ${this.shape(wire, value)} }`;
    return this.shape(wire, value);
  }

  private shape(wire: Wire, value: string): string {
    switch (wire.kind) {
      case 'object':
        return wire.rest === 'open' || wire.rest === 'closed'
          ? this.object(wire.fields, value)
          : this.other(wire, value);
      case 'array':
        return this.array(wire, value);
      case 'boolean':
        return `if (typeof ${value} !== 'boolean') return false;`;
      case 'enum':
        return `if (${wire.values.map((each) => `${value} !== ${JSON.stringify(each)}`).join(' && ')}) return false;`;
      case 'string':
        return `if (typeof ${value} !== 'string') return false; ${isAnyText(wire) ? '' : this.other(wire, value)}`;
      default:
        return this.other(wire, value);
    }
  }

  /** Each field that is there, then that there are no others. */
  private object(fields: Extract<Wire, { kind: 'object' }>['fields'], value: string): string {
    const seen = this.name();
    const tests = Object.entries(fields).map(([name, { wire, optional }]) => {
      const field = this.name();
      const missing = optional ? '' : 'else return false;';
      return `const ${field} = ${value}[${JSON.stringify(name)}];
        if (${field} !== undefined) { ${seen}++; ${this.test(wire, field)} } ${missing}`;
    });
    return `if (typeof ${value} !== 'object' || ${value} === null || Array.isArray(${value})) return false;
      let ${seen} = 0; ${tests.join('\n')}
      for (const _ in ${value}) ${seen}--;
      if (${seen} !== 0) return false;`;
  }

  private array({ item, min, max }: Extract<Wire, { kind: 'array' }>, value: string): string {
    const each = this.name();
    const limits = `${value}.length < ${min}${max === undefined ? '' : ` || ${value}.length > ${max}`}`;
    return `if (!Array.isArray(${value}) || ${limits}) return false;
      for (const ${each} of ${value}) { ${this.test(item, each)} }`;
  }

  private other(wire: Wire, value: string): string {
    return `if (!belongs(wires[${this.wires.push(wire) - 1}], ${value})) return false;`;
  }

  private name(): string {
    return `v${this.names++}`;
  }
}
