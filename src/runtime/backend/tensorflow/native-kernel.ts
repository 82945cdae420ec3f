import type { KernelCall, NativeKernel } from './kernel.js'

export interface NativeOptions extends Pick<NativeKernel, 'fits' | 'inPlace'> {
  /** Whole numbers beside the tensors, in the order of the C++ side. */
  readonly ints?: (call: KernelCall) => readonly number[]
  readonly reals?: (call: KernelCall) => readonly number[]
}

/** The kernel that `native/ops` registers under a name. */
export function native(name: string, { ints, reals, ...traits }: NativeOptions = {}): NativeKernel {
  return { name, ...traits, settings: (call) => ({ ints: ints?.(call) ?? [], reals: reals?.(call) ?? [] }) }
}
