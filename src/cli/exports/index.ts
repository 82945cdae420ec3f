import type { Architecture, ParamValues } from '../../space/index.js'
import type { Ir } from '../../ir/model/ir.js'
import type { ExportFormatName } from '../../runtime/index.js'
import { genotype } from './genotype.js'

/** An architecture that is to be written for another tool. */
export interface ExportInput {
  readonly ir: Ir
  readonly name: string
  readonly architecture: Architecture
  readonly params: ParamValues
  /** Names of operations there -> those of the space. */
  readonly operations: ReadonlyMap<string, string>
}

/** A form in which architectures are written. */
export interface ExportForm {
  /** Half a line for the help. */
  readonly summary: string
  write(input: ExportInput): string
}

/** By the name that `--to` gives. */
export const exportForms = { genotype } as const satisfies Readonly<Record<string, ExportForm>>

/** Formats of networks, which have weights; half a line each for the help. */
export const networkFormats: Readonly<Record<ExportFormatName, string>> = {
  onnx: 'an ONNX model, checked by onnxruntime',
  safetensors: 'weights as PyTorch lays them out, checked by PyTorch',
  pytorch: 'a folder with a module in Python and its weights, checked by PyTorch',
  tfjs: 'a folder with a graph model of TensorFlow.js, checked by it',
  'saved-model': 'a folder with a SavedModel of TensorFlow, checked by native TensorFlow',
}

export function isNetworkFormat(name: string): name is ExportFormatName {
  return Object.hasOwn(networkFormats, name)
}
