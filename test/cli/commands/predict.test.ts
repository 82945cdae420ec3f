import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluate, predict, type PredictResult } from '../../../src/runtime/index.js'
import { nasc } from '../../support/captured.js'
import { dataFolders } from '../../support/data-folders.js'
import { classNames, mixed, writeImageFolder } from '../../support/image-files.js'
import { runOnOwnData } from '../../support/own-data-search.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-predict-'))
const data = join(folder, 'pictures')
const run = join(folder, 'run')
const computing = { backend: 'wasm', threads: 1 } as const
const wasm = ['--backend', 'wasm', '--threads', '1']

beforeAll(async () => {
  await writeImageFolder(data, { train: 6, test: 4 }, mixed)
  await runOnOwnData(data, run)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Accuracy and mean cross-entropy where the folder of an image says what it shows. */
function judged({ images }: PredictResult) {
  const labelled = images.map(({ path, classes }) => ({ truth: basename(dirname(path)), classes }))
  const hits = labelled.filter(({ truth, classes: [first] }) => first?.name === truth).length
  const losses = labelled.map(
    ({ truth, classes }) => -Math.log(classes.find(({ name }) => name === truth)?.probability ?? 0),
  )
  return {
    samples: images.length,
    accuracy: hits / images.length,
    loss: losses.reduce((sum, loss) => sum + loss, 0) / images.length,
  }
}

describe('nasc predict', () => {
  it.each(['retrained', 'inherited', 'supernet'] as const)(
    '%s: what eval counts on the test images',
    async (weights) => {
      const predicted = await predict(run, [join(data, 'test')], { weights, ...computing })
      const { accuracy, loss, samples } = await evaluate(run, { weights, ...computing })
      const found = judged(predicted)
      expect(found).toMatchObject({ accuracy, samples })
      expect(found.loss).toBeCloseTo(loss, 10)
      expect(predicted.weights).toBe(weights)
      expect(predicted.architecture).toBe(weights === 'supernet' ? undefined : 'derived')
    },
  )

  it('sees images that trained as they were seen', async () => {
    const turned = join(folder, 'turned')
    for (const [from, to] of [
      ['train', 'test'],
      ['test', 'train'],
    ] as const) {
      cpSync(join(data, from), join(turned, to), { recursive: true })
    }
    const { accuracy, loss, samples } = await evaluate(run, { data: turned, ...computing })
    const found = judged(await predict(run, [join(data, 'train')], computing))
    expect(found).toMatchObject({ accuracy, samples })
    expect(found.loss).toBeCloseTo(loss, 10)
  })

  it('gives one document: every image in its place, the likeliest classes first, chances that come to one', async () => {
    const [one, other] = [join(data, 'test/fox/0.jpg'), join(data, 'test/cat/1.webp')]
    const { code, out, err } = await nasc('predict', run, one, other, join(data, 'test/dog'), ...wasm, '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const document = JSON.parse(out) as PredictResult
    expect(Object.keys(document)).toEqual(['run', 'weights', 'architecture', 'images', 'leftOut'])
    expect(document).toMatchObject({ run, weights: 'retrained', architecture: 'derived', leftOut: [] })
    const dogs = ['0.jpg', '1.webp', '2.png', '3.jpg'].map((name) => join(data, 'test/dog', name))
    expect(document.images.map(({ path }) => path)).toEqual([one, other, ...dogs])
    for (const { classes } of document.images) {
      expect(classes.map((each) => Object.keys(each))).toEqual(classNames.map(() => ['label', 'name', 'probability']))
      for (const { label, name } of classes) expect(name).toBe(classNames[label])
      const chances = classes.map(({ probability }) => probability)
      expect(chances).toEqual(chances.toSorted((a, b) => b - a))
      expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12)
    }
    const alone = await predict(run, [other], { top: 1, ...computing })
    expect(alone.images).toEqual([{ path: other, classes: document.images[1]?.classes.slice(0, 1) }])
  })

  it('gives a line for each image to people, and takes an architecture of the run by its file', async () => {
    const image = join(data, 'test/fox/0.jpg')
    const file = join(run, 'architectures', 'derived.nas')
    const { code, out, err } = await nasc('predict', file, image, '--weights', 'inherited', '--top', '2', ...wasm)
    expect(code, err).toBe(0)
    expect(out).toMatch(/^\S+\/0\.jpg: (cat|dog|fox) \d+\.\d\d %, (cat|dog|fox) \d+\.\d\d %\n$/)
    expect(err).toContain('1 image by derived, inherited weights')
  })

  it('gives numbers where the data name no classes', async () => {
    const unnamed = join(folder, 'run-unnamed')
    await runOnOwnData((await dataFolders['npy']?.(join(folder, 'npy'))) ?? '', unnamed)
    const { images } = await predict(unnamed, [join(data, 'test/fox/0.jpg')], { top: 1, ...computing })
    const [{ label, ...others } = { label: -1 }] = images[0]?.classes ?? []
    expect(label).toBeGreaterThanOrEqual(0)
    expect(Object.keys(others)).toEqual(['probability'])
  })
})

describe('what nasc predict refuses', () => {
  const broken = join(folder, 'broken')
  const [text, cut, gif, empty, missing] = ['text.png', 'cut.png', 'moving.gif', 'empty', 'missing.jpg'].map((name) =>
    join(broken, name),
  ) as [string, string, string, string, string]
  const intact = join(data, 'test/cat/2.png')

  beforeAll(async () => {
    mkdirSync(empty, { recursive: true })
    writeFileSync(text, 'no image')
    const whole = await sharp(intact).toBuffer()
    writeFileSync(cut, whole.subarray(0, whole.length / 2))
    writeFileSync(gif, await sharp(intact).gif().toBuffer())
  })

  it('names all that are missing, damaged or no images at once', async () => {
    const { code, out, err } = await nasc('predict', run, text, intact, cut, gif, empty, missing, '/dev/null', ...wasm)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('error[NAS7120]: 6 images of 7 cannot be decoded: ')
    for (const path of [text, cut, gif, empty, missing, '/dev/null']) expect(err).toContain(`${path} (`)
    expect(err).toContain(`${gif} (is GIF, and neither PNG, JPEG nor WebP)`)
    expect(err).toContain(`${empty} (is a folder without PNG, JPEG or WebP files)`)
    expect(err).toContain(`${missing} (is not there)`)
    expect(err).toContain('/dev/null (is neither a file nor a folder)')
    expect(err).not.toContain(intact)
  })

  it('leaves them out where that is asked for, and says which', async () => {
    const found = await predict(run, [broken, intact, missing], { skipCorrupt: true, ...computing })
    expect(found.images.map(({ path }) => path)).toEqual([intact])
    expect(found.leftOut.map(({ path }) => path)).toEqual([cut, text, missing])
    expect(found.leftOut[2]).toEqual({ path: missing, reason: 'is not there' })
  })

  it('takes no architecture where the supernet is asked, no folder that is no run, and wants an image', async () => {
    const whole = await nasc('predict', run, intact, '--weights', 'supernet', '--arch', 'derived')
    expect(whole).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--weights supernet') as string })
    const elsewhere = await nasc('predict', data, intact)
    expect(elsewhere).toMatchObject({ code: 1, out: '', err: expect.stringContaining(data) as string })
    expect((await nasc('predict', run)).code).toBe(2)
    expect((await nasc('predict', run, intact, '--top', '0')).code).toBe(2)
  })
})
