import { Box, Text } from 'ink'
import { memo, type ReactNode } from 'react'

export type RowsProps = { readonly lines: readonly string[] }

/** A row that did not change costs nothing: its text is its whole state. */
const Row = memo(function Row({ text }: { readonly text: string }): ReactNode {
  return <Text wrap="truncate">{text}</Text>
})

/** Painted lines one under the other. A row's place is its identity: rows of a frame neither come nor go, their text changes. */
export function Rows({ lines }: RowsProps): ReactNode {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lines.map((text, place) => (
        <Row key={keyOf(place)} text={text} />
      ))}
    </Box>
  )
}

const keyOf = (place: number): string => `row ${place}`
