/**
 * `npm run demo:gif`: plays the story of test/e2e/support/demo-story.ts in a pseudo-terminal and draws what the terminal shows,
 * with a caption under it, into demo.gif. Every picture is a real screen: nothing is painted that the program did not write.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'
import gifenc from 'gifenc'
import { type Scene, story, storyScenario, storySize } from '../test/e2e/support/demo-story.ts'
import type { Cell } from '../test/e2e/support/frames.ts'
import { prepareDemo } from '../test/e2e/support/prepared-demo.ts'
import { play, type Step } from '../test/e2e/support/scenario.ts'
import { ensureBuilt } from './ensure-built.ts'

const { GIFEncoder, applyPalette, quantize } = gifenc

const font = (name: string): string => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`))

const cell = { width: 8, height: 17 }
const margin = 12
const captionHeight = 40
const width = storySize.columns * cell.width + 2 * margin
const height = storySize.rows * cell.height + 2 * margin + captionHeight

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

type Run = { readonly x: number; readonly cells: readonly Cell[] }

const alike = (a: Cell, b: Cell): boolean =>
  a.fore === b.fore && a.back === b.back && a.isBold === b.isBold && a.isDim === b.isDim && a.isUnderlined === b.isUnderlined

/** Cells of one look side by side. */
function runsOf(row: readonly Cell[]): readonly Run[] {
  const runs: { x: number; cells: Cell[] }[] = []
  row.forEach((one, x) => {
    const last = runs.at(-1)
    const previous = last?.cells.at(-1)
    if (last !== undefined && previous !== undefined && alike(previous, one)) last.cells.push(one)
    else runs.push({ x, cells: [one] })
  })
  return runs
}

/** Each character at its own place: a font's own spacing never bends a frame. */
function runSvg({ x, cells }: Run, y: number): string {
  const [first] = cells
  if (first === undefined) return ''
  const left = margin + x * cell.width
  const back =
    first.back === null
      ? ''
      : `<rect x="${left}" y="${y}" width="${cells.length * cell.width}" height="${cell.height}" fill="${first.back}"/>`
  const places = cells.map((_, at) => left + at * cell.width).join(' ')
  const text = cells.map((one) => (one.text === '' ? ' ' : one.text)).join('')
  if (text.trim() === '') return back
  const look = `fill="${first.fore ?? '#c9d1dc'}"${first.isBold ? ' font-weight="bold"' : ''}${first.isDim ? ' fill-opacity="0.6"' : ''}`
  const under = first.isUnderlined ? ' text-decoration="underline"' : ''
  return `${back}<text x="${places}" y="${y + cell.height - 4}" xml:space="preserve" ${look}${under}>${escaped(text)}</text>`
}

function frameSvg(rows: readonly (readonly Cell[])[], caption: string): string {
  const body = rows
    .map((row, at) =>
      runsOf(row)
        .map((run) => runSvg(run, margin + at * cell.height))
        .join(''),
    )
    .join('')
  const bottom = height - captionHeight
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans Mono" font-size="13">
<rect width="100%" height="100%" fill="#12161f"/>${body}
<rect y="${bottom}" width="${width}" height="${captionHeight}" fill="#243049"/>
<text x="${margin + 4}" y="${bottom + 26}" font-size="15" font-family="DejaVu Sans" fill="#ffffff">${escaped(caption)}</text></svg>`
}

const fonts = {
  fontFiles: ['DejaVuSansMono', 'DejaVuSansMono-Bold', 'DejaVuSans'].map(font),
  loadSystemFonts: false,
  defaultFontFamily: 'DejaVu Sans Mono',
}

const draw = (svg: string): Uint8Array => new Resvg(svg, { font: fonts }).render().pixels

type Picture = { readonly svg: string; readonly ms: number }

/** Screens as they change while a scene is played, then the last one for as long as it takes to read. */
function shoot(scene: Scene, pictures: Picture[]): readonly Step[] {
  const typing = 140
  return [
    ...scene.steps.map(
      (step): Step =>
        async (terminal) => {
          await step(terminal)
          pictures.push({ svg: frameSvg(terminal.cells(), scene.caption), ms: typing })
        },
    ),
    (terminal) => {
      const svg = frameSvg(terminal.cells(), scene.caption)
      // A long rest is several pictures: players that show how far they are keep moving.
      for (let left = scene.seconds * 1000; left > 0; left -= 500) pictures.push({ svg, ms: Math.min(500, left) })
    },
  ]
}

/** One palette for all: the program has few colours, and what does not change between two pictures is left out. */
function encode(pictures: readonly Picture[]): Uint8Array {
  const gif = GIFEncoder()
  const drawn = new Map(pictures.map(({ svg }) => [svg, svg]))
  const pixels = new Map([...drawn.keys()].map((svg) => [svg, draw(svg)]))
  const sample = [...pixels.values()].filter((_, at) => at % 4 === 0)
  const joined = new Uint8Array(sample.reduce((sum, one) => sum + one.length, 0))
  let offset = 0
  for (const one of sample) {
    joined.set(one, offset)
    offset += one.length
  }
  const palette = quantize(joined, 63)
  const clear = palette.length
  const full = [...palette, [0, 0, 0]]
  let before: Uint8Array | null = null
  for (const { svg, ms } of pictures) {
    const indexed: Uint8Array = applyPalette(pixels.get(svg) ?? new Uint8Array(), palette)
    const shown = before === null ? indexed : indexed.map((value, at) => (value === before?.[at] ? clear : value))
    gif.writeFrame(shown, width, height, { palette: full, delay: ms, transparent: before !== null, transparentIndex: clear, dispose: 1 })
    before = indexed
  }
  gif.finish()
  return gif.bytes()
}

await ensureBuilt()
const pictures: Picture[] = []
const demo = await prepareDemo()
try {
  await play(
    storyScenario(
      demo,
      story.flatMap((scene) => shoot(scene, pictures)),
    ),
  )
} finally {
  demo.remove()
}
const bytes = encode(pictures)
const file = fileURLToPath(new URL('../demo.gif', import.meta.url))
writeFileSync(file, bytes)
const seconds = pictures.reduce((sum, { ms }) => sum + ms, 0) / 1000
process.stdout.write(
  `demo.gif ${width}×${height}, ${pictures.length} frames, ${seconds.toFixed(0)} s, ${(bytes.length / 1e6).toFixed(2)} MB\n`,
)
