/** Regions that every account of the partition has. The others must be opted into, and cost a refused call where they are not. */
export const regionsOfPartition: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'us-east-1',
    'us-east-2',
    'us-west-2',
    'us-west-1',
    'eu-west-1',
    'eu-central-1',
    'eu-west-2',
    'eu-west-3',
    'eu-north-1',
    'ap-northeast-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ca-central-1',
    'sa-east-1',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
}

/** Where the events of services that have no Region are found. */
export const globalRegionOf = (partition: string): string => regionsOfPartition[partition]?.[0] ?? 'us-east-1'
