import { type Block, type Cell, number, type Piece, type ReportDocument, type Table, type Text, text } from '../compose/document.ts'
import { markdownCode, markdownText } from './escape-markdown.ts'

/** A long table shows its first rows and folds the others. */
const OPEN_ROWS = 25

/** Markdown as GitHub reads it. */
export function renderMarkdown(report: ReportDocument): string {
  const parts = [
    `# ${markdownText(report.title)}`,
    ...report.sections.flatMap(({ title, blocks }, at) => [
      `## ${at + 1}. ${markdownText(title)}`,
      ...blocks.flatMap((block) => render(block, report)),
    ]),
    '---',
    markdownText(report.footer),
  ]
  return `${parts.join('\n\n')}\n`
}

function render(block: Block, report: ReportDocument): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return [line(block.text)]
    case 'heading':
      return [`### ${markdownText(block.title)}${block.count === null ? '' : ` (${block.count})`}`]
    case 'facts':
      return [facts(block.rows)]
    case 'figures':
      return [rows(figuresTable(block))]
    case 'list':
      return [block.items.map((item) => `- ${line(item)}`).join('\n')]
    case 'folded':
      return fold(
        `${block.title} (${block.count})`,
        block.blocks.flatMap((inner) => (inner.kind === 'table' ? [rows(inner)] : render(inner, report))),
      )
    case 'table':
      return table(block, report)
  }
}

/** Inside `<details>` GitHub reads Markdown again after an empty line. */
const fold = (title: string, parts: readonly string[]): readonly string[] => [
  `<details>\n<summary>${markdownText(title)}</summary>`,
  ...parts,
  '</details>',
]

function table(block: Table, { words }: ReportDocument): readonly string[] {
  if (block.rows.length <= OPEN_ROWS) return [rows(block)]
  const rest = block.rows.slice(OPEN_ROWS)
  return [rows(block, block.rows.slice(0, OPEN_ROWS)), ...fold(words.more(rest.length), [rows(block, rest)])]
}

function rows({ columns, rows: all }: Table, shown = all): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    row(columns.map(({ title }) => markdownText(title))),
    row(columns.map(({ numeric }) => (numeric ? '---:' : '---'))),
    ...shown.map((cells) => row(cells.map(cellText))),
  ].join('\n')
}

const figuresTable = ({ columns, rows: all }: Extract<Block, { kind: 'figures' }>): Table => ({
  kind: 'table',
  columns: [{ title: columns.what }, { title: columns.count, numeric: true }, { title: columns.level }],
  rows: all.map(({ label, count, level, levelText }) => [text(label), number(count), text({ level, text: levelText })]),
})

function cellText(cell: Cell): string {
  switch (cell.kind) {
    case 'number':
      return cell.value === null ? '' : thousands(cell.value)
    case 'share':
      return `${cell.percent} %`
    default:
      return line(cell.text)
  }
}

const facts = (entries: readonly (readonly [label: string, said: Text])[]): string =>
  entries.map(([label, said]) => `- **${markdownText(label)}**: ${line(said)}`).join('\n')

const line = (pieces: Text): string => pieces.map(piece).join('')

const MARKS: Readonly<Record<string, string>> = { critical: '🔴', high: '🟠', 'medium-high': '🟠', medium: '🟡', low: '🟢' }

function piece(one: Piece): string {
  if (typeof one === 'string') return markdownText(one)
  if ('code' in one) return markdownCode(one.code)
  return `${MARKS[one.level] ?? ''} ${markdownText(one.text)}`.trim()
}

const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')
