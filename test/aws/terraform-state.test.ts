import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTerraformState } from '../../src/aws/terraform-state.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zt-tui-state-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const arn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`

function read(content: unknown) {
  const file = join(folder, 'terraform.tfstate')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return readTerraformState(file)
}

const places = async (content: unknown): Promise<readonly string[]> =>
  [...(await read(content))].map(([role, place]) => `${role.split('/')[1]} ${place.split(' in ')[0]}`)

test('a state file tells which roles it holds, with modules and indexes', async () => {
  const role = { mode: 'managed', type: 'aws_iam_role' }
  const state = {
    version: 4,
    resources: [
      { ...role, name: 'web', instances: [{ attributes: { arn: arn('web') } }] },
      { ...role, module: 'module.jobs', name: 'job', instances: [{ index_key: 'a', attributes: { arn: arn('job') } }] },
      { ...role, name: 'n', instances: [{ index_key: 0, attributes: { arn: arn('n') } }] },
      { ...role, mode: 'data', name: 'read', instances: [{ attributes: { arn: arn('only-read') } }] },
      { mode: 'managed', type: 'aws_s3_bucket', name: 'b', instances: [{ attributes: { arn: 'arn:aws:s3:::b' } }] },
    ],
  }
  expect(await places(state)).toEqual(['web aws_iam_role.web', 'job module.jobs.aws_iam_role.job["a"]', 'n aws_iam_role.n[0]'])
})

test('so does what terraform show -json prints, modules within modules too', async () => {
  const role = (name: string, mode = 'managed') => ({
    address: `module.m.aws_iam_role.${name}`,
    mode,
    type: 'aws_iam_role',
    values: { arn: arn(name) },
  })
  const inner = { resources: [role('deep')], child_modules: [{ resources: [role('deeper')] }] }
  const shown = {
    format_version: '1.0',
    values: { root_module: { resources: [role('top'), role('read', 'data')], child_modules: [inner] } },
  }
  expect(await places(shown)).toEqual([
    'top module.m.aws_iam_role.top',
    'deep module.m.aws_iam_role.deep',
    'deeper module.m.aws_iam_role.deeper',
  ])
  expect(await places({ format_version: '1.0' })).toEqual([])
})

test.each([
  ['no JSON', '{', /line 1, column/],
  ['another file', { Policies: [] }, /no Terraform state: a state file or the output of/],
  ['an old version', { version: 3, resources: [] }, /version: not as Terraform writes it/],
  [
    'a broken resource',
    { version: 4, resources: [{ type: 'aws_iam_role' }] },
    /resources\[0\]\.(name|instances): not as Terraform writes it/,
  ],
])('%s says what is wrong and where', async (_, content, message) => {
  await expect(read(content)).rejects.toThrow(message)
})

test('a file that is not there is told', async () => {
  await expect(readTerraformState(join(folder, 'no-such'))).rejects.toThrow(/no such file/)
})
