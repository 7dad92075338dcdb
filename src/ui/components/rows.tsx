import { Box, Text, Transform } from 'ink'
import { memo, type ReactNode } from 'react'
import { type PaintedLine, takePainted } from '../draw/painted.ts'

export type RowsProps = { readonly lines: readonly PaintedLine[] }

/**
 * Ink measures, wraps, cuts and parses a text several times a frame, and a screen has 10,000 coloured cells. A row is measured
 * already: Ink lays out blanks of its width, which is cheap, and the painted text takes their place in the end. `room` is
 * what clipping has left of the blanks.
 */
const Row = memo(function Row({ painted, width }: PaintedLine): ReactNode {
  return (
    <Transform transform={(room) => (room.length < width ? takePainted(painted, room.length) : painted)}>
      <Text wrap="truncate">{' '.repeat(width)}</Text>
    </Transform>
  )
})

/** Painted lines one under the other. A row's place is its identity: rows of a frame neither come nor go, their text changes. */
export function Rows({ lines }: RowsProps): ReactNode {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lines.map(({ painted, width }, place) => (
        <Row key={keyOf(place)} painted={painted} width={width} />
      ))}
    </Box>
  )
}

const keyOf = (place: number): string => `row ${place}`
