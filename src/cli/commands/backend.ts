import pc from 'picocolors'
import { Failure } from '../../catalogue/failure.js'
import { defineCommand } from '../command.js'
import { commonOptions } from '../arguments/common-options.js'
import { exitCode } from '../exit-code.js'
import { formatBytes } from '../../support/format-quantity.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import { printJson } from '../output/print-failure.js'
import type { ExitCode } from '../exit-code.js'
import type { Terminal } from '../terminal.js'

const options = {
  gpu: { kind: 'flag', describe: 'Build against a TensorFlow with CUDA' },
  wheel: { kind: 'text', value: 'FILE', describe: 'A wheel of tensorflow or tensorflow-cpu for Linux' },
  from: { kind: 'text', value: 'DIR', describe: 'The folder of an installed TensorFlow, which must stay' },
  json: commonOptions.json,
  quiet: commonOptions.quiet,
} as const

interface Values {
  readonly gpu: boolean
  readonly wheel: string | undefined
  readonly from: string | undefined
  readonly json: boolean
  readonly quiet: boolean
}

export const command = defineCommand({
  operands: { text: 'list|install|remove [tensorflow]', least: 1, most: 2 },
  describe:
    'Lists the backends of this machine, makes native TensorFlow usable (npm package, PyPI wheel, compiler: some minutes ' +
    'and 1.5 GB in your data folder), or removes it.',
  options,
  examples: [
    ['backend list', 'what can run here, and which is chosen'],
    ['backend install tensorflow', 'builds the native backend and tests it'],
    ['backend install tensorflow --wheel tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl', 'without pip'],
    ['backend install tensorflow --from ~/venv/lib/python3.11/site-packages', 'against a TensorFlow that is there'],
    ['backend remove tensorflow', 'frees the space'],
  ],
  async run([action = '', name], values, terminal) {
    if (action === 'list' && name === undefined) return list(values, terminal)
    if (action === 'install' && name === 'tensorflow') return install(values, terminal)
    if (action === 'remove' && name === 'tensorflow') return remove(values, terminal)
    throw wrongAction(action, name)
  },
})

function wrongAction(action: string, name: string | undefined): Failure {
  const known = ['list', 'install', 'remove'].includes(action)
  const what =
    known && action !== 'list'
      ? name === undefined
        ? `\`nasc backend ${action}\` does not say which backend`
        : `No backend \`${name}\` can be installed or removed; wasm and cpu are always there`
      : `There is no \`nasc backend ${[action, name ?? ''].join(' ').trim()}\``
  return new Failure('unknown-backend', { what })
}

async function list(values: Values, terminal: Terminal): Promise<ExitCode> {
  const { inspectBackends } = await import('../../runtime/backend/inspect.js')
  const { backends, chosen, reason, faster } = inspectBackends()
  if (values.json) {
    printJson({ backends, chosen, reason, ...withoutUndefined({ faster }) }, terminal)
    return exitCode.fine
  }
  const colours = pc.createColors(terminal.outColour)
  for (const { name: backend, usable, detail } of backends) {
    const mark = usable ? colours.green('yes') : colours.yellow('no ')
    terminal.out(`${mark} ${colours.bold(backend.padEnd(10))} ${detail}\n`)
  }
  terminal.out(`\n${chosen} is chosen: ${reason}\n`)
  if (faster !== undefined) terminal.out(`faster: ${faster}\n`)
  return exitCode.fine
}

async function install(values: Values, terminal: Terminal): Promise<ExitCode> {
  const { installTensorflow } = await import('../../runtime/backend/install/install.js')
  // What it has begun is removed, and the programs that it runs are ended.
  terminal.interruption.hold()
  const { folder, installed, record, test } = await installTensorflow({
    gpu: values.gpu,
    ...withoutUndefined({ wheel: values.wheel, from: values.from }),
    signal: terminal.interruption.signal,
    report: (line) => {
      if (!values.quiet) terminal.err(`tensorflow: ${line}\n`)
    },
  }).finally(() => terminal.interruption.release())
  if (values.json) {
    printJson({ folder, installed, record, test }, terminal)
    return exitCode.fine
  }
  const { threads, tensorflowMs, wasmMs } = test.trial
  const gain =
    wasmMs === null ? '' : `; wasm takes ${wasmMs.toFixed(0)} ms, ${(wasmMs / tensorflowMs).toFixed(1)} times as long`
  const lines = [
    `${installed ? 'installed' : 'already there'}: TensorFlow ${record.tensorflow} in ${folder}, ${formatBytes(record.bytes)}`,
    `self-test: ${test.compared} values, loss and gradients, equal to plain JavaScript (greatest difference ${test.difference.toExponential(1)})`,
    `a training step of a DARTS cell: ${tensorflowMs.toFixed(0)} ms on ${threads} threads${gain}`,
    test.kernels === null
      ? "without nasc's own kernels, which did not compile: TensorFlow's serve, slower"
      : `nasc's own kernels are compiled; this processor runs those for ${test.kernels}`,
    ...(values.gpu && !test.onGpu ? ['it was built with CUDA, but found no GPU here: the GPU is untested'] : []),
    wasmMs !== null && wasmMs <= tensorflowMs
      ? 'wasm won, so nasc goes on taking it; `--backend tensorflow` takes TensorFlow'
      : 'nasc takes it from now on; `--backend wasm` takes the embedded one',
  ]
  terminal.out(`${lines.join('\n')}\n`)
  return exitCode.fine
}

async function remove(values: Values, terminal: Terminal): Promise<ExitCode> {
  const { removeTensorflow } = await import('../../runtime/backend/install/install.js')
  const freed = removeTensorflow()
  if (values.json) printJson({ removed: freed !== undefined, bytes: freed ?? 0 }, terminal)
  else terminal.out(freed === undefined ? 'there is nothing to remove\n' : `removed, ${formatBytes(freed)} freed\n`)
  return exitCode.fine
}
