/**
 * One page that needs nothing else: styles and the script that sorts are inside, and a content security policy lets exactly
 * those two run, by their hashes. Text from the account is cleaned and escaped, and would be inert even if it were not.
 */
import { createHash } from 'node:crypto'
import { clean } from '../../words/clean.ts'
import type { Block, Cell, Piece, ReportDocument, Table, Text } from '../compose/document.ts'
import { PAGE_SCRIPT } from './page-script.ts'
import { PAGE_STYLE } from './page-style.ts'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' }

export const escapeHtml = (text: string): string => clean(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

export function renderHtml(report: ReportDocument): string {
  const policy = `default-src 'none'; style-src ${hashOf(PAGE_STYLE)}; script-src ${hashOf(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'`
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(report.lang)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(report.title)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    `<header><h1>${escapeHtml(report.title)}</h1></header>`,
    `<nav>${report.sections.map(({ id, title }, at) => `<a href="#${id}">${at + 1}. ${escapeHtml(title)}</a>`).join('')}</nav>`,
    `<main>${report.sections.map((section, at) => sectionHtml(section, at, report)).join('\n')}</main>`,
    `<footer><p>${escapeHtml(report.footer)}</p></footer>`,
    `<script>${PAGE_SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const figures = ({ rows: all }: Extract<Block, { kind: 'figures' }>): string =>
  `<ul class="figures">${all
    .map(
      ({ label, count, level, levelText }) =>
        `<li class="level-${escapeHtml(level)}"><strong>${thousands(count)}</strong><span>${escapeHtml(label)}</span>${levelMark(level, levelText)}</li>`,
    )
    .join('')}</ul>`

const sectionHtml = ({ id, title, blocks }: ReportDocument['sections'][number], at: number, report: ReportDocument): string =>
  `<section id="${id}"><h2>${at + 1}. ${escapeHtml(title)}</h2>${blocks.map((block) => blockHtml(block, report)).join('\n')}</section>`

function blockHtml(block: Block, report: ReportDocument): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${line(block.text)}</p>`
    case 'heading':
      return `<h3>${escapeHtml(block.title)}${block.count === null ? '' : ` <span class="count">${block.count}</span>`}</h3>`
    case 'facts':
      return facts(block.rows)
    case 'figures':
      return figures(block)
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${line(item)}</li>`).join('')}</ul>`
    case 'folded':
      return `<details><summary>${escapeHtml(block.title)} <span class="count">${block.count}</span></summary>${block.blocks
        .map((inner) => blockHtml(inner, report))
        .join('\n')}</details>`
    case 'table':
      return tableHtml(block, report)
  }
}

const facts = (rows: readonly (readonly [label: string, text: Text])[]): string =>
  `<dl>${rows.map(([label, text]) => `<div><dt>${escapeHtml(label)}</dt><dd>${line(text)}</dd></div>`).join('')}</dl>`

function tableHtml({ columns, rows }: Table, { words }: ReportDocument): string {
  const head = columns.map(({ title, numeric }) => `<th scope="col"${numeric ? ' class="number"' : ''}>${escapeHtml(title)}</th>`).join('')
  const body = rows.map((cells) => `<tr>${cells.map(cellHtml).join('')}</tr>`).join('\n')
  const label = escapeHtml(words.showAll(rows.length))
  return `<div class="scroll"><table data-all="${label}"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

function cellHtml(cell: Cell): string {
  switch (cell.kind) {
    case 'number':
      return `<td class="number" data-sort="${cell.value ?? -1}">${cell.value === null ? '' : thousands(cell.value)}</td>`
    case 'share':
      return `<td class="number" data-sort="${cell.percent}">${bar(cell.percent)}<span class="percent">${cell.percent}&nbsp;%</span></td>`
    case 'sorted':
      return `<td data-sort="${escapeHtml(String(cell.sort))}">${line(cell.text)}</td>`
    case 'text':
      return `<td>${line(cell.text)}</td>`
  }
}

const bar = (percent: number): string =>
  `<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="8"/><rect class="part" width="${Math.max(0, Math.min(100, percent))}" height="8"/></svg>`

const line = (text: Text): string => text.map(piece).join('')

function piece(one: Piece): string {
  if (typeof one === 'string') return escapeHtml(one)
  if ('code' in one) return `<code>${escapeHtml(one.code)}</code>`
  return levelMark(one.level, one.text)
}

const levelMark = (level: string, text: string): string => `<span class="mark level-${escapeHtml(level)}">${escapeHtml(text)}</span>`

const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')
