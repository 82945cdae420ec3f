/** `1930618` -> `1,930,618`, or with another separator between the thousands: `1_930_618`, as the language writes it. */
export function formatCount(count: number | bigint, separator = ','): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 }).format(count).replaceAll(',', separator)
}

/** `0.98432` -> `98.43 %`. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(2)} %`
}

/** `3725` seconds -> `1 h 2 min`, `75` -> `1 min 15 s`, `4.2` -> `4 s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min ${whole % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `3022651392` -> `2.82 GiB`. */
export function formatBytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = count
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${units[unit] ?? ''}`
}

/** `cat, dog, fox, hen, owl, …`: the first of many names. */
export function someOf(names: readonly string[], count = 5): string {
  const shown = names.slice(0, count).join(', ')
  return names.length > count ? `${shown}, …` : shown
}

/** `1 architecture`, `3 architectures`. */
export function plural(count: number | bigint, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${Number(count) === 1 ? one : many}`
}
