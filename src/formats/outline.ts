/** The shape of a document as far as its first bytes show it. */
export interface Outline {
  /** `log/entries/[]/request/method` → the first scalar there, as written and shortened; `{` or `[` for a container. */
  readonly paths: ReadonlyMap<string, string>;
  /** The first JSON value of the text is whole and another one follows: one document a line. */
  readonly lines: boolean;
  readonly text: string;
}

const token = /\s*(?:([{}[\],:])|"((?:[^"\\]|\\.)*)"|([^\s{}[\],:"]+))/y;
const longest = 80;
/** No recording shows its kind deeper; each level costs a path as long as all levels above it. */
const deepest = 64;

interface Level {
  readonly path: string;
  readonly array: boolean;
  /** Key whose value comes next; undefined where a key is expected. */
  key: string | undefined;
}

/** Reads the shape off a text that may be cut anywhere and may hold no JSON at all; never fails. */
export function outlineOf(text: string): Outline {
  const paths = new Map<string, string>();
  const levels: Level[] = [];
  token.lastIndex = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let started = false;
  for (let end = token.lastIndex; ; end = token.lastIndex) {
    const found = token.exec(text);
    if (found === null || levels.length > deepest) return { paths, lines: false, text };
    if (started && levels.length === 0) return { paths, lines: /^\s*[[{]/.test(text.slice(end)), text };
    started = true;
    const [, mark, string, word] = found;
    if (mark === undefined) scalar(levels.at(-1), string ?? word!, paths);
    else structure(levels, mark, paths);
  }
}

function structure(levels: Level[], mark: string, paths: Map<string, string>): void {
  const level = levels.at(-1);
  if (mark === '{' || mark === '[') {
    const path = level === undefined ? '' : below(level);
    note(paths, path, mark);
    levels.push({ path, array: mark === '[', key: mark === '[' ? '[]' : undefined });
  } else if (mark === '}' || mark === ']') levels.pop();
  else if (mark === ',' && level && !level.array) level.key = undefined;
}

function scalar(level: Level | undefined, value: string, paths: Map<string, string>): void {
  if (level === undefined) return;
  if (level.key === undefined) level.key = value;
  else note(paths, below(level), value.slice(0, longest));
}

const below = ({ path, key }: Level): string => (path === '' ? (key ?? '') : `${path}/${key ?? ''}`);

function note(paths: Map<string, string>, path: string, value: string): void {
  if (!paths.has(path)) paths.set(path, value);
}
