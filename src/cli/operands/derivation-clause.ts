import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import type { Host } from '../../compiler/modules/host.js'
import { nodeHost } from '../../compiler/modules/node-host.js'
import type { Terminal } from '../terminal.js'
import { appendedText } from './appended-text.js'
import { printErrors } from './load-ir.js'

/**
 * A search that lacks its derivation alone, of a space that has something to derive: what derives can stand at its end. All else is taken
 * over from another one, so that nothing is said against clauses that a derivation of its own would have no use for.
 */
const program = `import { conv, global_pool, linear } from std:nn
import std:search
space any_space {
  input image(8, 1)
  classes 2
  network { stem one of { conv(2, 1), conv(2, 3) }; head global_pool -> linear(classes) }
}
search taken_over of any_space {
  relax stem by softmax
  minimise cross_entropy
  train weights on 40% { sgd(lr: 0.1) }
  train choices on 40% { sgd(lr: 0.1) }
  validate on 20%
  epochs 1
  batch 1
  derive argmax
}
search any_search of any_space like taken_over {
  derive`

/** How the text is named in what is said of it, and the program that it is compiled in. */
const [option, file] = ['--by', 'search.nas']

/**
 * What the option `--by` says, parsed and checked as what stands behind `derive` in a search: a program whose one search derives so.
 * Nothing where it has errors, which are printed.
 *
 * @throws Failure NAS8137 if it says more than that
 */
export async function readDerivation(text: string, json: boolean, terminal: Terminal): Promise<Ir | undefined> {
  const { compile } = await import('../../compiler/index.js')
  const files = nodeHost()
  const host: Host = { ...files, read: (path) => ({ [option]: text, [file]: program })[path] ?? files.read(path) }
  const appended = appendedText(host, file, { path: option, text: `${text}\n}` })
  const compiled = compile(appended.path, appended.host)
  printErrors(compiled, appended.locate(compiled.diagnostics), host, json, terminal)
  if (compiled.value !== undefined) refuseMore(compiled.value)
  return compiled.value
}

function refuseMore({ searches, spaces }: Ir): void {
  const [, search, ...others] = searches
  const settings = Object.keys(search?.settings.values ?? {}).filter((name) => name !== 'epochs' && name !== 'batch')
  const found =
    others.length > 0 || spaces.length > 1
      ? 'it declares something'
      : settings.length > 0
        ? `it sets ${settings.join(', ')}`
        : undefined
  if (found !== undefined) throw new Failure('not-one-derivation', { found })
}
