import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { at } from '../../operations/support/element.js'
import { runCommand } from '../../../support/node/run-command.js'
import { littleEndian } from '../formats/little-endian.js'
import { torchNetwork } from '../formats/pytorch/module.js'
import { channelsFirst } from './channels-first.js'
import { imagesAtOnce, type ForeignResult, type ForeignRun, type Sample } from './foreign.js'

/** Loads modules and their weights, and runs images through them; exit code 3: a package is not there. */
const script = `
import array, importlib.util, sys
try:
    import torch
    import safetensors.torch
except ImportError as error:
    print(error)
    sys.exit(3)
at_once, *jobs = sys.argv[1:]
for model, weights, images, logits, *sizes in zip(*[iter(jobs)] * 8):
    spec = importlib.util.spec_from_file_location("model", model)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    network = module.load(weights)
    numbers = array.array("f")
    with open(images, "rb") as file:
        numbers.frombytes(file.read())
    batch = torch.tensor(numbers).reshape([int(size) for size in sizes])
    with torch.inference_mode():
        result = torch.cat([network(part) for part in batch.split(int(at_once))])
    with open(logits, "wb") as file:
        array.array("f", result.flatten().tolist()).tofile(file)
print("PyTorch " + torch.__version__)
`

const install = 'python3 -m pip install torch safetensors (NASC_PYTHON names a Python that has them)'
const missing = 3

/** A folder with `model.py` and `model.safetensors`, in PyTorch. */
export const runPytorch: ForeignRun = (path, sample) =>
  inPytorch({ model: join(path, 'model.py'), weights: join(path, 'model.safetensors'), sample })

/** A file of weights alone, in the module that they are for. */
export const runSafetensors: ForeignRun = (weights, sample, program) =>
  inFolder((folder) => {
    const model = join(folder, 'model.py')
    writeFileSync(model, torchNetwork(program).text)
    return inPytorch({ model, weights, sample })
  })

async function inPytorch(job: TorchJob): Promise<ForeignResult> {
  const ran = await runJobs([job])
  if (ran === undefined) return { kind: 'absent', program: 'PyTorch with safetensors', install }
  return { kind: 'ran', program: ran.program, logits: at(ran.logits, 0) }
}

export interface TorchJob {
  /** File in Python. */
  readonly model: string
  /** Safetensors. */
  readonly weights: string
  readonly sample: Sample
}

/** The logits of each job, from one process: its start takes seconds. Nothing where there is no PyTorch. */
export function runJobs(
  jobs: readonly TorchJob[],
): Promise<{ readonly program: string; readonly logits: readonly Float32Array[] } | undefined> {
  return inFolder(async (folder) => {
    const results = jobs.map((_, i) => join(folder, `logits-${String(i)}`))
    const args = jobs.flatMap(({ model, weights, sample: { images, shape, count } }, i) => {
      const file = join(folder, `images-${String(i)}`)
      writeFileSync(file, littleEndian(channelsFirst(images, shape)))
      const sizes = [count, shape.channels, shape.height, shape.width].map(String)
      return [model, weights, file, at(results, i), ...sizes]
    })
    for (const python of pythons()) {
      const { code, stdout, stderr } = await runCommand(python, ['-c', script, String(imagesAtOnce), ...args])
      if (code === null || code === missing) continue
      if (code !== 0) throw new Error(stderr.trim().split('\n').at(-1) ?? `it ended with ${String(code)}`)
      return { program: stdout.trim(), logits: results.map(readFloats) }
    }
    return undefined
  })
}

function readFloats(path: string): Float32Array {
  const bytes = readFileSync(path)
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i))
}

/** Where one is named, no other is tried. */
function pythons(): readonly string[] {
  const named = process.env['NASC_PYTHON']
  return named === undefined ? ['python3', 'python'] : [named]
}

async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'nasc-export-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
