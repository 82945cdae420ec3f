import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { corpusOf, type Corpus } from './inputs.js'

/** Spaces and test cases of this repository; those that import files beside them would only be missing these. */
export function readCorpus(root: string): Corpus {
  const texts = ['spaces', 'test/cases'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.nas'))
      .sort()
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  )
  return corpusOf(texts.filter((text) => !/from "|import "/.test(text))).filter(
    (declarations) => declarations.length > 0,
  )
}
