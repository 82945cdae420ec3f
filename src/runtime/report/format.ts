/** `3,349,342` */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 })
}

/** `3.35 M`: three digits, for headlines beside which the exact number stands. */
export function formatShort(value: number): string {
  const [divisor, unit] = value >= 1e9 ? [1e9, ' G'] : value >= 1e6 ? [1e6, ' M'] : value >= 1e4 ? [1e3, ' k'] : [1, '']
  const scaled = value / divisor
  return `${divisor === 1 ? formatCount(scaled) : scaled.toPrecision(3)}${unit}`
}

/** `98.71 %` of 0..1 */
export function formatPercent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}

/** `7 min 12 s` */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${String(whole)} s`
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`
  return `${String(Math.floor(whole / 3600))} h ${String(Math.floor((whole % 3600) / 60))} min`
}

/** Text that stands in HTML or in an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`)
}
