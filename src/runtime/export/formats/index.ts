import type { ExportFormat } from './format.js'
import { onnx } from './onnx.js'
import { pytorch } from './pytorch.js'
import { safetensors } from './safetensors.js'

/** By the name that `--to` gives. */
export const exportFormats = { onnx, safetensors, pytorch } as const satisfies Readonly<Record<string, ExportFormat>>

export type ExportFormatName = keyof typeof exportFormats
