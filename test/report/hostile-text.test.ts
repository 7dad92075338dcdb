/** Whatever an account calls its things, a report keeps its shape: names cannot open markup, move a cursor or hide text. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { markdownCode, markdownText } from '../../src/report/render/escape-markdown.ts'
import { escapeHtml } from '../../src/report/render/render-html.ts'
import { asciiReport, renderReport } from '../../src/report/render/render-report.ts'
import { ACCOUNT_ID, arnOf, daysAgo, exampleReport, type Facts, observed, user } from './example-report.ts'

/** The same account with one text in every place that somebody else fills. */
function accountOf(text: string): Facts {
  const policies = [{ name: text, arn: arnOf('policy', 'p') }]
  const inline = [
    { name: text, text: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:CreateRole","Resource":"*"}]}' },
  ]
  return {
    roles: [
      { roleName: text, arn: arnOf('role', 'r'), inline, attached: policies, more: { riskGrade: 'low' } },
      { roleName: `${text}2`, inline, more: { riskGrade: 'critical', unusedPercent: 99, guards: [text] } },
    ],
    account: {
      users: [user(text, { groups: [text], attached: policies })],
      groups: [{ groupName: text, arn: arnOf('group', 'g'), path: '/', inline: [], attached: policies }],
      problems: [{ arn: null, place: text, message: text }],
    },
    observations: {
      credentials: observed([
        {
          userName: text,
          arn: '',
          isRoot: false,
          hasPassword: true,
          passwordLastUsed: null,
          passwordChanged: daysAgo(400),
          hasMfa: false,
          keys: [],
        },
      ]),
      externalAccess: observed([
        {
          id: 'f',
          resourceType: text,
          resource: text,
          isPublic: true,
          principals: [text],
          actions: [text],
          isConditional: false,
          updatedAt: null,
          complete: true,
        },
      ]),
      calls: { status: 'missing', why: text, observedUntil: null, value: [] },
      trails: observed([{ name: text, isLogging: true, isMultiRegion: true, storedIn: text, dataEvents: [text], hasInsights: true }]),
    },
  }
}

const rendered = (format: 'md' | 'html' | 'json', text: string): string => renderReport(exampleReport(accountOf(text)), format, 'en')

const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='x",
  '</td></tr></table><h1>owned</h1>',
  '</style><style>*{display:none}</style>',
  '<!-- ',
  ']]>',
  '| a | b |',
  '\\|',
  '`code` and ``more``',
  '`'.repeat(7),
  '**bold** _em_ ~~gone~~',
  '[click](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  'https://evil.example www.evil.example @octocat #1 :rocket: $x^2$',
  '# heading',
  '- list',
  '1. list',
  '</details>',
  'line\nbreak\r\n\n# heading',
  '\u001b[31mred\u001b]0;title\u0007',
  '\u009b31m',
  '\u202egnp.exe',
  '\u2028\u2029\u0000',
  '&lt;b&gt; &amp; &#60;',
  '   padded   ',
  '',
]
const anyText = fc.oneof(
  fc.constantFrom(...attacks),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom('`', '|', '\\', '<', '>', '&', '"', "'", '*', '_', '[', ']', '(', ')', '\n', ' ', 'a', '$', '@', '#', ':', '/'),
      { maxLength: 20 },
    )
    .map((parts) => parts.join('')),
)

const invisible = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u
const hasInvisible = (text: string): boolean => invisible.test(text.replaceAll('\n', ''))

describe('a page', () => {
  const tags = (html: string): readonly string[] => [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/ (data-sort)="[^"]*"/g, ''))
  const harmless = tags(rendered('html', 'name'))

  it('has the same tags whatever the names are', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const html = rendered('html', text)
        expect(tags(html)).toEqual(harmless)
        expect(hasInvisible(html)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('needs nothing from elsewhere, and lets only its own script run', () => {
    const html = rendered('html', 'https://evil.example/x.js')
    expect(html).not.toMatch(/(src|href)="(?!#)|@import|url\(/)
    expect(html).toMatch(/script-src 'sha256-[\w+/]{43}='/)
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html).not.toMatch(/ on\w+=| style=/)
  })

  test.each(attacks)('shows %j as text', (attack) => {
    expect(escapeHtml(attack)).not.toMatch(/[<>"'`]/)
  })
})

describe('Markdown', () => {
  /** Lines with everything inside code spans and entities taken out. */
  const shapeOf = (markdown: string): string =>
    markdown
      .replace(/<code>[^<`|\\]*<\/code>/g, 'x')
      .replace(/`[^`\n]+`/g, 'x')
      .replace(/&#\d+;/g, 'x')
      .replace(/[^\n|<>#*[\]`!-]+/g, 'x')
      .replace(/[!-]?x([x!-]*x)?/g, 'x')
      .replace(/^- /gm, '')
  const skeleton = (markdown: string) => ({
    lines: markdown.split('\n').length,
    pipes: shapeOf(markdown)
      .split('\n')
      .map((line) => line.split('|').length),
    tags: shapeOf(markdown).match(/<[^>]*>?/g),
    headings: markdown.split('\n').filter((line) => line.startsWith('#')).length,
  })
  const harmless = skeleton(rendered('md', 'name'))

  it('has the same lines, cells, headings and tags whatever the names are', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const markdown = rendered('md', text)
        expect(skeleton(markdown)).toEqual(harmless)
        expect(hasInvisible(markdown)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  test.each(attacks)('keeps %j inside its code span', (attack) => {
    expect(markdownCode(attack)).toMatch(/^(`[^`|\\<>&\n]+`|<code>[^<>`|\\\n]*<\/code>)$/)
  })

  test.each([
    ['@octocat', '&#64;octocat'],
    ['www.evil.example', 'www&#46;evil.example'],
    ['https://evil.example', 'https&#58;&#47;&#47;evil.example'],
    ['a|b', 'a&#124;b'],
    ['1. one', '1\\. one'],
    ['- one', '&#45; one'],
    ['s3:GetObject is fine', 's3:GetObject is fine'],
    [':rocket:', '&#58;rocket:'],
  ])('writes %j as %j between words', (text, expected) => {
    expect(markdownText(text)).toBe(expected)
  })
})

describe('ASCII Markdown', () => {
  it.each([
    ['`用途` and 用途', '<code>&#29992;&#36884;</code> and &#29992;&#36884;'],
    ['`plain` and plain', '`plain` and plain'],
    ['`a*b日`', '<code>a&#42;b&#26085;</code>'],
  ])('turns %j into %j', (text, expected) => {
    expect(asciiReport.md(text)).toBe(expected)
  })
})

describe('JSON', () => {
  it('gives every name back as it was, and shows none of its tricks', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = rendered('json', text)
        expect(hasInvisible(json)).toBe(false)
        const report = JSON.parse(json)
        expect(report.inventory.users[0].userName).toBe(text.isWellFormed() ? text : report.inventory.users[0].userName)
        expect(report.scope.accountId).toBe(ACCOUNT_ID)
      }),
      { numRuns: 60 },
    )
  })
})
