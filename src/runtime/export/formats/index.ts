import type { ExportFormat } from './format.js'
import { onnx } from './onnx.js'

/** By the name that `--to` gives. */
export const exportFormats = { onnx } as const satisfies Readonly<Record<string, ExportFormat>>

export type ExportFormatName = keyof typeof exportFormats
