import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** What a Markdown page points at and what is not there, one line each: `page → target`. */
export function brokenLinks(root: string, page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const targets = [...linksOf(text), ...pathsOf(text)];
  return targets.filter((target) => !leadsSomewhere(root, page, target)).map((target) => `${page} → ${target}`);
}

/** Links to places of this repository; addresses with a scheme are left alone. */
export function linksOf(text: string): string[] {
  const prose = withoutCode(text);
  const inline = [...prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map((match) => match[1]!);
  const named = [...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)].map((match) => match[1]!);
  return [...inline, ...named].filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target));
}

/** Files that a page names in backticks, from the root: `src/errors.ts`. Patterns and placeholders are no files. */
export function pathsOf(text: string): string[] {
  return [...withoutFences(text).matchAll(/`((?:src|contracts|properties|docs|scripts|bench|\.ci)\/[^`\s]*)`/g)]
    .map((match) => match[1]!)
    .filter((path) => !/[*<>{}…]|\bx\./.test(path))
    .map((path) => `/${path}`);
}

function leadsSomewhere(root: string, page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : normalize(path.startsWith('/') ? path.slice(1) : join(dirname(page), path));
  if (file.startsWith('..') || !existsSync(join(root, file))) return false;
  return anchor === undefined || anchorsOf(readFileSync(join(root, file), 'utf8')).includes(anchor);
}

/** Anchors that a Markdown reader gives to the headings, as GitHub spells them. */
export function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return [...withoutFences(text).matchAll(/^#{1,6}\s+(.+)$/gm)].map((match) => {
    const slug = match[1]!
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

function withoutFences(text: string): string {
  return text.replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1\s*$/gm, '');
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/`[^`\n]*`/g, '');
}
