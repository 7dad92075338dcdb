/**
 * Reads a usage file piece by piece. Most of it is rows of services that nobody used, and these are alike in role after role: a text
 * that was read before is not read again, and gives the same value. The answer is what `usageFile` gives; null where anything is
 * unusual, and then the file is read whole, which says what is wrong and where.
 */
import { parseDate } from '../account/parse-date.ts'
import { JsonCutter } from './json-cutter.ts'
import { type UsageFile, usageFile } from './parse-usage.ts'
import { findingDetail, findingPage, type LastAccessedPage, lastAccessedPage } from './usage-schema.ts'

export function cutUsage(bytes: Buffer): UsageFile | null {
  try {
    return readUsage(new JsonCutter(bytes))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Unusual) return null
    throw error
  }
}

/** Thrown inside this file only. */
class Unusual extends Error {}

function readUsage(cutter: JsonCutter): UsageFile {
  const rest: [string, unknown][] = []
  let reports: [string, LastAccessedPage[]][] | null = null
  let findings: UsageFile['accessAnalyzerFindings'] = null
  cutter.eachMember((name) => {
    if (name === 'serviceLastAccessed' && cutter.isObject()) reports = readReports(cutter)
    else if (name === 'accessAnalyzerFindings' && cutter.isList()) findings = readFindings(cutter)
    else rest.push([name, cutter.value()])
  })
  cutter.end()
  if (reports === null && findings === null && !rest.some(([name]) => name in usageFile.shape)) throw new Unusual()
  const usage = usual(usageFile.safeParse(Object.fromEntries(rest)))
  return {
    ...usage,
    ...(reports === null ? {} : { serviceLastAccessed: Object.fromEntries(reports) }),
    ...(findings === null ? {} : { accessAnalyzerFindings: findings }),
  }
}

type Parsed<Value> = { readonly success: true; readonly data: Value } | { readonly success: false }

function usual<Value>(parsed: Parsed<Value>): Value {
  if (!parsed.success) throw new Unusual()
  return parsed.data
}

type Service = NonNullable<LastAccessedPage['ServicesLastAccessed']>[number]

function readReports(cutter: JsonCutter): [string, LastAccessedPage[]][] {
  const reports: [string, LastAccessedPage[]][] = []
  const readService = onceEachText((value) => serviceOf(value) ?? usual(lastAccessedService.safeParse(value)))
  const readPage = (): LastAccessedPage => {
    const rest: [string, unknown][] = []
    const services: Service[] = []
    let isListed = false
    cutter.eachMember((name) => {
      if (name === 'ServicesLastAccessed' && cutter.isList()) {
        isListed = true
        cutter.eachItem(() => services.push(readService(cutter.text())))
      } else rest.push([name, cutter.value()])
    })
    const page = usual(lastAccessedPage.safeParse(Object.fromEntries(rest)))
    return isListed ? { ...page, ServicesLastAccessed: services } : page
  }
  cutter.eachMember((role) => {
    const pages: LastAccessedPage[] = []
    if (cutter.isList()) cutter.eachItem(() => pages.push(readPage()))
    else pages.push(readPage())
    reports.push([role, pages])
  })
  return reports
}

const lastAccessedService = lastAccessedPage.shape.ServicesLastAccessed.unwrap().unwrap().element

function readFindings(cutter: JsonCutter): NonNullable<UsageFile['accessAnalyzerFindings']> {
  const readDetail = onceEachText((value) => usual(findingDetail.safeParse(value)))
  const findings: NonNullable<UsageFile['accessAnalyzerFindings']> = []
  cutter.eachItem(() => {
    const rest: [string, unknown][] = []
    const details: ReturnType<typeof readDetail>[] = []
    let isListed = false
    cutter.eachMember((name) => {
      if (name === 'findingDetails' && cutter.isList()) {
        isListed = true
        cutter.eachItem(() => details.push(readDetail(cutter.text())))
      } else rest.push([name, cutter.value()])
    })
    const page = usual(findingPage.safeParse(Object.fromEntries(rest)))
    findings.push(isListed ? { ...page, findingDetails: details } : page)
  })
  return findings
}

/** The same text gives the same value. */
function onceEachText<Value>(read: (value: unknown) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const value = read(JSON.parse(text))
    known.set(text, value)
    return value
  }
}

/** What the schema gives of a service, many times faster; null where the schema must decide. */
function serviceOf(value: unknown): Service | null {
  if (!isFields(value) || typeof value.ServiceNamespace !== 'string') return null
  const LastAuthenticated = dateOf(value.LastAuthenticated)
  const tracked = value.TrackedActionsLastAccessed
  if (LastAuthenticated === undefined || !Array.isArray(tracked)) return null
  const rows: NonNullable<Service['TrackedActionsLastAccessed']> = []
  for (const row of tracked) {
    const LastAccessedTime = isFields(row) ? dateOf(row.LastAccessedTime) : undefined
    if (LastAccessedTime === undefined || typeof row.ActionName !== 'string') return null
    rows.push({ ActionName: row.ActionName, LastAccessedTime })
  }
  return { ServiceNamespace: value.ServiceNamespace, LastAuthenticated, TrackedActionsLastAccessed: rows }
}

/** Undefined where there is a date that cannot be read. */
function dateOf(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') return undefined
  const { date, invalid } = parseDate(value)
  return invalid ? undefined : date
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
