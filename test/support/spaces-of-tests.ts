import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A chain of two stages, to be changed by replacing words. */
export const chain = `//! A chain for tests.

import { bn, conv, global_pool, linear, relu } from std:nn

param classes_of_test = 4

/// A convolution and what follows it.
op block(kernel: int, stride: int = 1) = conv(channels, kernel, stride: stride) -> bn -> relu

/// Two stages.
space chain {
  input   image(8, 8, 3)
  classes classes_of_test
  network {
    stem conv(4, 3)
    stage a { width one of {4, 8}; depth one of 1..2; layer block(one of {3, 5}) }
    stage b { width 8; depth 1; stride 2; layer block(3) }
    head global_pool -> linear(classes)
  }
}

architecture Small of chain { a { width 4, depth 1, layer[1].kernel 3 } }
architecture Wide of chain { a { width 8, depth 2, layer[1].kernel 5, layer[2].kernel 3 } }
`

/** Writes files into a folder of their own; gives the path of each. */
export function written(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'nasc-test-'))
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const path = join(folder, name)
      writeFileSync(path, text)
      return [name, path]
    }),
  )
}

export function writtenOne(text: string): string {
  return written({ 'main.nas': text })['main.nas'] ?? ''
}
