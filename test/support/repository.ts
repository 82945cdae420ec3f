import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const notOurs = new Set(['node_modules', 'dist', 'runs', '.git', '.bench', 'coverage'])

/** Paths of all files of the repository that people write or scripts generate, relative to its root. */
export function files(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : files(path)
    return entry.isFile() ? [relative(root, path).replaceAll('\\', '/')] : []
  })
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Pages that people read. */
export function pages(): string[] {
  return files().filter((path) => path.endsWith('.md') && !path.startsWith('grammar/'))
}

export interface CodeBlock {
  readonly page: string
  readonly language: string
  readonly text: string
}

/** The fenced code blocks of the pages. */
export function codeBlocks(): CodeBlock[] {
  return pages().flatMap((page) =>
    [...read(page).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
      page,
      language: match[1] ?? '',
      text: match[2] ?? '',
    })),
  )
}
