import { paramsOf, resolveArchitecture } from '../../architectures/index.js'
import { Failure } from '../../catalogue/failure.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand, oneFile } from '../command.js'
import { exitCode } from '../exit-code.js'
import { loadArchitecture } from '../operands/load-architecture.js'
import { loadIr } from '../operands/load-ir.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import { withProgress } from '../progress/with-progress.js'
import { printOutcome } from '../output/print-outcome.js'
import { readSettings } from '../arguments/param-settings.js'

const { arch, search, scale, set, seed, backend, threads, data, out, json, quiet } = commonOptions

export const command = defineCommand({
  operands: oneFile,
  describe:
    'Trains an architecture from scratch as a search of the file trains what it finds (its `retrain`), and tests it. Settings\n' +
    'of the search and its scale hold, params of `retrain` too: `with` of the architecture does not. Everything is kept in a\n' +
    'run directory; `nasc resume` goes on after Ctrl-C or a kill, `nasc eval` tests again.',
  options: {
    ...{ arch, search, scale, set, seed, backend, threads, data },
    'skip-corrupt': commonOptions['skip-corrupt'],
    ...{ out, json, quiet },
  },
  examples: [
    ['train spaces/darts.nas --arch DARTS_V2 --scale quick', 'a published network, for minutes on MNIST'],
    [
      'train spaces/darts.nas --arch runs/first_order-1/architectures/derived.nas --scale paper',
      'what a run has found',
    ],
    ['train spaces/darts.nas --arch DARTS_V1 --scale quick --set retrain.epochs=8', 'for longer'],
  ],
  async run([file = ''], values, terminal) {
    if (values.arch === undefined) {
      throw new Failure('option-missing', {
        what: '`nasc train` does not say which architecture',
        options: '--arch NAME or --arch FILE',
      })
    }
    const ir = await loadIr(file, values.json, terminal)
    const loaded = ir && (await loadArchitecture(ir, file, values.arch, values.json, terminal))
    if (ir === undefined || loaded === undefined) return exitCode.findings
    const runtime = await import('../../runtime/index.js')
    const { search, scale, seed, backend, threads, data, out } = values
    const { architecture } = loaded
    const outcome = await withProgress(terminal, values.quiet, (watching) =>
      runtime.train(loaded.ir, {
        ...withoutUndefined({ search, scale, seed, backend, threads, data, out }),
        skipCorrupt: values['skip-corrupt'],
        space: architecture.space,
        name: architecture.name,
        architecture: resolveArchitecture(loaded.ir, architecture, paramsOf(loaded.ir, architecture)),
        set: readSettings(values.set),
        ...watching,
      }),
    )
    return printOutcome(outcome, values.json, terminal)
  },
})
