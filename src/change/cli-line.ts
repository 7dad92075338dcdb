import type { Operation } from '../plan/operation.ts'
import { unreachable } from '../policy/names.ts'

/** A word of a POSIX shell. */
export const shellWord = (text: string): string => (/^[A-Za-z0-9_./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

/** How a line names a document: its text, or a file that holds it. */
export type DocumentWord = (text: string) => string

/** The AWS CLI line that does what an operation does. `versionOf` names a version whose number only AWS knows. */
export function cliLine(roleName: string, operation: Operation, documentWord: DocumentWord = shellWord): string {
  const role = `--role-name ${shellWord(roleName)}`
  switch (operation.kind) {
    case 'PutRolePolicy':
      return `aws iam put-role-policy ${role} --policy-name ${shellWord(operation.policyName)} --policy-document ${documentWord(operation.after)}`
    case 'DeleteRolePolicy':
      return `aws iam delete-role-policy ${role} --policy-name ${shellWord(operation.policyName)}`
    case 'AttachRolePolicy':
      return `aws iam attach-role-policy ${role} --policy-arn ${shellWord(operation.policyArn)}`
    case 'DetachRolePolicy':
      return `aws iam detach-role-policy ${role} --policy-arn ${shellWord(operation.policyArn)}`
    case 'UpdateAssumeRolePolicy':
      return `aws iam update-assume-role-policy ${role} --policy-document ${documentWord(operation.after)}`
    case 'CreatePolicy': {
      const tags = operation.tags.map(({ key, value }) => shellWord(`Key=${key},Value=${value}`)).join(' ')
      return `aws iam create-policy --policy-name ${shellWord(operation.policyName)} --path ${shellWord(operation.path)} --policy-document ${documentWord(operation.document)} --description ${shellWord(operation.description)} --tags ${tags}`
    }
    case 'DeletePolicy':
      return `aws iam delete-policy --policy-arn ${shellWord(operation.policyArn)}`
    case 'CreatePolicyVersion':
      return `aws iam create-policy-version --policy-arn ${shellWord(operation.policyArn)} --policy-document ${documentWord(operation.newText)} --set-as-default`
    case 'SetDefaultPolicyVersion':
      return `aws iam set-default-policy-version --policy-arn ${shellWord(operation.policyArn)} --version-id ${shellWord(operation.oldVersionId)}`
    case 'DeletePolicyVersion':
      return `aws iam delete-policy-version --policy-arn ${shellWord(operation.policyArn)} --version-id "$NEW_VERSION"`
    default:
      return unreachable(operation)
  }
}
