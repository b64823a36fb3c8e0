import ts from 'typescript';

/** A habit this house does without, and the line it stands on. */
export interface Habit {
  readonly what: string;
  readonly line: number;
}

/** Habits seen in one source text, read off the syntax tree so that strings and comments are no matter. */
export function habitsOf(source: string): Habit[] {
  const file = ts.createSourceFile('file.ts', source, ts.ScriptTarget.ES2022, true);
  const found: Habit[] = [];
  const visit = (node: ts.Node): void => {
    const what = habitAt(node);
    if (what !== undefined)
      found.push({ what, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1 });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function habitAt(node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any';
  if (ts.isEnumDeclaration(node)) return 'enum';
  if (ts.isExportAssignment(node) || isDefault(node)) return 'default export';
  if (ts.isClassDeclaration(node)) return inheritance(node);
  if (ts.isPropertyAccessExpression(node)) return testModifier(node);
  return undefined;
}

function isDefault(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
}

function inheritance(node: ts.ClassDeclaration): string | undefined {
  const parents = (node.heritageClauses ?? []).filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return parents.some(({ types }) => !isForeign(types[0]!.expression)) ? 'inheritance' : undefined;
}

/** An error, or a class that a library asks to be extended: `fc.Arbitrary`. */
function isForeign(parent: ts.Expression): boolean {
  return /Error$/.test(parent.getText()) || ts.isPropertyAccessExpression(parent);
}

/** `it.only` hides every other test; `it.skip` hides itself. */
function testModifier({ expression, name }: ts.PropertyAccessExpression): string | undefined {
  if (!/^(describe|it|test|bench)\b/.test(expression.getText())) return undefined;
  if (name.text === 'only') return 'only';
  return ['skip', 'skipIf', 'runIf', 'todo', 'fails'].includes(name.text) ? 'skip' : undefined;
}
