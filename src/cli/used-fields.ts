import type { JsonSchema } from '../derive/json-schema.js';
import { teamSchema } from '../derive/team-schema.js';
import { HarnessError } from '../errors.js';
import { loadExport } from './team-module.js';

/** The fields that `--uses` names, read off the team's own schema where it names one: `./schema.ts#contact`. */
export async function usedFields(cwd: string, uses: readonly string[] | undefined) {
  const [named] = uses ?? [];
  if (uses?.length !== 1 || named === undefined || !/#|\.([cm]?[jt]s|json)$/.test(named)) return uses;
  const { schema } = teamSchema(await loadExport(cwd, named, '--uses'), `--uses: ${named}`);
  const fields = [...new Set(leavesOf(schema, schema, new Set()))].filter((field) => field !== '');
  if (fields.length > 0) return fields;
  throw new HarnessError('usage', `--uses: ${named} names no field`, { hint: 'Export the schema of a contact.' });
}

/** Dotted names of the innermost fields, looking through lists, choices and references. */
function leavesOf(node: unknown, root: JsonSchema, open: ReadonlySet<unknown>): string[] {
  if (typeof node !== 'object' || node === null || open.has(node)) return [''];
  const { $ref, properties, items, anyOf, oneOf, allOf } = node as JsonSchema;
  const within = new Set([...open, node]);
  const inside = (part: unknown) => leavesOf(part, root, within);
  const named = Object.entries((properties ?? {}) as JsonSchema).flatMap(([name, field]) =>
    inside(field).map((leaf) => (leaf === '' ? name : `${name}.${leaf}`)),
  );
  const parts = [anyOf, oneOf, allOf, items].flatMap((part) => part ?? []).flatMap(inside);
  const referred = typeof $ref === 'string' ? inside(referent(root, $ref)) : [];
  const all = [...named, ...parts, ...referred].filter((leaf) => leaf !== '');
  return all.length > 0 ? all : [''];
}

function referent(root: JsonSchema, ref: string): unknown {
  let found: unknown = root;
  for (const step of ref.split('/').slice(1)) found = (found as JsonSchema | undefined)?.[decodeURIComponent(step)];
  return found;
}
