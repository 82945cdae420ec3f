import { formatCount } from '../../support/format-quantity.js'

/** `3.35 M`: three digits, for headlines beside which the exact number stands. */
export function formatShort(value: number): string {
  const [divisor, unit] = value >= 1e9 ? [1e9, ' G'] : value >= 1e6 ? [1e6, ' M'] : value >= 1e4 ? [1e3, ' k'] : [1, '']
  const scaled = value / divisor
  return `${divisor === 1 ? formatCount(Math.round(scaled)) : scaled.toPrecision(3)}${unit}`
}

/** Text that stands in HTML or in an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`)
}
