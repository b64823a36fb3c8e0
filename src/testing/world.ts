import ts from 'typescript';

/** A place where code reaches for the world instead of being handed it. */
export interface Reach {
  readonly what: string;
  readonly line: number;
}

/** Expressions that give another answer on another day or machine; the text is the source without blanks. */
const calls = /^(Math\.random|Date\.now|performance\.now|crypto\.(randomUUID|getRandomValues)|globalThis\.crypto\b.*)$/;
const members = /^(process\.(env|argv|stdin|cwd|hrtime|stdout|stderr|exit|on)|import\.meta\.env)$/;
const chance = ['randomUUID', 'randomBytes', 'randomInt'];

/** Clock, chance and environment in a source text, read off the syntax tree so that comments and strings are no matter. */
export function reachesOf(source: string): Reach[] {
  const file = ts.createSourceFile('file.ts', source, ts.ScriptTarget.ES2022, true);
  const found: Reach[] = [];
  const visit = (node: ts.Node): void => {
    const what = reachAt(node);
    if (what !== undefined)
      found.push({ what, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1 });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function reachAt(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText().replace(/\s/g, '');
    return calls.test(text) || members.test(text) ? text : undefined;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
  if (ts.isImportSpecifier(node) && chance.includes((node.propertyName ?? node.name).text)) return node.getText();
  if (ts.isIdentifier(node) && ['setTimeout', 'setInterval'].includes(node.text)) return node.text;
  if (ts.isCallExpression(node) && node.expression.getText() === 'fetch') return 'fetch()';
  return undefined;
}

/** Lines that read what zod keeps to itself and may change in any release. */
export function zodInsidesOf(source: string): number[] {
  const file = ts.createSourceFile('file.ts', source, ts.ScriptTarget.ES2022, true);
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === '_zod')
      lines.push(file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines;
}
