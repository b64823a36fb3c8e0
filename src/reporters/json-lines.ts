import { escapePointer, readJson } from '../exchange/json.js';

/** One line of an indented JSON text. */
export interface JsonLine {
  readonly depth: number;
  /** As it stood in the source: numbers keep their digits, repeated keys stay. */
  readonly text: string;
  /** Pointer of the value that the line opens, holds or closes. */
  readonly pointer: string;
}

interface Level {
  readonly pointer: string;
  readonly isObject: boolean;
  step: string;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Indents a JSON text without changing a token of it; undefined when it is no JSON. */
export function jsonLines(text: string): JsonLine[] | undefined {
  if (!readJson(text).ok) return undefined;
  const lines: { depth: number; text: string; pointer: string }[] = [];
  const levels: Level[] = [];
  let key = '';
  const here = (): string => {
    const level = levels.at(-1);
    return level === undefined ? '' : `${level.pointer}/${level.step}`;
  };
  const line = (content: string): void => {
    lines.push({ depth: levels.length, text: key + content, pointer: here() });
    key = '';
  };
  const open = (mark: string): void => {
    line(mark);
    levels.push({ pointer: lines.at(-1)!.pointer, isObject: mark === '{', step: '0' });
  };
  const close = (mark: string): void => {
    const { pointer } = levels.pop()!;
    const last = lines.at(-1)!;
    if (last.pointer === pointer && /[{[]$/.test(last.text)) last.text += mark;
    else lines.push({ depth: levels.length, text: mark, pointer });
  };
  const tokens = text.match(token) ?? [];
  for (const [index, each] of tokens.entries()) {
    const level = levels.at(-1);
    if (each === '{' || each === '[') open(each);
    else if (each === '}' || each === ']') close(each);
    else if (each === ',') {
      lines.at(-1)!.text += ',';
      if (level && !level.isObject) level.step = String(Number(level.step) + 1);
    } else if (each === ':') key += ': ';
    else if (tokens[index + 1] === ':') {
      key = each;
      level!.step = escapePointer(JSON.parse(each) as string);
    } else line(each);
  }
  return lines;
}

/** Lines of the value at a pointer; where the document has none, the line of the nearest value around it. */
export function linesAt(
  lines: readonly JsonLine[],
  pointer: string,
): { readonly hits: ReadonlySet<number>; readonly missing: boolean } {
  const within = lines.flatMap((line, index) =>
    line.pointer === pointer || line.pointer.startsWith(`${pointer}/`) ? [index] : [],
  );
  if (within.length > 0) return { hits: new Set(within), missing: false };
  const around = pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
  const nearest = lines.findIndex((line) => line.pointer === around);
  if (nearest < 0 && around !== '') return { ...linesAt(lines, around), missing: true };
  return { hits: new Set(nearest < 0 ? [] : [nearest]), missing: true };
}
