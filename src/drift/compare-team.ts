import type { Contract } from '../contract/contract.js';
import { endpointById } from '../contract/contract.js';
import { jsonSchemaOf } from '../derive/json-schema.js';
import type { TeamSchema } from '../derive/team-schema.js';
import { HarnessError } from '../errors.js';
import type { Change } from './change.js';
import { type ComparedSide, compareSides, type SchemaDifference } from './compare-schemas.js';
import { type Direction, dialectOf } from './normal-schema.js';
import { sentenceOf } from './sentence.js';

export interface TeamComparison {
  readonly changes: readonly Change[];
  readonly direction: Direction;
  /** Optional fields of the contract (JSON pointers) that the schema leaves open, which is anybody's right. */
  readonly left: readonly string[];
  /** The schemas differ so much that not all of it was looked at. */
  readonly cut: boolean;
}

export interface TeamOptions {
  /** Endpoint id whose bodies are meant. */
  readonly endpoint: string;
  /** Which of them; the one that knows more of the schema's fields, and differs less, when left out. */
  readonly direction: Direction | undefined;
  /** Shown in errors. */
  readonly name: string;
}

/**
 * A team's own schema against the contract. Of a request it is what the team sends: too lax breaks. Of a response it is
 * how the team reads: too strict breaks.
 */
export function compareTeam(team: TeamSchema, contract: Contract, options: TeamOptions): TeamComparison {
  const directions: Direction[] = options.direction === undefined ? ['request', 'response'] : [options.direction];
  const compared = directions.flatMap((direction) => {
    const promise = promiseOf(contract, options.endpoint, direction);
    return promise === undefined
      ? []
      : [{ direction, ...compareSides(sideOf(team, options.name), promise, direction) }];
  });
  const [nearest] = compared.sort(
    (x, y) => strangersIn(x.differences) - strangersIn(y.differences) || x.differences.length - y.differences.length,
  );
  if (nearest === undefined)
    throw new HarnessError('usage', `${options.endpoint} has no ${directions.join(' and no ')} body to compare with`);
  const { differences, direction, cut } = nearest;
  return {
    changes: changesOf(
      differences.filter((each) => !isLeftOpen(each)),
      direction,
      contract,
      options.endpoint,
    ),
    direction,
    left: differences.filter(isLeftOpen).map(({ pointer }) => pointer),
    cut,
  };
}

/** Fields that only the team knows. */
const strangersIn = (differences: readonly SchemaDifference[]): number =>
  differences.filter(({ rule }) => rule.endsWith('field removed')).length;

const isLeftOpen = ({ kind, rule }: SchemaDifference): boolean => kind === 'field' && rule === 'field added';

function sideOf({ schema, judge }: TeamSchema, name: string): ComparedSide {
  const side = { schema, dialect: dialectOf(schema), name };
  return judge === undefined ? side : { ...side, judge };
}

/** The body of the request, or of the first success. */
function promiseOf(contract: Contract, id: string, direction: Direction): ComparedSide | undefined {
  const { request, responses } = endpointById(contract, id);
  const model = direction === 'request' ? request.body : responses[successOf(responses)];
  if (!model) return undefined;
  return { schema: jsonSchemaOf(model), dialect: 'draft-07', name: `${id} ${direction}` };
}

const successOf = (responses: object): number => Number(Object.keys(responses).find((status) => /^2/.test(status)));

function changesOf(
  differences: readonly SchemaDifference[],
  direction: Direction,
  contract: Contract,
  id: string,
): Change[] {
  const { method, path, responses } = endpointById(contract, id);
  const status = direction === 'response' ? String(successOf(responses)) : undefined;
  return differences.map(({ witness, verdict, ...difference }) => ({
    operation: id,
    method,
    path,
    side: direction,
    at: { part: `${direction}.body`, pointer: difference.pointer },
    status,
    rule: status === undefined ? difference.rule : `${status}: ${difference.rule}`,
    message: sentenceOf({ ...difference, verdict, witness }, direction, { a: 'your schema', b: 'the contract' }),
    verdict,
    witness,
  }));
}
