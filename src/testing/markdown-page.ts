export const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** With columns as wide as their widest cell, as the formatter of this repository leaves them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A page that nobody writes by hand. */
export const page = (title: string, lead: string, sections: readonly string[]): string =>
  `${[`# ${title}`, `${lead} This page is made by \`npm run docs\`.`, ...sections].join('\n\n')}\n`;
