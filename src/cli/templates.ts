import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../support/node/package-root.js'

/** A project to start from: a folder of `src/cli/templates`. */
export interface Template {
  readonly name: string
  /** The first sentence of its space file. */
  readonly about: string
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

/** All templates; the first one is the one that `nasc init` takes. */
export function templates(): readonly Template[] {
  const folder = join(packageRoot(), 'src', 'cli', 'templates')
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const space = readFileSync(join(folder, name, 'space.nas'), 'utf8')
      const files = [
        { name: 'space.nas', text: space },
        { name: 'README.md', text: readMe(space) },
      ]
      return { name, about: aboutOf(space), files }
    })
}

function aboutOf(space: string): string {
  const lines = [...space.matchAll(/^\/\/! ?(.*)$/gm)].map((match) => match[1] ?? '')
  return lines.join(' ').replace(/ Change what you like\.$/, '')
}

/** The commands by which one goes on, with the names that the file declares. */
function readMe(space: string): string {
  const declared = (keyword: string): string => new RegExp(`^${keyword} (\\w+)`, 'm').exec(space)?.[1] ?? ''
  return [
    `# ${declared('space')}`,
    '',
    aboutOf(space),
    '',
    '```sh',
    'nasc check space.nas                         # is everything right?',
    'nasc explain space.nas                       # the space and the search in words',
    'nasc count space.nas --by macs               # how many architectures, and what they cost',
    `nasc cost space.nas --arch ${declared('architecture').padEnd(18)}# one of them, layer by layer`,
    'nasc sample space.nas --count 3              # others, drawn at random',
    'nasc graph space.nas --out space.svg         # a picture',
    'nasc run space.nas --scale quick             # search, derive and retrain, in minutes on MNIST',
    '```',
    '',
    'A run writes a folder in `runs/` with a report, and the architecture that it found.',
    '',
  ].join('\n')
}
