/** Hue as a share of the circle, saturation and value of a colour, all 0 to 1; grey has the hue 0. */
export function hsvOf(red: number, green: number, blue: number): readonly [number, number, number] {
  const value = Math.max(red, green, blue)
  const range = value - Math.min(red, green, blue)
  if (range === 0) return [0, 0, value]
  return [sectorOf(red, green, blue, value, range) / 6, range / value, value]
}

function sectorOf(red: number, green: number, blue: number, value: number, range: number): number {
  if (value === red) return (green - blue) / range
  return value === green ? 2 + (blue - red) / range : 4 + (red - green) / range
}

/** The colour with this hue; hues a whole circle apart are the same. */
export function rgbOf(hue: number, saturation: number, value: number): readonly [number, number, number] {
  const channel = (offset: number): number => {
    const turned = offset + 6 * hue
    const sector = turned - 6 * Math.floor(turned / 6)
    return value - value * saturation * Math.max(0, Math.min(sector, 4 - sector, 1))
  }
  return [channel(5), channel(3), channel(1)]
}
