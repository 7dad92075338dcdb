/**
 * The same report in ASCII alone, with nothing lost: a page and words in Markdown take entities, JSON takes escapes. In a code
 * span of Markdown an entity would be read as it stands, so such a span becomes a `<code>`.
 */
const beyond = /[^\0-\x7f]/gu
const entity = (character: string): string => `&#${character.codePointAt(0)};`

export const asciiHtml = (page: string): string => page.replace(beyond, entity)

export const asciiJson = (json: string): string =>
  json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

export const asciiMarkdown = (markdown: string): string =>
  markdown
    .replace(/`([^`\n]*[^`\n\0-\x7f][^`\n]*)`/g, (_span, code: string) => `<code>${code.replace(/[!-/:-@[-`{-~]/g, entity)}</code>`)
    .replace(beyond, entity)
