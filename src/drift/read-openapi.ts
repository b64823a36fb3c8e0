import { HarnessError } from '../errors.js';
import { atPointer } from '../exchange/json.js';
import type { Dialect, SchemaSource } from './normal-schema.js';

export interface ApiParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  /** How the value is written, with the defaults filled in: `form, exploded`. */
  readonly style: string;
  readonly schema: SchemaSource;
}

/** Schema by media type, without parameters of the type; undefined where none is given. */
export type ApiContent = ReadonlyMap<string, SchemaSource | undefined>;

/** One operation of a document, references followed, schemas not yet read. */
export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly deprecated: boolean;
  readonly parameters: readonly ApiParameter[];
  readonly body: { readonly required: boolean; readonly content: ApiContent } | undefined;
  /** By status as the document writes it: `200`, `4XX`, `default`. */
  readonly responses: ReadonlyMap<string, ApiContent>;
  /** Ways to authenticate, each as the kinds of its schemes; `undeclared …` where the document does not say what it is. */
  readonly security: readonly string[];
}

export interface ApiDocument {
  readonly name: string;
  readonly operations: readonly ApiOperation[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Reads a parsed OpenAPI 3.0 or 3.1 document; throws `unreadable` with the place of what is wrong. */
export function readOpenapi(document: unknown, name: string): ApiDocument {
  const reader = new Reader(document, name);
  return { name, operations: reader.operations() };
}

class Reader {
  private readonly root: Json;
  private readonly dialect: Dialect;

  constructor(
    document: unknown,
    private readonly name: string,
  ) {
    if (!isObject(document) || typeof document['openapi'] !== 'string') throw noOpenapi(document, name);
    if (!/^3\.\d/.test(document['openapi']))
      throw new HarnessError('unreadable', `${name} is OpenAPI ${document['openapi']}; 3.0 and 3.1 can be read`);
    this.root = document;
    this.dialect = document['openapi'].startsWith('3.0') ? 'openapi-3.0' : dialectNamed(document['jsonSchemaDialect']);
  }

  operations(): ApiOperation[] {
    const paths = this.root['paths'] ?? {};
    if (!isObject(paths)) throw this.unreadable('/paths', 'is no map of paths');
    return Object.entries(paths)
      .filter(([path]) => path.startsWith('/'))
      .flatMap(([path, item]) => this.operationsAt(path, this.resolved(item, `/paths/${path}`)));
  }

  private operationsAt(path: string, item: Json): ApiOperation[] {
    return methods
      .filter((method) => item[method] !== undefined)
      .map((method) => this.operation(path, method, item, `/paths/${path}/${method}`));
  }

  private operation(path: string, method: string, item: Json, place: string): ApiOperation {
    const own = this.resolved(item[method], place);
    const body =
      own['requestBody'] === undefined ? undefined : this.resolved(own['requestBody'], `${place}/requestBody`);
    return {
      id: typeof own['operationId'] === 'string' ? own['operationId'] : `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      deprecated: own['deprecated'] === true,
      parameters: this.parameters(item['parameters'], own['parameters'], place),
      body: body && { required: body['required'] === true, content: this.content(body, `${place}/requestBody`) },
      responses: this.responses(own['responses'], place),
      security: this.security(own['security'] ?? this.root['security']),
    };
  }

  /** Those of the operation replace those of its path by name and kind. */
  private parameters(ofPath: unknown, own: unknown, place: string): ApiParameter[] {
    const all = [ofPath, own].flatMap((list, level) =>
      this.list(list, `${place}/parameters`).map((each, at) =>
        this.parameter(each, `${place}/parameters/${level}.${at}`),
      ),
    );
    const last = new Map(all.map((parameter) => [`${parameter.in} ${parameter.name.toLowerCase()}`, parameter]));
    return [...last.values()].filter(
      (parameter) => parameter.in !== 'header' || !unheeded.has(parameter.name.toLowerCase()),
    );
  }

  private parameter(value: unknown, place: string): ApiParameter {
    const own = this.resolved(value, place);
    const { name, in: where } = own;
    if (typeof name !== 'string' || typeof where !== 'string') throw this.unreadable(place, 'has no name or no in');
    const style = own['style'] ?? (where === 'query' || where === 'cookie' ? 'form' : 'simple');
    const exploded = own['explode'] ?? style === 'form';
    const [content] = own['content'] === undefined ? [] : [...this.content(own, place).values()];
    return {
      name,
      in: where,
      required: own['required'] === true,
      style: `${style}${exploded ? ', exploded' : ''}`,
      schema: content ?? this.schema(own['schema'] ?? true, place),
    };
  }

  private responses(value: unknown, place: string): Map<string, ApiContent> {
    if (value !== undefined && !isObject(value)) throw this.unreadable(`${place}/responses`, 'is no map of statuses');
    return new Map(
      Object.entries(value ?? {})
        .filter(([status]) => !status.startsWith('x-'))
        .map(([status, each]) => {
          const at = `${place}/responses/${status}`;
          return [status.toUpperCase().replace('DEFAULT', 'default'), this.content(this.resolved(each, at), at)];
        }),
    );
  }

  private content(holder: Json, place: string): Map<string, SchemaSource | undefined> {
    const content = holder['content'] ?? {};
    if (!isObject(content)) throw this.unreadable(`${place}/content`, 'is no map of media types');
    return new Map(
      Object.entries(content).map(([type, media]) => {
        const at = `${place}/content/${type}`;
        const { schema } = this.resolved(media, at);
        return [type.split(';')[0]!.trim().toLowerCase(), schema === undefined ? undefined : this.schema(schema, at)];
      }),
    );
  }

  private schema(schema: unknown, place: string): SchemaSource {
    return { schema, dialect: this.dialect, document: this.root, name: `${this.name}: ${place}` };
  }

  private security(value: unknown): string[] {
    if (!Array.isArray(value) || value.length === 0) return ['none'];
    const ways = value.map((way) => (isObject(way) ? Object.keys(way) : []).map((scheme) => this.scheme(scheme)));
    return [...new Set(ways.map((kinds) => kinds.sort().join(' and ') || 'none'))].sort();
  }

  /** What a scheme is, not what it is called. */
  private scheme(name: string): string {
    const scheme = atPointer(
      this.root,
      `/components/securitySchemes/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    );
    if (!isObject(scheme)) return `undeclared ${name}`;
    const { type, scheme: way, in: where, name: key } = this.resolved(scheme, `/components/securitySchemes/${name}`);
    return [type, way, where, key]
      .filter((part) => typeof part === 'string')
      .join(' ')
      .toLowerCase();
  }

  private list(value: unknown, place: string): readonly unknown[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw this.unreadable(place, 'is no list');
    return value;
  }

  /** What a reference leads to, or the object itself. */
  private resolved(value: unknown, place: string): Json {
    let node = value;
    for (let step = 0; isObject(node) && typeof node['$ref'] === 'string'; step++) {
      const { $ref } = node as { $ref: string };
      if (!$ref.startsWith('#/'))
        throw this.unreadable(place, `refers to ${$ref} outside the document, which is never loaded`);
      if (step > 100) throw this.unreadable(place, `refers to ${$ref}, which refers to itself`);
      node = atPointer(this.root, decodeURI($ref.slice(1)));
      if (node === undefined) throw this.unreadable(place, `refers to ${$ref}, which the document does not have`);
    }
    if (!isObject(node)) throw this.unreadable(place, 'is no object');
    return node;
  }

  private unreadable(place: string, what: string): HarnessError {
    return new HarnessError('unreadable', `${this.name}: ${place} ${what}`);
  }
}

/** Header parameters of these names are ignored (OpenAPI 3, Parameter Object). */
const unheeded = new Set(['accept', 'content-type', 'authorization']);

function noOpenapi(document: unknown, name: string): HarnessError {
  const swagger = isObject(document) ? document['swagger'] : undefined;
  const what = swagger === undefined ? 'is no OpenAPI document: it has no openapi version' : `is Swagger ${swagger}`;
  return new HarnessError('unreadable', `${name} ${what}`, {
    hint: 'OpenAPI 3.0 and 3.1 can be read, as JSON or YAML.',
  });
}

function dialectNamed(named: unknown): Dialect {
  return typeof named === 'string' && /draft-0[4-7]/.test(named) ? 'draft-07' : '2020-12';
}
