/** The signs of the chrome. A terminal that draws ambiguous characters wide, or has no Unicode, takes the ASCII set. */
export type Glyphs = {
  readonly horizontal: string
  readonly vertical: string
  readonly topLeft: string
  readonly topRight: string
  readonly bottomLeft: string
  readonly bottomRight: string
  readonly thumb: string
  readonly cursor: string
  readonly ellipsis: string
  readonly bullet: string
  readonly arrow: string
  readonly crumb: string
  readonly up: string
  readonly down: string
  readonly open: string
  readonly closed: string
  readonly stageOn: string
  readonly stageOff: string
  readonly guard: string
  readonly yes: string
  readonly no: string
  readonly minus: string
  readonly plus: string
  readonly unknown: string
  readonly required: string
  readonly pending: string
  readonly started: string
  readonly undone: string
  readonly separator: string
  /** From empty to full; the last fills a cell. */
  readonly eighths: readonly string[]
  readonly track: string
  readonly spinner: readonly string[]
}

const unicode: Glyphs = {
  horizontal: '─',
  vertical: '│',
  topLeft: '╭',
  topRight: '╮',
  bottomLeft: '╰',
  bottomRight: '╯',
  thumb: '┃',
  cursor: '▌',
  ellipsis: '…',
  bullet: '·',
  arrow: '→',
  crumb: '›',
  up: '↑',
  down: '↓',
  open: '▾',
  closed: '▸',
  stageOn: '●',
  stageOff: '○',
  guard: '◆',
  yes: '✓',
  no: '✗',
  minus: '−',
  plus: '+',
  unknown: '?',
  required: '=',
  pending: '○',
  started: '◐',
  undone: '↩',
  separator: '│',
  eighths: [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'],
  track: '░',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
}

const ascii: Glyphs = {
  horizontal: '-',
  vertical: '|',
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  thumb: '#',
  cursor: '>',
  ellipsis: '~',
  bullet: '-',
  arrow: '->',
  crumb: '>',
  up: '^',
  down: 'v',
  open: 'v',
  closed: '>',
  stageOn: '*',
  stageOff: 'o',
  guard: '#',
  yes: 'v',
  no: 'x',
  minus: '-',
  plus: '+',
  unknown: '?',
  required: '=',
  pending: 'o',
  started: '~',
  undone: '<',
  separator: '|',
  eighths: [' ', ' ', ' ', '-', '-', '-', '=', '=', '='],
  track: '.',
  spinner: ['|', '/', '-', '\\'],
}

export const glyphsOf = (isAscii: boolean): Glyphs => (isAscii ? ascii : unicode)
