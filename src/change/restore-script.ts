/**
 * The way back without this program: plain AWS CLI commands and JSON files, written before the first change. Each command
 * may be run again; one that finds its work done says so and goes on.
 */
import type { RoleState } from '../account/role-state.ts'
import { inverseOperations } from '../plan/inverse-operations.ts'
import type { Operation } from '../plan/operation.ts'
import { cliLine, shellWord } from './cli-line.ts'

/** File name → content. `restore.sh` runs from any folder. */
export function restoreScript(changeId: string, before: RoleState, operations: readonly Operation[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const fileOf = (text: string): string => {
    const known = [...files].find(([, content]) => content === text)?.[0]
    const name = known ?? `document-${files.size + 1}.json`
    files.set(name, text)
    return `"file://$HERE/${name}"`
  }
  const { restore, tidy } = inverseOperations(operations)
  const lines = [...restore, ...tidy].flatMap((operation) => linesFor(before, operation, fileOf))
  const script = [
    '#!/bin/sh',
    `# Puts role ${oneLine(before.roleName)} back to what it was before change ${oneLine(changeId)}.`,
    '# A role of this name with another id is another role.',
    `WANTED=${shellWord(before.roleId)}`,
    'HERE=$(cd "$(dirname "$0")" && pwd)',
    'FAILED=0',
    'run() { "$@" || { echo "did not work (already done?): $*" >&2; FAILED=1; }; }',
    `FOUND=$(aws iam get-role --role-name ${shellWord(before.roleName)} --query Role.RoleId --output text) || exit 1`,
    'if [ "$FOUND" != "$WANTED" ]; then echo "role id is $FOUND, not $WANTED: nothing was done" >&2; exit 1; fi',
    ...lines,
    'exit $FAILED',
    '',
  ].join('\n')
  return new Map([...files, ['role-before.json', `${JSON.stringify(before, null, 2)}\n`], ['restore.sh', script]])
}

/** Names come from the account and from plan files: none may end the comment that it stands in. */
const oneLine = (name: string): string => name.replaceAll(/[^ -~]/g, '?')

function linesFor(before: RoleState, operation: Operation, fileOf: (text: string) => string): string[] {
  const line = `run ${cliLine(before.roleName, operation, fileOf)}`
  if (operation.kind !== 'DeletePolicyVersion') return [line]
  const known = before.managed.find(({ arn }) => arn === operation.policyArn)?.versions ?? []
  const others = ['!IsDefaultVersion', ...known.map(({ versionId }) => `VersionId!='${versionId.replaceAll(/[^\w.-]/g, '')}'`)].join(' && ')
  const list = `aws iam list-policy-versions --policy-arn ${shellWord(operation.policyArn)} --query "Versions[?${others}].VersionId" --output text`
  return [`NEW_VERSION=$(${list})`, `[ -z "$NEW_VERSION" ] || ${line}`]
}
