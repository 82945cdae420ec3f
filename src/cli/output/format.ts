/** `1930618` -> `1,930,618`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 3 })
}

/** `0.98432` -> `98.43 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`
}

/** `3725` seconds -> `1 h 2 min`, `75` -> `1 min 15 s`, `4.2` -> `4 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min ${whole % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `3022651392` -> `2.82 GiB`. */
export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = count
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${units[unit] ?? ''}`
}

/** `1 architecture`, `3 architectures`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}
