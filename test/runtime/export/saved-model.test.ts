import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { savedModelBytes } from '../../../src/runtime/export/formats/tensorflow/saved-model.js'
import { runSavedModel } from '../../../src/runtime/export/verify/saved-model.js'
import { temporaryFolder } from '../../support/folders.js'
import { chainOf, leaving, primitiveChains } from '../../support/leaving-networks.js'
import { relativeDifference } from '../../support/numbers.js'
import { describeTensorflow } from '../../support/tensorflow.js'

describeTensorflow('networks in native TensorFlow', () => {
  it.each(Object.entries(primitiveChains))('%s: the logits of the reference', async (name, layers) => {
    for (const foldsNorms of [false, true]) {
      // Once more images than are run at once.
      const { program, sample, logits } = leaving(chainOf(layers), foldsNorms, name === 'relu' ? 53 : 3)
      const folder = temporaryFolder()
      writeFileSync(join(folder, 'saved_model.pb'), savedModelBytes(program))
      const result = await runSavedModel(folder, sample, program)
      expect(result).toMatchObject({ kind: 'ran', program: expect.stringMatching(/^TensorFlow \d/) as string })
      if (result.kind === 'ran') expect(relativeDifference(logits, result.logits)).toBeLessThan(1e-4)
    }
  })
})
