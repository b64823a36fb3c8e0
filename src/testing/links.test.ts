import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anchorsOf, brokenLinks } from './links.js';
import { root, trackedFiles } from './tracked-files.js';

describe('links in the pages', () => {
  const pages = trackedFiles().filter((file) => file.endsWith('.md'));

  it('lead to files and headings that exist', () => {
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.flatMap((page) => brokenLinks(root, page))).toEqual([]);
  });
});

describe('a broken link', () => {
  let tree = '';
  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'chift-contract-links-'));
    mkdirSync(join(tree, 'src'));
    writeFileSync(join(tree, 'src/there.ts'), '');
    writeFileSync(join(tree, 'other.md'), '# One heading\n\n```\n# no heading\n```\n## One heading\n');
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each([
    ['[a](other.md)', []],
    ['[a](other.md#one-heading) [b](other.md#one-heading-1)', []],
    ['# Here\n[a](#here "title")', []],
    ['[a](https://example.org/x) [b](mailto:a@example.org)', []],
    ['`src/there.ts` and `src/*.ts` and `src/<name>.ts` and `[a](absent.md)`', []],
    ['```\n[a](absent.md) `src/absent.ts`\n```', []],
    ['[a](absent.md)', ['page.md → absent.md']],
    ['[a]: absent.md', ['page.md → absent.md']],
    ['[a](other.md#no-heading)', ['page.md → other.md#no-heading']],
    ['[a](../outside.md)', ['page.md → ../outside.md']],
    ['`src/absent.ts`', ['page.md → /src/absent.ts']],
  ])('is seen or not in %j', (text, broken) => {
    writeFileSync(join(tree, 'page.md'), text);
    expect(brokenLinks(tree, 'page.md')).toEqual(broken);
  });

  it('is measured against the anchors that a reader makes', () => {
    expect(anchorsOf('# 1. The `code` of it\n## Ünï-code_x\n')).toEqual(['1-the-code-of-it', 'ünï-code_x']);
  });
});
