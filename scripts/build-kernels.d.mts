/** Builds the kernel module unless it is newer than its sources; returns its path. */
export function buildKernels(): Promise<string>
