import { describe, expect, it } from 'vitest'
import { paramsOfSpace } from '../../src/architectures/params-of-space.js'
import { compiledText } from '../support/programs.js'

const ir = compiledText(`import { bn, conv, global_pool, linear } from std:nn
import std:search
param direct = 4
param through_let = 3
param through_operation = 1
param through_cell = 2
param through_param = direct + 1
param of_search = 7
let kernel = through_let
op block = conv(channels, through_operation) -> bn
cell c(x) { node n { from { x }; through conv(channels * through_cell) }; output n }
space tiny {
  input image(8, 3)
  classes 2
  cell only = c
  network { stem conv(through_param, kernel) -> block; stack 1 of only, channels direct; head global_pool -> linear(classes) }
}
search s of tiny {
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  derive argmax
  epochs of_search
  batch 8
}`)

describe('the params of a space', () => {
  it('are those that its networks depend on by lets, operations, cells and other params, and none of its searches', () => {
    expect([...paramsOfSpace(ir, 'tiny')].sort()).toEqual(
      ['direct', 'through_cell', 'through_let', 'through_operation', 'through_param'].sort(),
    )
  })
})
