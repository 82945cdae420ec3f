/** A feature map without its batch: rows, columns, channels. */
export interface Shape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

export function printShape(shape: Shape): string {
  return `${shape.height}x${shape.width}x${shape.channels}`
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.height === b.height && a.width === b.width && a.channels === b.channels
}
