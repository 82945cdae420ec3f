/** A space whose architectures are counted for minutes: costs of cells in which any state may read any earlier ones. */
export const heavySpace = `import { conv, global_pool, linear } from std:nn
import std:cells

cell entangled(s0, s1) {
  prepare s0 { conv(channels, 1) }
  prepare s1 { conv(channels, 1) }
  node n[1..14] {
    from    any 0.. of earlier
    through one of { max_pool(3), skip, sep_conv(3) }
    merge   sum
  }
  output concat(n)
}

space heavy {
  input image(32, 32, 3)
  classes 10
  cell normal = entangled
  network {
    stem  conv(8, 3)
    stack 3 of normal, channels 8
    head  global_pool -> linear(classes)
  }
  require macs <= 100M
}
`

/** A text that is read for minutes. */
export function heavyText(): string {
  return Array.from({ length: 200_000 }, (_, index) => `let a${index} = ${index} + 1\n`).join('')
}
