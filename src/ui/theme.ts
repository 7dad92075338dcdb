import { clean } from '../words/clean.ts'
import { type Line, lineWidth, type Tone } from './draw/line.ts'
import type { PaintedLine } from './draw/painted.ts'
import type { ThemeName } from './state.ts'

/** SGR parameters. Only the 16 colours that every terminal lets its owner choose, so light and dark backgrounds both work. */
const coloured: Readonly<Record<Tone, string>> = {
  plain: '',
  dim: '2',
  strong: '1',
  accent: '36',
  title: '1;36',
  critical: '1;31',
  high: '31',
  medium: '33',
  low: '32',
  warn: '33',
  error: '1;31',
  ok: '32',
  added: '32',
  removed: '31',
  button: '1;97;44',
  tab: '1;4;36',
  demo: '1;30;46',
  live: '1;97;41',
  offline: '1;30;47',
  readOnly: '1;30;42',
  plan: '1;30;43',
}

/** On white, yellow and bright white cannot be read. */
const light: Readonly<Record<Tone, string>> = { ...coloured, accent: '34', title: '1;34', medium: '35', warn: '35', tab: '1;4;34' }

const palettes: Readonly<Record<ThemeName, Readonly<Record<Tone, string>>>> = { auto: coloured, dark: coloured, light }

/** `NO_COLOR` is about colour: weight and inverse video stay, and carry what a reader needs. */
const plain: Readonly<Record<Tone, string>> = {
  plain: '',
  dim: '2',
  strong: '1',
  accent: '',
  title: '1',
  critical: '1',
  high: '',
  medium: '',
  low: '',
  warn: '',
  error: '1',
  ok: '',
  added: '',
  removed: '',
  button: '7',
  tab: '1;4',
  demo: '7',
  live: '7',
  offline: '7',
  readOnly: '7',
  plan: '7',
}

const boldTones: ReadonlySet<Tone> = new Set(['strong', 'title', 'critical', 'error', 'button', 'tab'])

/** How a whole row is set off: the cursor in the focused pane, the cursor elsewhere, or not at all. */
export type RowLook = 'normal' | 'cursor' | 'quiet-cursor'

export type Theme = { readonly paint: (spans: Line, look?: RowLook) => PaintedLine }

/** Signs inside texts that have a stand-in of the same width. Letters of names stay what they are. */
const standIns: Readonly<Record<string, string>> = { '·': '-', '…': '~', '→': '>', '←': '<', '↑': '^', '↓': 'v', '−': '-', '›': '>' }

const inAscii = (text: string): string => text.replace(/[·…→←↑↓−›]/g, (sign) => standIns[sign] ?? sign)

const wear = (text: string, sgr: string): string => (sgr === '' ? text : `\x1b[${sgr}m${text}\x1b[0m`)

/** Painting is the last step before the terminal; it cleans once more, whatever made the line. */
export function themeOf(options: { readonly colour: boolean; readonly ascii: boolean; readonly name: ThemeName }): Theme {
  const tones = options.colour ? palettes[options.name] : plain
  const spell = options.ascii ? inAscii : (text: string): string => text
  const cursor = options.colour ? '97;44' : '7'
  const sgrOf = (tone: Tone, look: RowLook): string => {
    if (look === 'cursor') return boldTones.has(tone) ? `1;${cursor}` : cursor
    if (look === 'quiet-cursor') return [tones[tone].replace(/^2$/, ''), '1'].filter(Boolean).join(';')
    return tones[tone]
  }
  return {
    paint: (spans, look = 'normal') => ({
      painted: spans.map(({ text, tone }) => wear(spell(clean(text)), sgrOf(tone, look))).join(''),
      width: lineWidth(spans),
    }),
  }
}
