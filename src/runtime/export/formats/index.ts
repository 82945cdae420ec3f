import type { ExportFormat } from './format.js'
import { onnx } from './onnx.js'
import { pytorch } from './pytorch.js'
import { safetensors } from './safetensors.js'
import { savedModel } from './saved-model.js'
import { tfjs } from './tfjs.js'

/** By the name that `--to` gives. */
export const exportFormats = {
  onnx,
  safetensors,
  pytorch,
  tfjs,
  'saved-model': savedModel,
} as const satisfies Readonly<Record<string, ExportFormat>>

export type ExportFormatName = keyof typeof exportFormats
