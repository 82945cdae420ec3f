/** Builds the kernel modules unless they are newer than their sources. */
export function buildKernels(): Promise<void>
