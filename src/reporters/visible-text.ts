/** Characters that act on a screen or a parser instead of being seen: controls, direction marks, invisible ones. */
const acting =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e007f}]|[\u{1fffe}\u{1ffff}]|\p{Surrogate}/gu;

/** Runs of what is not plain ASCII: most text has none, and they are found ten times as fast as what acts. */
const beyondAscii = /[^\n\t\u0020-\u007e]+/g;

function replaceActing(text: string, spell: (character: string) => string): string {
  return text.replaceAll(beyondAscii, (run) => run.replaceAll(acting, spell));
}

/** Text that is safe to print anywhere: what would act is spelled out as `\u{1b}`. Line feeds and tabs stay. */
export function visible(text: string): string {
  return replaceActing(text, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** Lines for a screen or a log: nothing that would act, and no command to the CI system that reads them. */
export function inert(text: string): string {
  return visible(text).split('\n').map(withoutCommand).join('\n');
}

/** A line that starts with `::`, or holds `##[` or `##vso[`, is a command to a CI system; colours before it are ours. */
export function withoutCommand(line: string): string {
  return line.replace(/^((?:\s|\u001b\[\d+m)*):(?=:)/, '$1: ').replaceAll(/##(?=\[|vso\[|teamcity\[)/g, '# #');
}

/** Indented JSON with a line feed at its end; what would act on a screen is escaped, so the text is inert and the data whole. */
export function jsonText(value: unknown): string {
  return `${replaceActing(JSON.stringify(value, null, 2), escapeUnits)}\n`;
}

function escapeUnits(character: string): string {
  return character.replaceAll(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Visible text on one line, shortened in the middle to at most `longest` characters. */
export function oneLine(text: string, longest = Number.POSITIVE_INFINITY): string {
  const line = visible(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  if (line.length <= longest) return line;
  const characters = [...line];
  if (characters.length <= longest) return line;
  const half = Math.max(1, Math.floor((longest - 1) / 2));
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}
