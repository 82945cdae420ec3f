/**
 * Most that the memory of the tfjs wasm backend grows to: 65,535 pages of 64 KiB, 64 KiB short of 4 GiB (`getHeapMax` of
 * its loader; tried: 31 allocations of 128 MiB succeed, the 32nd returns 0). Addresses above 2 GiB come back negative.
 */
export const MAXIMUM_BYTES = 65_535 * 65_536
